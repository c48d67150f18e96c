"""The slow way from text to a tree of positioned nodes: used where something is wrong or a place must be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from ropa.source.reader import MAX_DEPTH
from ropa.source.scalars import plain

_KEY_BEFORE: Final = re.compile(r"""\s*(?:- +)?(?:[\w-]+|"[^"]*"|'[^']*')\s*:\s+\S""")
_KEY_IN_FLOW: Final = re.compile(r"[{,]\s*[\w-]+:\s+\S[^,{}]*$")
NO_BREAK_SPACE: Final = "\u00a0"
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: lines and columns from 1, counted in code points; the end is behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


TOP = Span(1, 1, 1, 1)


@dataclass(slots=True)
class Node:
    """A value of the file with its place. Maps have `entries` (key node, value node), lists `items`, scalars `value`."""

    span: Span
    value: Any = None
    entries: list[tuple[Node, Node]] | None = None
    items: list[Node] | None = None
    flow: bool = False
    quoted: bool = False
    hash_cut: bool = False

    def data(self) -> Any:
        """The plain data of the node; of a key that stands twice the first."""
        if self.entries is not None:
            found: dict[str, Any] = {}
            for key, value in self.entries:
                if isinstance(key.value, str):
                    found.setdefault(key.value, value.data())
            return found
        if self.items is not None:
            return [item.data() for item in self.items]
        return self.value


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file as YAML: the formal finding's name, its variant of wording, its place and what the words need."""

    name: str
    variant: str
    span: Span
    path: tuple[str, ...] = ()
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tree:
    """A file read with positions. `root` is None where the file has no data that can be used."""

    root: Node | None
    problems: list[Problem]


class _TooDeep(Exception):
    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them: a form feed or a separator ends none. There is always one."""
    lines = _BREAK.split(text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def read_nodes(text: str) -> Tree:
    """The tree of a file's text and everything that is wrong with it as strict YAML. Never raises."""
    indent = _no_break_space_in_indent(text)
    if indent is not None:
        return Tree(None, [indent])
    reader = _Reader(text)
    try:
        root = reader.document()
    except yaml.YAMLError as error:
        return Tree(None, [*reader.problems, _syntax(text, error)])
    except _TooDeep as error:
        return Tree(None, [*reader.problems, Problem("yaml-invalid", "deep", error.span)])
    except (ValueError, RecursionError):
        return Tree(None, [*reader.problems, Problem("yaml-invalid", "syntax", TOP, params={"problem": "unreadable"})])
    finally:
        reader.close()
    return Tree(root, reader.problems)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines_of(text)
        self.loader = _Loader(text)
        self.problems: list[Problem] = []

    def close(self) -> None:
        self.loader.dispose()

    def document(self) -> Node | None:
        event = self.loader.get_event
        event()
        start = event()
        if isinstance(start, yaml.StreamEndEvent):
            self.problem("yaml-invalid", "empty", TOP)
            return None
        if start.version or start.tags:
            self.problem("yaml-not-allowed", "directive", _span(start))
        first = event()
        root = self.value(first, (), MAX_DEPTH)
        event()
        more = event()
        if not isinstance(more, yaml.StreamEndEvent):
            self.problem("yaml-invalid", "second-document", _span(more))
            return None
        if root.entries is None:
            empty = root.items is None and root.value is None
            self.problem("yaml-invalid", "empty" if empty else "no-map", TOP if empty else root.span)
            return None
        return root

    def problem(self, name: str, variant: str, span: Span, path: tuple[str, ...] = (), **params: str) -> None:
        self.problems.append(Problem(name, variant, span, path, params))

    def value(self, event: Any, path: tuple[str, ...], depth: int) -> Node:
        span = _span(event)
        if depth < 0:
            raise _TooDeep(span)
        if isinstance(event, yaml.AliasEvent):
            self.problem("yaml-not-allowed", "alias", span, path, word=f"*{event.anchor}")
            return Node(span)
        if event.anchor is not None:
            self.problem("yaml-not-allowed", "anchor", span, path, word=f"&{event.anchor}")
        if event.tag is not None:
            self.problem("yaml-not-allowed", "tag", span, path, word=str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, span)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, span, path, depth)
        return self.mapping(event, span, path, depth)

    def scalar(self, event: Any, span: Span) -> Node:
        if event.style:
            return Node(span, event.value, quoted=True)
        rest = self.lines[span.end_line - 1][span.end_column - 1 :] if span.end_line <= len(self.lines) else ""
        return Node(span, plain(event.value), hash_cut=bool(re.match(r"[ \t]+#\w", rest)))

    def sequence(self, event: Any, span: Span, path: tuple[str, ...], depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(item := self.loader.get_event(), yaml.SequenceEndEvent):
            name = item.value if isinstance(item, yaml.ScalarEvent) else str(len(items))
            items.append(self.value(item, (*path, name), depth - 1))
        return Node(span, items=items, flow=bool(event.flow_style))

    def mapping(self, event: Any, span: Span, path: tuple[str, ...], depth: int) -> Node:
        entries: list[tuple[Node, Node]] = []
        seen: dict[str, Span] = {}
        while not isinstance(item := self.loader.get_event(), yaml.MappingEndEvent):
            key = self.value(item, path, depth - 1)
            name = self.key_name(item, key, path)
            inside = (*path, name)
            value = self.value(self.loader.get_event(), inside, depth - 1)
            if name in seen:
                self.problem("key-twice", "twice", key.span, inside, key=name, line=str(seen[name].line))
            seen.setdefault(name, key.span)
            entries.append((key, value))
        return Node(span, entries=entries, flow=bool(event.flow_style))

    def key_name(self, event: Any, key: Node, path: tuple[str, ...]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.problem("yaml-not-allowed", "key", key.span, path)
            return ""
        if event.value == "<<" and not event.style:
            self.problem("yaml-not-allowed", "merge", key.span, path)
        elif not isinstance(key.value, str):
            self.problem("yaml-not-allowed", "key", key.span, path, word=event.value)
            key.value = event.value
        return str(event.value)


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _no_break_space_in_indent(text: str) -> Problem | None:
    if NO_BREAK_SPACE not in text:
        return None
    for number, line in enumerate(lines_of(text), 1):
        found = re.match(r"[ ]*\u00a0[ \u00a0]*\S", line)
        if found:
            return Problem("yaml-invalid", "no-break-space", Span(number, 1, number, found.end()))
    return None


def _syntax(text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "")
    lines = lines_of(text)
    if mark is None:
        position = getattr(error, "position", 0) or 0
        line = text.count("\n", 0, position) + 1
        return Problem("yaml-invalid", "control-character", Span(line, 1, line, 2), params={"problem": message})
    line, column = min(mark.line + 1, len(lines)), mark.column + 1
    here = lines[line - 1]
    span = Span(line, column, line, column + 1)
    if ("mapping values are not allowed" in message or here[column - 1 : column] == ":") and _second_colon(here, column):
        return Problem("text-cut", "colon", span, params={"text": here.strip()})
    if NO_BREAK_SPACE in here:
        return Problem("yaml-invalid", "no-break-space", span)
    if "\t" in here[: column + 1] or (line > 1 and "\t" in lines[line - 2][: len(lines[line - 2]) - len(lines[line - 2].lstrip())]):
        return Problem("yaml-invalid", "tab", span)
    return Problem("yaml-invalid", _syntax_variant(message, error), span, params={"problem": message})


def _second_colon(line: str, column: int) -> bool:
    """Whether a key stands before the colon at ``column``: then the text after the key holds the colon."""
    before = line[: column - 1]
    return _KEY_BEFORE.match(before) is not None or _KEY_IN_FLOW.search(before) is not None


def _syntax_variant(message: str, error: yaml.YAMLError) -> str:
    context = str(getattr(error, "context", "") or "")
    if "quoted scalar" in context:
        return "quote"
    if "flow" in context:
        return "bracket"
    if "cannot start any token" in message:
        return "character"
    if "could not find expected ':'" in message:
        return "colon-missing"
    if "mapping values are not allowed" in message or "expected <block end>" in message or "did not find expected key" in message:
        return "indent"
    return "syntax"

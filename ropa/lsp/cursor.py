"""What stands at a place of a file that is being written: the keys around it and the word, also where the file is no YAML yet.

A tree is only had of a file that is whole, so the place is found from the text: by the indents above it, and inside braces and
brackets by reading from where they open. The format helps: its lists hold words only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from ropa.source.address import Path
from ropa.source.nodes import lines_of

Role = Literal["key", "value", "item", "open", "text"]

_KEY: Final = re.compile(
    r"""(?P<indent>[ ]*)(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?!-[ ])[^\s'"#\[\]{},](?:[^:#]|:(?=\S)|(?<=\S)\#)*?)[ \t]*:(?=\s|$)"""
)
_ITEM: Final = re.compile(r"[ ]*(?:-[ \t]+|-$)+")
_BLOCK_TEXT: Final = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_AFTER_KEY: Final = ("", *" \t\r\n,[]{}")
_COMMENT: Final = re.compile(r"(?:^|[ \t])#.*$")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a text. `role` says what may be written there: a key of the map at `path`, the value at `path`, an item of the list
    there, either of them (``open``: a word alone on its line), or words (``text``).

    `word` is what is written there, between `start` and `end` (offsets, without quotation marks); `typed` its part before the place.
    `colon`: a colon follows, so that a key is whole. `indent` is that of the line's key; `flow`: it stands between braces or brackets.
    """

    path: Path
    role: Role
    word: str
    start: int
    end: int
    typed: str
    colon: bool = False
    indent: int = 0
    flow: bool = False


def cursor_at(text: str, offset: int) -> Cursor:
    """What stands at an offset of a text without a byte order mark. Never raises."""
    return _Finder(text, offset).find()


def shortened(line: str) -> Iterator[str]:
    """What may be left of a line that is being written, up to the place, for the file to be read: its braces closed, its key, nothing."""
    key = _KEY.match(line)
    if key is not None:
        flow = _Flow()
        place = key.end()
        while place < len(line):
            place = _step(line, place, flow)
        closing = "".join("}" if frame.bracket == "{" else "]" for frame in reversed(flow.frames))
        yield f"{line}{flow.quote}".rstrip(" ,") + closing
        yield line[: key.end()]
    yield ""


@dataclass(slots=True)
class _Frame:
    """One brace or bracket that is open, with the key whose value is being written in it."""

    bracket: str
    key: str | None = None


@dataclass(slots=True)
class _Flow:
    """Reads what stands between braces up to a place."""

    frames: list[_Frame] = field(default_factory=list)
    start: int | None = None
    quote: str = ""
    comment: bool = False


@dataclass(frozen=True, slots=True)
class _Above:
    """A line above that holds a key around the place: its key and where the value begins (an offset)."""

    key: str
    value: int
    text: str


class _Finder:
    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = min(max(offset, 0), len(text))
        self.lines = lines_of(text)
        self.starts = _starts(text, self.lines)
        self.number = min(bisect_right(self.starts, self.offset) - 1, len(self.lines))
        self.line = self.lines[self.number] if self.number < len(self.lines) else ""
        self.start = self.starts[self.number] if self.number < len(self.starts) else len(text)
        self.column = self.offset - self.start

    def find(self) -> Cursor:
        key, item = _KEY.match(self.line), _ITEM.match(self.line)
        blank = not self.line.strip()
        indent = self.column if blank else len(self.line) - len(self.line.lstrip(" "))
        above = list(self._above(indent, item is not None))
        for depth, one in enumerate(above):
            if one.text[:1] in ("{", "["):
                flow = self._flow(one.value)
                if flow.frames or flow.comment:
                    return self._in_flow(flow, tuple(each.key for each in above[: depth + 1]), indent)
        path = tuple(one.key for one in above)
        if above and _BLOCK_TEXT.match(above[-1].text):
            return self._words(path, indent)
        if key is not None and self.column >= key.end():
            return self._value((*path, _plain(key["key"])), key.end(), indent)
        if item is not None and self.column >= item.end():
            return self._token(path, "item", item.end(), indent)
        if key is not None:
            return self._key(path, key, indent)
        if above and _COMMENT.sub("", above[-1].text).strip():
            return self._words(path, indent)  # a text that goes on over several lines
        return self._token(path, "open", indent if not blank else self.column, indent)

    def _above(self, indent: int, is_item: bool) -> Iterator[_Above]:
        """The keys around the line, the outermost first: the nearest lines above that stand further out."""
        found: list[_Above] = []
        limit = indent + 1 if is_item else indent
        for number in range(min(self.number, len(self.lines)) - 1, -1, -1):
            if limit == 0:
                break
            line = self.lines[number]
            blanks = len(line) - len(line.lstrip(" "))
            if blanks >= limit or not line.strip() or line.lstrip().startswith("#"):
                continue
            key = _KEY.match(line)
            if key is not None:
                value = line[key.end() :]
                text = value.strip()
                found.append(_Above(_plain(key["key"]), self.starts[number] + key.end() + len(value) - len(value.lstrip()), text))
                limit = blanks
        return reversed(found)

    # --- in block style ----------------------------------------------------------------------------------------------------

    def _key(self, path: Path, key: re.Match[str], indent: int) -> Cursor:
        return self._cursor(path, "key", self.start + key.start("key"), self.start + key.end("key"), indent, colon=True)

    def _value(self, path: Path, begin: int, indent: int) -> Cursor:
        rest = self.line[begin:]
        if _BLOCK_TEXT.match(rest.strip()):
            return self._words(path, indent)
        if rest.lstrip()[:1] in ("{", "["):
            flow = self._flow(self.start + begin)
            if flow.frames or flow.comment:
                return self._in_flow(flow, path, indent)
            return Cursor(path, "text", "", self.offset, self.offset, "", indent=indent)
        return self._token(path, "value", begin, indent)

    def _token(self, path: Path, role: Role, begin: int, indent: int) -> Cursor:
        """The word from a column to the end of the line or its comment."""
        rest = self.line[begin:]
        comment = _COMMENT.search(rest) if rest.lstrip()[:1] not in ("'", '"') else None
        if comment is not None and self.column > begin + comment.start():
            return self._words(path, indent)
        rest = rest[: comment.start()] if comment is not None else rest
        start = begin + len(rest) - len(rest.lstrip())
        end = max(start, begin + len(rest.rstrip()))
        if start > self.column or start == end:
            return Cursor(path, role, "", self.offset, self.offset, "", indent=indent)
        return self._cursor(path, role, self.start + start, self.start + end, indent)

    def _words(self, path: Path, indent: int) -> Cursor:
        return Cursor(path, "text", "", self.offset, self.offset, "", indent=indent)

    def _cursor(self, path: Path, role: Role, start: int, end: int, indent: int, colon: bool = False, flow: bool = False) -> Cursor:
        raw = self.text[start:end]
        quoted = raw[:1] in ("'", '"')
        if quoted:
            closed = len(raw) > 1 and raw[-1] == raw[0]
            start, end = start + 1, end - 1 if closed else end
        place = min(max(self.offset, start), end)
        return Cursor(path, role, _plain(raw), start, end, self.text[start:place], colon, indent, flow)

    # --- between braces and brackets ---------------------------------------------------------------------------------------

    def _flow(self, begin: int) -> _Flow:
        """The braces that are open at the place, read from where the first may open."""
        flow = _Flow()
        place = begin
        while place < self.offset:
            place = _step(self.text, place, flow)
        return flow

    def _in_flow(self, flow: _Flow, base: Path, indent: int) -> Cursor:
        path = (*base, *(frame.key for frame in flow.frames[:-1] if frame.key is not None)) if flow.frames else base
        if flow.comment:
            return self._words(path, indent)
        last = flow.frames[-1]
        if last.bracket == "{" and last.key is not None:
            path = (*path, last.key)
        role: Role = "item" if last.bracket == "[" else "key" if last.key is None else "value"
        start = flow.start if flow.start is not None else self.offset
        end, colon = self._end_of_token(start)
        if end < self.offset or flow.start is None:
            begins = flow.start is None and self.text[self.offset : self.offset + 1].strip(" \t\r\n,]}") != ""
            if not begins:
                return Cursor(path, role, "", self.offset, self.offset, "", False, indent, True)
            start = self.offset
            end, colon = self._end_of_token(start)
        return self._cursor(path, role, start, end, indent, colon and role == "key", True)

    def _end_of_token(self, start: int) -> tuple[int, bool]:
        """Where a word between braces ends, and whether a colon follows."""
        text = self.text
        if text[start : start + 1] in ("'", '"') and start < len(text):
            closing = text.find(text[start], start + 1)
            line_end = re.compile("[\r\n]|$").search(text, start + 1)
            limit = line_end.start() if line_end is not None else len(text)
            end = closing + 1 if 0 <= closing < limit else limit
            return end, text[end : end + 1] == ":"
        found = re.compile(r":(?=[\s,\[\]{}]|$)|[,\[\]{}\r\n]|[ \t]#|$").search(text, start)
        end = found.start() if found is not None else len(text)
        return start + len(text[start:end].rstrip()), text[end : end + 1] == ":"


def _step(text: str, place: int, flow: _Flow) -> int:
    """Reads one character between braces; gives the place of the next."""
    here = text[place]
    if flow.comment:
        flow.comment = here not in "\r\n"
    elif flow.quote:
        if here == "\\" and flow.quote == '"':
            return place + 2
        if here == flow.quote:
            flow.quote = ""
    elif here == "#" and (place == 0 or text[place - 1].isspace()):
        flow.comment = True
    elif here in ",:}]":
        _sign(text, place, flow)
    elif flow.start is None and not here.isspace():
        _begin(here, place, flow)
    return place + 1


def _begin(here: str, place: int, flow: _Flow) -> None:
    """What a character begins where no word stands yet."""
    if here in "{[":
        flow.frames.append(_Frame(here))
        return
    flow.start = place
    flow.quote = here if here in "'\"" else ""


def _sign(text: str, place: int, flow: _Flow) -> None:
    """What a sign between words does: it ends a word, a key or a brace, or is part of a word after all."""
    here, following = text[place], text[place + 1 : place + 2]
    if here in "}]":
        flow.frames[-1:] = []
        flow.start = None
    elif here == "," and flow.frames:
        flow.frames[-1].key, flow.start = None, None
    elif here == ":" and flow.frames and flow.frames[-1].key is None and flow.start is not None and _ends_key(text, place, following):
        flow.frames[-1].key, flow.start = _plain(text[flow.start : place].strip()), None


def _ends_key(text: str, place: int, following: str) -> bool:
    """Whether a colon ends a key: something that is no part of a word follows, or the key stood in quotation marks."""
    return following in _AFTER_KEY or text[place - 1] in "'\""


def _plain(word: str) -> str:
    """A word without its quotation marks."""
    if word[:1] == '"':
        return re.sub(r"\\(.)", r"\1", word[1:].removesuffix('"'))
    if word[:1] == "'":
        return word[1:].removesuffix("'").replace("''", "'")
    return word.strip()


def _starts(text: str, lines: list[str]) -> list[int]:
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line)
        position += 2 if text[position : position + 2] == "\r\n" else 1
    if position <= len(text):
        starts.append(position)
    return starts

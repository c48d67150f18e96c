"""Fixes of single lines that YAML reads otherwise than they were meant: quotation marks, indents, texts between braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ropa.fixes.edits import Edit
from ropa.law import LANGUAGES
from ropa.source.nodes import NO_BREAK_SPACE, lines_of

_KEY: Final = r"""(?P<key>[ ]*(?:- +)?(?:[\w-]+|"[^"]*"|'[^']*'):[ ]+)"""
_KEY_AND_VALUE: Final = re.compile(_KEY + r"(?P<value>\S.*?)(?P<rest>[ ]+#(?:[ ].*)?|[ ]*)$")
_BEGINS_OTHERWISE: Final = tuple("\"'[{|>&*!#?,")
_HASH: Final = re.compile(r"[ \t]#")
_INDENT: Final = re.compile(r"[ \t]*\t[ \t]*(?=[^ \t#])")
_HARD_INDENT: Final = re.compile(r"[ ]*\u00a0[ \u00a0]*(?=\S)")
_HARD_AFTER_MARK: Final = re.compile(r"(?:[ ]*-|[ ]*(?:- +)?[\w-]+:)(?P<blank>[ ]*\u00a0[ \u00a0]*)(?=\S)")
_BLOCK_TEXT: Final = re.compile(r":[ ]+[|>][+-]?\d?[+-]?[ ]*(?:#.*)?$")
_LANGUAGE: Final = re.compile(rf"(?:^|,)[ ]*(?P<language>{'|'.join(LANGUAGES)}):[ ]+")
_OTHER_KEY: Final = re.compile(r",[ ]*[\w-]+:(?:[ ]|$)")
TAB_WIDTHS: Final = (2, 4, 8)
"""How wide a tab may have been meant. A fix is offered only where all of these give the same data."""


def quoted(text: str) -> str:
    """A text in quotation marks: single ones where it holds a double one or a backslash."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def quoted_value(file: str, text: str, line: int) -> Edit | None:
    """Quotation marks around the whole value of a line ``key: value`` in block style; a comment behind ``# `` stays one."""
    found = _key_and_value(text, line)
    if found is None or found["value"].startswith(_BEGINS_OTHERWISE) or _HASH.search(found["value"]) or _goes_on(text, line):
        return None
    return _quoting(file, line, found)


def _goes_on(text: str, line: int) -> bool:
    """Whether the value of a line ``key: value`` goes on below it: then the line is not the whole of it."""
    lines = lines_of(text)
    below = next((row for row in lines[line:] if row.strip() and not row.lstrip().startswith("#")), "")
    return len(below) - len(below.lstrip()) > len(lines[line - 1]) - len(lines[line - 1].lstrip(" -"))


def quoted_with_hash(file: str, text: str, line: int, column: int) -> Edit | None:
    """Quotation marks around a text with a number sign (``Se sak #12``) that begins at a column.

    A sign before a letter may as well begin a comment that nobody should publish: that one is left to people.
    """
    found = _key_and_value(text, line)
    if found is None or found.start("value") != column - 1 or found["value"].startswith(_BEGINS_OTHERWISE):
        return None
    signs = list(_HASH.finditer(found["value"]))
    if len(signs) != 1 or found["rest"].strip() or not found["value"][signs[0].end() :][:1].isdigit():
        return None
    return _quoting(file, line, found)


def _key_and_value(text: str, line: int) -> re.Match[str] | None:
    return _KEY_AND_VALUE.match(lines_of(text)[line - 1])


def _quoting(file: str, line: int, found: re.Match[str]) -> Edit:
    return Edit(file, line, found.start("value") + 1, line, found.end("value") + 1, quoted(found["value"]))


def without_tabs(file: str, text: str, width: int) -> tuple[Edit, ...]:
    """Blanks for every tab in an indent, each tab up to the next multiple of `width`. Nothing where a text in block style may hold tabs."""
    lines = lines_of(text)
    if any(_BLOCK_TEXT.search(line) for line in lines):
        return ()
    found = ((number, _INDENT.match(line)) for number, line in enumerate(lines, 1))
    return tuple(Edit(file, number, 1, number, match.end() + 1, match[0].expandtabs(width)) for number, match in found if match)


def without_hard_spaces(file: str, text: str) -> tuple[Edit, ...]:
    """An ordinary space for every non-breaking one in an indent, or between a key or a dash and what follows."""
    return tuple(
        Edit(file, number, start + 1, number, start + len(blank) + 1, blank.replace(NO_BREAK_SPACE, " "))
        for number, line in enumerate(lines_of(text), 1)
        for start, blank in _hard_spaces(line)
    )


def _hard_spaces(line: str) -> Iterator[tuple[int, str]]:
    indent = _HARD_INDENT.match(line)
    if indent is not None:
        yield 0, indent[0]
    start = indent.end() if indent is not None else 0
    mark = _HARD_AFTER_MARK.match(line[start:])
    if mark is not None:
        yield start + mark.start("blank"), mark["blank"]


def texts_by_language(file: str, text: str, line: int, column: int) -> Edit | None:
    """The languages of a text between braces, cut at a column, one line each; between other braces in quotation marks where they stand.

    Only where nothing but languages stands there and no part of a text looks like a key.
    """
    here = lines_of(text)[line - 1]
    start, end = here.rfind("{", 0, column), here.find("}", column - 1)
    texts = _languages(here[start + 1 : end]) if 0 <= start < end else None
    if texts is None:
        return None
    key = re.fullmatch(r"(?P<indent>[ ]*)(?P<dash>- +)?[\w-]+:[ ]+", here[:start])
    comment = re.fullmatch(r"[ ]*(?:#.*)?", here[end + 1 :])
    if key is None or comment is None:
        inside = ", ".join(f"{language}: {quoted(words)}" for language, words in texts.items())
        return Edit(file, line, start + 1, line, end + 2, f"{{{inside}}}")
    indent = " " * (len(key["indent"]) + len(key["dash"] or "") + 2)
    behind = comment[0].rstrip()
    lines = [f" {behind.lstrip()}" if behind else "", *(f"{indent}{language}: {_written(words)}" for language, words in texts.items())]
    break_ = "\r\n" if "\r\n" in text else "\n"
    return Edit(file, line, len(here[:start].rstrip()) + 1, line, len(here) + 1, break_.join(lines))


def _languages(inside: str) -> dict[str, str] | None:
    """The texts between braces by language, whole; None where they may mean something else."""
    if re.search(r"""[{}\[\]"'#]""", inside):
        return None
    marks = list(_LANGUAGE.finditer(inside))
    if not marks or marks[0].start() != 0 or len({mark["language"] for mark in marks}) < len(marks):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(inside)]
    texts = {mark["language"]: inside[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}
    return None if any(not words or words.endswith(",") or _OTHER_KEY.search(words) for words in texts.values()) else texts


def _written(words: str) -> str:
    """A text of one line, in quotation marks where a plain one would be read as something else."""
    plain = not re.search(r""": |:$|^[-?:,&*!|>%@`]""", words) and not re.fullmatch(r"[-0-9.]+|true|false|null|~", words)
    return words if plain else quoted(words)

"""Edits put into a text: all else of it (comments, layout, line ends) stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ropa.fixes.edits import Edit, Fix
from ropa.source.nodes import lines_of


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text of one file with edits in it. The same edit twice is one; raises `ValueError` where two overlap or one lies outside."""
    result: list[str] = []
    position = 0
    for start, end, new in _offsets(text, edits):
        if start < position:
            raise ValueError("edits overlap")
        result += (text[position:start], new)
        position = end
    return "".join((*result, text[position:]))


def compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes, in their order, that can be applied together: one that touches what an earlier one edits waits for the next round."""
    taken: list[Edit] = []
    result = []
    for fix in fixes:
        if all(edit in taken or not any(_touch(edit, other) for other in taken) for edit in fix.edits):
            taken.extend(edit for edit in fix.edits if edit not in taken)
            result.append(fix)
    return result


def suggestion(fix: Fix, text: str) -> tuple[int, int, str]:
    """A fix as whole lines, as a review comment suggests them: the first and the last line (from 1) and what replaces them.

    `text` is the file's present text. The replacement has no line end after its last line, and LF between its lines.
    """
    first, last = min(edit.line for edit in fix.edits), max(edit.end_line for edit in fix.edits)
    lines, fixed = lines_of(text), lines_of(applied(text, fix.edits))
    return first, last, "\n".join(fixed[first - 1 : last + len(fixed) - len(lines)])


def _touch(one: Edit, other: Edit) -> bool:
    return (
        one.file == other.file
        and (one.line, one.column) <= (other.end_line, other.end_column)
        and (other.line, other.column) <= (one.end_line, one.end_column)
    )


def _offsets(text: str, edits: Iterable[Edit]) -> Sequence[tuple[int, int, str]]:
    """The edits in their order, by their places in the whole text."""
    starts = _line_starts(text)

    def offset(line: int, column: int) -> int:
        if not 0 < line <= len(starts) or not 0 < column <= len(text) - starts[line - 1] + 1:
            raise ValueError("an edit lies outside the text")
        return starts[line - 1] + column - 1

    return sorted({(offset(edit.line, edit.column), offset(edit.end_line, edit.end_column), edit.text) for edit in edits})


def _line_starts(text: str) -> list[int]:
    """Where each line begins, lines counted as YAML counts them."""
    starts, position = [], 0
    for line in lines_of(text):
        starts.append(position)
        position += len(line)
        position += 2 if text[position : position + 2] == "\r\n" else 1
    return starts

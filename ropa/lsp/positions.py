"""Places in a text: as YAML counts them, as the protocol counts them, and as offsets between the two.

YAML ends a line at U+0085, U+2028 and U+2029 too, the protocol only at LF, CRLF and CR; our columns are code points from 1, the
protocol's are units of an encoding from 0 (LSP 3.17, *Position*). A byte order mark stands in the client's text and not in ours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Final

from lsprotocol import types

from ropa.source.nodes import Span, lines_of

BYTE_ORDER_MARK: Final = "\ufeff"
_LSP_BREAK: Final = re.compile("\r\n|\n|\r")
_UNITS: Final[Mapping[str, Callable[[str], int]]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text) + sum(character > "\uffff" for character in text),
    "utf-32": len,
}


class Positions:
    """The places of one text. `text` is the client's; offsets are in `read`, which is without its byte order mark.

    `read_as` is what YAML was read from, where that differs (`ropa.source.files.Document.written`).
    """

    def __init__(self, text: str, encoding: str = "utf-16", read_as: str | None = None) -> None:
        self.read = text.removeprefix(BYTE_ORDER_MARK)
        self._units = _UNITS[encoding]
        self._mark = self._units(BYTE_ORDER_MARK) if text != self.read else 0
        breaks = list(_LSP_BREAK.finditer(self.read))
        self._starts = [0, *(found.end() for found in breaks)]
        self._ends = [*(found.start() for found in breaks), len(self.read)]
        self._yaml: tuple[list[int], list[str]] | None = None
        self._read_as = lines_of(read_as) if read_as is not None and read_as != self.read else None

    def position(self, offset: int) -> types.Position:
        """The protocol's position of an offset; in the middle of a line break it is the end of the line."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        units = self._units(self.read[start : min(offset, self._ends[line])])
        return types.Position(line, units + (self._mark if line == 0 else 0))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one behind the end of its line, or of the text, is taken to be there."""
        if position.line >= len(self._starts):
            return len(self.read)
        start, end = self._starts[position.line], self._ends[position.line]
        left = position.character - (self._mark if position.line == 0 else 0)
        for place in range(start, end):
            if left <= 0:
                return place
            left -= self._units(self.read[place])
        return end

    def offset_in_yaml(self, line: int, column: int) -> int:
        """The offset of a line and a column from 1, as YAML counts them; what lies outside is drawn to the end of line or text."""
        starts, lines = self._lines()
        if line > len(lines):
            return len(self.read)
        return starts[line - 1] + min(self._column(line, column) - 1, len(lines[line - 1]))

    def _column(self, line: int, column: int) -> int:
        """A column of the text as it was read, in the text as it is: a lone question mark was read in quotation marks."""
        if self._read_as is None or line > len(self._read_as):
            return column
        here, read = self._lines()[1][line - 1], self._read_as[line - 1]
        place = 0
        for at in range(min(column - 1, len(read))):
            if read[at] == here[place : place + 1]:
                place += 1
        return place + 1

    def range(self, start: int, end: int) -> types.Range:
        """The protocol's range between two offsets."""
        return types.Range(self.position(start), self.position(end))

    def range_of(self, span: Span) -> types.Range:
        """The protocol's range of a place in the file. An empty one becomes its line, so that there is something to see."""
        start, end = self.offset_in_yaml(span.line, span.column), self.offset_in_yaml(span.end_line, span.end_column)
        found = self.range(start, max(start, end))
        if found.start == found.end:
            return types.Range(found.start, self.position(self._ends[found.start.line]))
        return found

    def _lines(self) -> tuple[list[int], list[str]]:
        """The lines as YAML counts them, and where each begins."""
        if self._yaml is None:
            lines, starts, position = lines_of(self.read), [], 0
            for line in lines:
                starts.append(position)
                position += len(line)
                position += 2 if self.read[position : position + 2] == "\r\n" else 1
            self._yaml = starts, lines
        return self._yaml


def changed(text: str, change: types.TextDocumentContentChangeEvent, encoding: str) -> str:
    """A text after a change: of a part where the client names one, else of all of it."""
    if not isinstance(change, types.TextDocumentContentChangePartial):
        return change.text
    places = Positions(text, encoding)
    start, end = places.offset(change.range.start), places.offset(change.range.end)
    mark = text[: len(text) - len(places.read)]
    return f"{mark}{places.read[:start]}{change.text}{places.read[max(start, end) :]}"

"""The client's messages as bytes, put in step again where a client got out of it.

The protocol counts bytes: a client that sends half a message would have the next one read as the rest of it, and all that follow out
of step. A header cannot stand inside a message's JSON (no line break can stand inside its strings), so where one does stand there, a
new message begins.
"""

from __future__ import annotations

import re
from io import BufferedReader
from typing import Final

LARGEST: Final = 64 * 1024 * 1024
"""No message is larger: the largest file has 2 MiB. What says it is, is no header."""

_DIGITS: Final = 12
_LENGTH: Final = re.compile(rb"content-length:[ \t]*(\d+)[ \t]*\r?\n", re.IGNORECASE)
_BEGUN: Final = re.compile(rb"content-length:[ \t]*\d*[ \t]*\r?\Z", re.IGNORECASE)
_NAME: Final = b"content-length:"


class Messages:
    """Reads from a stream what a protocol reads: `readline` for headers, `read` for the body of a message."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._ahead = b""

    def readline(self) -> bytes:
        """The next line. A header of length is given in the form that is written everywhere, without anything before it."""
        line = self._line()
        found = _LENGTH.search(line)
        if found is None:
            return b"\r\n" if line == b"\n" else line
        length = int(found[1]) if len(found[1]) < _DIGITS else 0
        return b"Content-Length: %d\r\n" % length if 0 < length <= LARGEST else b"X-Ignored: length\r\n"

    def read(self, size: int) -> bytes:
        """The body of a message; only what stands before the next header, where that comes too early."""
        body = b""
        while len(body) < size:
            more = self._some(size - len(body))
            if not more:
                return body  # the client is gone
            body += more
            cut = _LENGTH.search(body)
            if cut is not None:
                return self._cut(body, cut.start())
        return self._cut(body, len(body) - _begun(body))

    def _cut(self, body: bytes, at: int) -> bytes:
        self._ahead = body[at:] + self._ahead
        return body[:at] or b" "  # an empty body would be taken for the end of the stream

    def _some(self, size: int) -> bytes:
        """What is there already, or comes next."""
        if self._ahead:
            taken, self._ahead = self._ahead[:size], self._ahead[size:]
            return taken
        return self._stream.read1(size)

    def _line(self) -> bytes:
        head, newline, rest = self._ahead.partition(b"\n")
        if newline:
            self._ahead = rest
            return head + newline
        self._ahead = b""
        return head + self._stream.readline()


def _begun(body: bytes) -> int:
    """How many bytes at the end of a body are the beginning of a header: a whole message ends with a brace."""
    found = _BEGUN.search(body)
    if found is not None:
        return len(body) - found.start()
    tail = body[-len(_NAME) :].lower()
    return next((size for size in range(len(_NAME) - 1, 0, -1) if tail.endswith(_NAME[:size])), 0)

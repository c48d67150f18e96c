"""Messages are found again behind one that was cut, wherever it was cut."""

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.lsp.stream import LARGEST, Messages


def framed(content: object) -> bytes:
    body = json.dumps(content).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def read(raw: bytes) -> list[object]:
    """What a protocol reads from a stream: the messages that are whole."""
    messages = Messages(io.BufferedReader(io.BytesIO(raw)))
    found, length = [], 0
    while line := messages.readline():
        if header := re.fullmatch(rb"Content-Length: (\d+)\r\n", line):
            length = int(header[1])
        elif length and not line.strip():
            body = messages.read(length)
            length = 0
            try:
                found.append(json.loads(body))
            except ValueError:
                found.append(None)
    return found


FIRST, SECOND, THIRD = {"id": 1, "text": "å\r\n"}, {"id": 2, "text": "Content-Length: 5\r\n\r\nxxxxx"}, {"id": 3}


def test_whole_messages() -> None:
    assert read(framed(FIRST) + framed(SECOND) + framed(THIRD)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("cut", range(1, len(framed(FIRST))))
def test_behind_half_a_message_the_next_is_read(cut: int) -> None:
    """Whatever was cut off, all that follows is read; where the header was cut too, nothing is found in its place."""
    found = read(framed(FIRST)[:cut] + framed(SECOND) + framed(THIRD))

    assert found[-2:] == [SECOND, THIRD]


def test_garbage_between_messages() -> None:
    assert read(b"hei\r\n\xff\x00{}" + framed(FIRST) + b"\n\n" + framed(THIRD)) == [FIRST, THIRD]


def test_headers_as_others_write_them() -> None:
    body = json.dumps(FIRST).encode()

    assert read(b"content-type: x\r\ncontent-length:%d\n\n" % len(body) + body) == [FIRST]


@pytest.mark.parametrize("length", [b"0", b"%d" % (LARGEST + 1), b"-5", b"9" * 30, b"x"])
def test_a_length_that_is_none(length: bytes) -> None:
    assert read(b"Content-Length: " + length + b"\r\n\r\n" + framed(THIRD)) == [THIRD]


@given(st.binary(max_size=80))
def test_nothing_makes_it_fail(raw: bytes) -> None:
    assert read(raw + b"\n" + framed(THIRD))[-1:] == [THIRD]

"""The work of a long list shared by two processes: for reading registries of thousands of files on a machine with two cores."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")
ENOUGH: Final = 1500
"""From so many items on a second process is worth its start."""


def shared(work: Callable[[T], Any], items: Sequence[T]) -> list[Any]:
    """``work`` done for each item, in their order; its results are plain data.

    The second half is done by a forked copy of this process and comes back through a pipe. Where that cannot be had,
    or fails, all of it is done here: the outcome is the same.
    """
    if len(items) < ENOUGH or not sys.platform.startswith("linux") or (os.cpu_count() or 1) < 2:
        return [work(item) for item in items]
    middle = len(items) // 2
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_leave(work, items[middle:], source, sink)
    os.close(sink)
    first = [work(item) for item in items[:middle]]
    with open(source, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    try:
        second: list[Any] = msgspec.msgpack.decode(content)
    except msgspec.MsgspecError:
        second = [work(item) for item in items[middle:]]
    return first + second


def _work_and_leave(work: Callable[[T], Any], items: Sequence[T], source: int, sink: int) -> None:
    """The forked copy: sends its results and ends at once, without the clean-up that is the first process's own."""
    try:
        os.close(source)
        with open(sink, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode([work(item) for item in items]))
    finally:
        os._exit(0)

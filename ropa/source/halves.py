"""Work shared by two processes: for registries of thousands of files on a machine with two cores."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")
R = TypeVar("R")
ENOUGH: Final = 1500
"""From so many items on a second process is worth its start."""


def shared(work: Callable[[T], R], items: Sequence[T], result: Any) -> list[R]:
    """``work`` done for each item, in their order; `result` is their type, which msgspec writes and reads again."""
    if len(items) < ENOUGH:
        return [work(item) for item in items]
    middle = len(items) // 2
    first, second = side_by_side(
        lambda: [work(item) for item in items[:middle]],
        lambda: [work(item) for item in items[middle:]],
        list[result],
    )
    return first + second


def side_by_side(first: Callable[[], T], second: Callable[[], R], result: Any) -> tuple[T, R]:
    """What two pieces of work give; `result` is the type of the second's, which msgspec writes and reads again.

    The second is done by a forked copy of this process, and its result comes back through a pipe. Where that cannot be
    had, or fails, both are done here: the outcome is the same. A process with threads is not copied: a lock that another thread
    holds would stay shut in the copy for ever.
    """
    if not sys.platform.startswith("linux") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        return first(), second()
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_leave(second, source, sink)
    os.close(sink)
    here = first()
    with open(source, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    try:
        there: R = msgspec.msgpack.decode(content, type=result)
    except msgspec.MsgspecError:
        there = second()
    return here, there


def _work_and_leave(work: Callable[[], Any], source: int, sink: int) -> None:
    """The forked copy: sends its result and ends at once, without the clean-up that is the first process's own."""
    try:
        os.close(source)
        with open(sink, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(work()))
    finally:
        os._exit(0)

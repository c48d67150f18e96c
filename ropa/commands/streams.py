"""Standard output and standard error: what is written there arrives whatever the locale is, and no text in it is taken for a command."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final, NoReturn

_STOPPED: Final = 128
"""A shell adds this to the number of the signal that stopped a program."""


def prepare() -> None:
    """Makes the streams bear any text: a letter that an encoding lacks is written as an escape, and a closed stream takes nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open as long as the program runs
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write(text: str, *, data: bool = False) -> None:
    """Writes to standard output. Data is read by programs: it is UTF-8 with LF, whatever the locale and the system say."""
    if data and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    with _perhaps_unread():
        sys.stdout.write(text)


def flush() -> None:
    """Sends what was written. The language server closes its streams itself, and then nothing is left to send."""
    if sys.stdout.closed:
        return
    with _perhaps_unread():
        sys.stdout.flush()


@contextmanager
def _perhaps_unread() -> Iterator[None]:
    """A reader that has left, as `head` does, wants no more: that is no failure, and what comes is dropped."""
    try:
        yield
    except BrokenPipeError:
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), sys.stdout.fileno())


def say(line: str) -> None:
    """Writes a line to standard error, with nothing in it that a terminal or a runner acts on. Where it cannot, nobody can be told so."""
    from ropa.report.terminal import no_command, safe

    with suppress(OSError):
        sys.stderr.write(f"{no_command(safe(line))}\n")


@contextmanager
def tidied_up() -> Iterator[None]:
    """While it runs, a signal to end is an exit: what was begun beside a file, or in a folder of its own, is cleared away."""
    numbers = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    ours = threading.current_thread() is threading.main_thread()
    taken = [number for number in numbers if ours and signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(_STOPPED + number)

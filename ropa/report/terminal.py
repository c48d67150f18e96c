"""Text from a registry made safe for a terminal, and colours that are used only there."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#\[)", re.MULTILINE)
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;34", "fix": "32", "dim": "2", "bold": "1"}


def safe(text: str) -> str:
    """The text with control, direction and unseen characters, and what is no character at all, made visible."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def one_line(text: str) -> str:
    """The text made safe, on one line: no line of it can pass for one of the report's own."""
    return safe(" ".join(text.split()))


def no_command(text: str) -> str:
    """The text with nothing in it that a CI runner takes for a command: a line that begins with two colons, or ``##[``."""
    return _COMMAND.sub(lambda found: f"{found[1] or ''}\\u{ord(found[0][-1]):04x}", text)


class Style:
    """Colours, where they are wanted."""

    def __init__(self, colours: bool) -> None:
        self.colours = colours

    def __call__(self, kind: str, text: str) -> str:
        """The text in the colour of a kind of thing."""
        return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if self.colours else text


def wants_colour(stream: TextIO = sys.stdout) -> bool:
    """Whether to colour what goes to a stream: a terminal, or FORCE_COLOR; never with NO_COLOR (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"

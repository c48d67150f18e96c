"""Text from a registry made safe for a terminal, and colours that are used only there."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;34", "fix": "32", "dim": "2", "bold": "1"}


def safe(text: str) -> str:
    """The text with control and direction characters made visible, so that none reaches the terminal."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


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

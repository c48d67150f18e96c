"""What a plain scalar means: YAML 1.2's core rules, narrowed: YAML 1.1 words such as ``NO`` or ``22:22`` stay text (docs/format.md)."""

from __future__ import annotations

import re

Scalar = str | int | float | bool | None

CONSTANTS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,30}\Z")
_FIRST = frozenset("-0123456789")


def plain(value: str) -> Scalar:
    """The value of an unquoted scalar: true, false, null, a number, else the text itself."""
    if value in CONSTANTS:
        return CONSTANTS[value]
    if value[0] in _FIRST:
        if _INTEGER.match(value):
            return int(value)
        if _DECIMAL.match(value) and len(value) < 32:
            return float(value)
    return value

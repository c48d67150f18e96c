"""Kinds of value that stand all over the format."""

from __future__ import annotations

import re
from typing import TypeAlias

Text: TypeAlias = dict[str, str]
"""Language code to text; the short form (a plain string) has been made long."""

_PART = re.compile(r"(\d+) (year|month|day|hour|minute|week)s?")
_HOURS = {"year": 365 * 24, "month": 30 * 24, "week": 7 * 24, "day": 24, "hour": 1}


def hours(duration: str) -> float | None:
    """Length of a duration such as ``3 years 6 months`` in hours (docs/format.md: a month counts 30 days, a year 365).

    ``session`` and ``permanent``, which have no length, and anything else give None.
    """
    parts = _PART.findall(duration)
    if not parts or _PART.sub("", duration).strip():
        return None
    return sum(int(number) * (1 / 60 if unit == "minute" else _HOURS[unit]) for number, unit in parts)


def days(duration: str) -> float | None:
    """Length of a duration in days; None as for `hours`."""
    length = hours(duration)
    return None if length is None else length / 24


def parts(duration: str) -> list[tuple[int, str]]:
    """The numbers and units of a duration, as written: ``3 years 6 months`` → [(3, "year"), (6, "month")]."""
    return [(int(number), unit) for number, unit in _PART.findall(duration)]

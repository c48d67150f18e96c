"""Which name a misspelt one stands for, where there can be no doubt: stricter than the message's did-you-mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ropa.law import LANGUAGES, countries
from ropa.law.text import fold

SHORTEST: Final = 3
"""Below so many letters one slip makes any name out of any other."""

_PLAIN: Final = re.compile(r"[A-Za-z][\w.-]*\Z")
"""A name that can be written without quotation marks wherever a name stands."""

_OTHER_CODES: Final = ("uk", "el")
"""How the Union writes GB and GR."""

_WITHDRAWN: Final = ("ant", "bur", "ddr", "fxx", "ntz", "scg", "sun", "tmp", "ymd", "yug", "zar")
"""Codes of three letters of states that are no more (ISO 3166-3)."""


def only_near(written: str, allowed: Iterable[str]) -> str | None:
    """The one allowed name that differs in capitals, hyphens and underscores only, else the only one within a single slip.

    A slip is a letter too many, too few, wrong, or two that changed places. A different digit is another name, no slip.
    """
    low = _alike(written)
    names = {name: _alike(name) for name in sorted(allowed) if _PLAIN.match(name)}
    same = [name for name, alike in names.items() if alike == low]
    if same:
        return same[0] if len(same) == 1 else None
    near = [name for name, alike in names.items() if min(len(alike), len(low)) >= SHORTEST and _is_slip(low, alike)]
    return near[0] if len(near) == 1 else None


def exact_country(written: str) -> str | None:
    """The code of a place that is written by its name, in another case or by another code of today (`Norge`, `no`, `NOR`, `UK`).

    None where one would have to guess: what a code of a state that is no more, or `EU`, was to say, is for people.
    """
    code, folded = countries.nearest(written), fold(written)
    if code is None:
        return None
    names = {fold(countries.name(code, language)) for language in LANGUAGES}
    of_today = folded in _OTHER_CODES or (len(folded) == 3 and countries.is_country(code) and folded not in _WITHDRAWN)
    return code if folded in names or folded == fold(code) or of_today else None


def _alike(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")


def _is_slip(one: str, other: str) -> bool:
    """Whether two different words are one edit apart, and that edit is in no digit."""
    if _digits(one) != _digits(other) or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[start:], other[start:]
    if len(one) != len(other):
        return rest[1:] == rest_other or rest == rest_other[1:]
    swapped = rest[:2] == rest_other[1::-1] and rest[2:] == rest_other[2:]
    return rest[1:] == rest_other[1:] or swapped


def _digits(word: str) -> str:
    return "".join(letter for letter in word if letter.isdigit())

"""Tells a standard, contract, policy or certification from an act of law by the words of its name (GDPR 6(1)(c), recitals 41 and 45)."""

import re
from functools import cache

import msgspec

from ropa.law import store
from ropa.law.text import fold

_WORD = re.compile(r"[^\s,;:()\[\]«»\"']+")


class _Norms(msgspec.Struct, frozen=True):
    series: tuple[str, ...]
    numbered_series: tuple[str, ...]
    endings: tuple[str, ...]
    phrases: tuple[str, ...]
    law_all_the_same: tuple[str, ...]
    act_words: tuple[str, ...]
    act_endings: tuple[str, ...]
    act_beginnings: tuple[str, ...]


@cache
def _data() -> _Norms:
    return store.load("norms.json", _Norms)


@cache
def _series() -> re.Pattern[str]:
    """The names of series as whole words; a number may follow at once (`ISO27001`), and must where the name is an everyday word."""
    names, numbered = ("|".join(re.escape(fold(name)) for name in group) for group in (_data().series, _data().numbered_series))
    return re.compile(rf"(?<![\w-])(?:(?:{names})(?![^\W\d_])|(?:{numbered})[\s-]?\d)")


def looks_like_norm(text: str) -> bool:
    """Return whether the text names a standard, contract, policy, certification or industry norm rather than an act."""
    folded = fold(text)
    data = _data()
    if any(law in folded for law in data.law_all_the_same):
        return False
    words = _WORD.findall(folded)
    if folded.startswith(data.act_beginnings) or any(_is_of_act(word.rstrip(".")) for word in words):
        return False
    if _series().search(folded) or any(fold(phrase) in folded for phrase in data.phrases):
        return True
    return any(word.rstrip(".").endswith(data.endings) for word in words)


def _is_of_act(word: str) -> bool:
    return word in _data().act_words or word.endswith(_data().act_endings)

"""Words that decide: phrases that say nothing about an interest or a period, and words that tell of a law, a danger or a decision.

The words stand in stock_words.yaml; here are the questions that rules ask of a text.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from ropa.source.reader import read_plain

_FILE: Final = Path(__file__).with_name("stock_words.yaml")
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


@cache
def _data() -> dict[str, Any]:
    return read_plain(_FILE.read_text(encoding="utf-8"))


@cache
def _stock(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a stock phrase: all of them, and those of which one must be there."""
    words = _data()[name]
    core = frozenset(words["core"].split())
    return core | frozenset(words["rest"].split()), core


@cache
def _any(name: str) -> re.Pattern[str]:
    """Any of a list of expressions."""
    listed = _data()[name]
    return re.compile("|".join(listed) if isinstance(listed, list) else listed, re.IGNORECASE)


def _says_only(text: str, name: str) -> bool:
    words, core = _stock(name)
    found = set(_WORD.findall(text.casefold()))
    return found <= words and not found.isdisjoint(core)


def is_vague_interest(text: str) -> bool:
    """Whether an interest is only called one: ``Effektiv drift``, but not ``Effektiv drift av nettbutikken``."""
    return _says_only(text, "interest")


def is_vague_period(text: str) -> bool:
    """Whether criteria name no event, no time and no law: ``Så lenge det er nødvendig``, but not ``Så lenge avtalen løper``."""
    return _says_only(text, "period")


def says_statutory(text: str) -> bool:
    """Whether a text says that a law asks for something, without denying it: ``Lovpålagt``, but not ``Ikke lovpålagt``."""
    found = _any("statutory").search(text)
    return found is not None and _any("denial").search(text, 0, found.start()) is None


def tells_of_danger(text: str) -> bool:
    """Whether a text tells of danger to life or health, of an epidemic or of a disaster."""
    danger = _any("danger")
    return any(danger.match(text, word.start()) for word in _WORD.finditer(text))


def is_collective_agreement(text: str) -> bool:
    """Whether a reference is a collective agreement and no act of law."""
    return _any("collective_agreement").search(text) is not None


def tells_of_credit_monitoring(text: str) -> bool:
    """Whether a text tells that someone's credit is watched over time, and does not say that those watched are no natural persons."""
    found = _any("credit_monitoring").search(text)
    return found is not None and _any("denial").search(text, 0, found.start()) is None and _any("legal_persons").search(text) is None


def tells_of_decision(text: str) -> bool:
    """Whether a text tells of a single decision by an authority."""
    return _any("single_decision").search(text) is not None


def tells_of_accounts_abroad(text: str) -> bool:
    """Whether a text tells that the accounts themselves are kept abroad, as of a branch (bokføringsforskriften § 7-4)."""
    return _any("kept_under_7_4").search(text) is not None


def calls_anonymous(text: str) -> bool:
    """Whether a text calls something anonymous, without denying it."""
    return _any("anonymous").search(text) is not None and _any("not_anonymous").search(text) is None


def tells_of_keys(text: str) -> bool:
    """Whether a text tells of hashed identifiers or of a truncated IP address, and not of totals."""
    if _tells_of_totals(text):
        return False
    return _any("hashed").search(text) is not None or _any("truncated_ip").search(text) is not None


def is_pseudonymisation(method: str) -> bool:
    """Whether a method of making data anonymous leaves them with a key: hashing, pseudonyms, truncated addresses."""
    return tells_of_keys(method) or (_any("pseudonyms").search(method) is not None and not _tells_of_totals(method))


def _tells_of_totals(text: str) -> bool:
    return tells_of_true_totals(text) or _any("aggregate").search(text) is not None


def tells_of_true_totals(text: str) -> bool:
    """Whether a text says that only totals are left, from which no one can be told apart."""
    return _any("true_totals").search(text) is not None


def names_social_media(text: str) -> bool:
    """Whether a text names social media or one of them."""
    return _any("social_media").search(text) is not None


def tells_of_figures(text: str) -> bool:
    """Whether a text tells of statistics about people."""
    return _any("figures").search(text) is not None


def tells_of_fundraising(text: str) -> bool:
    """Whether a text tells that money is raised for a cause."""
    return _any("fundraising").search(text) is not None

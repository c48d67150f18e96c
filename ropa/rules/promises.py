"""What own words say of people's rights: which they offer, which they deny, and whether a complaint is tied to a condition.

The words stand in promises.yaml; a text is read one sentence at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from ropa.source.reader import read_plain

Offered = Literal["portability", "objection", "withdrawal"]
OFFERED: Final[tuple[Offered, ...]] = ("portability", "objection", "withdrawal")
Reach = Literal["some", "every"]

_FILE: Final = Path(__file__).with_name("promises.yaml")
_SENTENCE: Final = re.compile(r"[.!?;:]+(?:\s+|$)|\n+")


@cache
def _data() -> dict[str, Any]:
    return read_plain(_FILE.read_text(encoding="utf-8"))


@cache
def _any(name: str) -> re.Pattern[str]:
    """Any of a list of expressions; a dotted name leads to one of a map."""
    listed: Any = _data()
    for step in name.split("."):
        listed = listed[step]
    return re.compile("|".join(f"(?:{each})" for each in listed) if isinstance(listed, list) else listed, re.IGNORECASE)


def _has(name: str, text: str) -> bool:
    return _any(name).search(text) is not None


def _sentences(text: str) -> Iterator[str]:
    return (sentence for sentence in _SENTENCE.split(text) if sentence.strip())


# --- offered ----------------------------------------------------------------------------------------------------------


def offers(text: str, right: Offered) -> Reach | None:
    """Whether a text offers a right, and whether for all data and processing (``every``) or without saying so (``some``)."""
    found: Reach | None = None
    for sentence in _sentences(text):
        if not _has(right, sentence) or not _has("promised", sentence) or _has("denial", sentence):
            continue
        if right == "objection" and _has("marketing_or_research", sentence):
            continue
        if _has("always", sentence) and not _has("case", _any("at_any_time").sub("", sentence)):
            return "every"
        found = "some"
    return found


def promises_erasure_of_all(text: str) -> bool:
    """Whether a text promises erasure without any condition: ``Du kan alltid få alt slettet``, but not ``Du kan få slettet bildet``."""
    return not _has("kept_by_law", text) and any(_is_unconditional_erasure(sentence) for sentence in _sentences(text))


def _is_unconditional_erasure(sentence: str) -> bool:
    if not _has("erasure", sentence) or _has("asks", sentence) or _has("not_the_data", sentence):
        return False
    requested = _any("on_request").sub("", sentence)
    if requested == sentence and not _has("promised", sentence):
        return False
    if not any(_has(name, sentence) for name in ("always", "at_any_time", "without_exception")):
        return False
    rest = requested
    for name in ("at_any_time", "without_exception"):
        rest = _any(name).sub("", rest)
    return not _has("denial", rest) and not _has("case", rest)


def people_named(text: str) -> frozenset[str]:
    """The shipped groups of people that a text names."""
    return frozenset(group for group in _data()["people"] if _has(f"people.{group}", text))


# --- denied -----------------------------------------------------------------------------------------------------------


def denied_rights(text: str) -> tuple[str, ...]:
    """The rights that a text denies as such, by code; a limit in a single case denies none."""
    return tuple(right for right in _data()["nouns"] if any(_denies(sentence, right) for sentence in _sentences(text)))


def _denies(sentence: str, right: str) -> bool:
    # The long patterns are made for the few sentences that name the right at all.
    return _has("denial", sentence) and _has(f"nouns.{right}", sentence) and any(pattern.search(sentence) for pattern in _denials(right))


@cache
def _denials(right: str) -> tuple[re.Pattern[str], ...]:
    data = _data()
    noun, tail = data["nouns"][right], data["denied_tail"]
    return (
        re.compile(f"{data['denied_prefix']}{noun}{tail}", re.IGNORECASE),
        re.compile(f"{data['denied_right']}{noun}{data['does_not_apply']}", re.IGNORECASE),
    )


# --- complaints -------------------------------------------------------------------------------------------------------


def ties_complaint(text: str, *, about_complaints: bool) -> bool:
    """Whether a text makes something a condition of complaining; an invitation to talk first is none.

    `about_complaints` tells whether all of the text is about complaints, so that a sentence need not name them.
    """
    return any(_ties(sentence) for sentence in _sentences(text) if about_complaints or _has("complaint", sentence))


def _ties(sentence: str) -> bool:
    if _has("conditional_denial", sentence):
        return True
    return _has("conditional", sentence) and _has("complainant", sentence) and not _has("not_needed", sentence)

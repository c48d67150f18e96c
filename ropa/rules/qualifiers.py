"""Words that leave open what happens: ``kan komme til å``, ``typisk``, ``may``. The words stand in qualifiers.yaml.

Whole words only, in Bokmål, Nynorsk and English, each language by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from ropa.source.reader import read_plain

_FILE: Final = Path(__file__).with_name("qualifiers.yaml")
_NEVER: Final = re.compile(r"(?!)")
_END: Final = re.compile(r"[.!?;\n]")


@dataclass(frozen=True, slots=True)
class _Language:
    """The expressions of a language; the group ``said`` of a claim holds the words to show."""

    always: re.Pattern[str]
    modal: re.Pattern[str]
    claim: re.Pattern[str]
    reader_before: re.Pattern[str]
    reader: re.Pattern[str]
    subordinate: re.Pattern[str]
    conditions: re.Pattern[str]
    empty: re.Pattern[str]


@cache
def _data() -> Mapping[str, Any]:
    return read_plain(_FILE.read_text(encoding="utf-8"))


@cache
def _hints() -> tuple[str, ...]:
    return tuple(_data()["hints"])


@cache
def _language(code: str) -> _Language:
    words = _data()[code]
    return _Language(
        always=_whole("|".join(words["always"])),
        modal=_whole("|".join(words["modal"])),
        claim=_claim(words["claim"]) if "claim" in words else _NEVER,
        reader_before=re.compile(rf"\b(?:{words['reader']})(?: \w+)?\s*\Z", re.IGNORECASE),
        reader=_whole(words["reader"]),
        subordinate=_whole(words["subordinate"]) if "subordinate" in words else _NEVER,
        conditions=_whole(words["conditions"]),
        empty=re.compile(rf"\b(?:{words['empty']})\s*(?:[,:)]|\Z)", re.IGNORECASE),
    )


def _whole(expression: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{expression})(?![\w-])", re.IGNORECASE)


def _claim(words: Mapping[str, str]) -> re.Pattern[str]:
    """Data that may be handled, or that we may handle: ``Opplysninger kan overføres``, ``vi kan bruke``."""
    done, passive, active = ("|".join(words[key].split()) for key in ("done", "passive", "active"))
    also = rf"(?:(?!(?:{words['denied']})\b)\w+ )?"
    of_data = rf"(?:{words['data']})(?: \w+){{0,4}}? (?P<said>{words['may']} {also}(?:(?:{words['be']}) (?:{done})|{passive}))"
    of_us = rf"(?P<ours>(?:{words['we']}) {words['may']} {also}(?:{active}))"
    return _whole(f"{of_data}|{of_us}")


def may_qualify(low: str) -> bool:
    """Whether a text in small letters may hold a qualifier: a cheap test that never says no wrongly."""
    return any(hint in low for hint in _hints())


def vague_qualifier(text: str, language: str) -> str | None:
    """The first words that leave open what happens, as they are written; None where nothing does.

    What the reader may do leaves nothing open, and a condition that is told explains what depends on it.
    """
    if not may_qualify(text.lower()):
        return None
    words = _language(language)
    found = [(match.start(), match.group()) for match in words.always.finditer(text)]
    found += [(match.start(), match.group()) for match in words.modal.finditer(text) if _leaves_open(words, text, match)]
    found += [(match.start(), _said(match)) for match in words.claim.finditer(text) if _claims(words, text, match)]
    return min(found)[1] if found else None


def _said(match: re.Match[str]) -> str:
    return match["said"] or match["ours"]


def _leaves_open(words: _Language, text: str, match: re.Match[str]) -> bool:
    before, after = _around(text, match)
    if words.reader_before.search(before) or words.reader.search(match.group()):
        return False
    return not _explained(words, before, after)


def _claims(words: _Language, text: str, match: re.Match[str]) -> bool:
    before, after = _around(text, match)
    between = match.group().removesuffix(_said(match)).partition(" ")[2]
    relative = re.search(r"\b(?:som|at|så)\b", between, re.IGNORECASE)
    return relative is None and words.subordinate.search(before) is None and not _explained(words, before, after)


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a match in its sentence."""
    start = max((end.end() for end in _END.finditer(text, 0, match.start())), default=0)
    end = _END.search(text, match.end())
    return text[start : match.start()], text[match.end() : end.start() if end else len(text)]


def _explained(words: _Language, before: str, after: str) -> bool:
    """Whether a condition is told, and one that says more than that it is needed."""
    return any(
        condition is not None and words.empty.search(part, condition.end()) is None
        for part in (before, after)
        for condition in (words.conditions.search(part),)
    )

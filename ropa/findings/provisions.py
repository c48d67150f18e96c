"""The provisions of a rule as people read them: acts by their names, in the reader's language, without the index's own remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from ropa.findings.catalogue import texts_language
from ropa.source.reader import read_plain

_FILE: Final = Path(__file__).with_name("provisions.yaml")


class _Spoken(msgspec.Struct, frozen=True):
    """What stands in provisions.yaml."""

    acts: dict[str, str]
    bokmal: dict[str, str]
    whole: dict[str, str | dict[str, str] | None]


def provisions(text: str, language: str) -> tuple[str, ...]:
    """A rule's provisions as a list, one source each: ``GDPR 7(3), 13(2)(c)`` and ``personopplysningsloven § 16``."""
    return tuple(_told(text, texts_language(language)))


@cache
def _spoken() -> _Spoken:
    return msgspec.convert(read_plain(_FILE.read_text(encoding="utf-8")), _Spoken)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"(?<![\w-]){pattern}(?!\w)"), words) for pattern, words in _spoken().bokmal.items())


def _told(text: str, language: str) -> Iterator[str]:
    whole = _spoken().whole
    for part in filter(None, map(str.strip, text.split(";"))):
        if part not in whole:
            yield _in_words(part, language)
            continue
        told = whole[part]
        if told is not None:
            yield told if isinstance(told, str) else told[language]


def _in_words(part: str, language: str) -> str:
    for short, name in _spoken().acts.items():
        part = re.sub(rf"\b{short}\b", name, part)
    if language == "nb":
        for pattern, words in _patterns():
            part = pattern.sub(words, part)
    return part

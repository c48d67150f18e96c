"""Registry facts in words of one language: labels, durations, dates, lists, laws. What the fixed sentences say stands in ``texts/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from ropa.law import LANGUAGES, countries, vocabulary
from ropa.law.references import OwnLaw, cite
from ropa.model.registry import Registry
from ropa.model.text import Text, parts
from ropa.source.reader import read_plain

_FOLDER: Final = Path(__file__).parent / "texts"
FALLBACKS: Final[Mapping[str, tuple[str, ...]]] = {"nb": ("nn", "en"), "nn": ("nb", "en"), "en": ("nb", "nn")}
_PART = re.compile(r"\{(\w+)\}")

_UNITS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "nb": {
        "year": ("år", "år"),
        "month": ("måned", "måneder"),
        "week": ("uke", "uker"),
        "day": ("dag", "dager"),
        "hour": ("time", "timer"),
        "minute": ("minutt", "minutter"),
    },
    "nn": {
        "year": ("år", "år"),
        "month": ("månad", "månader"),
        "week": ("veke", "veker"),
        "day": ("dag", "dagar"),
        "hour": ("time", "timar"),
        "minute": ("minutt", "minutt"),
    },
    "en": {
        "year": ("year", "years"),
        "month": ("month", "months"),
        "week": ("week", "weeks"),
        "day": ("day", "days"),
        "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
    },
}
_MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "nb": ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"),
    "nn": ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
_AND: Final = {"nb": "og", "nn": "og", "en": "and"}


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the registry in the language that was found for it; `lang` is set where that is not the document's."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Words:
    """Everything that is said of a registry in one language."""

    registry: Registry
    language: str
    own_laws: Mapping[str, OwnLaw] = field(default_factory=dict)

    def text(self, text: Text | None) -> Said:
        """A text in the language, else in the nearest one that it has, which is then told."""
        if not text:
            return Said("")
        if text.get(self.language):
            return Said(text[self.language])
        for other in (*FALLBACKS[self.language], *text):
            if text.get(other):
                return Said(text[other], other)
        return Said("")

    def fixed(self, key: str, **named: object) -> str:
        """A fixed sentence or word of the documents, by its dotted key, with its named parts filled."""
        found: Any = texts(self.language)
        for step in key.split("."):
            found = found[step]
        return fill(str(found), named) if named else str(found)

    def label(self, list_name: str, code: str) -> Said:
        """The label of a code: a shipped one's, or an own one's text."""
        if code in vocabulary.codes(list_name):
            return Said(vocabulary.label(list_name, code, self.language))
        return self.text(self._own(list_name, code)) or Said(code)

    def _own(self, list_name: str, code: str) -> Text | None:
        own = self.registry.vocabulary
        if list_name == "data_subjects":
            return (own.subjects or {}).get(code)
        if list_name == "security_measures":
            measure = (self.registry.security_measures.own or {}).get(code)
            return measure.text if measure is not None else None
        record = (own.data_categories or {}).get(code) if list_name == "data_categories" else (own.events or {}).get(code)
        if record is None:
            return None
        return {language: text for language in LANGUAGES if (text := getattr(record, language))}

    def labels(self, list_name: str, codes: Iterable[str] | None) -> list[Said]:
        """The labels of several codes, each once, in the order given."""
        return [self.label(list_name, code) for code in dict.fromkeys(codes or ())]

    def after(self, event: str) -> Said:
        """The words that stand after a period: ``etter siste kontakt``."""
        shipped = vocabulary.codes("events").get(event)
        if shipped is not None and shipped.after is not None:
            return Said(shipped.after.in_language(self.language))
        own = (self.registry.vocabulary.events or {}).get(event)
        return self.text(own.after if own is not None else None) or self.label("events", event)

    def duration(self, duration: str) -> str:
        """A duration in words: ``3 years 6 months`` → ``3 år og 6 måneder``."""
        units = _UNITS[self.language]
        said = [f"{number} {units[unit][0 if number == 1 else 1]}" for number, unit in parts(duration)]
        return self.join(said) if said else self.fixed(f"durations.{duration}")

    def date(self, day: date | str) -> str:
        """A date as it is read: ``1. desember 2026``, ``1 December 2026``."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return f"{day.day}{'' if self.language == 'en' else '.'} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def join(self, items: Iterable[object]) -> str:
        """A list in a sentence: ``A, B og C``."""
        said = [str(item) for item in items]
        return said[0] if len(said) == 1 else (f"{', '.join(said[:-1])} {_AND[self.language]} {said[-1]}" if said else "")

    def country(self, code: str) -> str:
        """A country's or place's name."""
        return countries.name(code, self.language)

    def law(self, laws: Iterable[str] | None) -> str:
        """Law references as a document of the language says them, joined."""
        return self.join(cite(law, self.language, self.own_laws) for law in laws or ())

    def gdpr(self, provision: str) -> str:
        """A provision of the Regulation in the language: ``6(1)(f)`` → ``personvernforordningen artikkel 6 nr. 1 bokstav f``."""
        return cite(f"GDPR art. {provision}", self.language)


def fill(template: str, named: Mapping[str, object]) -> str:
    """A sentence with its named parts filled; a part that is not given stays visible, which the tests forbid."""
    return _PART.sub(lambda found: str(named.get(found[1], found[0])), template)


@cache
def texts(language: str) -> Mapping[str, Any]:
    """The fixed texts of the documents in a language: one file a document, all merged."""
    merged: dict[str, Any] = {}
    for path in sorted((_FOLDER / language).glob("*.yaml")):
        for key, value in read_plain(path.read_text(encoding="utf-8")).items():
            merged.setdefault(key, {}).update(value)
    return merged


def words_for(registry: Registry, language: str) -> Words:
    """The words of a registry in a language."""
    laws = registry.vocabulary.laws or {}
    own = {name: OwnLaw(title=law.title or name, jurisdiction=law.jurisdiction or "", link=law.link or "") for name, law in laws.items()}
    return Words(registry, language, own)


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation or a proper short form (``IP-adresse``)."""
    first = text.split(" ", maxsplit=1)[0].split("-", maxsplit=1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]

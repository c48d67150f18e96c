"""Norwegian acts and central regulations: found by id, title, short name or abbreviation, with their sections."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any

import msgspec

from ropa.law import store
from ropa.law.text import closest, fold, fold_section

LOVDATA = "https://lovdata.no"
# How long a name may be to be offered as the nearest: nobody mistypes a title of three lines.
_LONGEST_GUESS = 60

_MONTHS = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember")
_ID = re.compile(r"^(?:\S*/)?(lov|forskrift|for)[-/ ](\d{4}-\d\d-\d\d)(?:(?:-| nr\.? ?)(\d+))?(?![\d-])")
_DATED = re.compile(rf"^(lov|forskrift) (?:av )?(\d{{1,2}})\.? ({'|'.join(_MONTHS)}) (\d{{4}})(?: nr\.? ?(\d+))?")
_YEAR = re.compile(r"^(.*?),? \(?(?:(?:av|fra|of) )?(?:\d{1,2}\.? [^\W\d_]+ )?(1[6-9]\d\d|20\d\d)(?:-\d\d-\d\d)?(?: nr\.? ?\d+)?\)?$")
# Endings that write the same name in the definite and the indefinite form, the genitive, Bokmål and Nynorsk.
_FORMS = (
    ("lovens", "lovas", "loven", "lova", "lovi", "lov"),
    ("forskriftens", "forskriftas", "forskriften", "forskrifta", "forskrift"),
)
_COMMON_NOUN = re.compile(r"(loven|lova|forskriften|forskrifta|instruksen|reglene)$")


class Act(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An act or regulation: title, names, and its sections in force and repealed as one text each, in the order of the act.

    `in_force` is None for what is in force, a day for what was not yet on the data's date, and "not stated" where the source does not say.
    """

    id: str
    title: str
    names: tuple[str, ...] = ()
    sections: str = ""
    repealed: str = ""
    in_force: str | None = None
    amended: str | None = None
    key: str | None = None
    cited: Mapping[str, Mapping[str, Any]] = {}

    @cached_property
    def section_numbers(self) -> tuple[str, ...]:
        """The sections in force, as the act writes them."""
        return tuple(filter(None, self.sections.split("; ")))

    @cached_property
    def _in_force_by_form(self) -> dict[str, str]:
        return {fold_section(number): number for number in self.section_numbers}

    @cached_property
    def _repealed_by_form(self) -> dict[str, str]:
        return {fold_section(number): number for number in filter(None, self.repealed.split("; "))}

    @cached_property
    def short_name(self) -> str:
        """The name that people say, written as inside a sentence; the title where there is none."""
        if not self.names:
            return self.title.rstrip(".")
        name = self.names[0]
        in_title = re.search(rf"[(\[]({re.escape(name)})[)\]]", self.title, re.IGNORECASE)
        if in_title:
            return in_title.group(1)
        return name[0].lower() + name[1:] if _COMMON_NOUN.search(name) and not name[1:2].isupper() else name

    @property
    def link(self) -> str:
        """The act's page at Lovdata."""
        collection = "SF" if self.id.startswith("forskrift") else "NL"
        kind, _, number = self.id.partition("-")
        return f"{LOVDATA}/dokument/{collection}/{kind}/{number}"

    def section_link(self, number: str) -> str:
        """Return the page of one section at Lovdata."""
        kind, _, rest = self.id.partition("-")
        return f"{LOVDATA}/{kind}/{rest}/§{number.replace(' ', '')}"

    def section(self, written: str) -> str | None:
        """Return the section in force that `written` means (`13B` → `13 b`); None where there is none."""
        return self._in_force_by_form.get(fold_section(written))

    def repealed_section(self, written: str) -> str | None:
        """Return the repealed section that `written` means; None where there is none."""
        return self._repealed_by_form.get(fold_section(written))

    def sections_between(self, first: str, last: str) -> tuple[str, ...]:
        """Return the sections in force from `first` to `last`, both in the act's own spelling."""
        start, end = self.section_numbers.index(first), self.section_numbers.index(last)
        return self.section_numbers[start : end + 1]

    def in_force_on(self, day: date) -> bool:
        """Return whether the act applies on `day`; where the source states no day it is taken to."""
        return not (self.in_force and self.in_force[:1].isdigit() and self.in_force > day.isoformat())

    def nearest_sections(self, written: str) -> tuple[str, ...]:
        """Return the sections whose numbers are nearest to one that does not exist."""
        return tuple(closest(written, self.section_numbers, limit=3, cutoff=0.6))


class _Structure(msgspec.Struct, frozen=True):
    acts: dict[str, dict[str, Any]]
    aliases: dict[str, str]


class _AllActs(msgspec.Struct, frozen=True):
    acts: dict[str, msgspec.Raw]


@cache
def _structure() -> _Structure:
    return store.load("structure.json", _Structure)


@cache
def _names() -> dict[str, str | list[str]]:
    return store.load("names.json", dict[str, str | list[str]])


@cache
def _all_acts() -> dict[str, msgspec.Raw]:
    return store.load_source("norwegian-acts.json", _AllActs).acts


@cache
def act(identifier: str) -> Act | None:
    """Return an act by its id (`lov-2004-11-19-73`); the ones that the rules cite need no reading of all the others."""
    cited = _structure().acts.get(identifier)
    if cited is not None:
        return store.convert({**cited, "id": identifier}, Act)
    raw = _all_acts().get(identifier)
    if raw is None:
        return None
    return store.convert({**msgspec.json.decode(raw, type=dict[str, Any]), "id": identifier}, Act)


@cache
def find(written: str) -> tuple[Act, ...]:
    """Return every act that `written` names: none, one, or the several that share the name. Never raises."""
    name = fold(written)
    identifiers = _by_id(name) or _by_name(name) or _by_form(name) or _by_date(name) or _by_year(name)
    return tuple(found for identifier in identifiers if (found := act(identifier)))


def is_name(written: str) -> bool:
    """Return whether the text as a whole is exactly one of the names in the data."""
    return bool(_by_name(fold(written)))


def is_spoken_name(name: str) -> bool:
    """Return whether a folded name is one that people say in a sentence: no id, no date alone, no abbreviation."""
    if _ID.match(name) or re.fullmatch(_DATED.pattern, name):
        return False
    return " " in name or name.endswith(tuple(form for forms in _FORMS for form in forms))


def _by_id(name: str) -> tuple[str, ...]:
    matched = _ID.match(name)
    if matched is None:
        return ()
    kind = "lov" if matched.group(1) == "lov" else "forskrift"
    identifier = "-".join(filter(None, (kind, matched.group(2), matched.group(3))))
    return (identifier,) if act(identifier) else ()


def _by_name(name: str) -> tuple[str, ...]:
    if name in _structure().aliases:
        return (_structure().aliases[name],)
    found = _names().get(name, ())
    return (found,) if isinstance(found, str) else tuple(found)


def _by_form(name: str) -> tuple[str, ...]:
    """The name in another form: `bokføringslova`, `bokføringslov`, `bokføringslovens` for `bokføringsloven`."""
    for forms in _FORMS:
        ending = next((form for form in forms if name.endswith(form)), None)
        if ending is None:
            continue
        stem = name.removesuffix(ending)
        for form in forms:
            if stem and (found := _by_name(stem + form)):
                return found
    return ()


def _by_date(name: str) -> tuple[str, ...]:
    """`lov 10. februar 1967`, `forskrift 1. desember 2004 nr. 1558 om bokføring`."""
    matched = _DATED.match(name)
    if matched is None:
        return ()
    kind, day, month, year, number = matched.groups()
    identifier = f"{kind}-{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}" + (f"-{number}" if number else "")
    return (identifier,) if act(identifier) else ()


def _by_year(name: str) -> tuple[str, ...]:
    """A name with the year that tells two acts apart: `forvaltningsloven av 1967`, `barnelova (2025)`."""
    matched = _YEAR.match(name)
    if matched is None:
        return ()
    found = _by_name(matched.group(1)) or _by_form(matched.group(1))
    return tuple(identifier for identifier in found if identifier.split("-")[1] == matched.group(2))


@cache
def nearest(written: str) -> tuple[str, ...]:
    """Return the names nearest to one that no act carries, at most three."""
    name = fold(written)[:_LONGEST_GUESS]
    if len(name) < 3:
        return ()
    short_names = {known: _short(ids) for known, ids in _names().items() if abs(len(known) - len(name)) <= max(3, len(name) // 4)}
    short_names |= {alias: alias for alias in _structure().aliases if alias not in _names()}
    close = closest(name, short_names, limit=6, cutoff=0.75)
    return tuple(dict.fromkeys(short_names[found] for found in close))[:3]


def _short(identifiers: str | list[str]) -> str:
    found = act(identifiers if isinstance(identifiers, str) else identifiers[0])
    return found.short_name if found else ""

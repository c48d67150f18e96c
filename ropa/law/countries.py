"""Countries and what the law says of them: the EEA, adequacy decisions, authorities, the age of a child's own consent."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec

from ropa.law import store
from ropa.law.text import closest, fold
from ropa.law.vocabulary import Words


class Amendment(msgspec.Struct, frozen=True):
    """A later decision that changed an adequacy decision."""

    decision: str
    date: date
    effect: str


class Adequacy(msgspec.Struct, frozen=True, kw_only=True):
    """An adequacy decision, GDPR 45(3). A number or a day that nobody has checked is None here and stands in `unverified`.

    `requires` names the properties that the importer must have; `scope` says in words whom the decision covers.
    """

    place: str
    decision: str | None = None
    adopted: date | None = None
    expires: date | None = None
    status: str = "in-force"
    requires: tuple[str, ...] = ()
    scope: str | None = None
    excluded: str | None = None
    amended_by: tuple[Amendment, ...] = ()
    risks: tuple[str, ...] = ()
    eea: str | None = None
    organisation: bool = False
    verified: str
    unverified: Mapping[str, str]


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A supervisory authority, GDPR 51. What nobody has checked (a telephone number) is left out and stands in `unverified`."""

    country: str
    name: str
    url: str
    post: Words | None = None
    complaint_url: str | None = None
    phone: str | None = None
    email: str | None = None
    note: str | None = None
    verified: str
    unverified: Mapping[str, str]


class ChildAge(msgspec.Struct, frozen=True, kw_only=True):
    """From which age a child consents alone to an online service, GDPR 8(1)."""

    age: int
    law: str | None = None
    since: date | None = None
    note: str | None = None
    watch: str | None = None
    unverified_watch: str | None = None
    verified: str


class Territory(msgspec.Struct, frozen=True, kw_only=True):
    """A territory that the law does not treat as the state it belongs to."""

    treat_as: str
    of: str | None = None
    note: str | None = None
    verified: str


class _State(msgspec.Struct, frozen=True):
    authority: dict[str, Any]
    child_age: ChildAge


class _Data(msgspec.Struct, frozen=True):
    eea: dict[str, _State]
    territories: dict[str, Territory]
    adequacy: dict[str, dict[str, Any]]
    adequacy_organisations: dict[str, dict[str, Any]]
    also_called: dict[str, str]
    unions: dict[str, Words]
    names: dict[str, Words]
    older_codes: dict[str, str]


@cache
def _data() -> _Data:
    return store.load("countries.json", _Data)


def is_country(code: str) -> bool:
    """Return whether `code` is a country or territory of ISO 3166-1 (two letters)."""
    return code in _data().names


def is_place(code: str) -> bool:
    """Return whether data can be said to go to `code`: a country, the EEA, or an international organisation with a code."""
    return is_country(code) or code in _data().unions or code in _data().adequacy_organisations


def places() -> tuple[str, ...]:
    """Return every code that may stand where a country stands, sorted."""
    data = _data()
    return tuple(sorted({*data.names, *data.unions, *data.adequacy_organisations}))


def name(code: str, language: str) -> str:
    """Return the place's name; the code itself for one that is no place."""
    data = _data()
    found = data.names.get(code) or data.unions.get(code)
    if found is None and code in data.adequacy_organisations:
        entry = data.adequacy_organisations[code]
        found = Words(nb=entry["nb"], nn=entry["nn"], en=entry["en"])
    return found.in_language(language) if found else code


def is_eea(code: str) -> bool:
    """Return whether the place lies in the EEA, or is treated so (Svalbard, Åland); the EEA itself does."""
    if code in _data().eea or code in _data().unions:
        return True
    found = territory(code)
    return found is not None and found.treat_as == "eea"


def eea_states() -> tuple[str, ...]:
    """Return the states of the EEA, sorted."""
    return tuple(sorted(_data().eea))


def territory(code: str) -> Territory | None:
    """Return what holds for a territory with a standing of its own, and how sure that is."""
    return _data().territories.get(code)


@cache
def adequacy(code: str) -> Adequacy | None:
    """Return the Commission's decision on a country, territory or organisation; None where there is none."""
    data = _data()
    is_organisation = code in data.adequacy_organisations
    entry = data.adequacy_organisations.get(code) or data.adequacy.get(code)
    if entry is None:
        return None
    scope = entry["scope"]
    facts, unverified = _established(entry)
    if "unverified_text" in scope:
        unverified = {**unverified, "scope": scope["unverified_text"]}
    return store.convert(
        {
            **facts,
            "place": code,
            "requires": scope["requires"],
            "scope": scope.get("text"),
            "excluded": scope.get("excluded"),
            "risks": entry.get("risk", ()),
            "organisation": is_organisation,
            "unverified": unverified,
        },
        Adequacy,
    )


def _established(entry: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Part an entry into what has been checked and what has not (its `unverified` list, sources.md tag U)."""
    doubtful = {key: str(entry[key]) for key in entry.get("unverified", ())}
    return {key: value for key, value in entry.items() if key not in doubtful and key != "unverified"}, doubtful


@cache
def authority(country: str) -> Authority | None:
    """Return the supervisory authority of an EEA state (of the state that a territory belongs to); None elsewhere."""
    found = territory(country)
    state = _data().eea.get(found.of if found and found.of and is_eea(country) else country)
    if state is None:
        return None
    facts, unverified = _established(state.authority)
    post = facts.pop("post", None)
    if post:
        facts["post"] = {"nn": post["nb"], **post}
    return store.convert({"verified": "S EDPB-M", **facts, "country": country, "unverified": unverified}, Authority)


def child_age(code: str) -> int | None:
    """Return from which age a child consents alone in that country, GDPR 8(1); None outside the EEA."""
    details = child_age_details(code)
    return details.age if details else None


def child_age_details(code: str) -> ChildAge | None:
    """Return the age with its law and how sure it is."""
    state = _data().eea.get(code)
    return state.child_age if state else None


@cache
def _spellings() -> Mapping[str, str]:
    """Every way of writing a place that the data know, folded → its code; the codes themselves last, so that they win."""
    data = _data()
    known: dict[str, str] = {fold(old): new for old, new in data.older_codes.items()}
    known |= {fold(word): code for code, words in data.names.items() for word in (words.nb, words.nn, words.en)}
    known |= {fold(written): code for written, code in data.also_called.items()}
    known |= {fold(name(code, language)): code for code in data.adequacy_organisations for language in ("nb", "nn", "en")}
    known |= {fold(code): code for code in places()}
    return MappingProxyType(known)


def nearest(written: str) -> str | None:
    """Return the code that someone meant by a name, an older code or a slip (`Norge` and `Norwey` → NO, `UK` → GB); None if none is."""
    known = _spellings()
    folded = fold(written)
    if folded in known:
        return known[folded]
    # Two letters are near to everything; only a name can be guessed.
    if len(folded) <= 3:
        return None
    close = closest(folded, (spelling for spelling in known if len(spelling) > 3), limit=1, cutoff=0.75)
    return known[close[0]] if close else None

"""Says of a law reference in a registry what it names and whether that exists: act, section, article, paragraph and point.

Norwegian acts and regulations are those of `norwegian-acts.json`, the Regulation that of `structure.yaml`; other countries' acts stand in
the registry's own vocabulary. GDPR 6(3): a basis that rests on a provision that does not exist rests on nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from ropa.law import acts, citations, gdpr, store
from ropa.law.acts import Act
from ropa.law.citations import Citation, Section, parse
from ropa.law.gdpr import Provision
from ropa.law.text import closest, fold, plain

__all__ = ["OwnLaw", "Resolved", "Status", "cite", "parse", "resolve"]

Status = Literal[
    "ok",
    "own",
    "no-section",
    "act-unknown",
    "ambiguous",
    "act-not-in-force",
    "section-unknown",
    "section-repealed",
    "article-unknown",
    "paragraph-unknown",
    "point-unknown",
]
# Where several parts of one citation are at fault, the first of these is what is said of it.
_GRAVEST: tuple[Status, ...] = (
    "article-unknown",
    "paragraph-unknown",
    "point-unknown",
    "section-unknown",
    "act-not-in-force",
    "section-repealed",
)

NORWAY = "NO"
UNION = "EU"
GDPR_ID = "32016R0679"
_AND = {"nb": "og", "nn": "og"}


class OwnLaw(msgspec.Struct, frozen=True):
    """An act that the registry declares in its own vocabulary, under `laws`."""

    title: str = ""
    jurisdiction: str = ""
    link: str = ""


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """What one citation names.

    `sections` are the sections or articles as the act writes them, ranges spelt out; `links` their pages, in the same order (of the
    Regulation the Norwegian text; `link` is EUR-Lex; none where several acts share the name); `at_fault` what of them does not exist or is
    repealed; `candidates` the nearest names or sections, or the ids of the acts that share an ambiguous name. `own` tells that the registry
    itself declared the act: its sections are not verified.
    """

    text: str
    status: Status
    name: str = ""
    locator: str = ""
    jurisdiction: str | None = None
    act_id: str | None = None
    title: str = ""
    short_name: str = ""
    sections: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()
    at_fault: tuple[str, ...] = ()
    link: str = ""
    links: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    in_force: str | None = None
    is_gdpr: bool = False
    own: bool = False

    @property
    def exists(self) -> bool:
        """Whether the act, and all of what was cited of it, exists and is in force."""
        return self.status in {"ok", "own"}


def resolve(text: str, own: Mapping[str, OwnLaw] | None = None, *, on: date | None = None) -> tuple[Resolved, ...]:
    """Return what each citation in the text names; one of status act-unknown where the text cites nothing. Never raises.

    `own` are the registry's own acts by short name; `on` is the day on which an act must be in force, by default the data's own.
    """
    names = own or {}
    day = on or store.as_of()
    declared = [_as_own(piece, names) for piece in citations.pieces(text)] if names else []
    if any(declared):
        return tuple(found or _of_piece(piece, day) for piece, found in zip(citations.pieces(text), declared, strict=True))
    found = _of_text(text, day)
    return tuple(_with_own_names(each, names) for each in found) if names else found


def _as_own(piece: str, own: Mapping[str, OwnLaw]) -> Resolved | None:
    """Read the piece as one of the registry's own acts: the longest of their names or titles that it begins or ends with."""
    spellings = {plain(written): name for name, law in own.items() for written in (law.title, name) if written.strip()}
    fitting = [written for written in spellings if _beside(piece, written) is not None]
    if not fitting:
        return None
    written = max(fitting, key=len)
    name, locator = spellings[written], _beside(piece, written) or ""
    law = own[name]
    has_section = any(letter.isdigit() for letter in locator)
    return Resolved(
        text=piece,
        status="own" if has_section else "no-section",
        name=name,
        locator=locator,
        jurisdiction=law.jurisdiction or None,
        title=law.title or name,
        short_name=name,
        sections=(locator,) if has_section else (),
        link=law.link,
        links=(law.link,) if has_section else (),
        own=True,
    )


def _beside(piece: str, name: str) -> str | None:
    """Return what stands beside a name that the piece begins with (`BDSG § 26`) or ends with (`§ 26 BDSG`); None where it does neither."""
    size = len(name)
    if piece[:size].casefold() == name.casefold() and not piece[size : size + 1].isalnum():
        return piece[size:].strip(" ,")
    if piece[-size:].casefold() == name.casefold() and piece[-size - 1 : -size].isspace():
        return piece[:-size].strip(" ,")
    return None


def _with_own_names(found: Resolved, own: Mapping[str, OwnLaw]) -> Resolved:
    """Offer the registry's own names too where an act is unknown."""
    if found.status != "act-unknown":
        return found
    by_form = {fold(name): name for name in own}
    close = closest(fold(found.name), by_form, limit=2, cutoff=0.6)
    candidates = tuple(dict.fromkeys((*(by_form[form] for form in close), *found.candidates)))
    return msgspec.structs.replace(found, candidates=candidates)


@lru_cache(maxsize=4096)
def _of_text(text: str, day: date) -> tuple[Resolved, ...]:
    found = tuple(_of_piece(piece, day) for piece in citations.pieces(text))
    if not found:
        return (Resolved(text=text, status="act-unknown", name=plain(text)),)
    # A title may hold what looks like several citations ("Forskrift om gjennomføring av … § 7 og … § 5").
    if len(found) > 1 and any(each.status == "act-unknown" for each in found) and acts.is_name(text):
        return (_of_act(Citation(text=plain(text), name=plain(text)), acts.find(text), day),)
    return found


def _of_piece(piece: str, day: date) -> Resolved:
    first: Citation | None = None
    for citation in citations.readings(piece):
        if citation.is_gdpr:
            return _of_gdpr(citation)
        first = first or citation
        for name in citations.name_forms(citation.name):
            if found := acts.find(name):
                return _of_act(citation, found, day)
    assert first is not None, "every piece has a reading"
    return _unknown(first)


def _unknown(citation: Citation) -> Resolved:
    bare_article = citations.is_bare_article(citation.text)
    candidates = (f"GDPR {citation.text}",) if bare_article else acts.nearest(citation.name)
    return Resolved(text=citation.text, status="act-unknown", name=citation.name, locator=citation.locator, candidates=candidates)


def _of_act(citation: Citation, found: tuple[Act, ...], day: date) -> Resolved:
    """Resolve a citation whose name is carried by one act or several."""
    in_force = tuple(act for act in found if act.in_force_on(day)) or found
    if len(in_force) == 1:
        return _of_one_act(citation, in_force[0], day)
    in_each = [_of_one_act(citation, act, day) for act in in_force]
    ids = tuple(act.id for act in in_force)
    unknown_everywhere = all(each.status == "section-unknown" for each in in_each)
    return Resolved(
        text=citation.text,
        status="section-unknown" if unknown_everywhere else "ambiguous",
        name=citation.name,
        locator=citation.locator,
        jurisdiction=NORWAY,
        title=in_force[0].title,
        short_name=in_force[0].short_name,
        sections=in_each[0].sections,
        at_fault=in_each[0].at_fault if unknown_everywhere else (),
        candidates=ids,
    )


def _of_one_act(citation: Citation, act: Act, day: date) -> Resolved:
    numbers: list[str] = []
    faults: dict[Status, list[str]] = {}
    for section in citation.sections:
        known, unknown = _numbers(section, act, plural=citation.plural)
        numbers += known
        for number in unknown:
            repealed = act.repealed_section(number)
            faults.setdefault("section-repealed" if repealed else "section-unknown", []).append(repealed or number)
            numbers.append(repealed or number)
    if not act.in_force_on(day):
        faults["act-not-in-force"] = []
    status = _gravest(faults) or ("ok" if numbers else "no-section")
    at_fault = tuple(dict.fromkeys(faults.get(status, ())))
    sections = tuple(dict.fromkeys(numbers))
    return Resolved(
        text=citation.text,
        status=status,
        name=citation.name,
        locator=citation.locator,
        jurisdiction=NORWAY,
        act_id=act.id,
        title=act.title,
        short_name=act.short_name,
        sections=sections,
        at_fault=at_fault,
        link=act.link,
        links=tuple(act.section_link(number) if act.section(number) else act.link for number in sections),
        candidates=tuple(dict.fromkeys(near for number in at_fault for near in act.nearest_sections(number))),
        in_force=act.in_force,
    )


def _gravest(faults: Iterable[Status]) -> Status | None:
    found = set(faults)
    return next((each for each in _GRAVEST if each in found), None)


def _numbers(section: Section, act: Act, *, plural: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the act's sections that a citation means, and the cited numbers that are none.

    A hyphen is part of a number (5-1-1 is one section), a dash or `til` writes a range; where the act has no such section but has the other
    reading, that is what was meant: `§§ 1-5` in an act of plain numbers, `§ 3–15` in an act of chapters.
    """
    if section.last is None:
        known = act.section(section.first)
        if known:
            return (known,), ()
        ends = section.first.split("-")
        if plural and len(ends) == 2 and (spelt_out := _range(ends[0], ends[1], act)):
            return spelt_out, ()
        return (), (section.first,)
    if spelt_out := _range(section.first, section.last, act):
        return spelt_out, ()
    one = act.section(f"{section.first}-{section.last}")
    if one:
        return (one,), ()
    ends = [section.first, section.last]
    return tuple(known for end in ends if (known := act.section(end))), tuple(end for end in ends if not act.section(end))


def numbers(section: Section, act: Act, *, plural: bool) -> tuple[str, ...]:
    """Return the act's sections that a cited one means, ranges spelt out; a number that is none as it was written."""
    known, unknown = _numbers(section, act, plural=plural)
    return (*known, *unknown)


def _range(first: str, last: str, act: Act) -> tuple[str, ...]:
    start, end = act.section(first), act.section(last)
    return act.sections_between(start, end) if start and end else ()


def _of_gdpr(citation: Citation) -> Resolved:
    faults = {provision: fault for provision in citation.provisions if (fault := gdpr.fault(provision))}
    status = _gravest(faults.values()) or ("ok" if citation.provisions else "no-section")
    at_fault = tuple(provision for provision, fault in faults.items() if fault == status)
    return Resolved(
        text=citation.text,
        status=status,
        name=citation.name,
        locator=citation.locator,
        jurisdiction=UNION,
        act_id=GDPR_ID,
        title=gdpr.TITLE,
        short_name="GDPR",
        sections=tuple(str(provision) for provision in citation.provisions),
        provisions=citation.provisions,
        at_fault=tuple(str(provision) for provision in at_fault),
        link=gdpr.link(),
        links=tuple(gdpr.link() if each.recital else gdpr.article_link(each.article) for each in citation.provisions),
        candidates=tuple(dict.fromkeys(near for provision in at_fault for near in gdpr.nearest(provision))),
        is_gdpr=True,
    )


def cite(what: str | Resolved | Iterable[Resolved], language: str, own: Mapping[str, OwnLaw] | None = None) -> str:
    """Return a reference as notice and record say it: articles of the Regulation in the language, Norwegian acts under their own name."""
    found = resolve(what, own) if isinstance(what, str) else (what,) if isinstance(what, Resolved) else tuple(what)
    return _joined([_cite_one(each, language) for each in found], language)


def _cite_one(found: Resolved, language: str) -> str:
    if found.is_gdpr:
        if not found.provisions:
            return gdpr.name(language)
        cited = [gdpr.cite(provision, language, with_name=place == 0) for place, provision in enumerate(found.provisions)]
        return _joined(cited, language)
    if found.act_id is None or found.own:
        return found.text
    name = found.short_name if _is_shorthand(found.name) else found.name
    return f"{name} {found.locator}".strip()


def _is_shorthand(name: str) -> bool:
    """Return whether the name is an id, a date or an abbreviation, which the public should not have to know."""
    folded = fold(name)
    return not acts.is_spoken_name(folded) or (" " not in folded and name.isupper())


def _joined(parts: list[str], language: str) -> str:
    """Return `a, b og c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_AND.get(language, 'and')} {parts[-1]}"

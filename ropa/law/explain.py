"""Explains a reference to the person who asks (`ropa law REF`), and reads the provisions that the rules rest on."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from ropa.law import acts, citations, gdpr, gdpr_text, references, store
from ropa.law.acts import Act
from ropa.law.gdpr import Provision
from ropa.law.references import OwnLaw, Resolved

Kind = Literal["article", "recital", "section", "case", "other"]

_CASE = re.compile(r"\b[CT]-\d+/\d+(?: P)?\b")
# sources.md: the acts that the rules cite were read word by word; of the others a program took names and sections from a copy of Lovdata.
READ = "T"
TAKEN = "S"
DECLARED = "U"


class Choice(msgspec.Struct, frozen=True):
    """One of several acts that share a name: the id to write, its title, and whether it is in force."""

    id: str
    title: str
    in_force: str


class Part(msgspec.Struct, frozen=True):
    """One section or article of what was asked about; `exists` is None where nobody can verify it."""

    text: str
    title: str
    link: str
    exists: bool | None
    note: str = ""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """What one citation is. `in_force` is yes, no, not stated or repealed; `verified` the tags of sources.md, `as_of` the data's day."""

    found: Resolved
    title: str
    in_force: str
    link: str
    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    nearest: tuple[str, ...] = ()
    verified: str = ""
    verified_meaning: str = ""
    as_of: date | None = None
    last_amended: str = ""

    @property
    def exists(self) -> bool:
        """Whether the act exists, and every section that was named."""
        return self.found.status in {"ok", "own", "no-section", "act-not-in-force", "section-repealed"}

    @property
    def is_ambiguous(self) -> bool:
        """Whether the name fits several acts."""
        return self.found.status == "ambiguous"


def explain(text: str, own: Mapping[str, OwnLaw] | None = None, *, on: date | None = None) -> tuple[Explanation, ...]:
    """Return what each citation in the text is, whether it is in force, and how and when that was verified."""
    return tuple(_explain(found, on or store.as_of()) for found in references.resolve(text, own, on=on))


def _explain(found: Resolved, day: date) -> Explanation:
    if found.is_gdpr:
        return _of_gdpr(found)
    if found.own:
        parts = tuple(Part(section, found.title, found.link, exists=None) for section in found.sections)
        return _tagged(Explanation(found=found, title=found.title, in_force="not stated", link=found.link, parts=parts), DECLARED, None)
    if found.act_id is None:
        choices = tuple(_choice(each, day) for identifier in found.candidates if (each := acts.act(identifier)))
        nearest = () if choices else found.candidates
        return Explanation(found=found, title="", in_force="not stated", link="", choices=choices, nearest=nearest)
    act = acts.act(found.act_id)
    assert act is not None, "a resolved reference names an act of the data"
    explained = Explanation(
        found=found,
        title=found.title,
        in_force=_in_force(act, day),
        link=found.link,
        parts=tuple(_section_part(section, link, act) for section, link in zip(found.sections, found.links, strict=True)),
        nearest=found.candidates,
        last_amended=act.amended or "",
    )
    return _tagged(explained, READ if act.key else TAKEN, store.about().as_of_acts)


def _tagged(explained: Explanation, verified: str, as_of: date | None) -> Explanation:
    meaning = store.about().tags.get(verified, "")
    return msgspec.structs.replace(explained, verified=verified, verified_meaning=meaning, as_of=as_of)


def _of_gdpr(found: Resolved) -> Explanation:
    parts = tuple(
        Part(str(provision), _gdpr_title(provision), link, exists=gdpr.fault(provision) is None, note=gdpr.note(provision))
        for provision, link in zip(found.provisions, found.links, strict=True)
    )
    explained = Explanation(found=found, title=gdpr.TITLE, in_force="yes", link=found.link, parts=parts, nearest=found.candidates)
    return _tagged(explained, READ, store.as_of())


def _gdpr_title(provision: Provision) -> str:
    return "" if provision.recital else gdpr.article_title(provision.article)


def _section_part(section: str, link: str, act: Act) -> Part:
    repealed = act.repealed_section(section) is not None and act.section(section) is None
    exists = repealed or act.section(section) is not None
    return Part(section, "", link, exists=exists, note="repealed" if repealed else "")


def _in_force(act: Act, day: date) -> str:
    if act.in_force == "not stated":
        return "not stated"
    return "yes" if act.in_force_on(day) else f"from {act.in_force}"


def _choice(act: Act, day: date) -> Choice:
    return Choice(act.id, act.title, _in_force(act, day))


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One provision that a rule rests on: an article or recital of the Regulation, a section of an act, a case, or words (`WP260`)."""

    kind: Kind
    text: str
    act_id: str = ""
    provision: Provision | None = None
    section: str = ""
    ledd: int | None = None


def citations_in(provisions: str) -> tuple[Reference, ...]:
    """Return every single provision in a rule's `provisions` text (`GDPR 5(1)(b), 13(1)(c); POPPLYL § 16; C-673/17`)."""
    return tuple(dict.fromkeys(_references(provisions)))


def _references(provisions: str) -> Iterator[Reference]:
    for piece in citations.pieces(provisions):
        readings = list(citations.readings(piece))
        if readings[0].is_gdpr or _is_recital(readings[0].text):
            yield from map(_article, gdpr_text.provisions(piece))
        elif found := _section_references(readings):
            yield from found
        elif cases := _CASE.findall(piece):
            yield from (Reference(kind="case", text=case) for case in cases)
        else:
            yield Reference(kind="other", text=piece)


def _is_recital(text: str) -> bool:
    """Recitals are the Regulation's, also where its name stands only before ("GDPR 6(1)(f), 5(2); recital 47")."""
    return text.casefold().startswith("recital")


def _article(provision: Provision) -> Reference:
    kind: Kind = "recital" if provision.recital else "article"
    return Reference(kind=kind, text=f"GDPR {provision}", act_id=references.GDPR_ID, provision=provision)


def _section_references(readings: list[citations.Citation]) -> list[Reference]:
    """The sections of a piece that cites a Norwegian act, one for each paragraph named; empty where it cites none."""
    for citation in readings:
        found = acts.find(citation.name) if citation.sections else ()
        if found:
            act = found[0]
            return [
                Reference(kind="section", text=_section_text(act, number, ledd), act_id=act.id, section=number, ledd=ledd)
                for section in citation.sections
                for number in references.numbers(section, act, plural=citation.plural)
                for ledd in section.ledd or (None,)
            ]
    return []


def _section_text(act: Act, number: str, ledd: int | None) -> str:
    return f"{act.short_name} § {number}" + (f" {gdpr.ordinal(ledd, 'nb')} ledd" if ledd else "")


def exists(reference: Reference) -> bool | None:
    """Return whether a provision exists; None for what the data cannot tell (a case, a guideline, a paragraph nobody counted)."""
    if reference.provision is not None:
        return gdpr.fault(reference.provision) is None
    act = acts.act(reference.act_id) if reference.act_id else None
    if act is None:
        return None
    if act.section(reference.section) is None:
        return False
    if reference.ledd is None:
        return True
    counted = act.cited.get(reference.section)
    return None if counted is None else 1 <= reference.ledd <= counted["ledd"]


def rests_on(provisions: str, asked: Resolved) -> bool:
    """Return whether a rule with these provisions rests on what was asked about: the same place, one within it, or one around it."""
    return any(_touches(reference, asked) for reference in citations_in(provisions))


def _touches(reference: Reference, asked: Resolved) -> bool:
    if reference.act_id == "" or reference.act_id != asked.act_id:
        return False
    if reference.provision is not None:
        return not asked.provisions or any(
            each.covers(reference.provision) or reference.provision.covers(each) for each in asked.provisions
        )
    return not asked.sections or reference.section in asked.sections

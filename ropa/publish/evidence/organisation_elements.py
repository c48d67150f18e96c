"""The elements that the notice states once of the organisation as a whole. GDPR Arts 13(1)(a)-(b), 13(2)(d), 14(1)(a)-(b), 14(2)(e)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ropa.law.countries import is_eea
from ropa.model.organisation import Dpo
from ropa.publish.evidence.answers import Answer, answered, not_applicable
from ropa.publish.evidence.notice_page import NoticePage, Statement, section_facts

REACH: Final = ("who.number", "who.address", "who.contact", "who.website")


def _facts(page: NoticePage, *keys: str) -> Iterator[Statement]:
    """The facts of who is responsible with some labels."""
    section = page.section("responsible")
    if section is not None:
        for fact in section_facts(section, (page.writer.fixed(key) for key in keys)):
            yield Statement(section.id, fact.label, fact.lines)


def _controller(page: NoticePage) -> Answer:
    section = page.section("responsible")
    named = [Statement(section.id, section.heading, section.lines[:1])] if section is not None else []
    return answered([*named, *_facts(page, *REACH)])


def _representative(page: NoticePage) -> Answer:
    organisation = page.context.registry.organisation
    said = list(_facts(page, "who.representative"))
    if organisation.representative is not None:
        return not_applicable("no-representative", said) if organisation.representative.not_needed else answered(said)
    if organisation.country is not None and is_eea(organisation.country):
        return not_applicable("in-eea")
    return Answer("missing", tuple(said))


def _officer(page: NoticePage) -> Answer:
    dpo = page.context.registry.organisation.dpo
    said = list(_facts(page, "who.officer"))
    if dpo == "none" or (isinstance(dpo, Dpo) and dpo.not_needed):
        return not_applicable("no-officer", said)
    return answered(said)


def _complaint(page: NoticePage) -> Answer:
    section = page.section("complaint")
    if section is None:
        return Answer("missing")
    named = tuple(line for item in section.items[:1] for line in (item.name, *item.lines))
    return answered([Statement(section.id, section.heading, (*section.lines[:1], *named))])


def _device(page: NoticePage) -> Answer:
    section = page.section("cookies")
    if not page.writer.public.cookies or section is None:
        return not_applicable("no-cookies")
    return answered([Statement(section.id, section.heading, section.lines)])


def _version(page: NoticePage) -> Answer:
    section = page.section("changes")
    return answered([Statement(section.id, section.heading, section.lines[:1])] if section is not None else [])


ANSWERS: Final[Mapping[str, Callable[[NoticePage], Answer]]] = {
    "controller": _controller,
    "representative": _representative,
    "officer": _officer,
    "complaint": _complaint,
    "device": _device,
    "version": _version,
}
"""How each element of the organisation is answered."""

"""Which open questions and findings speak of an element: those at the addresses that the element is declared at, or below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from ropa.checking import Checked
from ropa.context.context import group_address, purpose_address
from ropa.findings.finding import Finding
from ropa.model.registry import Registry
from ropa.publish.evidence.notice_page import NoticePage
from ropa.publish.notice.public import Told
from ropa.source.address import covers, segment


class Addressed(Protocol):
    """What has an address."""

    @property
    def address(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Question:
    """What is answered ``unknown`` at an address, in the officer's words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said of an element beside the notice."""

    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


A = TypeVar("A", bound=Addressed)


@dataclass(frozen=True, eq=False)
class Voices:
    """Every question and finding of a registry, to be asked for by address. Accepted findings are among them."""

    checked: Checked

    @cached_property
    def _questions(self) -> dict[str, list[Question]]:
        return _by_record(Question(address, words) for address, words in sorted(self.checked.registry.unknown.items()))

    @cached_property
    def _findings(self) -> dict[str, list[Finding]]:
        return _by_record(self.checked.findings)

    def of(self, addresses: Mapping[str, Iterable[str]]) -> dict[str, Spoken]:
        """What is said at the addresses of each element; where several cover a place, the one that lies nearest has it."""
        nearest = {address: element for element, every in addresses.items() for address in every}
        records = list(dict.fromkeys(address.partition("#")[0] for address in nearest))
        questions = _sorted_in(nearest, (each for record in records for each in self._questions.get(record, ())))
        findings = _sorted_in(nearest, (each for record in records for each in self._findings.get(record, ())))
        return {element: Spoken(tuple(questions.get(element, ())), tuple(findings.get(element, ()))) for element in addresses}

    def at(self, address: str) -> Spoken:
        """What is said at one address or below it."""
        return self.of({"": [address]})[""]


def _by_record(every: Iterable[A]) -> dict[str, list[A]]:
    found: dict[str, list[A]] = {}
    for each in every:
        found.setdefault(each.address.partition("#")[0], []).append(each)
    return found


def _sorted_in(nearest: Mapping[str, str], every: Iterable[A]) -> dict[str, list[A]]:
    found: dict[str, list[A]] = {}
    for each in every:
        over = [address for address in nearest if covers(address, each.address)]
        if over:
            found.setdefault(nearest[max(over, key=len)], []).append(each)
    return found


NOBODY = "-"
"""Stands for no element: what is declared there is of other purposes."""

ORGANISATION: Mapping[str, tuple[str, ...]] = {
    "controller": tuple(f"organisation#{key}" for key in ("legal_name", "organisation_number", "country", "address", "email", "phone")),
    "representative": ("organisation#representative",),
    "officer": ("organisation#dpo",),
    "complaint": ("organisation#supervisory_authority", "notice#complaint_note"),
    "device": (),
    "version": ("notice#version", "notice#effective", "changes"),
}
"""Where the elements of the organisation are declared."""


def organisation_addresses(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Where each element of the organisation is declared; what is stored on devices stands in its own files."""
    return {**ORGANISATION, "device": tuple(f"cookies/{name}" for name in sorted(registry.cookies))}


def purpose_addresses(page: NoticePage, told: Told) -> dict[str, tuple[str, ...]]:
    """Where each element of a purpose is declared."""
    own, at = f"activities/{told.activity.id}#", purpose_address(told.activity, told.name)
    groups = {name: group_address(told.activity, name) for name in told.activity.data or {}}
    mine = [groups[name] for name in told.groups]
    return {
        "purpose": (at,),
        "basis": (f"{at}.basis", *(f"{group}.article_9" for group in mine), *(f"{group}.article_10" for group in mine)),
        "interest": (f"{at}.basis.legitimate-interest.interest", f"{at}.basis.legitimate-interest.whose"),
        "categories": (f"{own}data", f"{own}not_collected", *mine),
        "source": (f"{own}source", *(f"{group}.source" for group in mine)),
        "recipients": (f"{own}recipients", f"{own}systems", *_parties(page, told, ("name", "kind", "service"))),
        "transfer": tuple(_parties(page, told, ("stored_in", "accessed_from"))),
        "safeguard": ("organisation#transfer_copy", *_ways(page, told)),
        "retention": (f"{own}retention", *(f"{group}.retention" for group in mine), *_rules(told)),
        "withdrawal": tuple(f"consents#{segment(name)}.withdrawn" for name in _consents(told)),
        "obligation": (f"{own}obligation_to_provide", *(f"{group}.obligation_to_provide" for group in mine)),
        "decisions": (f"{own}automated_decision", f"{at}.profiling"),
        "further": (f"{at}.further_processing",),
        "timing": (f"{own}inform", *(f"{group}.inform" for group in mine)),
        "exemption": (f"{own}inform.exempt", *(f"{group}.inform.exempt" for group in mine)),
        "objection": (f"{at}.objection",),
        "marketing": (f"{at}.marketing",),
        "joint": (f"{own}joint", *(f"cookies/{record.id}#joint" for record in page.writer.public.cookies_of(told.activity.id))),
        NOBODY: tuple(address for name, address in groups.items() if name not in told.groups),
    }


def _parties(page: NoticePage, told: Told, keys: Iterable[str]) -> Iterator[str]:
    names = dict.fromkeys(receipt.party for receipt in page.writer.public.receipts_of(told) if receipt.party is not None)
    yield from (f"parties/{name}#{key}" for name in names for key in keys)


def _ways(page: NoticePage, told: Told) -> Iterator[str]:
    for crossing in page.writer.public.crossings_of(told):
        yield crossing.missing
        yield from (way.address for way in crossing.declared)


def _rules(told: Told) -> Iterator[str]:
    for declared in (told.activity.retention, *(group.retention for group in told.groups.values())):
        if isinstance(declared, str):
            yield f"retention#{segment(declared)}"


def _consents(told: Told) -> list[str]:
    basis = told.purpose.basis
    named = [basis.consent.request] if basis is not None and basis.consent is not None else []
    explicit = (group.article_9.explicit_consent for group in told.groups.values() if group.article_9 is not None)
    return list(dict.fromkeys(name for name in (*named, *(each.request for each in explicit if each is not None)) if name))

"""Legal obligation, public task and vital interests as legal bases. GDPR Arts 6(1)(c), (d), (e), 6(3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ropa.context.context import Context, purpose_address, purposes_of
from ropa.findings.finding import Breach
from ropa.law.countries import is_eea
from ropa.law.norms import looks_like_norm
from ropa.law.references import UNION, Resolved
from ropa.model.activity import Activity
from ropa.model.legal_bases import LegalObligationBasis, PublicTaskBasis
from ropa.rules.asked import broken_inside
from ropa.rules.law_references import asked_law, is_good
from ropa.rules.stock_words import is_collective_agreement, tells_of_danger
from ropa.source.address import segment


class LawBasis(NamedTuple):
    """A basis that rests on a law: its address, and what it holds."""

    address: str
    basis: LegalObligationBasis | PublicTaskBasis


def _obligations(context: Context) -> Iterator[tuple[str, LegalObligationBasis]]:
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            if purpose.basis is not None and purpose.basis.legal_obligation is not None:
                yield _at(activity, name, "legal-obligation"), purpose.basis.legal_obligation


def _public_tasks(context: Context) -> Iterator[tuple[str, PublicTaskBasis]]:
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            if purpose.basis is not None and purpose.basis.public_task is not None:
                yield _at(activity, name, "public-task"), purpose.basis.public_task


def _at(activity: Activity, purpose: str, key: str) -> str:
    return f"{purpose_address(activity, purpose)}.basis.{key}"


def legal_obligation_without_law(context: Context) -> Iterator[Breach]:
    """A legal obligation that names no act and section."""
    for address, basis in _obligations(context):
        yield from _without_law(context, "legal-obligation-without-law", f"{address}.law", basis.law)


def _without_law(context: Context, rule: str, address: str, laws: list[str] | None) -> Iterator[Breach]:
    asked = asked_law(context, laws)
    if asked != "said" and not broken_inside(context, address):
        yield Breach(rule, address, asked, {"law": ", ".join(laws or ())})


def legal_obligation_not_eea_law(context: Context) -> Iterator[Breach]:
    """A basis that rests on the law of a country outside the EEA. A law of the EEA beside it carries the basis."""
    bases: list[LawBasis] = [LawBasis(*found) for found in _obligations(context)]
    bases += [LawBasis(*found) for found in _public_tasks(context)]
    for address, basis in bases:
        laws = basis.law or []
        foreign = [(law, found) for law in laws for found in context.resolved(law) if _is_foreign(found)]
        if not foreign or any(is_good(context, law) and not _any_foreign(context, law) for law in laws):
            continue
        for law, found in foreign:
            related = (f"vocabulary#laws.{segment(found.name)}.jurisdiction",)
            params = {"law": law, "country": found.jurisdiction or ""}
            yield Breach("legal-obligation-not-eea-law", f"{address}.law.{segment(law)}", "foreign", params, related=related)


def _any_foreign(context: Context, law: str) -> bool:
    return any(_is_foreign(found) for found in context.resolved(law))


def _is_foreign(found: Resolved) -> bool:
    """Whether a law is known to be no law of the EEA: only the registry's own laws say of themselves whose they are."""
    return found.own and found.jurisdiction is not None and found.jurisdiction != UNION and not is_eea(found.jurisdiction)


def contractual_duty_as_legal_obligation(context: Context) -> Iterator[Breach]:
    """A contract, standard, policy or certification in place of a law."""
    for address, basis in _obligations(context):
        laws = basis.law or []
        for law in laws:
            if _is_private_norm(context, law, laws):
                yield Breach("contractual-duty-as-legal-obligation", f"{address}.law.{segment(law)}", "norm", {"law": law})


def _is_private_norm(context: Context, law: str, laws: Sequence[str]) -> bool:
    """Whether a reference is a norm that parties took on themselves. A collective agreement beside the law behind it is none."""
    found = context.resolved(law)
    if any(each.act_id is not None for each in found):
        return False
    if is_collective_agreement(law):
        return not any(is_good(context, other) for other in laws if other != law)
    return looks_like_norm(law) or any(each.own and looks_like_norm(each.title) for each in found)


def public_task_without_law(context: Context) -> Iterator[Breach]:
    """A public task that no law gives, or that a private body does not say how the law gives it."""
    kind = context.registry.organisation.kind
    for address, basis in _public_tasks(context):
        without_law = list(_without_law(context, "public-task-without-law", f"{address}.law", basis.law))
        yield from without_law
        private = kind is not None and not context.is_public_body()
        if private and not without_law and not basis.task_because and not broken_inside(context, f"{address}.task_because"):
            yield Breach("public-task-without-law", f"{address}.task_because", "private", {}, "warning", ("organisation#kind",))


def vital_interests_unjustified(context: Context) -> Iterator[Breach]:
    """Vital interests without a word on the danger to life or health."""
    rule = "vital-interests-unjustified"
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            basis = purpose.basis.vital_interests if purpose.basis is not None else None
            if basis is None:
                continue
            address = f"{_at(activity, name, 'vital-interests')}.because"
            if not basis.because:
                if not broken_inside(context, address):
                    yield Breach(rule, address, "missing")
            elif not any(tells_of_danger(words) for words in basis.because.values()):
                yield Breach(rule, address, "no-danger", {"because": context.registry.text(basis.because)})


LEGAL_OBLIGATION = (
    legal_obligation_without_law,
    legal_obligation_not_eea_law,
    contractual_duty_as_legal_obligation,
    public_task_without_law,
    vital_interests_unjustified,
)

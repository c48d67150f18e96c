"""Transfers that an authority must know of or approve: compelling interests, binding rules, own clauses. GDPR Arts 46-47, 49."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.model.records_common import Authorisation
from ropa.rules.transfers import COMPELLING, Outgoing, outgoing

UNDOCUMENTED: Final = "compelling-interest-transfer-undocumented"
UNAPPROVED: Final = "safeguard-needs-authorisation"
BCR: Final = "bcr"
AUTHORISED: Final = frozenset({"ad-hoc-clauses", "administrative-arrangement"})
"""Safeguards that work only with an authority's authorisation (Art. 46(3))."""

CONDITIONS: Final = ("not_repetitive", "few_people", "assessment", "safeguards", "authority_informed", "people_informed")
"""The conditions of Art. 49(1) second subparagraph, each of which is declared."""

APPROVAL: Final = ("approved_by", "date", "kind")
DECISION: Final = ("ref", "authority", "date")


def compelling_interest_transfer_undocumented(context: Context) -> Iterator[Breach]:
    """A transfer on compelling legitimate interests meets each condition, and authority and people are informed."""
    for sent in outgoing(context):
        if COMPELLING not in sent.mechanisms:
            continue
        if context.is_public_body():
            yield sent.breach(UNDOCUMENTED, "mechanism", "public-powers", severity="warning", related=("organisation#kind",))
        held = sent.declared.transfer.compelling
        lacking = [key for key in CONDITIONS if not getattr(held, key, None)]
        if lacking == list(CONDITIONS) and not _says_no(held):
            yield sent.breach(UNDOCUMENTED, "compelling", "missing")
            continue
        for key in lacking:
            yield sent.breach(UNDOCUMENTED, f"compelling.{key}", key.replace("_", "-"))


def _says_no(held: Any) -> bool:
    """Whether a condition is answered with no."""
    return any(getattr(held, key, None) is False for key in CONDITIONS)


def safeguard_needs_authorisation(context: Context) -> Iterator[Breach]:
    """Binding rules are approved, clauses and arrangements of one's own authorised, by a named authority on a named day."""
    for sent in outgoing(context):
        if BCR in sent.mechanisms:
            yield from _binding_rules(sent)
        for mechanism in sent.mechanisms:
            if mechanism in AUTHORISED:
                yield from _authorised(sent, mechanism)


def _binding_rules(sent: Outgoing) -> Iterator[Breach]:
    """The approval of the group's rules, or in its place an authorisation that is whole."""
    held = sent.declared.transfer.bcr
    if sent.declared.transfer.authorisation is not None and (held is None or not _undecided(sent)):
        yield from _authorised(sent, BCR)
        return
    lacking = [key for key in APPROVAL if getattr(held, key, None) is None]
    if lacking == list(APPROVAL):
        yield sent.breach(UNAPPROVED, BCR, BCR)
        return
    for key in lacking:
        yield sent.breach(UNAPPROVED, f"bcr.{key}", f"bcr-{key.replace('_', '-')}")


def _authorised(sent: Outgoing, mechanism: str) -> Iterator[Breach]:
    lacking = _undecided(sent)
    if lacking == list(DECISION):
        yield sent.breach(UNAPPROVED, "authorisation", "authorisation", {"mechanism": mechanism})
        return
    for key in lacking:
        yield sent.breach(UNAPPROVED, f"authorisation.{key}", f"authorisation-{key}")


def _undecided(sent: Outgoing) -> list[str]:
    """What an authorisation does not say. One that is written as a line says it in its own words."""
    held = sent.declared.transfer.authorisation
    if held is not None and not isinstance(held, Authorisation):
        return []
    return [key for key in DECISION if getattr(held, key, None) is None]


TRANSFER_SAFEGUARDS = (compelling_interest_transfer_undocumented, safeguard_needs_authorisation)

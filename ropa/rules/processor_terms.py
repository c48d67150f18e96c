"""What binds processors: the contents of agreements, sub-processors, and purposes of the processor's own. GDPR Art. 28."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.flows.chains import ENTRY_DEPTH, entry_address
from ropa.model.parties import Agreement, AgreementContents, Party, Subprocessor
from ropa.rules.asked import broken_inside, party_name, quoted
from ropa.rules.roles import own_processors
from ropa.rules.special_categories import only_without_section
from ropa.rules.transfers import SHOWN
from ropa.source.address import segment, split

INCOMPLETE: Final = "processor-agreement-incomplete"
UNAUTHORISED: Final = "subprocessor-without-authorisation"
NOT_PASSED_ON: Final = "subprocessor-terms-not-flowed-down"

FROM_ANNEXES: Final = frozenset({"subject-matter", "duration", "nature", "purpose", "data-types", "subject-categories"})
"""What the parties fill in themselves when they use the Commission's clauses; the clauses hold the rest."""

CLAUSES: Final = ("2021/915", "2021/914")
"""The Commission's decisions with clauses that hold letters (a) to (h): for processors, and for transfers."""

FOR_PROCESSORS: Final = frozenset({"scc-2", "scc-3"})
"""The modules of the standard clauses for transfers that fulfil Art. 28(3) (Decision (EU) 2021/914, recital 9)."""

CONTROLS: Final = frozenset({"independent-controller", "joint-controller"})


def processor_agreement_incomplete(context: Context) -> Iterator[Breach]:
    """Every agreement with a processor has all that Art. 28(3) asks for."""
    ours = {name for name, _, _ in own_processors(context)}
    for name, party in context.registry.parties.items():
        agreement = party.agreement
        if agreement is None or party.no_personal_data is not None:
            continue
        address = f"parties/{name}#agreement.contents"
        if isinstance(agreement.contents, AgreementContents):
            yield from _missing(context, address, agreement, agreement.contents)
        elif agreement.contents is None and name in ours and not _told_elsewhere(context, party, agreement):
            yield Breach(INCOMPLETE, address, "contents")


def _missing(context: Context, address: str, agreement: Agreement, contents: AgreementContents) -> Iterator[Breach]:
    """One finding for each part that is missing. What the Commission's clauses hold is not, where the agreement uses them."""
    if contents.missing is None:
        asked = f"{address}.missing"
        if not broken_inside(context, asked):
            yield Breach(INCOMPLETE, asked if asked in context.registry.unknown else address, "contents")
        return
    for code in contents.missing:
        if code in FROM_ANNEXES or not (agreement.clauses or "").startswith(CLAUSES):
            yield Breach(INCOMPLETE, f"{address}.missing.{segment(code)}", "part", {"part": code})


def _told_elsewhere(context: Context, party: Party, agreement: Agreement) -> bool:
    """Whether clauses of the Commission or a legal act say what an agreement holds, or nothing at all is known of it."""
    if agreement.legal_act and not only_without_section(context, agreement.legal_act):
        return True
    if any(broken_inside(context, f"parties/{party.id}#agreement.{key}") for key in ("legal_act", "clauses")):
        return True
    if agreement.ref is None and agreement.date is None:
        return True
    if (agreement.clauses or "").startswith(CLAUSES[0]):
        return True
    on_clauses = [transfer for transfer in (party.transfers or {}).values() if FOR_PROCESSORS.intersection(transfer.mechanism or ())]
    if (agreement.clauses or "").startswith(CLAUSES[1]):
        return bool(on_clauses)  # their annexes are asked for by the rule on modules
    return any({"I", "II"} <= set(transfer.annexes or ()) for transfer in on_clauses)


def subprocessor_without_authorisation(context: Context) -> Iterator[Breach]:
    """A processor of ours uses others only as we have authorised; in general only with notice of changes and a chance to object."""
    for name, party, _ in own_processors(context):
        if party.agreement is None or not _uses_others(context, party):
            continue
        address, related = f"parties/{name}#agreement.subprocessors", (f"parties/{name}#subprocessors",)
        terms = party.agreement.subprocessors
        if terms is None:
            yield Breach(UNAUTHORISED, address, "missing", related=related)
        elif terms.authorisation is None:
            yield Breach(UNAUTHORISED, f"{address}.authorisation", "authorisation", related=related)
        elif terms.authorisation == "general":
            for key in ("notice", "objection"):
                if getattr(terms, key) is None:
                    yield Breach(UNAUTHORISED, f"{address}.{key}", key, related=related)


def _uses_others(context: Context, party: Party) -> bool:
    """Whether a party has a sub-processor that personal data reach."""
    return any(not _gets_no_data(context, party.id, name, entry) for name, entry in (party.subprocessors or {}).items())


def _gets_no_data(context: Context, party: str, below: str, entry: Subprocessor) -> bool:
    """Whether an entry says that no personal data reach the sub-processor, or says so in a way that cannot be read."""
    return entry.no_personal_data is not None or broken_inside(context, f"{entry_address(party, below)}.no_personal_data")


def subprocessor_terms_not_flowed_down(context: Context) -> Iterator[Breach]:
    """The same duties bind every sub-processor, by an agreement that can be found."""
    for address in _unknown_entries(context):
        below = split(address)[1][-1]
        yield Breach(NOT_PASSED_ON, address, "unknown", {"party": party_name(context, below), "party_id": below})
    for name, party in context.registry.parties.items():
        if party.subprocessors and _may_process(context, name, party):
            for below, entry in party.subprocessors.items():
                if not _gets_no_data(context, name, below, entry):
                    yield from _passed_on(context, entry_address(name, below), below, entry)


def _unknown_entries(context: Context) -> list[str]:
    """The entries for sub-processors of which nothing is known yet."""
    return [
        address
        for address in context.registry.unknown
        if address.startswith("parties/") and split(address)[1][:1] == ("subprocessors",) and len(split(address)[1]) == ENTRY_DEPTH
    ]


def _may_process(context: Context, name: str, party: Party) -> bool:
    """Whether a party is a processor: by its own role, in a flow, or below another one. Where no role is known it may be."""
    if not party.role or "processor" in party.role or name in context.flows.subprocessors:
        return True
    return any(flow.role == "processor" for flow in context.flows.by_party.get(name, ()))


def _passed_on(context: Context, address: str, below: str, entry: Subprocessor) -> Iterator[Breach]:
    said = {"party": party_name(context, below), "party_id": below}
    related = (f"parties/{below}#country",)
    if entry.same_obligations is not True:
        yield Breach(NOT_PASSED_ON, f"{address}.same_obligations", "same-obligations", said, related=related)
    lacking = [key for key in ("service", "ref") if not getattr(entry, key) and not broken_inside(context, f"{address}.{key}")]
    if len(lacking) > 1 and entry.same_obligations is True:
        yield Breach(NOT_PASSED_ON, address, "unidentified", said, related=related)
        return
    for key in lacking:
        yield Breach(NOT_PASSED_ON, f"{address}.{key}", key, said, severity="warning", related=related)


def processor_with_own_purposes(context: Context) -> Iterator[Breach]:
    """A processor that uses data for purposes of its own is a controller for them, in a flow of its own."""
    for name, party in context.registry.parties.items():
        if not party.own_purposes or party.no_personal_data is not None:
            continue
        flows = context.flows.by_party.get(name, [])
        processing = [flow for flow in flows if flow.role == "processor"]
        if not processing and "processor" not in (party.role or ()):
            continue
        if any(flow.role in CONTROLS for flow in flows) or _may_be_unreadable(context):
            continue
        related = tuple(dict.fromkeys(flow.address for flow in processing if flow.via == "recipient"))[:SHOWN]
        params = {"party_id": name, "purposes": quoted(party.own_purposes)}
        yield Breach("processor-with-own-purposes", f"parties/{name}#own_purposes", "missing", params, related=related)


def _may_be_unreadable(context: Context) -> bool:
    """Whether an activity, its recipients or its joint controllers cannot be read, so that the flow which seems missing may be there."""
    registry = context.registry
    if any(record.startswith("activities/") for record in registry.unreadable):
        return True
    return any(address.startswith("activities/") and split(address)[1][:1] in (("recipients",), ("joint",)) for address in registry.broken)


PROCESSOR_TERMS = (
    processor_agreement_incomplete,
    subprocessor_without_authorisation,
    subprocessor_terms_not_flowed_down,
    processor_with_own_purposes,
)

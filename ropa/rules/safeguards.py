"""Transfers on appropriate safeguards: standard clauses and their modules, repealed ones, and the assessment. GDPR Art. 46."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach, Severity
from ropa.flows.crossings import is_article_46
from ropa.flows.declared import carried, own_transfers, written
from ropa.flows.edges import US, Receipt
from ropa.law.countries import is_eea
from ropa.model.parties import Party
from ropa.model.records import Assessment
from ropa.model.records_common import TransferAssessment
from ropa.rules.asked import broken_inside, party_name, quoted
from ropa.rules.empty import says_nothing
from ropa.rules.transfers import SHOWN, Outgoing, outgoing
from ropa.source.address import address as join

MISMATCH: Final = "scc-module-mismatch"
UNASSESSED: Final = "transfer-assessment-missing"
BOUND: Final = "subject-to-art-3-2"
"""An importer that the Regulation itself binds, for which the standard clauses are not made (Decision (EU) 2021/914, recital 7)."""

MODULES: Final = ("scc-1", "scc-2", "scc-3", "scc-4")
MODULE: Final = {("C", "C"): "scc-1", ("C", "P"): "scc-2", ("P", "P"): "scc-3", ("P", "C"): "scc-4"}
"""The module for each pair of exporter and importer: C controls, P processes for someone who does."""

OF_IMPORTER: Final = {"scc-1": "C", "scc-2": "P", "scc-3": "P", "scc-4": "C"}
ANNEX_II: Final = frozenset({"scc-1", "scc-2", "scc-3"})
ANNEX_III: Final = frozenset({"scc-2", "scc-3"})
ASSESSED_DAYS: Final = 730
"""An assessment older than 24 months is asked about again."""

OBSOLETE: Final = re.compile(
    r"\b(?:2001/497|2004/915|2010/87)(?!\d)(?:/(?:EC|EF|EU|EG)\b)?|privacy[\s-]*shield|safe[\s-]*harbou?r", re.IGNORECASE
)
CURRENT: Final = re.compile(r"\b2021/914\b")


def scc_module_mismatch(context: Context) -> Iterator[Breach]:
    """The modules of the standard clauses fit the roles of the flows, with the annexes that they need."""
    for sent in outgoing(context):
        chosen = [code for code in sent.mechanisms if code in MODULES]
        if not chosen:
            continue
        yield from _modules(context, sent, chosen)
        yield from _annexes(context, sent, chosen)
        if BOUND in (sent.party.importer or ()):
            related = (sent.at("mechanism"),)
            yield Breach(MISMATCH, f"parties/{sent.name}#importer", "subject-to-the-regulation", related=related, value=BOUND)


def _modules(context: Context, sent: Outgoing, chosen: list[str]) -> Iterator[Breach]:
    """One finding for a transfer: the modules that its flows need and it does not have, or one that fits nobody.

    What a second transfer to the same country brings counts for the flows that both carry, if the first brings something for them too.
    """
    party, flows = sent.party, sent.flows(context)
    needs: list[tuple[set[str], Receipt | None]] = [(_fitting(context, sent, flow), flow) for flow in flows]
    needs = needs or [(_fitting_beside(context, sent), None)]
    beside = _beside(context, sent) if any(modules & set(chosen) for modules, _ in needs) else ()
    lacking = sorted({min(modules) for modules, flow in needs if modules and not modules & {*chosen, *_brought(beside, flow)}})
    roles = {OF_IMPORTER[code] for modules, _ in needs for code in modules} | {_side(role) for role in party.role or ()}
    idle = [code for code in chosen if roles and OF_IMPORTER[code] not in roles]
    if not lacking and not idle:
        return
    fitting = {code for modules, _ in needs for code in modules}
    needed = sorted({*lacking, *(code for code in chosen if (code in fitting if lacking else code not in idle))})
    params = {
        "chosen": quoted(chosen),
        "needed": quoted(needed),
        "fix": needed[0] if len(needed) == 1 else f"[{', '.join(needed)}]",
    }
    related = dict.fromkeys([f"parties/{sent.name}#role", *(f"{flow.address}.role" for flow in flows if flow.via == "recipient")])
    yield sent.breach(MISMATCH, "mechanism", "module" if lacking else "idle", params, related=tuple(related)[:SHOWN])


def _side(role: str | None) -> str:
    return "P" if role == "processor" else "C"


def _fitting(context: Context, sent: Outgoing, flow: Receipt) -> set[str]:
    """The modules of which one must carry a flow; none where its role is not known.

    Where a party has several roles and the flow does not say which, either will do. A processor in the EEA that itself has access
    from outside may have the clauses with us or with a company of its group there.
    """
    if flow.role is None:
        return set()
    party = sent.party
    importers = {_side(flow.role)}
    if len(party.role or ()) > 1 and not _says_role(context, flow):
        importers = {_side(role) for role in party.role or ()}
    exporters = {_exporter_side(context, name, flow) for name in sent.declared.transfer.from_ or [flow.exporter]}
    if "P" in importers and _is_in_eea(party):
        exporters.add("P")
    return {MODULE[exporter, importer] for exporter in exporters for importer in importers}


def _fitting_beside(context: Context, sent: Outgoing) -> set[str]:
    """The modules that can carry data to a party that no activity reaches: from us where it serves our sites, else from anyone."""
    exporters = {"C", "P"}
    if sent.name in context.flows.on_sites and not _is_in_eea(sent.party):
        exporters = {"C"}
    elif context.flows.only_subprocessor(sent.name):
        exporters = {"P"}
    return {MODULE[exporter, _side(role)] for exporter in exporters for role in sent.party.role or ()}


def _beside(context: Context, sent: Outgoing) -> tuple[tuple[frozenset[str], frozenset[Receipt]], ...]:
    """The modules of the party's other transfers to the same country that stand in the same place, each with the flows it carries."""
    if sent.declared.flow is not None or len(sent.party.transfers or ()) < 2:
        return ()
    return tuple(
        (frozenset(other.transfer.mechanism or ()), frozenset(carried(context.flows, sent.name, other)))
        for other in own_transfers(context.registry, sent.name)
        if other.country == sent.declared.country and other.address != sent.declared.address
    )


def _brought(beside: tuple[tuple[frozenset[str], frozenset[Receipt]], ...], flow: Receipt | None) -> set[str]:
    return {code for modules, flows in beside if flow in flows for code in modules}


def _says_role(context: Context, flow: Receipt) -> bool:
    """Whether a flow itself says the role of the party that gets the data."""
    if flow.via == "recipient":
        entry = (context.registry.activities[flow.activity].recipients or {}).get(flow.entry or "")
        return entry is not None and (entry.role is not None or flow.role == "joint-controller")
    if flow.via == "cookies":
        cookies = context.registry.cookies[flow.address.partition("#")[0].removeprefix("cookies/")]
        return flow.role == "joint-controller" or (cookies.role is not None and cookies.provider == flow.party)
    return flow.via in ("subprocessor", "joint", "customer")


def _exporter_side(context: Context, exporter: str, flow: Receipt) -> str:
    """Whether the exporter controls the processing of a flow or processes for someone who does."""
    if exporter == US:
        return "C" if any(activity.id == flow.activity for activity in context.controlled) else "P"
    if exporter == flow.above:
        return "P"
    party = context.registry.parties.get(exporter)
    return "P" if party is not None and "processor" in (party.role or ()) else "C"


def _is_in_eea(party: Party) -> bool:
    return party.country is not None and is_eea(party.country)


def _annexes(context: Context, sent: Outgoing, chosen: list[str]) -> Iterator[Breach]:
    terms = sent.party.agreement.subprocessors if sent.party.agreement is not None else None
    one_by_one = terms is not None and terms.authorisation == "specific"
    needed = ["I"]
    if ANNEX_II & set(chosen):
        needed.append("II")
    if one_by_one and ANNEX_III & set(chosen):
        needed.append("III")
    lacking = [annex for annex in needed if annex not in (sent.declared.transfer.annexes or ())]
    if lacking and not broken_inside(context, sent.at("annexes")):
        yield sent.breach(MISMATCH, "annexes", "annexes", {"lacking": ", ".join(lacking), "needed": ", ".join(needed)})


def scc_obsolete(context: Context) -> Iterator[Breach]:
    """No text of a transfer or agreement, nor the notice, rests on repealed clauses or on a framework that the Court struck down."""
    parties = context.registry.parties
    for name, declared in written(context.flows):
        said = {"record": party_name(context, name)}
        for key, text in (("text", declared.transfer.text), ("copy", declared.transfer.copy)):
            for language, words in (text or {}).items():
                yield from _named_in(words, f"{declared.address}.{key}.{language}", "transfer", said)
    for name, party in parties.items():
        if party.agreement is not None:
            yield from _named_in(party.agreement.clauses, f"parties/{name}#agreement.clauses", "agreement", {})
            yield from _named_in(party.agreement.ref, f"parties/{name}#agreement.ref", "agreement", {})
    if context.registry.notice is not None:
        yield from _in_notice(context.registry.long.get("notice"), ())


def _named_in(words: str | None, address: str, variant: str, said: dict[str, str]) -> Iterator[Breach]:
    found = OBSOLETE.search(words) if words else None
    if found is not None and words is not None:
        milder: Severity | None = "warning" if variant == "notice" or CURRENT.search(words) else None
        yield Breach("scc-obsolete", address, variant, {**said, "named": " ".join(found.group().split())}, milder)


def _in_notice(value: object, path: tuple[str, ...]) -> Iterator[Breach]:
    """Every text of the notice's own but the internal note."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _in_notice(below, (*path, str(key)))
    elif isinstance(value, str) and path[:1] != ("note",):
        yield from _named_in(value, join("notice", path), "notice", {})


def transfer_assessment_missing(context: Context) -> Iterator[Breach]:
    """A transfer on an appropriate safeguard has an assessment of the country's law and practice: whole, recent, and not against it."""
    users: dict[str, list[Outgoing]] = {}
    for sent in outgoing(context):
        if not _must_be_assessed(sent):
            continue
        held = sent.declared.transfer.transfer_assessment
        if held is None or (isinstance(held, TransferAssessment) and says_nothing(context, sent.at("transfer_assessment"), held)):
            yield sent.breach(UNASSESSED, "transfer_assessment", "missing")
        elif isinstance(held, str):
            users.setdefault(held, []).append(sent)
        else:
            yield from _answers(context, sent.at("transfer_assessment."), held, ())
    for name, transfers in users.items():
        assessment = context.registry.assessments.get(name)
        if assessment is None:
            continue
        if assessment.kind in (None, "transfer"):
            addresses = tuple(sent.at("transfer_assessment") for sent in transfers[:SHOWN])
            yield from _answers(context, f"assessments/{name}#", assessment, addresses)
        else:
            for sent in transfers:
                yield sent.breach(UNASSESSED, "transfer_assessment", "another-kind", {"assessment": name}, related=(f"assessments/{name}",))


def _must_be_assessed(sent: Outgoing) -> bool:
    """Whether a mechanism needs an assessment: those of Art. 46, module 4 only with data that the processor adds (clause 14)."""
    return any(is_article_46(code) and (code != "scc-4" or sent.declared.transfer.combined is True) for code in sent.mechanisms)


def _answers(context: Context, start: str, held: Assessment | TransferAssessment, related: tuple[str, ...]) -> Iterator[Breach]:
    """What is wrong with the answers of an assessment, a record of its own or written in the transfer; `start` stands before the keys."""

    def breach(key: str, variant: str, severity: Severity | None = None) -> Breach:
        return Breach(UNASSESSED, f"{start}{key}", variant, {}, severity, related)

    # A record without its date is key-missing; one whose date is answered unknown is not.
    if held.date is None and (isinstance(held, TransferAssessment) or f"{start}date" in context.registry.unknown):
        yield breach("date", "answer")
    elif held.date is not None and context.today is not None and (context.today - date.fromisoformat(held.date)).days > ASSESSED_DAYS:
        yield breach("date", "old", "warning")
    if held.law_reviewed is None:
        yield breach("law_reviewed", "answer")
    if held.outcome is None:
        yield breach("outcome", "answer")
    elif not held.supplementary and not broken_inside(context, f"{start}supplementary"):
        if held.outcome == "inadequate":
            yield breach("outcome", "inadequate")
        elif held.outcome == "adequate-with-measures":
            yield breach("supplementary", "measures")


SAFEGUARDS = (scc_module_mismatch, scc_obsolete, transfer_assessment_missing)

"""To whom and where: the cells of Art. 30(1)(d)-(e) and 30(2)(c), and those of practice on processors, agreements and systems."""

from __future__ import annotations

from collections.abc import Iterable

from ropa.context.context import groups_of
from ropa.flows.crossings import is_outside, outcome, stored_in
from ropa.flows.edges import Crossing, Outcome, Receipt
from ropa.law import countries, vocabulary
from ropa.model.activity import Activity
from ropa.model.records_common import Compelling, Transfer
from ropa.publish.placing import has_unnamed_supplier, unplaced
from ropa.publish.record.cells import Cell, Line, Look, line, once
from ropa.publish.record.scribe import Scribe
from ropa.publish.words import Said, uncapitalised
from ropa.source.address import segment

LOOKS: dict[Outcome, Look] = {"adequate": "adequate", "agreement": "agreement", "derogation": "derogation", "undeclared": "undeclared"}


def recipients(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(1)(d): each category of recipient, with those that are named and their role in this flow."""
    cell = once(_recipient(scribe, receipt) for receipt in scribe.receipts(activity))
    at = f"activities/{activity.id}#recipients"
    if activity.recipients is None and not scribe.gaps(at):
        return (*cell, scribe.missing())
    return scribe.stated(cell, at, otherwise="none")


def _recipient(scribe: Scribe, receipt: Receipt) -> Line:
    role = _role(scribe, receipt)
    if receipt.party is None:
        kind = scribe.words.label("recipient_kinds", receipt.kind or "")
        return line(Said(f"{kind.text}, {role}" if role else kind.text, kind.lang))
    party = scribe.context.registry.parties.get(receipt.party)
    category = scribe.words.label("recipient_kinds", party.kind) if party is not None and party.kind else Said("")
    name = scribe.party(receipt.party)
    return line(f"{name}, {role}" if role else name, lead=category)


def _role(scribe: Scribe, receipt: Receipt) -> str:
    if receipt.via == "subprocessor" and receipt.above is not None:
        return scribe.fixed("subprocessor_of", party=scribe.party(receipt.above))
    return uncapitalised(scribe.words.label("party_roles", receipt.role).text) if receipt.role else ""


def outside(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(1)(d): recipients in third countries or international organisations."""
    places: dict[str, list[str]] = {}
    for party in _parties(scribe, activity):
        record = scribe.context.registry.parties[party]
        if record.country is not None and is_outside(record.country):
            places.setdefault(party, []).append(record.country)
    for crossing in scribe.crossings(activity):
        places.setdefault(crossing.party, []).append(crossing.country)
    return tuple(
        line(scribe.words.join(scribe.words.country(code) for code in dict.fromkeys(places[party])), lead=scribe.party(party))
        for party in places
    )


def _parties(scribe: Scribe, activity: Activity) -> list[str]:
    """The named parties that an activity's data reach, in the order of the flow; those without personal data are none."""
    parties = scribe.context.registry.parties
    named = dict.fromkeys(receipt.party for receipt in scribe.receipts(activity) if receipt.party in parties)
    return [name for name in named if name is not None and parties[name].no_personal_data is None]


def processors(scribe: Scribe, activity: Activity) -> Cell:
    """The processors by name; of a sub-processor also for whom it works."""
    return once(
        line(_processor(scribe, receipt))
        for receipt in scribe.receipts(activity)
        if receipt.party is not None and receipt.role == "processor"
    )


def _processor(scribe: Scribe, receipt: Receipt) -> str:
    name = scribe.party(receipt.party or "")
    return f"{name}, {_role(scribe, receipt)}" if receipt.via == "subprocessor" else name


def subprocessors(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(2)(a): the other processors that the data of a customer reach."""
    return once(
        line(_role(scribe, receipt) if receipt.via == "subprocessor" else "", lead=scribe.party(receipt.party))
        for receipt in scribe.receipts(activity)
        if receipt.party is not None and receipt.role == "processor"
    )


def agreements(scribe: Scribe, activity: Activity) -> Cell:
    """The agreements with the processors, Art. 28(3): reference and date."""
    direct = [r.party for r in scribe.receipts(activity) if r.party is not None and r.role == "processor" and r.via != "subprocessor"]
    cell: list[Line] = []
    for name in dict.fromkeys(direct):
        cell += agreement(scribe, name, scribe.party(name))
    return tuple(cell)


def agreement(scribe: Scribe, party: str, lead: str = "") -> Cell:
    """The agreement with one party: its reference, or the clauses or act it is, and its date."""
    record = scribe.context.registry.parties.get(party)
    held = record.agreement if record is not None else None
    if held is None:
        return scribe.gaps(f"parties/{party}#agreement")
    day = scribe.words.date(held.date) if held.date else ""
    law = scribe.words.law(held.legal_act) if held.legal_act else ""
    return (line(", ".join(part for part in (held.ref, law, day) if part) or scribe.fixed("in_registry"), lead=lead),)


def joint(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(1)(a): the joint controllers of an activity, and the arrangement between them (Art. 26)."""
    cell: list[Line] = []
    for name, shared in (activity.joint or {}).items():
        party = scribe.context.registry.parties.get(name)
        contact = party.contact or party.website if party is not None else None
        cell.append(line(", ".join(part for part in (scribe.party(name), contact) if part), "strong"))
        scope = scribe.words.join(uncapitalised(said.text) for said in scribe.words.labels("joint_scopes", shared.scope))
        if scope:
            cell.append(line(scope, lead=scribe.fixed("joint.scope")))
        arrangement = shared.arrangement
        if arrangement is not None:
            day = scribe.words.date(arrangement.date) if arrangement.date else ""
            cell += _stated(scribe, "joint.arrangement", ", ".join(part for part in (arrangement.ref, day) if part))
            cell += _stated(scribe, "joint.informs", _responsible(scribe, arrangement.informs))
            cell += _stated(scribe, "joint.handles_rights", _responsible(scribe, arrangement.handles_rights))
            cell += _stated(scribe, "joint.contact_point", arrangement.contact_point or "")
        if shared.by_law:
            cell.append(line(scribe.words.law(shared.by_law), lead=scribe.fixed("joint.by_law")))
        cell += scribe.gaps(f"activities/{activity.id}#joint.{segment(name)}")
    return tuple(cell)


def _stated(scribe: Scribe, key: str, value: str) -> Cell:
    return (line(value, lead=scribe.fixed(key)),) if value else ()


def _responsible(scribe: Scribe, who: str | None) -> str:
    if who is None:
        return ""
    return scribe.fixed(f"responsible.{who}") if who in ("us", "each-own") else scribe.party(who)


def transfers(scribe: Scribe, activity: Activity, customer: str | None = None) -> Cell:
    """Art. 30(1)(e): to which third country or organisation data go, to whom, and whether they are stored or only seen there.

    Where a recipient does not say where it stores, the cell says so: that there are no transfers would be a guess.
    """
    return (*_heads(scribe, activity, customer), *_not_placed(scribe, activity))


def _not_placed(scribe: Scribe, activity: Activity) -> Cell:
    """Recipients that may store anywhere: those that do not say it, with the open question, and suppliers without a name."""
    receipts = scribe.receipts(activity)
    cell: list[Line] = []
    for name in unplaced(scribe.context.registry, receipts):
        cell += scribe.gaps(f"parties/{name}#stored_in") or (scribe.gap_of("not_placed", party=scribe.party(name)),)
    if has_unnamed_supplier(receipts):
        cell.append(scribe.gap_of("not_placed_unnamed"))
    return once(cell)


def _heads(scribe: Scribe, activity: Activity, customer: str | None) -> Cell:
    """Each country with its recipient, in the order of the crossings."""
    return tuple(
        line(
            scribe.fixed(f"crossing.{crossing.how}", party=scribe.party(crossing.party)),
            LOOKS[outcome(crossing)],
            scribe.words.country(crossing.country),
        )
        for crossing in scribe.crossings(activity, customer)
    )


def mechanisms(scribe: Scribe, activity: Activity, customer: str | None = None) -> Cell:
    """What carries each transfer (GDPR Arts 45-49), and what takes its place where it falls away."""
    cell: list[Line] = []
    for crossing in scribe.crossings(activity, customer):
        cell += mechanism(scribe, crossing, f"{scribe.words.country(crossing.country)}, {scribe.party(crossing.party)}")
    return once(cell)


def mechanism(scribe: Scribe, crossing: Crossing, lead: str = "") -> Cell:
    """What carries one crossing."""
    cell: list[Line] = []
    for way in crossing.declared:
        transfer = way.transfer
        named = [_named(scribe, code, crossing.country) for code in transfer.mechanism or ()]
        if transfer.bcr is not None and transfer.bcr.approved_by:
            day = f", {scribe.words.date(transfer.bcr.date)}" if transfer.bcr.date else ""
            named.append(scribe.fixed("bcr_approved", by=transfer.bcr.approved_by) + day)
        if transfer.law:
            named.append(scribe.words.law(transfer.law))
        if named:
            cell.append(line(". ".join(named), "muted", lead))
        else:
            cell += scribe.filled((), f"{way.address}.mechanism")
        cell += scribe.text_line(transfer.text, "muted")
        cell += _fallback(scribe, transfer, crossing.country)
    if not crossing.declared:
        cell += scribe.filled((), crossing.missing)
    return tuple(cell)


def _named(scribe: Scribe, code: str, country: str) -> str:
    label = vocabulary.label("transfer_mechanisms", code, scribe.words.language)
    decision = countries.adequacy(country) if code.startswith("adequacy") else None
    if decision is not None and decision.decision:
        return f"{label}, {scribe.fixed('decision_number', number=decision.decision)}"
    article = vocabulary.codes("transfer_mechanisms")[code].article if code in vocabulary.codes("transfer_mechanisms") else None
    return f"{label}, {scribe.provision(article)}" if article and " " not in article else label


def _fallback(scribe: Scribe, transfer: Transfer, country: str) -> Cell:
    codes = transfer.fallback.mechanism if transfer.fallback is not None else None
    if not codes:
        return ()
    return (line(scribe.words.join(_named(scribe, code, country) for code in codes), "muted", scribe.fixed("fallback")),)


def compelling(scribe: Scribe, activity: Activity, customer: str | None = None) -> Cell:
    """Arts 30(1)(e) and 49(6): what a transfer on compelling legitimate interests rests on."""
    cell: list[Line] = []
    for crossing in scribe.crossings(activity, customer):
        for way in crossing.declared:
            if "49-1-ii" in (way.transfer.mechanism or ()):
                head = line(f"{scribe.words.country(crossing.country)}, {scribe.party(crossing.party)}", "strong")
                cell += (head, *_compelling(scribe, way.transfer.compelling, f"{way.address}.compelling"))
    return tuple(cell)


def _compelling(scribe: Scribe, held: Compelling | None, at: str) -> Cell:
    cell: list[Line] = []
    if held is not None:
        for key in ("not_repetitive", "few_people"):
            value = getattr(held, key)
            if value is not None:
                cell.append(line(scribe.fixed("yes" if value else "no"), lead=scribe.fixed(f"compelling.{key}")))
        cell += _stated(scribe, "compelling.assessment", held.assessment or "")
        cell += scribe.text_line(held.safeguards, lead=scribe.fixed("compelling.safeguards"))
        for key in ("authority_informed", "people_informed"):
            day = getattr(held, key)
            cell += _stated(scribe, f"compelling.{key}", scribe.words.date(day) if day else "")
    return scribe.filled(cell, at)


def assessments(scribe: Scribe, activity: Activity, customer: str | None = None) -> Cell:
    """Where the assessment of a transfer is: an assessment's id, or a document."""
    cell = []
    for crossing in scribe.crossings(activity, customer):
        for way in crossing.declared:
            found = way.transfer.transfer_assessment
            if found is not None:
                where = found if isinstance(found, str) else found.document or scribe.fixed("in_registry")
                cell.append(line(where, lead=f"{scribe.words.country(crossing.country)}, {scribe.party(crossing.party)}"))
    return once(cell)


def outside_with_safeguards(scribe: Scribe, activity: Activity, customer: str | None = None) -> Cell:
    """Art. 30(1)(e) for a reader: each country with its recipient, then what carries the transfer."""
    cell: list[Line] = []
    for crossing, head in zip(scribe.crossings(activity, customer), _heads(scribe, activity, customer), strict=True):
        cell += (head, *mechanism(scribe, crossing))
    cell += _not_placed(scribe, activity)
    return (*cell, *compelling(scribe, activity, customer)) or (line(scribe.fixed("none"), "muted"),)


def systems(scribe: Scribe, activity: Activity) -> Cell:
    """The systems in which the data are."""
    registry = scribe.context.registry
    names = [scribe.words.text(registry.systems[name].name) if name in registry.systems else Said(name) for name in system_ids(activity)]
    return scribe.stated((line(name) for name in names), f"activities/{activity.id}#systems")


def system_ids(activity: Activity) -> list[str]:
    """The systems of an activity and of its data groups, each once."""
    named: Iterable[str] = [*(activity.systems or ()), *(name for group in groups_of(activity).values() for name in group.systems or ())]
    return list(dict.fromkeys(named))


def locations(scribe: Scribe, activity: Activity) -> Cell:
    """In which countries the data are stored: by system, else by the party that has them."""
    registry = scribe.context.registry
    cell: list[Line] = []
    for name in system_ids(activity):
        system = registry.systems.get(name)
        if system is None:
            continue
        runner = registry.parties.get(system.run_by or "")
        places = system.stored_in if system.stored_in is not None else stored_in(runner) if runner is not None else None
        if places:
            cell.append(line(scribe.words.join(map(scribe.words.country, places)), lead=scribe.words.text(system.name) or name))
        cell += scribe.gaps(
            f"systems/{name}#stored_in", *([f"parties/{system.run_by}#stored_in"] if runner is not None and not places else [])
        )
    run = {system.run_by for name in system_ids(activity) if (system := registry.systems.get(name)) is not None}
    for party in _parties(scribe, activity):
        places = stored_in(registry.parties[party])
        if party not in run and places:
            cell.append(line(scribe.words.join(map(scribe.words.country, places)), lead=scribe.party(party)))
        elif party not in run:
            cell += scribe.gaps(f"parties/{party}#stored_in")
    return once(cell)

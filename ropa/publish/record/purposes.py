"""Why data are processed and on what basis: the cells of Art. 30(1)(b), and those of practice on bases, rights and decisions."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.context import bases, purpose_address, purposes_of
from ropa.context.entitlements import activity_rights
from ropa.law import vocabulary
from ropa.law.rights import Right
from ropa.model.activity import Activity, AutomatedDecision, Purpose
from ropa.model.legal_bases import AnyBasis, ConsentBasis, LegalObligationBasis, LegitimateInterestBasis, PublicTaskBasis
from ropa.publish.record.cells import Cell, Line, line, once
from ropa.publish.record.scribe import Scribe
from ropa.publish.words import Said, uncapitalised
from ropa.source.address import segment


def purposes(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(1)(b): each purpose in its own words."""
    at = f"activities/{activity.id}#purposes"
    cell: list[Line] = []
    for name, purpose in purposes_of(activity).items():
        title = scribe.words.text(purpose.title) if len(purposes_of(activity)) > 1 else Said("")
        own = scribe.text_line(purpose.text, "plain", title) or scribe.gaps(f"{at}.{segment(name)}.text")
        cell += own or (line(title or name, "gap", scribe.fixed("gap.missing")),)
    return scribe.filled(cell, at) if not cell else tuple(cell)


def _each_basis(scribe: Scribe, activity: Activity) -> Iterator[tuple[Said, str, AnyBasis]]:
    """Each basis of each purpose, with what tells it from the others: the purpose's title, the people it covers."""
    for name, purpose in purposes_of(activity).items():
        found = list(bases(purpose.basis))
        title = scribe.purpose_title(activity, name)
        for key, basis in found:
            people = scribe.joined(scribe.words.labels("data_subjects", basis.subjects)) if len(found) > 1 else Said("")
            parts = [part for part in (title, people) if part]
            yield Said(" / ".join(part.text for part in parts), parts[0].lang if parts else ""), key, basis


def legal_bases(scribe: Scribe, activity: Activity) -> Cell:
    """The bases of Art. 6, each with its provision; a further purpose on the same basis says of which purpose (Art. 6(4), recital 50)."""
    cell = []
    for lead, key, _ in _each_basis(scribe, activity):
        code = vocabulary.codes("legal_bases")[key]
        cell.append(line(f"{code.label(scribe.words.language)}, {scribe.provision(code.article or '')}", "muted", lead))
    for name, purpose in purposes_of(activity).items():
        if purpose.basis is None:
            cell += _without_own(scribe, activity, name, purpose)
        else:
            cell += scribe.gaps(f"{purpose_address(activity, name)}.basis")
    return once(cell)


def _without_own(scribe: Scribe, activity: Activity, name: str, purpose: Purpose) -> Cell:
    """What is said of the basis of a purpose that declares none: the same as another's, an open question, or that it is missing."""
    lead = scribe.purpose_title(activity, name)
    further = purpose.further_processing
    if further is not None and further.same_basis and further.of:
        owner, _, other = further.of.partition(".")
        found = scribe.context.registry.activities.get(owner)
        title = scribe.title(purposes_of(found).get(other), further.of) if found is not None else further.of
        return (line(scribe.fixed("same_basis", purpose=title), "muted", lead),)
    asked = scribe.gaps(f"{purpose_address(activity, name)}.basis")
    return asked or (line(lead, "gap", scribe.fixed("gap.missing")),)


def laws(scribe: Scribe, activity: Activity) -> Cell:
    """The laws behind a legal obligation or a public task, Art. 6(3)."""
    return once(
        line(scribe.words.law(basis.law), lead=lead)
        for lead, _, basis in _each_basis(scribe, activity)
        if isinstance(basis, LegalObligationBasis | PublicTaskBasis) and basis.law
    )


def interests(scribe: Scribe, activity: Activity) -> Cell:
    """The legitimate interests, Art. 6(1)(f)."""
    cell: list[Line] = []
    for lead, _, basis in _each_basis(scribe, activity):
        if isinstance(basis, LegitimateInterestBasis):
            cell += scribe.text_line(basis.interest, "plain", lead)
    return once(cell)


def balancing_tests(scribe: Scribe, activity: Activity) -> Cell:
    """Where the balancing test of a legitimate interest is: an assessment's id, or a document."""
    cell: list[Line] = []
    for lead, _, basis in _each_basis(scribe, activity):
        if not isinstance(basis, LegitimateInterestBasis) or basis.balancing_test is None:
            continue
        test = basis.balancing_test
        if isinstance(test, str):
            cell.append(line(test, lead=lead))
        else:
            cell.append(line(test.document or scribe.fixed("in_registry"), lead=lead))
    return once(cell)


def consent_evidence(scribe: Scribe, activity: Activity) -> Cell:
    """Which requests the consents were given in, and what is kept as evidence, Art. 7(1)."""
    cell = []
    for lead, _, basis in _each_basis(scribe, activity):
        if isinstance(basis, ConsentBasis) and basis.request:
            consent = scribe.context.registry.consents.get(basis.request)
            kept = [scribe.fixed(f"evidence.{code}") for code in (consent.evidence if consent is not None else None) or ()]
            cell.append(line(f"{basis.request} ({', '.join(kept)})" if kept else basis.request, lead=lead))
    return once(cell)


def rights(scribe: Scribe, activity: Activity) -> Cell:
    """The rights that the bases in use give, GDPR Arts 15-22; those on conditions say so."""
    said = [_right(scribe, right, place) for place, right in enumerate(activity_rights(scribe.context, activity))]
    return (line(", ".join(said)),) if said else ()


def _right(scribe: Scribe, right: Right, place: int) -> str:
    label = right.label(scribe.words.language)
    label = uncapitalised(label) if place else label
    return label if right.status == "full" else scribe.fixed("conditional", right=label)


def decisions(scribe: Scribe, activity: Activity) -> Cell:
    """Decisions by automated means alone (Art. 22), and profiling."""
    cell: list[Line] = []
    decision = activity.automated_decision
    if isinstance(decision, AutomatedDecision):
        ground = scribe.words.label("automated_decision_grounds", decision.ground) if decision.ground else Said("")
        law = f", {scribe.words.law(decision.law)}" if decision.law else ""
        cell.append(
            line(
                f"{scribe.fixed('yes')}, {uncapitalised(ground.text)}{law}" if ground else scribe.fixed("yes"),
                lead=scribe.fixed("decision"),
            )
        )
    elif decision is not None:
        cell.append(line(scribe.fixed("no"), lead=scribe.fixed("decision")))
    else:
        cell += scribe.filled((), f"activities/{activity.id}#automated_decision")
    profiling = [name for name, purpose in purposes_of(activity).items() if purpose.profiling]
    titles = scribe.joined(scribe.purpose_title(activity, name) for name in profiling)
    answer = (
        Said(f"{scribe.fixed('yes')} ({titles})" if titles else scribe.fixed("yes"), titles.lang) if profiling else Said(scribe.fixed("no"))
    )
    return (*cell, line(answer, lead=scribe.fixed("profiling")))

"""Each element of the information for one purpose: what the notice states, or why the element does not apply. GDPR Arts 13, 14, 21, 26."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from ropa.context.context import bases
from ropa.context.entitlements import decides
from ropa.law.rights import MARKETING, RESEARCH
from ropa.model.legal_bases import LegitimateInterestBasis
from ropa.publish.evidence.answers import Answer, answered, has_gap, not_applicable
from ropa.publish.evidence.notice_page import NoticePage, Statement
from ropa.publish.notice.facts import FROM_THE_PERSON, informed, informs
from ropa.publish.notice.public import Told
from ropa.publish.notice.rights import rights_for
from ropa.publish.placing import are_unplaced

COMPELLING: Final = "49-1-ii"
DEPENDS: Final = "depends-on-basis"
UNPLACED: Final = "unplaced"


def sources(told: Told) -> set[str]:
    """Where the data of a purpose come from; an empty text stands for what is not known."""
    declared = [group.source if group.source is not None else told.activity.source for group in told.groups.values()]
    every = declared or [told.activity.source]
    return {code for each in every for code in (each or ("",))}


def is_from_person(told: Told) -> bool:
    """Whether Art. 13 applies: some of the data come from the person, or may do so as the source is not known."""
    return bool(sources(told) & {*FROM_THE_PERSON, ""})


def is_from_elsewhere(told: Told) -> bool:
    """Whether Art. 14 applies: some of the data do not come from the person, or it is not known where they come from."""
    return bool(sources(told) - FROM_THE_PERSON)


def _purpose(page: NoticePage, told: Told) -> Answer:
    return answered([page.heading(told)])


def _basis(page: NoticePage, told: Told) -> Answer:
    answer = answered(page.fact(told, "basis"))
    if answer.status == "partly" and _gaps(answer.statements) <= _gaps(page.item("withdrawal", told)):
        # All that is open is how a consent is withdrawn, which is an element of its own.
        return Answer("stated", answer.statements)
    return answer


def _gaps(statements: Iterable[Statement]) -> int:
    return sum(1 for statement in statements for line in statement.lines for span in line if span.style == "gap")


def _resting(page: NoticePage, told: Told) -> Told:
    """The purpose whose bases count: that of the collection where a further one rests on its basis."""
    further = told.purpose.further_processing
    if told.purpose.basis is None and further is not None and further.same_basis:
        return page.writer.public.by_id.get(further.of or "", told)
    return told


def _interest(page: NoticePage, told: Told) -> Answer:
    resting = _resting(page, told)
    found = [basis for _, basis in bases(resting.purpose.basis)]
    if not found:
        return Answer("missing", tuple(page.fact(told, "basis")), DEPENDS)
    places = [place for place, basis in enumerate(found) if isinstance(basis, LegitimateInterestBasis)]
    if not places:
        return not_applicable("no-interest")
    said = (Statement(fact.anchor, fact.heading, tuple(fact.lines[place] for place in places)) for fact in page.fact(resting, "basis"))
    return answered(said)


def _categories(page: NoticePage, told: Told) -> Answer:
    said = page.fact(told, "data")
    return answered(said) if is_from_elsewhere(told) else not_applicable("from-the-person", said)


def _source(page: NoticePage, told: Told) -> Answer:
    said = list(_source_lines(page, told))
    return answered(said) if is_from_elsewhere(told) else not_applicable("from-the-person", said)


def _source_lines(page: NoticePage, told: Told) -> Iterator[Statement]:
    """Where the data come from, without when people are told, which the notice says there too."""
    told_when = {informed(page.writer, each) for each in informs(told)}
    for fact in page.fact(told, "source"):
        yield Statement(fact.anchor, fact.heading, tuple(line for line in fact.lines if line not in told_when))


def _recipients(page: NoticePage, told: Told) -> Answer:
    said = list(page.fact(told, "recipients"))
    if told.activity.recipients is not None and not page.writer.public.receipts_of(told):
        return not_applicable("no-recipients", said)
    return answered(said)


def _transfer(page: NoticePage, told: Told) -> Answer:
    crossings = page.writer.public.crossings_of(told)
    if not crossings:
        return _no_transfer(page, told)
    return answered([*(said for crossing in crossings for said in page.transfer(crossing)), *_unplaced(page, told)])


def _safeguard(page: NoticePage, told: Told) -> Answer:
    crossings = page.writer.public.crossings_of(told)
    if not crossings:
        return _no_transfer(page, told)
    return answered(said for crossing in crossings for said in page.safeguard(crossing))


def _no_transfer(page: NoticePage, told: Told) -> Answer:
    said = list(page.fact(told, "outside"))
    if are_unplaced(page.context.registry, page.writer.public.receipts_of(told)):
        return Answer("missing", tuple(said), UNPLACED)
    return not_applicable("controller-abroad" if page.writer.abroad else "no-transfer", said)


def _unplaced(page: NoticePage, told: Told) -> Iterator[Statement]:
    """The lines that say of a recipient that nobody knows where it keeps the data."""
    for fact in page.fact(told, "outside"):
        lines = tuple(line for line in fact.lines if has_gap(line))
        if lines:
            yield Statement(fact.anchor, fact.heading, lines)


def _compelling(page: NoticePage, told: Told) -> Answer:
    found = [
        crossing
        for crossing in page.writer.public.crossings_of(told)
        if any(COMPELLING in (way.transfer.mechanism or ()) for way in crossing.declared)
    ]
    return answered(said for crossing in found for said in page.safeguard(crossing)) if found else not_applicable("no-compelling")


def _retention(page: NoticePage, told: Told) -> Answer:
    return answered(page.fact(told, "retention"))


def _rights(page: NoticePage, told: Told) -> Answer:
    said = list(page.fact(told, "rights"))
    return answered(said) if _has_basis(page, told) else Answer("partly", tuple(said), DEPENDS)


def _has_basis(page: NoticePage, told: Told) -> bool:
    return any(True for _ in bases(_resting(page, told).purpose.basis))


def _codes(page: NoticePage, told: Told) -> set[str]:
    return {right.code for right in rights_for(page.writer, told)}


def _withdrawal(page: NoticePage, told: Told) -> Answer:
    if "withdraw-consent" in _codes(page, told):
        return answered(page.item("withdrawal", told))
    return not_applicable("no-consent") if _has_basis(page, told) else Answer("missing", (), DEPENDS)


def _obligation(page: NoticePage, told: Told) -> Answer:
    said = page.fact(told, "obligation")
    return answered(said) if is_from_person(told) else not_applicable("from-elsewhere", said)


def _decisions(page: NoticePage, told: Told) -> Answer:
    if decides(told.activity, told.name):
        return answered(page.fact(told, "decision"))
    section = page.section("decisions")
    said = [Statement("decisions", section.heading, section.lines)] if section is not None else []
    if told.activity.automated_decision is None:
        return Answer("missing", tuple(said))
    return not_applicable("no-decision", said)


def _further(page: NoticePage, told: Told) -> Answer:
    further = told.purpose.further_processing
    if further is None:
        return not_applicable("no-further")
    if further.since_collection:
        return not_applicable("since-collection", [page.heading(told)])
    if further.informed is None:
        return Answer("partly", (page.heading(told),), "further-open")
    return answered([page.heading(told)], f"further-{further.informed}" if isinstance(further.informed, str) else "further-exempt")


def _timing(page: NoticePage, told: Told) -> Answer:
    if not is_from_elsewhere(told):
        return not_applicable("from-the-person")
    every = informs(told)
    if any(each.when or each.how for each in every):
        said = list(_informed(page, told))
        complete = all(each.when or each.exempt is not None for each in every)
        return answered(said) if complete else Answer("partly", tuple(said), "timing-open")
    if any(each.exempt is not None for each in every):
        return not_applicable("exempt", _informed(page, told))
    return Answer("missing")


def _exemption(page: NoticePage, told: Told) -> Answer:
    found = [each.exempt for each in informs(told) if each.exempt is not None]
    if not found:
        return not_applicable("no-exemption")
    said = tuple(_informed(page, told))
    return answered(said) if all(each.point and each.because for each in found) else Answer("partly", said, "exemption-open")


def _informed(page: NoticePage, told: Told) -> Iterator[Statement]:
    lines = tuple(line for each in informs(told) if (line := informed(page.writer, each)))
    yield Statement(told.id, page.writer.fixed("labels.source"), lines)


def _objection(page: NoticePage, told: Told) -> Answer:
    codes = _codes(page, told) & {"objection", RESEARCH}
    if codes:
        return answered(said for code in sorted(codes) for said in page.listed("objection", f"right.{code}", told))
    return not_applicable("no-objection") if _has_basis(page, told) else Answer("missing", (), DEPENDS)


def _marketing(page: NoticePage, told: Told) -> Answer:
    if MARKETING not in _codes(page, told):
        return not_applicable("no-marketing")
    return answered(page.listed("objection", f"right.{MARKETING}", told))


def _joint(page: NoticePage, told: Told) -> Answer:
    said = list(page.fact(told, "joint"))
    if said:
        return answered(said)
    return Answer("missing") if told.activity.role == "joint-controller" else not_applicable("not-joint")


ANSWERS: Final[Mapping[str, Callable[[NoticePage, Told], Answer]]] = {
    "purpose": _purpose,
    "basis": _basis,
    "interest": _interest,
    "categories": _categories,
    "source": _source,
    "recipients": _recipients,
    "transfer": _transfer,
    "safeguard": _safeguard,
    "compelling": _compelling,
    "retention": _retention,
    "rights": _rights,
    "withdrawal": _withdrawal,
    "obligation": _obligation,
    "decisions": _decisions,
    "further": _further,
    "timing": _timing,
    "exemption": _exemption,
    "objection": _objection,
    "marketing": _marketing,
    "joint": _joint,
}
"""How each element of a purpose is answered; the elements and their order are the law's."""

"""The screening for an impact assessment in the record: the criteria met and open, the assessment or why there is none (Art. 35)."""

from __future__ import annotations

from typing import Any, Final

from ropa.law import vocabulary
from ropa.law.overlays import dpia_list
from ropa.model.activity import Activity
from ropa.publish.record.cells import Cell, Line, line
from ropa.publish.record.marks import is_internal, visible
from ropa.publish.record.scribe import Scribe
from ropa.publish.words import Said, uncapitalised
from ropa.screening.dpia import ENOUGH, Criterion, DpiaScreening, screen
from ropa.screening.facts import code_at
from ropa.source.address import split

_NAMED: Final = {
    "automated_decision": "decision",
    "profiling": "profiling",
    "article_9": "flags.art9",
    "article_10": "flags.art10",
    "camera": "dpia.camera",
}
"""Keys that are facts by themselves, and what the record calls them."""


def criteria(scribe: Scribe, activity: Activity) -> Cell:
    """The criteria that are met, each with what shows it, and those that are open. What is internal is not told."""
    screening = screen(scribe.context, activity)
    if not screening.bound:
        return (line(scribe.fixed("not_applicable"), "muted"),)
    met = [line(_shown_by(scribe, criterion), lead=_label(scribe, criterion)) for criterion in screening.met]
    open_ = [uncapitalised(_label(scribe, criterion)) for criterion in screening.open if visible(criterion.open)]
    return (*met, *([line(", ".join(open_), "muted", scribe.fixed("dpia.open"))] if open_ else []))


def _label(scribe: Scribe, criterion: Criterion) -> str:
    return vocabulary.label("dpia_criteria", criterion.code, scribe.words.language)


def _shown_by(scribe: Scribe, criterion: Criterion) -> Said:
    """What shows a criterion, in words; nothing where only internal keys do."""
    found = [said for address in criterion.met if not is_internal(address) and (said := _fact(scribe, address))]
    return scribe.joined(dict.fromkeys(found))


def _fact(scribe: Scribe, address: str) -> Said:
    code = code_at(scribe.context, address)
    if code is not None:
        return Said(scribe.fixed("dpia.declared")) if code[0] == "dpia_criteria" else scribe.words.label(*code)
    key = _NAMED.get(split(address)[1][-1])
    return Said(scribe.fixed(key)) if key is not None else Said("")


def assessment(scribe: Scribe, activity: Activity) -> Cell:
    """Whether an impact assessment is made: where it is, or why there is none; why one is due, and that it is missing where it is."""
    screening = screen(scribe.context, activity)
    reasons = tuple(line(reason, "muted") for reason in _reasons(scribe, screening))
    answered = _answer(scribe, activity, screening)
    if screening.settled:
        return (*answered, *reasons)
    return (*(answered or (scribe.missing(),)), *reasons)


def _answer(scribe: Scribe, activity: Activity, screening: DpiaScreening) -> Cell:
    held = activity.dpia
    gaps = scribe.gaps(screening.answer.address)
    if held is None:
        needless = screening.duty == "none" and not gaps
        return _not_due(scribe, screening) if needless else gaps
    if isinstance(held, str):
        return (line(held, lead=scribe.fixed("yes")),) if screening.answer.kind != "other-kind" else ()
    cell: list[Line] = [*scribe.text_line(held.not_needed, lead=scribe.fixed("no"))]
    if held.covered_by_law:
        cell.append(line(scribe.words.law(held.covered_by_law), lead=scribe.fixed("covered_by_law")))
    return (*cell, *gaps)


def _not_due(scribe: Scribe, screening: DpiaScreening) -> Cell:
    """That none is due by what is declared, and how many of the open criteria would change that."""
    lacking = ENOUGH - len(screening.met)
    due_if = screening.bound and sum(bool(visible(criterion.open)) for criterion in screening.open) >= lacking
    told = line(scribe.fixed("dpia.not_due"), "muted")
    return (told, line(scribe.fixed("dpia.due_if", n=str(lacking)), "muted")) if due_if else (told,)


def _reasons(scribe: Scribe, screening: DpiaScreening) -> list[str]:
    """Why an assessment is due: a letter of Art. 35(3), items of the authority's list, two criteria."""
    language = scribe.words.language
    if screening.duty == "none":
        return []
    if screening.duty == "two-criteria":
        return [scribe.fixed("dpia.two_criteria")]
    reasons = [scribe.fixed("dpia.mandatory", provision=scribe.provision(case.code)) for case in screening.mandatory]
    listed = dpia_list(screening.country)
    if listed is not None and screening.listed:
        items = [uncapitalised(listed.items[case.code].in_language(language)) for case in screening.listed]
        reasons.append(scribe.fixed("dpia.on_list", list=listed.name.in_language(language), items="; ".join(items)))
    return reasons


def as_data(scribe: Scribe, activity: Activity) -> dict[str, Any]:
    """The screening as codes and addresses, without internal ones."""
    screening = screen(scribe.context, activity)
    return {
        "duty": screening.duty,
        "settled": screening.settled,
        "answer": screening.answer.kind,
        "met": {criterion.code: visible(criterion.met) for criterion in screening.met},
        "open": {criterion.code: visible(criterion.open) for criterion in screening.open if visible(criterion.open)},
        "mandatory": [case.code for case in screening.mandatory],
        "listed": [case.code for case in screening.listed],
    }

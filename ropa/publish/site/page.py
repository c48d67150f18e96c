"""The view of the front page: plain data, from a check and the paths that were written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from ropa.checking import Checked
from ropa.context.context import bases, purposes_of
from ropa.findings.finding import RANK
from ropa.flows.crossings import is_outside, outcome
from ropa.law import vocabulary
from ropa.model.activity import Activity
from ropa.publish.output import Stamp
from ropa.publish.placing import are_unplaced
from ropa.publish.record.cells import Line, Look, line
from ropa.publish.record.flows import LOOKS
from ropa.publish.record.scribe import Scribe
from ropa.publish.site import attention, documents
from ropa.publish.site.attention import Item
from ropa.publish.words import Said, capitalised, uncapitalised


@dataclass(frozen=True, slots=True)
class Worst:
    """The gravest thing said of an activity, with its word."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity of the table. `outside` are its countries outside the EEA; `note` says that it is a draft, or erased."""

    name: Said
    note: str
    basis: str
    whom: Said
    outside: tuple[Line, ...]
    worst: Worst | None


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its word; a `part` is of the number above it."""

    label: str
    number: int
    part: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The front page."""

    language: str
    organisation: str
    draft: str
    as_of: str
    revision: str
    findings: tuple[Item, ...]
    dates: tuple[Item, ...]
    questions: tuple[Item, ...]
    accepted: tuple[Item, ...]
    is_empty: bool
    asks_only: bool
    further: tuple[documents.Link, ...]
    undated: bool
    activities: tuple[ActivityRow, ...]
    counts: tuple[Count, ...]
    groups: tuple[documents.Group, ...]
    words: dict[str, str]


def page(checked: Checked, stamp: Stamp, written: Collection[str]) -> Page:
    """The front page in the registry's default language."""
    registry = checked.registry
    scribe = Scribe.of(checked.context, registry.language)
    found, dates = attention.findings(checked, scribe, stops=not stamp.draft), attention.dates(scribe, stamp.as_of)
    questions, accepted = attention.questions(checked, scribe), attention.accepted(checked, scribe)
    worst = _worst_by_record(checked)
    return Page(
        language=scribe.words.language,
        organisation=registry.organisation.legal_name or scribe.words.fixed("site.unclear"),
        draft=scribe.words.fixed("site.draft") if stamp.draft else "",
        as_of=scribe.words.fixed("site.as_of", date=scribe.words.date(stamp.as_of)) if stamp.as_of else "",
        revision=scribe.words.fixed("site.revision", revision=stamp.revision[:12]) if stamp.revision else "",
        findings=found,
        dates=dates,
        questions=questions,
        accepted=accepted,
        is_empty=not (found or dates or questions),
        asks_only=bool(questions) and not (found or dates),
        further=_further(checked, scribe),
        undated=stamp.as_of is None,
        activities=tuple(_activity(scribe, registry.activities[name], worst) for name in sorted(registry.activities)),
        counts=tuple(_counts(checked, scribe)),
        groups=documents.groups(scribe.words, written),
        words=_words(scribe),
    )


_WORDS = (
    *("title", "internal", "attention", "nothing", "only_questions", "no_dates", "write", "law", "dates"),
    *("questions", "questions_lead", "accepted", "activities", "no_activities", "none"),
    *("today", "documents", "no_documents", "public", "public_draft", "within"),
    *("columns.name", "columns.basis", "columns.whom", "columns.outside", "columns.worst"),
)


def _words(scribe: Scribe) -> dict[str, str]:
    """The fixed words of the template, and those of the record's marks."""
    own = {key.replace(".", "_"): scribe.words.fixed(f"site.{key}") for key in _WORDS}
    marks = {f"marks_{look}": scribe.fixed(f"marks.{look}") for look in ("border", "adequate", "agreement", "derogation", "undeclared")}
    return own | marks


def _further(checked: Checked, scribe: Scribe) -> tuple[documents.Link, ...]:
    """Links down the page to what is long: open questions and accepted findings, with their numbers."""
    numbers = {"questions": len(checked.questions), "accepted": len(checked.accepted())}
    return tuple(
        documents.Link(f"#{key}", scribe.words.fixed(f"site.see.{key}", count=number)) for key, number in numbers.items() if number
    )


def _worst_by_record(checked: Checked) -> dict[str, str]:
    """The gravest of findings, open questions and accepted findings of each record, in this order."""
    worst: dict[str, str] = {}
    for finding in sorted(checked.counting(), key=lambda each: -RANK[each.severity]):
        worst.setdefault(finding.address.partition("#")[0], finding.severity)
    for question in checked.questions:
        record = question.address.partition("#")[0]
        if worst.get(record) in (None, "info"):
            worst[record] = "question"
    for finding in checked.accepted():
        worst.setdefault(finding.address.partition("#")[0], "accepted")
    return worst


def _activity(scribe: Scribe, activity: Activity, worst: dict[str, str]) -> ActivityRow:
    kind = worst.get(f"activities/{activity.id}")
    unclear = scribe.words.fixed("site.unclear")
    whom = scribe.labels("data_subjects", activity.subjects)
    return ActivityRow(
        name=scribe.words.text(activity.name) or Said(activity.id),
        note=_note(scribe, activity),
        basis=_basis(scribe, activity) or unclear,
        whom=whom or Said(scribe.words.fixed("site.none") if activity.is_for_others else unclear),
        outside=_outside(scribe, activity),
        worst=Worst(kind, attention.word(scribe, kind)) if kind else None,
    )


def _note(scribe: Scribe, activity: Activity) -> str:
    if activity.status == "draft":
        return scribe.words.fixed("site.drafts_mark")
    return scribe.words.fixed("site.deleted_mark") if activity.data_deleted else ""


def _basis(scribe: Scribe, activity: Activity) -> str:
    if activity.is_for_others:
        return capitalised(scribe.words.fixed("site.processor_mark"))
    keys = dict.fromkeys(key for purpose in purposes_of(activity).values() for key, _ in bases(purpose.basis))
    labels = [vocabulary.label("legal_bases", key, scribe.words.language) for key in keys]
    return ", ".join([*labels[:1], *map(uncapitalised, labels[1:])])


def _outside(scribe: Scribe, activity: Activity) -> tuple[Line, ...]:
    """Each country once; where several transfers go there, the one with the weakest protection decides. Then what is not known, or no."""
    found: dict[str, int] = {}
    for crossing in scribe.crossings(activity):
        found[crossing.country] = max(found.get(crossing.country, 0), _WEAKEST_LAST.index(LOOKS[outcome(crossing)]))
    lines = [Line(Said(""), _WEAKEST_LAST[place], Said(scribe.words.country(code))) for code, place in found.items()]
    if are_unplaced(scribe.context.registry, scribe.receipts(activity)):
        lines.append(line(scribe.words.fixed("site.unclear"), "gap"))
    return tuple(lines) or (line(scribe.words.fixed("site.no_outside"), "muted"),)


_WEAKEST_LAST: Final[tuple[Look, ...]] = ("adequate", "agreement", "derogation", "undeclared")


def _counts(checked: Checked, scribe: Scribe) -> Iterable[Count]:
    registry = checked.registry
    reached = set(checked.context.flows.by_party)
    crossing = {each.party for each in checked.context.crossings}
    outside = {name for name in reached if name in crossing or is_outside(registry.parties[name].country)}
    numbers = {
        "activities": len(registry.activities),
        "parties": len(reached),
        "outside": len(outside),
        "systems": len(registry.systems),
        "errors": checked.count("error"),
        "warnings": checked.count("warning"),
        "infos": checked.count("info"),
        "accepted": len(checked.accepted()),
        "questions": len(checked.questions),
    }
    for key, number in numbers.items():
        yield Count(scribe.words.fixed(f"site.counts.{key}"), number, part=key == "outside")

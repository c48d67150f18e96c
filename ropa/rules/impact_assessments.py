"""Impact assessments: whether they are made, whole, and followed by a consultation at high risk. GDPR Arts 35, 36; WP248 rev.01."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach, Severity
from ropa.law import LANGUAGES, vocabulary
from ropa.law.vocabulary import Words
from ropa.model.activity import Activity, AutomatedDecision
from ropa.model.organisation import Dpo
from ropa.model.records import Assessment, Consultation
from ropa.rules.asked import broken_inside, quoted
from ropa.screening.dpia import ENOUGH, Answer, answer, criteria_met, has_begun, is_over, mandatory_cases
from ropa.screening.facts import found

SHOWN: Final = 5
"""How many facts are shown beside a finding."""

WEEKS: Final = 14
WEEKS_WITHOUT_EXTENSION: Final = 8
"""How long the authority may take, Art. 36(2): eight weeks, and six more if it says so within a month."""


def screened(context: Context) -> Iterator[Activity]:
    """The activities that Art. 35 is asked of: ours, as long as there are data."""
    return (activity for activity in context.controlled if not is_over(context, activity))


def shown(addresses: Iterable[str]) -> tuple[str, ...]:
    """The first few of some addresses, each once."""
    return tuple(dict.fromkeys(addresses))[:SHOWN]


def in_each_language(key: str, labels: Iterable[Words | vocabulary.Code]) -> dict[str, str]:
    """Labels in one line, as a part of a message for each language: `items` gives `items_nb`, `items_nn`, `items_en`."""
    held = list(labels)
    return {f"{key}_{language}": "; ".join(_small(getattr(label, language)) for label in held) for language in LANGUAGES}


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def dpia_mandatory_missing(context: Context) -> Iterator[Breach]:
    """What Art. 35(3) names is assessed before it starts, and the assessment says which risk is left."""
    for activity in screened(context):
        if not activity.dpia_criteria and not isinstance(activity.automated_decision, AutomatedDecision):
            continue
        cases = mandatory_cases(found(context, activity))
        if cases and not broken_inside(context, f"activities/{activity.id}#dpia"):
            held = answer(context, activity)
            facts = [address for case in cases for address in case.met]
            yield from _mandatory(context, activity, held, ", ".join(case.code for case in cases), facts)


def _mandatory(context: Context, activity: Activity, held: Answer, provisions: str, facts: list[str]) -> Iterator[Breach]:
    record = context.registry.assessments.get(held.assessment or "")
    named = (f"assessments/{record.id}",) if record is not None else ()
    params = {"provisions": provisions, "assessment": held.assessment or ""}
    related = shown([*named, *facts])
    if not held.settles("mandatory"):
        severity: Severity = "error" if has_begun(context, activity) else "warning"
        yield Breach("dpia-mandatory-missing", held.address, held.kind, params, severity, related)
    elif record is not None and record.residual_risk is None and not broken_inside(context, f"assessments/{record.id}#residual_risk"):
        yield Breach("dpia-mandatory-missing", held.address, "no-residual-risk", params, "warning", related)


def dpia_two_criteria(context: Context) -> Iterator[Breach]:
    """Where two of WP248's nine criteria are met, there is an assessment or the reason for none."""
    for activity in screened(context):
        held = answer(context, activity)
        if held.settles("two-criteria") or broken_inside(context, held.address):
            continue
        met = criteria_met(found(context, activity))
        if len(met) >= ENOUGH:
            params = {
                "count": str(len(met)),
                **in_each_language("criteria", [vocabulary.codes("dpia_criteria")[criterion.code] for criterion in met]),
                "assessment": held.assessment or "",
            }
            related = shown(address for criterion in met for address in criterion.met[:2])
            yield Breach("dpia-two-criteria", held.address, held.kind, params, related=related)


def _impact_assessments(context: Context) -> Iterator[tuple[Assessment, list[Activity]]]:
    """Every impact assessment with the activities of ours that name it; not those that only ended, others' or media's processing needs."""
    records = [record for record in context.registry.assessments.values() if record.kind == "dpia"]
    if not records:
        return
    named = {activity.dpia for activity in context.registry.activities.values() if isinstance(activity.dpia, str)}
    bound: dict[str, list[Activity]] = {}
    for activity in screened(context):
        if isinstance(activity.dpia, str) and activity.expression != "media":
            bound.setdefault(activity.dpia, []).append(activity)
    for record in records:
        if record.id in bound or record.id not in named:
            yield record, bound.get(record.id, [])


def _severity(activities: Sequence[Activity]) -> Severity:
    """Where all that need an assessment express themselves, an error is a warning (personopplysningsloven § 3)."""
    return "warning" if activities and all(activity.expression for activity in activities) else "error"


def dpia_incomplete(context: Context) -> Iterator[Breach]:
    """An impact assessment has the four parts of Art. 35(7), the officer's advice, and a date or event for its review."""
    for record, activities in _impact_assessments(context):
        at = f"assessments/{record.id}#"
        related = shown(f"activities/{activity.id}#dpia" for activity in activities)
        lacking = [part for part in vocabulary.codes("dpia_parts") if part not in (record.parts or ())]
        if lacking and not broken_inside(context, f"{at}parts"):
            params = {"parts": quoted(lacking)}
            yield Breach("dpia-incomplete", f"{at}parts", "parts" if record.parts else "no-parts", params, _severity(activities), related)
        if record.dpo_advice is None and _advice_is_due(context, record):
            yield Breach("dpia-incomplete", f"{at}dpo_advice", "advice", severity=_severity(activities), related=related)
        if record.review is None or (record.review.next is None and record.review.trigger is None and record.review.last is None):
            yield Breach("dpia-incomplete", f"{at}review", "review", severity="warning", related=related)


def _advice_is_due(context: Context, record: Assessment) -> bool:
    """Art. 35(2): where an officer is designated, and was when the assessment was made."""
    dpo = context.registry.organisation.dpo
    if not isinstance(dpo, Dpo) or dpo.not_needed is not None:
        return False
    return dpo.notified is None or record.date is None or dpo.notified <= record.date


def prior_consultation_missing(context: Context) -> Iterator[Breach]:
    """Where high risk is left, the authority is asked, and the processing starts after its answer or its time."""
    for record, activities in _impact_assessments(context):
        if record.residual_risk != "high":
            continue
        at = f"assessments/{record.id}#consultation"
        related = shown(f"activities/{activity.id}#dpia" for activity in activities)
        consultation = record.consultation
        if consultation is None or consultation.sent is None:
            where = at if consultation is None else f"{at}.sent"
            severity = _severity(activities) if any(has_begun(context, activity) for activity in activities) else "warning"
            yield Breach("prior-consultation-missing", where, "missing", severity=severity, related=related)
            continue
        for activity in activities:
            yield from _too_early(context, activity, record, consultation, consultation.sent)


def _too_early(context: Context, activity: Activity, record: Assessment, consultation: Consultation, sent: str) -> Iterator[Breach]:
    """An activity that starts before the authority has answered, or before its time has passed."""
    weeks = WEEKS_WITHOUT_EXTENSION if consultation.period_expired else WEEKS
    earliest = date.fromisoformat(consultation.answer) if consultation.answer else _weeks_after(date.fromisoformat(sent), weeks)
    named = f"activities/{activity.id}#dpia"
    variant = "before-answer" if consultation.answer else "before-time"
    params = {"assessment": record.id, "earliest": earliest.isoformat(), "weeks": str(weeks)}
    if activity.start is not None:
        if activity.start < earliest.isoformat():
            severity: Severity = "error" if has_begun(context, activity) else "warning"
            related = (named, f"assessments/{record.id}#consultation")
            yield Breach("prior-consultation-missing", f"activities/{activity.id}#start", variant, params, severity, related)
    elif consultation.answer is None and has_begun(context, activity) and context.today is not None and context.today < earliest:
        at = f"assessments/{record.id}#consultation.answer"
        yield Breach("prior-consultation-missing", at, "running", params, _severity([activity]), (named,))


def _weeks_after(day: date, weeks: int) -> date:
    """A day some weeks later, or the last that there is."""
    return day + min(timedelta(weeks=weeks), date.max - day)


IMPACT_ASSESSMENTS = (dpia_mandatory_missing, dpia_two_criteria, dpia_incomplete, prior_consultation_missing)

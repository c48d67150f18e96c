"""What `ropa dpia` shows: the screening of each activity, the duty to designate an officer, and the exemption from the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ropa.checking import Checked
from ropa.findings.finding import Place
from ropa.findings.present import Presenter
from ropa.law import LANGUAGES, vocabulary
from ropa.law.gdpr import cite
from ropa.law.overlays import dpia_list
from ropa.law.references import resolve
from ropa.model.activity import Activity, NotNeeded
from ropa.model.registry import Registry
from ropa.model.text import Text
from ropa.report.lines import shown_path
from ropa.report.terminal import Style, one_line
from ropa.report.words import paragraph, words
from ropa.screening.dpia import ENOUGH, Case, Criterion, DpiaScreening, is_over, screen
from ropa.screening.dpo import DpoScreening, screen_dpo
from ropa.screening.facts import code_at
from ropa.screening.record_exemption import RecordExemption, Trigger, screen_record_exemption
from ropa.source.write import json_text

VERSION: Final = 1
SHOWN: Final = 6
"""How many activities are shown that stand against the exemption, each way."""

TRIGGERS: Final[tuple[Trigger, ...]] = ("risk", "not-occasional", "special-data")


@dataclass(frozen=True)
class Screened:
    """The screenings of a registry, or of some of its activities; `others` are those that Art. 35 asks nothing of here."""

    checked: Checked
    language: str
    activities: tuple[DpiaScreening, ...]
    others: tuple[Activity, ...]
    chosen: bool
    presenter: Presenter = field(repr=False)

    @property
    def registry(self) -> Registry:
        """The registry that was screened."""
        return self.checked.registry

    def text(self, text: Text | None, otherwise: str = "") -> str:
        """A text of the registry in the reader's language, else in its own."""
        return one_line((text or {}).get(self.language) or self.registry.text(text, otherwise))

    def name(self, activity: str) -> str:
        """What an activity is called."""
        return self.text(self.registry.activities[activity].name, activity)

    def say(self, key: str, **parts: object) -> str:
        """A text of the report."""
        return words(key, self.language, **parts)


def screened(checked: Checked, chosen: Sequence[str], language: str) -> Screened:
    """Screens the chosen activities, or all."""
    registry, context = checked.registry, checked.context
    wanted = [registry.activities[name] for name in chosen] if chosen else list(registry.activities.values())
    ours = {activity.id for activity in context.controlled}
    asked = [activity for activity in wanted if activity.id in ours and not is_over(context, activity)]
    others = tuple(activity for activity in wanted if activity not in asked)
    presenter = Presenter(registry, checked.documents, language)
    return Screened(checked, language, tuple(screen(context, activity) for activity in asked), others, bool(chosen), presenter)


# --- JSON ------------------------------------------------------------------------------------------------------------


def as_json(told: Screened) -> str:
    """The screenings as JSON: codes and addresses with their files and lines, no words of the report's."""
    content = {
        "version": VERSION,
        "registry": shown_path(told.checked, Place("", "", 1, 1, 1, 1)),
        "today": told.checked.today.isoformat() if told.checked.today is not None else None,
        "activities": [_activity_data(told, screening) for screening in told.activities],
        "not_asked": [activity.id for activity in told.others],
    }
    if not told.chosen:
        content["dpo"] = _dpo_data(told, screen_dpo(told.checked.context))
        content["record_exemption"] = _exemption_data(told, screen_record_exemption(told.checked.context))
    return json_text(content)


def _activity_data(told: Screened, screening: DpiaScreening) -> dict[str, Any]:
    return {
        "id": screening.activity,
        "name": told.name(screening.activity),
        "duty": screening.duty,
        "settled": screening.settled,
        "begun": screening.begun,
        "bound": screening.bound,
        "criteria": [
            {
                "code": criterion.code,
                "state": criterion.state,
                "facts": _places(told, criterion.met),
                "open": _places(told, criterion.open),
            }
            for criterion in screening.criteria
        ],
        "mandatory": [{"provision": case.code, "facts": _places(told, case.met)} for case in screening.mandatory],
        "list": screening.country,
        "listed": [{"code": case.code, "facts": _places(told, case.met)} for case in screening.listed],
        "answer": {
            "kind": screening.answer.kind,
            "assessment": screening.answer.assessment,
            **_place_data(told, screening.answer.address),
        },
    }


def _dpo_data(told: Screened, screening: DpoScreening) -> dict[str, Any]:
    return {
        "required": screening.required,
        "settled": screening.settled,
        "designation": screening.designation,
        "grounds": [
            {"provision": ground.provision, "code": ground.code, **_place_data(told, ground.address)} for ground in screening.grounds
        ],
        "open": _places(told, screening.open),
    }


def _exemption_data(told: Screened, screening: RecordExemption) -> dict[str, Any]:
    return {
        "can_apply": screening.can_apply,
        "claimed": screening.claimed,
        "employees": screening.employees,
        "against": [
            {"activity": each.activity, "trigger": each.trigger, "facts": _places(told, each.addresses)} for each in screening.against
        ],
    }


def _places(told: Screened, addresses: Sequence[str]) -> list[dict[str, Any]]:
    return [_place_data(told, address) for address in addresses]


def _place_data(told: Screened, address: str) -> dict[str, Any]:
    place = told.presenter.place(address)
    return {"address": address, "file": shown_path(told.checked, place), "line": place.line}


# --- text ------------------------------------------------------------------------------------------------------------


def as_text(told: Screened, style: Style) -> str:
    """The screenings for the terminal. Activities of which nothing is to be said stand together in one line."""
    return "\n".join(_lines(told, style)) + "\n"


def _lines(told: Screened, style: Style) -> Iterator[str]:
    yield style("bold", told.say("dpia-heading"))
    yield paragraph(told.say("dpia-lead"))
    quiet = [each for each in told.activities if not told.chosen and not each.met and not each.open and each.answer.kind == "none"]
    for screening in sorted(told.activities, key=lambda each: each.settled):
        if screening not in quiet:
            yield ""
            yield from _activity(told, screening, style)
    if quiet:
        yield ""
        yield paragraph(told.say("dpia-nothing", list=", ".join(told.name(each.activity) for each in quiet)), "")
    for activity in told.others:
        key = "dpia-deleted" if is_over(told.checked.context, activity) else "dpia-processor"
        yield paragraph(told.say(key, activity=told.name(activity.id)), "")
    if told.chosen:
        return
    yield ""
    yield _summary(told)
    yield ""
    yield from _officer(told, screen_dpo(told.checked.context), style)
    yield ""
    yield from _exemption(told, screen_record_exemption(told.checked.context), style)


def _summary(told: Screened) -> str:
    duties = [screening.duty for screening in told.activities]
    return told.say(
        "dpia-summary-one" if len(duties) == 1 else "dpia-summary",
        n=len(duties),
        mandatory=duties.count("mandatory"),
        listed=duties.count("on-list"),
        two=duties.count("two-criteria"),
        unsettled=sum(not screening.settled for screening in told.activities),
    )


def _activity(told: Screened, screening: DpiaScreening, style: Style) -> Iterator[str]:
    met, open_ = screening.met, screening.open
    counts = [told.say("dpia-met-count", n=len(met)), *([told.say("dpia-open-count", n=len(open_))] if open_ else [])]
    yield f"{style('bold', told.name(screening.activity))} ({screening.activity}): {', '.join(counts)}"
    if met:
        yield f"  {told.say('dpia-met')}"
        for criterion in met:
            yield f"    {_label(told, criterion)}"
            yield from _facts(told, criterion.met, style)
    if open_:
        yield f"  {told.say('dpia-open')}"
        for criterion in open_:
            yield f"    {_label(told, criterion)}"
            yield from _facts(told, criterion.open, style)
            if not all(told.registry.unknown.get(address) for address in criterion.open):
                yield paragraph(told.say("dpia-ask", question=told.say(f"dpia-question-{criterion.code}")), "      ")
    silent = [_label(told, criterion).lower() for criterion in screening.criteria if criterion.state == "not-met"]
    if told.chosen and silent:
        yield paragraph(told.say("dpia-not-met", list=", ".join(silent)))
    if not told.chosen and not met and screening.answer.kind == "none" and len(open_) < ENOUGH:
        return
    yield f"  {told.say('dpia-follows')}"
    yield from _follows(told, screening)
    yield f"  {told.say('dpia-answer')}"
    yield paragraph(_answer(told, screening), "    ")
    if screening.duty != "none":
        yield "    " + (told.say("dpia-settled") if screening.settled else style("warning", told.say("dpia-unsettled")))


def _label(told: Screened, criterion: Criterion) -> str:
    return vocabulary.label("dpia_criteria", criterion.code, told.language)


def _facts(told: Screened, addresses: Sequence[str], style: Style) -> Iterator[str]:
    """Each fact: what it is, its address in the record, and where that stands."""
    for address in addresses:
        place = told.presenter.place(address)
        inside = one_line(address.partition("#")[2])
        label = _fact(told, address)
        where = style("dim", one_line(f"{shown_path(told.checked, place)}:{place.line}"))
        yield f"      {label} ({inside})  {where}" if label else f"      {inside}  {where}"


def _fact(told: Screened, address: str) -> str:
    """What a fact is in words: a code's label, or that nothing is stated."""
    if address in told.registry.unknown:
        asked = told.registry.unknown[address]
        return told.say("dpia-unknown", words=one_line(asked)) if asked else told.say("dpia-missing")
    code = code_at(told.checked.context, address)
    if code is not None:
        return told.say("dpia-declared") if code[0] == "dpia_criteria" else _code_label(told, *code)
    return "" if told.registry.value(address) is not None else told.say("dpia-missing")


def _code_label(told: Screened, list_name: str, code: str) -> str:
    """A code's label, the officer's own ones included; nothing where it has none."""
    label = vocabulary.label(list_name, code, told.language)
    if label != code:
        return label
    own = told.registry.vocabulary
    if list_name == "data_subjects":
        return told.text((own.subjects or {}).get(code))
    category = (own.data_categories or {}).get(code) if list_name == "data_categories" else None
    words_of = {language: getattr(category, language) for language in LANGUAGES} if category is not None else {}
    return told.text({language: text for language, text in words_of.items() if text})


def _follows(told: Screened, screening: DpiaScreening) -> Iterator[str]:
    if not screening.bound:
        yield paragraph(told.say("dpia-duty-unbound"), "    ")
        return
    if screening.mandatory:
        provisions = ", ".join(_cited(told, case.code) for case in screening.mandatory)
        yield paragraph(told.say("dpia-duty-mandatory", provisions=provisions), "    ")
    if screening.listed:
        yield from _listed(told, screening.country, screening.listed)
    if screening.duty == "two-criteria":
        yield paragraph(told.say("dpia-duty-two-criteria"), "    ")
    if screening.duty == "none":
        yield paragraph(told.say("dpia-duty-none"), "    ")
        lacking = ENOUGH - len(screening.met)
        if len(screening.open) >= lacking:
            yield paragraph(told.say("dpia-duty-if-open", n=lacking), "    ")
    if not screening.begun:
        yield f"    {told.say('dpia-not-begun')}"


def _cited(told: Screened, provision: str) -> str:
    """A provision of the Regulation as the reader's language writes it."""
    return ", ".join(cite(each, told.language) for found in resolve(f"GDPR art. {provision}") for each in found.provisions)


def _listed(told: Screened, country: str | None, cases: Sequence[Case]) -> Iterator[str]:
    listed = dpia_list(country)
    if listed is None:
        return
    yield paragraph(told.say("dpia-duty-on-list", list=listed.name.in_language(told.language)), "    ")
    for case in cases:
        yield paragraph(listed.items[case.code].in_language(told.language), "      ")


def _answer(told: Screened, screening: DpiaScreening) -> str:
    """What the registry says of an assessment."""
    kind, name = screening.answer.kind, screening.answer.assessment or ""
    asked = told.registry.unknown.get(screening.answer.address)
    if kind == "none":
        return told.say("dpia-answer-unknown", words=one_line(asked)) if asked else told.say("dpia-answer-none")
    held = told.registry.activities[screening.activity].dpia
    if isinstance(held, NotNeeded):
        written = one_line(", ".join(held.covered_by_law)) if held.covered_by_law else told.text(held.not_needed)
        return told.say(f"dpia-answer-{kind}", words=written)
    record = told.registry.assessments.get(name)
    risk = record.residual_risk if record is not None else None
    return told.say(
        f"dpia-answer-{kind}",
        assessment=name,
        date=f", {record.date}" if record is not None and record.date else "",
        risk=told.say("dpia-risk", risk=told.say(f"dpia-risk-{risk}")) if risk else "",
    )


def _officer(told: Screened, screening: DpoScreening, style: Style) -> Iterator[str]:
    yield style("bold", told.say("dpo-heading"))
    if screening.grounds:
        yield f"  {told.say('dpo-required' if screening.required else 'dpo-not-required')}"
        for ground in screening.grounds:
            key = "dpo-ground-public" if ground.address == "organisation#kind" else f"dpo-ground-{ground.code}"
            yield f"    {told.say(key, provision=_cited(told, ground.provision))}"
            yield from _facts(told, (ground.address,), style)
    elif screening.open:
        named = ", ".join(f"`{address.partition('#')[2]}`" for address in screening.open)
        yield f"  {told.say('dpo-open', list=named)}"
    else:
        yield f"  {told.say('dpo-not-required')}"
    yield paragraph(told.say(f"dpo-{screening.designation}"))
    if screening.required:
        yield "  " + (told.say("dpia-settled") if screening.settled else style("error", told.say("dpia-unsettled")))


def _exemption(told: Screened, screening: RecordExemption, style: Style) -> Iterator[str]:
    yield style("bold", told.say("exemption-heading"))
    if screening.can_apply:
        yield f"  {told.say('exemption-can')}"
    else:
        yield f"  {told.say('exemption-cannot')}"
    if screening.employees is None:
        yield f"    {told.say('exemption-headcount-unsaid')}"
    elif not screening.small:
        yield f"    {told.say('exemption-headcount', n=screening.employees)}"
    for trigger in TRIGGERS:
        names = [told.name(each.activity) for each in screening.against if each.trigger == trigger]
        if names:
            more = f", … ({len(names)})" if len(names) > SHOWN else ""
            yield paragraph(f"{told.say(f'exemption-{trigger}')}: {', '.join(names[:SHOWN])}{more}", "    ")
    yield f"  {told.say('exemption-claimed' if screening.claimed else 'exemption-not-claimed')}"

"""Whether an activity needs an impact assessment and has one: GDPR Art. 35(1), (3), (4), (10); WP248 rev.01."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from ropa.context.context import Context, bases, purposes_of
from ropa.law.overlays import dpia_list
from ropa.model.activity import Activity
from ropa.model.records import Assessment
from ropa.screening.facts import CRITERIA, Facts, found, left_open

State = Literal["met", "open", "not-met"]
Duty = Literal["mandatory", "on-list", "two-criteria", "none"]
AnswerKind = Literal["assessed", "undated", "late", "other-kind", "not-needed", "covered-by-law", "law-not-enough", "none"]

ENOUGH: Final = 2
"""WP248: two criteria usually mean high risk."""

MANDATORY: Final = {
    "35(3)(a)": ("systematic-evaluation-with-effects",),
    "35(3)(b)": ("large-scale", "special-categories"),
    "35(3)(c)": ("large-scale-public-monitoring",),
}
"""The three cases of Art. 35(3) and the facts that make them together; criminal data are as good as special categories in (b)."""

BASES_WITH_A_LAW: Final = frozenset({"legal-obligation", "public-task"})
"""Those under which a law's own impact assessment counts, Art. 35(10)."""

IN_FORCE: Final = {"NO": "2018-07-20"}
"""Since when the Regulation applies; elsewhere since 25.5.2018 (Art. 99(2))."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with the addresses that show it, and where none does, those that leave it open."""

    code: str
    met: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Whether it is met, open, or nothing speaks for it."""
        return "met" if self.met else "open" if self.open else "not-met"


@dataclass(frozen=True, slots=True)
class Case:
    """A case in which an assessment is due by itself: a letter of Art. 35(3) or an item of an authority's list, with what shows it."""

    code: str
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the activity says of an assessment: where, of what kind, and which record it names."""

    address: str
    kind: AnswerKind
    assessment: str | None = None

    def settles(self, duty: Duty) -> bool:
        """Whether it is enough: a reason for none answers WP248's rule of thumb, but neither Art. 35(3) nor a list."""
        if duty == "none" or self.kind in ("assessed", "covered-by-law"):
            return True
        if duty == "on-list":
            return self.kind in ("late", "undated")
        return duty == "two-criteria" and self.kind in ("late", "undated", "not-needed", "law-not-enough")


@dataclass(frozen=True, slots=True)
class DpiaScreening:
    """The screening of one activity. `country` is that of the authority whose list was read, None where none is known here.

    `bound` is false where Art. 35 does not bind: media, personopplysningsloven § 3 third paragraph.
    """

    activity: str
    criteria: tuple[Criterion, ...]
    mandatory: tuple[Case, ...]
    listed: tuple[Case, ...]
    country: str | None
    answer: Answer
    begun: bool
    bound: bool = True

    @property
    def met(self) -> tuple[Criterion, ...]:
        """The criteria that are met."""
        return tuple(criterion for criterion in self.criteria if criterion.state == "met")

    @property
    def open(self) -> tuple[Criterion, ...]:
        """The criteria that are open."""
        return tuple(criterion for criterion in self.criteria if criterion.state == "open")

    @property
    def duty(self) -> Duty:
        """Why an assessment is due, the strongest reason first."""
        if not self.bound:
            return "none"
        if self.mandatory:
            return "mandatory"
        if self.listed:
            return "on-list"
        return "two-criteria" if len(self.met) >= ENOUGH else "none"

    @property
    def settled(self) -> bool:
        """Whether what the activity says is enough for what is due."""
        return self.answer.settles(self.duty)


def screen(context: Context, activity: Activity) -> DpiaScreening:
    """The whole screening of an activity that the organisation controls."""
    facts = found(context, activity)
    open_ = left_open(context, activity, facts)
    country = home_country(context)
    return DpiaScreening(
        activity=activity.id,
        criteria=tuple(Criterion(code, tuple(facts.get(code, ())), tuple(open_.get(code, ()))) for code in CRITERIA),
        mandatory=mandatory_cases(facts),
        listed=listed_cases(facts, country),
        country=country if dpia_list(country) is not None else None,
        answer=answer(context, activity),
        begun=has_begun(context, activity),
        bound=activity.expression != "media",
    )


def home_country(context: Context) -> str:
    """The organisation's own country, whose list and dates count here. Who says none is taken to be at home in Norway."""
    return context.registry.organisation.country or "NO"


def criteria_met(facts: Facts) -> tuple[Criterion, ...]:
    """Those of the nine criteria that facts show."""
    return tuple(Criterion(code, tuple(facts[code])) for code in CRITERIA if code in facts)


def mandatory_cases(facts: Facts) -> tuple[Case, ...]:
    """The letters of Art. 35(3) that facts make."""
    cases = []
    for letter, needed in MANDATORY.items():
        each = [facts.get(fact) or (facts.get("criminal-data") if fact == "special-categories" else None) for fact in needed]
        if all(each):
            cases.append(Case(letter, tuple(address for addresses in each for address in addresses or ())))
    return tuple(cases)


def listed_cases(facts: Facts, country: str | None) -> tuple[Case, ...]:
    """The items of a country's list that facts match. Criteria beside an item are those that other facts show than its own."""
    listed = dpia_list(country)
    cases: list[Case] = []
    if listed is None or _first_facts(country).isdisjoint(facts):
        return ()
    for code, item in listed.items.items():
        if any(fact not in facts for fact in item.facts):
            continue
        beside = [criterion for criterion in CRITERIA if criterion in facts and criterion not in item.apart_from]
        if len(beside) >= item.criteria:
            own = [address for fact in item.facts for address in facts[fact]]
            others = [address for criterion in (beside if item.criteria else ()) for address in facts[criterion]]
            cases.append(Case(code, tuple(dict.fromkeys([*own, *others]))))
    return tuple(cases)


@cache
def _first_facts(country: str | None) -> frozenset[str]:
    """The first fact of each item of a list: where none of them is found, nothing is on it."""
    listed = dpia_list(country)
    return frozenset(item.facts[0] for item in listed.items.values()) if listed is not None else frozenset()


def answer(context: Context, activity: Activity) -> Answer:
    """What the activity says of an assessment, and whether it holds."""
    at = f"activities/{activity.id}#dpia"
    held = activity.dpia
    if held is None:
        return Answer(at, "none")
    if isinstance(held, str):
        return Answer(at, _assessed(context, activity, held), held)
    if held.covered_by_law:
        return Answer(at, "covered-by-law" if _law_covers(context, activity, held.covered_by_law) else "law-not-enough")
    return Answer(at, "not-needed" if held.not_needed else "none")


def _assessed(context: Context, activity: Activity, name: str) -> AnswerKind:
    record = context.registry.assessments.get(name)
    if record is None:  # its file cannot be read: what it says is not known
        return "assessed"
    if record.kind not in ("dpia", None):
        return "other-kind"
    if record.date is None:
        return "undated"
    return "late" if _came_late(context, activity, record) else "assessed"


def _came_late(context: Context, activity: Activity, record: Assessment) -> bool:
    """Whether an assessment is younger than the processing that it should have preceded. What began before the Regulation may be so."""
    if activity.start is None or record.date is None or record.date <= activity.start:
        return False
    return activity.start >= IN_FORCE.get(home_country(context), "2018-05-25")


def _law_covers(context: Context, activity: Activity, laws: list[str]) -> bool:
    """Art. 35(10): only processing under a legal obligation or a public task, and a law with its section."""
    if all(found.status == "no-section" for law in laws for found in context.resolved(law)):
        return False
    return all(key in BASES_WITH_A_LAW for purpose in purposes_of(activity).values() for key, _ in bases(purpose.basis))


def has_begun(context: Context, activity: Activity) -> bool:
    """Whether processing goes on: not in a draft, nor before its start."""
    if activity.status == "draft":
        return False
    return activity.start is None or context.today is None or activity.start <= context.today.isoformat()


def is_over(context: Context, activity: Activity) -> bool:
    """Whether the data are deleted, so that nothing is processed any more."""
    deleted = activity.data_deleted
    return deleted is not None and (context.today is None or deleted <= context.today.isoformat())

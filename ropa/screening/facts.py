"""What an activity declares that tells of risk to people: each fact with the addresses that show it, and those that leave it open.

The facts are WP248's nine criteria, the further codes of `dpia_criteria`, and what Art. 35(3) and the authorities' lists name beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from ropa.context.context import Context, category_flag, groups_of, purposes_of, shipped_flags
from ropa.law import vocabulary
from ropa.model.activity import Activity, AutomatedDecision, DataGroup, Purpose
from ropa.model.records_common import Source
from ropa.source.address import segment, split

CRITERIA: Final = (
    "scoring",
    "automated-decision",
    "systematic-monitoring",
    "sensitive-data",
    "large-scale",
    "matching",
    "vulnerable-subjects",
    "innovative-technology",
    "prevents-right-or-service",
)
"""WP248 rev.01."""

BIOMETRIC: Final = frozenset({"biometric-identification", "face-recognition", "speaker-identification"})
EVALUATIONS: Final = frozenset({"performance", "test-results"})
EMPLOYEES: Final = frozenset({"employee", "hired-worker"})
PUPILS: Final = frozenset({"pupil", "child"})
SCHOOLS: Final = frozenset({"school", "kindergarten"})
OURSELVES: Final = frozenset({"data-subject", "observed-device", "generated"})
"""Sources that are no third party: the person, and ourselves."""

NAMED_BY_THE_PERSON: Final = frozenset({"referee"})
"""Sources whom the person names and asks to tell: no data gathered behind their back, which is what the authorities' lists aim at."""

NOT_PERSONAL: Final = frozenset({"password-credentials"})
"""Data that need care because they open something, not because they tell of a person: not highly personal in the sense of WP248."""

COMMERCIAL: Final = frozenset(
    {
        "electronic-marketing",
        "direct-marketing",
        "phone-marketing",
        "online-advertising",
        "sales-prospecting",
        "customer-management",
        "credit-assessment",
        "web-analytics",
        "service-delivery",
    }
)
"""Kinds of purpose for which a business makes profiles of the people it sells to."""

BUSINESSES: Final = frozenset({"company", "sole-proprietorship", None})
NOT_RESEARCH: Final = frozenset({"statistics", "archiving"})

CODE_LISTS: Final = {
    "subjects": "data_subjects",
    "categories": "data_categories",
    "source": "source_kinds",
    "dpia_criteria": "dpia_criteria",
    "core_activities": "core_activities",
}
"""The lists of the law's vocabulary whose codes stand under these keys."""

TELLING_KINDS: Final = frozenset({"credit-assessment", "camera-surveillance", "employee-control", "research-statistics"})
"""Kinds of purpose that are facts by themselves."""

Facts = dict[str, list[str]]


@cache
def _vulnerable() -> frozenset[str]:
    return frozenset(name for name, code in vocabulary.codes("data_subjects").items() if code.vulnerable)


@cache
def _telling_people() -> frozenset[str]:
    return _vulnerable() | EMPLOYEES | PUPILS


@cache
def _plain_categories() -> frozenset[str]:
    return frozenset(name for name, flag in shipped_flags().items() if flag == "none")


def found(context: Context, activity: Activity) -> Facts:
    """The facts that an activity's declarations show, each with the addresses that show it."""
    facts: Facts = {}
    at = f"activities/{activity.id}#"
    for code in activity.dpia_criteria or ():
        _add(facts, code, f"{at}dpia_criteria.{code}")
    if activity.subjects is not None and not _telling_people().isdisjoint(activity.subjects):
        _people(facts, f"{at}subjects", activity.subjects)
    if activity.source is not None and not OURSELVES.issuperset(activity.source):
        _sources(facts, context, f"{at}source", activity.source)
    for name, purpose in purposes_of(activity).items():
        if purpose.kind in TELLING_KINDS or purpose.profiling or purpose.subjects is not None:
            _purpose(facts, context, activity, f"{at}purposes.{segment(name)}", purpose)
    for name, group in groups_of(activity).items():
        if _tells(group):
            _group(facts, context, f"{at}data.{segment(name)}", group)
    if isinstance(activity.automated_decision, AutomatedDecision):
        _add(facts, "automated-decision", f"{at}automated_decision")
    if activity.camera is not None:
        _add(facts, "systematic-monitoring", f"{at}camera")
        if activity.camera.area in SCHOOLS:
            _add(facts, "camera-in-school", f"{at}camera.area")
    if facts:
        _combined(facts, activity, at)
    return facts


def _tells(group: DataGroup) -> bool:
    """Whether anything in a data group can be a fact: most hold nothing but plain categories, and are passed by."""
    narrowed = group.subjects is not None or group.source is not None
    special = group.article_9 is not None or group.article_10 is not None
    return narrowed or special or not _plain_categories().issuperset(group.categories or ())


def _add(facts: Facts, fact: str, address: str) -> None:
    held = facts.setdefault(fact, [])
    if address not in held:
        held.append(address)


def _people(facts: Facts, address: str, subjects: Iterable[str] | None) -> None:
    for subject in subjects or ():
        if subject in _vulnerable():
            _add(facts, "vulnerable-subjects", f"{address}.{segment(subject)}")
        if subject in EMPLOYEES:
            _add(facts, "employees", f"{address}.{segment(subject)}")
        if subject in PUPILS:
            _add(facts, "pupils", f"{address}.{segment(subject)}")


def _sources(facts: Facts, context: Context, address: str, sources: Mapping[str, Source] | None) -> None:
    for name, source in (sources or {}).items():
        if name not in OURSELVES and name not in NAMED_BY_THE_PERSON and not _acts_for_us(context, source.party or name):
            _add(facts, "third-party-data", f"{address}.{segment(name)}")


def _acts_for_us(context: Context, party: str) -> bool:
    """Whether a party is no third party: a processor acts for us, a joint controller is responsible with us (Art. 4(10))."""
    record = context.registry.parties.get(party)
    return record is not None and bool({"processor", "joint-controller"}.intersection(record.role or ()))


def _purpose(facts: Facts, context: Context, activity: Activity, address: str, purpose: Purpose) -> None:
    _people(facts, f"{address}.subjects", purpose.subjects)
    kind = purpose.kind
    if purpose.profiling:
        _add(facts, "scoring", f"{address}.profiling")
        if kind in COMMERCIAL and context.registry.organisation.kind in BUSINESSES:
            _add(facts, "commercial-profiling", f"{address}.profiling")
    if kind == "credit-assessment":
        _add(facts, "scoring", f"{address}.kind")
    elif kind == "camera-surveillance":
        _add(facts, "systematic-monitoring", f"{address}.kind")
    elif kind == "employee-control":
        _add(facts, "employees", f"{address}.kind")
    elif kind == "research-statistics" and _is_research(activity) and not _by_consent(purpose):
        _add(facts, "research-without-consent", f"{address}.kind")


def _is_research(activity: Activity) -> bool:
    return activity.research is None or activity.research.kind not in NOT_RESEARCH


def _by_consent(purpose: Purpose) -> bool:
    return purpose.basis is not None and purpose.basis.consent is not None


def _group(facts: Facts, context: Context, address: str, group: DataGroup) -> None:
    _people(facts, f"{address}.subjects", group.subjects)
    _sources(facts, context, f"{address}.source", group.source)
    for code in group.categories or ():
        flag = category_flag(context.registry, code)
        if flag == "none":
            continue
        _category(facts, f"{address}.categories.{segment(code)}", like(context, code), flag)
    if group.article_9 is not None and "special-categories" not in facts:
        _add(facts, "special-categories", f"{address}.article_9")
        _add(facts, "sensitive-data", f"{address}.article_9")
    if group.article_10 is not None and "criminal-data" not in facts:
        _add(facts, "criminal-data", f"{address}.article_10")
        _add(facts, "sensitive-data", f"{address}.article_10")


def like(context: Context, category: str) -> str:
    """The shipped category that a category is or is like; itself where it is like none."""
    own = (context.registry.vocabulary.data_categories or {}).get(category)
    return own.like if own is not None and own.like else category


def _category(facts: Facts, address: str, category: str, flag: str) -> None:
    if flag == "art9":
        _add(facts, "special-categories", address)
    elif flag == "art10":
        _add(facts, "criminal-data", address)
    if flag in ("art9", "art10", "sensitive") and category not in NOT_PERSONAL:
        _add(facts, "sensitive-data", address)
    if category in BIOMETRIC:
        _add(facts, "biometric-identification", address)
    elif category == "genetic-data":
        _add(facts, "genetic-data", address)
    elif category == "location-precise":
        _add(facts, "location-data", address)
    elif category in EVALUATIONS:
        _add(facts, "evaluations", address)


def _combined(facts: Facts, activity: Activity, at: str) -> None:
    """Facts that follow from several others together."""
    if "systematic-monitoring" in facts and "evaluations" in facts:
        _add_all(facts, "performance-monitoring", facts["evaluations"])
    if "pupils" in facts and "evaluations" in facts and any(p.kind == "education-care" for p in purposes_of(activity).values()):
        _add_all(facts, "evaluates-pupils", facts["evaluations"])
    if "automated-decision" in facts and "scoring" in facts:
        _add_all(facts, "systematic-evaluation-with-effects", list(_evaluations_decided_on(activity, at)))
    if activity.camera is not None and activity.camera.area == "public-place" and "large-scale" in facts:
        _add_all(facts, "large-scale-public-monitoring", [f"{at}camera.area", *facts["large-scale"]])


def _add_all(facts: Facts, fact: str, addresses: list[str]) -> None:
    for address in addresses:
        _add(facts, fact, address)


def _evaluations_decided_on(activity: Activity, at: str) -> Iterator[str]:
    """Profiling for a purpose that an automated decision serves: an evaluation on which decisions are based, Art. 35(3)(a)."""
    decision = activity.automated_decision
    if not isinstance(decision, AutomatedDecision):
        return
    for name, purpose in purposes_of(activity).items():
        if purpose.profiling and (decision.purposes is None or name in decision.purposes):
            yield f"{at}automated_decision"
            yield f"{at}purposes.{segment(name)}.profiling"


def left_open(context: Context, activity: Activity, facts: Facts) -> Facts:
    """What leaves a criterion open that no fact shows: declarations that are missing or `unknown`, and those that raise the question."""
    open_: Facts = {}
    for criterion, address in _raised(context, activity):
        if criterion not in facts:
            _add(open_, criterion, address)
    return open_


def _raised(context: Context, activity: Activity) -> Iterator[tuple[str, str]]:
    at = f"activities/{activity.id}#"
    if f"{at}dpia_criteria" in context.registry.unknown:
        yield from ((criterion, f"{at}dpia_criteria") for criterion in CRITERIA)
    if activity.automated_decision is None:
        yield "automated-decision", f"{at}automated_decision"
    elif activity.automated_decision != "none":
        yield "prevents-right-or-service", f"{at}automated_decision"
    yield from _raised_by_people(activity, at)
    yield from _raised_by_data(context, activity, at)
    yield from _raised_by_purposes(context, activity, at)
    if activity.monitoring is not None:
        yield "systematic-monitoring", f"{at}monitoring"
    if activity.ai is not None or f"{at}ai" in context.registry.unknown:
        yield "innovative-technology", f"{at}ai"


def _raised_by_people(activity: Activity, at: str) -> Iterator[tuple[str, str]]:
    """Groups that the law's vocabulary does not know, or that hold everyone."""
    if not activity.subjects:
        yield "vulnerable-subjects", f"{at}subjects"
    for subject in activity.subjects or ():
        if subject == "anyone" or subject not in vocabulary.codes("data_subjects"):
            yield "vulnerable-subjects", f"{at}subjects.{segment(subject)}"


def _raised_by_data(context: Context, activity: Activity, at: str) -> Iterator[tuple[str, str]]:
    """Data that may reveal special categories, and the scale of those that are."""
    if not activity.data:
        yield "sensitive-data", f"{at}data"
    core = [code for code in context.registry.organisation.core_activities or () if code.startswith("large-scale-")]
    for name, group in groups_of(activity).items():
        address = f"{at}data.{segment(name)}"
        if not group.categories:
            yield "sensitive-data", f"{address}.categories"
        for code in group.categories or ():
            flag = category_flag(context.registry, code)
            if flag in ("watch", "own") and group.reveals_nothing is None:
                yield "sensitive-data", f"{address}.categories.{segment(code)}"
            elif flag in ("art9", "art10") and core:
                yield "large-scale", "organisation#core_activities"
            if like(context, code) in EVALUATIONS:
                yield "scoring", f"{address}.categories.{segment(code)}"
            elif like(context, code) in BIOMETRIC:
                yield "innovative-technology", f"{address}.categories.{segment(code)}"


def _raised_by_purposes(context: Context, activity: Activity, at: str) -> Iterator[tuple[str, str]]:
    """Purposes that often monitor, evaluate, match or refuse, without saying so."""
    for name, purpose in purposes_of(activity).items():
        address = f"{at}purposes.{segment(name)}"
        if purpose.kind == "employee-control":
            yield "systematic-monitoring", f"{address}.kind"
        elif purpose.kind == "credit-assessment":
            yield "prevents-right-or-service", f"{address}.kind"
        if purpose.profiling is None and f"{address}.profiling" in context.registry.unknown:
            yield "scoring", f"{address}.profiling"
        reuse = purpose.further_processing
        if reuse is not None and "." in (reuse.of or ""):
            yield "matching", f"{address}.further_processing.of"
        if purpose.children is not None:
            yield "vulnerable-subjects", f"{address}.children"


def code_at(context: Context, address: str) -> tuple[str, str] | None:
    """The list and the code that an address of a fact ends in, for a reader's label; None where no list has words for it."""
    path = split(address)[1]
    if len(path) > 1 and path[-2] in CODE_LISTS:
        return CODE_LISTS[path[-2]], path[-1]
    if path[-1:] == ("kind",):
        kind = context.registry.value(address)
        return ("purpose_kinds", str(kind)) if path[0] == "purposes" else ("organisation_kinds", str(kind))
    return None

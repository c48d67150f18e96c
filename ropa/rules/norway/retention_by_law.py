"""Periods that Norwegian acts set: bookkeeping (and where its material lies) and anti-money-laundering.

Bokføringsloven § 13 with its regulation; hvitvaskingsloven § 30 with its regulation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ropa.context.context import Context, PlacedRetention
from ropa.findings.finding import Breach
from ropa.law import vocabulary
from ropa.model.records_common import Retention
from ropa.model.text import days, parts
from ropa.rules.law_references import cited_acts
from ropa.rules.stock_words import tells_of_decision

BOOKKEEPING_ACT: Final = "lov-2004-11-19-73"
BOOKKEEPING_REGULATION: Final = "forskrift-2004-12-01-1558"
BOOKKEEPING: Final = frozenset({BOOKKEEPING_ACT, BOOKKEEPING_REGULATION})
AML_REGULATION: Final = "forskrift-2018-09-14-1324"
AML: Final = frozenset({"lov-2018-06-01-23", AML_REGULATION})
LAWYERS: Final = "6-3"
"""Of the regulation on money laundering: lawyers may keep as long as the client relationship lasts."""

PERMANENT: Final = "permanent"
SESSION: Final = "session"
YEAR_END: Final = "financial-year-end"
RELATIONSHIP_END: Final = frozenset({"customer-relationship-end", "transaction"})
ERASES: Final = frozenset({"delete", "anonymise"})


class Length(NamedTuple):
    """A duration in days, as durations are compared, and in months where it is written in years and months: 60 months are 5 years."""

    days: float
    months: float | None

    def reaches(self, other: Length) -> bool:
        """Whether it is at least as long."""
        return self.days >= other.days or (self.months is not None and other.months is not None and self.months >= other.months)

    def exceeds(self, other: Length) -> bool:
        """Whether it is longer."""
        longer = self.months is None or other.months is None or self.months > other.months
        return self.days > other.days and longer

    def and_more(self, other: Length) -> Length:
        """The two together."""
        return Length(self.days + other.days, None if self.months is None or other.months is None else self.months + other.months)


def length(duration: str) -> Length:
    """The length of a duration; ``session`` has none, ``permanent`` no end."""
    if duration in (PERMANENT, SESSION):
        endless = float("inf") if duration == PERMANENT else 0.0
        return Length(endless, endless)
    written = parts(duration)
    in_months = all(unit in ("year", "month") for _, unit in written)
    months = sum(number * (12 if unit == "year" else 1) for number, unit in written) if in_months else None
    return Length(days(duration) or 0.0, months)


LONGEST_FINANCIAL_YEAR: Final = length("18 months")
"""Regnskapsloven § 1-7: by so much a period may have to be longer that starts before the year's end."""

SHORT: Final = "3 years 6 months"
ORDINARY: Final = "5 years"
LONG: Final = "10 years"
PETROLEUM: Final = "15 years"
DUTY: Final[Mapping[str, str]] = {
    **dict.fromkeys(("annual-accounts", "specification", "voucher", "auditor-correspondence"), ORDINARY),
    **dict.fromkeys(("contract", "correspondence", "price-list", "hours"), SHORT),
    **dict.fromkeys(("capital-goods", "project-accounts"), LONG),
}
"""Bokføringsloven § 13 first and second paragraph, bokføringsforskriften § 7-3: how long by material."""


class SpecialDuty(NamedTuple):
    """A section of the regulation with a period of its own.

    `any_start` where it names no start, or another one; `at_least` where it sets no more than a minimum.
    """

    period: str
    any_start: bool = False
    at_least: bool = False


SPECIAL: Final[Mapping[str, SpecialDuty]] = {
    "8-1-5": SpecialDuty(LONG, any_start=True),
    "8-5-7": SpecialDuty(SHORT),
    "8-8-5": SpecialDuty(LONG, any_start=True),
    "8-9-4": SpecialDuty(PETROLEUM, any_start=True, at_least=True),
    "8-10-7": SpecialDuty(ORDINARY, any_start=True),
    "8-13-4": SpecialDuty(LONG),
}


def _resting_on(context: Context, acts: frozenset[str]) -> Iterator[tuple[PlacedRetention, Mapping[str, set[str]]]]:
    """The retentions that rest on one of some acts, with the acts and sections that each cites."""
    for placed in context.written_retentions:
        if placed.retention.law is None:
            continue
        cited = cited_acts(context, placed.retention.law)
        if not acts.isdisjoint(cited):
            yield placed, cited


# --- bookkeeping ------------------------------------------------------------------------------------------------------


def bookkeeping_retention_wrong(context: Context) -> Iterator[Breach]:
    """Accounting material that is kept too short, or longer than the duty without another ground."""
    for placed, acts in _resting_on(context, BOOKKEEPING):
        yield from _bookkeeping(placed, acts)


def _bookkeeping(placed: PlacedRetention, acts: Mapping[str, set[str]]) -> Iterator[Breach]:
    rule, retention = "bookkeeping-retention-wrong", placed.retention
    special = next((SPECIAL[section] for section in sorted(acts.get(BOOKKEEPING_REGULATION, ())) if section in SPECIAL), None)
    period = retention.period
    if period is None:
        if retention.until:
            yield Breach(rule, f"{placed.address}.period", "until-only", {"duty": _duty(retention, special) or ORDINARY})
        return
    if _is_decided(retention) or period == PERMANENT:
        return
    duty = _duty(retention, special)
    from_year_end = retention.from_ in (None, YEAR_END) or (special is not None and special.any_start)
    kept, due = length(period), length(duty or ORDINARY)
    params = {"period": period, "duty": duty or ORDINARY, "from": retention.from_ or ""}
    if not kept.reaches(length(duty or SHORT)):
        yield Breach(rule, f"{placed.address}.period", "too-short", {**params, "duty": duty or SHORT})
    elif duty is None and from_year_end and not kept.reaches(due):
        yield Breach(rule, f"{placed.address}.period", "material", params, "warning")
    if not from_year_end and not kept.reaches(due.and_more(LONGEST_FINANCIAL_YEAR)):
        yield Breach(rule, f"{placed.address}.from", "start", params)
    elif kept.exceeds(due) and not (retention.because or set(acts) - BOOKKEEPING or (special is not None and special.at_least)):
        yield Breach(rule, f"{placed.address}.period", "too-long", params, "warning")


def _duty(retention: Retention, special: SpecialDuty | None) -> str | None:
    """How long the law asks for: by the section that it names, else by the material; None where neither is said."""
    if special is not None:
        return special.period
    return DUTY.get(retention.material) if retention.material is not None else None


def _is_decided(retention: Retention) -> bool:
    """Whether the reason tells of a single decision, § 13 fifth paragraph."""
    return any(tells_of_decision(text) for text in (retention.because or {}).values())


# --- money laundering -------------------------------------------------------------------------------------------------


def aml_retention_wrong(context: Context) -> Iterator[Breach]:
    """Customer due diligence that is kept too short, too long, from another day, or not deleted. Binds obliged entities only."""
    if context.registry.organisation.aml_obliged is not True:
        return
    for placed, acts in _resting_on(context, AML):
        yield from _aml(placed, acts)


def _aml(placed: PlacedRetention, acts: Mapping[str, set[str]]) -> Iterator[Breach]:
    rule, retention, related = "aml-retention-wrong", placed.retention, ("organisation#aml_obliged",)
    if retention.then is not None and retention.then not in ERASES:
        yield Breach(rule, f"{placed.address}.then", "not-deleted", {"then": retention.then}, related=related)
    if LAWYERS in acts.get(AML_REGULATION, ()):
        return
    other_law = bool(set(acts) - AML)
    if not other_law and _starts_elsewhere(retention.from_):
        yield Breach(rule, f"{placed.address}.from", "start", {"from": retention.from_ or ""}, related=related)
    if retention.period is None:
        if retention.until:
            yield Breach(rule, f"{placed.address}.period", "until-only", related=related)
        return
    variant = _aml_period(retention, other_law)
    if variant is not None:
        yield Breach(rule, f"{placed.address}.period", variant, {"period": retention.period}, related=related)


def _starts_elsewhere(event: str | None) -> bool:
    """Whether a period starts from a shipped event that is neither end; an event of the officer's own may be one of them."""
    return event is not None and event not in RELATIONSHIP_END and event in vocabulary.codes("events")


def _aml_period(retention: Retention, other_law: bool) -> str | None:
    """What is wrong with a period: 5 years, or 10 after enhanced measures unless a reason tells that the risk was not high after all."""
    kept = length(retention.period or "")
    shortest = length(ORDINARY if retention.enhanced is not True or retention.because else LONG)
    longest = length(LONG if retention.enhanced is True else ORDINARY)
    if not kept.reaches(shortest):
        return "too-short-enhanced" if retention.enhanced is True and not retention.because else "too-short"
    if kept.exceeds(longest) and not other_law:
        return "over-ten-years" if kept.exceeds(length(LONG)) else "too-long"
    return None


RETENTION_BY_LAW = (bookkeeping_retention_wrong, aml_retention_wrong)

"""Runs the rules: which apply, which breaches stand. Knows no wording and no lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ropa.context.context import Context
from ropa.context.uses import Uses
from ropa.findings.catalogue import RuleEntry, entries
from ropa.findings.finding import Breach
from ropa.law.references import NORWAY
from ropa.source.address import Addresses, split
from ropa.source.halves import ENOUGH, side_by_side

Rule = Callable[[Context], Iterator[Breach]]

SILENCED_BY: Final[dict[str, frozenset[str]]] = {
    "legal-obligation-without-law": frozenset({"contractual-duty-as-legal-obligation", "law-reference-unknown"}),
    "law-reference-unknown": frozenset({"contractual-duty-as-legal-obligation"}),
    "public-task-without-law": frozenset({"law-reference-unknown"}),
    "adequacy-scope-mismatch": frozenset({"dpf-recipient-not-certified", "adequacy-not-listed", "adequacy-expired"}),
    "dpf-recipient-not-certified": frozenset({"adequacy-scope-mismatch"}),
    "transfer-assessment-missing": frozenset({"scc-obsolete"}),
    "transfer-without-mechanism": frozenset({"onward-transfer-undeclared"}),
    "consent-data-kept-after-withdrawal": frozenset({"retention-missing"}),
    "open-ended-list": frozenset({"purpose-too-vague"}),
    "dpia-two-criteria": frozenset({"dpia-mandatory-missing"}),
    "notice-language-missing": frozenset(
        {
            "purpose-missing",
            "legitimate-interest-not-named",
            "mandatory-provision-undeclared",
            "automated-decision-undeclared",
            "joint-controller-essence-missing",
            "terminal-storage-facts-missing",
            "transfer-copy-means-missing",
            "article-14-timing-missing",
        }
    ),
}
"""The most specific rule speaks: at one address (or below it), the rule on the left is silent where one on the right speaks."""

ACTIVITIES: Final = "activities/"
MEDIA_ARTICLES: Final = ("24", "26", "28", "29", "32", "33(2)", "40", "41", "42", "43")
"""What binds media under personopplysningsloven § 3 third paragraph."""


def name_of(rule: Rule) -> str:
    """A rule's name in the catalogue: its function's name with hyphens."""
    return rule.__name__.replace("_", "-")


def run(rules: Iterable[Rule], context: Context) -> list[Breach]:
    """The breaches of all rules that apply, without those that must stay silent, in order of address."""
    binding = [rule for rule in rules if _binds(entries().get(name_of(rule)), context)]
    standing = [breach for breach in _found(binding, context) if not _speaks_of_broken(breach, context)]
    if any(activity.expression for activity in context.registry.activities.values()):
        uses = Uses(context)
        standing = [judged for judged in (_expression(breach, context, uses) for breach in standing) if judged is not None]
    return sorted(_unsilenced(standing), key=lambda breach: (breach.address, breach.rule, breach.variant))


def _found(rules: Sequence[Rule], context: Context) -> list[Breach]:
    """What all rules find, in their order.

    In a registry of thousands of activities two processes share them: the first tenth, the rules that read sentences,
    takes as long as the rest.
    """
    if len(context.registry.activities) < ENOUGH or len(rules) < 2:
        return [breach for rule in rules for breach in rule(context)]
    tenth = len(rules) // 10
    first, second = side_by_side(
        lambda: [breach for rule in rules[:tenth] for breach in rule(context)],
        lambda: [breach for rule in rules[tenth:] for breach in rule(context)],
        list[Breach],
    )
    return first + second


def _binds(entry: RuleEntry | None, context: Context) -> bool:
    """Whether a rule of one country's law binds the organisation; all others do. Who says no country is taken to be at home in Norway."""
    if entry is None or not entry.country:
        return True
    if context.registry.organisation.country is None:
        return entry.country == NORWAY
    return context.is_bound_by(entry.country, data_protection_act=entry.data_protection_act)


def _speaks_of_broken(breach: Breach, context: Context) -> bool:
    """Whether a breach stands at or below a value of a wrong shape, which is neither present nor missing."""
    broken = context.registry.broken
    if not broken:
        return False
    if breach.rule == "recipient-reference-unknown":  # its address is broken because of it; a broken `party` inside is another's
        return f"{breach.address}.party" in broken
    return any(broken.at_or_above(breach.address)) or split(breach.address)[0] in context.registry.unreadable


def _expression(breach: Breach, context: Context, uses: Uses) -> Breach | None:
    """Personopplysningsloven § 3: media are bound by a few articles only; for others who express themselves an error is a warning."""
    exempt = _expressions(breach.address, context, uses)
    if not exempt or None in exempt or entries()[breach.rule].formal or _binds_expression(breach.rule):
        return breach
    if exempt == {"media"}:
        return None
    severity = breach.severity or entries()[breach.rule].severity
    if severity != "error":
        return breach
    return replace(breach, severity="warning")


def _expressions(address: str, context: Context, uses: Uses) -> set[str | None]:
    """What the activities say of expression that a place belongs to: its own, or all that stand behind the record."""
    record, path = split(address)
    return {context.registry.activities[name].expression for name in uses.activities_behind(record, path[0] if path else None)}


def _binds_expression(rule: str) -> bool:
    provisions = entries()[rule].provisions
    gdpr = provisions.split(";")[0].removeprefix("GDPR").replace(" ", "").split(",")
    return any(text.split("(")[0] in MEDIA_ARTICLES or text in MEDIA_ARTICLES for text in gdpr)


def _unsilenced(breaches: list[Breach]) -> list[Breach]:
    spoken: dict[str, list[str]] = {}
    for breach in breaches:
        spoken.setdefault(breach.rule, []).append(breach.address)
    by_rule = {rule: Addresses(addresses) for rule, addresses in spoken.items()}
    return [
        breach
        for breach in breaches
        if not any(_speaks_near(breach.address, by_rule.get(rule)) for rule in SILENCED_BY.get(breach.rule, ()))
    ]


def _speaks_near(address: str, spoken: Addresses | None) -> bool:
    return spoken is not None and (any(spoken.at_or_above(address)) or any(spoken.at_or_below(address)))

"""Which findings are accepted, and what is wrong with the acceptances themselves (docs/format.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ropa.findings.catalogue import entries, entry
from ropa.findings.finding import Accepted, Breach, Finding
from ropa.model.records import Acceptance
from ropa.model.registry import Registry
from ropa.schema.names import nearest
from ropa.source.address import address as join
from ropa.source.address import covers

ACCEPTABLE_FORMAL = frozenset({"placeholder"})
MOST_YEARS_AHEAD = 2


def accept(
    findings: Sequence[Finding], registry: Registry, today: date | None, judged: Collection[str]
) -> tuple[list[Finding], list[Breach]]:
    """The findings with the accepted ones marked, and the breaches of the acceptances.

    An acceptance that is invalid or expired accepts nothing; of a wrong shape the file's own finding speaks.
    `judged` are the names of the rules that ran: an acceptance of another rule is not called unused.
    """
    valid: list[tuple[str, Acceptance, str]] = []
    breaches: list[Breach] = []
    for name, acceptance in registry.accepted.items():
        wrong = list(_invalid(name, acceptance, today))
        breaches.extend(breach for breach in wrong if not any(registry.broken.at_or_below(breach.address)))
        rule = entry(acceptance.rule or "")
        if wrong or rule is None:
            continue
        if today is not None and date.fromisoformat(acceptance.until or "") < today:
            breaches.append(Breach("acceptance-expired", f"accepted#{name}.until", "expired", _words(name, acceptance)))
        else:
            valid.append((name, acceptance, rule.name))
    marked, used = _mark(findings, valid, registry)
    breaches.extend(_unused(valid, used, judged))
    return marked, breaches


def _words(name: str, acceptance: Acceptance) -> dict[str, str]:
    return {"acceptance": name, "until": acceptance.until or "", "rule": acceptance.rule or "", "by": acceptance.by or ""}


def _invalid(name: str, acceptance: Acceptance, today: date | None) -> Iterator[Breach]:
    at = f"accepted#{name}"
    words = _words(name, acceptance)
    if not acceptance.rule:
        yield Breach("acceptance-invalid", f"{at}.rule", "no-rule", words)
    else:
        rule = entry(acceptance.rule)
        if rule is None:
            near = nearest(acceptance.rule, entries()) or ""
            yield Breach("acceptance-invalid", f"{at}.rule", "unknown-rule-near" if near else "unknown-rule", {**words, "nearest": near})
        elif rule.formal and rule.name not in ACCEPTABLE_FORMAL:
            yield Breach("acceptance-invalid", f"{at}.rule", "formal-rule", {**words, "rule": rule.name})
    for key, value in (
        ("address", acceptance.address),
        ("because", acceptance.because),
        ("by", acceptance.by),
        ("until", acceptance.until),
    ):
        if not value:
            yield Breach("acceptance-invalid", f"{at}.{key}", f"no-{key}", words)
    yield from _end_date(at, acceptance, words, today)


def _end_date(at: str, acceptance: Acceptance, words: dict[str, str], today: date | None) -> Iterator[Breach]:
    if not acceptance.until:
        return
    try:
        until = date.fromisoformat(acceptance.until)
    except ValueError:
        yield Breach("acceptance-invalid", f"{at}.until", "no-until", words)
        return
    if today is not None and until > _years_after(today, MOST_YEARS_AHEAD):
        yield Breach("acceptance-invalid", f"{at}.until", "too-long", words)


def _years_after(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _mark(
    findings: Sequence[Finding], valid: Sequence[tuple[str, Acceptance, str]], registry: Registry
) -> tuple[list[Finding], set[tuple[str, str]]]:
    by_rule: dict[str, list[tuple[str, Acceptance]]] = {}
    for name, acceptance, rule in valid:
        by_rule.setdefault(rule, []).append((name, acceptance))
    used: set[tuple[str, str]] = set()
    marked = []
    for found in findings:
        finding = found
        for name, acceptance in by_rule.get(finding.name, ()):
            hits = [address for address in acceptance.address or () if covers(address, finding.address)]
            used.update((name, address) for address in hits)
            if hits and finding.accepted is None:
                finding = replace(
                    finding, accepted=Accepted(name, registry.text(acceptance.because), acceptance.by or "", acceptance.until or "")
                )
        marked.append(finding)
    return marked, used


def _unused(valid: Sequence[tuple[str, Acceptance, str]], used: set[tuple[str, str]], judged: Collection[str]) -> Iterator[Breach]:
    for name, acceptance, rule in valid:
        for address in acceptance.address or ():
            if (name, address) not in used and rule in judged:
                place = join("accepted", (name, "address", address))
                yield Breach(
                    "acceptance-unused", place, "unused", {**_words(name, acceptance), "rule": rule, "address": address}, value=address
                )

"""The explanation of a rule: as data, as a page for the terminal, and the list of all rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from ropa.findings.catalogue import RuleEntry, entries, explanation, texts_language
from ropa.findings.provisions import provisions
from ropa.law import countries, overlays, store
from ropa.report.terminal import Style
from ropa.report.words import indented, paragraph, tag_meaning, words
from ropa.rules.case_files import REPLACE, Case, cases_of
from ropa.source.write import block_style, json_text

KINDS: Final = ("wrong", "right", "exception")
_GONE: Final = "left-out-in-this-case"
_GONE_LINE: Final = re.compile(rf"^( *)(.+): {_GONE}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One case for people: what it says, and the part of the registry that it changes, as YAML."""

    name: str
    kind: str
    says: str
    yaml: str
    points_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """What a person can know about a rule.

    `binds` says whom a rule of one country's law binds; `accept` is YAML, or None for what cannot be accepted.
    """

    code: str
    name: str
    severity: str
    group: str
    binds: str
    title: str
    checks: str
    why: str
    severity_because: str
    question: str
    exceptions: tuple[str, ...]
    provisions: tuple[str, ...]
    verified: str
    verified_meaning: tuple[str, ...]
    messages: dict[str, dict[str, str | None]]
    cases: tuple[ShownCase, ...]
    accept: str | None


def explained(rule: RuleEntry, language: str) -> ExplainedRule:
    """Everything there is to say of a rule, in a language."""
    told = explanation(rule.name, language)
    return ExplainedRule(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        group=rule.group,
        binds=_binds(rule, language),
        title=told.get("title", ""),
        checks=told.get("checks", ""),
        why=told.get("why", ""),
        severity_because=told.get("severity", ""),
        question=told.get("question", ""),
        exceptions=tuple(told.get("exceptions", ())),
        provisions=provisions(rule.provisions, language),
        verified=rule.verified,
        verified_meaning=tuple(f"{tag}: {tag_meaning(tag, language)}" for tag in sorted(store.tags_in(rule.verified.replace("/", " ")))),
        messages={name: {"message": entry["message"], "fix": entry.get("fix")} for name, entry in told.get("messages", {}).items()},
        cases=tuple(_shown(case, language) for case in cases_of(rule.name)),
        accept=accept_yaml(rule),
    )


def _binds(rule: RuleEntry, language: str) -> str:
    """Whom a rule of one country's law binds; nothing of a rule that binds all."""
    if not rule.country:
        return ""
    reach = "binds-targeting" if rule.data_protection_act and overlays.reaches_targeting(rule.country) else "binds-established"
    return words(reach, language, country=countries.name(rule.country, texts_language(language)))


def _shown(case: Case, language: str) -> ShownCase:
    points_at = tuple(expected.address for expected in case.expect)
    return ShownCase(case.name, case.kind, case.says[texts_language(language)], _case_yaml(case, language), points_at)


def _case_yaml(case: Case, language: str) -> str:
    """What the case writes in the registry, file by file; what it leaves out stands as a comment in its place."""
    left_out = words("left-out", language)
    parts = []
    for record, change in case.change.items():
        if change is None:
            parts.append(f"# {record}.yaml: {left_out}\n")
        else:
            parts.append(f"# {record}.yaml\n" + _GONE_LINE.sub(rf"\1# \2: {left_out}", block_style(_written(change))))
    return "\n".join(parts) or f"# {words('unchanged', language)}\n"


def _written(change: Any) -> Any:
    """A change as the registry has it in the end: what replaces stands itself, what is taken away is marked."""
    if change is None:
        return _GONE
    if not isinstance(change, dict):
        return change
    return _written(change[REPLACE]) if set(change) == {REPLACE} else {key: _written(item) for key, item in change.items()}


def accept_yaml(rule: RuleEntry) -> str | None:
    """What to write in `accepted.yaml`; None for a formal finding other than a placeholder, which only a change of the file ends."""
    if rule.formal and rule.name != "placeholder":
        return None
    where = next((address for address in rule.address if "#" in address), "activities/…")
    place = where.replace("*", "…")
    return f'…:\n  rule: {rule.name}\n  address: "{place}"\n  because: …\n  by: personvernombud\n  until: …\n'


# --- forms -----------------------------------------------------------------------------------------------------------


def as_json(rule: ExplainedRule, language: str) -> str:
    """One rule as JSON."""
    return json_text({"version": 1, "language": texts_language(language), "rule": asdict(rule)})


def list_as_json(language: str) -> str:
    """All rules as JSON, without their cases."""
    listed = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "group": rule.group,
            "country": rule.country or None,
            "title": told["title"],
            "provisions": list(provisions(rule.provisions, language)),
        }
        for rule, told in _with_words(language)
    ]
    return json_text({"version": 1, "language": texts_language(language), "rules": listed})


def _with_words(language: str) -> Iterator[tuple[RuleEntry, Any]]:
    return ((rule, explanation(rule.name, language)) for rule in entries().values())


def list_as_text(language: str, style: Style) -> str:
    """All rules by group, one line each."""
    lines: list[str] = []
    group = ""
    for rule, told in _with_words(language):
        if rule.group != group:
            group = rule.group
            lines.extend(("", style("bold", _group(group, language))))
        severity = words(rule.severity, language)
        lines.append(f"  {rule.code}  {style(rule.severity, f'{severity:<10}')}  {rule.name:<44} {told['title']}")
    lines.extend(("", words("rules-summary", language, n=len(entries()))))
    return "\n".join(lines[1:]) + "\n"


def as_text(rule: ExplainedRule, language: str, style: Style) -> str:
    """One rule as a page for the terminal."""
    return "\n".join(_page(rule, language, style)) + "\n"


def severity_told(rule: ExplainedRule, word: str) -> str:
    """How bad a rule's findings are, and why: ``word`` stands once, also where the reason begins with it."""
    opening = rule.severity_because.casefold().split(",")[0].split()[:2]
    return rule.severity_because if word.casefold() in opening else f"{word.capitalize()}. {rule.severity_because}"


def _page(rule: ExplainedRule, language: str, style: Style) -> Iterator[str]:
    yield f"{style('bold', f'{rule.code} {rule.name}')} ({_group(rule.group, language)})"
    yield rule.title
    yield from _told("checks", [rule.checks], language, style)
    yield from _told("why", [rule.why], language, style)
    yield from _told("provisions", rule.provisions, language, style)
    yield from _told("binds", [rule.binds], language, style)
    yield from _told("severity", [severity_told(rule, words(rule.severity, language))], language, style)
    yield from _told("question", [rule.question], language, style)
    yield from _told("exceptions", rule.exceptions, language, style, bullet="  - ")
    for kind in KINDS:
        yield from _cases(kind, [case for case in rule.cases if case.kind == kind], language, style)
    yield from _told("verified", rule.verified_meaning, language, style)
    yield from _acceptance(rule, language, style)


def _group(group: str, language: str) -> str:
    """The heading of a group of rules in a language; the index has the English one."""
    return words(f"group-{group.partition('.')[0]}", language)


def _told(heading: str, texts: Iterable[str], language: str, style: Style, bullet: str | None = None) -> Iterator[str]:
    said = [text for text in texts if text]
    if said:
        yield ""
        yield style("bold", words(heading, language))
        yield from (paragraph(text, "  " if bullet is None else " " * len(bullet), bullet) for text in said)


def _cases(kind: str, cases: list[ShownCase], language: str, style: Style) -> Iterator[str]:
    if not cases:
        return
    yield ""
    yield style("bold", words(kind, language))
    for number, case in enumerate(cases):
        if number:
            yield ""
        yield paragraph(case.says)
        yield from indented(case.yaml)


def _acceptance(rule: ExplainedRule, language: str, style: Style) -> Iterator[str]:
    yield ""
    yield style("bold", words("accept", language))
    if rule.accept is None:
        yield paragraph(words("no-accept", language))
        return
    yield paragraph(words("accept-intro", language))
    yield from indented(rule.accept)

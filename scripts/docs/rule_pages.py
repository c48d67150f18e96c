"""``docs/rules``: a page for each rule, from catalogues and cases, and an index of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ropa.findings.catalogue import entries, explanation
from ropa.report.rules import KINDS, ExplainedRule, ShownCase, explained, severity_told
from ropa.report.words import words
from scripts.docs.markdown import block, code, escaped, table

LANGUAGE: Final = "en"
INDEX: Final = "README.md"

INTRODUCTION: Final = """# The rules

Each rule has a code that is never used again and a name; both work everywhere. `ropa rule NAME` shows the same page in the terminal, in
Bokmål or English. [By provision](by-provision.md) leads from an article or a section to the rules that rest on it.
"""


def pages() -> dict[str, str]:
    """The index and the rules' pages by file name."""
    told = [explained(rule, LANGUAGE) for rule in entries().values()]
    return {INDEX: _index(told), **{f"{rule.name}.md": _page(rule) for rule in told}}


def _index(rules: Iterable[ExplainedRule]) -> str:
    by_group: dict[str, list[ExplainedRule]] = {}
    for rule in rules:
        by_group.setdefault(rule.group, []).append(rule)
    lines = [INTRODUCTION]
    for group, members in by_group.items():
        lines.extend((f"## {group}", ""))
        lines.extend(table(("code", "name", "severity", "says"), (_index_row(rule) for rule in members)))
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _index_row(rule: ExplainedRule) -> tuple[str, ...]:
    return rule.code, f"[{rule.name}]({rule.name}.md)", rule.severity, rule.title


def _page(rule: ExplainedRule) -> str:
    lines = [f"# {rule.code} {rule.name}", "", f"{escaped(rule.title)}. *{escaped(_norwegian_title(rule))}.*", ""]
    facts = [("severity", severity_told(rule, rule.severity)), ("group", rule.group)]
    facts += [("provisions", "; ".join(rule.provisions))] if rule.provisions else []
    facts += [("binds", rule.binds)] if rule.binds else []
    facts += [("verified", "; ".join(rule.verified_meaning))] if rule.verified_meaning else []
    lines.extend(table(("", ""), facts))
    lines.extend(("", "## Checks", "", escaped(rule.checks), "", "## Why", "", escaped(rule.why), ""))
    if rule.question:
        lines.extend((f"## {words('question', LANGUAGE)}", "", escaped(rule.question), ""))
    if rule.exceptions:
        lines.extend(("## Exceptions", "", *(f"- {escaped(text)}" for text in rule.exceptions), ""))
    lines.extend(_messages(rule))
    for kind in KINDS:
        lines.extend(_cases(kind, [case for case in rule.cases if case.kind == kind]))
    lines.extend(_acceptance(rule))
    return "\n".join(lines).rstrip("\n") + "\n"


def _norwegian_title(rule: ExplainedRule) -> str:
    return str(explanation(rule.name, "nb")["title"])


def _messages(rule: ExplainedRule) -> Iterator[str]:
    norwegian = explanation(rule.name, "nb")["messages"]
    yield "## Messages"
    yield ""
    yield "Names in braces are filled in with the registry's own."
    yield ""
    for name, entry in rule.messages.items():
        yield f"**{name}**: {escaped(str(entry['message']))}"
        yield ""
        yield f"> {escaped(str(norwegian.get(name, {}).get('message', '')))}"
        yield ""
        if entry["fix"]:
            yield from block("yaml", str(entry["fix"]))
            yield ""


def _cases(kind: str, cases: list[ShownCase]) -> Iterator[str]:
    if not cases:
        return
    yield f"## {words(kind, LANGUAGE)}"
    yield ""
    yield words("cases-intro", LANGUAGE)
    yield ""
    for case in cases:
        yield f"{escaped(case.says)}:"
        yield ""
        yield from block("yaml", case.yaml)
        yield ""
        if case.points_at:
            yield f"Points at {', '.join(code(address) for address in case.points_at)}."
            yield ""


def _acceptance(rule: ExplainedRule) -> Iterator[str]:
    yield f"## {words('accept', LANGUAGE)}"
    yield ""
    if rule.accept is None:
        yield words("no-accept", LANGUAGE)
        return
    yield words("accept-intro", LANGUAGE)
    yield ""
    yield from block("yaml", rule.accept)

"""``docs/rules/by-provision.md``: from an article of the Regulation or a section of an act to the rules that rest on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ropa.findings.catalogue import RuleEntry, entries
from ropa.law import acts, gdpr
from ropa.law.explain import Reference, citations_in
from scripts.docs.markdown import table

FILE: Final = "by-provision.md"
_NUMBERS: Final = re.compile(r"\d+|\D+")
_PLACE_IN_OTHER_ACT: Final = re.compile(r"\bArt\b|§")

INTRODUCTION: Final = """# The rules by provision

Which rules rest on a provision: an article of the Regulation, a section of a Norwegian act, another act, or a judgment. A rule that cites
a whole article stands at the article. `ropa law REF` answers the same of one reference in the terminal, and says how it was verified.
"""

Resting = Mapping[Reference, list[RuleEntry]]


def page() -> str:
    """The whole index."""
    resting = _resting()
    parts = [INTRODUCTION, *_regulation(resting), *_acts(resting), *_others(resting)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _resting() -> Resting:
    """The rules that rest on each provision, in order of their codes."""
    found: dict[Reference, list[RuleEntry]] = {}
    for rule in entries().values():
        for reference in citations_in(rule.provisions):
            found.setdefault(reference, []).append(rule)
    return found


def _regulation(resting: Resting) -> Iterator[str]:
    """The Regulation: a table an article, then its recitals."""
    yield from ("## The Regulation (GDPR)", "")
    articles: dict[int, list[Reference]] = {}
    for reference in resting:
        if reference.kind == "article" and reference.provision is not None:
            articles.setdefault(reference.provision.article, []).append(reference)
    for number in sorted(articles):
        yield from (f"### Article {number}. {gdpr.article_title(number)}", "")
        yield from _rows(resting, articles[number])
    recitals = [reference for reference in resting if reference.kind == "recital"]
    if recitals:
        yield from ("### Recitals", "")
        yield from _rows(resting, recitals)


def _acts(resting: Resting) -> Iterator[str]:
    """Norwegian acts and regulations by their short names: a table an act."""
    by_act: dict[str, list[Reference]] = {}
    for reference in resting:
        if reference.kind == "section":
            by_act.setdefault(reference.act_id, []).append(reference)
    yield from ("## Norwegian acts and regulations", "")
    for name, identifier in sorted((_short_name(identifier), identifier) for identifier in by_act):
        yield from (f"### {name[0].upper()}{name[1:]}", "")
        yield from _rows(resting, by_act[identifier])


def _short_name(identifier: str) -> str:
    act = acts.act(identifier)
    assert act is not None, "a resolved reference names an act of the data"
    return act.short_name


def _others(resting: Resting) -> Iterator[str]:
    """Other acts, then judgments. Guidelines and remarks are no provisions; each rule's own page has them."""
    others = [reference for reference in resting if reference.kind == "other" and _PLACE_IN_OTHER_ACT.search(reference.text)]
    judgments = [reference for reference in resting if reference.kind == "case"]
    for heading, references in (("Other acts", others), ("Judgments of the Court of Justice", judgments)):
        if references:
            yield from (f"## {heading}", "")
            yield from _rows(resting, references)


def _rows(resting: Resting, references: Iterable[Reference]) -> Iterator[str]:
    ordered = sorted(references, key=lambda reference: _natural(_place(reference)))
    yield from table(("provision", "rules"), ((_place(reference), ", ".join(map(_link, resting[reference]))) for reference in ordered))
    yield ""


def _place(reference: Reference) -> str:
    """A provision as it stands under the heading that names its act."""
    if reference.provision is not None:
        return str(reference.provision)
    if reference.kind != "section":
        return reference.text
    return f"§ {reference.section}" + (f" {gdpr.ordinal(reference.ledd)} paragraph" if reference.ledd else "")


def _natural(text: str) -> list[tuple[int, str]]:
    """Numbers in the order of their size: § 9 before § 13."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in _NUMBERS.findall(text)]


def _link(rule: RuleEntry) -> str:
    return f"[{rule.name}]({rule.name}.md)"

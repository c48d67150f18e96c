"""Every provision that a rule cites exists: in the index of rules, and in the words of every catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

import pytest

from ropa.findings.catalogue import entries, explanation
from ropa.law import acts, gdpr, gdpr_text, overlays
from ropa.law.explain import citations_in, exists

OTHER_ACTS_OF_THE_UNION: Final = ("Directive ", "Decision ", "Implementing Decision ")
"""What the data do not hold: their articles cannot be verified here."""

BRACKETS: Final = r"(?:\s?\((?:\d{1,2}|[a-z])\))*"
POINTS: Final = r"(?:\s+bokstav(?:ene)?\s+[a-z]\b(?:(?:,\s|\sog\s|\seller\s|–|-|\stil\s)[a-z]\b)*)?"
ARTICLE: Final = rf"\d+{BRACKETS}(?:\s+nr\.?\s\d+)?{POINTS}"
JOINED: Final = r"(?:,\s+(?:og\s+|and\s+|jf\.\s+)?|\s+(?:og|and|eller|or|til|to)\s+|[-–])"
ARTICLES: Final = re.compile(
    rf"(?:(?P<before>[\w-]+)\s+)?\b(?:artikkel|artiklene|articles?|arts?\.?)\s+(?P<cited>{ARTICLE}(?:{JOINED}(?:\((?:\d{{1,2}}|[a-z])\){BRACKETS}|{ARTICLE}))*)"
    r"(?P<after>(?:\s+\w+){0,4})",
    re.IGNORECASE,
)
OF_ANOTHER_ACT: Final = re.compile(
    r"direktiv|directive|beslutning|decision|avtale|agreement|konvensjon|convention|traktat|treaty", re.IGNORECASE
)
PARAGRAPHS: Final = r"(?:\s+(?:første|annet|andre|tredje|fjerde|femte|first|second|third|fourth|fifth)(?=\s|,))?(?:\s+(?:ledd|paragraph))?"
SECTION: Final = r"\d+(?:-\d+)*(?:\s?[a-d]\b(?!\s+\w+\s+(?:til|from)))?"
SECTIONS: Final = rf"{SECTION}{PARAGRAPHS}(?:{JOINED}{SECTION}{PARAGRAPHS})*"
SIGNS: Final = re.compile(rf"(?:(?P<act>[A-Za-zæøåÆØÅ-]+)\s+)?§§?\s*(?P<cited>{SECTIONS})")
WORDS: Final = re.compile(rf"\bsections?\s+(?P<cited>{SECTIONS})(?:\s+of\s+(?P<act>[\w-]+))?", re.IGNORECASE)
NUMBER: Final = re.compile(SECTION)
ACT_NAME: Final = re.compile(r"[a-zæøå]+(?:loven|lova|forskriften|forskrifta)\b", re.IGNORECASE)

DATED: Final = re.compile(r"\b(lov|forskrift) (\d{1,2})\.(\d{1,2})\.(\d{4}) nr\. (\d+)")


class Said(NamedTuple):
    """A text of a rule, and where it stands."""

    rule: str
    where: str
    text: str


def _texts(rule: str, where: str, value: Any) -> Iterator[Said]:
    if isinstance(value, str):
        yield Said(rule, where, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(rule, f"{where}.{key}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(rule, f"{where}.{number}", inner)


def _all_texts() -> Iterator[Said]:
    for rule in entries():
        for language in ("nb", "en"):
            yield from _texts(rule, language, explanation(rule, language) or {})


@cache
def _acts_of(rule: str) -> list[acts.Act]:
    """The Norwegian acts that a rule's texts name or that it rests on: to one of them a bare section belongs."""
    texts = [said.text for said in _texts(rule, "nb", explanation(rule, "nb") or {})]
    named = [found for text in texts for name in ACT_NAME.findall(text) for found in acts.find(name.lower())]
    dated = [f"{kind}-{year}-{month:0>2}-{day:0>2}-{number}" for text in texts for kind, day, month, year, number in DATED.findall(text)]
    resting = [reference.act_id for reference in citations_in(entries()[rule].provisions)]
    return [*named, *(act for identifier in (*dated, *resting) if (act := acts.act(identifier)) is not None)]


@pytest.mark.parametrize("rule", list(entries()))
def test_the_provisions_of_the_index_exist(rule: str) -> None:
    abroad = {name for overlay in overlays.overlays().values() for name in overlay.acts}
    for reference in citations_in(entries()[rule].provisions):
        if reference.kind in ("article", "recital", "section"):
            assert exists(reference) is True, reference.text
        elif "§" in reference.text:
            assert reference.text.split(" §")[0] in abroad, reference.text
        elif re.search(r"\bArt\b", reference.text):
            assert reference.text.startswith(OTHER_ACTS_OF_THE_UNION), reference.text


def _articles(said: Said) -> Iterator[str]:
    for found in ARTICLES.finditer(said.text):
        if not OF_ANOTHER_ACT.search(f"{found['before'] or ''} {found['after'] or ''}"):
            yield found["cited"]


@pytest.mark.parametrize("said", [said for said in _all_texts() if any(_articles(said))], ids=lambda said: f"{said.rule}-{said.where}")
def test_the_articles_that_the_texts_cite_exist(said: Said) -> None:
    for cited in _articles(said):
        provisions = gdpr_text.provisions(f"GDPR art. {cited}")
        assert provisions, cited
        assert [str(provision) for provision in provisions if gdpr.fault(provision) is not None] == [], cited


def _sections(said: Said) -> Iterator[tuple[str, str]]:
    """Each section that a text cites, with the word where the act's name would stand."""
    for pattern in (SIGNS, WORDS):
        for found in pattern.finditer(said.text):
            for number in NUMBER.findall(found["cited"]):
                yield found["act"] or "", number


@pytest.mark.parametrize("said", [said for said in _all_texts() if any(_sections(said))], ids=lambda said: f"{said.rule}-{said.where}")
def test_the_sections_that_the_texts_cite_exist(said: Said) -> None:
    abroad = {name for overlay in overlays.overlays().values() for name in overlay.acts}
    for name, number in _sections(said):
        if name in abroad:
            continue
        of = acts.find(name.lower()) if ACT_NAME.fullmatch(name) else _acts_of(said.rule)
        assert any(act.section(number) is not None for act in of), f"{name} § {number}"


@pytest.mark.parametrize(
    ("text", "articles", "sections"),
    [
        ("Artikkel 4 nr. 11 og 7 nr. 3", ["4 nr. 11 og 7 nr. 3"], []),
        ("Articles 13(2)(f) and 14(2)(g)", ["13(2)(f) and 14(2)(g)"], []),
        ("kommunikasjonsverndirektivet artikkel 5 nr. 3", [], []),
        ("Article 5(3) of Directive 2002/58/EC", [], []),
        ("bokføringsloven § 13 annet ledd", [], [("bokføringsloven", "13")]),
        ("§§ 12, 13 a og 16", [], [("", "12"), ("", "13 a"), ("", "16")]),
        ("Section 15 third paragraph of markedsføringsloven", [], [("markedsføringsloven", "15")]),
    ],
)
def test_citations_are_found_in_prose(text: str, articles: list[str], sections: list[tuple[str, str]]) -> None:
    said = Said("purpose-missing", "nb", text)

    assert list(_articles(said)) == articles
    assert list(_sections(said)) == sections

"""Every link of the evidence leads to a place of the built notice, and what stands there states the element."""

from __future__ import annotations

import html
import re

import pytest
import yaml

from ropa.context.context import purposes_of
from ropa.law import information
from ropa.publish.notice.public import Public
from ropa.publish.words import words_for
from tests.conftest import CHECKOUT, registries
from tests.publish.evidence.helpers import EVERY, built, checked, entries, evidence, notice_pages, places, squeezed
from tests.publish.notice.helpers import hrefs, ids

NOTICE = "../../public/notice/"
both = pytest.mark.parametrize(("name", "language"), EVERY)


@both
def test_every_link_leads_to_an_anchor_of_the_notice(name: str, language: str) -> None:
    pages = notice_pages(name)
    page = built(name, language)[f"art13-14.{language}.html"]
    outward = [href for href in hrefs(page) if href.startswith(NOTICE)]

    assert outward
    for href in outward:
        file, _, anchor = href.removeprefix(NOTICE).partition("#")
        assert file in pages, href
        assert not anchor or anchor in places(pages[file]), href


@both
def test_links_inside_and_beside_lead_somewhere(name: str, language: str) -> None:
    files = built(name, language)
    for file, page in files.items():
        if not file.endswith(".html"):
            continue
        assert len(ids(page)) == len(set(ids(page))), file
        for href in hrefs(page):
            if href.startswith("#"):
                assert href[1:] in ids(page), (file, href)
            elif not href.startswith(("../", "https:", "http:", "mailto:")):
                assert href in files, (file, href)


@both
def test_the_notice_says_there_what_the_evidence_says_that_it_says(name: str, language: str) -> None:
    for purpose, entry in entries(evidence(name, language)):
        there = [_at(name, place["href"]) for place in entry["stated_at"]]
        for line in entry["said"]:
            assert any(squeezed(line) in text for text in there), (purpose, entry["element"], line)


@both
def test_what_is_stated_is_said_somewhere(name: str, language: str) -> None:
    for purpose, entry in entries(evidence(name, language)):
        if entry["status"] in ("stated", "partly"):
            assert entry["said"], (purpose, entry["element"])
            assert entry["stated_at"], (purpose, entry["element"])
        if entry["status"] == "not-applicable":
            assert entry["why"], (purpose, entry["element"])


@both
def test_what_is_missing_or_partly_stated_is_asked_found_or_explained(name: str, language: str) -> None:
    for purpose, entry in entries(evidence(name, language)):
        if entry["status"] in ("missing", "partly"):
            assert entry["questions"] or entry["findings"] or entry["why"], (purpose, entry["element"])


def _at(name: str, href: str) -> str:
    file, _, anchor = href.removeprefix(NOTICE).partition("#")
    return places(notice_pages(name)[file])[anchor]


@both
def test_recipients_periods_and_laws_are_named_where_the_evidence_leads(name: str, language: str) -> None:
    """Asked of the registry, not of the view: the names of the recipients, the countries, the periods and the purpose's own text."""
    of = checked(name)
    public, words = Public(of.context), words_for(of.registry, evidence(name, language)["notice"]["language"])
    stated = {(purpose, entry["element"]): entry for purpose, entry in entries(evidence(name, language))}
    for told in public.purposes:

        def there(element: str, at: str = told.id) -> str:
            return "".join(_at(name, place["href"]) for place in stated[at, element]["stated_at"])

        assert squeezed(words.text(told.purpose.text).text).lower() in there("purpose").lower()
        for receipt in public.receipts_of(told):
            if receipt.party is not None:
                assert squeezed(of.registry.parties[receipt.party].name or receipt.party) in there("recipients"), told.id
        for crossing in public.crossings_of(told):
            assert squeezed(words.country(crossing.country)) in there("transfer"), told.id
            assert squeezed(of.registry.parties[crossing.party].name or "") in there("transfer"), told.id
        for law in _laws(told.purpose):
            number = law.partition("§")[2].strip()
            assert not number or squeezed(number) in there("basis"), (told.id, law)


def _laws(purpose: object) -> list[str]:
    basis = getattr(purpose, "basis", None)
    held = [getattr(basis, key, None) for key in ("legal_obligation", "public_task")]
    return [law for each in held if each is not None for law in each.law or ()][:1]


@pytest.mark.parametrize("name", registries())
def test_every_purpose_of_every_public_activity_is_there_and_no_other(name: str) -> None:
    of = checked(name)
    document = evidence(name, of.registry.language)
    public = Public(of.context)
    told = {f"{activity.id}.{purpose}" for activity in public.activities for purpose in purposes_of(activity)}

    assert {purpose["id"] for purpose in document["purposes"]} == told
    silent = {each["activity"] for each in document["untold"]}
    assert silent | {activity.id for activity in public.activities} == set(of.registry.activities)


@pytest.mark.parametrize("name", registries())
def test_every_language_gives_the_same_answers(name: str) -> None:
    answers = {
        language: [
            (purpose, entry["element"], entry["status"], entry["why"], entry["provisions"])
            for purpose, entry in entries(evidence(name, language))
        ]
        for language in checked(name).registry.languages
    }
    first, *others = answers.values()

    assert all(other == first for other in others)


def test_every_point_of_articles_13_and_14_belongs_to_an_element() -> None:
    """Read from the structure of the Regulation: each letter, and each paragraph without letters, is asked for by an element."""
    asked = {
        ref
        for element in (*information.elements("organisation").values(), *information.elements("purpose").values())
        for ref in (*element.person, *element.elsewhere)
    }
    data = CHECKOUT / "ropa" / "law" / "data" / "structure.yaml"
    structure = yaml.safe_load(data.read_text(encoding="utf-8"))["gdpr"]["articles"]
    expected = set()
    for article in ("13", "14"):
        for paragraph, points in structure[int(article)]["p"].items():
            first, _, last = points.partition("-")
            letters = [chr(code) for code in range(ord(first), ord(last) + 1)] if points else []
            expected |= {f"{article}({paragraph})({letter})" for letter in letters} or {f"{article}({paragraph})"}

    assert asked == expected


@pytest.mark.parametrize("name", registries())
def test_every_point_is_answered_for_every_purpose(name: str) -> None:
    document = evidence(name, checked(name).registry.language)
    whole = {each["provision"] for entry in document["organisation"] for each in entry["provisions"]}
    every = {ref for element in information.elements("purpose").values() for ref in (*element.person, *element.elsewhere)}
    for purpose in document["purposes"]:
        refs = {each["provision"]: each["applies"] for entry in purpose["elements"] for each in entry["provisions"]}
        assert every <= set(refs)
        assert all(applies is purpose["from_person"] for ref, applies in refs.items() if ref.startswith("13("))
        assert all(applies is purpose["from_elsewhere"] for ref, applies in refs.items() if ref.startswith("14("))
    assert {"13(1)(a)", "13(1)(b)", "13(2)(d)", "14(1)(a)", "14(1)(b)", "14(2)(e)"} <= whole


@both
def test_the_page_shows_every_entry_of_the_json(name: str, language: str) -> None:
    page = built(name, language)[f"art13-14.{language}.html"]
    shown = {html.unescape(found) for found in re.findall(r'<(?:tr|div) id="([^"]+)"', page)}

    assert shown == {f"{purpose or '_organisation'}.{entry['element']}" for purpose, entry in entries(evidence(name, language))}

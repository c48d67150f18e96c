"""The cookie declaration: who, what for, how long, and how one says no."""

from __future__ import annotations

import json
import os
from typing import Any

import jsonschema
import pytest

from tests.conftest import CHECKOUT, registries
from tests.publish.notice.helpers import built, ids, words

SCHEMA = json.loads((CHECKOUT / "schemas" / "output" / "cookies.schema.json").read_text(encoding="utf-8"))
GOLDEN = CHECKOUT / "tests" / "golden" / "cookies"


def declared(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(built(name)["cookies/cookies.json"])
    return found


@pytest.mark.parametrize("name", registries())
def test_the_json_keeps_its_schema(name: str) -> None:
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(declared(name))


@pytest.mark.parametrize("file", ["cookies.nb.md", "cookies.json"])
def test_the_declaration_is_the_golden_one(file: str) -> None:
    said = built("software-supplier")[f"cookies/{file}"]
    golden = GOLDEN / f"software-supplier.{file.removeprefix('cookies.')}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == said


def test_the_first_layer_names_categories_as_categories() -> None:
    """Labels such as "strengt nødvendig" stand in no sentence that wants a noun."""
    page = words(built("software-supplier")["cookies/cookies.nb.html"])
    assert "1 lagrer vi uten å spørre. Kategori: strengt nødvendig." in page
    assert "6 lagrer vi bare hvis du sier ja. Kategorier: markedsføring," in page


def test_every_cookie_of_the_registry_is_told_with_its_facts() -> None:
    page = words(built("software-supplier")["cookies/cookies.nb.html"])
    for fact in ("valg", "12 måneder", "Fjordkode AS, vi selv", "_mm_*", "Til du lukker nettleseren", "90 dager", "fh.pref", "For alltid"):
        assert fact in page
    assert "Lagrer ingenting" in page
    assert "Nettstedet virker like godt når du sier nei" in page
    assert "Vi spør igjen etter 12 måneder" in page
    assert "felles behandlingsansvar" in page


def test_exempt_ones_are_listed_and_historical_ones_left_out() -> None:
    page = built("software-supplier")["cookies/cookies.nb.html"]
    assert "Lagres uten samtykke" in page
    assert "Bare hvis du sier ja" in page
    assert "gammelt forum" not in page.lower()
    assert "of_id" not in page
    assert {entry["id"] for entry in declared("software-supplier")["cookies"]} == {
        "annonsepiksel",
        "besokstall",
        "kart",
        "samtykkevalg",
        "sprakvalg",
        "video",
    }


def test_what_leaves_the_eea_is_said_at_the_cookie() -> None:
    page = built("software-supplier")["cookies/cookies.nb.html"]
    assert "Maple Metrics Ltd, Canada" in page
    assert "../notice/notice.nb.html#transfers" in page
    outside = {entry["id"]: entry["outside_eea"] for entry in declared("software-supplier")["cookies"]}
    assert outside["besokstall"] == [{"party": "Maple Metrics Ltd", "country": "CA", "protection": "adequate"}]


def test_what_is_not_known_is_a_gap() -> None:
    page = built("shipped")["cookies/cookies.nb.html"]
    assert "Navn og antall er ikke avklart" in page
    assert "Ikke avklart" in page
    assert not any(entry["items_known"] for entry in declared("shipped")["cookies"])


def test_a_registry_without_cookies_says_that_none_are_listed() -> None:
    page = built("small-company")["cookies/cookies.nb.html"]
    assert "Vi har ikke ført opp noe" in page
    assert ids(page).count("summary") == 1
    assert declared("small-company")["cookies"] == []

"""What `ropa law` says of a reference, and the provisions that rules rest on."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ropa.law.explain import Reference, citations_in, exists, explain, rests_on
from ropa.law.references import OwnLaw, resolve

TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "provisions.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["text"])
def test_provisions_part_into_single_ones_that_exist(case: dict[str, Any]) -> None:
    found = citations_in(case["text"])
    assert [reference.text for reference in found] == case["gives"]
    for reference in found:
        assert exists(reference) is (None if reference.kind in {"case", "other"} else True), reference.text


@pytest.mark.parametrize("text", ["GDPR 6(9)", "GDPR 101", "GDPR recital 200", "POPPLYL § 99", "POPPLYL § 1 second paragraph"])
def test_a_provision_that_does_not_exist(text: str) -> None:
    assert [exists(reference) for reference in citations_in(text)] == [False]


def test_a_paragraph_that_nobody_counted_is_not_known() -> None:
    assert [exists(reference) for reference in citations_in("helsepersonelloven § 25 first paragraph")] == [None]


@given(st.text())
def test_no_provisions_make_it_raise(text: str) -> None:
    assert all(isinstance(reference, Reference) for reference in citations_in(text))


@pytest.mark.parametrize(
    ("provisions", "asked", "rests"),
    [
        ("GDPR 6(1)(c), 6(3)", "GDPR art. 6(1)(c)", True),
        ("GDPR 6(1)(c), 6(3)", "GDPR art. 6", True),
        ("GDPR 6", "GDPR art. 6 nr. 3", True),
        ("GDPR 6(1)(c), 6(3)", "GDPR art. 6(2)", False),
        ("GDPR 6(1)(c), 6(3)", "GDPR", True),
        ("GDPR 6(1); POPPLYL § 16", "personopplysningsloven § 16", True),
        ("GDPR 6(1); POPPLYL § 16", "personopplysningsloven", True),
        ("GDPR 6(1); POPPLYL § 16", "personopplysningsloven § 17", False),
        ("GDPR 6(1); WP260", "the law", False),
    ],
)
def test_rules_resting_on_a_provision(provisions: str, asked: str, rests: bool) -> None:
    assert rests_on(provisions, resolve(asked)[0]) is rests


def test_an_act_that_the_rules_cite_was_read_word_by_word() -> None:
    (explained,) = explain("bokføringsloven §§ 13 og 113")
    assert (explained.verified, explained.as_of, explained.in_force) == ("T", date(2026, 7, 2), "yes")
    assert [(part.text, part.exists) for part in explained.parts] == [("13", True), ("113", False)]
    assert not explained.exists
    assert explained.nearest == ("13", "11")
    assert explained.last_amended


def test_another_act_was_only_read_by_program() -> None:
    (explained,) = explain("folketrygdloven § 25-10")
    assert explained.verified == "S"
    assert explained.verified_meaning.startswith("Read in a secondary source")


def test_repealed_and_not_in_force() -> None:
    (repealed,) = explain("aksjeloven § 2-8")
    assert repealed.parts[0].note == "repealed"
    assert repealed.exists
    assert explain("finansieringsforskriften § 1", on=date(2026, 11, 24))[0].in_force == "from 2026-12-31"
    assert explain("lov-2025-06-20-81 § 1")[0].in_force == "not stated"


def test_an_ambiguous_name_has_choices() -> None:
    (explained,) = explain("forvaltningsloven § 13")
    assert explained.is_ambiguous
    assert [(choice.id, choice.in_force) for choice in explained.choices] == [
        ("lov-1967-02-10", "yes"),
        ("lov-2025-06-20-81", "not stated"),
    ]
    assert explained.nearest == ()


def test_an_unknown_act_has_the_nearest() -> None:
    (explained,) = explain("bokforingsloven § 13")
    assert not explained.exists
    assert explained.nearest[0] == "bokføringsloven"


def test_an_article_has_its_title_and_note() -> None:
    (explained,) = explain("GDPR art. 37(1)(c) og recital 97")
    assert explained.parts[0].title == "DPO: when to designate"
    assert "corrigendum" in explained.parts[0].note
    assert explained.parts[1].title == ""
    assert explained.verified == "T"


def test_an_own_act_is_never_shown_as_verified() -> None:
    (explained,) = explain("BDSG § 26", {"BDSG": OwnLaw("Bundesdatenschutzgesetz", "DE", "https://example.org")})
    assert (explained.verified, explained.as_of, explained.parts[0].exists) == ("U", None, None)

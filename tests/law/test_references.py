"""What a law reference in a registry names, and whether that exists."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.law import acts, references, store
from ropa.law.references import OwnLaw, Resolved, cite, parse, resolve

TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "references.yaml").read_text(encoding="utf-8"))
OWN = {
    "BDSG": OwnLaw("Bundesdatenschutzgesetz", "DE", "https://example.org/bdsg"),
    "SOX": OwnLaw("Sarbanes-Oxley Act", "US", "https://example.org/sox"),
    "Havneforskriften for Eksempel": OwnLaw("Havneforskriften for Eksempel", "NO", "https://example.org/havn"),
}
ON = date(2026, 11, 24)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["text"] or "nothing")
def test_table(case: dict[str, Any]) -> None:
    found = resolve(case["text"], OWN, on=ON)
    expected = case["status"]
    assert [each.status for each in found] == (expected if isinstance(expected, list) else [expected])
    first = found[0]
    for key in ("sections", "at_fault", "candidates"):
        if key in case:
            assert list(getattr(first, key)) == case[key]
    if "act" in case:
        assert first.act_id == case["act"]
    if "jurisdiction" in case:
        assert first.jurisdiction == case["jurisdiction"]


def test_act_comes_into_force_on_its_day() -> None:
    def status(day: date) -> str:
        return resolve("finansieringsforskriften § 1", on=day)[0].status

    assert status(date(2026, 12, 30)) == "act-not-in-force"
    assert status(date(2026, 12, 31)) == "ok"


def test_links_of_a_section_of_an_act() -> None:
    found = resolve("arbeidsmiljøloven §§ 2 A-1 og 9-1")[0]
    assert found.link == "https://lovdata.no/dokument/NL/lov/2005-06-17-62"
    assert found.links == ("https://lovdata.no/lov/2005-06-17-62/§2A-1", "https://lovdata.no/lov/2005-06-17-62/§9-1")
    assert resolve("kameraforskriften § 6")[0].link == "https://lovdata.no/dokument/SF/forskrift/2018-07-02-1107"


def test_a_section_that_does_not_exist_links_to_the_act() -> None:
    found = resolve("bokføringsloven § 113")[0]
    assert found.links == (found.link,)


def test_links_of_an_article() -> None:
    found = resolve("GDPR art. 6(1)(c)")[0]
    assert found.link == "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
    assert found.links == ("https://lovdata.no/lov/2018-06-15-38/gdpr/a6",)


def test_own_act_carries_its_link_and_is_never_verified() -> None:
    found = resolve("BDSG § 26", OWN)[0]
    assert (found.own, found.exists, found.link, found.title) == (True, True, "https://example.org/bdsg", "Bundesdatenschutzgesetz")
    assert found.act_id is None


def test_own_act_wins_over_a_shipped_one() -> None:
    own = {"forvaltningsloven": OwnLaw("Forvaltningsloven", "NO", "https://example.org/fvl")}
    assert resolve("forvaltningsloven § 13", own)[0].status == "own"


def test_structure_and_acts_agree_on_the_names() -> None:
    for name in ("POPPLYL", "BOKF", "bokføringsloven", "mval."):
        (found,) = acts.find(name)
        assert found.key is not None
        assert acts.find(found.id) == (found,)


def test_every_act_is_found_by_its_id_and_title() -> None:
    every = store.load_source("norwegian-acts.json", dict[str, Any])["acts"]
    assert len(every) == 3705
    for identifier in every:
        assert [found.id for found in acts.find(identifier)] == [identifier]
        act = acts.act(identifier)
        assert act is not None
        assert identifier in {found.id for found in acts.find(act.title)}
        assert act.short_name
        assert all(act.section(number) == number for number in act.section_numbers)


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        ("GDPR art. 6(1)(c)", "nb", "personvernforordningen artikkel 6 nr. 1 bokstav c"),
        ("GDPR art. 6(1)(c)", "nn", "personvernforordninga artikkel 6 nr. 1 bokstav c"),
        ("personvernforordningen artikkel 6 nr. 1 bokstav c", "en", "GDPR Article 6(1)(c)"),
        ("GDPR art. 13 og 14", "nb", "personvernforordningen artikkel 13 og artikkel 14"),
        ("GDPR art. 8(1) second subparagraph", "nb", "personvernforordningen artikkel 8 nr. 1 annet ledd"),
        ("GDPR art. 8(1) second subparagraph", "nn", "personvernforordninga artikkel 8 nr. 1 andre ledd"),
        ("GDPR recital 47", "nb", "personvernforordningen fortalepunkt 47"),
        ("GDPR recital 47", "en", "GDPR recital 47"),
        ("GDPR", "nn", "personvernforordninga"),
        ("bokføringsloven § 13 første ledd nr. 1", "en", "bokføringsloven § 13 første ledd nr. 1"),
        ("BOKF § 13", "nb", "bokføringsloven § 13"),
        ("lov-1967-02-10 § 13", "en", "forvaltningsloven § 13"),
        ("lov-2005-12-21-124 § 2", "nb", "OTP-loven § 2"),
        ("bokføringsloven § 13; hvitvaskingsloven § 30", "nn", "bokføringsloven § 13 og hvitvaskingsloven § 30"),
        ("bokføringsloven § 13; hvitvaskingsloven § 30; BDSG § 26", "en", "bokføringsloven § 13, hvitvaskingsloven § 30 and BDSG § 26"),
        ("SOX § 404", "nb", "SOX § 404"),
        ("the law", "nb", "the law"),
        ("helsepersonelloven § 39 flg.", "nb", "helsepersonelloven § 39 flg."),
    ],
)
def test_cite(text: str, language: str, says: str) -> None:
    assert cite(text, language, OWN) == says
    assert cite(resolve(text, OWN), language) == says


def test_cite_takes_one_resolved() -> None:
    assert cite(resolve("GDPR art. 15")[0], "en") == "GDPR Article 15"


_WORDS = st.sampled_from(
    [
        "GDPR",
        "§",
        "§§",
        "art.",
        "artikkel",
        "nr.",
        "bokstav",
        "og",
        ",",
        ";",
        "–",
        "-",
        "(",
        ")",
        "(1)",
        "(a)",
        "13",
        "5-1-1",
        "b",
        "til",
        "i",
        "av",
        "jf.",
        "bokføringsloven",
        "forvaltningsloven",
        "BDSG",
        "lov-1967-02-10",
        "recital",
        "ledd",
        "første",
        "2.",
        "kapittel",
        "V",
        "Lov",
        "om",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(_WORDS, max_size=12).map(" ".join), st.lists(_WORDS, max_size=12).map("".join)))
def test_no_text_makes_it_raise(text: str) -> None:
    parse(text)
    found = resolve(text, OWN, on=ON)
    assert found
    for each in found:
        assert isinstance(each, Resolved)
        assert len(each.links) == (len(each.sections) if each.link else 0)
        assert isinstance(cite(each, "nb"), str)
        assert set(each.at_fault) <= set(each.sections)
        assert each.exists == (each.status in {"ok", "own"})
    assert resolve(text, OWN, on=ON) == found


@given(
    st.dictionaries(st.text(max_size=8), st.builds(OwnLaw, st.text(max_size=8), st.text(max_size=3), st.text(max_size=8)), max_size=3),
    st.text(),
)
def test_no_own_name_makes_it_raise(own: dict[str, OwnLaw], text: str) -> None:
    assert resolve(text, own)


def test_a_very_long_text_costs_little() -> None:
    for text in ("§ 1, " * 100_000, "(" * 100_000, "a" * 100_000, "GDPR " + "1-" * 100_000, "bokføringsloven § 13 og " * 10_000):
        assert references.resolve(text)


@pytest.mark.parametrize("identifier", ["lov-2004-11-19-73", "lov-1997-02-28-19", "forskrift-2004-12-01-1558"])
def test_every_section_of_an_act_resolves(identifier: str) -> None:
    act = acts.act(identifier)
    assert act is not None
    for number in act.section_numbers:
        assert [each.status for each in resolve(f"{identifier} § {number}")] == ["ok"], number
        assert resolve(f"{identifier} § {number} første ledd bokstav a")[0].sections == (number,)

"""Countries: names, the EEA, adequacy, authorities, ages; and that nothing unverified is shown as established."""

from datetime import date

import pytest

from ropa.law import countries


def test_names() -> None:
    assert [countries.name("NO", language) for language in ("nb", "nn", "en")] == ["Norge", "Noreg", "Norway"]
    assert countries.name("AT", "nn") == "Austerrike"
    assert countries.name("US", "en") == "United States"
    assert countries.name("EEA", "nb") == "EØS"
    assert countries.name("EPO", "nn") == "Den europeiske patentorganisasjonen"
    assert countries.name("QQ", "nb") == "QQ"


def test_every_iso_code_has_three_names() -> None:
    codes = [code for code in countries.places() if countries.is_country(code)]
    assert len(codes) == 249
    for code in codes:
        assert all(countries.name(code, language) not in ("", code) for language in ("nb", "nn", "en")), code


def test_countries_and_places() -> None:
    assert countries.is_country("NO")
    assert not countries.is_country("EEA")
    assert not countries.is_country("XK")
    assert countries.is_place("EEA")
    assert countries.is_place("EPO")
    assert not countries.is_place("Norge")


@pytest.mark.parametrize("code", ["NO", "SE", "IS", "LI", "EEA", "SJ", "AX", "RE"])
def test_inside_the_eea(code: str) -> None:
    assert countries.is_eea(code)


@pytest.mark.parametrize("code", ["GB", "CH", "US", "FO", "GL", "PF", "AW", "EPO", "QQ"])
def test_outside_the_eea(code: str) -> None:
    assert not countries.is_eea(code)


def test_the_eea_has_thirty_states() -> None:
    assert len(countries.eea_states()) == 30


def test_adequacy() -> None:
    assert countries.adequacy("AU") is None
    assert countries.adequacy("NO") is None
    britain = countries.adequacy("GB")
    assert britain is not None
    assert (britain.expires, britain.status, len(britain.amended_by)) == (date(2031, 12, 27), "in-force", 2)
    states = countries.adequacy("US")
    assert states is not None
    assert states.requires == ("dpf-listed",)
    assert states.risks
    patents = countries.adequacy("EPO")
    assert patents is not None
    assert patents.organisation


def test_what_nobody_has_checked_stands_apart() -> None:
    korea = countries.adequacy("KR")
    assert korea is not None
    assert (korea.decision, korea.adopted) == (None, None)
    assert set(korea.unverified) == {"decision", "adopted", "scope"}
    israel = countries.adequacy("IL")
    assert israel is not None
    assert "State of Israel" not in str(israel.scope)
    norway = countries.authority("NO")
    assert norway is not None
    assert (norway.phone, norway.email) == (None, None)
    assert set(norway.unverified) == {"phone", "email"}


def test_authority() -> None:
    norway = countries.authority("NO")
    assert norway is not None
    assert norway.post is not None
    assert norway.post.in_language("nn") == norway.post.in_language("nb") == "Postboks 458 Sentrum, 0105 Oslo"
    assert norway.post.in_language("en").endswith("Norway")
    assert norway.complaint_url
    svalbard = countries.authority("SJ")
    assert svalbard is not None
    assert svalbard.name == "Datatilsynet"
    germany = countries.authority("DE")
    assert germany is not None
    assert germany.note
    assert countries.authority("US") is None
    assert countries.authority("GL") is None


def test_child_age() -> None:
    assert {code: countries.child_age(code) for code in ("NO", "DK", "DE", "US")} == {"NO": 13, "DK": 15, "DE": 16, "US": None}
    denmark = countries.child_age_details("DK")
    assert denmark is not None
    assert denmark.since == date(2024, 1, 1)


def test_territory_says_how_sure_it_is() -> None:
    svalbard = countries.territory("SJ")
    assert svalbard is not None
    assert svalbard.note
    assert svalbard.verified.startswith("T")
    assert countries.territory("NO") is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Norway", "NO"),
        ("Norge", "NO"),
        ("Noreg", "NO"),
        ("no", "NO"),
        ("NOR", "NO"),
        ("Norwey", "NO"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("USA", "US"),
        ("Sverige", "SE"),
        ("Tyskand", "DE"),
        ("EU", "EEA"),
        ("EØS", "EEA"),
        ("South Korea", "KR"),
        ("zz", None),
        ("", None),
        ("Atlantis", None),
    ],
)
def test_nearest(written: str, code: str | None) -> None:
    assert countries.nearest(written) == code

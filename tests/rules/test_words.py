"""Stock phrases, open lists and bases named in words: whole words only, in three languages."""

from __future__ import annotations

import pytest

from ropa.rules.words import is_stock_phrase, may_be_open, open_word, two_bases_named


@pytest.mark.parametrize(
    "text",
    [
        "Videre administrative formål",
        "Forbedre tjenestene",
        "Å utvikle nye tjenester",
        "Markedsføring",
        "Forskning og markedsføring",
        "Sikkerhet",
        "Andre formål",
        "mv.",
        "Vidare administrative føremål",
        "Betre tenestene våre",
        "Develop new services",
        "We may use your data for research purposes",
    ],
)
def test_stock_phrase(text: str) -> None:
    assert is_stock_phrase(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lønnsutbetaling",
        "Rekruttering",
        "Markedsføring av egne tjenester",
        "Markedsføring av kurs",
        "Sikkerhet i heiser",
        "IT-sikkerhet",
        "Oppdage og stanse angrep mot nettstedet",
        "Levere tjenesten",
        "Forskning på søvn hos skiftarbeidere",
        "Sende deg nyhetsbrevet du har bedt om",
        "",
        "–",
    ],
)
def test_exact_purpose(text: str) -> None:
    assert not is_stock_phrase(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Bankinformasjon med mer", "med mer"),
        ("Navn, adresse med mer.", "med mer"),
        ("Navn, adresse mv. for kunder", "mv."),
        ("Navn m.m.", "m.m."),
        ("Navn m. m. og", "m. m."),
        ("Navn, alder osv", "osv"),
        ("Name, age, etc.", "etc."),
        ("For eksempel navn", "For eksempel"),
        ("Blant annet navn", "Blant annet"),
        ("Navn, inkludert, men ikke begrenset til alder", "inkludert, men ikke begrenset til"),
        ("Namn, til dømes alder", "til dømes"),
        ("Name, including but not limited to age", "including but not limited to"),
        ("Lov om bokføring sier at vi lagrer bilag mv. i fem år", "mv."),
    ],
)
def test_open_list(text: str, word: str) -> None:
    assert may_be_open(text.lower())
    assert open_word(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "Steder med mer enn ti ansatte",
        "Eksempelet du ba om",
        "Skissen og sketch",
        "https://osv.no/etc/mv",
        "post@etc.no",
        "Føre register etter lov om helsepersonell mv. (helsepersonelloven)",
        "Etter forskrift om kjøp m.m. § 3",
    ],
)
def test_closed_list(text: str) -> None:
    assert open_word(text) is None


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("På grunnlag av samtykke eller berettiget interesse", ("consent", "legitimate-interest")),
        ("Legal obligation and legitimate interests", ("legal-obligation", "legitimate-interest")),
        ("Avtale og rettslig forpliktelse", ("contract", "legal-obligation")),
    ],
)
def test_two_bases_named(text: str, bases: tuple[str, str]) -> None:
    assert two_bases_named(text) == bases


@pytest.mark.parametrize(
    "text",
    [
        "Ta vare på samtykke og avtale",
        "Vår berettigede interesse i å følge opp avtalen",
        "Våre og andres berettigede interesser",
        "Berettiget interesse, berettigede interesser",
        "Be om samtykke",
    ],
)
def test_not_two_bases(text: str) -> None:
    assert two_bases_named(text) is None

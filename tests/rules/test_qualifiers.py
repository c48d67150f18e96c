"""Words that leave open what happens, and the same words where they leave nothing open."""

from __future__ import annotations

import pytest

from ropa.rules.qualifiers import may_qualify, vague_qualifier


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("nb", "Opplysninger kan overføres til andre", "kan overføres"),
        ("nb", "Opplysninger om deg kan bli delt med partnere", "kan bli delt"),
        ("nb", "Vi lagrer navnet, og vi kan dele det med andre", "vi kan dele"),
        ("nb", "Vi kan også bruke opplysningene til å bli bedre", "Vi kan også bruke"),
        ("nb", "Opplysningene kan komme til å bli brukt igjen", "kan komme til å"),
        ("nb", "Vi vil kunne dele navnet", "vil kunne"),
        ("nb", "Vi deler eventuelt navnet ditt", "eventuelt"),
        ("nb", "Typisk navn og adresse", "Typisk"),
        ("nb", "Vi sletter som regel etter ett år", "som regel"),
        ("nb", "I den utstrekning loven krever det", "I den utstrekning"),
        ("nb", "Vi kan dele opplysninger når det er nødvendig", "Vi kan dele"),
        ("nn", "Opplysningane kan kome til å bli delte", "kan kome til å"),
        ("nn", "Opplysningar kan overførast til andre", "kan overførast"),
        ("nn", "Vi kan nytte opplysningane", "Vi kan nytte"),
        ("nn", "I den utstrekninga det trengst", "I den utstrekninga"),
        ("en", "Your data may be transferred to others", "may"),
        ("en", "We might share your name", "might"),
        ("en", "Some of the data", "Some"),
        ("en", "We often share", "often"),
        ("en", "We may share data where necessary.", "may"),
    ],
)
def test_leaves_open(language: str, text: str, word: str) -> None:
    assert vague_qualifier(text, language) == word
    assert may_qualify(text.lower())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Vi overfører navnet ditt til kursholderen"),
        ("nb", "Du kan når som helst trekke samtykket"),
        ("nb", "Du vil kunne logge inn"),
        ("nb", "Du kan eventuelt ringe oss"),
        ("nb", "Vi kan ikke levere varene"),
        ("nb", "Opplysningene kan bare brukes til lønn"),
        ("nb", "Lagre adressen så vi kan sende varen"),
        ("nb", "Sørge for at opplysningene kan brukes senere"),
        ("nb", "Opplysninger som kan brukes mot deg, lagrer vi ikke"),
        ("nb", "Samtykket kan trekkes tilbake"),
        ("nb", "Vi kan utlevere opplysninger til politiet hvis en domstol krever det"),
        ("nb", "Vi kan bruke bildet med samtykke fra deg"),
        ("nb", "Telle hvor ofte du besøker oss"),
        ("nb", "Ofte stilte spørsmål"),
        ("nb", "Atypisk oppførsel og eventuelle klager"),
        ("nn", "Vi kan ikkje levere"),
        ("nn", "Du kan når som helst trekkje samtykket"),
        ("en", "You may withdraw at any time"),
        ("en", "We may disclose data to the police if a court orders it"),
        ("en", "They may only use the data for payroll"),
        ("en", "The data may not leave the EEA"),
        ("en", "Sent in May 2026"),
        ("en", "How often you visit"),
        ("en", "Something awesome"),
    ],
)
def test_leaves_nothing_open(language: str, text: str) -> None:
    assert vague_qualifier(text, language) is None


def test_each_language_has_its_own_words() -> None:
    assert vague_qualifier("Some of it, often", "nb") is None
    assert vague_qualifier("Eventuelt navn", "en") is None

"""The structure of the Regulation, and every place in it."""

import pytest

from ropa.law import gdpr
from ropa.law.gdpr import Provision
from ropa.law.gdpr_text import provisions


def every_provision() -> list[Provision]:
    """Every article, paragraph and point that exists."""
    found = []
    for article in range(1, 100):
        found.append(Provision(article))
        for paragraph in range(1, 27):
            if gdpr.fault(Provision(article, paragraph)) is None:
                found.append(Provision(article, paragraph))
                found += [
                    Provision(article, paragraph, point)
                    for point in "abcdefghijklmnopqrstuvwxyz"
                    if gdpr.fault(Provision(article, paragraph, point)) is None
                ]
    return found


def test_there_are_as_many_places_as_the_regulation_has() -> None:
    found = every_provision()
    assert sum(each.paragraph is None for each in found) == 99
    assert Provision(6, 1, "f") in found
    assert Provision(6, 1, "g") not in found
    assert Provision(4, 26) in found


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_is_cited_reads_back_as_the_same(language: str) -> None:
    for provision in every_provision():
        assert provisions(gdpr.cite(provision, language)) == (provision,)
        assert provisions(f"GDPR {provision}") == (provision,)


def test_titles() -> None:
    assert gdpr.article_title(30) == "Records of processing"
    assert gdpr.article_title(100) == ""


def test_note_of_the_corrigendum() -> None:
    assert "corrigendum" in gdpr.note(Provision(37, 1, "c"))
    assert gdpr.note(Provision(37)) == ""


@pytest.mark.parametrize(
    ("provision", "near"),
    [
        (Provision(6, 1, "g"), ("6(1)(a)", "6(1)(b)", "6(1)(c)", "6(1)(d)", "6(1)(e)", "6(1)(f)")),
        (Provision(6, 7), ("6(1)", "6(2)", "6(3)", "6(4)")),
        (Provision(10, 1), ("10",)),
        (Provision(9, None, "h"), ("9(2)(h)",)),
        (Provision(100), ()),
        (Provision(200, recital=True), ()),
    ],
)
def test_nearest(provision: Provision, near: tuple[str, ...]) -> None:
    assert gdpr.nearest(provision) == near


def test_a_place_covers_what_lies_in_it() -> None:
    assert Provision(6).covers(Provision(6, 1, "c"))
    assert Provision(6, 1).covers(Provision(6, 1, "c"))
    assert not Provision(6, 1, "c").covers(Provision(6))
    assert not Provision(6).covers(Provision(6, recital=True))


def test_ordinals() -> None:
    assert gdpr.ordinal(2) == "second"
    assert gdpr.ordinal(9) == "9th"
    assert gdpr.ordinal(9, "nb") == "9."


def test_a_subparagraph_must_exist() -> None:
    assert gdpr.fault(Provision(49, 1, None, 2)) is None
    assert gdpr.fault(Provision(49, 2, None, 2)) == "paragraph-unknown"

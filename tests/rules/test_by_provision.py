"""The index by provision names every rule that rests on a provision, and says what `ropa law` says."""

from __future__ import annotations

import pytest

from ropa.findings.catalogue import entries
from ropa.law.explain import citations_in, explain
from ropa.report.law import rules_resting_on
from scripts.docs import provision_page

PAGE = provision_page.page()


def _rules_under(heading: str, place: str) -> set[str]:
    """The names in the row of a provision under the heading of its act or article."""
    table = PAGE.partition(f"\n### {heading}")[2].partition("\n### ")[0]
    (row,) = (line for line in table.splitlines() if line.startswith(f"| {place} |"))
    return {name for name in entries() if f"[{name}]" in row}


def test_every_rule_that_cites_an_article_or_a_section_is_found() -> None:
    citing = {
        name for name, rule in entries().items() if any(each.kind in ("article", "section") for each in citations_in(rule.provisions))
    }

    assert {name for name in citing if name not in PAGE} == set()


def test_rows() -> None:
    assert "consent-withdrawal-harder" in _rules_under("Article 7.", "7(3)")
    assert "marketing-without-consent" in _rules_under("Markedsføringsloven", "§ 15 first paragraph")
    assert "research-advice-missing" in _rules_under("Personopplysningsloven", "§ 10")


def test_sections_are_in_the_order_of_their_numbers() -> None:
    act = PAGE.partition("\n### Personopplysningsloven")[2].partition("\n### ")[0]

    assert act.index("| § 9 second paragraph |") < act.index("| § 10 |") < act.index("| § 16")


@pytest.mark.parametrize(
    ("heading", "place", "asked"),
    [("Article 7.", "7(3)", "GDPR art. 7(3)"), ("Personopplysningsloven", "§ 10", "personopplysningsloven § 10")],
)
def test_a_row_is_part_of_what_the_command_says(heading: str, place: str, asked: str) -> None:
    (explained,) = explain(asked)

    assert _rules_under(heading, place) <= {rule.name for rule in rules_resting_on(explained)}

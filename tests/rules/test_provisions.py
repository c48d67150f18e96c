"""What a rule rests on, as people read it: acts by name, in their language, without tags and remarks of the index."""

from __future__ import annotations

import re

import pytest

from ropa.findings.catalogue import RuleEntry, entries
from ropa.findings.provisions import provisions

RULES = [rule for rule in entries().values() if not rule.formal]
ABBREVIATED = re.compile(r"\b(?:[A-Z]{4,}|AML|LDL|KAM|MFL|EHL|SCC)(?= §| clause)|\([TRSU]\)|countries\.yaml|integrity")
ENGLISH = re.compile(
    r"\b(?:paragraph|subparagraph|sentence|recitals?|and|of|the|Art\.|clause|annexes|Decision|Directive|report|CJEU)(?!\w)"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_told_in_words_of_the_reader(rule: RuleEntry) -> None:
    bokmal, english = provisions(rule.provisions, "nb"), provisions(rule.provisions, "en")

    assert len(bokmal) == len(english) > 0
    for told in (*bokmal, *english):
        assert not ABBREVIATED.search(told.replace("GDPR", "")), told
    for told in bokmal:
        assert not ENGLISH.search(told), told


def test_nynorsk_reads_bokmal() -> None:
    assert provisions("POPPLYL § 16; GDPR recital 71", "nn") == ("personopplysningsloven § 16", "GDPR fortalepunkt 71")

"""The law data: compiled from their sources, dated, tagged, and complete."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ropa import resources
from ropa.law import references, store, vocabulary

CHECKOUT = Path(__file__).parents[2]


def test_the_compiled_files_are_what_the_sources_give() -> None:
    done = subprocess.run([sys.executable, "scripts/compile_law.py", "--check"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_age() -> None:
    assert store.as_of() == date(2026, 11, 24)
    assert store.data_age_days(date(2026, 12, 1)) == 7
    assert store.data_age_days(date(2026, 11, 20)) == -4
    assert store.about().acts == 3705


def test_tags() -> None:
    assert set(store.about().tags) == {"T", "R", "S", "U"}
    assert store.tags_in("T (Norwegian law), U (others)") == {"T", "U"}
    assert store.is_established("S XFER-09, EUREF-08")
    assert not store.is_established("U")
    assert not store.is_established("")


def test_lists_have_their_source() -> None:
    source = store.provenance("dpia_criteria")
    assert source is not None
    assert (source.verified, source.source) == ("S", "WP248")
    assert store.provenance("agreement_contents") is None
    assert set(store.about().provenance) - {"retention_rules"} <= set(vocabulary.list_names())


def test_every_list_loads_and_every_label_is_there() -> None:
    for name in vocabulary.list_names():
        for code, entry in vocabulary.codes(name).items():
            assert entry.code == code
            assert entry.nb
            assert entry.nn
            assert entry.en


def test_codes() -> None:
    consent = vocabulary.codes("legal_bases")["consent"]
    assert (consent.point, consent.article, consent.label("nn")) == ("6-1-a", "6(1)(a)", "Samtykke")
    assert vocabulary.codes("data_categories")["health-data"].flag == "art9"
    assert vocabulary.codes("source_kinds")["social-network"].public is None
    event = vocabulary.codes("events")["last-contact"]
    assert event.after is not None
    assert event.after.in_language("nb") == "etter siste kontakt"
    assert vocabulary.codes("article_9_conditions")["manifestly-made-public"].needs == "by, reference"


def test_a_list_in_a_list() -> None:
    assert list(vocabulary.codes("assessment_outcomes.dpia")) == ["low", "medium", "high"]
    assert "compatible" in vocabulary.codes("assessment_outcomes")


def test_labels() -> None:
    assert vocabulary.label("party_roles", "processor", "nb") == "Databehandler"
    assert vocabulary.label("party_roles", "of-our-own", "nb") == "of-our-own"
    assert vocabulary.label("dpia_parts", "risks", "nn") == "risks"
    assert vocabulary.terms()["controller"].nn == "behandlingsansvarleg"
    with pytest.raises(KeyError):
        vocabulary.codes("no_such_list")


def test_retention_rules_rest_on_law_that_exists() -> None:
    for name, rule in vocabulary.retention_rules().items():
        assert [each.status for each in references.resolve(rule.law)] == ["ok"], name
        assert rule.from_ in vocabulary.codes("events")
        assert rule.then in vocabulary.codes("end_actions")
        assert rule.material is None or rule.material in vocabulary.codes("retention_materials")


def test_articles_of_the_vocabulary_exist() -> None:
    for name in vocabulary.list_names():
        for code, entry in vocabulary.codes(name).items():
            if entry.article:
                assert [each.status for each in references.resolve(f"GDPR {entry.article}")] == ["ok"], (name, code)


def test_checking_loads_no_more_than_it_needs() -> None:
    code = """
import sys
from ropa.law import acts, references
references.resolve("bokføringsloven § 13")
print(sorted({"difflib", "yaml", "babel"} & set(sys.modules)), acts._names.cache_info().currsize, acts._all_acts.cache_info().currsize)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] 0 0"


def test_bundled_folders() -> None:
    assert resources.directory("law").is_dir()
    with pytest.raises(FileNotFoundError, match="no-such-folder"):
        resources.directory("no-such-folder")

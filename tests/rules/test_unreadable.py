"""Where a file cannot be read, rules are silent about what only it could tell."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ropa.checking import check
from ropa.rules.case_files import BASE

CUT = "name: Leverandør: avdeling\n"
"""A file that YAML cannot read: the second colon cuts the name."""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "registry")


def found(registry: Path) -> set[tuple[str, str]]:
    """What is told, without the files themselves."""
    told = check(registry, date(2026, 11, 24), "nb").counting()
    return {(finding.name, finding.address) for finding in told if finding.name not in ("yaml-invalid", "text-cut")}


def test_base_is_clean(registry: Path) -> None:
    assert found(registry) == set()


def test_sub_processor_that_cannot_be_read_may_explain_the_access(registry: Path) -> None:
    (registry / "parties/crm-inc.yaml").write_text(CUT, encoding="utf-8")

    assert found(registry) == set()


def test_processor_that_cannot_be_read_may_name_the_sub_processor(registry: Path) -> None:
    (registry / "parties/crm-co.yaml").write_text(CUT, encoding="utf-8")

    assert found(registry) == set()


def test_provider_of_the_banner_is_ours_whoever_else_names_it(registry: Path) -> None:
    (registry / "parties/crm-co.yaml").write_text(CUT, encoding="utf-8")
    (registry / "parties/banner.yaml").write_text(
        "name: Banner AS\nkind: consent-platform\nrole: processor\ncountry: NO\nstored_in: [NO]\n", encoding="utf-8"
    )
    website = registry / "systems/website.yaml"
    banner = "consent_banner: {provider: banner, refuse: same-layer, prominence: equal, withdrawal: every-page, before_choice: nothing}\n"
    website.write_text(website.read_text(encoding="utf-8") + banner, encoding="utf-8")

    assert found(registry) == {("processor-without-agreement", "parties/banner#agreement")}


@pytest.mark.parametrize("words", [CUT, None])
def test_organisation_may_say_how_to_get_a_copy(registry: Path, words: str | None) -> None:
    parties = registry / "parties/crm-inc.yaml"
    parties.write_text(
        parties.read_text(encoding="utf-8").partition("transfers:")[0]
        + "transfers:\n  US: {mechanism: scc-3, annexes: [I, II], transfer_assessment: tia-us}\n",
        encoding="utf-8",
    )
    if words is None:
        (registry / "organisation.yaml").unlink()
    else:
        (registry / "organisation.yaml").write_text(words, encoding="utf-8")

    assert "transfer-copy-means-missing" not in {name for name, _ in found(registry)}

"""Each fix by an example: what was written, and what stands there afterwards; or that it is left to people."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ropa.checking import Checked, check
from ropa.fixes.apply import applied, suggestion
from ropa.fixes.find import fixes, may_be_fixed
from ropa.fixes.mend import mend, mended_text
from ropa.rules.case_files import BASE
from ropa.source.nodes import lines_of
from ropa.source.reader import read_plain

CASES: dict[str, Any] = read_plain((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


def _checked(folder: Path, file: str, text: str) -> Checked:
    registry = folder / "registry"
    if not registry.exists():
        shutil.copytree(BASE, registry)
    (registry / file).write_bytes(text.encode())
    return check(registry, date(2026, 11, 24), "en")


def _mended(checked: Checked, file: str, text: str) -> str:
    return mended_text(text, mend(checked, lambda *_: True).files.get(file, ()))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", CASES)
def test_fix(name: str, line_end: str, tmp_path: Path) -> None:
    case = CASES[name]
    base = (BASE / case["file"]).read_text(encoding="utf-8")
    assert case["base"] in base
    before = base.replace(case["base"], case["before"], 1).replace("\n", line_end)
    after = before if case.get("unfixable") else base.replace(case["base"], case["after"], 1).replace("\n", line_end)
    checked = _checked(tmp_path, case["file"], before)
    assert checked.counting(), "the case has no finding"

    mended = _mended(checked, case["file"], before)

    assert mended == after
    if before != after:
        again = _checked(tmp_path, case["file"], mended)
        assert _mended(again, case["file"], mended) == mended


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "after" in case])
def test_each_fix_alone(name: str, tmp_path: Path) -> None:
    """Every fix that is offered belongs to a finding of form and removes it, and as a suggestion of whole lines it is the same change."""
    case = CASES[name]
    before = (BASE / case["file"]).read_text(encoding="utf-8").replace(case["base"], case["before"], 1)
    checked = _checked(tmp_path, case["file"], before)
    offered = fixes(checked)
    assert offered
    findings = {finding.identity: finding for finding in checked.findings}

    for identity, fix in offered.items():
        assert identity == fix.identity
        assert may_be_fixed(findings[identity].name)
        assert {edit.file for edit in fix.edits} == {findings[identity].place.file}
        after = applied(before, fix.edits)
        assert identity not in {finding.identity for finding in _checked(tmp_path, case["file"], after).findings}
        first, last, lines = suggestion(fix, before)
        old = lines_of(before)
        assert "\n".join([*old[: first - 1], lines, *old[last:]]) + "\n" == after


def test_titles_speak_the_language_of_the_messages(tmp_path: Path) -> None:
    text = (BASE / "organisation.yaml").read_text(encoding="utf-8").replace('"0155"', "7010")
    _checked(tmp_path, "organisation.yaml", text)

    titles = {
        language: [fix.title for fix in fixes(check(tmp_path / "registry", None, language)).values()] for language in ("nb", "nn", "en")
    }

    assert titles == {
        "nb": ["Sett teksten i anførselstegn"],
        "nn": ["Sett teksten i anførselstegn"],
        "en": ["Put the text in quotation marks"],
    }


def test_a_byte_order_mark_moves_no_column(tmp_path: Path) -> None:
    text = "\ufeff" + (BASE / "parties" / "hosting.yaml").read_text(encoding="utf-8").replace("name: Drift AS", "nam: Drift AS")
    checked = _checked(tmp_path, "parties/hosting.yaml", text)

    assert _mended(checked, "parties/hosting.yaml", text.removeprefix("\ufeff")).startswith("name: Drift AS")


def test_a_file_that_can_be_read_again_shows_the_references_to_it(tmp_path: Path) -> None:
    """In a registry whose consents cannot be read, references to them are not judged; once they are read, a misspelt one is put right."""
    consents = (BASE / "consents.yaml").read_text(encoding="utf-8") + "  note: Se her: en merknad\n"
    newsletter = (BASE / "activities" / "newsletter.yaml").read_text(encoding="utf-8").replace("newsletter-form", "newsletter-frm")
    _checked(tmp_path, "consents.yaml", consents)
    checked = _checked(tmp_path, "activities/newsletter.yaml", newsletter)

    assert "newsletter-form" in _mended(checked, "activities/newsletter.yaml", newsletter)


def test_what_is_accepted_stays_as_it_is(tmp_path: Path) -> None:
    """An id that names no party may be accepted; what a role has settled is not for a fix to change."""
    text = (BASE / "systems" / "website.yaml").read_text(encoding="utf-8").replace("run_by: hosting", "run_by: hostin")
    accepted = """later:
  rule: recipient-reference-unknown
  address: systems/website#run_by
  because: Avtalen er ikke klar
  by: personvernombud
  until: 2027-03-31
"""
    assert _mended(_checked(tmp_path, "systems/website.yaml", text), "systems/website.yaml", text) != text

    checked = _checked(tmp_path, "accepted.yaml", accepted)

    assert [finding.name for finding in checked.accepted()] == ["recipient-reference-unknown"]
    assert not fixes(checked)
    assert _mended(checked, "systems/website.yaml", text) == text


def test_a_party_whose_file_cannot_be_read_is_a_party(tmp_path: Path) -> None:
    _checked(tmp_path, "parties/hostings.yaml", "name: x\n")
    text = (BASE / "systems" / "website.yaml").read_text(encoding="utf-8").replace("run_by: hosting", "run_by: hostings")
    _checked(tmp_path, "systems/website.yaml", text)
    (tmp_path / "registry" / "parties" / "hostings.yaml").write_bytes(b"name: \xff\n")

    checked = check(tmp_path / "registry", date(2026, 11, 24), "en")

    assert "file-unreadable" in {finding.name for finding in checked.findings} or checked.registry.unreadable
    assert _mended(checked, "systems/website.yaml", text) == text

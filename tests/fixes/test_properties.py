"""What holds of every fix, over every registry: it never makes a finding worse, touches nothing else, and is done after one run.

A finding that comes with a fix is one of the rules that speak about what is right again, or one that the fault hid: in a file that could
not be read, or at or below the place where a key or a code was wrong.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.checking import Checked, check
from ropa.findings.finding import Finding
from ropa.fixes.apply import applied
from ropa.fixes.find import fixes, may_be_fixed
from ropa.fixes.mend import Mended, mend, mended_text
from ropa.source.address import address as join
from ropa.source.address import covers, split
from ropa.source.nodes import lines_of
from tests.conftest import CHECKOUT, TODAY, registries
from tests.fixes.faults import CHANGES, faulty

EXAM = CHECKOUT.parent / "shared" / "exam" / "cases"
DAY = date.fromisoformat(TODAY)
WRITTEN = registries()
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
ONE_FAULT = st.tuples(st.integers(0, 999), st.sampled_from(sorted(CHANGES)), st.integers(0, 999), st.integers(0, 99))


def _everything() -> dict[str, Path]:
    exam = sorted(path.parent for path in EXAM.rglob("organisation.yaml"))
    return {**WRITTEN, **{str(folder.relative_to(EXAM)): folder for folder in exam}}


@cache
def _known(folder: Path) -> frozenset[str]:
    return frozenset(finding.identity for finding in check(folder, DAY).findings)


def _write(folder: Path, file: str, text: str) -> None:
    (folder / file).write_bytes(text.encode())


def _mend(folder: Path, checked: Checked) -> Mended:
    """Mends a registry on disk."""
    mended = mend(checked, lambda *_: True)
    for file, rounds in mended.files.items():
        _write(folder, file, mended_text((folder / file).read_bytes().decode(), rounds))
    return mended


def _formal(checked: Checked) -> dict[str, Finding]:
    return {finding.identity: finding for finding in checked.findings if may_be_fixed(finding.name)}


def _comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?:^|[ \t])# [^\r\n]*", text, re.MULTILINE))


def _hidden(before: dict[str, Finding], checked: Checked, finding: Finding) -> bool:
    """Whether a finding lies where nothing could be found before."""
    record, _ = split(finding.address)
    if any(document.data is None for document in checked.documents.values()):
        return True
    return any(
        covers(join(at[0], at[1][:-1]), finding.address) for at in map(split, (one.address for one in before.values())) if at[0] == record
    )


@pytest.mark.parametrize("name", sorted(_everything()))
def test_what_is_right_is_left_alone(name: str) -> None:
    checked = check(_everything()[name], DAY)

    assert set(fixes(checked)) <= set(_formal(checked))
    assert mend(checked, lambda *_: True).files.keys() <= {finding.place.file for finding in _formal(checked).values()}


@EXAMPLES
@given(st.sampled_from(sorted(WRITTEN)), st.lists(ONE_FAULT, min_size=1, max_size=3))
def test_a_fix_makes_nothing_worse(name: str, faults: list[tuple[int, str, int, int]]) -> None:
    original = WRITTEN[name]
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "registry"
        shutil.copytree(original, folder)
        files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yaml") if "/." not in str(path))
        for number, change, place, at in faults:
            file = files[number % len(files)]
            _write(folder, file, faulty((folder / file).read_bytes().decode(), change, place, at))
        texts = {file: (folder / file).read_bytes().decode() for file in files}
        checked = check(folder, DAY)
        before = _formal(checked)

        mended = _mend(folder, checked)

        again = check(folder, DAY)
        assert not mend(again, lambda *_: True).files, "a second run finds more to do"
        new = {identity: one for identity, one in _formal(again).items() if identity not in before and identity not in _known(original)}
        assert all(_hidden(before, checked, finding) for finding in new.values()), new
        for file, text in texts.items():
            now = (folder / file).read_bytes().decode()
            assert file in mended.files or now == text
            assert _comments(now) == _comments(text)
            assert len(mended.files.get(file, ())) != 1 or _same_but_for_edits(text, now, mended, file)


def _same_but_for_edits(before: str, after: str, mended: Mended, file: str) -> bool:
    """Whether all lines that no edit touches stand as they did, in their order."""
    touched = {line for one in mended.files[file][0] for edit in one.fix.edits for line in range(edit.line, edit.end_line + 1)}
    kept = [line for number, line in enumerate(lines_of(before), 1) if number not in touched]
    rest: Iterator[str] = iter(lines_of(after))
    return all(line in rest for line in kept)


@EXAMPLES
@given(st.sampled_from(sorted(WRITTEN)), ONE_FAULT)
def test_each_fix_alone_removes_its_finding(name: str, fault: tuple[int, str, int, int]) -> None:
    number, change, place, at = fault
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "registry"
        shutil.copytree(WRITTEN[name], folder)
        files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yaml"))
        file = files[number % len(files)]
        _write(folder, file, faulty((folder / file).read_bytes().decode(), change, place, at))
        for identity, fix in fixes(check(folder, DAY)).items():
            (file,) = {edit.file for edit in fix.edits}
            text = (folder / file).read_bytes().decode()
            _write(folder, file, applied(text, fix.edits))
            assert identity not in _formal(check(folder, DAY))
            _write(folder, file, text)

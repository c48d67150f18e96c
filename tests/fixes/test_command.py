"""``ropa check --fix`` and ``--diff`` from outside: what is written, what is told, and what stops them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ropa.checking import check
from ropa.commands import fixing
from ropa.commands.errors import CommandError
from ropa.rules.case_files import BASE
from tests.commands.running import ropa

HOSTING = "parties/hosting.yaml"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry with a country by its name, a misspelt code, and a text that the law asks more of."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, tmp_path / "registry")
    _change(tmp_path / "registry" / HOSTING, "country: NO", "country: Norge")
    _change(tmp_path / "registry" / "notice.yaml", "2026-10-01", "1.10.2026")
    return Path("registry")


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def _texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def test_fix_corrects_tells_and_reports_what_is_left(registry: Path) -> None:
    _change(registry / HOSTING, "agreement: {ref: dba-2026-1, date: 2026-01-10, contents: complete, checked: 2026-01-12}\n", "")

    done = ropa("check", registry, "--fix", "--lang", "en", "--format", "concise")

    assert done.code == 1
    assert done.err.splitlines() == [
        "registry/notice.yaml:5: fixed ROPA013 [form-wrong] Write `2026-10-01`",
        "registry/parties/hosting.yaml:4: fixed ROPA013 [form-wrong] Write `NO`",
        "fixed 2 findings in 2 files",
    ]
    assert done.out.splitlines()[0].startswith("registry/parties/hosting.yaml:1:1: error ROPA557")
    assert "2 errors" not in done.out


def test_a_second_run_changes_nothing(registry: Path) -> None:
    ropa("check", registry, "--fix")
    texts = _texts(registry)

    done = ropa("check", registry, "--fix", "--lang", "en")

    assert (done.code, done.out, done.err) == (0, "18 files, no findings\n", "nothing to fix\n")
    assert _texts(registry) == texts == _texts(BASE)


@pytest.mark.parametrize("options", [("--diff",), ("--fix", "--diff")])
def test_diff_shows_and_writes_nothing(registry: Path, options: tuple[str, ...]) -> None:
    texts = _texts(registry)

    done = ropa("check", registry, *options)

    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("--- registry/notice.yaml\n+++ registry/notice.yaml\n@@ ")
    assert "\n-country: Norge\n+country: NO\n" in done.out
    assert _texts(registry) == texts


def test_a_diff_can_be_applied(registry: Path) -> None:
    path = registry / HOSTING
    path.write_bytes(path.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n"))
    expected = path.read_bytes().replace(b"Norge", b"NO")
    diff = ropa("check", registry, "--diff").out

    subprocess.run(["git", "apply", "-p0", "-"], input=diff.encode(), check=True, capture_output=True)

    assert path.read_bytes() == expected


def test_a_diff_of_what_is_right_is_empty(registry: Path) -> None:
    ropa("check", registry, "--fix")

    done = ropa("check", registry, "--diff")

    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_byte_order_mark_line_ends_and_rights_stay(registry: Path) -> None:
    path = registry / HOSTING
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    expected = path.read_bytes().replace(b"Norge", b"NO")

    ropa("check", registry, "--fix")

    assert path.read_bytes() == expected
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("options", [("--only", f"registry/{HOSTING}"), ("--ignore", "key-unknown", "--only", HOSTING)])
def test_only_corrects_the_files_that_are_named(registry: Path, options: tuple[str, ...]) -> None:
    done = ropa("check", registry, "--fix", *options)

    assert done.code == 0
    assert "country: NO" in (registry / HOSTING).read_text()
    assert "1.10.2026" in (registry / "notice.yaml").read_text()


def test_select_corrects_the_findings_that_are_chosen(registry: Path) -> None:
    _change(registry / HOSTING, "kind: it-hosting", "kind: it-hostin")

    ropa("check", registry, "--fix", "--select", "code-unknown")

    assert "kind: it-hosting\nrole: processor\ncountry: Norge" in (registry / HOSTING).read_text()


@pytest.mark.parametrize("obstacle", ["link", "read-only"])
def test_what_cannot_be_replaced_stops_all(registry: Path, obstacle: str) -> None:
    path = registry / HOSTING
    if obstacle == "link":
        (registry / "hosting.txt").write_bytes(path.read_bytes())
        path.unlink()
        path.symlink_to("../hosting.txt")
    else:
        path.chmod(0o444)
    texts = _texts(registry)

    done = ropa("check", registry, "--fix")

    assert done.code == 2
    assert done.out == ""
    assert f"registry/{HOSTING} is " in done.err
    assert "Nothing is written" in done.err
    assert _texts(registry) == texts
    assert path.is_symlink() == (obstacle == "link")


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(registry: Path) -> None:
    checked = check(registry, date(2026, 11, 24))
    _change(registry / HOSTING, "country: Norge", "country: SE")
    texts = _texts(registry)

    with pytest.raises(CommandError, match="was changed while it was checked"):
        fixing.write_fixes(checked, lambda *_: True)

    assert _texts(registry) == texts


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_went_or_is_no_text_any_more_is_an_error(registry: Path, content: bytes | None) -> None:
    checked = check(registry, date(2026, 11, 24))
    if content is None:
        (registry / HOSTING).unlink()
    else:
        (registry / HOSTING).write_bytes(content)

    with pytest.raises(CommandError, match="Nothing is written"):
        fixing.write_fixes(checked, lambda *_: True)

    assert "1.10.2026" in (registry / "notice.yaml").read_text()


def test_what_stands_in_the_baseline_is_left_as_it_is(registry: Path) -> None:
    known = ("--baseline", "known.json")
    ropa("check", "registry", *known, "--update-baseline")
    before = _texts(registry)
    _change(registry / "activities" / "orders.yaml", "role: controller", "role: controler")

    shown = ropa("check", "registry", *known, "--diff").out
    assert "orders.yaml" in shown
    assert "hosting.yaml" not in shown
    assert "fixed 1 finding in 1 file" in ropa("check", "registry", *known, "--fix").err
    assert _texts(registry) == before


def test_what_is_older_than_the_change_is_left_as_it_is(registry: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=old"]):
        subprocess.run([*git, *arguments], cwd=registry.parent, check=True)
    before = _texts(registry)
    _change(registry / "activities" / "orders.yaml", "role: controller", "role: controler")

    assert "fixed 1 finding in 1 file" in ropa("check", "registry", "--since", "HEAD", "--fix").err
    assert _texts(registry) == before


def test_a_revision_that_is_none_is_said_before_anything_is_fixed(registry: Path) -> None:
    before = _texts(registry)

    assert ropa("check", "registry", "--since", "nowhere", "--fix").code == 2
    assert ropa("check", "registry", "--baseline", "nowhere.json", "--fix").code == 2
    assert _texts(registry) == before


def test_a_question_mark_beside_stays_what_it_is(registry: Path) -> None:
    path = registry / HOSTING
    _change(path, "stored_in: [NO]", "stored_in: [?]")

    ropa("check", registry, "--fix")

    assert "country: NO\nstored_in: [?]\n" in path.read_text()

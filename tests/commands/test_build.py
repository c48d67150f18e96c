"""``ropa build`` from outside: what it writes, what it holds back, and how it guards the folder it writes to."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ropa.rules.case_files import BASE
from tests.commands.running import ropa
from tests.conftest import CHECKOUT

DAY = "2026-11-24"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    folder = tmp_path / "registry"
    shutil.copytree(BASE, folder)
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _spoil(registry: Path, name: str, old: str, new: str) -> None:
    path = registry / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


WITHOUT_AGREEMENT = (
    "parties/hosting.yaml",
    "agreement: {ref: dba-2026-1, date: 2026-01-10, contents: complete, checked: 2026-01-12}\n",
    "",
)


def test_a_build_writes_the_files_of_the_contract(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = ropa("build", registry, "--out", out, "--today", DAY)

    assert done.code == 0, done.out + done.err
    files = _files(out)
    assert set(files) == {
        "manifest.json",
        *(f"public/notice/notice.{language}.{ending}" for language in ("nb", "en") for ending in ("html", "md", "txt")),
        *(f"public/cookies/cookies.{language}.{ending}" for language in ("nb", "en") for ending in ("html", "md")),
        "public/cookies/cookies.json",
        *(f"internal/record/controller.{language}.html" for language in ("nb", "en")),
        "internal/record/controller.csv",
        "internal/record/record.json",
        "internal/record/record.xlsx",
        *(f"internal/graph/flow.{ending}" for ending in ("svg", "dot", "mmd", "json")),
        *(
            f"internal/evidence/{name}.{language}.{ending}"
            for name in ("art13-14", "assessments")
            for language in ("nb", "en")
            for ending in ("html", "json")
        ),
        "internal/index.html",
    }
    manifest = json.loads(files["manifest.json"])
    assert manifest["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"}
    assert set(manifest["registry"]) == {"revision", "as_of", "draft"}
    assert manifest["law"]["as_of"].startswith("2026-")
    assert str(out / "internal" / "index.html") in done.err


def test_a_severity_that_is_raised_holds_back_the_notice(registry: Path, tmp_path: Path) -> None:
    _spoil(registry, "activities/orders.yaml", "Levere varene du har bestilt", "Administrative formål")
    settings = registry / "ropa.toml"
    settings.write_text('ignore = ["purpose-too-vague"]\n[severity]\npurpose-too-vague = "error"\n', encoding="utf-8")
    out = tmp_path / "out"

    done = ropa("build", registry, "--out", out, "--today", DAY)

    assert done.code == 1
    assert "1 feil" in done.out
    assert "Held back because of errors: notice, cookies." in done.err
    assert ropa("build", registry, "--out", out, "--today", DAY, "--no-config").code == 0
    assert ropa("build", registry, "--out", out, "--today", DAY, "--config", settings).code == 1


def test_a_configuration_that_says_something_unknown_stops_a_build(registry: Path, tmp_path: Path) -> None:
    (registry / "ropa.toml").write_text("severty = {}\n", encoding="utf-8")

    done = ropa("build", registry, "--out", tmp_path / "out")

    assert done.code == 2
    assert "There is no setting severty. Did you mean severity?" in done.err
    assert not (tmp_path / "out").exists()


def test_a_second_build_changes_nothing_and_check_knows(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ropa("build", registry, "--out", out, "--today", DAY)
    first = _files(out)

    assert ropa("build", registry, "--out", out, "--today", DAY, "--check").code == 0
    ropa("build", registry, "--out", out, "--today", DAY)
    assert _files(out) == first

    (out / "public" / "notice" / "notice.nb.md").write_text("endret")
    stale = ropa("build", registry, "--out", out, "--today", DAY, "--check")
    assert stale.code == 1
    assert "notice.nb.md" in stale.err
    assert (out / "public" / "notice" / "notice.nb.md").read_text() == "endret"


def test_formal_errors_stop_everything(registry: Path, tmp_path: Path) -> None:
    _spoil(registry, "activities/orders.yaml", "kind: service-delivery", "kind: service-delivry")

    for extra in ((), ("--draft",)):
        done = ropa("build", registry, "--out", tmp_path / "out", "--today", DAY, *extra)
        assert done.code == 1
        assert "Nothing was written" in done.err
        assert not (tmp_path / "out").exists()


def test_other_errors_hold_back_what_is_public(registry: Path, tmp_path: Path) -> None:
    _spoil(registry, *WITHOUT_AGREEMENT)
    out = tmp_path / "out"

    done = ropa("build", registry, "--out", out, "--today", DAY)

    assert done.code == 1
    assert "Held back because of errors: notice, cookies" in done.err
    assert not (out / "public").exists()
    assert (out / "internal" / "record" / "controller.nb.html").is_file()


def test_errors_that_appear_later_take_the_public_documents_back(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ropa("build", registry, "--out", out, "--today", DAY)
    _spoil(registry, *WITHOUT_AGREEMENT)

    ropa("build", registry, "--out", out, "--today", DAY)

    assert not (out / "public" / "notice").exists()


def test_a_draft_writes_all_of_it_stamped(registry: Path, tmp_path: Path) -> None:
    _spoil(registry, *WITHOUT_AGREEMENT)
    out = tmp_path / "out"

    done = ropa("build", registry, "--out", out, "--today", DAY, "--draft")

    assert done.code == 1
    for name in (
        "public/notice/notice.nb.html",
        "public/notice/notice.nb.txt",
        "public/cookies/cookies.nb.html",
        "internal/record/controller.nb.html",
        "internal/index.html",
    ):
        assert "utkast" in (out / name).read_text(encoding="utf-8").lower(), name


def test_only_some_parts_leave_the_rest(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ropa("build", registry, "--out", out, "--today", DAY)
    before = _files(out)
    _spoil(registry, "notice.yaml", "nb: Personvernerklæring", "nb: Slik behandler vi opplysninger")

    done = ropa("build", registry, "--out", out, "--today", DAY, "--only", "notice", "--lang", "nb")

    assert done.code == 0, done.out + done.err
    after = _files(out)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"manifest.json", "public/notice/notice.nb.html", "public/notice/notice.nb.md", "public/notice/notice.nb.txt"}
    assert set(after) == set(before)
    assert set(json.loads(after["manifest.json"])["files"]) == set(before) - {"manifest.json"}


def test_files_that_are_no_longer_built_go_and_others_stay(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ropa("build", registry, "--out", out, "--today", DAY)
    (out / "public" / "mine.txt").write_text("x")
    _spoil(registry, "organisation.yaml", "languages: [nb, en]", "languages: [nb]")

    ropa("build", registry, "--out", out, "--today", DAY)

    assert not (out / "public" / "notice" / "notice.en.html").exists()
    assert (out / "public" / "mine.txt").read_text() == "x"


def test_a_folder_of_somebody_else_is_refused(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "letter.txt").write_text("x")

    done = ropa("build", registry, "--out", out)

    assert done.code == 2
    assert "not empty and was not made by" in done.err
    assert _files(out) == {"letter.txt": b"x"}


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": 1}', '{"files": {"../../registry/organisation.yaml": "x"}}'])
def test_a_manifest_of_ours_is_not_believed_blindly(registry: Path, tmp_path: Path, manifest: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text(manifest)

    done = ropa("build", registry, "--out", out, "--today", DAY)

    assert done.code == (0 if ".." in manifest else 2)
    assert (registry / "organisation.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["build"], "--out DIR"),
        (["build", "--out", "o", "--only", "notce"], "Did you mean notice?"),
        (["build", "--out", "o", "--lang", "no"], "There is no language no"),
        (["build", "nowhere", "--out", "o"], "There is no registry at nowhere"),
    ],
)
def test_bad_usage(arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    done = ropa(*arguments)

    assert done.code == 2
    assert says in done.err


def test_an_output_that_is_a_file_or_cannot_be_written(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    assert ropa("build", registry, "--out", tmp_path / "file").code == 2
    done = ropa("build", registry, "--out", Path("/proc/ropa"), "--today", DAY)
    assert done.code == 2
    assert "cannot be written" in done.err


def test_a_full_disk_leaves_the_last_build_whole(registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    ropa("build", registry, "--out", out, "--today", DAY)
    before = _files(out)
    _spoil(registry, "notice.yaml", "nb: Personvernerklæring", "nb: Noe annet")
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = ropa("build", registry, "--out", out, "--today", DAY)

    assert done.code == 2
    assert "No space left on device" in done.err
    assert _files(out) == before


def test_a_killed_build_leaves_the_last_one_whole(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ropa("build", registry, "--out", out, "--today", DAY)
    before = _files(out)
    _spoil(registry, "notice.yaml", "nb: Personvernerklæring", "nb: Noe annet")

    command = [sys.executable, "-m", "ropa", "build", str(registry), "--out", str(out), "--today", DAY]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stage = out / ".ropa-build"
    while process.poll() is None and not stage.exists():
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()

    left = {name: content for name, content in _files(out).items() if not name.startswith(".ropa-build")}
    assert ropa("build", registry, "--out", out, "--today", DAY).code == 0
    assert left in (before, _files(out))
    assert not stage.exists()


def test_the_day_comes_from_the_environment_or_the_last_commit(registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    ropa("build", registry, "--out", tmp_path / "a", "--only", "record")
    assert json.loads((tmp_path / "a" / "manifest.json").read_text())["registry"]["as_of"] == "2025-12-01"

    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    ropa("build", registry, "--out", tmp_path / "b", "--only", "record")
    assert json.loads((tmp_path / "b" / "manifest.json").read_text())["registry"]["as_of"] is None

    environment = {
        **os.environ,
        "GIT_AUTHOR_NAME": "x",
        "GIT_AUTHOR_EMAIL": "x@x.example",
        "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@x.example",
        "GIT_COMMITTER_DATE": "2026-03-04T12:00:00Z",
    }
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=registry, env=environment, check=True)
    ropa("build", registry, "--out", tmp_path / "c", "--only", "record")
    assert json.loads((tmp_path / "c" / "manifest.json").read_text())["registry"]["as_of"] == "2026-03-04"

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert ropa("build", registry, "--out", tmp_path / "d").code == 2

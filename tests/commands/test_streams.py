"""What a shell sees: encodings, readers that leave, streams that are full or closed, and signals."""

from __future__ import annotations

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
from tests.conftest import CHECKOUT

CODE = "from ropa.commands.app import main; main()"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry with one error, whose message has letters beyond ASCII."""
    folder = tmp_path / "registry"
    shutil.copytree(BASE, folder)
    path = folder / "parties" / "hosting.yaml"
    kept = (line for line in path.read_text(encoding="utf-8").splitlines(True) if not line.startswith("agreement"))
    path.write_text("".join(kept), encoding="utf-8")
    return folder


def _environment(**extra: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT), **extra}


def _shell(line: str, folder: Path, **extra: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a line of bash in which `$ROPA` is the command."""
    environment = _environment(ROPA=f"{sys.executable} -c '{CODE}'", **extra)
    command = ["bash", "-c", line.replace("$ROPA", 'eval "$ROPA"')]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize(("name", "encoding"), [("text", "ascii"), ("concise", "cp1252"), ("github", "ascii")])
def test_a_letter_that_an_encoding_lacks_is_an_escape(registry: Path, name: str, encoding: str) -> None:
    done = _shell(f"$ROPA check --lang nb --format {name}", registry.parent, PYTHONIOENCODING=encoding)

    assert (done.returncode, done.stderr) == (1, b"")
    assert b"ROPA557" in done.stdout
    done.stdout.decode(encoding)


@pytest.mark.parametrize("command", ["check --format sarif", "rule --all --format json"])
def test_data_is_utf_8_whatever_the_locale_says(registry: Path, command: str) -> None:
    usual = _shell(f"$ROPA {command}", registry.parent)
    done = _shell(f"$ROPA {command}", registry.parent, PYTHONIOENCODING="latin-1")

    assert done.stdout == usual.stdout
    assert json.loads(done.stdout.decode("utf-8"))


@pytest.mark.parametrize(("command", "code"), [("check --format sarif", 1), ("check --format sarif --fail-on never", 0), ("rule --all", 0)])
def test_a_reader_that_leaves_changes_no_exit_code(registry: Path, command: str, code: int) -> None:
    done = _shell(f"$ROPA {command} | true; exit ${{PIPESTATUS[0]}}", registry.parent)

    assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.parametrize(("command", "code"), [("check", 1), ("check --format junit", 1), ("rule --all", 0)])
def test_a_closed_output_takes_nothing(registry: Path, command: str, code: int) -> None:
    done = _shell(f"$ROPA {command} >&-", registry.parent)

    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["check", "check --diff", "rule purpose-missing"])
def test_a_full_output_is_exit_2_and_said(registry: Path, command: str) -> None:
    path = registry / "activities" / "orders.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("role: controller", "role: controler"), encoding="utf-8")

    done = _shell(f"$ROPA {command} > /dev/full", registry.parent)

    assert done.returncode == 2
    assert done.stderr.startswith(b"ropa: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_error_that_nobody_can_be_told_is_exit_2_all_the_same(registry: Path) -> None:
    assert _shell("$ROPA check nowhere 2> /dev/full", registry.parent).returncode == 2
    assert _shell("$ROPA check nowhere 2>&-", registry.parent).returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_nothing_half_written(registry: Path, tmp_path: Path, number: signal.Signals, code: int) -> None:
    report, pipe = tmp_path / "report.json", tmp_path / "pipe"
    os.mkfifo(pipe)  # the second report waits for a reader, when the first one stands beside its place already
    command = [sys.executable, "-c", CODE, "check", "--output", f"json:{report}", "--output", f"sarif:{pipe}"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        beside = tmp_path / ".report.json.part"
        while process.poll() is None and not beside.exists():
            time.sleep(0.02)
        time.sleep(0.3)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)

    assert process.returncode == code
    assert b"Traceback" not in out + err
    assert not beside.exists()
    assert not report.exists()

"""The wheel holds everything: installed in a clean environment, `ropa` works in any folder."""

import json
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import CHECKOUT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, so that this is complete too."""
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--outdir", folder, CHECKOUT, cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `ropa` command of a clean environment that has the wheel and nothing else of this checkout."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    done = run(folder / "bin" / "python", "-m", "pip", "--quiet", "install", wheel, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "bin" / "ropa"


def test_the_wheel_holds_code_schemas_templates_and_law(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    expected = {
        f"{where}/{file.relative_to(CHECKOUT / folder).as_posix()}"
        for folder, where in (("ropa", "ropa"), ("schemas", "ropa/schemas"), ("templates", "ropa/templates"))
        for file in (CHECKOUT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.name != "README.md"
    }

    assert expected <= set(names), sorted(expected - set(names))


def test_the_wheel_installs_nothing_beside_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"ropa"}


def test_the_installed_command_works_in_another_folder(installed: Path, tmp_path: Path) -> None:
    version = run(installed, "--version", cwd=tmp_path)
    assert version.returncode == 0, version.stderr
    assert "ropa" in version.stdout

    begun = run(installed, "init", "office", cwd=tmp_path)
    assert begun.returncode == 0, begun.stdout + begun.stderr

    # A new registry asks its questions, so it may have findings; but it can be read, and the tool can do its job.
    checked = run(installed, "check", "--format", "json", cwd=tmp_path / "office")
    assert checked.returncode in {0, 1}, checked.stderr
    assert json.loads(checked.stdout)["summary"]["files"] >= 2

    explained = run(installed, "rule", "consent-withdrawal-missing", cwd=tmp_path)
    assert explained.returncode == 0, explained.stderr

    built = run(installed, "build", "--draft", "--out", "out", cwd=tmp_path / "office")
    assert built.returncode in {0, 1}, built.stderr
    assert (tmp_path / "office" / "out" / "manifest.json").is_file(), built.stdout + built.stderr

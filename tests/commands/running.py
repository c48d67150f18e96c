"""Runs a command in this process, as `main` does: with its exit code and what it wrote."""

import io
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from ropa.commands.app import main
from ropa.rules.case_files import BASE


class Ran(NamedTuple):
    """What a run left: its exit code, and what it wrote to standard output and standard error."""

    code: int
    out: str
    err: str


def changed_base(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the small lawful registry in which one file says something else."""
    registry = folder / "registry"
    shutil.copytree(BASE, registry)
    path = registry / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return registry


def ropa(*arguments: str | Path) -> Ran:
    """Run `ropa` with arguments."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with patch.object(sys, "argv", ["ropa", *map(str, arguments)]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
    return Ran(code, out.getvalue(), err.getvalue())

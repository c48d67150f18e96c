"""Runs a command in this process, as `main` does: with its exit code and what it wrote."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from ropa.commands.app import main


class Ran(NamedTuple):
    """What a run left: its exit code, and what it wrote to standard output and standard error."""

    code: int
    out: str
    err: str


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

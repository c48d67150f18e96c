"""What commands that need a whole registry do where its files have formal errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ropa.commands.streams import say

if TYPE_CHECKING:
    from ropa.checking import Checked


def stop_at_formal_errors(checked: Checked) -> None:
    """Ends a command with exit code 1 where files have formal errors, and says how many."""
    number = len(checked.formal_errors())
    if number:
        say(f"ropa: The files have {number} formal errors; `ropa check` shows them.")
        raise typer.Exit(1)

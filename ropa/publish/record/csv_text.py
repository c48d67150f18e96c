"""A table as CSV for an office program in a European setting: UTF-8 with a byte order mark, semicolons, the heading first."""

from __future__ import annotations

import csv
import io
from typing import Final

from ropa.publish.record.tables import Table

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet program may take for the beginning of a formula (OWASP, CSV injection), full-width forms too."""


def csv_bytes(table: Table) -> bytes:
    """The table; a cell of several values has a line a value."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(head.title) for head in table.heads])
    for row in table.rows:
        writer.writerow([harmless(each.text) for each in row])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text as no formula: an apostrophe before it where a program could take it for one, at the start of any line."""
    return "\n".join(f"'{part}" if part.lstrip(" \u00a0").startswith(_FORMULA) else part for part in text.split("\n"))

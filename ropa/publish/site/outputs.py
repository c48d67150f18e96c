"""The file of the front page, in the registry's default language."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ropa.checking import Checked
from ropa.publish.output import Output, Stamp
from ropa.publish.site.page import page
from ropa.publish.styles import style
from ropa.publish.templating import render


def outputs(checked: Checked, stamp: Stamp, written: Collection[str]) -> Iterator[Output]:
    """`index.html`; it links to those of the `written` paths that are documents."""
    yield Output.text(
        "internal/index.html", render("index.html.j2", page=page(checked, stamp, written), style=style("record.css", "index.css"))
    )

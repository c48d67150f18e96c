"""The files of the record: pages for readers in each language, files for programs in the registry's default language."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.context import Context
from ropa.publish.output import Output, Stamp
from ropa.publish.record import tables
from ropa.publish.record.accepted import AcceptedFindings
from ropa.publish.record.as_json import as_json
from ropa.publish.record.csv_text import csv_bytes
from ropa.publish.record.head import Kind
from ropa.publish.record.page import page
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.selection import is_processor
from ropa.publish.styles import style
from ropa.publish.templating import render

FOLDER = "internal/record"
NONE = AcceptedFindings()


def outputs(context: Context, language: str, stamp: Stamp, accepted: AcceptedFindings = NONE) -> Iterator[Output]:
    """`controller.<lang>.html`, and `processor.<lang>.html` where the organisation is a processor too."""
    scribe = Scribe.of(context, language)
    kinds: list[Kind] = ["controller", "processor"] if is_processor(context.registry) else ["controller"]
    for kind in kinds:
        view = page(scribe, stamp, kind, others=[other for other in kinds if other != kind], accepted=accepted)
        yield Output.text(f"{FOLDER}/{kind}.{language}.html", render("record.html.j2", page=view, style=style("record.css")))


def sheet_outputs(context: Context, stamp: Stamp, accepted: AcceptedFindings = NONE) -> Iterator[Output]:
    """`record.xlsx`, `controller.csv`, `processor.csv` (where the organisation is one) and `record.json`."""
    from ropa.publish.record.xlsx import workbook

    scribe = Scribe.of(context, context.registry.language)
    yield Output(f"{FOLDER}/record.xlsx", workbook(scribe, stamp, accepted))
    yield Output(f"{FOLDER}/controller.csv", csv_bytes(tables.controller(scribe, with_head=False)))
    if is_processor(context.registry):
        yield Output(f"{FOLDER}/processor.csv", csv_bytes(tables.processor(scribe, with_head=False)))
    yield Output.text(f"{FOLDER}/record.json", as_json(scribe, stamp, accepted))

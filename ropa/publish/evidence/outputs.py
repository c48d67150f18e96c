"""The files of the evidence, in each language of the registry."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.checking import Checked
from ropa.publish.evidence.as_json import as_json, assessments_json
from ropa.publish.evidence.assessments import assessments
from ropa.publish.evidence.clerk import Clerk
from ropa.publish.evidence.page import page
from ropa.publish.output import Output, Stamp
from ropa.publish.styles import style
from ropa.publish.templating import render

FOLDER = "internal/evidence"


def outputs(checked: Checked, language: str, stamp: Stamp) -> Iterator[Output]:
    """`art13-14.<lang>.html` and `.json`, `assessments.<lang>.html` and `.json`. Links lead into the notice unless errors hold it back."""
    clerk = Clerk.of(checked, language)
    view = page(clerk, stamp, linked=stamp.draft or not stamp.errors)
    sheet = style("record.css", "evidence.css")
    yield Output.text(f"{FOLDER}/art13-14.{language}.html", render("evidence.html.j2", page=view, style=sheet))
    yield Output.text(f"{FOLDER}/art13-14.{language}.json", as_json(view, stamp))
    held = assessments(clerk, stamp)
    yield Output.text(f"{FOLDER}/assessments.{language}.html", render("assessments.html.j2", page=held, style=sheet))
    yield Output.text(f"{FOLDER}/assessments.{language}.json", assessments_json(held, stamp))

"""What the tests of the public documents share: a registry as a context, its documents, and what stands in a page."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache
from pathlib import Path

from ropa.context.context import Context
from ropa.flows.reach import reach
from ropa.model.load import load
from ropa.publish.cookies import outputs as cookie_outputs
from ropa.publish.notice import languages
from ropa.publish.notice import outputs as notice_outputs
from ropa.publish.output import Stamp
from ropa.source.files import read_registry
from tests.conftest import registries

DAY = date(2026, 11, 24)


def context(folder: Path, today: date | None = DAY) -> Context:
    """A registry as the documents are given it."""
    registry = load(read_registry(folder)).registry
    return Context(registry, reach(registry), today)


def documents(of: Context, draft: bool | None = None) -> dict[str, str]:
    """Every file of notice and cookie declaration in every language, by its name."""
    stamp = Stamp(of.today, of.registry.is_draft() if draft is None else draft, "revision")
    found: dict[str, str] = {}
    for language in languages(of):
        for output in (*notice_outputs(of, language, stamp), *cookie_outputs(of, language, stamp)):
            found[output.path.removeprefix("public/")] = output.content.decode("utf-8")
    return found


@cache
def built(name: str) -> dict[str, str]:
    """The documents of a registry of the checkout, made once."""
    return documents(context(registries()[name]))


def written(folder: Path, files: dict[str, str]) -> Path:
    """A registry of these files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def ids(page: str) -> list[str]:
    """Every id of a page, in order."""
    return [html.unescape(found) for found in re.findall(r'\sid="([^"]*)"', page)]


def hrefs(page: str) -> list[str]:
    """Where every link of a page leads."""
    return [html.unescape(found) for found in re.findall(r'<a [^>]*href="([^"]*)"', page)]


def words(page: str) -> str:
    """What a page says, with the addresses of its links, in one line of plain characters."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    body = re.sub(r"</?(?:span|strong|a|code)\b[^>]*>", "", body)
    text = html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("‑", "-").replace("\xad", "")
    return re.sub(r"\s+", " ", f"{text} {' '.join(hrefs(page))}")

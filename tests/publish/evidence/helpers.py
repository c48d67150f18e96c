"""What the tests of the evidence share: the pages of a registry, and what stands at an anchor of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ropa.checking import Checked, check
from ropa.publish import notice
from ropa.publish.build import Plan, stamp
from ropa.publish.evidence.outputs import outputs
from tests.conftest import registries
from tests.publish.record.samples import TODAY, write

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@cache
def checked(name: str) -> Checked:
    """A registry of the checkout."""
    return check(registries()[name], TODAY)


def files(of: Checked, language: str, *, draft: bool = False) -> dict[str, str]:
    """The evidence of a registry in a language, by the files' names."""
    said = stamp(of, Plan(draft=draft))
    return {output.path.rpartition("/")[2]: output.content.decode("utf-8") for output in outputs(of, language, said)}


@cache
def built(name: str, language: str) -> Mapping[str, str]:
    """The evidence of a registry of the checkout in a language."""
    return files(checked(name), language)


@cache
def notice_pages(name: str) -> Mapping[str, str]:
    """The notice of a registry of the checkout in all its languages, by the files' names."""
    of = checked(name)
    said = stamp(of, Plan())
    every = (output for language in notice.languages(of.context) for output in notice.outputs(of.context, language, said))
    return {output.path.rpartition("/")[2]: output.content.decode("utf-8") for output in every if output.path.endswith(".html")}


def languages(name: str) -> tuple[str, ...]:
    """The languages of a registry of the checkout."""
    return checked(name).registry.languages


EVERY = [(name, language) for name in registries() for language in languages(name)]
"""Every registry of the checkout in each of its languages."""


def evidence(name: str, language: str) -> dict[str, Any]:
    """The evidence of Arts 13 and 14 of a registry of the checkout, as JSON."""
    found: dict[str, Any] = json.loads(built(name, language)[f"art13-14.{language}.json"])
    return found


def entries(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every entry with the id of its purpose; that of the organisation has none."""
    found = [("", entry) for entry in document["organisation"]]
    return found + [(purpose["id"], entry) for purpose in document["purposes"] for entry in purpose["elements"]]


def small(tmp_path: Path, contents: Mapping[str, str], today: date | None = TODAY) -> Checked:
    """A registry written on the spot."""
    return check(write(tmp_path, contents), today)


def document(of: Checked, language: str = "nb") -> dict[str, Any]:
    """The evidence of Arts 13 and 14 of a registry as JSON."""
    found: dict[str, Any] = json.loads(files(of, language)[f"art13-14.{language}.json"])
    return found


def entry(of: dict[str, Any], purpose: str, element: str) -> dict[str, Any]:
    """One entry of a purpose, or of the organisation where no purpose is named."""
    return next(found for name, found in entries(of) if name == purpose and found["element"] == element)


class _Places(HTMLParser):
    """Gathers the text inside each element that has an id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.texts: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id") or ""
        if name:
            self.texts.setdefault(name, [])
        if tag not in VOID:
            self.open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            opened, _ = self.open.pop()
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        for _, name in self.open:
            if name:
                self.texts[name].append(data)


@cache
def places(page: str) -> Mapping[str, str]:
    """The text at each anchor of a page, without white space and soft hyphens."""
    parser = _Places()
    parser.feed(page)
    return {name: squeezed("".join(texts)) for name, texts in parser.texts.items()}


def squeezed(text: str) -> str:
    """The text without white space and soft hyphens, so that only its words are compared."""
    return re.sub(r"[\s\xad]", "", text).replace("‑", "-")

"""Templates: where they lie and how text from a registry is made harmless in each format."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from ropa.resources import directory

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
_SAFE_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


@cache
def environment(kind: str) -> jinja2.Environment:
    """The templates of a kind: ``html`` escapes every value by itself, ``md`` and ``txt`` by the ``md`` and ``plain`` filters.

    A name that is missing in a view is an error, never an empty place (StrictUndefined).
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(directory("templates")),
        autoescape=kind == "html",  # noqa: S701 - Markdown and plain text are made harmless by `finalize`
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_harmless if kind != "md" else _harmless_markdown,
    )
    made.filters.update(md=markdown, plain=plain, safe_url=safe_url)
    return made


def render(template: str, **view: Any) -> str:
    """A template filled with a view. The kind follows from the name: ``notice.html.j2``."""
    kind = template.split(".")[-2]
    return environment(kind).get_template(template).render(**view)


class Verbatim(str):
    """Markdown that a template or this module made itself, and that is not escaped again."""

    __slots__ = ()


def _harmless(value: Any) -> Any:
    return plain(value) if type(value) is str else value


def _harmless_markdown(value: Any) -> Any:
    """In a Markdown template every plain value is escaped; what is ready says so by its type."""
    if type(value) is str:
        return markdown(value)
    return value


def plain(text: Any) -> str:
    """Text without control and direction characters, on one line."""
    return " ".join(_CONTROL.sub("", str(text)).split(" ")).replace("\n", " ").replace("\r", " ").replace("\t", " ")


def markdown(text: Any) -> Verbatim:
    """Text as literal Markdown: no character of it is markup, and it begins no list or heading."""
    if isinstance(text, Verbatim):
        return text
    escaped = _MARKDOWN.sub(r"\\\1", plain(text))
    return Verbatim(_LINE_START.sub(r"\1\\\2", escaped))


def safe_url(url: str | None) -> str:
    """The address of a link, or nothing where its scheme is not web, mail or telephone."""
    text = plain(url or "").strip()
    return text if _SAFE_SCHEME.match(text) else ""


def html(text: str) -> Markup:
    """HTML that this program made itself, from values that are escaped already."""
    return Markup(text)  # noqa: S704 - only ever called with markup made here

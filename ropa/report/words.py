"""The headings and sentences of reports that explain something, in Bokmål and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from textwrap import fill

from ropa.findings.catalogue import texts_language
from ropa.source.reader import read_plain

WIDTH = 100
_FOLDER = Path(__file__).parent / "texts"


@cache
def _texts(language: str) -> Mapping[str, str]:
    return read_plain((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))


def words(name: str, language: str, **parts: object) -> str:
    """A heading or sentence of a report, with its named parts filled. Nynorsk reads Bokmål until it has its own."""
    text = _texts(texts_language(language))[name]
    return text.format(**parts) if "{" in text else text


def tag_meaning(tag: str, language: str) -> str:
    """What a tag of the law data (T, R, S, U) says of how a fact was verified."""
    return words(f"tag-{tag}", language)


def paragraph(text: str, indent: str = "  ", first: str | None = None) -> str:
    """A text in lines of at most `WIDTH` characters; `first` stands before the first line."""
    start = indent if first is None else first
    return fill(
        " ".join(text.split()), WIDTH, initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def indented(text: str, indent: str = "    ") -> Iterator[str]:
    """The lines of a text further in; empty ones stay empty."""
    for line in text.rstrip("\n").split("\n"):
        yield f"{indent}{line}" if line else ""

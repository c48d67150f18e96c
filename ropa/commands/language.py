"""In which language a command speaks that does not check: the option's, else the registry's first, else English."""

from __future__ import annotations

from pathlib import Path

from ropa.commands.options import checked_language
from ropa.law import LANGUAGES

_OTHERWISE = "en"


def reader_language(option: str | None, registry: Path) -> str:
    """The language of messages. A registry that does not exist, or whose first language cannot be read, leaves English."""
    return checked_language(option) or _first_of(registry) or _OTHERWISE


def _first_of(registry: Path) -> str | None:
    from ropa.source.reader import Unusual, read_plain

    try:
        data = read_plain((registry / "organisation.yaml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Unusual):
        return None
    languages = data.get("languages")
    first = languages[0] if isinstance(languages, list) and languages else languages
    return first if first in LANGUAGES else None

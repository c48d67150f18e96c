"""The rules as data (code, severity, provisions) and their words in each language. Loaded when first asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from ropa.findings.finding import Severity
from ropa.source.reader import read_plain

_NEXT: Final = re.compile(r"\n(?=[a-z])")
_FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("nb", "en")
"""Languages of messages, laws and fixes; Nynorsk reads Bokmål until it has its own."""


class RuleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's facts. `formal` findings are about the files, not the law. `country`: it rests on that country's law alone, and binds who is
    established there; `data_protection_act`: on that country's act beside the Regulation, which may reach further (`ropa.law.overlays`).

    `address` and `related` are patterns of addresses (``*`` is one segment, ``**`` any number): where it may point.
    """

    name: str = ""
    code: str
    severity: Severity
    group: str
    provisions: str = ""
    verified: str = ""
    country: str = ""
    data_protection_act: bool = False
    target: str = ""
    address: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def formal(self) -> bool:
        """Whether it is a finding about the files themselves."""
        return self.code < "ROPA100"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one variant of a rule's message, with named parts in braces."""

    message: str
    fix: str | None


@cache
def entries() -> Mapping[str, RuleEntry]:
    """Every rule and formal finding by name, in order of code."""
    index = msgspec.json.decode((_FOLDER / "index.json").read_bytes(), type=dict[str, RuleEntry])
    return {name: msgspec.structs.replace(entry, name=name) for name, entry in index.items()}


@cache
def by_code() -> Mapping[str, RuleEntry]:
    """Every known rule and formal finding by code."""
    return {entry.code: entry for entry in entries().values()}


def entry(name_or_code: str) -> RuleEntry | None:
    """A rule by its name or its code, in any case."""
    word = name_or_code.strip()
    return entries().get(word.lower()) or by_code().get(word.upper())


def texts_language(language: str) -> str:
    """The language in which messages are written for a reader of ``language``."""
    return "en" if language == "en" else "nb"


@cache
def _files(language: str) -> tuple[str, ...]:
    """The texts of a language's catalogues, unread: a check needs the words of a few rules only."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted((_FOLDER / "texts" / language).rglob("*.yaml")))


@cache
def _words(name: str, language: str) -> Mapping[str, Any] | None:
    """What a catalogue says under a name; only that part of its file is read."""
    for text in _files(texts_language(language)):
        start = 0 if text.startswith(f"{name}:") else text.find(f"\n{name}:") + 1
        if start or text.startswith(f"{name}:"):
            end = _NEXT.search(text, start + len(name) + 1)
            found: Mapping[str, Any] = read_plain(text[start : end.start() + 1 if end else len(text)])[name]
            return found
    return None


def wording(rule: str, variant: str, language: str) -> Wording:
    """The words of a variant. A catalogue without them is a fault of the product: the tests hold every variant to it."""
    words = _words(rule, language)
    if words is None:
        raise KeyError(rule)
    found = words["messages"][variant]
    return Wording(found["message"], found.get("fix"))


def explanation(rule: str, language: str) -> Mapping[str, Any]:
    """What a rule checks, why, its question and the reason of its severity."""
    found = _words(rule, language)
    if found is None:
        raise KeyError(rule)
    return dict(found)


def variants(rule: str, language: str) -> Mapping[str, Any]:
    """All variants of a rule's message."""
    return dict((_words(rule, language) or {}).get("messages", {}))


def phrase(key: str, language: str, /, **parts: object) -> str:
    """A fixed phrase of the tool itself (summary lines, headings of the terminal) with its named parts filled."""
    text: str = (_words("phrases", language) or {})[key]
    return text.format(**parts) if parts else text

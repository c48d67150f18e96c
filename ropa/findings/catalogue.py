"""The rules as data (code, severity, provisions) and their words in each language. Loaded when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from ropa.findings.finding import Severity
from ropa.source.reader import read_plain

_FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("nb", "en")
"""Languages of messages, laws and fixes; Nynorsk reads Bokmål until it has its own."""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule's facts. `formal` findings are about the files, not the law; `norwegian` rules rest on Norwegian acts alone."""

    name: str
    code: str
    severity: Severity
    group: str
    provisions: str
    verified: str
    formal: bool
    norwegian: bool
    target: str
    addresses: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one variant of a rule's message, with named parts in braces."""

    message: str
    fix: str | None


@cache
def entries() -> Mapping[str, RuleEntry]:
    """Every known rule and formal finding by name, those not built yet included; in order of code."""
    index = read_plain((_FOLDER / "index.yaml").read_text(encoding="utf-8"))
    found = [
        RuleEntry(
            name=name,
            code=entry["code"],
            severity=entry["severity"],
            group=entry["group"],
            provisions=entry.get("provisions", ""),
            verified=entry.get("verified", ""),
            formal=entry["code"] < "ROPA100",
            norwegian=entry.get("norwegian", False),
            target=entry.get("target", ""),
            addresses=tuple(entry.get("address", ())),
            related=tuple(entry.get("related", ())),
        )
        for name, entry in index.items()
    ]
    return {entry.name: entry for entry in sorted(found, key=lambda e: e.code)}


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
def _texts(language: str) -> Mapping[str, Any]:
    texts: dict[str, Any] = {}
    for path in sorted((_FOLDER / "texts" / language).glob("*.yaml")):
        texts.update(read_plain(path.read_text(encoding="utf-8")))
    return texts


def wording(rule: str, variant: str, language: str) -> Wording:
    """The words of a variant. A catalogue without them is a fault of the product: the tests hold every variant to it."""
    found = _texts(texts_language(language))[rule]["messages"][variant]
    return Wording(found["message"], found.get("fix"))


def explanation(rule: str, language: str) -> Mapping[str, Any] | None:
    """What a rule checks, why, its question where the law leaves judgement, and why its severity is what it is; None for a rule not built yet."""
    found = _texts(texts_language(language)).get(rule)
    return None if found is None else dict(found)


def variants(rule: str, language: str) -> Mapping[str, Any]:
    """All variants of a rule's message."""
    return dict(_texts(texts_language(language)).get(rule, {}).get("messages", {}))


def phrase(key: str, language: str, /, **parts: object) -> str:
    """A fixed phrase of the tool itself (summary lines, headings of the terminal) with its named parts filled."""
    text: str = _texts(texts_language(language))["phrases"][key]
    return text.format(**parts) if parts else text

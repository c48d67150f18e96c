"""What is called anonymous and is not: keyed or truncated identifiers, and statistics of social media. GDPR Art. 4(1), 4(5), recital 26."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import msgspec

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.law import LANGUAGES
from ropa.rules.asked import in_order
from ropa.rules.stock_words import (
    calls_anonymous,
    is_pseudonymisation,
    names_social_media,
    tells_of_figures,
    tells_of_keys,
    tells_of_true_totals,
)
from ropa.source.address import Path, address

RULE: Final = "pseudonymised-called-anonymous"
ANONYMISE: Final = "anonymise"
SOCIAL: Final = frozenset({"social-media-presence", "social-network", "social-media"})
"""Kinds of purpose and party, and a category of cookies, that are about social media."""

STATISTICS: Final = "audience-statistics"
NOTES: Final = "note"


class _Words(NamedTuple):
    """A text in its languages and where it stands."""

    path: Path
    words: dict[str, str]


def pseudonymised_called_anonymous(context: Context) -> Iterator[Breach]:
    """Something called anonymous that can be traced to a person, and data to be made anonymous without a method."""
    yield from _without_method(context)
    for record in _records(context):
        data = context.registry.long[record]
        if b"nonym" not in msgspec.json.encode(data):
            continue
        social = _is_social(data)
        for text in _texts(data, ()):
            language = next((code for code, words in in_order(context, text.words) if _is_misnamed(words, social)), None)
            if language is not None:
                yield Breach(RULE, address(record, (*text.path, language)), "text", {"text": text.words[language]})


def _without_method(context: Context) -> Iterator[Breach]:
    for placed in context.written_retentions:
        if placed.retention.then != ANONYMISE:
            continue
        method = placed.retention.method
        if not method:
            unknown = f"{placed.address}.method" in context.registry.unknown
            yield Breach(RULE, f"{placed.address}.{'method' if unknown else 'then'}", "method")
        elif any(is_pseudonymisation(words) for words in method.values()):
            yield Breach(RULE, f"{placed.address}.then", "keyed-method", {"method": context.registry.text(method)})


def _records(context: Context) -> Iterator[str]:
    yield from (f"activities/{activity.id}" for activity in context.controlled)
    yield from (f"parties/{name}" for name in context.registry.parties)
    yield from (f"cookies/{name}" for name in context.registry.cookies)


def _texts(data: dict[str, Any], path: Path) -> Iterator[_Words]:
    """Every text of a record, notes to oneself left out. A retention's method is judged with what happens at its end."""
    for key, value in data.items():
        if not isinstance(value, dict) or key == NOTES or (key == "method" and "then" in data):
            continue
        if any(isinstance(value.get(language), str) for language in LANGUAGES):
            yield _Words((*path, key), {code: words for code, words in value.items() if code in LANGUAGES})
        else:
            yield from _texts(value, (*path, key))


def _is_social(data: dict[str, Any]) -> bool:
    """Whether a record is about social media and their figures."""
    kinds = {data.get("kind"), data.get("category"), *(purpose.get("kind") for purpose in data.get("purposes", {}).values())}
    categories = (category for group in data.get("data", {}).values() for category in group.get("categories", ()))
    return not SOCIAL.isdisjoint(kinds) or STATISTICS in categories


def _is_misnamed(text: str, social: bool) -> bool:
    if not calls_anonymous(text) or tells_of_true_totals(text):
        return False
    return tells_of_keys(text) or ((social or names_social_media(text)) and tells_of_figures(text))


ANONYMITY = (pseudonymised_called_anonymous,)

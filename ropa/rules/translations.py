"""Texts of the notice that stand in one of the registry's languages and are missing in another. GDPR Arts 5(1)(a), 12(1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from ropa.context.context import Context
from ropa.context.printed import name_of_text, named_in_print, printed_texts, summary_languages, texts_by_name
from ropa.context.public_texts import PublicText
from ropa.findings.finding import Breach, Severity
from ropa.model.text import Text
from ropa.source.address import Path

DEMANDED: Final = frozenset(
    {
        "purposes.*.text",  # 13(1)(c)
        "purposes.*.basis.legitimate-interest.interest",  # 13(1)(d)
        "retention.criteria",  # 13(2)(a)
        "retention.per_purpose.*.criteria",
        "data.*.retention.criteria",
        "data.*.retention.per_purpose.*.criteria",
        "*.criteria",
        "events.*",
        "events.*.after",
        "obligation_to_provide.consequence",  # 13(2)(e)
        "data.*.obligation_to_provide.consequence",
        "automated_decision.logic",  # 13(2)(f)
        "automated_decision.significance",
        "automated_decision.consequences",
        "data_categories.*",  # 14(1)(d)
        "joint.*.essence",  # 26(2)
        "transfer_copy",  # 13(1)(f)
        "transfers.*.copy",
        "subprocessors.*.transfers.*.copy",
        "recipients.*.transfers.*.copy",
        "text",  # cookies: 13(1)(c), ekomloven § 3-15
    }
)
"""The texts that Arts 13, 14 and 26(2) demand: without them the notice lacks a fact in that language."""

PROPER_NAMES: Final = frozenset({"source.*.name", "data.*.source.*.name"})
"""Names of registers and other sources, which are the same in every language."""

SELF_EXPLAINING: Final = re.compile(r"\s*(?:https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*\Z")
"""A link or an e-mail address, which needs no translation."""

NORWEGIAN: Final = frozenset({"nb", "nn"})


def translation_drift(context: Context) -> Iterator[Breach]:
    """A text that the notice prints in the default language and lacks in another. Once a text."""
    registry = context.registry
    shortened = summary_languages(registry)
    languages = [code for code in registry.languages if code == registry.language or code not in shortened]
    if len(languages) < 2:
        return
    for text, missing in _lacking(printed_texts(context), languages):
        yield _drift(text, missing, registry.language)
    named = list(_lacking(texts_by_name(context), languages))
    used = named_in_print(context) if named else frozenset()
    for text, missing in named:
        if name_of_text(text) in used:
            yield _drift(text, missing, registry.language)


def _lacking(texts: Iterable[PublicText], languages: list[str]) -> Iterator[tuple[PublicText, list[str]]]:
    """The texts that stand in the default language and lack another, with what they lack."""
    default, others = languages[0], languages[1:]
    for text in texts:
        words = text.words
        if default in words and not all(code in words for code in others) and needs_translation(text, default):
            yield text, [code for code in others if code not in words]


def needs_translation(text: PublicText, language: str) -> bool:
    """Whether a text, as it stands in a language, is not the same in all: neither a proper name nor a link or an address."""
    return text.pattern not in PROPER_NAMES and SELF_EXPLAINING.match(text.words[language]) is None


def lacks_default(context: Context, words: Text) -> bool:
    """Whether a text that is there lacks the default language, so that its own rule speaks.

    A link or an address is the same in all languages; of Bokmål and Nynorsk either will do (docs/rules, notice-language-missing).
    """
    language = context.registry.language
    if language in words or (language in NORWEGIAN and NORWEGIAN & words.keys()):
        return False
    return any(SELF_EXPLAINING.match(each) is None for each in words.values())


def _drift(text: PublicText, missing: list[str], default: str) -> Breach:
    """The breach of one text: at the first language that a reader cannot do without, else at the other form of Norwegian."""
    needed = [code for code in missing if not (code in NORWEGIAN and NORWEGIAN & text.words.keys())]
    language = (needed or missing)[0]
    written = json.dumps(text.words[default], ensure_ascii=False)
    params = {"field": field_of(text.path), "languages": ", ".join(missing), "language": language, "default": default, "written": written}
    severity: Severity = "error" if text.pattern in DEMANDED else "warning"
    if not needed:
        return Breach("translation-drift", text.address(language), "norwegian", params, "info")
    return Breach("translation-drift", text.address(language), severity, params, severity)


def field_of(path: Path) -> str:
    """What an officer calls the place of a text: its key, with the name above it where the key alone says little."""
    return ".".join(path[-2:]) if len(path) > 1 else path[-1]


TRANSLATIONS = (translation_drift,)

"""Whether the notice can be read in the languages of those it is for. GDPR Art. 12(1); WP260."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.context import Context
from ropa.context.printed import name_of_text, named_in_print, printed_texts, summary_languages, texts_by_name
from ropa.context.public_texts import PublicText
from ropa.findings.finding import Breach
from ropa.law.references import NORWAY
from ropa.rules.asked import broken_inside
from ropa.rules.translations import NORWEGIAN, field_of, needs_translation

ENGLISH = "en"
LANGUAGES_AT = "organisation#languages"


def notice_language_missing(context: Context) -> Iterator[Breach]:
    """A notice that is not whole in the main language, or not there in the language of those it is for.

    Of a text that a rule of its own asks for that rule speaks (the engine's table); of other languages translation-drift.
    """
    yield from _for_audiences(context)
    default = context.registry.language
    for text in printed_texts(context):
        if default not in text.words and _is_translated(text):
            yield _incomplete(text, default)
    named = [text for text in texts_by_name(context) if default not in text.words and _is_translated(text)]
    used = named_in_print(context) if named else frozenset()
    for text in named:
        if name_of_text(text) in used:
            yield _incomplete(text, default)


def _is_translated(text: PublicText) -> bool:
    """Whether words stand in another language, and are of the kind that differs between languages."""
    return any(needs_translation(text, language) for language in text.words)


def _incomplete(text: PublicText, default: str) -> Breach:
    params = {"field": field_of(text.path), "language": default}
    if default in NORWEGIAN and NORWEGIAN & text.words.keys():
        return Breach("notice-language-missing", text.address(default), "norwegian-form", params, "info")
    return Breach("notice-language-missing", text.address(default), "incomplete", params)


def _for_audiences(context: Context) -> Iterator[Breach]:
    """The languages against the markets: for markets abroad English is enough, for Norway either form of Norwegian."""
    organisation = context.registry.organisation
    if not organisation.languages or broken_inside(context, LANGUAGES_AT):
        return
    offered = {*organisation.languages, *summary_languages(context.registry)}
    markets = organisation.markets or []
    abroad = [market for market in markets if market != NORWAY]
    if abroad and ENGLISH not in offered:
        yield _unoffered("english", ", ".join(abroad))
    if NORWAY in markets and not offered & NORWEGIAN:
        yield _unoffered("norwegian", NORWAY)


def _unoffered(variant: str, markets: str) -> Breach:
    params = {"markets": markets}
    return Breach("notice-language-missing", LANGUAGES_AT, variant, params, "warning", ("organisation#markets",))


NOTICE_LANGUAGES = (notice_language_missing,)

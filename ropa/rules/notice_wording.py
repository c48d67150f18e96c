"""Words of the notice that leave open what happens. GDPR Art. 12(1); WP260."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.context.printed import printed_records
from ropa.context.public_texts import PublicText
from ropa.findings.finding import Breach
from ropa.rules.qualifiers import may_qualify, vague_qualifier

OUTCOMES: Final = frozenset({"automated_decision.consequences"})
"""Texts that tell of several possible outcomes, GDPR Art. 13(2)(f)."""


CRITERIA: Final = ".criteria"
"""Criteria for a period have a rule of their own, which accepts such words beside an event or a time."""


def notice_vague_qualifiers(context: Context) -> Iterator[Breach]:
    """A text of the notice that says what may happen. Once a text: in the first language in which it does."""
    order = context.registry.languages
    for record in printed_records(context):
        if may_qualify(context.public_words(record)):
            for text in context.public_texts(record):
                if text.pattern not in OUTCOMES and not text.pattern.endswith(CRITERIA):
                    yield from _vague(text, order)


def _vague(text: PublicText, order: tuple[str, ...]) -> Iterator[Breach]:
    for language in order:
        words = text.words.get(language)
        qualifier = vague_qualifier(words, language) if words is not None else None
        if qualifier is not None:
            yield Breach("notice-vague-qualifiers", text.address(language), "vague", {"word": qualifier, "text": words or ""})
            return


NOTICE_WORDING = (notice_vague_qualifiers,)

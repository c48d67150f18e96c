"""Words that say too little: stock phrases in place of a purpose, and lists that are left open. GDPR Arts 5(1)(b), 5(1)(c), 12(1)."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.context import Context, purpose_address, purposes_of
from ropa.context.public_texts import PublicText
from ropa.findings.finding import Breach
from ropa.rules.asked import in_order
from ropa.rules.words import is_stock_phrase, may_be_open, open_word

RESEARCH = "research-statistics"
LISTING = ("parties", "cookies")
EXAMPLES = "data.*.examples"
"""Examples beside a closed list of categories are no open list."""


def purpose_too_vague(context: Context) -> Iterator[Breach]:
    """A purpose that is only a stock phrase. Once a purpose: in the first language in which it is one."""
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            if purpose.text is None or purpose.kind == RESEARCH:
                continue
            for language, text in in_order(context, purpose.text):
                if is_stock_phrase(text):
                    yield Breach("purpose-too-vague", f"{purpose_address(activity, name)}.text.{language}", "stock-phrase", {"text": text})
                    break


def open_ended_list(context: Context) -> Iterator[Breach]:
    """A public text, name or own word that leaves a list open. Once a text: in the first language in which it does."""
    for record in _records(context):
        if not may_be_open(context.public_words(record)):
            continue
        for text in context.public_texts(record):
            if text.pattern != EXAMPLES:
                yield from _open(context, text)
    yield from _open_names(context)


def _records(context: Context) -> Iterator[str]:
    """The records that list data, recipients, purposes and cookies for the public."""
    for activity in context.controlled:
        yield f"activities/{activity.id}"
    for folder in LISTING:
        for name in getattr(context.registry, folder):
            yield f"{folder}/{name}"
    yield from (record for record in ("vocabulary", "notice") if record in context.registry.long)


def _open(context: Context, text: PublicText) -> Iterator[Breach]:
    for language, words in in_order(context, text.words):
        word = open_word(words)
        if word is not None:
            yield Breach("open-ended-list", text.address(language), "open", {"word": word, "text": words})
            return


def _open_names(context: Context) -> Iterator[Breach]:
    for name, party in context.registry.parties.items():
        word = open_word(party.name) if party.name is not None else None
        if word is not None and party.name is not None:
            yield Breach("open-ended-list", f"parties/{name}#name", "open", {"word": word, "text": party.name})


WORDING = (purpose_too_vague, open_ended_list)

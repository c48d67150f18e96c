"""How requests from people are handled: the time to answer, the price and the proof of who asks. GDPR Arts 12(2)-(6), 15(3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.model.organisation import Extension, Rights
from ropa.model.text import days
from ropa.rules.asked import broken_inside

RIGHTS: Final = "organisation#rights"

ANSWER_DAYS: Final = 30
"""One month to answer, and to tell of an extension, GDPR Art. 12(3)."""

EXTENSION_DAYS: Final = 60
"""Two further months, GDPR Art. 12(3)."""

FEE_FOR_ALL: Final = "always"
EXCESSIVE_CHECKS: Final = frozenset({"always", "id-copy"})
"""Proof of identity that is asked of everybody, or a copy of a document as a rule."""


def rights_deadline_wrong(context: Context) -> Iterator[Breach]:
    """Requests are answered within a month, extended by two months at most, and free of charge but for the exceptions."""
    rule, rights = "rights-deadline-wrong", context.registry.organisation.rights
    if "organisation" not in context.registry.long:  # organisation-missing speaks
        return
    if rights is None or _is_empty(context, rights):
        if not broken_inside(context, RIGHTS):
            yield Breach(rule, RIGHTS, "missing")
        return
    if _is_longer(rights.answer_within, ANSWER_DAYS):
        yield Breach(rule, f"{RIGHTS}.answer_within", "answer", {"value": rights.answer_within or ""})
    yield from _extended(rule, rights.extension)
    if rights.fee == FEE_FOR_ALL:
        yield Breach(rule, f"{RIGHTS}.fee", "fee")


def _is_empty(context: Context, rights: Rights) -> bool:
    """Whether a map is there and nothing in it, not even an open question."""
    return rights == Rights() and not any(address.startswith(f"{RIGHTS}.") for address in context.registry.unknown)


def _extended(rule: str, extension: Extension | None) -> Iterator[Breach]:
    if extension is None:
        return
    if _is_longer(extension.period, EXTENSION_DAYS):
        yield Breach(rule, f"{RIGHTS}.extension.period", "extension", {"value": extension.period or ""})
    if _is_longer(extension.told_within, ANSWER_DAYS):
        yield Breach(rule, f"{RIGHTS}.extension.told_within", "told", {"value": extension.told_within or ""})


def _is_longer(duration: str | None, limit: int) -> bool:
    """Whether a duration passes a limit in days. One without a length (``permanent``) passes every limit."""
    if duration is None:
        return False
    length = days(duration)
    return length is None or length > limit


def identity_check_excessive(context: Context) -> Iterator[Breach]:
    """Who asks need not prove an identity that nobody doubts."""
    rights = context.registry.organisation.rights
    check = rights.identity_check if rights is not None else None
    if check in EXCESSIVE_CHECKS:
        yield Breach("identity-check-excessive", f"{RIGHTS}.identity_check", check)


RIGHTS_HANDLING = (rights_deadline_wrong, identity_check_excessive)

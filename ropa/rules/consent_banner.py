"""The consent banner of a website or app. GDPR Arts 4(11), 7(3), recital 42; ekomloven § 3-15."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach, Severity
from ropa.model.records import ConsentBanner, Cookies
from ropa.model.text import days
from ropa.rules.asked import broken_inside
from ropa.rules.terminal_storage import AT_ONCE, needs_consent

RULE: Final = "consent-banner-invalid"
NONE: Final = "none"
NAGGING_DAYS: Final = 30
"""Asking again sooner than after a month is nagging. The number is practice, not law."""


def consent_banner_invalid(context: Context) -> Iterator[Breach]:
    """A banner that does not ask, cannot be refused as easily as accepted, loads before the choice, or cannot be taken back."""
    for name, system in context.registry.systems.items():
        banner = system.consent_banner
        if banner is None:
            continue
        used = _used_on(context, name)
        if used and not any(needs_consent(cookies) for cookies in used.values()):
            continue
        address = f"systems/{name}#consent_banner"
        yield from _asking(address, banner, used)
        yield from _refusing(address, banner)
        yield from _afterwards(address, banner)
        yield from _unsaid(context, address, banner)


def _used_on(context: Context, system: str) -> dict[str, Cookies]:
    """What is stored or read on a website or app: the records that name it, and those that name none."""
    return {name: cookies for name, cookies in context.registry.cookies.items() if cookies.used_on is None or system in cookies.used_on}


def _asking(address: str, banner: ConsentBanner, used: dict[str, Cookies]) -> Iterator[Breach]:
    """Whether anyone is asked, and asked first."""
    if banner.mechanism == "browser-default":
        yield Breach(RULE, f"{address}.mechanism", "browser-default")
    elif banner.mechanism == NONE:
        yield Breach(RULE, f"{address}.mechanism", "no-mechanism")
    if banner.before_choice == "something":
        early = (f"cookies/{name}#loaded" for name, cookies in used.items() if cookies.loaded == AT_ONCE and needs_consent(cookies))
        yield Breach(RULE, f"{address}.before_choice", "before-choice", related=tuple(early))


def _refusing(address: str, banner: ConsentBanner) -> Iterator[Breach]:
    """Whether refusing is as easy as accepting."""
    if banner.refuse == NONE:
        yield Breach(RULE, f"{address}.refuse", "no-refusal")
        return
    if banner.refuse == "second-layer":
        yield Breach(RULE, f"{address}.refuse", "second-layer", severity="warning")
    if banner.prominence == "less":
        yield Breach(RULE, f"{address}.prominence", "less-prominent", severity="warning")


def _afterwards(address: str, banner: ConsentBanner) -> Iterator[Breach]:
    """Whether the choice can be changed, and is left in peace."""
    if banner.withdrawal == NONE:
        yield Breach(RULE, f"{address}.withdrawal", "no-withdrawal")
    if banner.asks_again is not None and _is_nagging(banner.asks_again):
        yield Breach(RULE, f"{address}.asks_again", "nagging", {"period": banner.asks_again}, "warning")


def _is_nagging(period: str) -> bool:
    length = days(period)
    return period == "session" or (length is not None and length < NAGGING_DAYS)


def _unsaid(context: Context, address: str, banner: ConsentBanner) -> Iterator[Breach]:
    """What the banner must say so that anyone can tell whether consent is valid. Only how prominent refusal is leaves a valid one."""
    said = {
        "refuse": banner.refuse,
        "prominence": banner.prominence,
        "withdrawal": banner.withdrawal,
        "before_choice": banner.before_choice,
    }
    for key, value in said.items():
        asked = key != "prominence" or banner.refuse == "same-layer"
        if value is None and asked and not broken_inside(context, f"{address}.{key}"):
            severity: Severity | None = "warning" if key == "prominence" else None
            yield Breach(RULE, f"{address}.{key}", f"unsaid-{key.replace('_', '-')}", severity=severity)


CONSENT_BANNER = (consent_banner_invalid,)

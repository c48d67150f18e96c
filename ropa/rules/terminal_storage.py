"""What is stored or read on the visitor's device. Directive 2002/58/EC Art. 5(3); ekomloven § 3-15; GDPR Arts 4(11), 7, 13; C-673/17."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, bases, purpose_address, purposes_of
from ropa.findings.finding import Breach, Severity
from ropa.law import vocabulary
from ropa.model.records import CookieItem, Cookies
from ropa.rules.asked import broken_inside
from ropa.rules.translations import lacks_default
from ropa.source.address import segment, split

STRICTLY_NECESSARY: Final = "strictly-necessary"
AT_ONCE: Final = "at-once"
THIRD_PARTY: Final = "third-party"
NOTHING_STORED: Final = "none"
ITEM_DEPTH: Final = 2

NO_LIFETIME: Final = frozenset({"pixel", "fingerprint"})
"""What is read and not stored."""

TRACKING_KINDS: Final = frozenset({"advertising-provider", "analytics-provider", "social-network"})
"""Parties whose storage serves themselves or the site, not what the visitor asked for."""

NEVER_ENOUGH: Final = frozenset({"legitimate-interest", "contract"})
"""Bases that may carry what is done with the data later, but never the storage itself."""


def needs_consent(cookies: Cookies) -> bool:
    """Whether something is stored or read that only consent allows: no exempt category, not ``items: none``, and still in use."""
    category = vocabulary.codes("cookie_categories").get(cookies.category or "")
    return category is not None and category.consent_required is True and _in_use(cookies)


def _in_use(cookies: Cookies) -> bool:
    return cookies.items != NOTHING_STORED and cookies.historical is None


def terminal_storage_without_consent(context: Context) -> Iterator[Breach]:
    """Storage that is not exempt and has no consent, or is there before anyone has consented."""
    rule = "terminal-storage-without-consent"
    for name, cookies in context.registry.cookies.items():
        if not needs_consent(cookies):
            continue
        address = f"cookies/{name}"
        params = {"category": cookies.category or ""}
        if cookies.consent is None and not broken_inside(context, f"{address}#consent"):
            related = tuple(_other_bases(context, cookies))
            yield Breach(rule, f"{address}#consent", "other-basis" if related else "missing", params, related=related)
        if cookies.loaded == AT_ONCE:
            yield Breach(rule, f"{address}#loaded", "at-once", params)


def _other_bases(context: Context, cookies: Cookies) -> Iterator[str]:
    """Where the linked activity rests on a basis that does not carry the storage."""
    activity = context.registry.activities.get(cookies.activity or "")
    if activity is None:
        return
    for name, purpose in purposes_of(activity).items():
        for key, _ in bases(purpose.basis):
            if key in NEVER_ENOUGH:
                yield f"{purpose_address(activity, name)}.basis.{key}"


def strictly_necessary_unjustified(context: Context) -> Iterator[Breach]:
    """Storage called strictly necessary without a function that the visitor asked for, or that comes from a tracking provider."""
    rule = "strictly-necessary-unjustified"
    for name, cookies in context.registry.cookies.items():
        if cookies.category != STRICTLY_NECESSARY or not _in_use(cookies):
            continue
        address = f"cookies/{name}"
        party = context.registry.parties.get(cookies.provider or "")
        if party is not None and party.kind in TRACKING_KINDS:
            params = {"party": party.name or party.id, "kind": party.kind or ""}
            yield Breach(rule, f"{address}#category", "provider", params, related=(f"parties/{party.id}#kind",))
        elif not cookies.necessary_for and not broken_inside(context, f"{address}#necessary_for"):
            yield Breach(rule, f"{address}#necessary_for", "missing")


def terminal_storage_facts_missing(context: Context) -> Iterator[Breach]:
    """Storage that needs consent without what people must be told before they consent."""
    unknown = _unknown_items(context)
    for name, cookies in context.registry.cookies.items():
        if not needs_consent(cookies):
            continue
        address = f"cookies/{name}"
        yield from _of_record(context, address, cookies)
        for unknown_item in unknown.get(address, ()):
            yield from _missing(context, unknown_item, "item")
        if not cookies.items and address not in unknown:
            yield from _missing(context, f"{address}#items", "items")
        if isinstance(cookies.items, dict):
            for item_name, item in cookies.items.items():
                yield from _of_item(context, f"{address}#items.{segment(item_name)}", item_name, item)


def _unknown_items(context: Context) -> dict[str, list[str]]:
    """The items that are answered ``unknown`` as a whole, by their record."""
    found: dict[str, list[str]] = {}
    for address in context.registry.unknown:
        if address.startswith("cookies/"):
            record, path = split(address)
            if len(path) == ITEM_DEPTH and path[0] == "items":
                found.setdefault(record, []).append(address)
    return found


def _missing(
    context: Context, address: str, variant: str, severity: Severity | None = None, related: tuple[str, ...] = (), item: str = ""
) -> Iterator[Breach]:
    if not broken_inside(context, address):
        yield Breach("terminal-storage-facts-missing", address, variant, {"item": item}, severity, related)


def _of_record(context: Context, address: str, cookies: Cookies) -> Iterator[Breach]:
    """The facts that a whole record has in common: who, in which country, what for, who else reads."""
    if cookies.provider is None:
        yield from _missing(context, f"{address}#provider", "provider")
    party = context.registry.parties.get(cookies.provider or "")
    if party is not None and party.country is None and not broken_inside(context, f"parties/{party.id}#country"):
        yield from _missing(context, f"{address}#provider", "country", "warning", (f"parties/{party.id}#country",))
    if not cookies.text:
        yield from _missing(context, f"{address}#text", "text")
    elif lacks_default(context, cookies.text):
        language = context.registry.language
        yield Breach("terminal-storage-facts-missing", f"{address}#text.{language}", "language", {"language": language})
    items = cookies.items.values() if isinstance(cookies.items, dict) else ()
    if cookies.read_by is None and any(item.set_by == THIRD_PARTY for item in items):
        yield from _missing(context, f"{address}#read_by", "read-by")


def _of_item(context: Context, address: str, name: str, item: CookieItem) -> Iterator[Breach]:
    """The facts of one cookie, pixel or the like."""
    if not any(letter.isalnum() for letter in name):
        yield from _missing(context, address, "name", "warning")
    if not item.information:
        yield from _missing(context, f"{address}.information", "information", item=name)
    if item.lifetime is None and item.kind not in NO_LIFETIME:
        yield from _missing(context, f"{address}.lifetime", "lifetime", item=name)
    if item.set_by is None:
        yield from _missing(context, f"{address}.set_by", "set-by", item=name)


TERMINAL_STORAGE = (terminal_storage_without_consent, strictly_necessary_unjustified, terminal_storage_facts_missing)

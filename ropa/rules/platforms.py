"""Platforms of others: pages on social networks, embeds on our sites, and names out of date. GDPR Arts 5, 12, 26; ekomloven § 3-15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, groups_of, purpose_address, purposes_of
from ropa.findings.finding import Breach, Severity
from ropa.flows.edges import US
from ropa.model.activity import Activity
from ropa.model.parties import Party
from ropa.model.records import Cookies
from ropa.rules.asked import broken_inside, called
from ropa.rules.joint_controllers import JOINT, is_for_customers
from ropa.rules.safeguards import OBSOLETE
from ropa.rules.transfers import SHOWN
from ropa.source.address import segment

PAGE: Final = "social-page-without-joint-controllership"
PRESENCE: Final = "social-media-presence"
EMBED: Final = "embedded-tracker-role-missing"
DISCONTINUED: Final = "discontinued-platform"
EXEMPT: Final = frozenset({"transmission", "strictly-necessary"})
"""Categories of terminal storage that need no consent (ekomloven § 3-15 second paragraph)."""


def social_page_without_joint_controllership(context: Context) -> Iterator[Breach]:
    """A page on a network that gives statistics is run in joint control with the network (CJEU C-210/16)."""
    asked: set[str] = set()
    for activity in context.controlled:
        if any(purpose.kind == PRESENCE for purpose in purposes_of(activity).values()):
            for name in _parties_of(context, activity):
                party = context.registry.parties.get(name)
                if party is not None and party.kind == "social-network" and not _is_bare_link(party):
                    yield from _page(context, activity, name, party, asked)


def _parties_of(context: Context, activity: Activity) -> list[str]:
    """The parties of an activity: who gets data, directly, and who gives them."""
    found = [flow.party for flow in context.flows.direct.get(activity.id, ())]
    for source in (activity.source, *(group.source for group in groups_of(activity).values())):
        found.extend(entry.party or name for name, entry in (source or {}).items())
    return list(dict.fromkeys(name for name in found if name is not None))


def _statistics(party: Party) -> bool | None:
    """Whether a platform gives statistics; its own terms on joint control say so too."""
    given = party.platform.statistics if party.platform is not None else None
    return party.joint_terms if given is None else given


def _is_bare_link(party: Party) -> bool:
    return party.platform is not None and party.platform.statistics is False


def _page(context: Context, activity: Activity, name: str, party: Party, asked: set[str]) -> Iterator[Breach]:
    """What is wrong with a page on a platform: our role, or that the platform is not among those we control with."""
    role, statistics = f"activities/{activity.id}#role", f"parties/{name}#platform.statistics"
    joint = activity.role == JOINT
    if not _statistics(party):
        if not joint and name not in asked and not broken_inside(context, f"parties/{name}#platform"):
            asked.add(name)
            yield Breach(PAGE, statistics, "statistics", related=(role,))
        return
    said = {"platform": called(party), "platform_id": name}
    severity: Severity | None = "error" if party.joint_terms is True else None
    related = (statistics, f"parties/{name}#joint_terms") if severity else (statistics,)
    if not joint and (activity.role is not None or role in context.registry.unknown):
        yield Breach(PAGE, role, "terms" if severity else "role", said, severity, related, value=[activity.role, name])
    elif joint and activity.joint and name not in activity.joint:  # where nobody is named, the rule on arrangements speaks
        address = f"activities/{activity.id}#joint.{segment(name)}"
        if address not in context.registry.unknown:
            yield Breach(PAGE, address, "not-joint", said, severity, related)


def embedded_tracker_role_missing(context: Context) -> Iterator[Breach]:
    """What others put on our sites says in which role they get the data, for which activity and in which category."""
    for name, cookies in context.registry.cookies.items():
        record = f"cookies/{name}"
        if cookies.provider in (None, US) or is_for_customers(context, cookies):
            continue
        if cookies.loaded == "on-click" or broken_inside(context, f"{record}#loaded"):
            continue
        related = _related(context, cookies)
        said = {"provider": _provider(context, cookies)}
        if cookies.role is None:
            yield Breach(EMBED, f"{record}#role", "role", said, related=related)
        if cookies.activity is None and not _serves_the_site(cookies):
            yield Breach(EMBED, f"{record}#activity", "activity", said, related=related)
        # A category that is left out is key-missing; one that is answered unknown is not.
        if cookies.category is None and cookies.items != "none" and f"{record}#category" in context.registry.unknown:
            yield Breach(EMBED, f"{record}#category", "category", said, related=related)


def _serves_the_site(cookies: Cookies) -> bool:
    """Whether a processor of ours stores what the site itself needs, which is no tracker."""
    return cookies.role == "processor" and cookies.category in EXEMPT


def _provider(context: Context, cookies: Cookies) -> str:
    party = context.registry.parties.get(cookies.provider or "")
    return called(party) if party is not None else cookies.provider or ""


def _related(context: Context, cookies: Cookies) -> tuple[str, ...]:
    """The provider's country, and the basis of the activity that the cookies belong to."""
    activity = context.registry.activities.get(cookies.activity or "")
    purposes = list(purposes_of(activity)) if activity is not None else []
    based = (f"{purpose_address(activity, purpose)}.basis" for purpose in purposes[: SHOWN - 1]) if activity is not None else ()
    return (f"parties/{cookies.provider}#country", *based)


# --- names that are out of date ---------------------------------------------------------------------------------------

STOPPED: Final = re.compile(
    r"(?<![\w./@-])(?:(?P<google_plus>Google\+(?!\w)|Google Plus\b(?! ?code))"
    r"|(?P<universal_analytics>Universal Analytics\b)"
    r"|(?P<privacy_shield>Privacy[ -]Shield\b)"
    r"|(?P<twitter>Twitters?\b(?!\.\w))"
    r"|(?P<internet_explorer>Internet Explorer\b))",
    re.IGNORECASE,
)
"""Names that were right once: closed, renamed, retired or invalid. A link that still holds one is no name."""

STEMS: Final = ("google+", "google plus", "universal analytics", "privacy shield", "privacy-shield", "twitter", "internet explorer")
"""What a text must hold for one of the names to stand in it: asked first, since nearly no text does."""

BEFORE_PAST: Final = re.compile(
    r"(?:\b(?:tidligere|tidlegare|tidl\.|formerly|previously|former|før)\W*"
    r"(?:(?:kjent|kjend|kalt|het|heitte|known|called|named)\W+)?(?:(?:som|as)\W+)?"
    r"|\b(?:erstatt\w*|avløs\w*|etterfølg\w*|replac\w*|succeed\w*|successor\w*)\W+(?:\w+\W+)?)\W*\Z",
    re.IGNORECASE,
)
"""Words before a name that tell that it is a thing of the past: `X (tidligere Twitter)`."""

NEW_NAME: Final = re.compile(r"\bX\s*[/(]\s*\Z")
NEW_NAME_AFTER: Final = re.compile(r"\s*[/(]\s*(?:nå |no |now )?X\b")
"""The new name beside the old one: `X/Twitter`, `Twitter (nå X)`."""


def discontinued_platform(context: Context) -> Iterator[Breach]:
    """No party and no text of the notice names what no longer exists under that name."""
    yield from _parties(context)
    for name, cookies in context.registry.cookies.items():
        if cookies.historical is None and not broken_inside(context, f"cookies/{name}#historical"):
            yield from _in_cookies(context, name, cookies)
    for activity in context.controlled:
        if activity.collection_ended is None and not broken_inside(context, f"activities/{activity.id}#collection_ended"):
            yield from _in_texts(context, f"activities/{activity.id}")
    if context.registry.notice is not None:
        yield from _in_texts(context, "notice", but=OBSOLETE)


def _parties(context: Context) -> Iterator[Breach]:
    for name, party in context.registry.parties.items():
        if party.name is not None and party.historical is None and not broken_inside(context, f"parties/{name}#historical"):
            yield from _named(party.name, f"parties/{name}#name")


def _in_cookies(context: Context, name: str, cookies: Cookies) -> Iterator[Breach]:
    """The texts of cookies that are still set, and their provider where its own file says that it is history."""
    provider = context.registry.parties.get(cookies.provider or "")
    if provider is not None and provider.historical is not None and provider.name is not None:
        yield from _named(provider.name, f"cookies/{name}#provider")
    yield from _in_texts(context, f"cookies/{name}")


def _in_texts(context: Context, record: str, but: re.Pattern[str] | None = None) -> Iterator[Breach]:
    """The public texts of a record. What `but` finds in the notice, the rule on repealed clauses tells."""
    if not any(stem in context.public_words(record) for stem in STEMS):
        return
    for text in context.public_texts(record):
        for language, words in text.words.items():
            yield from _named(but.sub(" ", words) if but is not None else words, text.address(language))


def _named(words: str, address: str) -> Iterator[Breach]:
    """One finding for a text, however many names stand in it; the first decides the words."""
    found = [match for match in STOPPED.finditer(words) if not _is_told_as_past(words, match)]
    if found:
        variant = (found[0].lastgroup or "").replace("_", "-")
        yield Breach(DISCONTINUED, address, variant, {"named": ", ".join(dict.fromkeys(match.group() for match in found))})


def _is_told_as_past(words: str, match: re.Match[str]) -> bool:
    before = words[max(0, match.start() - 60) : match.start()]
    if BEFORE_PAST.search(before):
        return True
    return match.lastgroup == "twitter" and bool(NEW_NAME.search(before) or NEW_NAME_AFTER.match(words, match.end()))


PLATFORMS = (social_page_without_joint_controllership, embedded_tracker_role_missing, discontinued_platform)

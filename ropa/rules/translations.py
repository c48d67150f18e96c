"""Texts of the notice that stand in one of the registry's languages and are missing in another. GDPR Arts 5(1)(a), 12(1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ropa.context.context import Context, groups_of
from ropa.context.public_texts import PublicText
from ropa.findings.finding import Breach, Severity
from ropa.model.activity import Activity
from ropa.model.registry import Registry
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
    languages = [code for code in registry.languages if code == registry.language or code not in _summary_languages(registry)]
    if len(languages) < 2:
        return
    public = {activity.id: activity for activity in context.controlled if _is_public(activity, context)}
    for text, missing in _lacking(context, _printed_records(context, public), languages):
        yield _drift(text, missing, registry.language)
    named = list(_lacking(context, ("retention", "vocabulary"), languages))
    used = _names_used(registry, public) if named else frozenset()
    for text, missing in named:
        if text.path[0 if text.record == "retention" else 1] in used:
            yield _drift(text, missing, registry.language)


def _lacking(context: Context, records: Iterable[str], languages: list[str]) -> Iterator[tuple[PublicText, list[str]]]:
    """The texts of records that stand in the default language and lack another, with what they lack."""
    default, others = languages[0], languages[1:]
    for record in records:
        for text in context.public_texts(record):
            words = text.words
            if default in words and not all(code in words for code in others) and _needs_translation(text, default):
                yield text, [code for code in others if code not in words]


def _summary_languages(registry: Registry) -> list[str]:
    """Languages with a short version that links to the full text."""
    return (registry.notice.summary_languages if registry.notice is not None else None) or []


def _needs_translation(text: PublicText, language: str) -> bool:
    return text.pattern not in PROPER_NAMES and SELF_EXPLAINING.match(text.words[language]) is None


def _drift(text: PublicText, missing: list[str], default: str) -> Breach:
    """The breach of one text: at the first language that a reader cannot do without, else at the other form of Norwegian."""
    needed = [code for code in missing if not (code in NORWEGIAN and NORWEGIAN & text.words.keys())]
    language = (needed or missing)[0]
    written = json.dumps(text.words[default], ensure_ascii=False)
    params = {"field": _field(text.path), "languages": ", ".join(missing), "language": language, "default": default, "written": written}
    severity: Severity = "error" if text.pattern in DEMANDED else "warning"
    if not needed:
        return Breach("translation-drift", text.address(language), "norwegian", params, "info")
    return Breach("translation-drift", text.address(language), severity, params, severity)


def _field(path: Path) -> str:
    """What an officer calls the place of a text: its key, with the name above it where the key alone says little."""
    return ".".join(path[-2:]) if len(path) > 1 else path[-1]


# --- what the notice prints -------------------------------------------------------------------------------------------


def _printed_records(context: Context, public: Mapping[str, Activity]) -> Iterator[str]:
    """The records that the notice prints, in order of file. Drafts, processor activities and what only they reach stay inside."""
    registry = context.registry
    cookies = [name for name, record in registry.cookies.items() if record.activity is None or record.activity in public]
    yield from (f"activities/{name}" for name in public)
    yield from (f"cookies/{name}" for name in cookies)
    yield from ("notice", "organisation")
    yield from (f"parties/{name}" for name in _shown_parties(context, public, cookies))


def _is_public(activity: Activity, context: Context) -> bool:
    """Whether an activity stands in the notice: no draft, and its data not yet deleted."""
    deleted = activity.data_deleted
    gone = deleted is not None and (context.today is None or deleted <= context.today.isoformat())
    return activity.status != "draft" and not gone


def _shown_parties(context: Context, public: Mapping[str, Activity], cookies: Iterable[str]) -> list[str]:
    """Parties that get data of a public activity, give data to one, or stand behind what is stored on the visitor's device."""
    registry = context.registry
    reached = context.flows.by_party.items()
    found: set[str | None] = {name for name, receipts in reached if any(receipt.activity in public for receipt in receipts)}
    for activity in public.values():
        for source in (activity.source, *(group.source for group in groups_of(activity).values())):
            found.update(entry.party or name for name, entry in (source or {}).items())
    for name in cookies:
        record = registry.cookies[name]
        found.update((record.provider, *(record.read_by or ()), *(record.joint or ())))
    return [name for name in sorted(registry.parties) if name in found]


def _names_used(registry: Registry, public: Iterable[str]) -> frozenset[str]:
    """The names of deletion rules and the codes of people, data and events that public activities use."""
    used: set[str] = set()
    for name in public:
        _collect(registry.long.get(f"activities/{name}", {}), used)
    for rule in used & registry.retention.keys():
        _collect(registry.long.get("retention", {}).get(rule, {}), used)
    return frozenset(used)


def _collect(value: object, into: set[str]) -> None:
    """Every word of a record's data that may be a code."""
    if isinstance(value, str):
        into.add(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            _collect(item, into)
    elif isinstance(value, list):
        for item in value:
            _collect(item, into)


TRANSLATIONS = (translation_drift,)

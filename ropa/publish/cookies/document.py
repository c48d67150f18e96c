"""The files of the cookie declaration: HTML and Markdown for each language, and JSON with every language in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ropa.context.context import Context
from ropa.flows.crossings import outcome
from ropa.model.records import Consent, Cookies, Withdrawn
from ropa.publish.cookies.view import US, asks, crossings_of, notice_writer, sections, sites_line
from ropa.publish.notice.document import LANGUAGE_NAMES, draft_line, rendered, whole_page, writer_for
from ropa.publish.notice.prose import Line, line, sentences
from ropa.publish.notice.view import Link, Page
from ropa.publish.notice.writer import Writer
from ropa.publish.output import Output, Stamp


def view(context: Context, language: str, stamp: Stamp) -> Page:
    """The declaration in a language as plain data."""
    there = f"../notice/{whole_page(context, language)}"
    writer = replace(writer_for(context, language, stamp, "cookies"), there=there)
    every = tuple(sections(writer, notice_writer(writer)))
    as_of = writer.words.date(stamp.as_of) if stamp.as_of is not None else ""
    others = (Link(f"cookies.{other}.", LANGUAGE_NAMES[other], other) for other in context.registry.languages if other != language)
    return Page(
        language=language,
        title=line(writer.fixed("title")),
        organisation=context.registry.organisation.legal_name or "",
        meta=_meta(writer, as_of),
        draft=draft_line(writer, as_of) if stamp.draft else (),
        languages=(Link(f"../notice/notice.{language}.", writer.fixed("notice")), *others),
        contents_heading=writer.fixed("contents"),
        contents=(),
        skip=writer.fixed("skip"),
        sections=every,
        foot=(writer.say("foot"),),
        wide=True,
    )


def _meta(writer: Writer, as_of: str) -> Line:
    notice = writer.context.registry.notice
    day = writer.say("meta.as-of", date=as_of) if as_of else ()
    if notice is not None and notice.effective:
        day = writer.say("meta.effective", date=writer.words.date(notice.effective))
    return sentences(sites_line(writer), day)


def declaration(context: Context, stamp: Stamp) -> dict[str, Any]:
    """The declaration for machines (``schemas/output/cookies.schema.json``): codes, and texts in every language."""
    writer = writer_for(context, context.registry.language, stamp, "cookies")
    return {
        "version": 1,
        "organisation": context.registry.organisation.legal_name,
        "as_of": stamp.as_of.isoformat() if stamp.as_of is not None else None,
        "draft": stamp.draft,
        "languages": list(context.registry.languages),
        "cookies": [_entry(writer, record) for record in writer.public.cookies],
    }


def _entry(writer: Writer, record: Cookies) -> dict[str, Any]:
    consent = writer.context.registry.consents.get(record.consent or "")
    systems = writer.context.registry.systems
    known = isinstance(record.items, dict)
    return {
        "id": record.id,
        "provider": _party(writer, record.provider),
        "role": record.role,
        "category": record.category,
        "consent_asked": asks(record),
        "text": record.text or {},
        "necessary_for": record.necessary_for or {},
        "loaded": record.loaded,
        "used_on": [{"id": name, "url": systems[name].url} for name in record.used_on or () if name in systems],
        "activity": record.activity,
        "consent": {"id": record.consent, **_withdrawn(consent)} if consent is not None else None,
        "read_by": [_party(writer, name) for name in record.read_by or ()],
        "outside_eea": [
            {"party": writer.party_name(crossing.party), "country": crossing.country, "protection": outcome(crossing)}
            for crossing in crossings_of(writer, record)
        ],
        "items_known": known or record.items == "none",
        "items": [
            {"name": name, "kind": item.kind, "information": item.information or [], "lifetime": item.lifetime, "set_by": item.set_by}
            for name, item in (record.items.items() if isinstance(record.items, dict) else ())
        ],
    }


def _withdrawn(consent: Consent) -> dict[str, Any]:
    withdrawn = consent.withdrawn or Withdrawn()
    return {"withdrawn": withdrawn.how, "where": withdrawn.where, "url": withdrawn.url}


def _party(writer: Writer, name: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    organisation = writer.context.registry.organisation
    if name == US:
        return {"id": US, "name": organisation.legal_name, "country": organisation.country}
    party = writer.context.registry.parties.get(name)
    return {"id": name, "name": writer.party_name(name), "country": party.country if party is not None else None}


def outputs(context: Context, language: str, stamp: Stamp) -> Iterator[Output]:
    """The declaration in a language; with the default language the JSON, which holds all of them."""
    page = view(context, language, stamp)
    for suffix in ("html", "md"):
        yield Output.text(f"public/cookies/cookies.{language}.{suffix}", rendered("cookies", suffix, page))
    if language == context.registry.language:
        yield Output.text(
            "public/cookies/cookies.json", json.dumps(declaration(context, stamp), ensure_ascii=False, indent=2, sort_keys=True)
        )

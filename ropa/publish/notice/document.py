"""The notice from its parts, and the files that it becomes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace

from ropa.context.context import Context
from ropa.publish.notice import sections
from ropa.publish.notice.prose import Line, Span, as_html, as_markdown, as_text, line, run_on, styled, words_of
from ropa.publish.notice.public import Public, Told
from ropa.publish.notice.purposes import overview, purpose_groups, readers
from ropa.publish.notice.rights import (
    complaint_section,
    decisions_line,
    objection_section,
    rights_intro,
    rights_table,
    withdrawal_section,
)
from ropa.publish.notice.summary import summary
from ropa.publish.notice.transfers import no_transfers, transfer_table
from ropa.publish.notice.view import Link, Page, Section
from ropa.publish.notice.writer import Writer
from ropa.publish.output import Output, Stamp
from ropa.publish.templating import html, render
from ropa.publish.words import words_for
from ropa.resources import directory

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def languages(context: Context) -> tuple[str, ...]:
    """The languages in which there is a notice, whole or short: the registry's, then those of a summary alone."""
    notice = context.registry.notice
    short = (notice.summary_languages if notice is not None else None) or ()
    return tuple(dict.fromkeys((*context.registry.languages, *short)))


def is_short(context: Context, language: str) -> bool:
    """Whether a language has a short version that leads to the full text in another."""
    notice = context.registry.notice
    short = (notice.summary_languages if notice is not None else None) or ()
    return language in short and language != context.registry.language


def writer_for(context: Context, language: str, stamp: Stamp, document: str = "notice") -> Writer:
    """The writer of a document in a language."""
    return Writer(context, Public(context), words_for(context.registry, language), stamp.draft, document)


def view(context: Context, language: str, stamp: Stamp) -> Page:
    """The notice in a language as plain data."""
    writer = writer_for(context, language, stamp)
    as_of = writer.words.date(stamp.as_of) if stamp.as_of is not None else ""
    every = _short_sections(writer) if is_short(context, language) else _sections(writer, as_of)
    own = tuple(_with_own_words(writer, section) for section in every)
    notice = context.registry.notice
    title = writer.text(notice.title) if notice is not None else ()
    return Page(
        language=language,
        title=title or line(writer.fixed("title")),
        organisation=context.registry.organisation.legal_name or "",
        meta=sections.effective_line(writer, as_of, whole_page(context, language) if is_short(context, language) else ""),
        draft=draft_line(writer, as_of) if stamp.draft else (),
        languages=tuple(Link(f"notice.{other}.", LANGUAGE_NAMES[other], other) for other in languages(context) if other != language),
        contents_heading=writer.fixed("contents"),
        contents=tuple(_contents(own)),
        skip=writer.fixed("skip"),
        sections=own,
        foot=(writer.say("foot"),),
    )


def draft_line(writer: Writer, as_of: str) -> Line:
    """The strip over a draft."""
    return styled("strong", writer.say("draft-of", date=as_of) if as_of else writer.say("draft"))


def _sections(writer: Writer, as_of: str) -> Iterator[Section]:
    groups = readers(writer)
    first: dict[str, Told] = {}
    blocks = purpose_groups(writer, groups, first)
    intro = (writer.say("overview.intro"),)
    found: dict[str, Section | None] = {
        "summary": summary(writer, groups),
        "responsible": sections.responsible(writer),
        "principles": sections.principles(writer),
        "overview": Section("overview", writer.fixed("sections.overview"), lines=intro, table=overview(writer, groups)),
        "purposes": Section("purposes", writer.fixed("sections.purposes"), groups=blocks),
        "cookies": sections.cookies(writer),
        "recipients": sections.recipients(writer),
        "transfers": _transfers(writer, first),
        "security": sections.security(writer),
        "breach": sections.breach(writer),
        "rights": Section("rights", writer.fixed("sections.rights"), lines=tuple(rights_intro(writer)), table=rights_table(writer)),
        "objection": objection_section(writer),
        "withdrawal": withdrawal_section(writer),
        "decisions": _decisions(writer),
        "complaint": complaint_section(writer),
        "changes": sections.changes(writer, as_of),
        "definitions": sections.definitions(writer),
    }
    notice = writer.context.registry.notice
    own = (notice.own_words if notice is not None else None) or {}
    for name, section in found.items():
        if section is not None:
            yield section
        elif name in own:
            # The officer has something to say where the registry has nothing.
            yield Section(name, writer.fixed(f"sections.{name}"))


def _transfers(writer: Writer, first: dict[str, Told]) -> Section:
    table = transfer_table(writer, first)
    lines = () if table is not None else (no_transfers(writer),)
    return Section("transfers", writer.fixed("sections.transfers"), lines=lines, table=table)


def _decisions(writer: Writer) -> Section:
    return Section("decisions", writer.fixed("sections.decisions"), lines=decisions_line(writer))


def whole_page(context: Context, language: str) -> str:
    """The page of the whole text: the language's own, or the default language's where there is only a short version."""
    return f"notice.{context.registry.language if is_short(context, language) else language}.html"


def _short_sections(writer: Writer) -> Iterator[Section]:
    """A short version: the first layer and who we are; everything else stands in the full text."""
    full = whole_page(writer.context, writer.language)
    whole = words_of(writer.say("summary.full-text", language=LANGUAGE_NAMES[writer.context.registry.language]))
    yield replace(summary(writer, readers(writer), full), button=Link(full, whole))
    yield sections.responsible(writer)
    yield complaint_section(writer)


def _with_own_words(writer: Writer, section: Section) -> Section:
    """The officer's own words before and after a section."""
    notice = writer.context.registry.notice
    own = ((notice.own_words if notice is not None else None) or {}).get(section.id)
    if own is None:
        return section
    return replace(section, before=writer.told(own.before), after=writer.told(own.after))


def _contents(every: tuple[Section, ...]) -> Iterator[Link]:
    for section in every:
        if section.groups:
            for group in section.groups:
                yield Link(f"#{group.id}", words_of(group.name), next((span.lang for span in group.name if span.lang), ""))
        else:
            yield Link(f"#{section.id}", section.heading)


def style() -> tuple[str, str]:
    """The style sheet of the public pages, and its hash for the content security policy."""
    sheet = (directory("templates") / "page.css").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    return sheet, f"sha256-{digest}"


def rendered(template: str, suffix: str, page: Page) -> str:
    """A page in one format: ``html``, ``md`` or ``txt``."""
    inline = {"html": as_html, "md": as_markdown, "txt": as_text}[suffix]
    sheet, digest = style()
    return render(
        f"{template}.{suffix}.j2",
        page=page,
        inline=inline,
        words_of=words_of,
        run_on=run_on,
        sheet=html(sheet),
        digest=digest,
        suffix=suffix,
    )


def outputs(context: Context, language: str, stamp: Stamp) -> Iterator[Output]:
    """The notice in a language as HTML, Markdown and plain text."""
    page = view(context, language, stamp)
    for suffix in ("html", "md", "txt"):
        yield Output.text(f"public/notice/notice.{language}.{suffix}", rendered("notice", suffix, page))


__all__ = ["Line", "Span", "languages", "outputs", "view"]

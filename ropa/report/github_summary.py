"""The summary of a GitHub job: a check as a page in Markdown, for those who do not read logs.

Everything that comes from a registry is text: each character that Markdown or HTML gives a meaning is written as a character
reference, which neither reads as markup. Only what stands between two backticks is shown as code, as the messages mean it.
GitHub takes at most one MiB for a step; what there is no room for is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from ropa.findings.catalogue import phrase
from ropa.findings.finding import Finding, Place
from ropa.report.lines import SEVERITIES, repository_path, shown_path, stale_words, summary
from ropa.report.report import Report
from ropa.report.terminal import one_line, safe
from ropa.report.words import words

LIMIT: Final = 1024 * 1024
LEAST: Final = 4096
"""The room that a page needs at least, in bytes."""

_ROOM: Final = 400
"""Bytes kept for the sentence that says how much is left out."""

_LIST: Final = re.compile(r"^[-+]|^(\d{1,9})[.)]")
"""What begins an item of a list, or underlines a heading, where a line begins with it."""

_MARKUP: Final = re.compile(r"[&<>\"`*_\[\]|\\~#!$:@{}^=]|(?<=[wW]{3})\.")
_BACKTICKS: Final = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading with its entries; `before` stands between them (the head of a table)."""

    heading: str
    before: str
    entries: tuple[str, ...]


def render(report: Report, blob: str = "", limit: int = LIMIT) -> str:
    """The page, of at most `limit` bytes. `blob` is the address at which the host shows files of the revision, if it is known."""
    registry = shown_path(report.checked, Place("", "", 1, 1, 1, 1))
    head = f"## {plain(words('summary-heading', report.language, registry=registry))}\n\n**{plain(summary(report))}**\n"
    return _fitted(head, list(_parts(report, blob)), report.language, limit)


def _fitted(head: str, parts: list[_Part], language: str, limit: int) -> str:
    """The page with as many entries as there is room for."""
    written, left = [head], 0
    room = limit - len(head.encode()) - _ROOM
    for part in parts:
        opening = f"\n### {part.heading}\n\n{part.before}"
        for number, entry in enumerate(part.entries):
            text = (opening if number == 0 else "") + entry
            size = len(text.encode())
            if left or size > room:
                left += 1
                continue
            room -= size
            written.append(text)
    if left:
        written.append(f"\n{words('summary-cut', language, n=left)}\n")
    return "".join(written)


def _parts(report: Report, blob: str) -> Iterator[_Part]:
    language = report.language
    counting = report.counting()
    for severity in SEVERITIES:
        found = [_finding(report, finding, blob) for finding in counting if finding.severity == severity]
        yield _Part(words(f"summary-{severity}s", language), "", tuple(found))
    yield _Part(
        words("summary-accepted", language),
        _table(report, "column-finding", "column-by", "column-until", "column-because"),
        tuple(_accepted(report, finding, blob) for finding in report.standing_as("accepted")),
    )
    known = report.standing_as("baseline")
    yield _Part(
        words("baseline-heading", language),
        _table(report, "column-finding", "column-place"),
        tuple(table_row(_rule(finding), _place(report, finding.place, blob)) for finding in known),
    )
    yield _Part(
        words("summary-questions", language),
        _table(report, "column-place", "column-question"),
        tuple(
            table_row(
                _place(report, Place(question.address, question.file, question.line, 1, question.line, 1), blob),
                f"{plain(question.address)}: {plain(question.words or phrase('unknown-question', language))}",
            )
            for question in report.checked.questions
        ),
    )
    yield _Part(words("summary-stale", language), "", tuple(f"- {plain(stale_words(report, entry))}\n" for entry in report.stale))


def _finding(report: Report, finding: Finding, blob: str) -> str:
    lines = [f"**{_rule(finding)}** · {_place(report, finding.place, blob)}", plain(finding.message)]
    if finding.law:
        lines.append(f"{words('law-label', report.language)}: {plain('; '.join(finding.law))}")
    if finding.fix:
        lines.append(f"{words('fix-label', report.language)}:")
    return "<br>\n".join(lines) + "\n\n" + (f"{fenced(finding.fix)}\n\n" if finding.fix else "")


def _accepted(report: Report, finding: Finding, blob: str) -> str:
    accepted = finding.accepted
    assert accepted is not None
    return table_row(
        f"{_rule(finding)} · {_place(report, finding.place, blob)}<br>{plain(finding.message)}",
        plain(accepted.by),
        plain(accepted.until),
        plain(accepted.because),
    )


def _rule(finding: Finding) -> str:
    return f"{finding.code} {finding.name}"


def _table(report: Report, *columns: str) -> str:
    names = [words(column, report.language) for column in columns]
    return table_row(*names) + table_row(*("---" for _ in names))


def table_row(*cells: str) -> str:
    """A row of a table in Markdown; the cells hold no markup of their own."""
    return f"| {' | '.join(cells)} |\n"


def _place(report: Report, place: Place, blob: str) -> str:
    path = repository_path(report.checked, place)
    shown = plain(f"{path}:{place.line}" if place.file else path)
    return f'<a href="{plain(blob)}/{quote(path)}#L{place.line}">{shown}</a>' if blob and place.file else shown


def plain(text: str) -> str:
    """Text on one line, with nothing in it that is markup; what stands between two backticks is code."""
    pieces = one_line(text).split("`")
    if len(pieces) % 2 == 0:  # a backtick without its second one is a character
        pieces[-2:] = ["`".join(pieces[-2:])]
    marked = (f"<code>{_escaped(piece)}</code>" if number % 2 and piece else _escaped(piece) for number, piece in enumerate(pieces))
    return _LIST.sub(lambda found: f"{found[1] or ''}&#{ord(found[0][-1])};", "".join(marked))


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)


def fenced(text: str) -> str:
    """A block of YAML behind a fence that is longer than any in it."""
    text = safe(text)
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}yaml\n{text}\n{fence}"

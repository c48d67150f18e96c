"""The text of a review of a pull request, in GitHub's Markdown: what was found, what it means, and what to do.

Markup in a registry's text is written as character references, as in the job's summary. In a comment that is not enough: GitHub looks for
people to notify, for issues and for addresses in the text that readers see. So an unseen space parts what it would take for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from ropa.findings.catalogue import explanation, phrase
from ropa.findings.finding import Finding, Place, Severity
from ropa.law import store
from ropa.report.github_summary import plain, table_row
from ropa.report.lines import SEVERITIES, counted, repository_path, shown_path, stale_words, summary
from ropa.report.report import Report
from ropa.report.terminal import one_line, safe
from ropa.report.words import words

LIMIT: Final = 65_536
"""What GitHub takes in the text of a review and of a comment; here in bytes, which are never fewer than characters."""

_ROOM: Final = 2_000
"""Bytes kept for what stands below the tables."""

SIGNS: Final[Mapping[Severity, str]] = {"error": "⛔", "warning": "⚠️", "info": "ℹ️"}
_CODE: Final = re.compile(r"(<code>.*?</code>)", re.DOTALL)
_NOTICED: Final = re.compile(r"&#64;|&#35;|&#58;(?=/)|[wW]{3}(?=&#46;)|\b[gG][hH]-(?=\d)")
"""Where GitHub begins to see a person, an issue or an address, as `plain` writes it."""
_SIGN: Final = re.compile(r"[^\w /,()-]|_|(?<= ) ")
_SENTENCE: Final = re.compile(r"[^.?!]*[.?!]")
_QUOTES: Final = ("«»", "“”")


def body(report: Report, findings: Sequence[Finding], commented: int, blob: str) -> str:
    """The text of the review. `findings` are those that are not told at their lines; `commented` is how many are.

    `blob` is where the host shows files of the commit; without it places are no links.
    """
    language = report.language
    if not report.findings and not report.stale:
        return f"✅ {inert(summary(report))}\n"
    numbers = [counted(f"{severity}s", report.count(severity), language) for severity in SEVERITIES if report.count(severity)]
    registry = shown_path(report.checked, Place("", "", 1, 1, 1, 1))
    heading = words("summary-heading", language, registry=registry)
    parts = [f"### {inert(heading)}: {', '.join(numbers) or phrase('none', language)}\n"]
    if commented:
        parts.append(words(f"review-commented-{'one' if commented == 1 else 'many'}", language, n=commented) + "\n")
    room = LIMIT - _ROOM - sum(len(part.encode()) for part in parts)
    parts += _fitted(room, list(_tables(report, findings, blob)), language)
    return "\n".join([*parts, _closing(report)])


def titled(report: Report, finding: Finding) -> str:
    """A finding's severity, and what its rule is called, in words and by its code."""
    told = explanation(finding.name, report.language)
    return f"{phrase(finding.severity, report.language).capitalize()}: **{plain(told['title'])}** (<code>{finding.code}</code>)"


def inert(text: str) -> str:
    """Text on one line that is no markup, notifies nobody and links to nothing; code, which GitHub leaves alone, between two backticks."""
    pieces = _CODE.split(plain(text))
    return "".join(piece if number % 2 else _NOTICED.sub(r"\g<0>&#8203;", piece) for number, piece in enumerate(pieces))


def _tables(report: Report, findings: Sequence[Finding], blob: str) -> Iterator[tuple[str, Sequence[str], str]]:
    """What stands before the entries, the entries, and what stands after them."""
    language = report.language

    def head(*names: str) -> str:
        return table_row(*(words(name, language) for name in names)) + table_row(*("---" for _ in names))

    def folded(heading: str, number: int, *names: str) -> str:
        return f"<details><summary><b>{words(heading, language)}</b> ({number})</summary>\n\n{head(*names) if names else ''}"

    yield head("column-finding", "review-column-means", "review-column-do"), [_found(report, one, blob) for one in findings], ""
    accepted, known = report.standing_as("accepted"), report.standing_as("baseline")
    yield (
        folded("summary-accepted", len(accepted), "column-finding", "column-by", "column-until", "column-because"),
        [_accepted(report, finding, blob) for finding in accepted],
        "\n</details>\n",
    )
    yield (
        folded("baseline-heading", len(known), "column-finding"),
        [table_row(_named(report, one, blob)) for one in known],
        "\n</details>\n",
    )
    yield folded("summary-stale", len(report.stale)), [f"- {inert(stale_words(report, one))}\n" for one in report.stale], "\n</details>\n"


def _fitted(room: int, tables: Sequence[tuple[str, Sequence[str], str]], language: str) -> Iterator[str]:
    """The tables with as many entries as there is room for, and how many there was none for."""
    left = 0
    for before, entries, after in tables:
        room -= len(before.encode()) + len(after.encode())
        shown = []
        for entry in entries:
            room -= len(entry.encode())
            if room >= 0:
                shown.append(entry)
        if shown:
            yield before + "".join(shown) + after
        left += len(entries) - len(shown)
    if left:
        yield words("summary-cut", language, n=left) + "\n"


def _found(report: Report, finding: Finding, blob: str) -> str:
    means, do = _halves(finding.message)
    law = f"<br><sub>{inert('; '.join(finding.law))}</sub>" if finding.law else ""
    fix = f"<pre>{_code(finding.fix)}</pre>" if finding.fix else ""
    return table_row(_named(report, finding, blob), inert(means) + law, inert(do) + fix)


def _named(report: Report, finding: Finding, blob: str) -> str:
    sign = f"{SIGNS[finding.severity]} " if report.standing(finding) == "counts" else ""
    return f"{sign}{titled(report, finding)}<br>{_place(report, finding, blob)}"


def _place(report: Report, finding: Finding, blob: str) -> str:
    place = finding.place
    path = repository_path(report.checked, place)
    shown = f"<code>{_code(one_line(f'{path}:{place.line}' if place.file else path))}</code>"
    return f'<a href="{_code(blob)}/{quote(path)}#L{place.line}">{shown}</a>' if blob and place.file else shown


def _accepted(report: Report, finding: Finding, blob: str) -> str:
    accepted = finding.accepted
    assert accepted is not None
    return table_row(_named(report, finding, blob), inert(accepted.by), inert(accepted.until), inert(accepted.because))


def _code(text: str) -> str:
    """Text between tags of code, line ends kept: every sign in it is a character reference."""
    return _SIGN.sub(lambda found: f"&#{ord(found[0])};", safe(text))


def _halves(message: str) -> tuple[str, str]:
    """A message's first sentence, which says what is wrong, and the others, which say what to do.

    A full stop between quotation marks or backticks ends no sentence, nor does one that a small letter or a number follows.
    """
    at = 0
    for found in _SENTENCE.finditer(message):
        at = found.end()
        first, rest = message[:at], message[at:].lstrip()
        closed = first.count("`") % 2 == 0 and all(first.count(opening) == first.count(closing) for opening, closing in _QUOTES)
        if closed and message[at : at + 1] == " " and not (rest[:1].islower() or rest[:1].isdigit()):
            return first, rest
    return message, ""


def _closing(report: Report) -> str:
    """What was read, what was there before, and as of when the law is."""
    language, since = report.language, report.since
    told = [inert(summary(report)) + "."]
    if since is not None and since.older:
        older = words(f"older-{'one' if since.older == 1 else 'many'}", language, n=since.older, revision=one_line(since.revision))
        told.append(inert(older))
    told.append(words("review-law", language, day=store.as_of()))
    return f"<sub>{' '.join(told)}</sub>\n"

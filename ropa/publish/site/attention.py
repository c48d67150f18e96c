"""What needs a person: findings, open questions, dates that come, and what is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ropa.checking import Checked, OpenQuestion
from ropa.findings.finding import RANK, Finding
from ropa.publish.record.scribe import Scribe
from ropa.publish.words import Said
from ropa.source.address import segment, split

SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Item:
    """A finding, an open question or a date, as it is shown.

    `kind` is a severity, ``question``, ``accepted`` or ``review``; `when` and `beside` stand at its side: a date, and how far away it is.
    """

    kind: str
    word: str
    text: Said
    law: tuple[str, ...] = ()
    fix: str = ""
    places: tuple[str, ...] = ()
    code: str = ""
    because: str = ""
    when: str = ""
    beside: str = ""


def findings(checked: Checked, scribe: Scribe, stops: bool) -> tuple[Item, ...]:
    """The findings that count: what stops publication first, then by file and line."""
    ordered = sorted(checked.counting(), key=lambda found: -RANK[found.severity])
    return tuple(_finding(checked, scribe, finding, stops) for finding in ordered)


def _finding(checked: Checked, scribe: Scribe, finding: Finding, stops: bool) -> Item:
    return Item(
        kind=finding.severity,
        word=word(scribe, finding.severity),
        text=_message(checked, scribe, finding),
        law=finding.law,
        fix=finding.fix or "",
        places=_places(scribe, finding),
        code=f"{finding.code} {finding.name}",
        when=scribe.words.fixed("site.stops") if stops and finding.severity == "error" else "",
    )


def _message(checked: Checked, scribe: Scribe, finding: Finding) -> Said:
    """A message in the language of messages, told where that is not the page's (Nynorsk pages have Bokmål messages)."""
    return Said(finding.message, checked.language if checked.language != scribe.words.language else "")


def _places(scribe: Scribe, finding: Finding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place(scribe, each.file, each.line) for each in (finding.place, *finding.related)))


def accepted(checked: Checked, scribe: Scribe) -> tuple[Item, ...]:
    """The accepted findings, those whose acceptance ends first before the others."""
    held = sorted(checked.accepted(), key=lambda found: found.accepted.until if found.accepted else "")
    return tuple(_accepted(checked, scribe, finding) for finding in held)


def _accepted(checked: Checked, scribe: Scribe, finding: Finding) -> Item:
    acceptance = finding.accepted
    assert acceptance is not None
    return Item(
        kind="accepted",
        word=word(scribe, "accepted"),
        text=_message(checked, scribe, finding),
        places=_places(scribe, finding),
        code=f"{finding.code} {finding.name}",
        because=acceptance.because,
        when=scribe.words.fixed("site.accepted_by", by=acceptance.by, until=day(scribe, acceptance.until)),
    )


def questions(checked: Checked, scribe: Scribe) -> tuple[Item, ...]:
    """The open questions in the officer's words; the same words at several places are one question."""
    by_words: dict[tuple[str, str], list[OpenQuestion]] = {}
    for question in checked.questions:
        # Without words two questions are still two.
        by_words.setdefault((question.words, "" if question.words else question.address), []).append(question)
    own = scribe.context.registry.language
    return tuple(
        Item(
            kind="question",
            word=word(scribe, "question"),
            text=Said(words, own if own != scribe.words.language else "") if words else Said(scribe.words.fixed("site.no_words")),
            places=tuple(dict.fromkeys(place(scribe, each.file, each.line) for each in asked)),
            code=", ".join(dict.fromkeys(record_name(scribe, each.address) for each in asked)),
        )
        for (words, _), asked in by_words.items()
    )


def dates(scribe: Scribe, today: date | None) -> tuple[Item, ...]:
    """Reviews and ends of acceptances that are due within 30 days or overdue, the earliest first; none where no day is known."""
    if today is None:
        return ()
    due = [(when, key, address) for when, key, address in _dated(scribe) if when - today <= SOON]
    return tuple(
        Item(
            kind="review",
            word=word(scribe, "review"),
            text=Said(scribe.words.fixed(f"site.{key}", name=record_name(scribe, address))),
            places=(address,),
            when=scribe.words.date(when),
            beside=_away(scribe, (when - today).days),
        )
        for when, key, address in sorted(due)
    )


def _dated(scribe: Scribe) -> Iterator[tuple[date, str, str]]:
    registry = scribe.context.registry
    for record, data in sorted(registry.long.items()):
        entries = [(f"{record}#review.next", data)]
        entries += [
            (f"{record}#{segment(name)}.review.next", entry) for name, entry in data.items() if isinstance(entry, dict) and name != "review"
        ]
        for address, entry in entries:
            review = entry.get("review")
            when = _date(review.get("next")) if isinstance(review, dict) else None
            if when is not None:
                yield when, "review_due", address
    for name, acceptance in sorted(registry.accepted.items()):
        when = _date(acceptance.until)
        if when is not None:
            yield when, "acceptance_due", f"accepted#{segment(name)}"


def _date(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written)) if written else None
    except ValueError:
        return None


def _away(scribe: Scribe, days: int) -> str:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return scribe.words.fixed(f"site.in_days.{near}")
    return scribe.words.fixed(f"site.in_days.{'future' if days > 0 else 'past'}", count=abs(days))


def day(scribe: Scribe, written: str) -> str:
    """A date in words; what is no date as it is written."""
    found = _date(written)
    return scribe.words.date(found) if found is not None else written


def word(scribe: Scribe, kind: str) -> str:
    """The word of a severity."""
    return scribe.words.fixed(f"site.severity.{kind}")


def place(scribe: Scribe, file: str, line: int) -> str:
    """A place as it is read: file and line."""
    return scribe.words.fixed("site.place", file=file, line=line)


def record_name(scribe: Scribe, address: str) -> str:
    """What the record of an address is called: its own name, else its id or the file's."""
    record, path = split(address)
    folder, _, name = record.partition("/")
    registry = scribe.context.registry
    if folder == "activities" and name in registry.activities:
        return scribe.words.text(registry.activities[name].name).text or name
    if folder == "parties" and name in registry.parties:
        return scribe.party(name)
    if folder == "systems" and name in registry.systems:
        return scribe.words.text(registry.systems[name].name).text or name
    if not name and path and record in ("consents", "retention", "security-measures", "changes", "accepted"):
        return path[1] if path[0] == "own" and len(path) > 1 else path[0]
    return name or record

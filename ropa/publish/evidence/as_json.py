"""The evidence as JSON, versioned; the shapes are in ``schemas/output``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from ropa.publish.evidence.assessments import Assessments, Shown
from ropa.publish.evidence.view import Asked, Entry, Found, Page, Purpose
from ropa.publish.output import Stamp
from ropa.publish.words import Said
from ropa.source.write import json_text

VERSION: Final = 1


def as_json(page: Page, stamp: Stamp) -> str:
    """The evidence of Arts 13 and 14, in the order of the page. The shape is ``schemas/output/art13-14.schema.json``."""
    document = {
        **_head(page.frame.language, stamp),
        "notice": {"language": page.notice_language, "href": page.notice.href or None},
        "summary": {status.replace("-", "_"): number for status, _, number in page.counts},
        "organisation": [_entry(entry) for entry in page.organisation],
        "purposes": [_purpose(purpose) for purpose in page.purposes],
        "untold": [{"activity": each.id, "name": each.name.text, "why": each.why_code} for each in page.untold],
    }
    return json_text(document)


def _head(language: str, stamp: Stamp) -> dict[str, Any]:
    return {
        "version": VERSION,
        "as_of": stamp.as_of.isoformat() if stamp.as_of else None,
        "draft": stamp.draft,
        "revision": stamp.revision,
        "language": language,
    }


def _purpose(purpose: Purpose) -> dict[str, Any]:
    return {
        "id": purpose.id,
        "activity": purpose.activity,
        "purpose": purpose.name,
        "title": purpose.title.text,
        "from_person": purpose.from_person,
        "from_elsewhere": purpose.from_elsewhere,
        "elements": [_entry(entry) for entry in purpose.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "element": entry.code,
        "provisions": [{"provision": each.ref, "applies": each.applies} for each in entry.provisions],
        "status": entry.status,
        "why": entry.why_code or None,
        "stated_at": [{"href": place.href or None, "heading": place.text} for place in entry.places],
        "said": [_text(line) for line in entry.said],
        "questions": questions(entry.questions),
        "findings": findings(entry.findings),
    }


def assessments_json(page: Assessments, stamp: Stamp) -> str:
    """The assessments. The shape is ``schemas/output/assessments.schema.json``."""
    document = {
        **_head(page.frame.language, stamp),
        "age_judged": not page.undated,
        "assessments": [_assessment(shown) for shown in page.every],
        "absent": findings(page.absent),
    }
    return json_text(document)


def _assessment(shown: Shown) -> dict[str, Any]:
    return {
        "id": shown.id or None,
        "kind": shown.kind,
        "answers": [
            {"question": reply.key, "answer": reply.said.text if reply.look == "plain" else None, "open": reply.look == "gap"}
            for reply in shown.replies
        ],
        "used_by": [{"use": use.kind, "name": use.name.text, "address": use.address} for use in shown.uses],
        "aged": list(shown.aged),
        "questions": questions(shown.questions),
        "findings": findings(shown.findings),
    }


def _text(pieces: Iterable[Said]) -> str:
    return "".join(piece.text for piece in pieces)


def questions(every: Iterable[Asked]) -> list[dict[str, str]]:
    """Open questions."""
    return [{"address": each.address, "words": each.words.text} for each in every]


def findings(every: Iterable[Found]) -> list[dict[str, Any]]:
    """Findings, the accepted ones with the reason, the role and the end date."""
    return [
        {
            "code": each.code,
            "name": each.name,
            "severity": each.severity,
            "address": each.address,
            "message": each.message.text,
            "identity": each.identity,
            "accepted": {"because": each.because, "by": each.by, "until": each.until} if each.accepted else None,
        }
        for each in every
    ]

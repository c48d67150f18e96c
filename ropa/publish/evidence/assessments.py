"""The assessments as a view: each with its own questions, who uses it, and whether it is due for another look. GDPR Arts 5(2), 24(1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ropa.findings.finding import Finding
from ropa.model.records import Assessment, Consultation
from ropa.model.records_common import Review
from ropa.model.text import Text
from ropa.publish.evidence.clerk import Clerk
from ropa.publish.evidence.held import COMPATIBILITY, DPIA, LEGITIMATE_INTEREST, OTHER, TRANSFER, Held, Use, held
from ropa.publish.evidence.spoken import Voices
from ropa.publish.evidence.view import Asked, Found, Frame, Link
from ropa.publish.output import Stamp
from ropa.publish.templating import safe_url
from ropa.publish.words import Said
from ropa.rules.legitimate_interests import legitimate_interest_not_balanced
from ropa.rules.reviews import notice_stale
from ropa.rules.safeguards import transfer_assessment_missing

QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    LEGITIMATE_INTEREST: ("purpose", "necessity", "balance", "child_considered", "outcome"),
    TRANSFER: ("country", "law_reviewed", "supplementary", "outcome"),
    DPIA: ("parts", "dpo_advice", "residual_risk", "consultation"),
    COMPATIBILITY: ("link", "context", "nature", "consequences", "safeguards", "outcome"),
    OTHER: ("outcome",),
}
"""What an assessment of each kind has to answer (docs/format.md)."""

PROVISIONS: Final[Mapping[str, str]] = {
    LEGITIMATE_INTEREST: "6(1)(f)",
    TRANSFER: "46(1)",
    DPIA: "35(7)",
    COMPATIBILITY: "6(4)",
    OTHER: "5(2)",
}
WRITTEN: Final = frozenset({"purpose", "necessity", "balance"})
"""Answers that may stand in the document instead."""

AGED: Final[Mapping[tuple[str, str], str]] = {
    ("notice-stale", "overdue"): "overdue",
    ("notice-stale", "old-assessment"): "old-assessment",
    ("legitimate-interest-not-balanced", "old"): "old",
    ("transfer-assessment-missing", "old"): "old-transfer",
}
"""What the rules on age say of an assessment, and the key of the words here: the rules decide, so that page and findings agree."""

OF_ASSESSMENTS: Final = frozenset(
    {
        "legitimate-interest-not-balanced",
        "transfer-assessment-missing",
        "dpia-mandatory-missing",
        "dpia-two-criteria",
        "dpia-norwegian-list",
        "dpia-incomplete",
        "prior-consultation-missing",
        "further-purpose-without-compatibility-test",
    }
)
"""The rules that ask for an assessment, or for more of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question. `look` is plain, gap (open) or muted (not asked for, or in the document); `href` leads to a document."""

    key: str
    label: str
    said: Said
    look: str = "plain"
    href: str = ""


@dataclass(frozen=True, slots=True)
class UsedBy:
    """One use in words, with its address."""

    kind: str
    label: str
    name: Said
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One assessment."""

    id: str
    anchor: str
    kind: str
    title: str
    kind_word: str
    law: str
    inline: bool
    replies: tuple[Reply, ...]
    uses: tuple[UsedBy, ...]
    aged: tuple[str, ...]
    questions: tuple[Asked, ...]
    findings: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Assessments:
    """The page of the assessments."""

    frame: Frame
    old: tuple[Link, ...]
    undated: bool
    unanswered: tuple[Link, ...]
    absent: tuple[Found, ...]
    every: tuple[Shown, ...]
    files: tuple[Link, ...]
    words: dict[str, str]

    @property
    def every_by_kind(self) -> list[tuple[str, list[Shown]]]:
        """The assessments by kind, in order."""
        return [(kind, list(group)) for kind, group in groupby(self.every, key=lambda shown: shown.kind)]


_WORDS: Final = ("internal", "files", "question", "no_words")
_OWN_WORDS: Final = (
    *("title", "subtitle", "lead", "none", "old", "none_old", "undated", "unanswered", "absent", "used_by", "unused", "inline"),
    *("findings",),
)


def assessments(clerk: Clerk, stamp: Stamp) -> Assessments:
    """The assessments in the clerk's language. Age is judged by the day that the documents are of, and not at all without one."""
    found, aged, voices = held(clerk.checked.context), _aged(clerk), Voices(clerk.checked)
    every = tuple(_shown(clerk, each, place, aged, voices) for place, each in enumerate(found))
    told = {finding.identity for shown in every for finding in shown.findings}
    asking = [each for each in clerk.checked.findings if each.name in OF_ASSESSMENTS and each.identity not in told]
    language = clerk.words.language
    return Assessments(
        frame=clerk.frame(stamp),
        old=tuple(Link(f"#{shown.anchor}", words) for shown in every for words in shown.aged),
        undated=clerk.checked.context.today is None,
        unanswered=tuple(_unanswered(every)),
        absent=clerk.found(asking),
        every=every,
        files=(
            Link(f"assessments.{language}.json", "JSON"),
            Link(f"art13-14.{language}.html", clerk.fixed("assessments.evidence")),
        ),
        words={
            **{key: clerk.fixed(key) for key in _WORDS},
            **{key: clerk.fixed(f"assessments.{key}") for key in _OWN_WORDS},
        },
    )


def _unanswered(every: tuple[Shown, ...]) -> Iterator[Link]:
    for shown in every:
        for reply in shown.replies:
            if reply.look == "gap":
                yield Link(f"#{shown.anchor}", f"{shown.title}: {reply.label}")


def _aged(clerk: Clerk) -> dict[str, list[tuple[str, str]]]:
    """What the rules on age say of each assessment, by its address: the key of the words and the date."""
    context = clerk.checked.context
    found: dict[str, list[tuple[str, str]]] = {}
    for rule in (notice_stale, legitimate_interest_not_balanced, transfer_assessment_missing):
        for breach in rule(context):
            key = AGED.get((breach.rule, breach.variant))
            if key is not None:
                date = breach.params.get("date") or str(context.registry.value(breach.address))
                place = breach.address.removesuffix("#date").removesuffix(".date").removesuffix("#review.next")
                found.setdefault(place, []).append((key, date))
    return {place: _plainest(said) for place, said in found.items()}


def _plainest(said: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without that an assessment is old where a rule of its own kind says how old."""
    own = [each for each in said if each[0] != "old-assessment"]
    return own or said


def _shown(clerk: Clerk, each: Held, place: int, aged: Mapping[str, list[tuple[str, str]]], voices: Voices) -> Shown:
    spoken = voices.at(each.address)
    questions, findings = clerk.said_of(spoken)
    open_at = {question.address for question in questions} | {finding.address for finding in findings if _is_open(finding)}
    kind = clerk.fixed(f"assessments.kinds.{each.kind}")
    uses = tuple(_use(clerk, use) for use in each.uses)
    title = each.id or f"{kind}: {uses[0].name.text}"
    return Shown(
        id=each.id,
        anchor=each.id or f"_{place}",
        kind=each.kind,
        title=title,
        kind_word=kind,
        law=clerk.law([clerk.provision(PROVISIONS[each.kind], applies=True)]),
        inline=not each.id,
        replies=tuple(_replies(clerk, each, open_at)),
        uses=uses,
        aged=tuple(
            dict.fromkeys(
                clerk.fixed(f"assessments.aged.{key}", name=title, date=clerk.date(date)) for key, date in aged.get(each.address, ())
            )
        ),
        questions=questions,
        findings=findings,
    )


def _is_open(finding: Found | Finding) -> bool:
    """Whether a finding asks for an answer; one on age asks for nothing that is missing."""
    return finding.name in OF_ASSESSMENTS


def _use(clerk: Clerk, use: Use) -> UsedBy:
    registry, words = clerk.checked.registry, clerk.words
    label = clerk.fixed(f"assessments.uses.{use.kind}", country=words.country(use.country) if use.country else clerk.fixed("open"))
    if use.party:
        party = registry.parties.get(use.party)
        return UsedBy(use.kind, label, Said((party.alias or party.name or use.party) if party is not None else use.party), use.address)
    activity = registry.activities[use.activity]
    purpose = (activity.purposes or {}).get(use.purpose)
    name = words.text(activity.name) or Said(use.activity)
    if purpose is not None and len(activity.purposes or ()) > 1:
        title = words.text(purpose.title) or words.text(purpose.text) or Said(use.purpose)
        name = Said(f"{name.text}: {title.text}", name.lang or title.lang)
    return UsedBy(use.kind, label, name, use.address)


def _replies(clerk: Clerk, each: Held, open_at: set[str]) -> Iterator[Reply]:
    keys = ("date", "by", *QUESTIONS[each.kind], "document", "review", "note")
    for key in (key for key in keys if hasattr(each.body, key)):
        label = clerk.fixed(f"assessments.questions.{key}")
        said = _said(clerk, each, key)
        if said:
            href = safe_url(said.text) if key == "document" else ""
            yield Reply(key, label, said, href=href)
        elif each.at(key) in open_at:
            yield Reply(key, label, Said(clerk.fixed("assessments.unanswered_mark")), "gap")
        elif key in QUESTIONS[each.kind]:
            yield Reply(key, label, Said(_why_empty(clerk, each, key)), "muted")


def _why_empty(clerk: Clerk, each: Held, key: str) -> str:
    if key in WRITTEN and getattr(each.body, "document", None):
        return clerk.fixed("assessments.in_document")
    if key == "consultation" and isinstance(each.body, Assessment) and each.body.residual_risk in ("low", "medium"):
        return clerk.fixed("assessments.not_needed")
    return clerk.fixed("assessments.unanswered_mark")


_DATES: Final = frozenset({"date", "law_reviewed", "dpo_advice"})
_CODES: Final = frozenset({"outcome", "residual_risk"})


def _said(clerk: Clerk, each: Held, key: str) -> Said:
    """An answer in words; nothing where there is none."""
    value: object = getattr(each.body, key)
    if value is None:
        return Said("")
    if isinstance(value, bool):
        return Said(clerk.fixed("assessments.answer_yes" if value else "assessments.answer_no"))
    if isinstance(value, Consultation):
        return Said(clerk.words.join(_consultation(clerk, value)))
    if isinstance(value, Review):
        return Said(clerk.words.join(_review(clerk, value)))
    if isinstance(value, list):
        return Said(", ".join(_code(clerk, str(code)) for code in value))
    if isinstance(value, dict):
        text: Text = value
        return clerk.words.text(text)
    return Said(_plain(clerk, key, str(value)))


def _plain(clerk: Clerk, key: str, value: str) -> str:
    if key in _DATES:
        return clerk.date(value)
    if key == "country":
        return clerk.words.country(value)
    return _code(clerk, value) if key in _CODES else value


def _code(clerk: Clerk, code: str) -> str:
    return clerk.fixed(f"assessments.codes.{code}")


def _review(clerk: Clerk, review: Review) -> Iterator[str]:
    if review.last:
        yield clerk.fixed("assessments.review.last", date=clerk.date(review.last))
    if review.next:
        yield clerk.fixed("assessments.review.next", date=clerk.date(review.next))
    if review.trigger:
        yield _code(clerk, review.trigger)


def _consultation(clerk: Clerk, consultation: Consultation) -> Iterator[str]:
    if consultation.sent:
        yield clerk.fixed("assessments.consultation.sent", date=clerk.date(consultation.sent))
    if consultation.answer:
        yield clerk.fixed("assessments.consultation.answer", date=clerk.date(consultation.answer))
    elif consultation.period_expired:
        yield clerk.fixed("assessments.consultation.expired")
    else:
        yield clerk.fixed("assessments.consultation.no_answer")

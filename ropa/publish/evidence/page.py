"""The evidence of GDPR Arts 13 and 14 as a view: every element, for the organisation and for every purpose that the notice tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ropa.law import information
from ropa.law.information import Element
from ropa.law.references import NORWAY
from ropa.model.activity import Activity
from ropa.publish.evidence import organisation_elements, purpose_elements
from ropa.publish.evidence.answers import STATUSES, Answer, Status
from ropa.publish.evidence.clerk import Clerk
from ropa.publish.evidence.notice_page import NoticePage
from ropa.publish.evidence.purpose_elements import is_from_elsewhere, is_from_person
from ropa.publish.evidence.spoken import Spoken, Voices, organisation_addresses, purpose_addresses
from ropa.publish.evidence.view import Entry, Link, Page, Provision, Purpose, Untold
from ropa.publish.notice.prose import words_of
from ropa.publish.notice.public import Told
from ropa.publish.output import Stamp
from ropa.publish.words import Said

NOTICE: Final = "../../public/notice/"
"""The way from the evidence to the notice."""

WHOLE: Final = "_organisation"
"""Begins the ids of the organisation's elements; no activity's id begins with this character."""


@dataclass(frozen=True)
class Maker:
    """What the view of one language is made from. `linked` tells whether the notice is written, so that links lead somewhere."""

    clerk: Clerk
    page: NoticePage
    voices: Voices
    linked: bool

    def entry(self, at: str, code: str, provisions: tuple[Provision, ...], answer: Answer, spoken: Spoken) -> Entry:
        """One element in words."""
        clerk, language = self.clerk, self.page.language
        lines = [line for statement in answer.statements for line in statement.lines]
        questions, findings = clerk.said_of(spoken)
        applying = [each for each in provisions if each.applies] or provisions
        return Entry(
            id=f"{at}.{code}",
            code=code,
            label=clerk.fixed(f"elements.{code}"),
            provisions=provisions,
            law=clerk.law(applying),
            status=answer.status,
            status_word=clerk.fixed(f"status.{answer.status}"),
            why_code=answer.why,
            why=clerk.fixed(f"why.{answer.why}") if answer.why else "",
            places=tuple(self._places(answer)),
            said=tuple(clerk.spans(line, language) for line in lines),
            excerpt=clerk.excerpt(lines, language),
            questions=questions,
            findings=findings,
        )

    def _places(self, answer: Answer) -> Iterator[Link]:
        """A link for each place of the notice, with the headings under which it speaks there."""
        headings: dict[str, dict[str, None]] = {}
        for statement in answer.statements:
            headings.setdefault(statement.anchor, {})[statement.heading or self.clerk.fixed("heading")] = None
        for anchor, named in headings.items():
            yield Link(f"{NOTICE}notice.{self.page.language}.html#{anchor}" if self.linked else "", ", ".join(named))

    def provisions(self, element: Element, person: bool, elsewhere: bool) -> tuple[Provision, ...]:
        """The provisions that ask for an element: those of Art. 13 or 14 apply by where the data come from, the others always."""
        norwegian = element.norway if self.page.context.registry.organisation.country == NORWAY else ()
        points = [
            *((ref, person) for ref in element.person),
            *((ref, elsewhere) for ref in element.elsewhere),
            *((ref, True) for ref in (*element.also, *norwegian)),
        ]
        return tuple(self.clerk.provision(ref, applies) for ref, applies in points)

    def organisation(self) -> tuple[Entry, ...]:
        """The elements that are stated once."""
        person = any(is_from_person(told) for told in self.page.purposes)
        elsewhere = any(is_from_elsewhere(told) for told in self.page.purposes)
        spoken = self.voices.of(organisation_addresses(self.page.context.registry))
        return tuple(
            self.entry(
                WHOLE, code, self.provisions(element, person, elsewhere), organisation_elements.ANSWERS[code](self.page), spoken[code]
            )
            for code, element in information.elements("organisation").items()
        )

    def purpose(self, told: Told) -> Purpose:
        """A purpose with every element."""
        person, elsewhere = is_from_person(told), is_from_elsewhere(told)
        spoken = self.voices.of(purpose_addresses(self.page, told))
        kind = "both" if person and elsewhere else "person" if person else "elsewhere"
        activity = told.activity
        return Purpose(
            id=told.id,
            activity=activity.id,
            name=told.name,
            title=Said(words_of(self.page.writer.title(told)), self._other_language),
            activity_name=self.clerk.words.text(activity.name) or Said(activity.id),
            sources=self.clerk.fixed(f"sources.{'open' if '' in purpose_elements.sources(told) else kind}"),
            from_person=person,
            from_elsewhere=elsewhere,
            entries=tuple(self._of_purpose(told, spoken, (person, elsewhere))),
        )

    def _of_purpose(self, told: Told, spoken: Mapping[str, Spoken], articles: tuple[bool, bool]) -> Iterator[Entry]:
        for code, element in information.elements("purpose").items():
            answer = purpose_elements.ANSWERS[code](self.page, told)
            # Where data may leave the EEA unseen, the question is where they are kept.
            of = "transfer" if answer.why == purpose_elements.UNPLACED else code
            yield self.entry(told.id, code, self.provisions(element, *articles), answer, spoken.get(of, Spoken()))

    @property
    def _other_language(self) -> str:
        return self.page.language if self.page.language != self.clerk.words.language else ""

    def untold(self) -> Iterator[Untold]:
        """The activities that the notice is silent on: drafts, those done for others, and those whose data are deleted."""
        told = {activity.id for activity in self.page.writer.public.activities}
        for name, activity in sorted(self.page.context.registry.activities.items()):
            why = "without-purposes" if name in told and not activity.purposes else _why_untold(activity) if name not in told else ""
            if why:
                yield Untold(name, self.clerk.words.text(activity.name) or Said(name), why, self.clerk.fixed(f"untold.{why}"))


def _why_untold(activity: Activity) -> str:
    if activity.status == "draft":
        return "draft"
    return "for-others" if activity.is_for_others else "deleted"


_WORDS: Final = (
    *("title", "subtitle", "lead", "internal", "counts_heading", "overview", "organisation", "organisation_lead", "purposes"),
    *("none_lacking", "lacking", "untold_heading", "untold_lead", "others", "no_purposes", "files", "notice_says", "question", "no_words"),
    *("columns.purpose", "columns.stated", "columns.lacking", "columns.others", "columns.element", "columns.status", "columns.where"),
    *("nothing", "of_activity"),
)


def page(clerk: Clerk, stamp: Stamp, linked: bool) -> Page:
    """The view of the evidence in the clerk's language. Where the notice is not written (not `linked`), the page says so."""
    notice = NoticePage.of(clerk.checked.context, clerk.words.language, stamp)
    maker = Maker(clerk, notice, Voices(clerk.checked), linked)
    organisation = maker.organisation()
    purposes = tuple(maker.purpose(told) for told in notice.purposes)
    language = clerk.words.language
    return Page(
        frame=clerk.frame(stamp),
        notice_language=notice.language,
        notice=Link(f"{NOTICE}notice.{notice.language}.html" if linked else "", clerk.fixed("notice")),
        held="" if linked else clerk.fixed("held", count=stamp.errors),
        counts=tuple(_counts(clerk, organisation, purposes)),
        lacking=tuple(_lacking(clerk, organisation, purposes)),
        organisation=organisation,
        purposes=purposes,
        untold=tuple(maker.untold()),
        files=(Link(f"art13-14.{language}.json", "JSON"), Link(f"assessments.{language}.html", clerk.fixed("assessments.title"))),
        words={key.replace(".", "_"): clerk.fixed(key) for key in _WORDS},
    )


def _counts(clerk: Clerk, organisation: Iterable[Entry], purposes: Iterable[Purpose]) -> Iterator[tuple[Status, str, int]]:
    every = [*organisation, *(entry for purpose in purposes for entry in purpose.entries)]
    for status in STATUSES:
        yield status, clerk.fixed(f"status.{status}"), sum(1 for entry in every if entry.status == status)


def _lacking(clerk: Clerk, organisation: Iterable[Entry], purposes: Iterable[Purpose]) -> Iterator[Link]:
    """What is missing or stated in part: of the organisation by name, of the purposes by element with the number of purposes."""
    for entry in organisation:
        if entry.status in ("missing", "partly"):
            yield Link(f"#{entry.id}", entry.label)
    found: dict[str, list[Entry]] = {}
    for purpose in purposes:
        for entry in purpose.lacking:
            found.setdefault(entry.label, []).append(entry)
    for label, entries in found.items():
        if len(entries) == 1:
            yield Link(f"#{entries[0].id}", label)
        else:
            yield Link("#overview", clerk.fixed("lacking_in", element=label, count=len(entries)))

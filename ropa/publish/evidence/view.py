"""The evidence as plain data, for the page and the JSON."""

from __future__ import annotations

from dataclasses import dataclass

from ropa.publish.evidence.answers import Status
from ropa.publish.words import Said


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and what it says."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision that asks for an element: as it is cited in short, in words, and whether it applies here."""

    ref: str
    text: str
    applies: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: where, and in whose words."""

    address: str
    words: Said


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that speaks of an element; `because` and `accepted` are set where a role has accepted it."""

    code: str
    name: str
    severity: str
    word: str
    message: Said
    address: str
    identity: str
    because: str = ""
    accepted: str = ""
    by: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One element: its status, why, where the notice says it (`places`) and in which words, and who else speaks of it."""

    id: str
    code: str
    label: str
    provisions: tuple[Provision, ...]
    law: str
    status: Status
    status_word: str
    why_code: str
    why: str
    places: tuple[Link, ...]
    said: tuple[tuple[Said, ...], ...]
    excerpt: tuple[Said, ...]
    questions: tuple[Asked, ...]
    findings: tuple[Found, ...]

    @property
    def unheard(self) -> tuple[Asked, ...]:
        """The questions that no finding repeats: a finding at the same place has the officer's words in it."""
        told = {finding.address for finding in self.findings}
        return tuple(each for each in self.questions if each.address not in told)


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose with its elements: those that apply, and those that do not."""

    id: str
    activity: str
    name: str
    title: Said
    activity_name: Said
    sources: str
    from_person: bool
    from_elsewhere: bool
    entries: tuple[Entry, ...]

    @property
    def applying(self) -> tuple[Entry, ...]:
        """The elements that apply."""
        return tuple(entry for entry in self.entries if entry.status != "not-applicable")

    @property
    def others(self) -> tuple[Entry, ...]:
        """The elements that do not apply."""
        return tuple(entry for entry in self.entries if entry.status == "not-applicable")

    @property
    def lacking(self) -> tuple[Entry, ...]:
        """The elements that are missing, or stated in part."""
        return tuple(entry for entry in self.entries if entry.status in ("missing", "partly"))

    @property
    def stated(self) -> int:
        """How many elements are stated."""
        return sum(1 for entry in self.entries if entry.status == "stated")


@dataclass(frozen=True, slots=True)
class Untold:
    """An activity that the notice does not tell of, and why."""

    id: str
    name: Said
    why_code: str
    why: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of the evidence bears."""

    language: str
    organisation: str
    draft: str
    as_of: str
    revision: str


@dataclass(frozen=True, slots=True)
class Page:
    """The evidence of Arts 13 and 14 in one language."""

    frame: Frame
    notice_language: str
    notice: Link
    held: str
    counts: tuple[tuple[Status, str, int], ...]
    lacking: tuple[Link, ...]
    organisation: tuple[Entry, ...]
    purposes: tuple[Purpose, ...]
    untold: tuple[Untold, ...]
    files: tuple[Link, ...]
    words: dict[str, str]

"""Puts evidence into words of one language: provisions, excerpts, findings, open questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropa.checking import Checked
from ropa.findings.finding import Finding
from ropa.law.gdpr import name as gdpr_name
from ropa.publish.evidence.spoken import Question, Spoken
from ropa.publish.evidence.view import Asked, Found, Frame, Provision
from ropa.publish.notice.prose import Line, merged, run_on
from ropa.publish.output import Stamp
from ropa.publish.words import Said, Words, capitalised, words_for

EXCERPT = 240
"""How many characters of the notice's words are shown; the link leads to all of them."""


@dataclass(frozen=True)
class Clerk:
    """A checked registry, told in one language."""

    checked: Checked
    words: Words

    @classmethod
    def of(cls, checked: Checked, language: str) -> Clerk:
        """The clerk of a registry in a language."""
        return cls(checked, words_for(checked.registry, language))

    def fixed(self, key: str, **named: object) -> str:
        """A fixed text of the evidence."""
        return self.words.fixed(f"evidence.{key}", **named)

    def frame(self, stamp: Stamp) -> Frame:
        """What every page bears."""
        return Frame(
            language=self.words.language,
            organisation=self.checked.registry.organisation.legal_name or self.fixed("open"),
            draft=self.fixed("draft") if stamp.draft else "",
            as_of=self.fixed("as_of", date=self.words.date(stamp.as_of)) if stamp.as_of else self.fixed("no_date"),
            revision=self.fixed("revision", revision=stamp.revision[:12]) if stamp.revision else "",
        )

    def provision(self, ref: str, applies: bool) -> Provision:
        """A provision as it is written here: the Regulation's without its name, those of other acts with theirs."""
        text = self.words.gdpr(ref).removeprefix(f"{gdpr_name(self.words.language)} ") if ref[:1].isdigit() else self.words.law([ref])
        return Provision(ref, text, applies)

    def law(self, provisions: Iterable[Provision]) -> str:
        """Provisions in one line."""
        return capitalised(self.words.join(each.text for each in provisions))

    def date(self, written: str | None) -> str:
        """A date in words; nothing for none."""
        return self.words.date(written) if written else ""

    def spans(self, line: Line, language: str) -> tuple[Said, ...]:
        """A line of the notice in `language` as plain text, in pieces of one language each."""
        found: list[Said] = []
        for span in merged(line):
            spoken = span.lang or language
            lang = "" if spoken == self.words.language else spoken
            if found and found[-1].lang == lang:
                found[-1] = Said(found[-1].text + span.text, lang)
            else:
                found.append(Said(span.text, lang))
        return tuple(found)

    def excerpt(self, lines: Iterable[Line], language: str) -> tuple[Said, ...]:
        """The beginning of some lines of the notice, cut between words."""
        return tuple(_cut(self.spans(run_on(lines), language)))

    def asked(self, questions: Iterable[Question]) -> tuple[Asked, ...]:
        """Open questions in the officer's words, which are in the registry's default language."""
        default = self.checked.registry.language
        lang = default if default != self.words.language else ""
        return tuple(Asked(each.address, Said(each.words, lang if each.words else "")) for each in questions)

    def found(self, findings: Iterable[Finding]) -> tuple[Found, ...]:
        """Findings with their words, each once."""
        return tuple(self._found(each) for each in dict.fromkeys(findings))

    def _found(self, finding: Finding) -> Found:
        accepted = finding.accepted
        kind = finding.severity if accepted is None else "accepted"
        until = accepted.until if accepted is not None else ""
        return Found(
            code=finding.code,
            name=finding.name,
            severity=finding.severity,
            word=self.fixed(f"severity.{kind}"),
            # Nynorsk pages have Bokmål messages.
            message=Said(finding.message, self.checked.language if self.checked.language != self.words.language else ""),
            address=finding.address,
            identity=finding.identity,
            because=accepted.because if accepted is not None else "",
            accepted=self.fixed("accepted", by=accepted.by, until=self.date(until)) if accepted is not None else "",
            by=accepted.by if accepted is not None else "",
            until=until,
        )

    def said_of(self, spoken: Spoken) -> tuple[tuple[Asked, ...], tuple[Found, ...]]:
        """The questions and findings of an element."""
        return self.asked(spoken.questions), self.found(spoken.findings)


def _cut(pieces: Iterable[Said]) -> Iterator[Said]:
    left = EXCERPT
    for piece in pieces:
        if len(piece.text) <= left:
            left -= len(piece.text)
            yield piece
            continue
        whole = piece.text[:left].rpartition(" ")[0]
        yield Said(f"{whole} …" if whole else "…", piece.lang)
        return

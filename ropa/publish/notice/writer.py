"""Says the registry's facts in one language, as lines: fixed sentences with their parts, labels inside sentences, laws with links, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ropa.context.context import Context
from ropa.law.countries import is_eea
from ropa.law.gdpr import name as gdpr_name
from ropa.law.references import Resolved, cite
from ropa.model.parties import Party
from ropa.model.text import Text
from ropa.publish.notice.prose import Line, Sayable, changed, ended, joined, line, link, styled, words_of
from ropa.publish.notice.public import Public, Told
from ropa.publish.words import Said, Words

_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, eq=False)
class Writer:
    """The words of a document in a language. `draft` documents show what the officer asks where something is not known.

    `there` is the page that the anchors of purposes and parties are on, where that is another.
    """

    context: Context
    public: Public
    words: Words
    draft: bool
    document: str = "notice"
    there: str = ""

    @property
    def language(self) -> str:
        """The document's language."""
        return self.words.language

    def fixed(self, key: str) -> str:
        """A fixed word or sentence of the document."""
        return self.words.fixed(f"{self.document}.{key}")

    def has(self, key: str) -> bool:
        """Whether the document has a fixed text for a code (``source.data-subject``)."""
        try:
            self.fixed(key)
        except KeyError:
            return False
        return True

    def say(self, key: str, **parts: Sayable) -> Line:
        """A fixed sentence whose named parts are lines: what comes from the registry keeps its language and its links."""
        found: list[Sayable] = []
        at = 0
        template = self.fixed(key)
        for part in _PART.finditer(template):
            found += [template[at : part.start()], parts[part[1]]]
            at = part.end()
        return line(*(piece for piece in (*found, template[at:]) if piece))

    def text(self, text: Text | None) -> Line:
        """A text of the registry as it is written."""
        return line(self.words.text(text)) if text else ()

    def told(self, text: Text | None) -> Line:
        """A text of the registry as a sentence of its own."""
        return ended(changed(self.text(text), "upper"))

    def inside(self, text: Text | None) -> Line:
        """A text of the registry inside a sentence, with a small first letter."""
        return changed(self.text(text), "lower")

    def label(self, list_name: str, code: str) -> Line:
        """The label of a code as it stands inside a sentence."""
        return changed(line(self.words.label(list_name, code)), "lower")

    def labels(self, list_name: str, codes: Iterable[str] | None) -> Line:
        """Labels of codes, listed in a sentence."""
        return self.join(self.label(list_name, code) for code in dict.fromkeys(codes or ()))

    def join(self, items: Iterable[Line]) -> Line:
        """Items listed in a sentence."""
        every = [item for item in items if item]
        word = f" {self.fixed('and')} "
        # Where an item has an "and" of its own, the last one must not look like a part of it.
        return joined(every, ", ", self.fixed("and-also") if any(word in words_of(item) for item in every) else word)

    def gap(self, *addresses: str) -> Line:
        """What is not known, said as such; a draft adds what the officer asks at the first of the addresses that says it."""
        asked = self.question(*addresses)
        return line(styled("gap", self.fixed("gap")), ": ", asked) if asked else line(styled("gap", self.fixed("gap")), ".")

    def question(self, *addresses: str) -> Line:
        """What the officer asks at the first of the addresses that says it; nothing in a document that is published."""
        asked = next((words for at in addresses if (words := self.context.registry.unknown.get(at))), "")
        default = self.context.registry.language
        return ended(line(Said(asked, default if default != self.language else ""))) if asked and self.draft else ()

    def open(self) -> Line:
        """The bare mark of a gap, for the inside of a sentence."""
        return styled("gap", changed(line(self.fixed("gap")), "lower"))

    def cell_gap(self) -> Line:
        """The bare mark of a gap, for a cell of a table."""
        return styled("gap", self.fixed("gap"))

    def laws(self, references: Iterable[str] | None, *, style: bool = False) -> Line:
        """Law references, each with a link to its text and the Regulation named once; `style` makes them muted."""
        found = [self._law(resolved) for law in references or () for resolved in self.context.resolved(law)]
        written = self.join(self._named_once(dict.fromkeys(found)))
        return styled("muted", written) if style else written

    def _named_once(self, references: Iterable[Line]) -> Iterator[Line]:
        name, seen = f"{gdpr_name(self.language)} ", False
        for reference in references:
            first, *rest = reference
            if seen and first.text.startswith(name):
                yield (replace(first, text=first.text.removeprefix(name)), *rest)
            else:
                yield reference
            seen = seen or first.text.startswith(name)

    def provisions(self, every: Iterable[str]) -> Line:
        """Provisions of the Regulation on a line of their own: ``Personvernforordningen artikkel 6 nr. 1 bokstav a og artikkel 9 …``."""
        cited = self._named_once(line(self.words.gdpr(provision)) for provision in dict.fromkeys(every))
        return styled("muted", changed(self.join(cited), "upper"))

    def _law(self, resolved: Resolved) -> Line:
        text = cite(resolved, self.language, self.words.own_laws)
        address = next(iter(resolved.links), "") or resolved.link
        return link(address, text) if address else line(text)

    def duration(self, duration: str) -> str:
        """A duration in prose: numbers to ten in words (``to år``, ``én måned``)."""
        counted, neuter = self.words.fixed("notice.numbers.counted").split(), self.words.fixed("notice.numbers.neuter-units").split()

        def said(found: re.Match[str]) -> str:
            number, unit = int(found[1]), found[2]
            if not 1 <= number <= len(counted):
                return found[0]
            word = self.words.fixed("notice.numbers.neuter") if number == 1 and unit in neuter else counted[number - 1]
            return f"{word} {unit}"

        return re.sub(r"\b(\d+) (\w+)", said, self.words.duration(duration))

    def article(self, provision: str) -> Line:
        """A provision without the Regulation's name; one of another act with its section's link."""
        if not provision[:1].isdigit():
            return self.laws([provision])
        return line(self.words.gdpr(provision).removeprefix(f"{gdpr_name(self.language)} "))

    def country(self, code: str | None) -> str:
        """A country's name; nothing for none."""
        return self.words.country(code) if code else ""

    def place(self, code: str | None) -> str:
        """A country's name inside a sentence; in English some have an article."""
        name = self.country(code)
        return f"the {name}" if name and code in self.words.fixed("notice.with-article").split() else name

    def party(self, name: str) -> Line:
        """A party's name, leading to what is said of it where the notice tells of it."""
        said = line(self.party_name(name))
        return link(f"{self.there}#party.{name}", said) if name in self.public.parties else said

    def party_name(self, name: str) -> str:
        """A party's legal name. Its alias is for the record only, and the id stands in where a name is missing."""
        party: Party | None = self.context.registry.parties.get(name)
        return (party.name if party is not None else None) or name

    def title(self, told: Told) -> Line:
        """What a purpose is called in tables: its title, else the activity's name where that has one purpose, else its text."""
        purpose, activity = told.purpose, told.activity
        if purpose.title:
            return self.text(purpose.title)
        if len(activity.purposes or ()) == 1 and activity.name:
            return self.text(activity.name)
        return self.text(purpose.text) or self.text(activity.name) or line(told.name)

    def to_purpose(self, told: Told) -> Line:
        """A link to a purpose, as it stands inside a sentence; one that has no title is quoted."""
        return link(f"{self.there}#{told.id}", self.named(told))

    def named(self, told: Told) -> Line:
        """What a purpose is called inside a sentence."""
        if told.purpose.title or (len(told.activity.purposes or ()) == 1 and told.activity.name):
            return changed(self.title(told), "lower")
        return self.say("quoted", text=self.title(told))

    def purposes(self, every: Iterable[Told]) -> Line:
        """Links to purposes, listed."""
        return self.join(self.to_purpose(told) for told in every)

    def contact(self, address: str | None) -> Line:
        """A mailbox, a web address (without what every one begins with) or a telephone number as a link; other words as they are."""
        if not address:
            return ()
        if address.startswith(("https://", "http://")):
            return link(address, bare(address))
        return line(Said(address)) if not re.fullmatch(r"\+?[\d ]{6,}", address) else link(f"tel:{address.replace(' ', '')}", address)

    @property
    def abroad(self) -> str:
        """The country outside the EEA in which the controller itself is; nothing where it is in the EEA."""
        country = self.context.registry.organisation.country
        return "" if country is None or is_eea(country) else self.place(country)

    @cached_property
    def rights_contact(self) -> str:
        """Where requests go: the contact for rights, else the organisation's mailbox."""
        organisation = self.context.registry.organisation
        return (organisation.rights.contact if organisation.rights else None) or organisation.email or ""


def bare(address: str) -> str:
    """A web address as one says it: ``https://www.eksempel.no/`` → ``eksempel.no``."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")

"""From breaches to findings: the words of the reader's language, the place in the file, and the identity."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ropa.findings.catalogue import entries, phrase, wording
from ropa.findings.finding import NOTHING, Breach, Finding, Place, identity
from ropa.findings.paste import pasted
from ropa.findings.provisions import provisions
from ropa.law import countries
from ropa.model.registry import Registry
from ropa.source.address import address as join
from ropa.source.address import split
from ropa.source.files import Document
from ropa.source.locate import Locator
from ropa.source.nodes import Problem

_PART = re.compile(r"\{(\w+)\}")


def locator_of(document: Document) -> Locator:
    """What finds places in a file's text."""
    return Locator(document.text)


@dataclass(slots=True)
class Presenter:
    """Gives breaches words and places. Each file is read again at most once, and only if something is found in it.

    `locators` finds places in a file's text; another one may remember what it read before.
    """

    registry: Registry
    documents: Mapping[str, Document]
    language: str
    locators: Callable[[Document], Locator] = locator_of
    _locators: dict[str, Locator] = field(default_factory=dict)

    def finding(self, breach: Breach) -> Finding:
        """The finding of a breach."""
        rule = entries()[breach.rule]
        words = wording(breach.rule, breach.variant, self.language)
        params = {**self.own_names(breach.address), **breach.params}
        if "country" in params:
            params["country_name"] = countries.name(params["country"], self.language)
        message = fill(words.message, params)
        asked = self._unknown_words(breach.address)
        if asked is not None and not rule.formal:
            message = f"{message} {phrase('answered-unknown-with' if asked else 'answered-unknown', self.language, words=asked)}"
        value = breach.value if breach.value is not NOTHING else self.registry.value(breach.address)
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=breach.severity or rule.severity,
            place=self.place(breach.address, breach.at_key),
            message=message,
            law=provisions(rule.provisions, self.language),
            fix=self.fix(words.fix, params, breach.address),
            related=tuple(self.place(address) for address in breach.related),
            identity=identity(rule.code, breach.address, value),
        )

    def problem(self, document: Document, problem: Problem) -> Finding:
        """The finding of something wrong with a file as YAML, which has its place already."""
        rule = entries()[problem.name]
        words = wording(problem.name, problem.variant, self.language)
        params = {"file": document.file, **problem.params}
        address = join(document.record, problem.path)
        span = problem.span
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            place=Place(address, document.file, span.line, span.column, span.end_line, span.end_column),
            message=fill(words.message, params),
            law=(),
            fix=fill(words.fix, params) if words.fix else None,
            related=(),
            identity=identity(rule.code, address, [problem.variant, *_unmoved(problem.params)]),
        )

    def place(self, address: str, at_key: bool = False) -> Place:
        """Where an address is shown: of what is missing, the parent's line."""
        record, path = split(address)
        document = self.documents.get(record)
        if document is None:
            return Place(address, "" if record == "organisation" and not path else f"{record}.yaml", 1, 1, 1, 1)
        locator = self._locator(record, document)
        span = locator.key_span(path) if at_key else locator.span(path)
        return Place(address, document.file, span.line, span.column, span.end_line, span.end_column)

    def _locator(self, record: str, document: Document) -> Locator:
        if record not in self._locators:
            self._locators[record] = self.locators(document)
        return self._locators[record]

    def fix(self, template: str | None, params: Mapping[str, str], address: str) -> str | None:
        """YAML to paste, in the indent of the place where it belongs."""
        if template is None:
            return None
        record, path = split(address)
        document, written = self.documents.get(record), fill(template, params)
        if document is None or not document.text:
            return written.rstrip()
        return pasted(written, self._locator(record, document), path, lambda path: self.registry.value(join(record, path)))

    def _unknown_words(self, address: str) -> str | None:
        return self.registry.unknown.get(address)

    def own_names(self, address: str) -> dict[str, str]:
        """What the officer calls the things on the way to an address: the record, the purpose, the data group, the key."""
        record, path = split(address)
        folder, _, id_ = record.partition("/")
        names = {
            "id": id_ or folder,
            "file": f"{record}.yaml",
            "key": path[-1] if path else id_ or folder,
            "record": self.record_name(record, path),
        }
        activity = self.registry.activities.get(id_) if folder == "activities" else None
        if activity is not None and len(path) > 1 and path[0] == "purposes":
            purpose = (activity.purposes or {}).get(path[1])
            text = (purpose.title or purpose.text) if purpose is not None else None
            names["purpose"] = self.registry.text(text, path[1])
            names["purpose_id"] = path[1]
        if len(path) > 1 and path[0] == "data":
            names["group"] = path[1]
        return names

    def record_name(self, record: str, path: tuple[str, ...] = ()) -> str:
        """A record's own name: an activity's or party's name, a consent's or rule's id."""
        folder, slash, id_ = record.partition("/")
        registry = self.registry
        if folder == "activities" and id_ in registry.activities:
            return registry.text(registry.activities[id_].name, id_)
        if folder == "systems" and id_ in registry.systems:
            return registry.text(registry.systems[id_].name, id_)
        if folder == "parties" and id_ in registry.parties:
            party = registry.parties[id_]
            return party.name or party.alias or id_
        if not slash and path and folder in ("consents", "retention", "changes", "accepted"):
            return path[0]
        if folder == "organisation":
            return registry.organisation.legal_name or record
        return id_ or record


def _unmoved(params: Mapping[str, str]) -> list[str]:
    """What the words of a problem name, without the line: an identity holds none."""
    return sorted(value for name, value in params.items() if name != "line")


def fill(template: str, params: Mapping[str, str]) -> str:
    """A template with its named parts filled; braces that name no part stay (flow-style YAML in a fix)."""
    return _PART.sub(lambda found: str(params[found[1]]) if found[1] in params else found[0], template)

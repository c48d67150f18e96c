"""Rights for each purpose as text for a terminal, in lines of 80 characters, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import fill
from typing import Any, Final

from ropa.context.context import Context, purpose_address
from ropa.law import rights, store, vocabulary
from ropa.law.gdpr import name as gdpr_name
from ropa.law.rights import Right
from ropa.model.activity import Activity
from ropa.publish.rights.answers import VARYING, Answer, Case, Reason
from ropa.publish.words import Words, uncapitalised, words_for
from ropa.source.write import json_text

WIDTH: Final = 80
_NAME: Final = 30
"""How wide the names of purposes stand in the overview; a longer one has a line of its own."""

_COLUMN: Final = 8
_STATUS: Final = 11
_ASSISTANCE: Final = "28(3)(e)"
_ALWAYS_SHOWN: Final = frozenset({"portability", "objection", "withdraw-consent"})
NORWEGIAN: Final = "POPPLYL"
EXCEPTIONS: Final = frozenset({"access", "erasure", "objection", "objection-research", "portability", "restriction"})
"""Rights whose provision names exceptions of its own."""

GENERAL: Final = frozenset({"11(2)", "23", "POPPLYL § 16"})
"""The limits that hold for every purpose; personopplysningsloven § 17 stands at those that it is about."""


class Shown:
    """What is said of cases in one language."""

    def __init__(self, context: Context, language: str) -> None:
        self.context = context
        self.words: Words = words_for(context.registry, language)

    def say(self, key: str, **named: object) -> str:
        """A fixed sentence of this document."""
        return self.words.fixed(f"entitlement.{key}", **named)

    # --- the whole registry -------------------------------------------------------------------------------------------

    def overview(self, cases: Sequence[Case], processing: Sequence[Activity]) -> str:
        """Every purpose in a row: which of the rights that vary exist, on which basis and for whom."""
        return _joined((*self._overview(cases), *self._assisting(processing)))

    def _overview(self, cases: Sequence[Case]) -> Iterator[str]:
        if not cases:
            yield self.say("nothing")
            return
        columns = [code for code in VARYING if code in _ALWAYS_SHOWN or any(_status(case, code) != "none" for case in cases)]
        yield self.say("title")
        yield ""
        yield from self._constant()
        yield ""
        yield (" " * _NAME + "".join(f"{self.say(f'column.{code}'):>{_COLUMN + 1}}" for code in columns)).rstrip()
        for case in cases:
            yield from self._row(case, columns)
        yield ""
        for code in columns:
            right = rights.definitions()[code]
            named = {"right": self._label(right), "provisions": self._provisions(right), "rule": self.say(f"rule.{code}")}
            yield _filled(self.say("legend", column=self.say(f"column.{code}"), **named), "  ")
        yield _filled(self.say("legend-cells"), "  ")
        yield ""
        yield _filled(self.say("how-to-ask", name=cases[0].activity.id))

    def _constant(self) -> Iterator[str]:
        """The rights that do not vary."""
        every = [right for code, right in rights.definitions().items() if code not in VARYING]
        always = {right.code for right in rights.rights_for([]) if right.status == "full"}
        chosen_by_key = {
            "always": [right for right in every if right.code in always],
            "always-conditional": [right for right in every if right.code not in always],
        }
        for key, chosen in chosen_by_key.items():
            named = (f"{uncapitalised(self._label(right))} ({self._provisions(right)})" for right in chosen)
            yield _filled(self.say(key, rights=self.words.join(named)), "  ")

    def _row(self, case: Case, columns: Sequence[str]) -> Iterator[str]:
        cells = "".join(f"{self.say(f'cell.{_status(case, code)}'):>{_COLUMN + 1}}" for code in columns)
        name = f"{case.id} ({self.say('draft')})" if case.activity.status == "draft" else case.id
        if len(name) > _NAME:
            yield name
            name = ""
        yield f"{name:<{_NAME}}{cells}"
        yield _filled(f"{self._bases(case, self._short_basis)} · {self._people(case)}", "    ", "  ")

    def _assisting(self, processing: Sequence[Activity]) -> Iterator[str]:
        if processing:
            names = self.words.join(activity.id for activity in processing)
            yield ""
            yield _filled(self.say("processors", names=names, provision=self.words.gdpr(_ASSISTANCE)))

    # --- one purpose --------------------------------------------------------------------------------------------------

    def details(self, cases: Sequence[Case], others: Sequence[Activity]) -> str:
        """Each purpose with every right that exists, does not, or cannot be told, and why; then what holds for all of them."""
        lines: list[str] = []
        for activity in others:
            lines += [self._without_purposes(activity), ""]
        for case in cases:
            lines += [*self._case(case), ""]
        lines += self._general() if cases else []
        return _joined(lines)

    def _without_purposes(self, activity: Activity) -> str:
        key = "no-purposes" if is_controlled(self.context, activity) else "processor"
        name = str(self.words.text(activity.name)) or activity.id
        return _filled(self.say(key, name=name, id=activity.id, provision=self.words.gdpr(_ASSISTANCE)))

    def _case(self, case: Case) -> Iterator[str]:
        text = str(self.words.text(case.purpose.text) or self.words.text(case.purpose.title))
        draft = f" ({self.say('draft')})" if case.activity.status == "draft" else ""
        yield _filled(f"{case.id}{draft}: {text}" if text else f"{case.id}{draft}")
        yield _filled(self.say("for", people=self._people(case)), "    ", "  ")
        yield _filled(self.say("basis", bases=self._bases(case, self._full_basis)), "    ", "  ")
        yield ""
        settled = [answer for answer in case.answers if not answer.reasons]
        named = (f"{uncapitalised(self._label(answer.right))} ({self._provisions(answer.right)})" for answer in settled)
        yield _filled(self.say("always", rights=self.words.join(named)), "  ", "  ")
        for answer in settled:
            extras = [*self._exceptions(answer), *self._extras(answer)]
            yield from (_filled(f"{self._label(answer.right)}. {extra}", "    ", "  ") for extra in extras)
        for answer in case.answers:
            if answer.reasons:
                yield from self._answer(answer)
        if case.open:
            yield ""
            yield f"  {self.say('open')}"
            for address, words in case.open:
                said = words or self.say("open-without-words")
                yield _filled(self.say("open-item", address=address, words=said), "      ", "    ")

    def _answer(self, answer: Answer) -> Iterator[str]:
        yield ""
        status = f"  {self.say(f'status.{answer.status}'):<{_STATUS - 2}}"
        margin = " " * _STATUS
        yield _filled(f"{self._label(answer.right)} ({self._provisions(answer.right)})", margin, status)
        said = [self._reason(reason) for reason in answer.reasons]
        if answer.status != "none":
            said += self._exceptions(answer)
        yield _filled(" ".join(said), margin, margin)
        yield from (_filled(extra, margin, margin) for extra in self._extras(answer))

    def _exceptions(self, answer: Answer) -> list[str]:
        code = answer.right.code
        listed = self.say(f"exceptions.{code}") if code in EXCEPTIONS else ""
        return [self.say("except", what=listed)] if listed else []

    def _extras(self, answer: Answer) -> Iterator[str]:
        """What limits a right here, and what the organisation gives beyond the law."""
        limits = [limit for limit in answer.right.limited_by if self._binds(limit)]
        if limits and answer.status != "none":
            yield self.say("limited", law=self.words.join(self._provision(limit) for limit in limits))
        if answer.beyond:
            yield self.say("beyond", text=str(self.words.text(answer.beyond)))

    def _reason(self, reason: Reason) -> str:
        record = reason.place.partition("#")[0].removeprefix("activities/")
        activity = self.context.registry.activities.get(record)
        data = (activity.data or {}) if activity is not None else {}
        categories = [code for name in reason.groups for code in data[name].categories or ()]
        named = self.words.join(uncapitalised(str(label)) for label in self.words.labels("data_categories", categories))
        return self.say(reason.phrase, groups=named or self.words.join(reason.groups), kind=self._kind(reason))

    def _kind(self, reason: Reason) -> str:
        kind = self.context.registry.value(reason.place) if reason.place.endswith(".kind") else None
        return uncapitalised(str(self.words.label("purpose_kinds", str(kind)))) if kind else ""

    def _general(self) -> list[str]:
        """The limits of every right, and the time to answer."""
        due = rights.deadlines()["respond"]
        limits = [article for article in rights.general_limits() if article in GENERAL and self._binds(article)]
        said = [self.say(f"general-limit.{article}", provision=self._provision(article)) for article in limits]
        named = {"period": self.words.duration(due["period"]), "more": self.words.duration(due["extend_by"])}
        said.append(self.say("deadline", provision=self._provision(due["article"]), **named))
        return [self.say("general"), *(_filled(each, "    ", "  ") for each in said)]

    def _binds(self, provision: str) -> bool:
        """Whether a provision can limit a right here: the Norwegian act only where it binds."""
        norwegian = provision.startswith(NORWEGIAN)
        return not norwegian or self.context.registry.organisation.country is None or self.context.norwegian_data_protection_act_applies()

    # --- words --------------------------------------------------------------------------------------------------------

    def _label(self, right: Right) -> str:
        return right.label(self.words.language)

    def _provisions(self, right: Right) -> str:
        return self.words.join(self._provision(article) for article in right.given_by if self._binds(article))

    def _provision(self, article: str) -> str:
        """A provision without the Regulation's name; one of another act as documents cite it."""
        if not article[:1].isdigit():
            return self.words.law([article])
        return self.words.gdpr(article).removeprefix(f"{gdpr_name(self.words.language)} ")

    def _people(self, case: Case) -> str:
        labels = (uncapitalised(str(label)) for label in self.words.labels("data_subjects", case.entitlement.subjects))
        return self.words.join(labels) or self.say("nobody")

    def _bases(self, case: Case, say: Callable[[str], str]) -> str:
        """The bases of a case, each as `say` names it."""
        named = self.words.join(say(key) for key in case.entitlement.bases)
        return (self.say("same-basis", bases=named) if case.same_basis else named) or self.say("no-basis")

    def _short_basis(self, key: str) -> str:
        return self.say(f"short-basis.{key}")

    def _full_basis(self, key: str) -> str:
        label = uncapitalised(str(self.words.label("legal_bases", key)))
        return f"{label} ({self._provision(vocabulary.codes('legal_bases')[key].article or '')})"

    # --- JSON ---------------------------------------------------------------------------------------------------------

    def as_json(self, cases: Sequence[Case], processing: Sequence[Activity]) -> str:
        """The same as data; codes, names and keys are the same in every language."""
        content = {
            "version": 1,
            "law_as_of": str(store.as_of()),
            "purposes": [self._case_data(case) for case in cases],
            "processor_activities": [activity.id for activity in processing],
            "general_limits": [self._provision(article) for article in rights.general_limits() if self._binds(article)],
        }
        return json_text(content)

    def _case_data(self, case: Case) -> dict[str, Any]:
        held = case.entitlement
        return {
            "purpose": case.id,
            "address": purpose_address(case.activity, case.name),
            "draft": case.activity.status == "draft",
            "subjects": list(held.subjects),
            "bases": list(held.bases),
            "same_basis": case.same_basis,
            "explicit_consent": list(held.explicit),
            "kind": held.kind,
            "automated_decision": held.automated,
            "rights": [self._answer_data(answer) for answer in case.answers],
            "open": [{"address": address, "words": words or None} for address, words in case.open],
        }

    def _answer_data(self, answer: Answer) -> dict[str, Any]:
        return {
            "right": answer.right.code,
            "label": self._label(answer.right),
            "status": answer.status,
            "provisions": [self._provision(article) for article in answer.right.given_by if self._binds(article)],
            "reasons": [self._reason(reason) for reason in answer.reasons],
            "decided_by": [reason.place for reason in answer.reasons if reason.place],
            "exceptions": self._exceptions(answer) if answer.status != "none" else [],
            "limited_by": [self._provision(limit) for limit in answer.right.limited_by if self._binds(limit)],
            "beyond_the_law": str(self.words.text(answer.beyond)) if answer.beyond else None,
        }


def is_controlled(context: Context, activity: Activity) -> bool:
    """Whether the organisation is a controller of an activity, who answers for its rights."""
    return any(activity is each for each in context.controlled)


def _status(case: Case, code: str) -> str:
    return next(answer.status for answer in case.answers if answer.right.code == code)


def _filled(text: str, indent: str = "", first: str = "") -> str:
    """A text in lines of at most `WIDTH` characters; `first` stands before the first line."""
    whole = " ".join(text.split())
    return fill(whole, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"

"""The shipped codes of every key of the format, with their labels and what the law says of them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec

from ropa.law import LANGUAGES, store


class Words(msgspec.Struct, frozen=True):
    """The same words in the three languages."""

    nb: str
    nn: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in `language`; English for a language that is none of the three."""
        return {"nb": self.nb, "nn": self.nn}.get(language, self.en)


class Code(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One code of a list. Labels equal the code in lists that are internal; an attribute that the list lacks is None.

    `after` are the words that follow a period ("etter siste kontakt"); `point` is a legal basis as `6-1-a`; `valid` tells whether a way of
    giving consent is an affirmative act (GDPR 4(11)), `ease` how hard it is (7(3)); `flag` is art9, art10, national-id, watch, sensitive
    or none.
    """

    code: str
    nb: str
    nn: str
    en: str
    after: Words | None = None
    point: str | None = None
    article: str | None = None
    needs: str | None = None
    dpv: str | None = None
    group: str | None = None
    flag: str | None = None
    kind: str | None = None
    public: bool | None = None
    vulnerable: bool | None = None
    consent_required: bool | None = None
    valid: bool | None = None
    ease: str | None = None

    def label(self, language: str) -> str:
        """Return the label in `language`; English for a language that is none of the three."""
        return {"nb": self.nb, "nn": self.nn}.get(language, self.en)


class RetentionRule(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """A shipped deletion rule: how long, from which event, what then, and the law that says so."""

    period: str
    from_: str
    then: str
    law: str
    material: str | None = None


@cache
def _lists() -> dict[str, msgspec.Raw]:
    return store.load("vocabulary.json", dict[str, msgspec.Raw])


def list_names() -> tuple[str, ...]:
    """Return the names of all lists of codes."""
    return tuple(name for name in _lists() if name != "retention_rules")


@cache
def codes(list_name: str) -> Mapping[str, Code]:
    """Return a list's codes in the order of the data. A list of its own for one kind is named `assessment_outcomes.dpia`.

    KeyError for a list that does not exist.
    """
    raw = msgspec.json.decode(_lists()[list_name], type=dict[str, dict[str, Any]])
    return MappingProxyType({code: _code(code, attributes) for code, attributes in raw.items()})


def _code(code: str, attributes: dict[str, Any]) -> Code:
    labels = {language: attributes.get(language, code) for language in LANGUAGES}
    rest = {key: value for key, value in attributes.items() if key not in LANGUAGES and key != "code"}
    return store.convert({**rest, **labels, "code": code, "point": attributes.get("code")}, Code)


def label(list_name: str, code: str, language: str) -> str:
    """Return a code's label; the code itself where the list has none such (an officer's own)."""
    found = codes(list_name).get(code)
    return found.label(language) if found else code


@cache
def retention_rules() -> Mapping[str, RetentionRule]:
    """Return the shipped deletion rules by id."""
    return MappingProxyType(msgspec.json.decode(_lists()["retention_rules"], type=dict[str, RetentionRule]))


def terms() -> Mapping[str, Code]:
    """Return the legal terms for templates: `terms()["controller"].nb`."""
    return codes("terms")

"""What ids and codes mean, for people: a shipped code's word, a record's own name, what a deletion rule says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ropa.law import countries, vocabulary
from ropa.schema.documents import KIND_OF_FOLDER
from ropa.schema.names import PLACE_LISTS
from ropa.source.files import Document

Choices = Mapping[str, str]
"""Allowed words with what each means, for people; empty where nothing is known."""

INSIDE_ACTIVITIES: Final = ("purpose", "data-group", "purpose-anywhere", "data-group-anywhere")
"""Kinds of reference to what activities declare inside."""

_OURSELVES: Final = {"nb": {"us": "Vi selv", "each-own": "Hver for seg"}, "en": {"us": "Ourselves", "each-own": "Each for its own part"}}


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words mean in a language. `own` are the registry's own, by kind of reference or vocabulary (`own_meanings`)."""

    language: str
    own: Mapping[str, Choices]

    def of(self, word: str, reference: str, vocabulary_name: str) -> str:
        """What a word means where a kind of reference or a code of a vocabulary stands; empty where nothing more is known than the word."""
        ourselves = _OURSELVES["en" if self.language == "en" else "nb"]
        for known in (self.own.get(reference, {}), self.own.get(vocabulary_name, {}), ourselves):
            if word in known:
                return known[word]
        if vocabulary_name in PLACE_LISTS:
            return countries.name(word, self.language)
        if vocabulary_name == "retention_rules":
            rule = vocabulary.retention_rules().get(word)
            return f"{rule.period}, {rule.law}" if rule else ""
        shipped = vocabulary.codes(vocabulary_name) if vocabulary_name in vocabulary.list_names() else {}
        label = shipped[word].label(self.language) if word in shipped else ""
        return "" if label == word else label


# --- the registry's own words ------------------------------------------------------------------------------------------

_OWN_CODES: Final = {
    "vocabulary": (("subjects", "data_subjects"), ("data_categories", "data_categories"), ("events", "events")),
    "security-measures": (("own", "security_measures"),),
}
_DECLARED_INSIDE: Final = (("purposes", "purpose"), ("data", "data-group"))


def own_meanings(documents: Iterable[Document], language: str) -> dict[str, dict[str, str]]:
    """The names of the registry's own records and codes, by kind of reference or vocabulary."""
    found: dict[str, dict[str, str]] = {"record": {}}
    for each in documents:
        data = _map(each.data)
        folder, slash, id_ = each.record.partition("/")
        if slash and folder in KIND_OF_FOLDER:
            name = _text(data.get("name") or data.get("text") or data.get("kind"), language)
            found.setdefault(KIND_OF_FOLDER[folder], {})[id_] = name
            found["record"][each.record] = name
        for key, kind in _OWN_CODES.get(folder, ()):
            own = {code: _text(_map(entry).get("text") or entry, language) for code, entry in _map(data.get(key)).items()}
            found.setdefault(kind, {}).update(own)
        if folder == "retention":
            found["retention"] = {name: _rule(_map(rule)) for name, rule in data.items()}
        if folder == "consents":
            found["consent"] = {name: _given(_map(request).get("given"), language) for name, request in data.items()}
        if folder == "activities":
            _inside(found, id_, data, language)
    for wider in ("party-or-us", "party-or-us-or-each", "party-or-recipient-kind", "party-or-source-kind"):
        found[wider] = found.get("party", {})
    return found


def _inside(found: dict[str, dict[str, str]], activity: str, data: Mapping[str, Any], language: str) -> None:
    for key, kind in _DECLARED_INSIDE:
        for name, entry in _map(data.get(key)).items():
            meaning = _text(_map(entry).get("title") or _map(entry).get("text"), language)
            found.setdefault(kind, {})[name] = meaning
            found.setdefault(f"{kind}-anywhere", {}).update({name: meaning, f"{activity}.{name}": meaning})


def _rule(rule: Mapping[str, Any]) -> str:
    return ", ".join(rule[key] for key in ("period", "from", "then") if isinstance(rule.get(key), str))


def _given(value: Any, language: str) -> str:
    """How a consent is given: a request has no name of its own."""
    how = value.get("how") if isinstance(value, dict) else value
    return vocabulary.label("consent_given", how, language) if isinstance(how, str) else ""


def _map(value: Any) -> Mapping[str, Any]:
    """The value where it is a map, else an empty one: the registry may be at fault, and its schemas are written all the same."""
    return value if isinstance(value, dict) else {}


def _text(value: Any, language: str) -> str:
    """A text of the registry in a language, else in any; empty for what is no text. One line, so that a list of choices stays one."""
    if isinstance(value, dict):
        value = value.get(language) or next((each for each in value.values() if isinstance(each, str)), "")
    return " ".join(value.split()) if isinstance(value, str) else ""

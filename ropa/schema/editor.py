"""Schemas for the editor: those of the format, knowing one registry's own ids and codes besides the shipped ones."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ropa.schema.documents import KIND_OF_FOLDER, Json, document
from ropa.schema.meanings import INSIDE_ACTIVITIES, Choices, Meanings, own_meanings
from ropa.schema.names import PLACE_LISTS, Names, collect_names
from ropa.source.files import SINGLE_FILES, Document
from ropa.source.write import block_style

MADE_BY: Final = "Written by `ropa schema` from the registry; do not edit."
SUFFIX: Final = ".schema.json"
_COMMON: Final = "common"
_MARKS: Final = {
    "nb": {"public": "Offentlig.", "record": "Bare i protokollen.", "internal": "Internt."},
    "en": {"public": "Public.", "record": "In the record only.", "internal": "Internal."},
}
_OWN_ENTRY_NAMES: Final = f"{_COMMON}{SUFFIX}#/$defs/ref_party_or_recipient_kind"
"""An entry of `recipients` may have any name, with `party:` inside (two roles of one party are two entries)."""
_MAPS_BY_NAME: Final = ("properties", "patternProperties", "$defs")


def globs(registry: str) -> dict[str, str]:
    """For each kind of schema file, which files of a registry it describes: ``activity`` → ``registry/activities/*.yaml``."""
    by_kind = {kind: f"{registry}/{folder}/*.yaml" for folder, kind in KIND_OF_FOLDER.items()}
    return by_kind | {name: f"{registry}/{name}.yaml" for name in SINGLE_FILES}


def editor_schemas(documents: Iterable[Document], language: str, more: Mapping[str, Choices] | None = None) -> dict[str, str]:
    """The schema files by name. `language` is that of titles and names; `more` are choices that other rooms know, by kind of reference.

    Files refer to one another by plain file name, so that they work wherever they lie together. Where a file of the registry cannot
    be read, what it would declare is not judged.
    """
    read = list(documents)
    tongue = "en" if language == "en" else "nb"
    fitter = _Fitter(tongue, collect_names(read), Meanings(language, own_meanings(read, language)), more or {})
    kinds = (_COMMON, *sorted({*KIND_OF_FOLDER.values(), *SINGLE_FILES}))
    return {f"{kind}{SUFFIX}": _written(fitter.fitted(document(kind))) for kind in kinds}


def _written(schema: Json) -> str:
    without_address = {key: value for key, value in schema.items() if key not in ("$id", "$comment")}
    return json.dumps({"$comment": MADE_BY, **without_address}, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Fitter:
    """Walks a schema and puts the registry's words where the format leaves the names open."""

    tongue: str
    names: Names
    meanings: Meanings
    more: Mapping[str, Choices]

    def fitted(self, node: Any) -> Any:
        """A node with its choices filled, its title in the reader's language, and none of the tool's own keywords."""
        if isinstance(node, list):
            return [self.fitted(item) for item in node]
        if not isinstance(node, dict):
            return node
        result = {
            key: {name: self.fitted(child) for name, child in value.items()} if key in _MAPS_BY_NAME else self._value(key, value)
            for key, value in node.items()
            if not key.startswith("x-")
        }
        choices = self._choices(node, result)
        if choices:
            result = {key: value for key, value in result.items() if key not in ("anyOf", "pattern", "enum", "type")}
        return {**result, **self._words(node), **choices}

    def _value(self, key: str, value: Any) -> Any:
        if key == "propertyNames" and value.get("$ref") == _OWN_ENTRY_NAMES:
            return {"anyOf": [value, {"$ref": f"{_COMMON}{SUFFIX}#/$defs/id"}]}
        return value if key in ("examples", "default", "enum", "const") else self.fitted(value)

    def _words(self, node: Json) -> Json:
        words = {}
        if self.tongue == "nb" and "x-title-nb" in node:
            words["title"] = node["x-title-nb"]
        if isinstance(node.get("description"), str):
            mark = _MARKS[self.tongue].get(node.get("x-mark", ""), "")
            words["description"] = f"{node['description']} {mark}".rstrip()
            words.update(_examples(node, words["description"]))
        return words

    def _choices(self, node: Json, result: Json) -> Json:
        """What replaces a place that holds one word: the words allowed there. Empty for every other node."""
        reference: str = node.get("x-reference", "")
        if reference in self.more and "anyOf" in node:
            return {"anyOf": [_enumeration(self.more[reference]), *result["anyOf"][1:]]}
        sentinels = sorted({*node.get("x-sentinel", ()), *node.get("x-sentinel-empty", ())})
        if sentinels and "anyOf" in node:
            return {"anyOf": [{"type": "string", "enum": sentinels}, *result["anyOf"]]}
        if not _is_one_word(node):
            return {}
        vocabulary_name: str = node.get("x-vocabulary", "")
        allowed = self._allowed(reference, vocabulary_name, node)
        if not allowed:
            return {}
        choices = {word: self.meanings.of(word, reference, vocabulary_name) for word in allowed}
        takes_more = reference == "record" or (vocabulary_name == "places" and "anyOf" in node)
        return {"anyOf": [_enumeration(choices), _pattern_only(node)]} if takes_more else _enumeration(choices)

    def _allowed(self, reference: str, vocabulary_name: str, node: Json) -> Collection[str]:
        if reference in INSIDE_ACTIVITIES:
            return _with_short(self.names.kinds.get(f"{reference.removesuffix('-anywhere')}-anywhere"), reference)
        kind = reference or (vocabulary_name if node.get("x-open") or vocabulary_name in PLACE_LISTS else "")
        shipped: list[str] = node.get("enum", [])
        return sorted(self.names.kinds.get(kind) or ()) if kind else shipped


def _examples(node: Json, description: str) -> Json:
    """Examples that are more than a word are shown with the description: an editor offers what is in `examples` as one word."""
    given = node.get("examples", [])
    simple = [example for example in given if not isinstance(example, (dict, list))]
    if len(simple) == len(given):
        return {}
    shown = next(example for example in given if isinstance(example, (dict, list)))
    return {"examples": simple, "markdownDescription": f"{description}\n\n```yaml\n{block_style(shown)}```"}


def _is_one_word(node: Json) -> bool:
    """Whether a node describes one plain word out of a list, and is no property that only refers to such a node."""
    if not ("x-reference" in node or "x-vocabulary" in node):
        return False
    return all("$ref" not in branch and branch.get("type") == "string" for branch in _branches(node))


def _branches(node: Json) -> list[Json]:
    branches: list[Json] = node.get("anyOf", [node])
    return branches


def _pattern_only(node: Json) -> Json:
    """What a node takes beside a list of words: ids of an own making (a transfer's name), parts of records (`consents#newsletter`)."""
    pattern = next(branch["pattern"] for branch in reversed(_branches(node)) if "pattern" in branch)
    return {"type": "string", "pattern": pattern}


def _enumeration(choices: Choices) -> Json:
    words = list(choices)
    described: Json = {"enumDescriptions": [choices[word] for word in words]} if any(choices.values()) else {}
    return {"type": "string", "enum": words, **described}


def _with_short(qualified: Collection[str] | None, reference: str) -> list[str]:
    """Names inside activities: as `activity.name` where any activity may be meant, and alone."""
    if not qualified:
        return []
    alone = sorted({name.partition(".")[2] for name in qualified})
    return [*alone, *sorted(qualified)] if reference.endswith("-anywhere") else alone

"""A registry made from the schemas alone, with a word of its own in every text field; the marks say which words may come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import CHECKOUT

RANK = {"public": 0, "record": 1, "internal": 2}
SCHEMAS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (CHECKOUT / "schemas").glob("*.schema.json")}

FILES = {
    "organisation.yaml": "organisation",
    "notice.yaml": "notice",
    "activities/activity-a.yaml": "activity",
    "parties/party-a.yaml": "party",
    "parties/party-b.yaml": "party",
    "systems/system-a.yaml": "system",
    "cookies/cookies-a.yaml": "cookies",
    "assessments/assessment-a.yaml": "assessment",
    "consents.yaml": "consents",
    "retention.yaml": "retention",
    "security-measures.yaml": "security-measures",
    "vocabulary.yaml": "vocabulary",
    "accepted.yaml": "accepted",
    "changes.yaml": "changes",
}
REFERENCES = {
    "party": "party-a",
    "party-or-us": "party-a",
    "party-or-us-or-each": "party-a",
    "party-or-recipient-kind": "party-a",
    "party-or-source-kind": "employer-of-subject",
    "system": "system-a",
    "activity": "activity-a",
    "consent": "consent-a",
    "retention": "rule-a",
    "assessment": "assessment-a",
    "purpose": "purpose-a",
    "purpose-anywhere": "activity-a.purpose-a",
    "data-group": "group-a",
    "data-group-anywhere": "group-a",
}
OWN_CODES = {"data_subjects": "subject-a", "data_categories": "category-a", "events": "event-a"}
# Codes where the first of the list would hide what the test looks for.
CODES = {
    "activity.role": "controller",
    "activity.status": "active",
    "party.role": "processor",
    "activity.recipients.*.role": "processor",
    "organisation.status": "published",
    "organisation.kind": "company",
    "activity.purposes.*.kind": "electronic-marketing",
    "cookies.category": "statistics",
}
KEYS = {
    "purposes": "purpose-a",
    "data": "group-a",
    "per_purpose": "purpose-a",
    "joint": "party-a",
    "recipients": "party-a",
    "subprocessors": "party-b",
    "transfers": "US",
    "source": "employer-of-subject",
    "extended": "access",
    "own_words": "rights",
    "ages": "DK",
    "audiences": "audience-a",
    "consents": "consent-a",
    "retention": "rule-a",
    "subjects": "subject-a",
    "data_categories": "category-a",
    "events": "event-a",
    "laws": "lov-a",
}
VALUES = {
    "organisation.country": "NO",
    "organisation.languages": ["nb"],
    "organisation.representative.country": "NO",
    "notice.summary_languages": [],
    "notice.audiences.*.subjects": ["subject-a"],
    "system.run_by": "party-b",
    "party.country": "US",
    "party.stored_in": ["US"],
    "party.accessed_from": ["US"],
    "activity.subjects": ["subject-a"],
    "changes.*.records": ["activities/activity-a"],
}
MECHANISMS = ["adequacy-us-dpf", "scc-2", "49-1-a"]


@dataclass(frozen=True)
class Canary:
    """A word and where it was planted: the key's path in its schema, with the strictest mark on the way."""

    word: str
    path: str
    mark: str


@dataclass
class Planter:
    """Makes data from a schema and remembers every word that it plants. `without` are paths that are left out.

    `keys` choose one key of a map, `values` say what stands at a path.
    """

    without: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    planted: list[Canary] = field(default_factory=list)

    def registry(self) -> dict[str, Any]:
        """The files of the registry with their data."""
        files = {}
        for file, name in FILES.items():
            data = self._made(f"{name}.schema.json", SCHEMAS[f"{name}.schema.json"], name, "public")
            if file == "parties/party-b.yaml":
                data.pop("subprocessors", None)
            files[file] = data
        return files

    def _word(self, path: str, mark: str) -> str:
        word = f"7kanari{len(self.planted):04d}fugl"
        self.planted.append(Canary(word, path, mark))
        return word

    def _resolved(self, file: str, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        while "$ref" in schema:
            name, _, pointer = str(schema["$ref"]).partition("#")
            file = name or file
            target = SCHEMAS[file]
            for step in filter(None, pointer.split("/")):
                target = target[step]
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
        return file, schema

    def _made(self, file: str, schema: dict[str, Any], path: str, mark: str) -> Any:
        file, schema = self._resolved(file, schema)
        own = schema.get("x-mark", mark)
        mark = own if RANK[own] > RANK[mark] else mark
        if path in VALUES or path in self.values or path.endswith(".transfers.*.mechanism"):
            return self.values.get(path, VALUES.get(path, MECHANISMS))
        vocabulary = schema.get("x-vocabulary")
        if path in CODES:
            return CODES[path]
        if vocabulary in OWN_CODES and not self._has_object(file, schema):
            return [OWN_CODES[vocabulary]] if schema.get("x-short") == "list" else OWN_CODES[vocabulary]
        if "x-reference" in schema and schema["x-reference"] in REFERENCES and not self._has_object(file, schema):
            return REFERENCES[schema["x-reference"]]
        form = self._form(file, schema)
        if form is not None:
            return self._of_form(form, path, mark)
        if "enum" in schema or "const" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        if "anyOf" in schema and "properties" not in schema:
            return self._made(*self._best(file, schema), path, mark)
        return self._of_type(file, schema, path, mark)

    def _branches(self, file: str, schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for branch in schema.get("anyOf", ()):
            if not str(branch.get("$ref", "")).endswith("/unknown"):
                yield self._resolved(file, branch)

    def _best(self, file: str, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The branch that says most: a map before a list before a plain value."""
        branches = list(self._branches(file, schema))
        return max(branches, key=lambda branch: self._weight(*branch))

    def _weight(self, file: str, schema: dict[str, Any]) -> int:
        if schema.get("x-form") == "text":
            return 5
        if "anyOf" in schema and "type" not in schema and "properties" not in schema:
            return max((self._weight(*branch) for branch in self._branches(file, schema)), default=0)
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        return 4 if "object" in kinds else 3 if "array" in kinds else 1 if "const" in schema else 2

    def _has_object(self, file: str, schema: dict[str, Any]) -> bool:
        return self._weight(file, schema) >= 4

    def _form(self, file: str, schema: dict[str, Any]) -> str | None:
        if schema.get("x-form"):
            return str(schema["x-form"])
        branches = list(self._branches(file, schema)) if "properties" not in schema else []
        if branches and "x-form" in branches[0][1] and not any("object" in str(branch.get("type")) for _, branch in branches[1:]):
            return str(branches[0][1]["x-form"])
        return None

    def _of_form(self, form: str, path: str, mark: str) -> Any:
        if form == "text":
            return {"nb": self._word(path, mark)}
        if form == "line":
            return self._word(path, mark)
        if form == "email":
            return f"{self._word(path, mark)}@kanari.example"
        if form == "url":
            return f"https://kanari.example/{self._word(path, mark)}"
        plain = {
            "date": "2026-01-01",
            "duration": "2 years",
            "law": "bokføringsloven § 13",
            "country": "NO",
            "place": "US",
            "id": "thing-a",
        }
        return plain.get(form, "activities/activity-a")

    def _of_type(self, file: str, schema: dict[str, Any], path: str, mark: str) -> Any:
        kind = schema.get("type")
        if kind == "boolean":
            return True
        if kind == "integer":
            return 13
        if kind == "array":
            return [self._made(file, schema["items"], path, mark)]
        if isinstance(schema.get("additionalProperties"), dict):
            inner = schema["additionalProperties"]
            key = KEYS.get(path.rpartition(".")[2], "thing-a")
            return {key: self._made(file, inner, f"{path}.*", mark)}
        if "properties" in schema:
            left_out = {"unknown", *(["from"] if path.endswith(".transfers.*") else [])}
            inside = schema["properties"].items()
            wanted = {name: inner for name, inner in inside if name not in left_out and f"{path}.{name}" not in self.without}
            only = self.keys.get(path)
            return {name: self._made(file, inner, f"{path}.{name}", mark) for name, inner in wanted.items() if only is None or name == only}
        return self._word(path, mark)

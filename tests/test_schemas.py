"""The schemas of the format: complete for an editor, in step with the law data, and as strict as the format says."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import jsonschema_rs
import pytest

from ropa.source.files import read_registry
from scripts import sync_schemas
from tests.conftest import CHECKOUT, registries

Schema = dict[str, Any]

BASE = "https://ropa-toolkit.example/schemas/"
COMMON = "common.schema.json"
UNKNOWN = {"$ref": f"{COMMON}#/$defs/unknown"}
FOLDERS = {"activities": "activity", "parties": "party", "systems": "system", "cookies": "cookies", "assessments": "assessment"}

# What every property tells an officer, an editor and the tool.
TOLD = ("title", "x-title-nb", "description", "x-mark", "examples")
MARKS = {"public", "record", "internal"}
SHORT_FORMS = {"text", "list", "keys"}
REFERENCES = {
    *(
        "party",
        "system",
        "activity",
        "consent",
        "retention",
        "assessment",
        "purpose",
        "purpose-anywhere",
        "data-group",
        "data-group-anywhere",
    ),
    *("party-or-us", "party-or-us-or-each", "party-or-recipient-kind", "party-or-source-kind", "record", "rule"),
}
FORMS = {"text", "line", "id", "duration", "date", "country", "place", "law", "url", "email", "record", "address"}


class Place(NamedTuple):
    """A schema inside a file, and where it stands there."""

    file: str
    pointer: str
    schema: Schema

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}"


@cache
def files() -> dict[str, Schema]:
    """Every schema by its file's name."""
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted((CHECKOUT / "schemas").glob("*.schema.json"))}


@cache
def registry() -> jsonschema_rs.Registry:
    """The schemas as a validator finds them by their ids."""
    return jsonschema_rs.Registry([(schema["$id"], schema) for schema in files().values()])


@cache
def validator(reference: str) -> Any:
    """The validator of a file, or of a place in it (``party.schema.json#/properties/name``)."""
    return jsonschema_rs.Draft202012Validator({"$ref": BASE + reference}, registry=registry())


def inside(place: Place) -> Iterator[Place]:
    """The place itself and every schema below it."""
    yield place
    file, pointer, schema = place
    for key in ("properties", "$defs"):
        for name, inner in schema.get(key, {}).items():
            yield from inside(Place(file, f"{pointer}/{key}/{name}", inner))
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield from inside(Place(file, f"{pointer}/{key}", schema[key]))
    for index, inner in enumerate(schema.get("anyOf", [])):
        yield from inside(Place(file, f"{pointer}/anyOf/{index}", inner))


@cache
def places() -> tuple[Place, ...]:
    """Every schema of every file."""
    return tuple(place for name, schema in files().items() for place in inside(Place(name, "", schema)))


@cache
def keys() -> tuple[Place, ...]:
    """What an officer fills in: every property, and every value of a map by name. The question of an unknown is told but never unknown."""
    found = []
    for place in places():
        parent, _, name = place.pointer.rpartition("/")
        if parent.endswith("/properties") or name == "additionalProperties":
            found.append(place)
    return tuple(found)


def resolve(reference: str, file: str) -> Schema:
    """The schema that a ``$ref`` names."""
    target, _, pointer = reference.partition("#/")
    found: Any = files()[target or file]
    for step in pointer.split("/"):
        found = found[step]
    return dict(found)


def types(schema: Schema, file: str) -> frozenset[str]:
    """The JSON types that a schema lets through."""
    if "$ref" in schema:
        return types(resolve(schema["$ref"], file), schema["$ref"].partition("#")[0] or file)
    if "type" in schema:
        return frozenset([schema["type"]] if isinstance(schema["type"], str) else schema["type"])
    return frozenset().union(*(types(branch, file) for branch in schema.get("anyOf", [])))


def test_every_key_tells_what_it_is() -> None:
    bare = [f"{key}: {word}" for key in keys() for word in TOLD if not key.schema.get(word)]
    assert bare == []
    assert [str(key) for key in keys() if key.schema["x-mark"] not in MARKS] == []


def test_titles_are_short_and_descriptions_are_sentences() -> None:
    assert [str(key) for key in keys() if len(key.schema["title"].split()) > 4 or len(key.schema["x-title-nb"].split()) > 4] == []
    assert [str(key) for key in keys() if not key.schema["description"].endswith((".", ": 1."))] == []


def test_every_example_is_valid() -> None:
    wrong = [f"{key}: {example!r}" for key in keys() for example in key.schema["examples"] if not validator(str(key)).is_valid(example)]
    assert wrong == []


def test_unknown_is_a_legal_answer_to_every_key_and_to_no_element_of_a_list() -> None:
    asked = [key for key in keys() if "/$defs/unknown/" not in key.pointer]
    assert [str(key) for key in asked if key.schema["anyOf"][-1] != UNKNOWN or len(key.schema["anyOf"]) != 2] == []
    question = {"unknown": "Spurt leverandøren, svar ventes i januar"}
    assert [str(key) for key in asked if not (validator(str(key)).is_valid("unknown") and validator(str(key)).is_valid(question))] == []
    assert not validator("party.schema.json").is_valid(question)
    assert not validator("party.schema.json").is_valid({"stored_in": [question]})


def test_schemas_are_in_step_with_the_law_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert sync_schemas.main(["--check"]) == 0, capsys.readouterr().err


def test_a_schema_out_of_step_is_told_and_brought_back(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drifted = {
        "properties": {"kind": {"title": "Kind", "x-vocabulary": "party_roles", "type": "string", "enum": [], "examples": ["processor"]}}
    }
    path = tmp_path / "drifted.schema.json"
    path.write_text(json.dumps(drifted), encoding="utf-8")
    monkeypatch.setattr(sync_schemas, "SCHEMAS", tmp_path)
    assert sync_schemas.main(["--check"]) == 1
    assert "drifted.schema.json: out of step" in capsys.readouterr().err
    assert sync_schemas.main([]) == 0
    assert sync_schemas.main(["--check"]) == 0
    kind = json.loads(path.read_text(encoding="utf-8"))["properties"]["kind"]
    assert kind["anyOf"][1] == UNKNOWN
    assert list(kind) == ["title", "x-vocabulary", "anyOf", "examples"]


def test_vocabularies_references_and_forms_are_known_words() -> None:
    lists = {*sync_schemas.read_lists(sync_schemas.VOCABULARY), *sync_schemas.NOT_IN_VOCABULARY}
    for place in places():
        schema = place.schema
        assert schema.get("x-vocabulary") in {None, *lists}, place
        assert schema.get("x-reference") in {None, *REFERENCES}, place
        assert schema.get("x-form") in {None, *FORMS}, place
        short = schema.get("x-short")
        assert short is None or (set(short) == {"key"} if isinstance(short, dict) else short in SHORT_FORMS), place


def test_a_short_form_names_a_key_of_its_long_form() -> None:
    for place in places():
        short = place.schema.get("x-short")
        if isinstance(short, dict):
            assert short["key"] in long_keys(place.schema, place.file), place


def long_keys(schema: Schema, file: str) -> set[str]:
    """The keys of the map that a schema lets through."""
    if "$ref" in schema:
        return long_keys(resolve(schema["$ref"], file), schema["$ref"].partition("#")[0] or file)
    found = set(schema.get("properties", {}))
    return found.union(*(long_keys(branch, file) for branch in schema.get("anyOf", []) if branch != UNKNOWN))


def test_a_property_agrees_with_the_list_or_reference_that_it_names() -> None:
    for key in keys():
        for branch in key.schema["anyOf"][:1] if "anyOf" in key.schema else ():
            if "$ref" in branch:
                named = resolve(branch["$ref"], key.file)
                for word in ("x-vocabulary", "x-reference"):
                    assert named.get(word) in {None, key.schema.get(word)}, f"{key}: {word}"


def test_schemas_hold_shape_only() -> None:
    for place in places():
        law = {"oneOf", "not", "if", "then", "else", "allOf", "dependentRequired", "dependentSchemas"}
        assert law.isdisjoint(place.schema), place
        assert "required" not in place.schema or "/$defs/unknown/" in place.pointer, place


def test_maps_are_closed() -> None:
    for place in places():
        if "properties" in place.schema:
            assert place.schema.get("additionalProperties") is False, place


def test_forms_of_a_value_differ_by_type() -> None:
    """So that a message can follow the form that was written; lists that take other names too are the exception, all text."""
    for place in places():
        branches = [branch for branch in place.schema.get("anyOf", []) if branch != UNKNOWN]
        if all(types(branch, place.file) == {"string"} for branch in branches) or "/$defs/unknown" in place.pointer:
            continue
        seen: set[str] = set()
        for branch in branches:
            assert seen.isdisjoint(types(branch, place.file)), place
            seen |= types(branch, place.file)


def test_an_open_list_offers_the_shipped_codes_and_takes_others() -> None:
    for place in places():
        if place.schema.get("x-open") and "$ref" not in place.schema and UNKNOWN not in place.schema["anyOf"]:
            shipped, other = place.schema["anyOf"]
            assert shipped["enum"], place
            assert "enum" not in other, place


def test_every_closed_list_has_codes() -> None:
    assert [str(place) for place in places() if place.schema.get("enum", True) == []] == []


def test_references_resolve() -> None:
    for place in places():
        if "$ref" in place.schema:
            assert resolve(place.schema["$ref"], place.file), place


def test_no_shared_part_is_left_over() -> None:
    used = {place.schema["$ref"].rpartition("/")[2] for place in places() if "$ref" in place.schema}
    left_over = {name for schema in files().values() for name in schema.get("$defs", {})} - used
    assert left_over == set()


@pytest.mark.parametrize("name", sorted(registries()))
def test_registries_validate(name: str) -> None:
    for document in read_registry(registries()[name]):
        folder, slash, _ = document.record.partition("/")
        schema = f"{FOLDERS[folder] if slash else folder}.schema.json"
        errors = [f"{document.record}: {error.instance_path} {error.message}" for error in validator(schema).iter_errors(document.data)]
        assert errors == []


PURPOSE = {"text": "Sende deg nyhetsbrev", "basis": {"consent": "newsletter-form"}}

WRITTEN_RIGHT = [
    ("activity", {"purposes": {}}),
    ("activity", {"purposes": {"send": {"basis": {"vital-interests": {}}}}}),
    ("activity", {"purposes": {"send": {"basis": {"legal-obligation": ["bokføringsloven § 13", "skatteforvaltningsloven § 7-2"]}}}}),
    (
        "activity",
        {"purposes": {"send": {"basis": {"consent": {"request": "form", "subjects": "prospect"}, "contract": {"subjects": ["customer"]}}}}},
    ),
    ("activity", {"purposes": {"stats": {"further_processing": {"of": "crm.manage", "informed": {"exempt": {"point": "14-5-b"}}}}}}),
    ("activity", {"data": {"a": "name", "b": ["name"], "c": {"categories": "name"}}}),
    (
        "activity",
        {"data": {"a": {"categories": ["name"], "retention": {"per_purpose": {"send": "crm-standard", "sell": {"period": "1 year"}}}}}},
    ),
    ("activity", {"data": {"a": {"categories": ["health-data"], "article_9": "legal-claims"}}}),
    ("activity", {"recipients": "none"}),
    ("activity", {"recipients": ["nav", "hosting-co"]}),
    (
        "activity",
        {"recipients": {"helpdesk-own": {"party": "helpdesk", "transfers": {"us-hr": {"country": "US", "mechanism": ["scc-1", "scc-2"]}}}}},
    ),
    ("activity", {"source": {"social-network": {"name": "LinkedIn", "public": True}}}),
    ("activity", {"security_measures": {"not_possible": "Leverandøren svarer i januar"}}),
    ("activity", {"credit_need": {"exempt": "Journalistikk"}}),
    ("activity", {"dpia": {"not_needed": "Bare tjue frivillige"}}),
    ("cookies", {"items": "none", "joint": {"meta-ireland": {"essence": "https://example.com/joint"}}}),
    ("cookies", {"items": {"yt.x": {"kind": "pixel", "lifetime": "session"}}}),
    ("consents", {"form": {"given": {"how": "tick-box", "steps": 2}, "withdrawn": "unsubscribe-link", "together_with": []}}),
    ("organisation", {"dpo": "none", "rights": {"extension": {"period": "2 months", "told_within": "1 month"}}}),
    ("organisation", {"dpo": {"not_needed": "Domstol"}, "breach": {"controllers_within": "without-undue-delay"}}),
    ("organisation", {"country": {"unknown": "Hva er landet?"}, "languages": "unknown"}),
    ("party", {"role": ["processor", "independent-controller"], "stored_in": "EEA", "agreement": {"contents": {"missing": ["audits"]}}}),
    ("party", {"agreement": {"clauses": "2010/87/EU"}}),
    ("vocabulary", {"data_categories": {"grade": "Karakter", "mark": {"nb": "Merke", "like": "performance"}}}),
    ("retention", {"long": {"period": "permanent", "because": "Arkivplikt"}}),
    ("accepted", {"one": {"rule": "ROPA151", "address": ["consents#form", "consents#banner"]}}),
]

WRITTEN_WRONG = [
    ("activity", {"purposes": [{"id": "send", **PURPOSE}]}),
    ("activity", {"purposes": {"Send": PURPOSE}}),
    ("activity", {"purposes": {"send": {**PURPOSE, "fallback_basis": "legitimate-interest"}}}),
    ("activity", {"purposes": {"send": {"basis": ["consent", "contract"]}}}),
    ("activity", {"purposes": {"send": {"basis": "consent"}}}),
    ("activity", {"purposes": {"send": {"basis": {}}}}),
    ("activity", {"purposes": {"send": {"basis": {"health-and-social-care": {"law": "helsepersonelloven § 39"}}}}}),
    ("activity", {"purposes": {"send": {"basis": {"contract": "Kundeavtale"}}}}),
    ("activity", {"purposes": {"send": {"kind": "newsletter"}}}),
    ("activity", {"role": "authority"}),
    ("activity", {"legal_basis": "consent"}),
    ("activity", {"provision": "voluntary"}),
    ("activity", {"storage": "2 years"}),
    ("activity", {"name": {"no": "Nyhetsbrev"}}),
    ("activity", {"name": {"nb": ""}}),
    ("activity", {"name": ""}),
    ("activity", {"name": None}),
    ("activity", {"name": ["Nyhetsbrev"]}),
    ("activity", {"subjects": ["customer", "customer"]}),
    ("activity", {"subjects": ["Our customers"]}),
    ("activity", {"retention": {"period": "P5Y"}}),
    ("activity", {"retention": {"period": "5 år"}}),
    ("activity", {"retention": {"period": 5}}),
    ("activity", {"retention": {"per_purpose": {"send": {"per_purpose": {}}}}}),
    ("activity", {"start": "24.11.2026"}),
    ("activity", {"start": "2026-13-01"}),
    ("activity", {"occasional": "ja"}),
    ("activity", {"automated_decision": False}),
    ("activity", {"recipients": {"nav": "authority"}}),
    ("activity", {"data": {"a": [{"name": "Navn"}]}}),
    ("organisation", {"country": "Norway"}),
    ("organisation", {"country": False}),
    ("organisation", {"country": "EEA"}),
    ("organisation", {"format": 2}),
    ("organisation", {"employees": "48"}),
    ("organisation", {"address": {"postcode": 155}}),
    ("organisation", {"dpo": "ola"}),
    ("organisation", {"rights": {"answer_within": "without-undue-delay"}}),
    ("party", {"third_countries": ["US"]}),
    ("party", {"transfers": {"US": {"mechanism": "privacy-shield"}}}),
    ("party", {"transfers": ["US"]}),
    ("party", {"agreement": {"contents": "incomplete"}}),
    ("party", {"privacy_url": "javascript:alert(1)"}),
    ("cookies", {"role": "controller"}),
    ("cookies", {"items": ["_ga"]}),
    ("consents", {"form": {"given": {"how": "tick-box", "steps": "two"}}}),
    ("assessment", {"outcome": "high"}),
    ("vocabulary", {"subjects": {"Teacher": "Lærere"}}),
    ("changes", {"one": {"records": ["newsletter"]}}),
]


@pytest.mark.parametrize(("kind", "data"), WRITTEN_RIGHT, ids=str)
def test_written_right(kind: str, data: Schema) -> None:
    assert [error.message for error in validator(f"{kind}.schema.json").iter_errors(data)] == []


@pytest.mark.parametrize(("kind", "data"), WRITTEN_WRONG, ids=str)
def test_written_wrong(kind: str, data: Schema) -> None:
    assert not validator(f"{kind}.schema.json").is_valid(data)

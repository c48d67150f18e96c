"""Fill the schemas with what is decided elsewhere: the codes of the law data, and the answer ``unknown``.

    python scripts/sync_schemas.py            # writes schemas/ again
    python scripts/sync_schemas.py --check    # exit 1 where a schema is out of step

The JSON in ``schemas/`` is the source and is edited by hand; what this script adds follows from it:

- a schema with ``x-vocabulary`` and an ``enum`` gets the codes of that list in ``ropa/law/data/vocabulary.yaml``;
- every property, and every value of a map by name, ends as ``anyOf: [what may stand there, unknown]``.

Running it twice changes nothing more.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

CHECKOUT = Path(__file__).resolve().parent.parent
SCHEMAS = CHECKOUT / "schemas"
VOCABULARY = CHECKOUT / "ropa" / "law" / "data" / "vocabulary.yaml"

UNKNOWN = {"$ref": "common.schema.json#/$defs/unknown"}

# Lists that the vocabulary does not hold: languages are fixed by the format; of countries the schema sees the form only.
NOT_IN_VOCABULARY = frozenset({"languages", "countries", "places", "jurisdictions"})

# What tells of a property rather than restricting it stays beside the anyOf.
ANNOTATIONS = frozenset({"title", "description", "examples"})

Schema = dict[str, Any]
Lists = dict[str, list[str]]


def read_lists(path: Path) -> Lists:
    """Return the codes of every list of the vocabulary; a list of lists is also given whole, its parts as ``list.part``."""
    lists: Lists = {}
    for name, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        if isinstance(value, list):
            lists[name] = value
        elif isinstance(value, dict) and all(isinstance(part, list) for part in value.values()):
            lists[name] = [code for part in value.values() for code in part]
            lists.update({f"{name}.{key}": part for key, part in value.items()})
        elif isinstance(value, dict):
            lists[name] = list(value)
    return lists


def subschemas(schema: Schema) -> Iterator[Schema]:
    """Yield the schemas directly inside a schema."""
    yield from schema.get("properties", {}).values()
    # The question inside an unknown is itself no key that could be unknown.
    yield from (inner for name, inner in schema.get("$defs", {}).items() if name != "unknown")
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield schema[key]
    yield from schema.get("anyOf", [])


def values(schema: Schema) -> Iterator[Schema]:
    """Yield the schemas of a schema's values: its properties, and the values of a map by name."""
    yield from schema.get("properties", {}).values()
    if isinstance(schema.get("additionalProperties"), dict):
        yield schema["additionalProperties"]


def fill_codes(schema: Schema, lists: Lists) -> None:
    """Fill the ``enum`` of a schema that names a list; where other names may stand too, it is the first branch of an ``anyOf``."""
    name = schema.get("x-vocabulary")
    holder = schema if "enum" in schema else schema.get("anyOf", [{}])[0]
    if name is None or name in NOT_IN_VOCABULARY or "enum" not in holder:
        return
    only = schema.get("x-vocabulary-only")
    holder["enum"] = [code for code in lists[name] if only is None or code in only]


def is_annotation(key: str) -> bool:
    """Tell whether a keyword only tells of a value, without restricting it."""
    return key in ANNOTATIONS or key.startswith("x-")


def allow_unknown(schema: Schema) -> None:
    """Make ``unknown`` a legal answer: what restricts the value moves into the first branch of an ``anyOf``."""
    if UNKNOWN in schema.get("anyOf", []):
        return
    proper = {key: value for key, value in schema.items() if not is_annotation(key)}
    annotations = {key: value for key, value in schema.items() if is_annotation(key)}
    examples = annotations.pop("examples", None)
    schema.clear()
    schema.update(annotations, anyOf=[proper, dict(UNKNOWN)])
    if examples is not None:
        schema["examples"] = examples


def sync(schema: Schema, lists: Lists) -> None:
    """Bring a schema and everything inside it into step, in place."""
    fill_codes(schema, lists)
    for value in values(schema):
        allow_unknown(value)
    for inner in subschemas(schema):
        sync(inner, lists)


def synced(text: str, lists: Lists) -> str:
    """Return a schema's text as it should be."""
    schema: Schema = json.loads(text)
    sync(schema, lists)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the schemas again, or with ``--check`` only tell which are out of step; gives the exit code."""
    parser = argparse.ArgumentParser(description="Bring schemas/ into step with the law data.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where a schema is out of step")
    parser.add_argument("--vocabulary", type=Path, default=VOCABULARY, help="another vocabulary.yaml than the package's own")
    options = parser.parse_args(arguments)
    lists = read_lists(options.vocabulary)
    stale = []
    for path in sorted(SCHEMAS.glob("*.schema.json")):
        before = path.read_text(encoding="utf-8")
        after = synced(before, lists)
        if after != before:
            stale.append(path.name)
            if not options.check:
                path.write_text(after, encoding="utf-8")
    for name in stale:
        sys.stderr.write(f"{name}: {'out of step; run scripts/sync_schemas.py' if options.check else 'written'}\n")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())

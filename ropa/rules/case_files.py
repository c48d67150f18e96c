"""The cases of a rule: wrong, right and exceptional declarations, as changes to a small lawful registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from ropa.source.files import Document, read_registry, read_text
from ropa.source.reader import read_plain
from ropa.source.write import block_style

FOLDER: Final = Path(__file__).parent / "cases"
BASE: Final = FOLDER / "base"
REPLACE: Final = "replace"


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a wrong case must have."""

    address: str
    severity: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule. `change` holds, by file, what differs from the base."""

    rule: str
    name: str
    kind: Literal["wrong", "right", "exception"]
    says: Mapping[str, str]
    change: Mapping[str, Any]
    expect: tuple[Expected, ...]
    today: date

    def shown(self) -> str:
        """The change as YAML for people: each file's part under its path."""
        return "\n".join(f"# {record}.yaml\n{block_style(part)}" for record, part in self.change.items())


@cache
def cases_of(rule: str) -> tuple[Case, ...]:
    """The cases of a rule in the order of its file; none where it has no file."""
    path = FOLDER / f"{rule}.yaml"
    if not path.is_file():
        return ()
    return tuple(_case(rule, name, case) for name, case in read_plain(path.read_text(encoding="utf-8")).items())


def rules_with_cases() -> list[str]:
    """The names of the rules that have a file of cases."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def _case(rule: str, name: str, case: Mapping[str, Any]) -> Case:
    expected = tuple(Expected(entry["address"], entry.get("severity")) for entry in case.get("expect", ()))
    says = {"nb": case["says"], "en": case["en"]}
    return Case(rule, name, case["kind"], says, case["change"], expected, date.fromisoformat(case.get("today", "2026-11-24")))


def documents_of(case: Case) -> list[Document]:
    """The files of the base registry with the case's change, read through the whole way from text."""
    documents = {document.record: document for document in read_registry(BASE)}
    for record, change in case.change.items():
        present = documents.get(record)
        data = merged(present.data or {} if present is not None else {}, change)
        if data is None:
            documents.pop(record, None)
        else:
            documents[record] = read_text(Document(record, f"{record}.yaml"), block_style(data))
    return [documents[record] for record in sorted(documents)]


def merged(base: Any, change: Any) -> Any:
    """The base with a change: maps merge, null deletes, ``{replace: …}`` puts a whole value in place, all else replaces."""
    if isinstance(change, dict) and set(change) == {REPLACE}:
        return change[REPLACE]
    if not isinstance(change, dict) or not isinstance(base, dict):
        return _without_nulls(change)
    result = dict(base)
    for key, value in change.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(base.get(key), value)
    return result


def _without_nulls(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if set(value) == {REPLACE}:
        return value[REPLACE]
    return {key: _without_nulls(item) for key, item in value.items() if item is not None}


def all_cases() -> Iterator[Case]:
    """Every case of every rule."""
    for rule in rules_with_cases():
        yield from cases_of(rule)

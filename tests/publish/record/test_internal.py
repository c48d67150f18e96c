"""No internal fact reaches the record: a unique word is planted in every internal text field that the schemas know (docs/format.md)."""

import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from ropa.model.load import load
from ropa.publish.record.marks import is_internal
from ropa.schema.documents import kind_of
from ropa.schema.shapes import Shape, shape_of
from ropa.source.files import read_registry
from ropa.source.reader import read_plain
from tests.conftest import registries
from tests.publish.record.samples import pages, sheets

CANARY = "zzcanary"


def plant(data: Any, shape: Shape, internal: bool, words: Iterator[str], asked: bool) -> Any:
    """The data with a canary in every internal text, present or not; with `asked` as the words of an open question."""
    if not isinstance(data, dict) or not shape.is_map:
        return data
    known = shape.properties if shape.rest is None else {key: shape.properties.get(key, shape.rest) for key in {*data, *shape.properties}}
    planted = dict(data)
    for key in sorted(known):
        child = known[key]
        hidden = internal or child.mark == "internal"
        if hidden and _is_text(child):
            planted[key] = {"unknown": next(words)} if asked else next(words)
        elif key in data:
            planted[key] = plant(data[key], child, hidden, words, asked)
    return planted


def _is_text(shape: Shape) -> bool:
    """Whether free words may stand there."""
    free = not (shape.enum or shape.pattern or shape.form or shape.reference or shape.vocabulary or shape.rest)
    return shape.short == "text" or (free and "string" in shape.types and not shape.properties)


def with_canaries(source: Path, target: Path, asked: bool) -> Path:
    words = (f"{CANARY}{number}" for number in itertools.count())
    for file in sorted(source.rglob("*.yaml")):
        record = file.relative_to(source).with_suffix("").as_posix()
        if record == "accepted":
            continue
        data = plant(read_plain(file.read_text(encoding="utf-8")), shape_of(kind_of(record)), False, words, asked)
        path = target / file.relative_to(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    return target


def everything(folder: Path) -> str:
    """All text of the record in every form and language."""
    found = sheets(folder)
    book = openpyxl.load_workbook(io.BytesIO(found.pop("record.xlsx")))
    cells = [str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row]
    read = [content.decode("utf-8") for content in found.values()]
    return "\n".join([*cells, *read, *(page for language in ("nb", "nn", "en") for page in pages(folder, language).values())])


@pytest.mark.parametrize("name", ["municipal-health", "software-supplier", "trade-union", "small-company"])
@pytest.mark.parametrize("asked", [False, True], ids=["declared", "asked"])
def test_no_internal_word_reaches_the_record(name: str, asked: bool, tmp_path: Path) -> None:
    folder = with_canaries(registries()[name], tmp_path / "registry", asked)
    registry = load(read_registry(folder)).registry
    held = json.dumps(registry.unknown if asked else registry.long)

    assert held.count(CANARY) > 20, "the canaries must be in the registry"
    assert CANARY not in everything(folder)


def test_a_public_word_does(tmp_path: Path) -> None:
    """The test above would see a word that stands there."""
    folder = with_canaries(registries()["small-company"], tmp_path / "registry", asked=False)
    file = folder / "activities" / "lonn.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("name: ", f"name: {CANARY}", 1), encoding="utf-8")

    assert CANARY in everything(folder)


@pytest.mark.parametrize(
    ("address", "internal"),
    [
        ("activities/x#note", True),
        ("activities/x#retention.because", True),
        ("activities/x#data.g.retention.per_purpose.p.because", True),
        ("activities/x#control_measure.informed.purpose", True),
        ("activities/x#purposes.p.text", False),
        ("activities/x#security_measures.no_encryption_because", False),
        ("assessments/x#balance", True),
        ("organisation#dpo.notified", True),
        ("parties/x#transfers.US.compelling.safeguards", False),
    ],
)
def test_marks_hold_for_what_stands_below(address: str, internal: bool) -> None:
    assert is_internal(address) is internal

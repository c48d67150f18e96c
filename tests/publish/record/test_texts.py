"""The fixed texts of record and front page: the same keys and named parts in the three languages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ropa.source.reader import read_plain
from tests.conftest import CHECKOUT

TEXTS = CHECKOUT / "ropa" / "publish" / "texts"


def entries(data: Any, path: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every text's key, with the parts that it names."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from entries(value, f"{path}.{key}")
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from entries(value, f"{path}[{place}]")
    else:
        yield path, tuple(sorted(re.findall(r"\{(\w+)\}", str(data))))


@pytest.mark.parametrize("document", ["record", "site"])
@pytest.mark.parametrize("language", ["nn", "en"])
def test_languages_have_the_same_texts(document: str, language: str) -> None:
    first, other = (dict(entries(read_plain((TEXTS / name / f"{document}.yaml").read_text(encoding="utf-8")))) for name in ("nb", language))

    assert other == first

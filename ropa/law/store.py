"""Loads the law data, each file once and only when asked for, and says how old they are and how sure."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_FOLDER = Path(__file__).resolve().parent


class Source(msgspec.Struct, frozen=True):
    """What stands behind a list of the vocabulary: the tag (T, R, S, U), the source, and what the tag does not cover."""

    verified: str
    source: str = ""
    note: str = ""


class About(msgspec.Struct, frozen=True):
    """The whole law data's dates, the meaning of the tags, and the sources of the lists."""

    as_of: date
    as_of_acts: date
    acts: int
    acts_about: str
    tags: dict[str, str]
    provenance: dict[str, Source]


def load(name: str, kind: type[T]) -> T:
    """Return a compiled file's content as `kind`."""
    return msgspec.json.decode((_FOLDER / "compiled" / name).read_bytes(), type=kind)


def load_source(name: str, kind: type[T]) -> T:
    """Return the content of a source file that is used as it is."""
    return msgspec.json.decode((_FOLDER / "data" / name).read_bytes(), type=kind)


def convert(value: dict[str, Any], kind: type[T]) -> T:
    """Return loosely typed data as a record; keys that the record has no field for are left out."""
    return msgspec.convert(value, kind)


@cache
def about() -> About:
    """Return the dates and sources of the law data."""
    return load("about.json", About)


def as_of() -> date:
    """Return the day on which the law data was last true as a whole."""
    return about().as_of


def data_age_days(today: date) -> int:
    """Return how many days old the law data is on `today`; negative before its date."""
    return (today - as_of()).days


def provenance(list_name: str) -> Source | None:
    """Return what stands behind a list of the vocabulary; None where the words are the format's own."""
    return about().provenance.get(list_name)


def tags_in(verified: str) -> frozenset[str]:
    """Return the tags (T, R, S, U) that a `verified` text names: ``"T (Norwegian law), U (others)"`` → T, U."""
    words = verified.replace("(", " ").replace(")", " ").replace(",", " ").replace(";", " ").split()
    return frozenset(word for word in words if word in {"T", "R", "S", "U"})


def is_established(verified: str) -> bool:
    """Return whether a fact has been checked somewhere: not where its only tag is U, or where it has none."""
    return bool(tags_in(verified) - {"U"})

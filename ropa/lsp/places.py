"""What the format says of a place: the shape of what is written there, and the word that may stand there in its short form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.schema.documents import KIND_OF_FOLDER, kind_of
from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import Path
from ropa.source.files import SINGLE_FILES


def shape_at(record: str, path: Path) -> Shape | None:
    """The format at a written path of a record; None where the format knows no such place."""
    folder, slash, _ = record.partition("/")
    if (folder not in KIND_OF_FOLDER) if slash else (folder not in SINGLE_FILES):
        return None
    return shape_of(kind_of(record)).at(path)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may stand at a place: one of a shape, or one of the words that mean something by themselves there (`none`)."""

    shape: Shape
    itself: tuple[str, ...] = ()


def words_at(shape: Shape, in_list: bool = False) -> Iterator[Word]:
    """What a plain word may be at a place, or in a list there: short forms lead to the shape that they stand for."""
    if not in_list:
        yield Word(shape, (*sorted(shape.sentinels | shape.empty_sentinels),))
    if shape.short == "text":
        return
    if shape.short == "key":
        yield from words_at(shape.properties[shape.short_key], in_list)
    elif shape.short == "keys":
        yield Word(shape.key_names if shape.key_names is not None else shape, tuple(shape.properties))
    elif shape.items is not None and (in_list or shape.short == "list"):
        yield Word(shape.items)
    elif not in_list and (not shape.is_map or "string" in shape.types):
        yield Word(shape)


def word_at(shape: Shape, word: str, in_list: bool = False) -> Shape | None:
    """The shape of a word that stands at a place, or in a list there; None for words that mean something by themselves, and for texts."""
    if word in shape.sentinels or word in shape.empty_sentinels or shape.short == "text":
        return None
    if shape.short == "key":
        return word_at(shape.properties[shape.short_key], word, in_list)
    if shape.short == "keys":
        return shape.properties.get(word, shape.key_names)
    if in_list or shape.short == "list":
        return shape.items
    return shape


def key_shape(parent: Shape, key: str) -> Shape | None:
    """The shape of a key's own name where the map's keys name things; None where the key is the format's."""
    return None if key in parent.properties or parent.rest is None else parent.key_names

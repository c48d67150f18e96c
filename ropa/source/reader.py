"""The fast way from text to plain data: for files that hold nothing unusual, which is nearly all of them.

Reading C events into data takes about half the time of ``yaml.load`` with PyYAML's C loader. Whatever is unusual
(a duplicate key, an anchor, a tag, a syntax error, too much depth) ends it with `Unusual`; then `ropa.source.nodes`
reads the file again, slowly, with positions.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

from ropa.source.scalars import plain

MAX_DEPTH: Final = 64

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Scalar: Final = yaml.ScalarEvent
_MappingStart: Final = yaml.MappingStartEvent
_SequenceStart: Final = yaml.SequenceStartEvent
_MappingEnd: Final = yaml.MappingEndEvent
_SequenceEnd: Final = yaml.SequenceEndEvent


class Unusual(Exception):
    """The text holds something that the slow reader must explain."""


def read_plain(text: str) -> dict[str, Any]:
    """The data of one strict YAML document whose root is a map.

    Raises `Unusual` for anything else; never another error.
    """
    try:
        loader = _Loader(text)
        try:
            return _document(loader.get_event)
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unusual from error


def _document(event: Any) -> dict[str, Any]:
    event()  # stream start
    start = event()
    if not isinstance(start, yaml.DocumentStartEvent) or start.version or start.tags:
        raise Unusual
    root = event()
    if type(root) is not _MappingStart:
        raise Unusual
    data = _mapping(event, root, MAX_DEPTH)
    event()  # document end
    if not isinstance(event(), yaml.StreamEndEvent):
        raise Unusual
    return data


def _mapping(event: Any, start: Any, depth: int) -> dict[str, Any]:
    if start.anchor is not None or start.tag is not None or depth == 0:
        raise Unusual
    data: dict[str, Any] = {}
    while True:
        key = event()
        kind = type(key)
        if kind is _MappingEnd:
            return data
        if kind is not _Scalar or key.anchor is not None or key.tag is not None:
            raise Unusual
        name = key.value
        if name in data or (not key.style and type(plain(name)) is not str) or name == "<<":
            raise Unusual
        data[name] = _value(event, depth)


def _value(event: Any, depth: int) -> Any:
    item = event()
    kind = type(item)
    if kind is _Scalar:
        if item.anchor is not None or item.tag is not None:
            raise Unusual
        return item.value if item.style else plain(item.value)
    if kind is _MappingStart:
        return _mapping(event, item, depth - 1)
    if kind is _SequenceStart:
        return _sequence(event, item, depth - 1)
    raise Unusual


def _sequence(event: Any, start: Any, depth: int) -> list[Any]:
    if start.anchor is not None or start.tag is not None or depth == 0:
        raise Unusual
    items: list[Any] = []
    while True:
        item = event()
        kind = type(item)
        if kind is _Scalar:
            if item.anchor is not None or item.tag is not None:
                raise Unusual
            items.append(item.value if item.style else plain(item.value))
        elif kind is _SequenceEnd:
            return items
        elif kind is _MappingStart:
            items.append(_mapping(event, item, depth - 1))
        elif kind is _SequenceStart:
            items.append(_sequence(event, item, depth - 1))
        else:
            raise Unusual

"""A fix as the officer pastes it: in the indent of its place, and inside what stands there where that is written on one line.

A fix is written for block style, where a key has a line of its own. What is said in a short form or between braces has no line
to paste into: there the fix shows the whole key, as it is and with what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ropa.source.address import Path
from ropa.source.locate import Locator
from ropa.source.write import block_style

_KEY = re.compile(r"""(?:"([^"]*)"|([^\s"'{\[#][^:]*?))\s*:(?:\s|$)""")
STEP = "  "


def pasted(fix: str, locator: Locator, path: Path, long_form: Callable[[Path], Any]) -> str:
    """The lines of a fix for the value at a path, indented. `long_form` gives what stands at a path, spelled out."""
    lines = fix.rstrip().splitlines()
    depth = _on_one_line(locator, path)
    if depth is None or path[-1] not in _keys(lines):
        return _indented(lines, " " * locator.indent(path))
    whole = [f"{_key(path[depth - 1])}:", *_below(_present(locator, path[:depth], long_form), path, depth, lines, long_form)]
    return _indented(whole, " " * locator.indent(path[:depth]))


def _on_one_line(locator: Locator, path: Path) -> int | None:
    """How deep along a path the first value stands that is no map in block style; None where none does."""
    for depth in range(1, len(path)):
        if not locator.exists(path[:depth]):
            return None
        node = locator.node(path[:depth])
        if node is not None and (node.entries is None or node.flow):
            return depth
    return None


def _present(locator: Locator, path: Path, long_form: Callable[[Path], Any]) -> Mapping[str, Any]:
    """What is said at a path already: between braces as it is written, a short form spelled out."""
    node = locator.node(path)
    said = node.data() if node is not None and node.entries is not None else long_form(path)
    return said if isinstance(said, dict) else {}


def _below(said: Mapping[str, Any], path: Path, depth: int, lines: list[str], long_form: Callable[[Path], Any]) -> list[str]:
    """The lines below a key of the path: what is said there, with the fix in its place."""
    last = depth == len(path) - 1
    replaced = _keys(lines) if last else {path[depth]}
    if last:
        new = lines
    else:
        deeper = said.get(path[depth])
        deeper = deeper if isinstance(deeper, dict) else long_form(path[: depth + 1])
        new = [f"{_key(path[depth])}:", *_below(deeper if isinstance(deeper, dict) else {}, path, depth + 1, lines, long_form)]
    found: list[str] = []
    for key, value in said.items():
        if key not in replaced:
            found.extend(block_style({key: value}).rstrip().splitlines())
        elif key == path[depth]:
            found.extend(new)
    if path[depth] not in said:
        found.extend(new)
    return [STEP + line for line in found]


def _keys(lines: list[str]) -> set[str]:
    """The keys that a fix writes, beside each other."""
    found = (_KEY.match(line) for line in lines)
    return {match[1] or match[2] for match in found if match is not None}


def _key(name: str) -> str:
    return block_style({name: None}).partition(": null")[0]


def _indented(lines: list[str], indent: str) -> str:
    return "\n".join(indent + line if line else line for line in lines)

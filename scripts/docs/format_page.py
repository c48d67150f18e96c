"""``docs/format.md``: every key of every file, from the schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ropa.schema.documents import KIND_OF_FOLDER, Json, definition, document, is_unknown_branch
from ropa.source.files import SINGLE_FILES
from scripts.docs.markdown import code, flow, table

HEADINGS: Final = ("key", "what", "mark", "required", "example", "provision")
MARKS: Final = {"public": "P", "record": "R", "internal": "I"}
# Forms that several keys share: told once, at the end.
SHARED: Final = (
    "address",
    "compatibility",
    "exempt",
    "inform",
    "joint",
    "obligation_to_provide",
    "retention",
    "review",
    "source",
    "transfer",
)
_WORDS: Final = ("text", "unknown", "line", "words")
_PROVISION: Final = re.compile(r" \(((?:[^()]|\([^()]*\))*(?:Arts?\.?|§|recital|loven|forskriften)(?:[^()]|\([^()]*\))*)\)")

INTRODUCTION: Final = """# The file format

A registry is a folder of YAML files: one legal entity's declarations. One record, one file; the file's name is its id. Everything is a map
by name, so that each place has an address that survives reordering: `activities/newsletter#purposes.send.basis.consent`.

- **mark**: P is public, R stands in the record only, I is internal. What counts is the strictest mark on the way to a place.
- **required**: `key-missing`, or the rule that speaks where the key is left out. A key without it may be left out.
- `unknown` is a legal answer to every key, alone or with the question: `unknown: Asked the supplier`. It counts as missing.
- The short form is legal: a text in the default language may be plain, a list of one code may be the code.
- `<id>` stands for a name of your own. The codes that may stand at a key are in [codes.md](codes.md); `ropa schema` gives them to
  your editor.
- Durations are `5 years`, `90 days`, `72 hours`, `session` or `permanent`; dates are `2026-11-24`; countries are `NO`; laws are
  `bokføringsloven § 13` or `GDPR art. 6(1)(c)`.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One key: its path below the heading that it stands under, and its schema node."""

    path: str
    node: Json


def page() -> str:
    """The whole page."""
    lines = [INTRODUCTION.rstrip("\n"), ""]
    files = [(f"`{name}.yaml`", name) for name in SINGLE_FILES] + [
        (f"`{folder}/<id>.yaml`", kind) for folder, kind in KIND_OF_FOLDER.items()
    ]
    for title, kind in sorted(files, key=lambda file: _ORDER.index(file[1])):
        lines.extend(_file(title, kind))
    lines.extend(("## Shared forms", ""))
    for name in SHARED:
        lines.extend(_shared(name))
    return "\n".join(lines).rstrip("\n") + "\n"


_ORDER: Final = (
    "organisation",
    "activity",
    "party",
    "system",
    "cookies",
    "consents",
    "retention",
    "assessment",
    "security-measures",
    "vocabulary",
    "notice",
    "changes",
    "accepted",
)


def _file(title: str, kind: str) -> Iterator[str]:
    root = document(kind)
    yield f"## {title}"
    yield ""
    yield root["description"]
    yield ""
    rows = list(_rows(root, kind, ""))
    yield from _tables(rows, kind)


def _shared(name: str) -> Iterator[str]:
    node, home = definition(f"common.schema.json#/$defs/{name}", "common")
    yield f"### {name}"
    yield ""
    yield from table(HEADINGS, (_cells(row) for row in _rows(node, home, "")))
    yield ""


def _tables(rows: list[Row], kind: str) -> Iterator[str]:
    """The keys at the top in one table, and what stands below each in one of its own where that is much."""
    long = {top for top in {_top(row.path) for row in rows} if sum(_top(row.path) == top for row in rows) > 6}
    shown = [row for row in rows if _top(row.path) not in long or row.path == _top(row.path)]
    yield from table(HEADINGS, (_cells(row) for row in shown))
    yield ""
    for top in [row.path for row in shown if row.path in long]:
        yield f"### `{top}` in {kind}"
        yield ""
        yield from table(HEADINGS, (_cells(row) for row in rows if _top(row.path) == top and row.path != top))
        yield ""


def _top(path: str) -> str:
    """The first step of a path: under a map by name at the top, the step after the name."""
    steps = path.split(".")
    return ".".join(steps[:2]) if steps[0] == "<id>" and len(steps) > 1 else steps[0]


def _rows(node: Json, home: str, prefix: str) -> Iterator[Row]:
    """Every key below a node, depth first; shared forms and texts are not entered."""
    seen: set[str] = set()
    for branch, where in _branches(node, home):
        named = branch.get("additionalProperties")
        children = dict(branch.get("properties", {}))
        if isinstance(named, dict):
            children["<id>"] = named
        for name, child in children.items():
            if name == "unknown" or name in seen:
                continue
            seen.add(name)
            path = f"{prefix}.{name}" if prefix else name
            yield Row(path, child)
            if not _refers_to_shared(child):
                yield from _rows(child, where, path)


def _branches(node: Json, home: str) -> Iterator[tuple[Json, str]]:
    """The node and all its alternatives, references followed; not those that are shared forms, texts or `unknown`."""
    yield node, home
    for branch in (*node.get("anyOf", ()), *([node["items"]] if isinstance(node.get("items"), dict) else ())):
        yield from _branches(branch, home)
    reference = node.get("$ref")
    if reference is not None and not is_unknown_branch(node) and _name(reference) not in (*_WORDS, *SHARED):
        target, where = definition(reference, home)
        yield from _branches(target, where)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _references(node: Any) -> Iterator[str]:
    for branch in (node, *node.get("anyOf", ())):
        if "$ref" in branch:
            yield _name(branch["$ref"])
        if branch is not node:
            yield from _references(branch)


def _refers_to_shared(node: Json) -> str | None:
    return next((name for name in _references(node) if name in SHARED), None)


def _cells(row: Row) -> tuple[str, ...]:
    node = row.node
    what, provision = _split(node.get("description", ""))
    shared = _refers_to_shared(node)
    more = f" See [{shared}](#{shared})." if shared else ""
    codes = f" Codes: [{node['x-vocabulary']}](codes.md#{node['x-vocabulary'].replace('.', '')})." if node.get("x-vocabulary") else ""
    return (
        code(row.path),
        f"**{node.get('title', '')}** ({node.get('x-title-nb', '')}). {what}{more}{codes}",
        MARKS.get(node.get("x-mark", ""), ""),
        _required(node),
        " or ".join(code(flow(example)) for example in node.get("examples", ())[:2]),
        provision,
    )


def _split(description: str) -> tuple[str, str]:
    """What a key means, and the provision that the description names in brackets."""
    found = _PROVISION.search(description)
    if found is None:
        return description, ""
    return description.replace(found[0], "", 1), found[1]


def _required(node: Json) -> str:
    rule = node.get("x-required")
    if rule is None:
        return ", ".join(f"where `{key}` is `{value}`" for key, value in node.get("x-required-if", {}).items())
    text = f"[{rule}](rules/{rule}.md)"
    role = node.get("x-required-when", {}).get("role")
    return f"{text} ({role})" if role else text

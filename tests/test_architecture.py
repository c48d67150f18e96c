"""The house as drawn in ``docs/architecture.md``: which room may import which, and how long a module may be."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import CHECKOUT

HOUSE = CHECKOUT / "ropa"

# A room may import from itself and from the rooms before it.
ROOMS = (
    "resources",
    "law",
    "source",
    "schema",
    "model",
    "flows",
    "context",
    "screening",
    "findings",
    "rules",
    "accept",
    "checking",
    "fixes",
    "report",
    "graph",
    "publish",
    "lsp",
    "commands",
)

# A heavy library has its home; elsewhere it would slow `ropa check` down or pull a concern into a room that has another.
HOMES = {
    "jinja2": {"publish"},
    "lsprotocol": {"lsp"},
    "networkx": {"graph"},
    "pygls": {"lsp"},
    "typer": {"commands"},
    "xlsxwriter": {"publish"},
}

# What `ropa check` answers without: each costs more to import than a small registry takes to check.
NOT_NEEDED_TO_CHECK = ("jinja2", "jsonschema", "lsprotocol", "networkx", "pygls", "xlsxwriter", "ropa.graph", "ropa.lsp", "ropa.publish")

LONGEST = 400

# Modules that may be longer, each with its reason.
LONGER: dict[str, str] = {}


class Import(NamedTuple):
    """One import: where it stands and what it names."""

    file: Path
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(CHECKOUT)}:{self.line} imports {self.module}"


def modules() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def room_of(file: Path) -> str:
    """The room that a module lies in: the package or module right under ``ropa``."""
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[Import]:
    """Every import of a module, late ones too, with relative ones made absolute."""
    package = file.relative_to(CHECKOUT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])]) if node.level else node.module or ""
            # `from ropa import law` names a room only in what it imports.
            yield from (Import(file, node.lineno, f"{base}.{alias.name}" if base == "ropa" else base) for alias in node.names)


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {room_of(file) for file in modules()} - {"__init__", "__main__"}

    assert rooms <= set(ROOMS), f"rooms without a place: {sorted(rooms - set(ROOMS))}"


def test_a_room_imports_only_from_the_rooms_before_it() -> None:
    against = [
        f"{found}: {room_of(file)} stands before {target}"
        for file in modules()
        if room_of(file) in ROOMS
        for found in imports(file)
        if (target := found.module.partition("ropa.")[2].partition(".")[0]) in ROOMS
        and found.module.startswith("ropa.")
        and ROOMS.index(target) > ROOMS.index(room_of(file))
    ]

    assert not against, "\n" + "\n".join(against)


def test_the_package_itself_imports_no_room() -> None:
    """Otherwise importing any room would import them all."""
    found = [str(one) for one in imports(HOUSE / "__init__.py") if one.module.startswith("ropa.")]

    assert not found, found


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_at_home_only(library: str) -> None:
    away = [
        str(found)
        for file in modules()
        if room_of(file) not in HOMES[library]
        for found in imports(file)
        if found.module.partition(".")[0] == library
    ]

    assert not away, "\n" + "\n".join(away)


def test_modules_are_short() -> None:
    lengths = {str(file.relative_to(CHECKOUT)): len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST and name not in LONGER}
    no_longer_long = [name for name in LONGER if lengths.get(name, 0) <= LONGEST]

    assert not too_long, f"over {LONGEST} lines: {too_long}"
    assert not no_longer_long, f"exceptions that are none: {no_longer_long}"


def test_a_check_loads_only_what_it_needs() -> None:
    script = (
        "import sys\n"
        "from ropa.commands.app import main\n"
        "sys.argv = ['ropa', 'check', 'registry', '--today', '2026-12-01']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(*[name for name in {NOT_NEEDED_TO_CHECK!r} if name in sys.modules], file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True)

    assert run.stderr.split() == []

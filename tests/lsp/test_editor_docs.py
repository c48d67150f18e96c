"""What the page for editors shows is what there is."""

import json
import re
import tomllib
from fnmatch import fnmatch

from ropa.lsp.edits import FIX_ALL
from ropa.schema.documents import document
from ropa.schema.editor import globs
from tests.conftest import CHECKOUT, registries

PAGE = (CHECKOUT / "docs" / "editor.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_settings_can_be_read() -> None:
    settings = [json.loads(block) for block in blocks("json")]
    helix = [tomllib.loads(block) for block in blocks("toml")]

    assert settings[0]["glspc.server.commandArguments"] == ["lsp"]
    assert (
        settings[1]["yaml.schemas"].items()
        <= {f"registry/.schemas/{kind}.schema.json": files for kind, files in globs("registry").items()}.items()
    )
    assert helix[0]["language-server"]["ropa"] == {"command": "ropa", "args": ["lsp"]}
    assert FIX_ALL in PAGE


def test_the_catalogue_has_every_kind_of_file() -> None:
    """The form is that of JSON Schema Store's catalogue: name, description, files and address of each schema."""
    entries = json.loads((CHECKOUT / "docs" / "schema-catalog.json").read_text(encoding="utf-8"))["schemas"]
    by_kind = {entry["url"].rpartition("/")[2].removesuffix(".schema.json"): entry for entry in entries}

    assert by_kind.keys() == globs("registry").keys()
    assert len({entry["name"] for entry in entries}) == len(entries)
    for kind, entry in by_kind.items():
        assert set(entry) == {"name", "description", "fileMatch", "url"}
        assert (entry["url"], entry["description"]) == (document(kind)["$id"], document(kind)["description"])
        assert entry["fileMatch"] == [f"**/{globs('registry')[kind]}"]


def test_each_file_has_one_schema_in_the_catalogue() -> None:
    patterns = [f"*/{files}" for files in globs("registry").values()]
    for file in registries()["small-company"].rglob("*.yaml"):
        assert sum(fnmatch(str(file), pattern) for pattern in patterns) == 1, file

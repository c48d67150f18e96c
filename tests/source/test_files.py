"""The reading edge: what is wrong with files themselves is a finding, and never hides the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ropa.source.files import MAX_BYTES, RegistryUnusable, proper_id, read_registry


def _variants(folder: Path) -> dict[str, str]:
    return {document.file: problem.variant for document in read_registry(folder) for problem in document.problems}


def test_a_bad_file_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text("format: 1\n")
    (tmp_path / "parties").mkdir()
    (tmp_path / "parties" / "latin.yaml").write_bytes("name: Bj\xf8rk\n".encode("latin-1"))
    (tmp_path / "parties" / "utf16.yaml").write_bytes("name: x\n".encode("utf-16"))
    (tmp_path / "parties" / "bom.yaml").write_bytes(b"\xef\xbb\xbfname: x\n")
    (tmp_path / "parties" / "big.yaml").write_bytes(b"# " + b"x" * MAX_BYTES)
    (tmp_path / "parties" / "inside.yaml").symlink_to(tmp_path / "organisation.yaml")
    (tmp_path / "parties" / "outside.yaml").symlink_to("/etc/hostname")
    (tmp_path / "parties" / "nowhere.yaml").symlink_to(tmp_path / "gone.yaml")
    (tmp_path / "parties" / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "parties" / "pipe.yaml")

    assert _variants(tmp_path) == {
        "parties/latin.yaml": "not-utf-8",
        "parties/utf16.yaml": "not-utf-8",
        "parties/big.yaml": "too-large",
        "parties/outside.yaml": "link-outside",
        "parties/nowhere.yaml": "no-permission",
        "parties/folder.yaml": "no-file",
        "parties/pipe.yaml": "no-file",
    }


@pytest.mark.parametrize("reason", ["missing", "empty"])
def test_a_registry_that_is_none(tmp_path: Path, reason: str) -> None:
    folder = tmp_path / "x" if reason == "missing" else tmp_path
    (tmp_path / "notes.md").write_text("x")

    with pytest.raises(RegistryUnusable) as stopped:
        read_registry(folder)
    assert stopped.value.reason == reason


def test_hidden_folders_and_other_files_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text("format: 1\n")
    (tmp_path / ".schemas").mkdir()
    (tmp_path / ".schemas" / "x.yaml").write_text("a: 1\n")
    (tmp_path / "README.md").write_text("x")

    assert [document.file for document in read_registry(tmp_path)] == ["organisation.yaml"]


@pytest.mark.parametrize(
    ("name", "right"), [("Nyhetsbrev 2", "nyhetsbrev-2"), ("Øl & brød", "ol-brod"), ("2024", "n-2024"), ("---", "navn"), ("a_b", "a-b")]
)
def test_the_nearest_id(name: str, right: str) -> None:
    assert proper_id(name) == right

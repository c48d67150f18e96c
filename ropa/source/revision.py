"""A registry as it stood at a git revision: read from git's objects into a folder that is gone afterwards.

The work tree and the index are not touched. Only what a registry is read from is written: YAML files, and links in their place.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

SECONDS: Final = 120
_ENDINGS: Final = (".yaml", ".yml")
_FILES: Final = ("100644", "100755")
_LINK: Final = "120000"
_OF_HOOKS: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class RevisionUnusable(Exception):
    """A revision that cannot be read.

    `reason` is no-git, no-repository, refused, range, no-commits, shallow or unknown; `detail` what git said, or the revision
    that was most likely meant.
    """

    def __init__(self, revision: str, reason: str, detail: str = "") -> None:
        super().__init__(revision)
        self.revision = revision
        self.reason = reason
        self.detail = detail


class _Blob(NamedTuple):
    mode: str
    object: str
    path: str


@contextmanager
def registry_at(folder: Path, revision: str) -> Iterator[Path | None]:
    """A folder that holds the registry as it stood at a revision; None where there was no registry.

    Where the folder had another name then, it is found by what git says was renamed. Raises `RevisionUnusable`.
    """
    repository = Repository(folder, revision)
    commit = repository.commit()
    blobs = repository.files(commit, repository.prefix()) or repository.files(commit, repository.former(commit))
    if not blobs:
        yield None
        return
    with TemporaryDirectory(prefix="ropa-") as place:
        root = Path(place) / "registry"
        root.mkdir()
        repository.lay(blobs, root)
        yield root


class Repository:
    """The questions put to git about one folder and one revision."""

    def __init__(self, folder: Path, revision: str) -> None:
        self.folder = folder
        self.revision = revision

    def run(self, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """What git does with some arguments, which never hold anything of a user's own but what git resolved."""
        # What git tells its hooks of the repository is relative to another folder than the one that is asked about.
        environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
        environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
        command = ["git", "-C", str(self.folder), "--no-pager", *arguments]
        try:
            return subprocess.run(command, input=given, capture_output=True, check=False, timeout=SECONDS, env=environment)  # noqa: S603 - fixed words; the revision was resolved to an object or stands behind --verify
        except (OSError, subprocess.TimeoutExpired):
            raise RevisionUnusable(self.revision, "no-git") from None

    def said(self, *arguments: str) -> str | None:
        """What git answers on one line; None where it fails."""
        done = self.run(*arguments)
        return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None

    def commit(self) -> str:
        """The commit that the revision names."""
        inside = self.run("rev-parse", "--is-inside-work-tree")
        if inside.returncode != 0 or inside.stdout.strip() != b"true":
            said = inside.stderr.decode("utf-8", "replace").strip()
            refused = said and "not a git repository" not in said
            raise RevisionUnusable(self.revision, "refused" if refused else "no-repository", said.splitlines()[0] if refused else "")
        # What begins with a hyphen would be an option of git's, and with a caret what a range leaves out; git lets no branch be named so.
        named = self.revision.strip() and not self.revision.startswith(("-", "^"))
        commit = self.said("rev-parse", "--verify", "--quiet", f"{self.revision}^{{commit}}") if named else None
        if commit is None:
            raise RevisionUnusable(self.revision, *self._unknown())
        return commit

    def _unknown(self) -> tuple[str, str]:
        start, dots, _ = self.revision.partition("..")
        if dots:
            return "range", start
        if self.said("rev-parse", "--verify", "--quiet", "HEAD") is None:
            return "no-commits", ""
        if self.said("rev-parse", "--is-shallow-repository") == "true":
            return "shallow", ""
        names = (self.said("for-each-ref", "--format=%(refname:short)") or "").splitlines()
        near = get_close_matches(self.revision, names, 1, 0.6)
        return "unknown", near[0] if near else ""

    def prefix(self) -> str:
        """The folder's path in the repository, with a slash at its end; empty for the repository itself."""
        return self.said("rev-parse", "--show-prefix") or ""

    def files(self, commit: str, prefix: str | None) -> list[_Blob]:
        """What a registry is read from below a folder of a commit; nothing where there was no such folder."""
        if prefix is None:
            return []
        done = self.run("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{prefix.rstrip('/')}")
        if done.returncode != 0:
            return []
        found = []
        for line in os.fsdecode(done.stdout).split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, _, object_ = about.split()
            if (mode in _FILES and path.lower().endswith(_ENDINGS)) or mode == _LINK:
                found.append(_Blob(mode, object_, path))
        return found

    def former(self, commit: str) -> str | None:
        """Where the registry lay, if its files were renamed since: the folder that most of them came from."""
        here = self.prefix()
        done = self.run("diff", "--no-ext-diff", "--name-status", "-z", "--find-renames", "--diff-filter=R", commit)
        if done.returncode != 0:
            return None
        words = os.fsdecode(done.stdout).split("\0")
        folders: Counter[str] = Counter()
        for old, new in zip(words[1::3], words[2::3], strict=False):
            name = new.removeprefix(here)
            if new.startswith(here) and f"/{old}".endswith(f"/{name}"):
                folders[old.removesuffix(name)] += 1
        return max(sorted(folders), key=folders.__getitem__) if folders else None

    def lay(self, blobs: list[_Blob], root: Path) -> None:
        """Writes the files below a folder: links last, so that nothing is written through one."""
        contents = self._contents([blob.object for blob in blobs])
        for blob, content in sorted(zip(blobs, contents, strict=True), key=lambda one: one[0].mode == _LINK):
            parts = PurePosixPath(blob.path).parts
            if ".." in parts or blob.path.startswith("/"):
                continue  # no tree that git itself wrote has such a path
            path = root.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            if blob.mode == _LINK:
                path.symlink_to(os.fsdecode(content))
            else:
                path.write_bytes(content)

    def _contents(self, objects: list[str]) -> list[bytes]:
        """The contents of objects, in their order (the format of ``git cat-file --batch``)."""
        out = self.run("cat-file", "--batch", given="".join(f"{name}\n" for name in objects).encode()).stdout
        contents, at = [], 0
        for name in objects:
            end = out.find(b"\n", at)
            head = out[at:end].split()
            if end < 0 or len(head) != 3:
                raise RevisionUnusable(self.revision, "refused", f"git has not the object {name}")
            size = int(head[2])
            contents.append(out[end + 1 : end + 1 + size])
            at = end + 1 + size + 1
        return contents

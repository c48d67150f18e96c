"""Which lines a change touches: between the commit that it began from and the one that is checked out, as git tells it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ropa.source.revision import Repository

_HUNK: Final = re.compile(r"@@ -\d+(?:,(?P<gone>\d+))? \+(?P<first>\d+)(?:,(?P<new>\d+))? @@")
_OPTIONS: Final = (
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--unified=0",
    "--inter-hunk-context=0",
    "--diff-algorithm=myers",
    # A host may see a renamed file where git's own default sees a new one, and then shows few of its lines.
    "--find-renames=40%",
    "-l0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)
_PATHS: Final = (":(top,icase)*.yaml", ":(top,icase)*.yml")
"""In the whole repository, for the registry may have been moved."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The commit that is checked out, and the lines (from 1) that are new in it, by path from the repository's root."""

    commit: str
    lines: Mapping[str, frozenset[int]]

    def has(self, path: str, first: int, last: int) -> bool:
        """Whether a change touches each of these lines."""
        lines = self.lines.get(path, frozenset())
        return all(number in lines for number in range(first, last + 1))


def touched(folder: Path, revision: str) -> Touched:
    """What was changed in a folder's repository since a branch began from a revision (their merge base).

    Files that differ from what is committed are left out: their lines have other numbers there. So is all where the two have no
    commit in common. Raises `RevisionUnusable`.
    """
    repository = Repository(folder, revision)
    since = repository.commit()
    commit = repository.said("rev-parse", "HEAD") or ""
    base = repository.said("merge-base", since, "HEAD")
    if base is None:
        return Touched(commit, {})
    text = os.fsdecode(repository.run("-c", "core.quotepath=false", "diff", *_OPTIONS, base, "HEAD", "--", *_PATHS).stdout)
    changed = os.fsdecode(
        repository.run("diff", "--name-only", "--no-ext-diff", "--no-relative", "-z", "HEAD", "--", *_PATHS).stdout
    ).split("\0")
    return Touched(commit, {path: lines for path, lines in _files(text.split("\n")) if path not in changed})


def _files(lines: Sequence[str]) -> Iterator[tuple[str, frozenset[int]]]:
    """The new lines of each file of a diff without context. A path that git has to quote is left out."""
    path, new, at = "", set[int](), 0
    while at < len(lines):
        line = lines[at]
        hunk = _HUNK.match(line)
        if line.startswith("+++ "):
            yield from _file(path, new)
            path, new = line.removeprefix("+++ b/").removesuffix("\t") if line.startswith("+++ b/") else "", set()
        elif hunk is not None:
            first, count, gone = int(hunk["first"]), int(hunk["new"] or 1), int(hunk["gone"] or 1)
            new.update(range(first, first + count))
            at += gone + count  # what stands in a file may look like a line of the diff
        at += 1
    yield from _file(path, new)


def _file(path: str, new: set[int]) -> Iterator[tuple[str, frozenset[int]]]:
    if path and new:
        yield path, frozenset(new)

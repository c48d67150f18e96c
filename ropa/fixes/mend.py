"""All fixes of a registry, round after round: a misspelt key that is put right shows what was hidden below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from ropa.checking import Checked
from ropa.fixes.apply import applied, compatible
from ropa.fixes.find import Found, fixes_of, language_of
from ropa.fixes.looked import Looked, look
from ropa.source.files import Document

ROUNDS: Final = 32
"""More rounds than levels that hide each other in any file; the end of them is no error, for a second run goes on."""


@dataclass(slots=True)
class Mended:
    """What was put right: the finding's rule and its fix, by file and round. The edits of a round fit the text after the round before."""

    files: dict[str, list[list[Found]]] = field(default_factory=dict)

    def count(self) -> int:
        """How many findings were put right."""
        return sum(len(found) for rounds in self.files.values() for found in rounds)


def mend(checked: Checked, wants: Callable[[str, str], bool], known: Collection[str] = ()) -> Mended:
    """Fixes what a check found until nothing more can be. `wants` says whether a rule's findings in a file are to be fixed.

    What is accepted stays, and so do findings whose identity is `known`. Nothing is written: `mended_text` puts the outcome
    into a file's text.
    """
    documents, language = dict(checked.documents), language_of(checked)
    left = {*known, *(finding.identity for finding in checked.accepted())}
    mended = Mended()
    for _ in range(ROUNDS):
        changed = False
        for file in look(documents, language):
            found = [
                one for one in fixes_of(file, checked.language) if wants(one.rule, file.document.file) and one.fix.identity not in left
            ]
            together = _together(file, found)
            if together:
                documents[file.document.record] = _after(file, together).document
                mended.files.setdefault(file.document.file, []).append(together)
                changed = True
        if not changed:
            break
    return mended


def mended_text(text: str, rounds: Iterable[Iterable[Found]]) -> str:
    """A file's text after the rounds of its fixes."""
    for found in rounds:
        text = applied(text, (edit for one in found for edit in one.fix.edits))
    return text


def _together(file: Looked, found: Iterable[Found]) -> list[Found]:
    """The fixes that can be applied at once: those that do not overlap, and do no harm together (two keys that become the same)."""
    one_by_identity = {one.fix.identity: one for one in found}
    return _harmless(file, [one_by_identity[fix.identity] for fix in compatible(one.fix for one in one_by_identity.values())])


def _harmless(file: Looked, found: list[Found]) -> list[Found]:
    if len(found) < 2 or not _problems(_after(file, found).document) - _problems(file.document):
        return found
    middle = len(found) // 2
    first, second = _harmless(file, found[:middle]), _harmless(file, found[middle:])
    return first if _problems(_after(file, first + second).document) - _problems(file.document) else first + second


def _after(file: Looked, found: Iterable[Found]) -> Looked:
    return file.with_text(mended_text(file.document.text, [found]))


def _problems(document: Document) -> Counter[tuple[str, str]]:
    return Counter((problem.name, problem.variant) for problem in document.problems)

"""A registry as an editor has it: the files on disk, and over them the texts that are not saved yet.

Every file is read and checked by itself once for each text it has; what the rules say is found by a check of the whole, which may run
in another thread. What stands here is replaced, never changed, so that such a check sees the registry of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ropa.accept.raised import raised
from ropa.checking import Checked, check_loaded, file_findings
from ropa.findings.catalogue import texts_language
from ropa.findings.finding import Finding
from ropa.findings.present import Presenter
from ropa.lsp.cursor import shortened
from ropa.lsp.declared import Collector, Declared
from ropa.lsp.positions import Positions
from ropa.lsp.preferences import Preferences
from ropa.model.load import load
from ropa.schema.check import CheckedFile, check_file
from ropa.schema.names import Names
from ropa.source.files import Document, Kind, read_file, unsaved, yaml_files
from ropa.source.locate import Locator

ROOT: Final = "organisation.yaml"


@dataclass(frozen=True, slots=True)
class _OnDisk:
    stamp: tuple[int, ...]
    document: Document


@dataclass(frozen=True, slots=True)
class Buffer:
    """A file that is open in the editor: its text as the client has it, its version there, and what was read from it."""

    text: str
    version: int | None
    document: Document


class _Memory:
    """What was found in each file, kept for as long as the file and the names of the registry stay as they are."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Document, CheckedFile]] = {}
        self._names: Names | None = None
        self._language = ""

    def __call__(self, documents: Sequence[Document], names: Names, language: str) -> list[CheckedFile]:
        """Checks files against their schema (`ropa.model.load.Checker`)."""
        same = self._names is not None and self._names.kinds == names.kinds and self._language == language
        before = self._known if same else {}
        now = {document.record: (document, _checked_file(before, document, names, language)) for document in documents}
        self._known, self._names, self._language = now, names, language
        return [checked for _, checked in now.values()]


def _checked_file(known: Mapping[str, tuple[Document, CheckedFile]], document: Document, names: Names, language: str) -> CheckedFile:
    before = known.get(document.record)
    return before[1] if before is not None and before[0] is document else check_file(document, names, language)


class OpenRegistry:
    """One registry of the workspace. Files are named by their paths in it, with `/` between folders; `encoding` is that of positions."""

    def __init__(self, folder: Path, encoding: str = "utf-16") -> None:
        self.folder = folder
        self.encoding = encoding
        self.buffers: dict[str, Buffer] = {}
        self.checked: Checked | None = None
        self._disk: dict[str, _OnDisk] = {}
        self._read_well: dict[str, Document] = {}
        self._memory = _Memory()
        self._positions: dict[str, tuple[Document | None, Positions]] = {}
        self._locators: dict[str, tuple[Document, Locator]] = {}
        self._readable, self._present = Collector(), Collector()
        self._old: dict[str, tuple[Document, frozenset[str]]] = {}
        self._by_file: dict[str, list[Finding]] = {}

    # --- texts -------------------------------------------------------------------------------------------------------------

    def write(self, name: str, text: str, version: int | None) -> None:
        """Takes the text that a file has in the editor. One that says nothing new is the document that was read before."""
        before = self.buffers.get(name)
        document = before.document if before is not None and before.text == text else unsaved(name, text.removeprefix("\ufeff"))
        self.buffers = {**self.buffers, name: Buffer(text, version, document)}
        self._remember(document)

    def close(self, name: str) -> None:
        """Forgets what the editor had of a file: now the disk counts."""
        self.buffers = {other: buffer for other, buffer in self.buffers.items() if other != name}

    def refresh(self) -> None:
        """Reads the files that are new or have changed on disk, and forgets those that are gone."""
        now: dict[str, _OnDisk] = {}
        for name, kind in self._listed():
            stamp, before = _stamp(self.folder / name), self._disk.get(name)
            now[name] = before if before is not None and before.stamp == stamp else _OnDisk(stamp, read_file(self.folder, name, kind))
        self._disk = now
        for found in now.values():
            self._remember(found.document)

    def _listed(self) -> list[tuple[str, Kind]]:
        try:
            return sorted(yaml_files(self.folder))
        except OSError:
            return []

    def _remember(self, document: Document) -> None:
        if document.data is not None:
            self._read_well[document.file] = document

    def documents(self) -> list[Document]:
        """Every file as it stands now, in the order of their names."""
        found = {name: on_disk.document for name, on_disk in self._disk.items()}
        found.update((name, buffer.document) for name, buffer in self.buffers.items())
        return [found[name] for name in sorted(found)]

    def document(self, name: str) -> Document | None:
        """One file as it stands now."""
        if name in self.buffers:
            return self.buffers[name].document
        return self._disk[name].document if name in self._disk else None

    def positions(self, name: str) -> Positions:
        """The places of a file's text as the client has it."""
        document = self.document(name)
        known = self._positions.get(name)
        if known is None or known[0] is not document:
            buffer = self.buffers.get(name)
            read = document.text if document is not None else ""
            written = document.written if document is not None and document.written is not None else read
            known = (document, Positions(buffer.text if buffer is not None else written, self.encoding, read))
            self._positions[name] = known
        return known[1]

    def readable(self, name: str) -> Document | None:
        """A file as it stands now, or as it was when it could last be read: while it is written it often cannot."""
        document = self.document(name)
        return document if document is None or document.data is not None else self._read_well.get(name, document)

    def mended(self, name: str, offset: int) -> Document:
        """A file as far as it can be read: without the line that is being written, where that is what is wrong, else as it was before."""
        document = self.document(name)
        assert document is not None, "only asked of files that are there"
        if document.data is None:
            text = self.positions(name).read
            start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
            rest = text[end:] if end >= 0 else ""
            tries = (unsaved(name, f"{text[:start]}{line}{rest}") for line in shortened(text[start:offset]))
            self._remember(next((each for each in tries if each.data is not None), document))
        return self.readable(name) or document

    def locator(self, document: Document) -> Locator:
        """What finds places in a file; it is kept, because reading with positions takes its time."""
        known = self._locators.get(document.record)
        if known is None or known[0] is not document:
            known = (document, Locator(document.text))
            self._locators[document.record] = known
        return known[1]

    # --- what may be named -------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language of messages and explanations."""
        return self.checked.language if self.checked is not None else texts_language(self.vocabulary().language)

    def vocabulary(self) -> Declared:
        """The names of the registry; those of a file that cannot be read are the ones it had."""
        return self._readable.of([readable for each in self.documents() if (readable := self.readable(each.file)) is not None])

    def names(self) -> Declared:
        """The names of the registry as a check sees them: of a file that cannot be read none are known."""
        return self._present.of([each for each in self.documents() if not any(one.name == "file-unknown" for one in each.problems)])

    # --- findings ----------------------------------------------------------------------------------------------------------

    def check(self, preferences: Preferences) -> Checked:
        """Checks the whole registry as it stands now."""
        self.refresh()
        documents = self.documents()
        loaded = load(documents, self._memory)
        wanted = preferences.chosen
        checked = check_loaded(loaded, documents, self.folder, preferences.today, preferences.language, wanted, self.locator)
        checked.findings = raised(checked.findings, preferences.severities)
        return checked

    def settle(self, checked: Checked) -> None:
        """Takes the outcome of a check, which `findings_of` adds to from then on."""
        self.checked = checked
        self._old = {}
        self._by_file = {}
        for finding in checked.findings:
            self._by_file.setdefault(finding.place.file, []).append(finding)

    def files_with_findings(self) -> set[str]:
        """The files of which the last check found something."""
        return set(self._by_file)

    def findings_of(self, name: str, preferences: Preferences) -> list[Finding]:
        """The findings of one file: what is wrong with its form now, and what the rules said of it last, where that stands now."""
        document, checked = self.document(name), self.checked
        last = self._by_file.get(name, [])
        if document is None or checked is None or checked.documents.get(document.record) is document:
            return last
        accepted = {finding.identity: finding.accepted for finding in last}
        now = [
            replace(finding, accepted=accepted.get(finding.identity))
            for finding in self._of_file(document, checked)
            if preferences.chosen(finding.name)
        ]
        old = self._found_by_itself(document.record, checked)
        moved = [self._moved(finding, document) for finding in last if finding.identity not in old] if document.data is not None else []
        found = {finding.identity: finding for finding in (*moved, *raised(now, preferences.severities))}
        return sorted(found.values(), key=lambda one: (one.place.line, one.place.column, one.code, one.address))

    def _found_by_itself(self, record: str, checked: Checked) -> frozenset[str]:
        """The identities of what was wrong with a file by itself at the last check: of these, only what is so now counts."""
        before = checked.documents.get(record)
        if before is None:
            return frozenset()
        known = self._old.get(record)
        if known is None or known[0] is not before:
            known = (before, frozenset(finding.identity for finding in self._of_file(before, checked)))
            self._old[record] = known
        return known[1]

    def _of_file(self, document: Document, checked: Checked) -> Iterator[Finding]:
        known = self.names()
        faults = [] if document.data is None else check_file(document, known.names, known.language).faults
        return file_findings(document, faults, checked.context, self._presenter(document, checked))

    def _moved(self, finding: Finding, document: Document) -> Finding:
        """A finding where its address stands in the text of now."""
        checked = self.checked
        assert checked is not None
        return replace(finding, place=self._presenter(document, checked).place(finding.address))

    def _presenter(self, document: Document, checked: Checked) -> Presenter:
        documents: Mapping[str, Document] = {**checked.documents, document.record: document}
        return Presenter(checked.registry, documents, checked.language, self.locator)


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when a file is written; empty for one that cannot be asked."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)

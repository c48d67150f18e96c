"""One check from end to end: files in, findings out. Pure but for reading the folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from ropa.accept.acceptances import accept
from ropa.context.context import Context
from ropa.findings.catalogue import entries, texts_language
from ropa.findings.finding import RANK, Breach, Finding, Severity
from ropa.findings.present import Presenter, locator_of
from ropa.flows.reach import reach
from ropa.model.load import Loaded, load
from ropa.model.registry import Registry
from ropa.rules import RULES
from ropa.rules.engine import name_of, run
from ropa.rules.formal import FORMAL, dpo_missing
from ropa.schema.faults import Fault
from ropa.source.address import address
from ropa.source.files import Document, read_registry
from ropa.source.locate import Locator


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something the registry answers with ``unknown`` or a placeholder: where, and in whose words."""

    address: str
    file: str
    line: int
    words: str


@dataclass
class Checked:
    """The outcome of a check. `findings` hold the accepted ones too, in order of file, line and code."""

    folder: Path
    registry: Registry
    context: Context
    findings: list[Finding]
    questions: list[OpenQuestion]
    files: int
    rules: int
    today: date | None
    language: str
    documents: dict[str, Document] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each file that was read, by its path in the registry."""
        return {document.file: document.text for document in self.documents.values()}

    def counting(self) -> list[Finding]:
        """The findings that are not accepted."""
        return [finding for finding in self.findings if finding.counts()]

    def count(self, severity: str) -> int:
        """How many findings of a severity count."""
        return sum(1 for finding in self.findings if finding.counts() and finding.severity == severity)

    def accepted(self) -> list[Finding]:
        """The accepted findings."""
        return [finding for finding in self.findings if not finding.counts()]

    def formal_errors(self) -> list[Finding]:
        """Errors of the files themselves, with which nothing can be built. An accepted placeholder is none."""
        return [finding for finding in self.counting() if finding.severity == "error" and entries()[finding.name].formal]


def check(folder: Path, today: date | None, language: str | None = None, chosen: Callable[[str], bool] | None = None) -> Checked:
    """Reads and checks the registry in a folder; see `check_documents`. Raises `RegistryUnusable`."""
    return check_documents(read_registry(folder), folder, today, language, chosen)


def check_documents(
    documents: Sequence[Document],
    folder: Path,
    today: date | None,
    language: str | None = None,
    chosen: Callable[[str], bool] | None = None,
) -> Checked:
    """Checks a registry whose files are read already, from a folder or elsewhere; `folder` is what its paths are shown under.

    `today` is the day at which dates are judged (None: no date is judged); `language` that of the messages, by
    default the registry's; `chosen` says whether a rule's findings are wanted.
    """
    return check_loaded(load(documents), documents, folder, today, language, chosen)


def check_loaded(
    loaded: Loaded,
    documents: Sequence[Document],
    folder: Path,
    today: date | None,
    language: str | None = None,
    chosen: Callable[[str], bool] | None = None,
    locators: Callable[[Document], Locator] = locator_of,
) -> Checked:
    """Checks a registry whose records are built already from these documents; see `check_documents` and `Presenter.locators`."""
    wants = chosen or _everything
    registry = loaded.registry
    language = texts_language(language or registry.language)
    context = Context(registry, reach(registry), today)
    presenter = Presenter(registry, loaded.documents, language, locators)
    findings = list(_findings(documents, loaded, context, presenter))
    wanted = [finding for finding in findings if wants(finding.name)]
    judged = {name_of(rule) for rule in RULES if wants(name_of(rule))} | ({"placeholder"} if wants("placeholder") else set())
    marked, breaches = accept(wanted, registry, today, judged)
    marked.extend(presenter.finding(breach) for breach in breaches if wants(breach.rule))
    marked.sort(key=lambda f: (f.place.file, f.place.line, f.place.column, f.code, f.address))
    return Checked(
        folder,
        registry,
        context,
        _without_twins(marked),
        _questions(registry, presenter, findings),
        len(documents),
        len(RULES),
        today,
        language,
        loaded.documents,
    )


def _everything(_: str) -> bool:
    return True


def _findings(documents: Sequence[Document], loaded: Loaded, context: Context, presenter: Presenter) -> Iterator[Finding]:
    for document in documents:
        for problem in document.problems:
            yield presenter.problem(document, problem)
    for breach in _formal_breaches(documents, loaded, context):
        yield presenter.finding(breach)
    for breach in run(RULES, context):
        yield presenter.finding(breach)


def _formal_breaches(documents: Sequence[Document], loaded: Loaded, context: Context) -> Iterator[Breach]:
    for record, fault in loaded.faults:
        if not _excused(record, fault, context):
            yield breach_of(record, fault)
    if not any(document.record == "organisation" for document in documents):
        yield Breach("organisation-missing", "organisation", "missing")
    yield from run(FORMAL, context)
    yield from _unused_parties(loaded)


def breach_of(record: str, fault: Fault) -> Breach:
    """The breach that a fault of a file is."""
    severity: Severity | None = "warning" if fault.variant == "hash" else None
    at = address(record, fault.path)
    return Breach(fault.name, at, fault.variant, fault.params, severity, value=fault.value, at_key=fault.at_key)


def file_findings(document: Document, faults: Iterable[Fault], context: Context, presenter: Presenter) -> Iterator[Finding]:
    """What is wrong with one file by itself: as YAML, and in its form. `context` is that of the registry, of now or a little before."""
    for problem in document.problems:
        yield presenter.problem(document, problem)
    for fault in faults:
        if not _excused(document.record, fault, context):
            yield presenter.finding(breach_of(document.record, fault))


def _excused(record: str, fault: Fault, context: Context) -> bool:
    """Whether a key is left out that need not be: an officer, where the rules ask for none or ask for it themselves."""
    return fault.name == "key-missing" and record == "organisation" and fault.path == ("dpo",) and not dpo_missing(context)


def _unused_parties(loaded: Loaded) -> Iterator[Breach]:
    """Parties that nothing refers to (`party-unused`). Where a file cannot be read it may be the one that does: then nothing is said."""
    if loaded.registry.unreadable:
        return
    for name in sorted(set(loaded.registry.parties) - loaded.used_parties):
        yield Breach("party-unused", f"parties/{name}", "unused", value=name)


def _without_twins(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: two ways to the same breach (a named rule used twice) are one."""
    seen: set[str] = set()
    result = []
    for finding in findings:
        if finding.identity not in seen:
            seen.add(finding.identity)
            result.append(finding)
    return result


def _questions(registry: Registry, presenter: Presenter, findings: Sequence[Finding]) -> list[OpenQuestion]:
    questions = []
    for at, words in registry.unknown.items():
        place = presenter.place(at)
        questions.append(OpenQuestion(at, place.file, place.line, words))
    questions.extend(OpenQuestion(f.address, f.place.file, f.place.line, f.message) for f in findings if f.name == "placeholder")
    return sorted(questions, key=lambda question: (question.file, question.line, question.address))


def fails(findings: Collection[Finding], fail_on: str) -> bool:
    """Whether any counting finding is at or above a severity; ``never`` fails on nothing."""
    return fail_on != "never" and any(finding.counts() and RANK[finding.severity] >= RANK[fail_on] for finding in findings)

"""Everything that a build writes, as values: which documents, in which languages, and the manifest. Touches no disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ropa.checking import Checked
from ropa.law import store
from ropa.publish.output import Output, Stamp
from ropa.source.files import Document
from ropa.source.write import json_text

PARTS: Final = ("notice", "cookies", "record", "graph", "evidence", "index")
FOLDERS: Final = {
    "notice": "public/notice/",
    "cookies": "public/cookies/",
    "record": "internal/record/",
    "graph": "internal/graph/",
    "evidence": "internal/evidence/",
    "index": "internal/index.html",
}
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build: the parts, the languages, and whether drafts of public documents are wanted in spite of errors."""

    parts: tuple[str, ...] = PARTS
    languages: tuple[str, ...] = ()
    draft: bool = False


def revision(documents: Iterable[Document]) -> str:
    """The registry's revision: the SHA-256 over its files' names and contents, in the order of the names."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda d: d.file):
        digest.update(f"{document.file}\0{len(document.text.encode())}\0".encode())
        digest.update(document.text.encode())
    return digest.hexdigest()


def stamp(checked: Checked, plan: Plan) -> Stamp:
    """What every document says of itself."""
    return Stamp(
        as_of=checked.today,
        draft=plan.draft or checked.registry.is_draft(),
        revision=revision(checked.documents.values()),
        errors=checked.count("error"),
        warnings=checked.count("warning"),
        questions=len(checked.questions),
    )


def parts_allowed(checked: Checked, plan: Plan) -> tuple[str, ...]:
    """The parts that may be written: none with formal errors; with other errors no public document, unless it is a draft."""
    if checked.formal_errors():
        return ()
    if checked.count("error") and not (plan.draft or checked.registry.is_draft()):
        return tuple(part for part in plan.parts if part not in ("notice", "cookies"))
    return plan.parts


def outputs(checked: Checked, plan: Plan) -> list[Output]:
    """Every file of a build but the manifest, sorted by path."""
    allowed = parts_allowed(checked, plan)
    found = list(_documents(checked, allowed, plan.languages, stamp(checked, plan)))
    return sorted(found, key=lambda output: output.path)


def _documents(checked: Checked, parts: Sequence[str], chosen: Sequence[str], stamped: Stamp) -> Iterator[Output]:
    from ropa.publish import cookies, notice
    from ropa.publish.drawing import outputs as drawing
    from ropa.publish.evidence import outputs as evidence
    from ropa.publish.record import outputs as record
    from ropa.publish.record.accepted import AcceptedFindings
    from ropa.publish.site import outputs as site

    context = checked.context
    accepted = AcceptedFindings(checked.accepted(), checked.language)
    written: list[Output] = []
    if "notice" in parts:
        for language in chosen or notice.languages(context):
            written.extend(notice.outputs(context, language, stamped))
    for language in chosen or checked.registry.languages:
        if "cookies" in parts:
            written.extend(cookies.outputs(context, language, stamped))
        if "record" in parts:
            written.extend(record.outputs(context, language, stamped, accepted))
        if "evidence" in parts:
            written.extend(evidence.outputs(checked, language, stamped))
    if "record" in parts:
        written.extend(record.sheet_outputs(context, stamped, accepted))
    if "graph" in parts:
        written.extend(drawing.outputs(context, checked.registry.language))
    yield from {output.path: output for output in written}.values()
    if "index" in parts:
        yield from site.outputs(checked, stamped, [output.path for output in written])


def manifest(checked: Checked, plan: Plan, files: dict[str, str]) -> Output:
    """The manifest: every file with its SHA-256, the registry's revision, the day, and the law's as-of date."""
    said = stamp(checked, plan)
    content = {
        "version": 1,
        "registry": {"revision": said.revision, "as_of": said.as_of.isoformat() if said.as_of else None, "draft": said.draft},
        "law": {"as_of": store.as_of().isoformat()},
        "files": dict(sorted(files.items())),
    }
    return Output.text(MANIFEST, json_text(content))


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def belongs_to(path: str, parts: Sequence[str]) -> bool:
    """Whether a file of an earlier build belongs to one of the parts."""
    return any(path.startswith(FOLDERS[part]) for part in parts)

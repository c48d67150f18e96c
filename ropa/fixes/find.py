"""The fixes of formal findings: found from the faults of a file, and offered only after they were tried on its text.

What a fix may do: write the same fact in the format's own form. It never writes a fact of its own, and no finding of the law has one
but the id that names no party, where it can only be a misspelt one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ropa.checking import Checked
from ropa.findings.catalogue import entries
from ropa.fixes import lines
from ropa.fixes.apply import applied
from ropa.fixes.edits import Edit, Fix
from ropa.fixes.looked import NO_PARTY, Looked, look
from ropa.fixes.near import exact_country, only_near
from ropa.fixes.titles import title
from ropa.model.load import default_language
from ropa.schema.faults import Fault
from ropa.schema.names import PLACE_LISTS
from ropa.source.address import Path
from ropa.source.nodes import Problem, Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """Edits that may put a finding right. `opens` is the path that they make readable, if any: what is found there was hidden before."""

    edits: tuple[Edit, ...]
    title: str
    opens: Path | None = None
    right: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal with the rule and the identity of its finding."""

    rule: str
    identity: str
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Found:
    """A fix with the name of the finding's rule."""

    rule: str
    fix: Fix


def fixes(checked: Checked) -> dict[str, Fix]:
    """The fixes of a check's findings, by the identity of the finding. Each was tried: its finding goes, and no other comes.

    Lines and columns are those of the texts that were checked (`Checked.texts`); edits of one fix lie in one file.
    """
    wanted = {finding.identity: finding.place.file for finding in checked.counting() if may_be_fixed(finding.name)}
    files = set(wanted.values())
    looked = (file for file in look(checked.documents, language_of(checked)) if file.document.file in files)
    return {one.fix.identity: one.fix for file in looked for one in fixes_of(file, checked.language) if one.fix.identity in wanted}


def may_be_fixed(rule: str) -> bool:
    """Whether what a rule finds can be a matter of form only."""
    return entries()[rule].formal or rule == NO_PARTY


def language_of(checked: Checked) -> str:
    """The registry's default language, in which plain texts stand."""
    return default_language(list(checked.documents.values()))


def fixes_of(file: Looked, language: str) -> Iterator[Found]:
    """The fixes of one file, titled in a language, in the order in which its faults are found."""
    done = set()
    for offer in _that_hold(file, [offer for offer in _offers(file) if not _beside_a_question(file, offer.proposal)]):
        if offer.identity not in done:
            done.add(offer.identity)
            proposal = offer.proposal
            yield Found(offer.rule, Fix(offer.identity, title(proposal.title, language, proposal.right), proposal.edits))


def _offers(file: Looked) -> Iterator[Offer]:
    for problem in file.document.problems:
        for proposal in _OF_PROBLEMS.get((problem.name, problem.variant), _none)(file, problem):
            yield Offer(problem.name, file.problem_identity(problem), proposal)
    for fault in file.faults:
        found = _OF_FAULTS.get(fault.name, _no_fix)(file, fault)
        if found is not None:
            yield Offer(fault.name, file.identity(fault), found)


def _beside_a_question(file: Looked, proposal: Proposal) -> bool:
    """Whether a lone ``?`` on a line may have been read as if it stood in quotation marks: then its columns are not those on disk."""
    return any('"?"' in file.lines[edit.line - 1] for edit in proposal.edits)


# --- trying fixes -------------------------------------------------------------------------------------------------------


def _that_hold(file: Looked, offers: Sequence[Offer]) -> Sequence[Offer]:
    """The fixes that do what they should. All are tried at once, and by halves where one does not: a file may have hundreds."""
    if not offers or _hold(file, offers):
        return offers
    if len(offers) == 1:
        return ()
    middle = len(offers) // 2
    return (*_that_hold(file, offers[:middle]), *_that_hold(file, offers[middle:]))


def _hold(file: Looked, offers: Sequence[Offer]) -> bool:
    """Whether findings go with their fixes, and nothing else is found in the file but what they hid."""
    edits = [edit for offer in offers for edit in offer.proposal.edits]
    try:
        after = file.with_text(applied(file.document.text, edits))
    except ValueError:
        return False  # two ways to the same end
    if any(offer.identity in after.found for offer in offers):
        return False
    if file.document.data is None:
        return after.document.data is not None or _first_line(after) > edits[-1].line
    return after.document.data is not None and not _brought(file, after, [offer.proposal.opens for offer in offers])


def _first_line(file: Looked) -> int:
    """Where a file that cannot be read goes wrong first."""
    return min((problem.span.line for problem in file.document.problems), default=0)


def _brought(before: Looked, after: Looked, opens: Iterable[Path | None]) -> bool:
    """Whether edits brought a finding: one that was not there and does not lie at or below a path that became readable.

    A value that does not fit where an edit puts it shows that something else was meant.
    """
    if any(identity not in before.found for identity in map(after.problem_identity, after.document.problems)):
        return True
    new = [fault for fault in after.faults if after.identity(fault) not in before.found]
    readable = [path for path in opens if path is not None]
    return any(fault.name == "value-invalid" or not any(fault.path[: len(path)] == path for path in readable) for fault in new)


# --- one finding each ---------------------------------------------------------------------------------------------------


def _none(_: Looked, __: Problem) -> Iterator[Proposal]:
    return iter(())


def _no_fix(_: Looked, __: Fault) -> Proposal | None:
    return None


def _quote_line(file: Looked, problem: Problem) -> Iterator[Proposal]:
    """A colon or a sign of YAML's own in a text: between braces its languages, else the whole value in quotation marks."""
    line, column = problem.span.line, problem.span.column
    block = lines.texts_by_language(file.document.file, file.document.text, line, column) if problem.name == "text-cut" else None
    if block is not None:
        yield Proposal((block,), "block")
    edit = lines.quoted_value(file.document.file, file.document.text, line)
    if edit is not None:
        yield Proposal((edit,), "quote")


def _spaces_for_tabs(file: Looked, _: Problem) -> Iterator[Proposal]:
    """Blanks for tabs, where it does not matter how wide a tab was meant."""
    tried = [lines.without_tabs(file.document.file, file.document.text, width) for width in lines.TAB_WIDTHS]
    read = [file.with_text(applied(file.document.text, edits)).document.data for edits in tried]
    if all(edits and data is not None and data == read[0] for edits, data in zip(tried, read, strict=True)):
        yield Proposal(tried[0], "spaces")


def _ordinary_spaces(file: Looked, _: Problem) -> Iterator[Proposal]:
    edits = lines.without_hard_spaces(file.document.file, file.document.text)
    if edits:
        yield Proposal(edits, "spaces")


def _key(file: Looked, fault: Fault) -> Proposal | None:
    """A misspelt key with one near match."""
    known = fault.params.get("known", "").split(", ")
    if fault.variant == "no-break-space":
        right = fault.params["nearest"]
    elif fault.variant == "near":
        right = only_near(fault.path[-1], known) or ""
    else:
        return None
    return _written(file, file.key_span(fault.path), right, (*fault.path[:-1], right)) if right else None


def _code(file: Looked, fault: Fault) -> Proposal | None:
    """A misspelt code or id with one near match, a value or a key."""
    written = fault.value
    if not isinstance(written, str):
        return None
    right = _meant(file, fault, written)
    if right is None:
        return None
    span = file.value_span(fault.path, written)
    if span is not None:
        return _written(file, span, right)
    return _written(file, file.key_span(fault.path), right, (*fault.path[:-1], right)) if fault.path[-1:] == (written,) else None


def _meant(file: Looked, fault: Fault, written: str) -> str | None:
    if fault.params.get("allowed"):
        return only_near(written, fault.params["allowed"].split(", "))
    kind = fault.params.get("kind", "")
    if kind in PLACE_LISTS:
        return exact_country(written)
    return only_near(written, file.own_names.kinds.get(kind) or ())


def _form(file: Looked, fault: Fault) -> Proposal | None:
    """A value that has exactly one reading in the format's form. A day written 3.4.2026 is the third of April, as Norwegians write it."""
    right = fault.params.get("right")
    if right is None:
        return None
    if isinstance(fault.value, list):
        return _written(file, _bracketed(file, fault.path), right)
    shape = file.shape(fault.path)
    if shape is not None and shape.form in ("country", "place") and exact_country(fault.value) is None:
        return None
    return _written(file, file.value_span(fault.path, fault.value), right)


def _bracketed(file: Looked, path: Path) -> Span | None:
    """Where a list of one is written in brackets, on one line and with nothing else in them."""
    node = file.locator.node(path)
    if node is None or not node.flow or node.items is None or len(node.items) != 1:
        return None
    start, item = node.span, node.items[0].span
    behind = re.match(r"[ ]*\]", file.lines[item.end_line - 1][item.end_column - 1 :])
    return Span(start.line, start.column, item.end_line, item.end_column + behind.end()) if behind is not None else None


def _number(file: Looked, fault: Fault) -> Proposal | None:
    """Quotation marks around a number that is text, as it is written: `6.10` stays so."""
    span = file.value_span(fault.path, fault.value)
    source = file.source(span) if span is not None else None
    return _written(file, span, f'"{source}"') if source else None


def _whole_number(file: Looked, fault: Fault) -> Proposal | None:
    """A whole number without the quotation marks around it."""
    number = isinstance(fault.value, str) and fault.value.isascii() and fault.value.isdecimal() and str(int(fault.value)) == fault.value
    return _written(file, file.value_span(fault.path, fault.value), str(fault.value)) if number else None


def _value(file: Looked, fault: Fault) -> Proposal | None:
    """A number in quotation marks; an id in capitals or with an underscore, or with another slip that breaks its form."""
    if fault.variant == "integer":
        return _whole_number(file, fault)
    shape = file.shape(fault.path)
    kind = None if shape is None or fault.at_key else shape.reference or (shape.vocabulary if shape.open else None)
    if fault.variant != "id" or kind is None or not isinstance(fault.value, str):
        return None
    right = only_near(fault.value, file.own_names.kinds.get(kind) or ())
    return _written(file, file.value_span(fault.path, fault.value), right) if right is not None else None


def _cut(file: Looked, fault: Fault) -> Proposal | None:
    """A text cut by a comma between braces, or by a number sign."""
    document = file.document
    if fault.variant == "hash":
        span = file.value_span(_written_path(file, fault), fault.value)
        edit = lines.quoted_with_hash(document.file, document.text, span.line, span.column) if span and span.line == span.end_line else None
        return Proposal((edit,), "quote") if edit is not None else None
    span = file.locator.key_span(fault.path)
    edit = lines.texts_by_language(document.file, document.text, span.line, span.column)
    return Proposal((edit,), "block", fault.path[:-1]) if edit is not None else None


def _written_path(file: Looked, fault: Fault) -> Path:
    """The path as it is written: a plain text stands for one in the default language."""
    return fault.path if file.value_span(fault.path, fault.value) is not None else fault.path[:-1]


def _written(file: Looked, span: Span | None, right: str, opens: Path | None = None) -> Proposal | None:
    """A replacement of what stands at a place on one line."""
    if span is None or file.source(span) is None:
        return None
    edit = Edit(file.document.file, span.line, span.column, span.end_line, span.end_column, right)
    return Proposal((edit,), "quote" if right.startswith('"') else "write", opens, right)


_OF_PROBLEMS: Final[Mapping[tuple[str, str], Callable[[Looked, Problem], Iterator[Proposal]]]] = {
    ("text-cut", "colon"): _quote_line,
    ("yaml-invalid", "character"): _quote_line,
    ("yaml-invalid", "tab"): _spaces_for_tabs,
    ("yaml-invalid", "no-break-space"): _ordinary_spaces,
}
_OF_FAULTS: Final[Mapping[str, Callable[[Looked, Fault], Proposal | None]]] = {
    "key-unknown": _key,
    "code-unknown": _code,
    "reference-unknown": _code,
    NO_PARTY: _code,
    "form-wrong": _form,
    "number-for-text": _number,
    "format-unknown": _whole_number,
    "value-invalid": _value,
    "text-cut": _cut,
}

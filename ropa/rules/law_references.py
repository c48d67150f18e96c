"""Every law reference names something that exists, and the registry's own laws say whose they are. GDPR Arts 5(2), 6(3), 9(2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from ropa.context.context import Context
from ropa.findings.finding import Breach, Severity
from ropa.law.references import Resolved
from ropa.rules.stock_words import is_collective_agreement
from ropa.schema.branches import Branch, places
from ropa.schema.documents import kind_of
from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import Path, address, segment

FOLDERS: Final = ("activities/", "parties/")
SINGLE: Final = ("retention", "consents")
LAW: Final = "law"

DOUBTFUL: Final = frozenset({"ambiguous", "act-not-in-force", "section-repealed"})
"""What may be right all the same: a person must look."""

HAS_NEAREST: Final = frozenset({"act-unknown", "section-unknown", "article-unknown", "paragraph-unknown", "point-unknown"})

OF_THE_REGULATION: Final = frozenset({"article-unknown", "paragraph-unknown", "point-unknown"})

SAID: Final = frozenset({"ok", "own", "no-section"})
"""What is no fault of the reference. A law without a section is left to the rules that ask for one."""


# --- where law references stand ---------------------------------------------------------------------------------------


class LawList(NamedTuple):
    """The law references that stand at one place of a record."""

    record: str
    path: Path
    laws: Sequence[str]


@cache
def _branches(kind: str) -> Branch[str]:
    return _branch(shape_of(kind)) or Branch()


def _branch(shape: Shape) -> Branch[str] | None:
    """The branch below a shape, None where no law stands there."""
    branch = Branch(LAW if shape.items is not None and shape.items.form == LAW else None)
    branch.keys = {name: found for name, child in shape.properties.items() if (found := _branch(child)) is not None}
    branch.rest = _branch(shape.rest) if shape.rest is not None else None
    return branch if branch.leads_somewhere() else None


def law_lists(context: Context) -> Iterator[LawList]:
    """Every list of law references in activities, parties, consents and deletion rules, in the order in which they are written."""
    for record, data in context.registry.long.items():
        if record in SINGLE or record.startswith(FOLDERS):
            for path, _, laws in places(_branches(kind_of(record)), data):
                if type(laws) is list:
                    yield LawList(record, path, laws)


# --- what a rule that asks for a law may know -------------------------------------------------------------------------


def asked_law(context: Context, laws: Sequence[str] | None) -> Literal["missing", "no-section", "said"]:
    """What a rule that asks for a law finds: none, only acts without a section, or one that will do.

    A reference that names no act, or several, will do here: law-reference-unknown speaks of it.
    """
    if not laws:
        return "missing"
    named = [found for law in laws for found in context.resolved(law)]
    if any(found.sections or found.status in ("act-unknown", "ambiguous") for found in named):
        return "said"
    return "no-section"


def cited_acts(context: Context, laws: Sequence[str] | None) -> dict[str, set[str]]:
    """The Norwegian acts and regulations that a list of laws cites, by id, with their sections."""
    found: dict[str, set[str]] = {}
    for law in laws or ():
        for cited in context.resolved(law):
            if cited.act_id is not None:
                found.setdefault(cited.act_id, set()).update(cited.sections)
    return found


def is_good(context: Context, law: str) -> bool:
    """Whether a reference names an act with a section that exists."""
    return any(found.exists and found.sections for found in context.resolved(law))


# --- the rule ---------------------------------------------------------------------------------------------------------


def law_reference_unknown(context: Context) -> Iterator[Breach]:
    """A law that does not exist, is repealed, or is one of several of that name; an own law without country or link."""
    for listed in law_lists(context):
        for law in listed.laws:
            for found in context.resolved(law):
                if found.status not in SAID and not _agreement_beside_a_law(context, law, listed.laws):
                    yield _unknown(found, address(listed.record, (*listed.path, law)), law)
                    break
    for name, own in (context.registry.vocabulary.laws or {}).items():
        for key, value in (("jurisdiction", own.jurisdiction), ("link", own.link)):
            if not value:
                yield Breach("law-reference-unknown", f"vocabulary#laws.{segment(name)}.{key}", f"own-{key}", {"law": name})


def _agreement_beside_a_law(context: Context, law: str, laws: Sequence[str]) -> bool:
    """Whether a reference is a collective agreement that stands beside the law which gives it effect (docs/rules, contractual duty)."""
    return is_collective_agreement(law) and any(is_good(context, other) for other in laws)


def _unknown(found: Resolved, at: str, law: str) -> Breach:
    severity: Severity | None = "warning" if found.status in DOUBTFUL else None
    sign = "§ " if found.status in ("section-unknown", "section-repealed") else ""
    candidates = ", ".join(f"`{sign}{name}`" for name in found.candidates)
    params = {
        "law": law,
        "act": found.short_name or found.name,
        "at_fault": ", ".join(f"`{sign}{name}`" for name in found.at_fault),
        "nearest": candidates,
        "day": found.in_force or "",
    }
    variant: str = "provision-unknown" if found.status in OF_THE_REGULATION else found.status
    if found.status in HAS_NEAREST:
        variant = f"{variant}-near" if candidates else variant
    return Breach("law-reference-unknown", at, variant, params, severity)


LAW_REFERENCES = (law_reference_unknown,)

"""How an element of the information is answered: stated, partly stated, missing, or not applicable and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from ropa.publish.evidence.notice_page import Statement
from ropa.publish.notice.prose import Line

Status = Literal["stated", "partly", "missing", "not-applicable"]
STATUSES: Final[tuple[Status, ...]] = ("stated", "partly", "missing", "not-applicable")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one element: its status, where the notice says something of it, and `why` (the key of a fixed text)."""

    status: Status
    statements: tuple[Statement, ...] = ()
    why: str = ""


def answered(statements: Iterable[Statement], why: str = "") -> Answer:
    """What the statements amount to: all said, some of it said, or nothing but gaps."""
    found = tuple(statements)
    lines = [line for statement in found for line in statement.lines]
    if not lines or all(is_gap(line) for line in lines):
        return Answer("missing", found, why)
    return Answer("partly" if any(has_gap(line) for line in lines) else "stated", found, why)


def not_applicable(why: str, statements: Iterable[Statement] = ()) -> Answer:
    """That an element does not apply, with what the notice says all the same."""
    return Answer("not-applicable", tuple(statements), why)


def has_gap(line: Line) -> bool:
    """Whether something in a line is not known."""
    return any(span.style == "gap" for span in line)


def is_gap(line: Line) -> bool:
    """Whether a line says nothing but that something is not known; what it is about may stand before it in bold type."""
    said = [span for span in line if span.text.strip() and span.style != "strong"]
    return bool(said) and said[0].style == "gap"

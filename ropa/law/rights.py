"""Which rights a person has, computed from the bases in use, GDPR Arts 13 to 22, 77, 79 and 82."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

import msgspec

from ropa.law import store

Status = Literal["full", "cond"]

MARKETING = "objection-marketing"
RESEARCH = "objection-research"
_ALWAYS: Mapping[str, Status] = {"always": "full", "conditional": "cond"}


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """One right that exists here.

    `status` is full, or cond where it exists on the listed `grounds` or `conditions` only; both belong in the notice (GDPR 13(2)(b)).
    `notes` says what the right amounts to on each basis in use; `limited_by` names the provisions that may limit it for these purposes.
    """

    code: str
    nb: str
    nn: str
    en: str
    articles: tuple[str, ...]
    status: Status
    conditions: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    limited_by: tuple[str, ...] = ()
    optional_in_notice: bool = False

    @property
    def given_by(self) -> tuple[str, ...]:
        """The provisions that give the right; those that only say that people must be told of it are left out."""
        return tuple(article for article in self.articles if not article.startswith(("13(", "14(", "19")))

    def label(self, language: str) -> str:
        """Return the right's name in `language`; English for a language that is none of the three."""
        return {"nb": self.nb, "nn": self.nn}.get(language, self.en)


class _Definition(msgspec.Struct, frozen=True):
    article: tuple[str, ...]
    nb: str
    nn: str
    en: str
    default: str
    conditions: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    in_notice: str = "required"


class _Overlay(msgspec.Struct, frozen=True):
    kinds: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    may_limit: tuple[str, ...] = ()
    removes_unless_identified: tuple[str, ...] = ()
    by: str = ""


class _Data(msgspec.Struct, frozen=True):
    rights: dict[str, _Definition]
    matrix: dict[str, dict[str, Any]]
    overlays: dict[str, _Overlay]
    deadlines: dict[str, dict[str, Any]]
    general_limits: tuple[dict[str, str], ...]


@cache
def _data() -> _Data:
    return store.load("rights.json", _Data)


def definitions() -> Mapping[str, Right]:
    """Return every right there is, as it stands before any basis is known."""
    return {code: _right(code, "cond") for code in _data().rights}


def general_limits() -> tuple[str, ...]:
    """Return the provisions that may limit every right, GDPR 11(2) and 23 and the national acts under them."""
    return tuple(limit["article"] for limit in _data().general_limits)


def deadlines() -> Mapping[str, Mapping[str, Any]]:
    """Return the periods and fees of GDPR 12(3) to (6)."""
    return _data().deadlines


def rights_for(
    bases: Iterable[str],
    *,
    explicit_consent: bool = False,
    kinds: Iterable[str] = (),
    automated: bool = False,
    public_task: bool | None = None,
    identified_advertising: bool = True,
    identifiable: bool = True,
) -> tuple[Right, ...]:
    """Return the rights of one group of people, in the order of the data.

    `bases` are the keys under `basis` that cover the group; `explicit_consent` tells whether a data group that these purposes use rests on
    9(2)(a); `kinds` are the purposes' kinds. `public_task` tells whether research is necessary for a task carried out for reasons of public
    interest (21(6)); None derives it: it is where every basis is `public-task`. `identified_advertising` tells whether online advertising
    aims at identified persons. `identifiable` is False where the controller can show that it cannot identify the person (11(2)).
    """
    data = _data()
    chosen, found_kinds = tuple(dict.fromkeys(bases)), frozenset(kinds)
    for_public_task = bool(chosen) and set(chosen) == {"public-task"} if public_task is None else public_task
    status = _by_default() | _by_basis(chosen)
    if explicit_consent:
        status = _stronger(status, _by_explicit_consent(chosen))
    status |= dict.fromkeys(_added(found_kinds, automated, identified_advertising), "full")
    if for_public_task:
        status.pop(RESEARCH, None)
    limits = _limits(found_kinds, identifiable)
    return tuple(
        _right(code, status[code], notes=_notes(code, chosen, explicit_consent), limited_by=limits.get(code, ()))
        for code in data.rights
        if code in status
    )


def _by_default() -> dict[str, Status]:
    """The rights that need no basis to exist."""
    return {code: _ALWAYS[right.default] for code, right in _data().rights.items() if right.default in _ALWAYS}


def _by_basis(bases: tuple[str, ...]) -> dict[str, Status]:
    """What the matrix gives for these bases, the better one where they differ."""
    status: dict[str, Status] = {}
    for basis in bases:
        row = {code: value for code, value in _data().matrix.get(basis, {}).items() if value in ("full", "cond")}
        status = _stronger(status, row)
    return status


def _by_explicit_consent(bases: tuple[str, ...]) -> dict[str, Status]:
    """What explicit consent adds: a right that it does not add on some basis is added only where another basis is in use too."""
    row = _data().matrix["explicit-consent"]
    excluded: dict[str, list[str]] = row["not_with"]
    # 9(2)(a) gives what 6(1)(a) gives: portability on its conditions, withdrawal without any.
    as_consent = _data().matrix["consent"]
    return {code: as_consent[code] for code in row["adds"] if not bases or set(bases) - set(excluded.get(code, ()))}


def _stronger(one: dict[str, Status], other: dict[str, Status]) -> dict[str, Status]:
    """Join two sets of rights; full wins over conditional."""
    full = {code for status in (one, other) for code, value in status.items() if value == "full"}
    return {code: "full" if code in full else "cond" for code in one | other}


def _added(kinds: frozenset[str], automated: bool, identified_advertising: bool) -> list[str]:
    """The rights that a purpose's kind, or an automated decision, adds on any basis."""
    relevant = kinds if identified_advertising else kinds - {"online-advertising"}
    overlays = _data().overlays
    added = [code for overlay in overlays.values() if relevant & set(overlay.kinds) for code in overlay.adds]
    return [*added, *(overlays["automated-decision"].adds if automated else ())]


def _limits(kinds: frozenset[str], identifiable: bool) -> dict[str, tuple[str, ...]]:
    """The provisions that may limit a right here, by right."""
    limits: dict[str, tuple[str, ...]] = {}
    for overlay in _data().overlays.values():
        limited = overlay.may_limit if kinds & set(overlay.kinds) else ()
        if not identifiable:
            limited = (*limited, *overlay.removes_unless_identified)
        for code in limited:
            limits[code] = tuple(dict.fromkeys((*limits.get(code, ()), overlay.by)))
    return limits


def _notes(code: str, bases: tuple[str, ...], explicit_consent: bool) -> tuple[str, ...]:
    """What the matrix says of this right on each basis in use."""
    rows = [*bases, *(["explicit-consent"] if explicit_consent else [])]
    notes = [_data().matrix.get(row, {}).get("notes", {}).get(code) for row in rows]
    return tuple(dict.fromkeys(note for note in notes if note))


def _right(code: str, status: Status, *, notes: tuple[str, ...] = (), limited_by: tuple[str, ...] = ()) -> Right:
    definition = _data().rights[code]
    return Right(
        code=code,
        nb=definition.nb,
        nn=definition.nn,
        en=definition.en,
        articles=definition.article,
        status=status,
        conditions=definition.conditions,
        grounds=definition.grounds,
        not_when=definition.not_when,
        notes=notes,
        limited_by=limited_by,
        optional_in_notice=definition.in_notice == "optional",
    )

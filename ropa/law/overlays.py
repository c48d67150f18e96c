"""What the law of single countries adds to the Regulation, as data: one file a country in ``data/overlays``."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal

import msgspec

from ropa.law import store
from ropa.law.references import OwnLaw
from ropa.law.vocabulary import Words


class DataProtectionAct(msgspec.Struct, frozen=True, kw_only=True):
    """A country's act beside the Regulation: whom it binds beyond those established there, and the section that says so."""

    name: str
    reaches: Literal["establishment", "targeting"]
    law: str | None = None
    verified: str


class DpiaItem(Words, frozen=True, kw_only=True):
    """An item of an authority's list: all `facts` are found, and `criteria` of the nine criteria beside those in `apart_from`."""

    facts: tuple[str, ...]
    criteria: int = 0
    apart_from: tuple[str, ...] = ()


class DpiaList(msgspec.Struct, frozen=True, kw_only=True):
    """The processing that a supervisory authority always wants an impact assessment of, GDPR 35(4)."""

    name: Words
    date: date
    verified: str
    items: Mapping[str, DpiaItem]


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """A country's additions. `acts` are those that a reference may name beside the Norwegian ones; of the age see `countries.child_age`."""

    data_protection_act: DataProtectionAct
    acts: Mapping[str, OwnLaw]
    dpia_list: DpiaList | None = None


@cache
def overlays() -> Mapping[str, Overlay]:
    """Every overlay by its country."""
    return store.load("overlays.json", dict[str, Overlay])


def acts_of(country: str | None) -> Mapping[str, OwnLaw]:
    """The acts that whoever is established in a country may name by their short names."""
    overlay = overlays().get(country or "")
    return {} if overlay is None else overlay.acts


def reaches_targeting(country: str) -> bool:
    """Whether a country's data protection act also binds those outside the EEA who address its people or monitor them."""
    overlay = overlays().get(country)
    return overlay is not None and overlay.data_protection_act.reaches == "targeting"


def dpia_list(country: str | None) -> DpiaList | None:
    """The list of a country's supervisory authority, GDPR 35(4); None where none is known here."""
    overlay = overlays().get(country or "")
    return None if overlay is None else overlay.dpia_list

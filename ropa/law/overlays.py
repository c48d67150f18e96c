"""What the law of single countries adds to the Regulation, as data: one file a country in ``data/overlays``."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from ropa.law import store
from ropa.law.references import OwnLaw


class DataProtectionAct(msgspec.Struct, frozen=True, kw_only=True):
    """A country's act beside the Regulation: whom it binds beyond those established there, and the section that says so."""

    name: str
    reaches: Literal["establishment", "targeting"]
    law: str | None = None
    verified: str


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """A country's additions. `acts` are those that a reference may name beside the Norwegian ones; of the age see `countries.child_age`."""

    data_protection_act: DataProtectionAct
    acts: Mapping[str, OwnLaw]


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

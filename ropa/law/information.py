"""What people must be told: the elements of GDPR Arts 13 and 14 by the provisions that ask for them."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from ropa.law import store

Of = Literal["organisation", "purpose"]


class Element(msgspec.Struct, frozen=True):
    """One element of the information.

    `person` are the points of Art. 13 that ask for it, `elsewhere` those of Art. 14; `also` are other provisions of the Regulation,
    `norway` those of Norwegian acts. `number` is its place in the list of what a notice holds; None for what that list does not have.
    """

    of: Of
    number: int | None = None
    person: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    norway: tuple[str, ...] = ()


class _Data(msgspec.Struct, frozen=True):
    elements: dict[str, Element]


@cache
def _data() -> _Data:
    return store.load("information.json", _Data)


def elements(of: Of) -> Mapping[str, Element]:
    """The elements that are said once of the organisation, or of each purpose, in the order of a notice."""
    return {code: element for code, element in _data().elements.items() if element.of == of}

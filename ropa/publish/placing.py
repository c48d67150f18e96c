"""Where data cannot be placed: recipients of which nobody can say that they keep the data in the EEA.

Notice, record and front page ask here, so that none of them says that nothing leaves the EEA where another says that it is not known.
"""

from __future__ import annotations

from collections.abc import Collection

from ropa.flows.crossings import stored_in
from ropa.flows.edges import Receipt
from ropa.model.registry import Registry

SUPPLIERS = frozenset(
    {
        "it-hosting",
        "it-support",
        "saas",
        "crm",
        "email-delivery",
        "recruitment-platform",
        "payroll-accounting",
        "analytics-provider",
        "advertising-provider",
        "consent-platform",
        "social-network",
    }
)
"""Kinds of recipients that may keep data anywhere: where one stands in place of a name, nobody can say that data stay in the EEA."""


def unnamed_suppliers(receipts: Collection[Receipt]) -> list[str]:
    """The kinds of suppliers that stand in place of a name, each once."""
    kinds = dict.fromkeys(receipt.kind for receipt in receipts if receipt.party is None)
    return [kind for kind in kinds if kind in SUPPLIERS]


def has_unnamed_supplier(receipts: Collection[Receipt]) -> bool:
    """Whether a kind of supplier stands in place of a name."""
    return bool(unnamed_suppliers(receipts))


def unplaced(registry: Registry, receipts: Collection[Receipt]) -> list[str]:
    """The parties that get data and do not say where they keep them."""
    names = dict.fromkeys(receipt.party for receipt in receipts if receipt.party is not None and not receipt.direct_collection)
    return [name for name in names if name in registry.parties and not stored_in(registry.parties[name])]


def are_unplaced(registry: Registry, receipts: Collection[Receipt]) -> bool:
    """Whether some of those who get data keep them nobody knows where."""
    return has_unnamed_supplier(receipts) or bool(unplaced(registry, receipts))

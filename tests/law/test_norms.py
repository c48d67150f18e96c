"""A standard or a contract is no legal obligation; an act with such a word in its name is one."""

from typing import Any

import pytest

from ropa.law import acts, store
from ropa.law.norms import looks_like_norm

NORMS = [
    "ISO 27001",
    "ISO27001",
    "NS-EN ISO 9001",
    "NS 8405",
    "PCI DSS",
    "PCI-DSS",
    "SOC 2",
    "leieavtalen",
    "Tariffavtalen",
    "hovudavtala",
    "databehandleravtale",
    "konsernets policy",
    "informasjonssikkerhetspolicy",
    "kundekontrakten",
    "Normen",
    "Norm for informasjonssikkerhet (Normen)",
    "retningslinjer fra NAV",
    "Code of Conduct",
    "IFRS 9",
    "personalhåndboken",
    "NSMs grunnprinsipper for IKT-sikkerhet",
    "contract with the customer",
    "Group policy on records",
    "bransjenorm for arkiv",
    "kvalitetsrutine",
    "Miljøfyrtårn",
]
ACTS = [
    "bokføringsloven § 13",
    "avtaleloven § 36",
    "finansavtaleloven § 3",
    "GDPR art. 6(1)(c)",
    "SOX § 404",
    "EØS-avtalen art. 7",
    "DPA 2018 s. 31",
    "en lov",
    "the law",
    "Lov om allmenngjøring av tariffavtaler m.v. § 4",
    "Forskrift om nasjonal retningslinje for jordmorutdanning § 1",
    "Trade Agreements Act § 3",
    "BDSG § 26",
    "",
]


@pytest.mark.parametrize("text", NORMS)
def test_norm(text: str) -> None:
    assert looks_like_norm(text)


@pytest.mark.parametrize("text", ACTS)
def test_act(text: str) -> None:
    assert not looks_like_norm(text)


def test_no_statute_is_taken_for_a_norm() -> None:
    every = store.load_source("norwegian-acts.json", dict[str, Any])["acts"]
    taken = {act.short_name for identifier in every if (act := acts.act(identifier)) and looks_like_norm(f"{act.short_name} § 1")}
    assert not {name for name in taken if name.endswith(("loven", "lova", "forskriften", "forskrifta"))}

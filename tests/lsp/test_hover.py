"""What is explained under the pointer."""

import pytest

from ropa.lsp.registry import OpenRegistry
from tests.conftest import registries
from tests.lsp.opened import hovered, opened

ACTIVITY = """\
name: Test 😀 [lenke](https://example.org)
role: controller
subjects: [patient]
purposes:
  hjelpe:
    title: Hjelp <b>nå</b>
    text: Gi deg hjelp
    basis: {legal-obligation: bokføringsloven § 13}
  melde:
    basis:
      legal-obligation:
        law: GDPR art. 33(1)
  feil:
    basis: {legal-obligation: bokføringsloven § 99}
  spørre:
    basis: {consent: bilete-samtykke}
data:
  gruppe:
    categories: [name]
    purposes: [hjelpe]
    article_9: {explicit-consent: bilete-samtykke}
retention: bookkeeping
recipients:
  alarmselskap:
    transfers:
      US: {mechanism: scc-1}
ukjent: verdi
"""


@pytest.fixture(scope="module")
def registry() -> OpenRegistry:
    found = opened(registries()["municipal-health"])
    found.write("activities/test.yaml", ACTIVITY, 1)
    return found


@pytest.mark.parametrize(
    ("mark", "after", "told"),
    [
        ("role", 0, ["**role** · Rolle", "Art. 4", "`role: controller`"]),
        ("controller", 3, ["**controller** · Behandlingsansvarlig"]),
        ("patient", 0, ["**patient** · Pasienter"]),
        ("legal-obligation", 0, ["Rettslig forpliktelse", "artikkel 6 nr. 1 bokstav c", "ROPA251"]),
        ("bokføringsloven § 13", 0, ["Lov om bokføring", "[§ 13](https://lovdata.no/", "ROPA456"]),
        ("bokføringsloven § 13", 18, ["Lov om bokføring"]),
        ("GDPR art. 33", 0, ["artikkel 33 nr. 1", "ROPA651"]),
        ("bokføringsloven § 99", 0, ["Finnes ikke"]),
        ("explicit-consent", 0, ["artikkel 9 nr. 2 bokstav a"]),
        ("bilete-samtykke", 0, ["**bilete-samtykke**", "Samtykke · `consents.yaml`"]),
        ("bookkeeping", 0, ["5 years", "bokføringsloven § 13"]),
        ("alarmselskap", 0, ["Fjellvakt Velferd AS", "Part · `parties/alarmselskap.yaml`"]),
        ("US", 0, ["USA", "Utenfor EØS"]),
        ("scc-1", 0, ["**scc-1**"]),
        ("hjelpe", 0, ["**hjelpe** · Hjelp \\<b\\>nå\\</b\\>", "Formål"]),
        ("[hjelpe]", 1, ["**hjelpe**", "Formål"]),
        ("gruppe", 0, ["**gruppe**", "Datagruppe"]),
        ("Gi deg", 0, []),
        ("ukjent", 0, []),
        ("verdi", 0, []),
    ],
)
def test_what_is_told(registry: OpenRegistry, mark: str, after: int, told: list[str]) -> None:
    page = hovered(registry, "activities/test.yaml", mark, after)
    read = page.replace("\\.", ".").replace("\\-", "-")

    assert bool(page) or not told or mark == "Gi deg"
    assert [part for part in told if part not in read] == []


def test_in_the_language_of_the_registry(registry: OpenRegistry) -> None:
    english = opened(registries()["british-adviser"])
    english.write("activities/test.yaml", ACTIVITY, 1)
    nynorsk = hovered(registry, "activities/test.yaml", "patient")

    assert "Article 33(1)" in hovered(english, "activities/test.yaml", "GDPR art. 33").replace("\\", "")
    assert "Patients" in hovered(english, "activities/test.yaml", "patient")
    assert "Pasient" in nynorsk


def test_nothing_in_a_file_without_a_place(registry: OpenRegistry) -> None:
    registry.write("activites/test.yaml", "role: controller", 1)

    assert hovered(registry, "activites/test.yaml", "role") == ""
    registry.close("activites/test.yaml")

"""What the record holds, by the letters of Art. 30, and what it leaves out."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import CHECKOUT, registries
from tests.publish.record.samples import STAMP, SUPPLIER, pages, sheets, write

Row = dict[str, str]


@pytest.fixture
def supplier(tmp_path: Path) -> Path:
    return write(tmp_path, SUPPLIER)


def rows(content: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_controller_has_a_row_for_each_activity_and_data_group(supplier: Path) -> None:
    found = [(row["Referanse"], row["Gruppe av opplysninger"]) for row in rows(sheets(supplier)["controller.csv"])]

    assert found == [("letters", "addresses"), ("payroll", "money"), ("payroll", "union")]


def test_subjects_and_data_stand_as_pairs_and_marked(supplier: Path) -> None:
    union = rows(sheets(supplier)["controller.csv"])[2]

    assert union["Kategorier av registrerte"] == "Ansatte"
    assert union["Kategorier av personopplysninger"] == "Fagforeningsmedlemskap (særlig kategori)"
    assert union["Artikkel 9 – henvisning til annen lovgivning"] == "arbeidsmiljøloven § 14-15"


def test_erasure_stands_for_each_purpose_where_they_differ(supplier: Path) -> None:
    money = rows(sheets(supplier)["controller.csv"])[1]

    assert money["Planlagte tidsfrister for sletting"] == (
        "Utbetaling: 2 år etter siste kontakt. Slettes\nRegnskap: 5 år etter regnskapsårets slutt. Slettes"
    )
    assert money["Hjemmel for lagringstid"] == "Regnskap: bokføringsloven § 13"


def test_a_gap_is_shown_with_the_officers_words(supplier: Path) -> None:
    letters = rows(sheets(supplier)["controller.csv"])[0]
    page = pages(supplier)["controller.nb.html"]

    assert letters["Planlagte tidsfrister for sletting"] == "Ikke avklart: Spurt leverandøren 24.11., svar ventes 15.12."
    assert "Spurt leverandøren 24.11., svar ventes 15.12." in page
    assert "Nyhetsbrev: Sletting" in page


def test_a_transfer_names_country_recipient_mechanism_and_fallback(supplier: Path) -> None:
    letters = rows(sheets(supplier)["controller.csv"])[0]

    assert letters["Mottakere i tredjestater eller internasjonale organisasjoner"] == "Mailer, Inc.: USA"
    assert letters["Overføring til tredjestat eller internasjonal organisasjon (hvilken)"] == "USA: Mailer, Inc. lagrer opplysninger her"
    assert "EU-U.S. Data Privacy Framework, beslutning (EU) 2023/1795" in letters["Overføringsgrunnlag / garantier ved overføring"]
    assert "Reserve: Standard personvernbestemmelser, modul 3" in letters["Overføringsgrunnlag / garantier ved overføring"]


def test_suppliers_that_may_store_anywhere_are_a_gap_and_never_no_transfer(tmp_path: Path) -> None:
    """Art. 30(1)(e): the record says no more than the notice, which tells both of these as not known."""
    unnamed = (
        SUPPLIER["activities/letters"]
        .replace("recipients: none", "recipients: [it-hosting, host]")
        .replace("        systems: [mailer]\n", "")
    )
    host = {"parties/host": 'name: Vert AS\ncountry: "NO"\nrole: processor\nkind: it-hosting\n'}
    cell = rows(sheets(write(tmp_path, {**SUPPLIER, **host, "activities/letters": unnamed}))["controller.csv"])[0][
        "Overføring til tredjestat eller internasjonal organisasjon (hvilken)"
    ]

    assert "Ikke avklart: Hvor Vert AS lagrer opplysningene" in cell
    assert "Ikke avklart: Hvor leverandørene uten navn lagrer opplysningene" in cell
    assert "Ingen" not in cell


def test_a_compelling_interest_transfer_is_documented(supplier: Path) -> None:
    """Arts 30(1)(e) and 49(6)."""
    money = rows(sheets(supplier)["controller.csv"])[1]["Dokumentasjon på nødvendige garantier (art. 49 nr. 1 annet ledd)"]

    assert money.splitlines() == [
        "Australia, Southern Lab Pty Ltd",
        "Skjer bare én gang eller sjelden: Ja",
        "Gjelder få personer: Ja",
        "Vurdering: tia-au",
        "Nødvendige garantier: Kryptert oversending",
        "Tilsynsmyndigheten underrettet: 4. mai 2026",
        "De registrerte underrettet: 5. mai 2026",
    ]
    assert "Kryptert oversending" in pages(supplier)["controller.nb.html"]


def test_processor_has_a_row_for_each_customer_by_its_alias(supplier: Path) -> None:
    found = sheets(supplier)

    customers = [row["Behandlingsansvarlig vi handler på vegne av: navn og kontaktopplysninger"] for row in rows(found["processor.csv"])]
    assert customers == ["Kunde A\nNorge\npersonvern@kunde-a.example", "Kunde B AS\nNorge\npersonvern@kunde-b.example"]
    everything = b"".join(found.values()).decode("utf-8", "ignore") + "".join(pages(supplier).values())
    assert "Hemmelig Kunde" not in everything


def test_who_acts_for_customers_without_a_known_role_stands_in_the_processors_record(tmp_path: Path) -> None:
    hosting = SUPPLIER["activities/hosting"].replace("role: processor", "role: {unknown: Spør leder for drift}")
    found = sheets(write(tmp_path, SUPPLIER | {"activities/hosting": hosting}))
    assert "hosting" in {row["Referanse"] for row in rows(found["processor.csv"])}
    assert "hosting" not in {row["Referanse"] for row in rows(found["controller.csv"])}


def test_processor_is_kept_only_by_processors(tmp_path: Path) -> None:
    organisation = SUPPLIER["organisation"].replace("acts_as_processor: true", "acts_as_processor: false")
    folder = write(tmp_path, {"organisation": organisation, "activities/plans": SUPPLIER["activities/plans"]})

    assert set(pages(folder)) == {"controller.nb.html"}
    assert set(sheets(folder)) == {"record.xlsx", "controller.csv", "record.json"}


def test_one_who_says_to_be_a_processor_has_an_empty_record_that_says_so(tmp_path: Path) -> None:
    folder = write(tmp_path, {"organisation": SUPPLIER["organisation"]})

    assert "har ingen slik behandling ennå" in pages(folder)["processor.nb.html"]
    assert "Ingen behandlingsaktiviteter er registrert." in pages(folder)["controller.nb.html"]


def test_drafts_are_left_out_and_erased_activities_stand_in_the_appendix(supplier: Path) -> None:
    page, found = pages(supplier)["controller.nb.html"], json.loads(sheets(supplier)["record.json"])

    assert "Planer" not in page
    assert "1 utkast er ikke med" in page
    main, _, appendix = page.partition("Vedlegg: slettede opplysninger")
    assert "Gammel innboks" not in main
    assert "Gammel innboks" in appendix
    assert "31. januar 2026" in appendix
    assert sorted(found["activities"]) == ["hosting", "letters", "payroll"]
    assert sorted(found["deleted"]) == ["old-inbox"]


def test_data_that_are_still_to_be_erased_stay_in_the_main_table(tmp_path: Path) -> None:
    later = SUPPLIER["activities/old-inbox"].replace("2026-01-31", "2027-01-31")
    folder = write(tmp_path, {**SUPPLIER, "activities/old-inbox": later})

    assert "old-inbox" in json.loads(sheets(folder)["record.json"])["activities"]


def test_the_head_says_as_of_when_how_much_and_what_is_open(supplier: Path) -> None:
    page = pages(supplier)["controller.nb.html"]

    for words in ("1. desember 2026", "2 behandlingsaktiviteter", "2 mottakere utenfor EØS", "1 feil, 2 advarsler og 1 spørsmål"):
        assert words in page
    assert "Utkast</span>" not in page


def test_without_a_day_no_date_is_printed_and_a_draft_is_stamped(supplier: Path) -> None:
    stamp = replace(STAMP, as_of=None, draft=True, errors=0, warnings=0, questions=0)
    page = pages(supplier, stamp=stamp)["controller.nb.html"]

    assert "Uten dato" in page
    assert "Utkast</span>" in page
    assert "ingen åpne feil eller advarsler" in page
    assert json.loads(sheets(supplier, stamp)["record.json"])["as_of"] is None


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_columns_follow_article_30(supplier: Path, language: str) -> None:
    page = pages(supplier, language)[f"controller.{language}.html"]
    letters = {"nb": "bokstav {}", "nn": "bokstav {}", "en": "point ({})"}[language]

    places = [page.index(f">{letters.format(letter)}<") for letter in "bcdefg"]
    assert places == sorted(places)


def test_a_text_that_falls_back_is_marked(supplier: Path) -> None:
    page = pages(supplier, "en")["controller.en.html"]

    assert '<span lang="nb">Spurt leverandøren 24.11., svar ventes 15.12.</span>' in page
    assert '<span lang="nb">Få ansatte</span>' in page


def test_artificial_intelligence_and_representatives_are_told(tmp_path: Path) -> None:
    ai = "        ai: {used_for: Skrive emnefelt, develops: false, system: mailer}"
    measures = "        security_measures: {not_possible: Under flytting}"
    files = {**SUPPLIER, "activities/letters": "\n".join([SUPPLIER["activities/letters"].rstrip(), ai, measures])}
    files["organisation"] = SUPPLIER["organisation"].rstrip() + "\n        representative: {name: Nordre AS, country: DK}\n"
    letters = rows(sheets(write(tmp_path, files))["controller.csv"])[0]

    assert letters["Kunstig intelligens"] == "Brukes til: Skrive emnefelt\nGjenbruk til utvikling: Nei\nSystem: Utsending"
    assert letters["Generell beskrivelse av tekniske og organisatoriske sikkerhetstiltak"].endswith("Kan ikke beskrives: Under flytting")
    assert letters["Behandlingsansvarliges representant"] == "Nordre AS\nDanmark"


def test_a_further_purpose_on_the_same_basis_says_so() -> None:
    page = pages(registries()["municipal-health"])["controller.nb.html"]

    assert "Samme grunnlag som «Følge helsen og utviklingen til barnet»" in page


@pytest.mark.parametrize("name", registries())
def test_json_follows_its_schema(name: str) -> None:
    schema = json.loads((CHECKOUT / "schemas" / "output" / "record.schema.json").read_text(encoding="utf-8"))
    found = json.loads(sheets(registries()[name])["record.json"])

    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(found)


def test_json_names_the_terms_of_the_data_privacy_vocabulary(supplier: Path) -> None:
    codes = json.loads(sheets(supplier)["record.json"])["codes"]

    assert codes["data_categories"]["name"] == {"label": "Navn", "dpv": "https://w3id.org/dpv/pd#Name"}
    assert codes["legal_bases"]["consent"]["dpv"] == "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a"
    assert codes["security_measures"]["training"]["dpv"] == "https://w3id.org/dpv#StaffTraining"


@pytest.mark.parametrize("name", registries())
def test_no_cell_is_empty(name: str) -> None:
    found = sheets(registries()[name])
    tables = [rows(content) for file, content in found.items() if file.endswith(".csv")]

    empty = [
        (row["Referanse" if "Referanse" in row else "Reference"], key)
        for table in tables
        for row in table
        for key, cell in row.items()
        if not cell
    ]
    assert not empty


@pytest.mark.parametrize("file", ["controller.csv", "processor.csv", "record.json"])
def test_the_files_are_the_golden_ones(supplier: Path, file: str) -> None:
    assert sheets(supplier)[file] == (CHECKOUT / "tests" / "golden" / "record" / f"supplier.{file}").read_bytes()


@pytest.mark.parametrize("file", ["controller.csv", "record.json"])
def test_the_small_company_gives_the_golden_files(file: str) -> None:
    golden = CHECKOUT / "tests" / "golden" / "record" / f"small-company.{file}"

    assert sheets(registries()["small-company"])[file] == golden.read_bytes()


def test_the_screening_says_what_shows_a_criterion_and_what_answers_it(supplier: Path) -> None:
    payroll = next(row for row in rows(sheets(supplier)["controller.csv"]) if row["Referanse"] == "payroll")

    assert (
        "Særlige kategorier eller svært personlige opplysninger: Lønn, Fagforeningsmedlemskap"
        in payroll["Kriterier for høy risiko (regnet ut)"]
    )
    assert "Sårbare registrerte: Ansatte" in payroll["Kriterier for høy risiko (regnet ut)"]
    assert (
        "Nei: Få ansatte\nTo eller flere kriterier er oppfylt"
        in payroll["Er det gjennomført vurdering av personvernkonsekvenser? Referanse"]
    )


def test_a_missing_assessment_is_said_to_be_missing(tmp_path: Path) -> None:
    changed = {**SUPPLIER, "activities/payroll": SUPPLIER["activities/payroll"].replace("dpia: {not_needed: Få ansatte}", "")}
    assert changed != SUPPLIER
    payroll = next(row for row in rows(sheets(write(tmp_path, changed))["controller.csv"]) if row["Referanse"] == "payroll")

    assert payroll["Er det gjennomført vurdering av personvernkonsekvenser? Referanse"].startswith("Mangler\nTo eller flere kriterier")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("{money: {categories: [name], purposes: [pay], retention: crm}}", ""),
        ("{unknown: Hvilke?}", "\nTrengs, eller må begrunnes, hvis minst 1 av de uavklarte kriteriene blir oppfylt"),
    ],
)
def test_open_criteria_that_would_call_for_an_assessment_are_told(tmp_path: Path, data: str, told: str) -> None:
    before = SUPPLIER["activities/payroll"].partition("data:\n")[0]
    changed = {**SUPPLIER, "activities/payroll": f"{before}data: {data}\n        automated_decision: none\n"}
    payroll = next(row for row in rows(sheets(write(tmp_path, changed))["controller.csv"]) if row["Referanse"] == "payroll")

    answer = payroll["Er det gjennomført vurdering av personvernkonsekvenser? Referanse"]
    assert answer == f"Ikke nødvendig etter det som er oppgitt{told}"

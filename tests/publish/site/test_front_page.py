"""The register's front page: what needs a person, the activities, where the documents are."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ropa.checking import Checked, OpenQuestion, check
from ropa.findings.finding import Accepted, Finding, Place, Severity
from ropa.publish.output import Stamp
from ropa.publish.site.outputs import outputs
from tests.conftest import CHECKOUT, registries
from tests.publish.record.samples import STAMP, SUPPLIER, TODAY, write

WRITTEN = [
    "public/notice/notice.nb.html",
    "public/notice/notice.en.html",
    "public/notice/notice.nb.txt",
    "public/cookies/cookies.json",
    "internal/record/controller.nb.html",
    "internal/record/controller.csv",
    "internal/record/processor.nb.html",
    "internal/record/record.xlsx",
    "internal/graph/flow.svg",
]


def checked_of(folder: Path, today: date | None = TODAY) -> Checked:
    """A registry with no findings but those that a test gives it."""
    return replace(check(folder, today, chosen=lambda _: False), findings=[])


def finding(severity: Severity, message: str, address: str = "activities/letters#retention", accepted: Accepted | None = None) -> Finding:
    place = Place(address, "activities/letters.yaml", 12, 1, 12, 5)
    return Finding("ROPA999", "some-rule", severity, place, message, ("GDPR art. 5(1)(e)",), "retention: …", (), "0" * 16, accepted)


def page(checked: Checked, stamp: Stamp = STAMP, written: list[str] | None = None) -> str:
    (output,) = outputs(checked, stamp, WRITTEN if written is None else written)
    assert output.path == "internal/index.html"
    return output.content.decode("utf-8")


@pytest.fixture
def supplier(tmp_path: Path) -> Checked:
    return checked_of(write(tmp_path, SUPPLIER))


def test_findings_stand_with_word_shape_law_fix_file_and_line_the_gravest_first(supplier: Checked) -> None:
    found = page(
        replace(supplier, findings=[finding("info", "Til info"), finding("warning", "Pass på"), finding("error", "Skriv `retention`")])
    )

    assert found.index("Skriv <code>retention</code>") < found.index("Pass på") < found.index("Til info")
    for words in (
        "Feil</span>",
        "Advarsel</span>",
        "GDPR art. 5(1)(e)",
        "retention: …",
        "activities/letters.yaml, linje 12",
        "ROPA999 some-rule",
    ):
        assert words in found
    assert "Stanser publisering" in found


def test_documents_of_a_draft_are_not_said_to_be_ready_for_the_public(supplier: Checked) -> None:
    assert "Kan publiseres" in page(supplier)
    assert "Utkast, publiseres ikke ennå" not in page(supplier)
    assert "Kan publiseres" not in page(supplier, replace(STAMP, draft=True))
    assert "Utkast, publiseres ikke ennå" in page(supplier, replace(STAMP, draft=True))


def test_where_only_questions_are_left_it_says_so(supplier: Checked) -> None:
    words = "Spørsmålene nedenfor venter på svar"
    asking = replace(supplier, questions=[OpenQuestion("activities/letters#retention", "activities/letters.yaml", 3, "Hvor lenge?")])

    assert words in page(asking)
    assert words not in page(replace(asking, findings=[finding("warning", "Pass på")]))
    assert words not in page(replace(supplier, questions=[]))


def test_nothing_stops_a_draft(supplier: Checked) -> None:
    assert "Stanser publisering" not in page(replace(supplier, findings=[finding("error", "Feil")]), replace(STAMP, draft=True))


def test_accepted_findings_stand_apart_with_reason_role_and_end(supplier: Checked) -> None:
    acceptance = Accepted("later", "Avtalen er til signering", "personvernombud", "2027-03-31")
    found = page(replace(supplier, findings=[finding("error", "Mangler avtale", accepted=acceptance)]))

    assert "<blockquote>Avtalen er til signering</blockquote>" in found
    assert "Godkjent av personvernombud til 31. mars 2027" in found
    assert found.index("Mangler avtale") > found.index(">Aktiviteter<")


def test_open_questions_stand_in_the_officers_words(supplier: Checked) -> None:
    found = page(supplier)

    assert "Spurt leverandøren 24.11., svar ventes 15.12." in found
    assert "Se de åpne spørsmålene (1)" in found
    assert "Ingenting å gjøre" not in found


def test_the_same_question_at_two_places_is_one(tmp_path: Path) -> None:
    asked = SUPPLIER["activities/letters"].replace(
        "automated_decision: none", 'automated_decision: {unknown: "Spurt leverandøren 24.11., svar ventes 15.12."}'
    )
    found = page(checked_of(write(tmp_path, {**SUPPLIER, "activities/letters": asked})))

    assert found.count("Spurt leverandøren 24.11., svar ventes 15.12.") == 1


@pytest.mark.parametrize(
    ("next_review", "words"),
    [
        ("2026-12-31", "om 30 dager"),
        ("2026-12-02", "i morgen"),
        ("2026-12-01", "i dag"),
        ("2026-11-30", "én dag over"),
        ("2026-11-01", "30 dager over"),
        ("2027-01-01", None),
    ],
)
def test_reviews_within_thirty_days_are_told(tmp_path: Path, next_review: str, words: str | None) -> None:
    reviewed = SUPPLIER["activities/letters"].rstrip() + f"\n        review: {{next: {next_review}}}\n"
    found = page(checked_of(write(tmp_path, {**SUPPLIER, "activities/letters": reviewed})))

    assert ("Nyhetsbrev: gjennomgang" in found) is (words is not None)
    assert words is None or words in found


def test_an_acceptance_that_ends_soon_is_told(tmp_path: Path) -> None:
    accepted = "later: {rule: retention-missing, address: activities/letters, because: Snart, by: personvernombud, until: 2026-12-10}"
    found = page(checked_of(write(tmp_path, {**SUPPLIER, "accepted": accepted})))

    assert "later: godkjenningen utløper" in found
    assert "om 9 dager" in found


def test_without_a_day_no_date_is_judged(tmp_path: Path) -> None:
    found = page(checked_of(write(tmp_path, SUPPLIER), None), replace(STAMP, as_of=None))

    assert "ingen dato å regne fra" in found


def test_nothing_to_do_is_said(tmp_path: Path) -> None:
    answered = SUPPLIER["activities/letters"].replace('{unknown: "Spurt leverandøren 24.11., svar ventes 15.12."}', "crm")
    found = page(checked_of(write(tmp_path, {**SUPPLIER, "activities/letters": answered})))

    assert "Ingenting å gjøre." in found


def test_an_empty_register_says_so(tmp_path: Path) -> None:
    found = page(checked_of(write(tmp_path, {"organisation": SUPPLIER["organisation"]})), written=[])

    assert "Registeret har ingen aktiviteter ennå." in found
    assert "Ingen dokumenter er skrevet." in found


def test_activities_tell_basis_people_countries_and_their_worst_finding(supplier: Checked) -> None:
    found = page(replace(supplier, findings=[finding("warning", "Pass på"), finding("error", "Galt", "activities/payroll#purposes")]))
    table = found[found.index("<table") : found.index("</table>")]
    rows = {
        name: row for row in table.split("<tr>")[2:] for name in ("Nyhetsbrev", "Lønn", "Drift for kunder", "Gammel innboks") if name in row
    }

    assert "Samtykke" in rows["Nyhetsbrev"]
    assert "Mottakere av nyhetsbrev" in rows["Nyhetsbrev"]
    assert "tilstrekkelig vern" in rows["Nyhetsbrev"]
    assert "USA" in rows["Nyhetsbrev"]
    assert "Advarsel" in rows["Nyhetsbrev"]
    assert "Feil" in rows["Lønn"]
    assert "Australia" in rows["Lønn"]
    assert "Databehandler" in rows["Drift for kunder"]
    assert "(slettet)" in rows["Gammel innboks"]
    assert "Nei" in rows["Gammel innboks"]


def test_where_a_supplier_is_not_named_the_activity_is_not_said_to_stay_in_the_eea(tmp_path: Path) -> None:
    unnamed = (
        SUPPLIER["activities/letters"].replace("recipients: none", "recipients: [it-hosting]").replace("        systems: [mailer]\n", "")
    )
    found = page(checked_of(write(tmp_path, {**SUPPLIER, "activities/letters": unnamed})))
    row = next(row for row in found.split("<tr>") if "Nyhetsbrev" in row)

    assert '<p class="unclear">Ikke avklart</p>' in row
    assert "Nei" not in row


def test_bases_after_the_first_begin_small(tmp_path: Path) -> None:
    found = page(checked_of(write(tmp_path, SUPPLIER)))
    row = next(row for row in found.split("<tr>") if "Lønn" in row)

    assert "Nødvendig for å oppfylle en avtale, rettslig forpliktelse" in row


def test_documents_are_linked_where_they_are_and_only_those_written(supplier: Checked) -> None:
    found = page(supplier)

    for href in (
        "../public/notice/notice.nb.html",
        "../public/cookies/cookies.json",
        "record/controller.nb.html",
        "record/record.xlsx",
        "graph/flow.svg",
    ):
        assert f'href="{href}"' in found
    assert 'href="record/processor.csv"' not in found
    assert found.index('href="../public/notice/notice.nb.html"') < found.index('href="../public/notice/notice.en.html"')


def test_the_page_is_static_and_loads_nothing(supplier: Checked) -> None:
    found = page(supplier)

    assert "<script" not in found
    assert "src=" not in found
    assert "url(" not in found
    assert "default-src &#39;none&#39;" in found


@pytest.mark.parametrize("name", registries())
def test_every_registry_has_a_page_and_the_same_twice(name: str) -> None:
    checked = checked_of(registries()[name])

    assert page(checked) == page(checked)


def test_the_colours_are_those_of_the_public_pages() -> None:
    """The tokens stand in both style sheets; they may not drift apart."""
    own, public = ((CHECKOUT / "templates" / name).read_text(encoding="utf-8") for name in ("record.css", "page.css"))

    def tokens(sheet: str) -> list[str]:
        head = sheet[: sheet.index("box-sizing")]
        return [part.strip(" {}\n") for part in head.replace("{", ";").split(";") if part.strip().startswith("--")]

    shared = {token.partition(":")[0] for token in tokens(own)} & {token.partition(":")[0] for token in tokens(public)}
    assert {"--paper", "--ink", "--link", "--adequate", "--agreement", "--gap"} <= shared
    assert [each for each in tokens(own) if each.partition(":")[0] in shared] == [
        each for each in tokens(public) if each.partition(":")[0] in shared
    ]

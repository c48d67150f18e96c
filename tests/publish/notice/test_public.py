"""What is published and what is not: activities, parties, gaps, languages, versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ropa.publish.notice import languages
from tests.conftest import registries
from tests.publish.notice.helpers import built, context, documents, ids, words, written

ORGANISATION = """
format: 1
legal_name: Eksempel AS
country: NO
email: post@eksempel.example
languages: [nb]
kind: company
dpo: none
"""


def activity(name: str, party: str, extra: str = "", role: str = "controller") -> str:
    return f"""
name: {name}
role: {role}
subjects: [customer]
purposes:
  gjore:
    text: Gjøre noe med {name}
    basis:
      legitimate-interest: {{interest: Ha orden, whose: controller}}
source: data-subject
obligation_to_provide: none
retention: {{period: 1 year, from: last-contact, then: delete}}
data: {{navn: [name]}}
recipients: [{party}]
automated_decision: none
{extra}
"""


def party(name: str) -> str:
    return f"name: {name}\nkind: crm\nrole: processor\ncountry: US\nstored_in: [US]\ntransfers: {{US: {{mechanism: scc-2}}}}\n"


def small(folder: Path, **activities: str) -> Path:
    files = {"organisation.yaml": ORGANISATION, "parties/vist.yaml": party("Vist Inc"), "parties/skjult.yaml": party("Skjult Inc")}
    return written(folder, files | {f"activities/{name}.yaml": text for name, text in activities.items()})


@pytest.mark.parametrize(
    "extra",
    [
        "status: draft",
        "data_deleted: 2026-11-24",
        "role: processor\non_behalf_of: {vist: {since: 2020-01-01}}",
        "role: unknown\non_behalf_of: {vist: {since: 2020-01-01}}",
        "role: {unknown: Spør leder for drift}\non_behalf_of: {vist: {since: 2020-01-01}}",
    ],
)
def test_unpublished_activities_and_what_only_they_reach_never_appear(tmp_path: Path, extra: str) -> None:
    hidden = activity("Hemmelig", "skjult", extra).replace("role: controller\n", "" if "role:" in extra else "role: controller\n")
    cookies = "provider: skjult\ncategory: marketing\ntext: Skjult sporing\nactivity: hemmelig\nloaded: at-once\nitems: none\n"
    changes = "ny:\n  date: 2026-01-01\n  what: Hemmelig endring\n  records: [activities/hemmelig]\n"
    folder = small(tmp_path, aapen=activity("Åpen", "vist"), hemmelig=hidden)
    written(folder, {"cookies/sporing.yaml": cookies, "changes.yaml": changes})
    for name, text in documents(context(folder)).items():
        assert "Skjult" not in text, name
        assert "emmelig" not in text, name
    assert "Vist Inc" in documents(context(folder))["notice/notice.nb.html"]


def test_data_that_will_be_deleted_later_are_still_told_of(tmp_path: Path) -> None:
    folder = small(tmp_path, gammel=activity("Gammel", "vist", "collection_ended: 2026-01-01\ndata_deleted: 2026-11-25"))
    page = documents(context(folder))["notice/notice.nb.html"]
    assert "gammel.gjore" in ids(page)
    assert "Vi samler ikke inn flere opplysninger" in page
    assert "gammel.gjore" not in ids(documents(context(folder, date(2026, 11, 25)))["notice/notice.nb.html"])
    assert "gammel.gjore" not in ids(documents(context(folder, None))["notice/notice.nb.html"])


def test_a_gap_is_shown_and_only_a_draft_says_what_is_asked(tmp_path: Path) -> None:
    asked = activity("Åpen", "vist").replace(
        "retention: {period: 1 year, from: last-contact, then: delete}", "retention: {unknown: Spør Kari i salg}"
    )
    folder = small(tmp_path, aapen=asked)
    draft, published = documents(context(folder), draft=True), documents(context(folder), draft=False)
    for ending in ("html", "md", "txt"):
        assert "Ikke avklart" in published[f"notice/notice.nb.{ending}"]
        assert "Spør Kari i salg" not in published[f"notice/notice.nb.{ending}"]
        assert "Spør Kari i salg" in draft[f"notice/notice.nb.{ending}"]
    assert "Utkast 24. november 2026" in draft["notice/notice.nb.html"]
    assert "Utkast" not in published["notice/notice.nb.html"]


def test_questions_on_what_is_not_public_stay_inside() -> None:
    of = context(registries()["shipped"])
    said = " ".join(words(page) for page in built("shipped").values())
    inside = (
        ".balancing_test",
        "parties/hubspot#agreement",
        ".evidence",
        ".arrangement",
        ".marketing.",
        ".needed_because",
        "#acts_as_processor",
        ".notified",
        ".reports_to",
    )
    asked = {question for at, question in of.registry.unknown.items() if any(part in at for part in inside)}
    public = {question for at, question in of.registry.unknown.items() if not any(part in at for part in inside)}
    assert len(asked) > 5
    assert not [question for question in asked - public if question in said]


def test_no_cell_of_a_table_is_empty() -> None:
    for registry in registries():
        for name, page in built(registry).items():
            assert '"></td>' not in page, name
            assert "<dd>\n</dd>" not in page, name


def test_a_short_version_leads_to_the_full_text() -> None:
    of = context(registries()["municipal-health"])
    assert "en" in languages(of)
    every = built("municipal-health")
    short, full = every["notice/notice.en.html"], every["notice/notice.nb.html"]
    assert "notice.nb.html" in short
    assert len(short) < len(full) / 2
    assert "Read the full notice (Bokmål)" in short
    assert "Datatilsynet" in words(short)


def test_text_that_falls_back_is_marked_with_its_language(tmp_path: Path) -> None:
    folder = small(tmp_path, aapen=activity("Åpen", "vist"))
    (folder / "organisation.yaml").write_text(ORGANISATION.replace("[nb]", "[nb, en]"), encoding="utf-8")
    page = documents(context(folder))["notice/notice.en.html"]
    assert '<span lang="nb">Gjøre noe med Åpen</span>' in page
    assert 'lang="en"' in page.split(">")[1] + page.split(">")[2]


def test_own_words_stand_around_every_section(tmp_path: Path) -> None:
    sections = "summary responsible overview purposes cookies transfers security breach "
    sections += "rights objection withdrawal complaint changes definitions principles"
    own = "".join(f"  {name}: {{before: Før {name}, after: Etter {name}}}\n" for name in sections.split())
    folder = written(small(tmp_path, aapen=activity("Åpen", "vist")), {"notice.yaml": f"own_words:\n{own}"})
    every = documents(context(folder))
    for name in sections.split():
        for ending in ("html", "md", "txt"):
            page = every[f"notice/notice.nb.{ending}"]
            assert page.index(f"Før {name}.") < page.index(f"Etter {name}.")


def test_a_consent_without_a_request_is_a_gap_where_one_withdraws(tmp_path: Path) -> None:
    basis = "legitimate-interest: {interest: Ha orden, whose: controller}"
    folder = small(tmp_path, aapen=activity("Åpen", "vist").replace(basis, "consent: {unknown: Hvilket samtykke}"))
    page = documents(context(folder), draft=True)["notice/notice.nb.html"]
    assert "aapen.gjore" in ids(page)
    assert "Ikke avklart" in page


def test_without_a_day_nothing_is_dated(tmp_path: Path) -> None:
    every = documents(context(small(tmp_path, aapen=activity("Åpen", "vist")), None), draft=True)
    assert "Utkast, ikke publisert." in every["notice/notice.nb.html"]
    assert "Sist oppdatert" not in every["notice/notice.nb.html"]

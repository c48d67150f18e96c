"""What the evidence says of each element in small registries, its golden files, its shape, and that hostile text stays text."""

from __future__ import annotations

import json
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import jsonschema_rs
import pytest

from ropa.checking import check
from ropa.law import information
from ropa.publish.build import Plan, outputs, stamp
from ropa.publish.evidence.organisation_elements import ANSWERS as OF_ORGANISATION
from ropa.publish.evidence.purpose_elements import ANSWERS as OF_PURPOSE
from ropa.rules.case_files import BASE
from ropa.source.reader import read_plain
from tests.conftest import CHECKOUT
from tests.publish.evidence.helpers import EVERY, built, checked, document, entry, files, small
from tests.publish.record.samples import SUPPLIER, TODAY
from tests.publish.record.test_texts import entries as keys_of

GOLDEN = CHECKOUT / "tests" / "golden" / "evidence"
TEXTS = CHECKOUT / "ropa" / "publish" / "texts"
DRAFT = {**SUPPLIER, "organisation": SUPPLIER["organisation"] + "\n        status: draft\n"}

CONTACTS = """
    name: Kontakter
    role: controller
    subjects: [customer-contact]
    purposes:
      keep:
        text: Holde kontakt med deg
        basis: {legitimate-interest: {interest: Følge opp kunder, balancing_test: {date: 2026-09-01, outcome: proceed, document: lia.md}}}
    source: {public-website: {public: true}}
    inform: {when: first-communication, how: Vi sier det når vi ringer}
    retention: {period: 2 years, from: last-contact, then: delete}
    data: {book: [name, work-email]}
    recipients: none
    automated_decision: none
    """


def contacts(old: str = "", new: str = "") -> dict[str, str]:
    """A registry that is a draft, with one more activity whose text is changed."""
    assert old in CONTACTS
    return {**DRAFT, "activities/contacts": CONTACTS.replace(old, new) if old else CONTACTS}


@pytest.mark.parametrize(
    ("element", "status", "why"),
    [
        ("purpose", "stated", None),
        ("basis", "stated", None),
        ("interest", "stated", None),
        ("categories", "stated", None),
        ("source", "stated", None),
        ("recipients", "not-applicable", "no-recipients"),
        ("transfer", "not-applicable", "no-transfer"),
        ("safeguard", "not-applicable", "no-transfer"),
        ("compelling", "not-applicable", "no-compelling"),
        ("retention", "stated", None),
        ("rights", "stated", None),
        ("withdrawal", "not-applicable", "no-consent"),
        ("obligation", "not-applicable", "from-elsewhere"),
        ("decisions", "not-applicable", "no-decision"),
        ("further", "not-applicable", "no-further"),
        ("timing", "stated", None),
        ("exemption", "not-applicable", "no-exemption"),
        ("objection", "stated", None),
        ("marketing", "not-applicable", "no-marketing"),
        ("joint", "not-applicable", "not-joint"),
    ],
)
def test_data_from_elsewhere_on_a_legitimate_interest(tmp_path: Path, element: str, status: str, why: str | None) -> None:
    found = entry(document(small(tmp_path, contacts())), "contacts.keep", element)

    assert (found["status"], found["why"]) == (status, why)


@pytest.mark.parametrize(
    ("old", "new", "element", "status", "why"),
    [
        ("inform: {when: first-communication, how: Vi sier det når vi ringer}", "", "timing", "missing", None),
        ("when: first-communication, ", "", "timing", "partly", "timing-open"),
        (
            "inform: {when: first-communication, how: Vi sier det når vi ringer}",
            "inform: {exempt: {point: 14-5-a, because: De vet det}}",
            "timing",
            "not-applicable",
            "exempt",
        ),
        (
            "inform: {when: first-communication, how: Vi sier det når vi ringer}",
            "inform: {exempt: {point: 14-5-a, because: De vet det}}",
            "exemption",
            "stated",
            None,
        ),
        (
            "inform: {when: first-communication, how: Vi sier det når vi ringer}",
            "inform: {exempt: {because: De vet det}}",
            "exemption",
            "partly",
            "exemption-open",
        ),
        ("retention: {period: 2 years, from: last-contact, then: delete}", "", "retention", "missing", None),
        (
            "retention: {period: 2 years, from: last-contact, then: delete}",
            "retention: {unknown: Spurt Kari}",
            "retention",
            "missing",
            None,
        ),
        ("from: last-contact, then: delete", "from: last-contact", "retention", "partly", None),
        ("interest: Følge opp kunder, ", "", "interest", "partly", None),
        ("recipients: none", "", "recipients", "missing", None),
        ("recipients: none", "recipients: [crm]", "transfer", "missing", "unplaced"),
        ("automated_decision: none", "", "decisions", "missing", None),
        ("source: {public-website: {public: true}}", "", "source", "missing", None),
        ("source: {public-website: {public: true}}", "source: data-subject", "source", "not-applicable", "from-the-person"),
        ("source: {public-website: {public: true}}", "source: data-subject", "obligation", "missing", None),
        ("role: controller", "role: joint-controller", "joint", "missing", None),
        ("text: Holde kontakt med deg", "kind: direct-marketing", "marketing", "stated", None),
        ("text: Holde kontakt med deg", "kind: direct-marketing", "purpose", "missing", None),
    ],
)
def test_what_is_left_out_is_missing(tmp_path: Path, old: str, new: str, element: str, status: str, why: str | None) -> None:
    found = entry(document(small(tmp_path, contacts(old, new))), "contacts.keep", element)

    assert (found["status"], found["why"]) == (status, why)


def test_without_a_basis_what_follows_from_it_is_open(tmp_path: Path) -> None:
    start = CONTACTS.index("        basis:")
    without = CONTACTS[:start] + CONTACTS[CONTACTS.index("    source:") :]
    found = document(small(tmp_path, {**DRAFT, "activities/contacts": without}))

    assert {element: entry(found, "contacts.keep", element)["status"] for element in ("basis", "interest", "withdrawal", "objection")} == {
        "basis": "missing",
        "interest": "missing",
        "withdrawal": "missing",
        "objection": "missing",
    }
    assert entry(found, "contacts.keep", "rights")["why"] == "depends-on-basis"


def test_an_open_question_and_its_finding_stand_at_the_element(tmp_path: Path) -> None:
    of = small(tmp_path, contacts("retention: {period: 2 years, from: last-contact, then: delete}", "retention: {unknown: Spurt Kari}"))
    found = entry(document(of), "contacts.keep", "retention")

    assert found["questions"] == [{"address": "activities/contacts#retention", "words": "Spurt Kari"}]
    assert [each["name"] for each in found["findings"]] == ["retention-missing"]
    page = files(of, "nb")["art13-14.nb.html"]
    assert "Spurt Kari" in page
    assert "retention-missing" in page


def test_an_accepted_finding_stands_there_with_its_reason(tmp_path: Path) -> None:
    of = small(
        tmp_path,
        {
            **contacts("retention: {period: 2 years, from: last-contact, then: delete}", "retention: {unknown: Spurt Kari}"),
            "accepted": """
                later: {rule: retention-missing, address: activities/contacts, because: Svar ventes, by: personvernombud, until: 2027-03-31}
                """,
        },
    )

    (found,) = entry(document(of), "contacts.keep", "retention")["findings"]

    assert found["accepted"] == {"because": "Svar ventes", "by": "personvernombud", "until": "2027-03-31"}
    assert "Godkjent av personvernombud til 31. mars 2027" in files(of, "nb")["art13-14.nb.html"]


def test_what_the_notice_is_silent_on_is_listed_with_the_reason(tmp_path: Path) -> None:
    found = document(small(tmp_path, DRAFT))

    assert {each["activity"]: each["why"] for each in found["untold"]} == {
        "hosting": "for-others",
        "old-inbox": "deleted",
        "plans": "draft",
    }


def test_a_draft_is_stamped(tmp_path: Path) -> None:
    of = small(tmp_path, DRAFT)

    assert document(of)["draft"] is True
    for name, page in files(of, "nb").items():
        assert not name.endswith(".html") or '<span class="stamp">Utkast</span>' in page


def test_where_errors_hold_the_notice_back_it_says_so_and_links_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(BASE, folder)
    hosting = folder / "parties" / "hosting.yaml"
    kept = [line for line in hosting.read_text(encoding="utf-8").splitlines() if not line.startswith("agreement:")]
    hosting.write_text("\n".join(kept) + "\n", encoding="utf-8")
    of = check(folder, TODAY)
    written = {output.path: output.content.decode("utf-8") for output in outputs(of, Plan(parts=("notice", "evidence"), languages=("nb",)))}

    assert of.count("error")
    assert not any(path.startswith("public/") for path in written)
    page = written["internal/evidence/art13-14.nb.html"]
    assert "Erklæringen er holdt tilbake." in page
    assert "public/notice" not in page
    assert document(of)["notice"]["href"] is None


def test_a_language_that_has_only_a_short_notice_is_led_to_the_whole_one(tmp_path: Path) -> None:
    of = small(tmp_path, {**DRAFT, "notice": "summary_languages: [en]\n"})
    found = document(of, "en")

    assert found["notice"] == {"language": "nb", "href": "../../public/notice/notice.nb.html"}
    assert '<span lang="nb">Sende deg nyhetsbrev</span>' in files(of, "en")["art13-14.en.html"]


def test_every_element_of_the_law_has_an_answer() -> None:
    assert set(information.elements("organisation")) == set(OF_ORGANISATION)
    assert set(information.elements("purpose")) == set(OF_PURPOSE)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_languages_have_the_same_texts(language: str) -> None:
    first, other = (dict(keys_of(read_plain((TEXTS / name / "evidence.yaml").read_text(encoding="utf-8")))) for name in ("nb", language))

    assert other == first


@pytest.mark.parametrize(("name", "language"), EVERY)
@pytest.mark.parametrize("file", ["art13-14", "assessments"])
def test_the_json_has_the_shape_of_its_schema(name: str, language: str, file: str) -> None:
    schema = json.loads((CHECKOUT / "schemas" / "output" / f"{file}.schema.json").read_text(encoding="utf-8"))

    jsonschema_rs.validator_for(schema, validate_formats=True).validate(json.loads(built(name, language)[f"{file}.{language}.json"]))


@pytest.mark.parametrize(
    ("registry", "file"),
    [
        ("small-company", "assessments.nb.json"),
        ("british-adviser", "art13-14.en.json"),
        ("british-adviser", "art13-14.en.html"),
        ("district-court", "art13-14.nn.json"),
        ("municipal-health", "assessments.nn.html"),
    ],
)
def test_the_evidence_is_the_golden_one(registry: str, file: str) -> None:
    # The style sheet is shared with the record and has its own tests.
    said = re.sub(r"<style>.*?</style>|'sha256-[^']+'|&#39;sha256-.*?&#39;", "", built(registry, file.split(".")[1])[file], flags=re.DOTALL)
    golden = GOLDEN / f"{registry}.{file}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == said


def test_two_builds_are_the_same() -> None:
    of = checked("software-supplier")

    assert files(of, "nb") == files(of, "nb") == dict(built("software-supplier", "nb"))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_hostile_text_is_text(tmp_path: Path) -> None:
    bad = '"<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"'
    of = small(
        tmp_path,
        {
            **contacts("text: Holde kontakt med deg", f"text: {bad}"),
            "assessments/lia-bad": f"""
                kind: legitimate-interest
                date: 2026-09-01
                by: {bad}
                necessity: {bad}
                outcome: proceed
                document: "javascript:alert(3)"
                """,
        },
    )
    for page in (text for name, text in files(of, "nb").items() if name.endswith(".html")):
        tags = _Tags()
        tags.feed(page)
        assert not [tag for tag, _ in tags.seen if tag in ("script", "img")]
        assert not [held for _, held in tags.seen if (held.get("href") or "").startswith("javascript")]
        assert "alert(1)" in page
        assert "{{ 7 * 7 }}" in page


def test_a_build_of_the_evidence_alone_writes_it_alone() -> None:
    of = checked("small-company")

    assert {output.path for output in outputs(of, Plan(parts=("evidence",)))} == {
        f"internal/evidence/{name}.nb.{ending}" for name in ("art13-14", "assessments") for ending in ("html", "json")
    }
    assert stamp(of, Plan()).draft is False

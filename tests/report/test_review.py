"""The review of a pull request: comments at lines that the change touches, suggestions that are the fix, and text that notifies nobody."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ropa.findings.finding import Accepted, Finding
from ropa.fixes.edits import Edit, Fix
from ropa.report import review, review_text
from ropa.report.report import Report, Since
from ropa.source.touched import Touched
from tests.report import samples
from tests.report.test_github import _page

COMMIT = "0123456789abcdef0123456789abcdef01234567"
BLOB = f"https://host.example/o/r/blob/{COMMIT}"
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "github-review.schema.json").read_text(encoding="utf-8"))
FILE = "retention.yaml"
TAGS = {"h3", "p", "strong", "a", "code", "pre", "sub", "b", "br", "details", "summary", "ul", "li"} | {
    *("table", "thead", "tbody", "tr", "th", "td")
}


def change(report: Report, lines: range = range(1, 100), text: str | None = None) -> review.Change:
    """A change that touches lines of every file in which something was found."""
    files = {finding.place.file for finding in report.findings}
    texts = {file: text or report.checked.texts[file] for file in files if file in report.checked.texts}
    return review.Change(Touched(COMMIT, {f"registry/{file}": frozenset(lines) for file in files}), texts)


def written(report: Report, changed: review.Change | None = None, blob: str = BLOB) -> Any:
    """The review, read back and held to the schema."""
    told = json.loads(review.render(report, changed, blob))
    jsonschema.validate(told, SCHEMA)
    return told


def noticed(text: str) -> list[str]:
    """What GitHub would take for a person, an issue or an address in a rendered text. It leaves code and links alone."""
    html = _page(text)[1]
    rest = re.sub(r"<(code|pre|a)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.findall(r"@\w|#\d|https?://|www\.|\bGH-\d", rest)


def repaired(report: Report, *edits: tuple[int, int, int, str]) -> Report:
    """The report whose one finding has a fix of these edits: line, column, last column, text."""
    (finding,) = report.counting()
    fix = Fix(finding.identity, "x", tuple(Edit(FILE, line, start, line, end, text) for line, start, end, text in edits))
    return replace(report, fixes={finding.identity: fix})


def many(report: Report, number: int) -> Report:
    """The report with its one finding many times."""
    (finding,) = report.counting()
    return replace(report, findings=[replace(finding, identity=f"{at:016x}") for at in range(number)])


def test_a_finding_at_a_line_of_the_change_is_a_comment_that_suggests_the_fix(plain: Report) -> None:
    told = written(report := repaired(plain, (2, 11, 14, "5 years")), change(plain))

    assert told["commit_id"] == COMMIT
    (comment,) = told["comments"]
    assert {name: comment.get(name) for name in ("path", "start_line", "line", "side")} == {
        "path": "registry/retention.yaml",
        "start_line": None,
        "line": 2,
        "side": "RIGHT",
    }
    assert comment["body"] == (
        "⛔ Error: **The value is written in another way** (<code>ROPA013</code>)\n\n"
        "<code>P5Y</code> is written in another way than a registry uses. Write <code>5 years</code>.\n\n"
        "```suggestion\n  period: 5 years\n```\n"
    )
    assert "1 of them stands at its line in the change." in told["body"]
    assert report.counting()[0].message not in told["body"]


def test_a_fix_over_several_lines_is_one_comment_over_them(plain: Report) -> None:
    (comment,) = written(repaired(plain, (2, 11, 14, "5 years"), (4, 3, 3, "# x ")), change(plain))["comments"]

    assert (comment["start_line"], comment["start_side"], comment["line"]) == (2, "RIGHT", 4)
    assert "```suggestion\n  period: 5 years\n  from: delivery\n  # x then: delete\n```" in comment["body"]


def test_a_suggestion_ends_only_with_its_own_fence(plain: Report) -> None:
    (comment,) = written(repaired(plain, (2, 11, 14, "5 ```` years")), change(plain))["comments"]

    assert "\n`````suggestion\n  period: 5 ```` years\n`````\n" in comment["body"]


@pytest.mark.parametrize(
    ("edits", "lines", "before"),
    [
        ([(2, 11, 14, "5\u202eyears")], range(1, 9), ("", "")),
        ([(2, 11, 14, "5 years")], range(1, 9), ("\n", "\r\n")),
        ([(2, 11, 14, "5 years")], range(1, 9), ("P5Y", '"P5Y"')),
        ([(1, 1, 1, "# "), (2, 11, 14, "5 years")], range(1, 9), ("old", "\ufeffold")),
        ([(1, 1, 1, "# "), (2, 11, 14, "5 years")], range(2, 9), ("", "")),
    ],
    ids=["unseen", "crlf", "other-text", "byte-order-mark", "line-outside-the-change"],
)
def test_what_cannot_be_suggested_is_told(
    plain: Report, edits: list[tuple[int, int, int, str]], lines: range, before: tuple[str, str]
) -> None:
    text = plain.checked.texts[FILE].replace(*before)
    (comment,) = written(repaired(plain, *edits), change(plain, lines, text))["comments"]

    assert (comment["line"], "start_line" in comment) == (2, False)
    assert "suggestion" not in comment["body"]
    assert "Write:\n\n```yaml\n  period: 5 years\n```" in comment["body"]


def test_what_the_change_does_not_touch_is_told_in_the_text(plain: Report) -> None:
    told = written(repaired(plain, (2, 11, 14, "5 years")), change(plain, range(3, 9)))

    assert told["comments"] == []
    assert "The value is written in another way" in told["body"]
    assert "period&#58; 5 years" in told["body"]
    assert "in the change" not in told["body"]


def test_a_file_whose_lines_are_counted_in_two_ways_gets_no_comment(plain: Report) -> None:
    assert not written(plain, change(plain, text="old:\u2028  period: P5Y\n"))["comments"]


def test_without_a_change_all_is_told_in_the_text(plain: Report) -> None:
    told = written(plain)

    assert "commit_id" not in told
    assert told["comments"] == []
    tags, html = _page(told["body"])
    assert tags.tags <= TAGS
    assert "<h3>Check of registry: 1 error</h3>" in html
    for said in (
        "What it means",
        "Do this",
        "Accepted findings",
        "Til signering",
        "personvernombud",
        "Findings in the baseline",
        "ROPA102",
    ):
        assert said in html
    assert f'<a href="{BLOB}/registry/retention.yaml#L2"><code>registry/retention.yaml:2</code></a>' in html.replace("&#58;", ":").replace(
        "&#46;", "."
    )
    assert "parties/gone" in html


def test_places_are_no_links_outside_github(plain: Report) -> None:
    assert "<a " not in written(plain, blob="")["body"]


def test_nothing_found_is_told_in_one_line(plain: Report) -> None:
    nothing = replace(plain, findings=[], stale=(), baseline=None, left_out=())

    assert written(nothing)["body"] == "✅ 20 files, no findings, 1 open question\n"
    assert "no findings that are new since main" in written(replace(nothing, since=Since("main", 0)), change(plain))["body"]


def test_what_was_there_before_is_counted(plain: Report) -> None:
    assert (
        "2 findings were there already at main and are not shown." in written(replace(plain, since=Since("main", 2)), change(plain))["body"]
    )


def test_there_are_at_most_fifty_comments(plain: Report) -> None:
    told = written(many(plain, 60), change(plain))

    assert len(told["comments"]) == review.COMMENTS
    assert "50 of them stand at their lines in the change." in told["body"]
    assert told["body"].count("ROPA013") == 10


def test_the_text_has_no_more_than_github_takes(plain: Report) -> None:
    (finding,) = plain.counting()
    accepted = Accepted("x", "because", "role", "2027-01-01")
    findings = [replace(finding, identity=f"{at:016x}", accepted=accepted if at > 500 else None) for at in range(1000)]
    told = written(replace(plain, findings=findings))["body"]

    assert 60_000 < len(told.encode()) <= review_text.LIMIT
    assert f"There is no room for the rest here: {1000 - told.count('ROPA013') + 1} more entries." in told
    assert told.endswith("</sub>\n")


def test_a_comment_that_is_too_long_is_told_in_the_text(plain: Report) -> None:
    (finding,) = plain.counting()
    told = written(replace(plain, findings=[replace(finding, message="x" * 70_000)]), change(plain))

    assert told["comments"] == []
    assert "There is no room for the rest here: 2 more entries." in told["body"]


def test_the_gravest_are_told_first(plain: Report) -> None:
    found = many(plain, 3).findings
    mixed: list[Finding] = [replace(found[0], severity="info"), replace(found[1], severity="warning"), found[2]]

    signs = [comment["body"][0] for comment in written(replace(plain, findings=mixed), change(plain))["comments"]]

    assert signs == ["⛔", "⚠", "ℹ"]


def test_hostile_text_is_text_and_notifies_nobody(hostile: Report) -> None:
    hostile = replace(hostile, fixes={})
    for changed in (None, change(hostile)):
        told = written(hostile, changed)
        for text in (told["body"], *(comment["body"] for comment in told["comments"])):
            tags, html = _page(text)
            assert tags.tags <= TAGS
            assert all(address.startswith(f"{BLOB}/registry/") for address in tags.addresses if address != "")
            assert "<em>" not in html
            assert not noticed(text)
            assert not set(text) & set("\r\x1b\u202e\u2066\ufffe")


@pytest.mark.parametrize(
    "text",
    [
        "@everyone",
        "(@octo)",
        "a@b.example",
        "#1",
        "octo/repo#12",
        "GH-12",
        "https://e.example",
        "www.e.example",
        "see @a, #2",
        samples.LEGAL,
    ],
)
def test_text_notifies_nobody_and_links_to_nothing(text: str) -> None:
    assert not noticed(review_text.inert(text))
    assert noticed("@everyone #1 https://e.example www.e.example GH-1") == ["@e", "#1", "https://", "www.", "GH-1"]


@pytest.mark.parametrize(
    ("message", "means", "do"),
    [
        ("It has no date. Write under `date` when.", "It has no date.", "Write under `date` when."),
        ("«A. B» har ingen dato. Skriv den.", "«A. B» har ingen dato.", "Skriv den."),
        ("See `a. B` here. Write.", "See `a. B` here.", "Write."),
        ("By art. 6 no. 1 it is so. Write.", "By art. 6 no. 1 it is so.", "Write."),
        ("There is no party `a`. Did you mean `b`?", "There is no party `a`.", "Did you mean `b`?"),
        ("One sentence", "One sentence", ""),
        ("One sentence.", "One sentence.", ""),
        ("“Open. End. Never", "“Open. End. Never", ""),
        ("", "", ""),
    ],
)
def test_a_message_says_what_is_wrong_and_then_what_to_do(message: str, means: str, do: str) -> None:
    assert review_text._halves(message) == (means, do)

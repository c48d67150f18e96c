"""Whatever a registry says, and whatever its files are called, stays text in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.findings.finding import Accepted
from ropa.report import as_json, concise, github, github_summary, gitlab, junit, review, sarif, text
from ropa.report.lines import repository_path
from ropa.report.report import Report
from ropa.source.touched import Touched
from tests.report import samples
from tests.report.test_github import _commands, _page
from tests.report.test_review import TAGS, noticed
from tests.report.test_sarif import _run

PIECES = (
    *(
        "\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "\x1b[31m",
        "\u202e",
        "\u2028",
        "\x85",
        "\x0b",
        "\ufffe",
        "\udc80",
        "::error::",
        "::",
        "##[error]",
        "%0A",
        "%",
        ",",
    ),
    *(
        ":",
        "]]>",
        "<b>",
        "</code>",
        "<!--",
        "-->",
        "`",
        "```",
        "~~~",
        "|",
        "[a](b)",
        "![a](b)",
        "{0}",
        "**",
        "_",
        "\\",
        "&lt;",
        "&#60;",
        "# ",
        "- ",
        "1. ",
    ),
    *("> ", "---", "===", "    ", "http://e.example", "www.e.example", "a@e.example", "@e", "$x$", '"', "'", "a", "å", "😀"),
)
ANY = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=30))
NAME = ANY.map(lambda name: name.replace("/", "").replace("\0", "") or "x")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Report]:
    """One report for all examples: only its texts change. (Behind a function, which Hypothesis prints in a line.)"""
    report = samples.report(samples.registry(tmp_path_factory.mktemp("any")))
    return lambda: report


def _saying(base: Report, said: str, name: str) -> Report:
    """A report of one finding that counts and one that is accepted, with a text and a file's name wherever it can be."""
    (error,) = base.counting()
    place = replace(error.place, address=f"parties/x#{said}", file=f"parties/{name}")
    counts = replace(error, message=said, fix=said, place=place, related=(place,))
    accepted = replace(counts, identity="0" * 16, accepted=Accepted(said, said, said, said))
    fixes = {counts.identity: replace(base.fixes[counts.identity], title=said)}
    return replace(base, findings=[counts, accepted], baseline=None, stale=(), fixes=fixes)


@settings(max_examples=150, deadline=None)
@given(said=ANY, name=NAME)
def test_no_text_breaks_out(base: Callable[[], Report], said: str, name: str) -> None:
    report = _saying(base(), said, name)
    written = {
        "text": text.render(report, verbose=True),
        "concise": concise.render(report),
        "json": as_json.render(report),
        "sarif": sarif.render(report),
        "github": github.render(report),
        "summary": github_summary.render(report, "https://host.example/b"),
        "gitlab": gitlab.render(report),
        "junit": junit.render(report),
    }

    for name_, page in written.items():
        page.encode("utf-8")
        if name_ not in ("json", "gitlab"):  # JSON writes them as they are; its readers get them as text
            assert not set(page) & set("\x1b\u202e\ufffe\x85\x0b\r"), name_
    assert not list(_commands(written["text"])) + list(_commands(written["concise"]))
    assert "##[" not in written["text"] + written["concise"]
    assert written["concise"].count("\n") == 2
    assert [command.name for command in _commands(written["github"])] == ["error"]
    assert len(json.loads(written["gitlab"])) == len(json.loads(written["json"])["findings"]) == len(_run(report)["results"]) == 2
    assert [child.tag for child in fromstring(written["junit"]).iter("testcase")] == ["testcase"] * 2  # noqa: S314 - written above
    tags, _ = _page(written["summary"])
    assert tags.tags <= {"h2", "h3", "p", "strong", "a", "br", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
    assert all(address.startswith("https://host.example/b/") for address in tags.addresses)


@settings(max_examples=150, deadline=None)
@given(said=ANY, name=NAME)
def test_no_text_breaks_out_of_a_review_or_notifies_anybody(base: Callable[[], Report], said: str, name: str) -> None:
    report = replace(_saying(base(), said, name), fixes={})
    (place,) = {finding.place for finding in report.findings}
    touched = Touched("0" * 40, {repository_path(report.checked, place): frozenset((place.line,))})
    for change in (None, review.Change(touched, {place.file: "a\nb\n"})):
        told = json.loads(review.render(report, change, "https://host.example/b"))
        assert len(told["comments"]) == (0 if change is None else 1)
        for page in (told["body"], *(comment["body"] for comment in told["comments"])):
            page.encode("utf-8")
            assert not set(page) & set("\x1b\u202e\ufffe\x85\x0b\r")
            tags, _ = _page(page)
            assert tags.tags <= TAGS
            assert all(address.startswith("https://host.example/b/") for address in tags.addresses)
            assert not noticed(page)


@settings(max_examples=100, deadline=None)
@given(said=ANY)
def test_what_a_table_holds_stays_in_its_cell(said: str) -> None:
    _, html = _page(f"| a | b |\n| --- | --- |\n| {github_summary.plain(said)} | end |\n")

    assert len(re.findall("<td>", html)) == 2
    assert "<td>end</td>" in html

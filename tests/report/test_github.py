"""GitHub: annotations read back as the runner reads them, and a summary that renders to text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

from ropa.findings.finding import Accepted
from ropa.report import github, github_summary
from ropa.report.report import Report, Since
from tests.report import samples


class Command(NamedTuple):
    """A workflow command as the runner reads it."""

    name: str
    properties: dict[str, str]
    message: str


def _commands(text: str) -> Iterator[Command]:
    for line in text.split("\n"):
        found = re.match(r"\s*::(\w+)(?: (.*?))?::(.*)", line)
        if found:
            pairs = (pair.partition("=") for pair in (found[2] or "").split(","))
            yield Command(found[1], {name: _unescaped(value) for name, _, value in pairs}, _unescaped(found[3]))


def _unescaped(text: str) -> str:
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


def test_a_finding_that_counts_is_an_annotation(plain: Report) -> None:
    text = github.render(plain)

    assert list(_commands(text)) == [
        Command(
            "error",
            {
                "title": "ROPA013 form-wrong",
                "file": "registry/retention.yaml",
                "line": "2",
                "endLine": "2",
                "col": "11",
                "endColumn": "14",
            },
            "`P5Y` is written in another way than a registry uses. Write `5 years`.\n\nWrite:\n  period: 5 years",
        )
    ]
    assert text.split("\n")[-2].startswith("20 files, 1 error, 1 accepted, 1 in the baseline")


def test_columns_are_sent_for_one_line_only(plain: Report) -> None:
    place = replace(plain.counting()[0].place, end_line=9)
    (command,) = _commands(github.render(replace(plain, findings=[replace(plain.counting()[0], place=place)])))

    assert (command.properties["line"], command.properties["endLine"]) == ("2", "9")
    assert not {"col", "endColumn"} & set(command.properties)


def test_the_gravest_come_first_and_the_limit_is_told(plain: Report) -> None:
    (error,) = plain.counting()
    many = [replace(error, identity=f"{number:016x}", severity="info" if number else "error") for number in range(12)]
    many.reverse()
    text = github.render(replace(plain, findings=many))

    assert [command.name for command in _commands(text)] == ["error", *["notice"] * 11]
    assert "GitHub shows 10 notes of each kind" in text
    assert "GitHub shows" not in github.render(plain)


def test_hostile_text_gives_no_command_of_its_own(hostile: Report) -> None:
    text = github.render(hostile)
    commands = list(_commands(text))

    assert len(commands) == len(hostile.counting())
    assert {command.name for command in commands} == {"error"}
    assert all(set(command.properties) <= {"title", "file", "line", "endLine", "col", "endColumn"} for command in commands)
    assert any("::error::<x>#1.yaml" in command.properties["file"] for command in commands)
    assert not set(text) & set("\r\x1b\u202e\u2066\ufffe")


class Tags(HTMLParser):
    """The tags and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses.extend(value or "" for name, value in attrs if name not in ("class", "style"))


def _page(text: str) -> tuple[Tags, str]:
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    tags = Tags()
    tags.feed(html)
    return tags, html


def test_the_summary_has_findings_acceptances_and_questions(plain: Report) -> None:
    tags, html = _page(github_summary.render(plain, "https://host.example/o/r/blob/0123"))

    assert tags.tags == {"h2", "h3", "p", "strong", "a", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "br", "ul", "li"}
    assert '<a href="https://host.example/o/r/blob/0123/registry/retention.yaml#L2">registry/retention.yaml:2</a>' in _decoded(html)
    for said in ("ROPA013 form-wrong", "personvernombud", "Til signering", "Spurt leverandøren", "Findings in the baseline"):
        assert said in html


def _decoded(html: str) -> str:
    return html.replace("&#58;", ":")


def test_hostile_text_is_text_in_the_summary(hostile: Report) -> None:
    tags, html = _page(github_summary.render(hostile, "https://host.example/o/r/blob/0123"))

    assert tags.tags <= {"h2", "h3", "p", "strong", "a", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "br", "ul", "li"}
    assert all(address.startswith("https://host.example/o/r/blob/0123/registry/") for address in tags.addresses)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html or "&#60;script&#62;" in html
    assert "<em>" not in html
    assert not set(html) & set("\r\x1b\u202e\u2066\ufffe")


@pytest.mark.parametrize("text", ["```\n# x\n<b>", "````", "~~~\n</code>", samples.LEGAL])
def test_a_block_ends_only_with_its_own_fence(text: str) -> None:
    tags, _ = _page(f"before\n\n{github_summary.fenced(text)}\n\nafter")

    assert tags.tags == {"p", "pre", "code"}


def test_a_summary_has_no_more_than_there_is_room_for(plain: Report) -> None:
    (error,) = plain.counting()
    accepted = Accepted("x", "because", "role", "2027-01-01")
    many = [replace(error, identity=f"{number:016x}", accepted=accepted if number > 500 else None) for number in range(1000)]
    page = github_summary.render(replace(plain, findings=many), limit=50_000)

    assert 40_000 < len(page.encode()) <= 50_000
    shown = page.count("ROPA013 form-wrong")
    assert f"There is no room for the rest here: {1000 - shown + 2} more entries." in page
    assert github_summary.render(plain, limit=0).count("ROPA") == 0


def test_a_revision_is_told(plain: Report) -> None:
    none = replace(plain, findings=[], since=Since("main", 2))

    assert "no findings that are new since main" in github.render(none)

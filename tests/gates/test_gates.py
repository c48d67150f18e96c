"""The gates themselves: a good page passes each, and each fails on a page made to break it."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.gates import browser as gates
from tests.gates.conftest import lacking
from tests.gates.problem import Problem
from tests.gates.w3c import validity

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gates")]

STYLE = ":root{color-scheme:light dark;color:#111;background:#fff}@media(prefers-color-scheme:dark){:root{color:#eee;background:#111}}"

WritePage = Callable[..., Path]


@pytest.fixture
def write_page(tmp_path: Path) -> WritePage:
    """Write a page that is right but for what is given."""

    def write(body: str = "<p>Hei.</p>", *, head: str = "", policy: str = "default-src 'none'", lang: str = ' lang="nb"') -> Path:
        digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        path = tmp_path / "page.html"
        path.write_text(
            f"<!DOCTYPE html>\n<html{lang}><head><meta charset='utf-8'>"
            f'<meta http-equiv="Content-Security-Policy" content="{policy}; style-src \'sha256-{digest}\'">'
            f"<meta name='viewport' content='width=device-width, initial-scale=1'><title>Side</title><style>{STYLE}</style>{head}</head>"
            f"<body><main><h1>Side</h1>{body}</main></body></html>\n",
            encoding="utf-8",
        )
        return path

    return write


def texts(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems))


def test_a_good_page_passes_the_browser_gates(write_page: WritePage, browser: Browser) -> None:
    page = write_page()

    assert gates.accessibility(browser, [page]) == []
    assert gates.reflow(browser, [page]) == []
    assert gates.privacy(browser, [page]) == []


def test_a_good_page_is_valid(write_page: WritePage, checker: Path) -> None:
    assert validity(checker, [write_page()]) == []


def test_no_files_have_no_problems(checker: Path) -> None:
    assert validity(checker, []) == []


def test_a_page_without_language_is_not_accessible(write_page: WritePage, browser: Browser) -> None:
    problems = gates.accessibility(browser, [write_page(lang="")])

    assert [problem.shown for problem in problems] == ["light", "dark", "320 px"]
    assert "html-has-lang" in texts(problems)


def test_contrast_is_tried_in_the_dark(write_page: WritePage, browser: Browser) -> None:
    """Text that is fine on white and unreadable on black is found in the dark mode alone."""
    page = write_page('<p style="color:#333">Hei.</p>')

    problems = gates.accessibility(browser, [page])

    assert [problem.shown for problem in problems] == ["dark"]
    assert "color-contrast" in texts(problems)


def test_a_wide_page_must_be_scrolled_sideways(write_page: WritePage, browser: Browser) -> None:
    word = "Behandlingsgrunnlagsdokumentasjonsoversikt"

    problems = gates.reflow(browser, [write_page(f"<h2>{word}</h2>")])

    assert len(problems) == 1
    assert word[:20] in texts(problems)


def test_a_heading_of_a_group_as_narrow_as_a_column_is_found(write_page: WritePage, browser: Browser) -> None:
    table = '<table><tbody><tr><th scope="rowgroup">Kunder</th><td>Vi sletter etter to år</td></tr></tbody></table>'

    problems = gates.squeezed(browser, [write_page(table)])

    assert [problem.gate for problem in problems] == ["squeezed"]
    assert "Kunder" in texts(problems)


SCRIPTS = "default-src 'none'; script-src 'unsafe-inline'"


@pytest.mark.parametrize(
    ("body", "policy", "found"),
    [
        ('<img alt="" src="https://elsewhere.example/pixel.gif">', "default-src 'none'; img-src *", "asks for https://elsewhere.example/"),
        ('<img alt="" src="missing.png">', "default-src 'none'; img-src 'self'", "asks for https://register.example/missing.png"),
        ("<script>document.cookie = 'id=1'</script>", SCRIPTS, "sets the cookie id"),
        (
            "<script>localStorage.setItem('id', 1)</script>",
            "default-src 'none'; script-src 'unsafe-inline'",
            "keeps id in the browser's storage",
        ),
        ("<script>sessionStorage.setItem('id', 1)</script>", SCRIPTS, "keeps id in"),
        ('<p onclick="run()">Hei.</p>', "default-src 'none'", "has 1 scripts or event handlers"),
        ("<style>p{color:red}</style>", "default-src 'none'", "breaks its own policy: style-src"),
        ("<p>Hei.</p>", "default-src *", "has no content security policy that starts from nothing"),
    ],
)
def test_a_page_that_tells_on_its_reader_is_found(write_page: WritePage, browser: Browser, body: str, policy: str, found: str) -> None:
    assert found in texts(gates.privacy(browser, [write_page(body, policy=policy)]))


def test_a_picture_from_the_same_folder_is_no_disclosure(write_page: WritePage, browser: Browser) -> None:
    page = write_page('<img alt="Flyt" src="flow.svg">', policy="default-src 'none'; img-src 'self'")
    (page.parent / "flow.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")

    assert gates.privacy(browser, [page]) == []


@pytest.mark.parametrize(
    ("body", "head", "found"),
    [
        ("<p><div>Hei.</div></p>", "", "No “p” element in scope"),
        ("<p>Hei.</p>", "<style>p{colour:red}</style>", "colour"),
        ('<p id="a">Hei.</p><p id="a">Hei.</p>', "", "Duplicate ID"),
    ],
)
def test_an_invalid_page_is_found(write_page: WritePage, checker: Path, body: str, head: str, found: str) -> None:
    page = write_page(body, head=head)

    problems = validity(checker, [page])

    assert found in texts(problems)
    assert {problem.page for problem in problems} == {page}


def test_an_invalid_drawing_is_found(tmp_path: Path, checker: Path) -> None:
    drawing = tmp_path / "flow.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"><rect width="wide" height="1"/><box/></svg>', encoding="utf-8")

    assert validity(checker, [drawing])


def test_a_missing_browser_is_a_failure_where_gates_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROPA_GATES", "required")
    with pytest.raises(pytest.fail.Exception, match="Chromium is missing"):
        lacking("Chromium")

    monkeypatch.delenv("ROPA_GATES")
    with pytest.raises(pytest.skip.Exception, match="Chromium is missing"):
        lacking("Chromium")

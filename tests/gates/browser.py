"""Gates that need a real browser: WCAG by axe-core, reflow at 320 px, and pages that keep to themselves.

Pages are shown as a web server would, at an address that exists only in this process: every request is
answered from the page's folder or refused, so that cookies and storage work as they do in the wild and nothing
leaves the machine.
"""

import mimetypes
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, Route

from tests.gates.problem import Problem

ORIGIN = "https://register.example"

# A browser that does nothing on its own account: no updates, no sync, no first-run pages.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


@dataclass(frozen=True)
class Mode:
    """How a page is shown."""

    name: str
    scheme: Literal["light", "dark"]
    width: int


LIGHT = Mode("light", "light", 1280)
DARK = Mode("dark", "dark", 1280)
NARROW = Mode("320 px", "light", 320)
MODES = (LIGHT, DARK, NARROW)


@dataclass
class Traffic:
    """What a page asked for while it was open."""

    folder: Path
    requests: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Answer one request from the folder; note it where it goes elsewhere or finds nothing."""
        address = urlsplit(route.request.url)
        file = self.folder / unquote(address.path).lstrip("/")
        if f"{address.scheme}://{address.netloc}" == ORIGIN and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")
        else:
            self.requests.append(route.request.url)
            route.abort()


def find_chromium() -> str | None:
    """The system's Chromium: ``CHROMIUM`` in the environment, or one on the path."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start the browser without a window."""
    return playwright.chromium.launch(executable_path=executable, headless=True, args=FLAGS)


def accessibility(browser: Browser, pages: Iterable[Path], modes: Iterable[Mode] = MODES) -> list[Problem]:
    """Every axe-core violation of the pages, in every mode."""
    axe = Axe()
    problems = []
    for path, mode in ((path, mode) for path in pages for mode in modes):
        # axe-core is injected, which the page's own policy rightly forbids.
        with _shown(browser, path, mode, bypass_policy=True) as (page, _):
            for violation in axe.run(page).response["violations"]:
                nodes = violation["nodes"]
                targets = ", ".join(str(node["target"][0]) for node in nodes[:3])
                problems.append(Problem("axe", path, mode.name, f"{violation['id']}: {violation['help']} ({len(nodes)}: {targets})"))
    return problems


def reflow(browser: Browser, pages: Iterable[Path], mode: Mode = NARROW) -> list[Problem]:
    """Every page that must be scrolled sideways on a narrow screen (WCAG 1.4.10), with what sticks out."""
    problems = []
    for path in pages:
        with _shown(browser, path, mode) as (page, _):
            widths = page.evaluate(_WIDTHS)
            if widths["content"] > widths["screen"]:
                text = f"{widths['content']} px of content on {widths['screen']} px: {', '.join(widths['wide'])}"
                problems.append(Problem("reflow", path, mode.name, text))
    return problems


def squeezed(browser: Browser, pages: Iterable[Path], mode: Mode = NARROW) -> list[Problem]:
    """Every heading of a group of rows that a column's width squeezes where the table is no longer shown in columns."""
    problems = []
    for path in pages:
        with _shown(browser, path, mode) as (page, _):
            problems += [Problem("squeezed", path, mode.name, text) for text in page.evaluate(_SQUEEZED)]
    return problems


def privacy(browser: Browser, pages: Iterable[Path]) -> list[Problem]:
    """Every request to elsewhere, cookie, stored value, script and breach of the page's own policy."""
    return [Problem("privacy", path, "as served", text) for path in pages for text in _disclosures(browser, path)]


def _disclosures(browser: Browser, path: Path) -> Iterator[str]:
    with _shown(browser, path, LIGHT) as (page, traffic):
        seen = page.evaluate(_SEEN)
        yield from (f"asks for {address}" for address in traffic.requests)
        yield from (f"sets the cookie {cookie.get('name')}" for cookie in page.context.cookies())
        yield from (f"keeps {key} in the browser's storage" for key in seen["stored"])
        yield from (f"breaks its own policy: {breach}" for breach in seen["breaches"])
        if seen["scripts"]:
            yield f"has {seen['scripts']} scripts or event handlers"
        if not seen["policy"].startswith("default-src 'none'"):
            yield f"has no content security policy that starts from nothing: {seen['policy'] or 'none at all'}"


@contextmanager
def _shown(browser: Browser, path: Path, mode: Mode, *, bypass_policy: bool = False) -> Iterator[tuple[Page, Traffic]]:
    """Open one page in a fresh profile and wait until it is quiet."""
    viewport: Any = {"width": mode.width, "height": 800}
    context = browser.new_context(color_scheme=mode.scheme, viewport=viewport, bypass_csp=bypass_policy, service_workers="block")
    traffic = Traffic(path.parent)
    try:
        context.route("**/*", traffic.answer)
        context.add_init_script(_LISTEN)
        page = context.new_page()
        page.goto(f"{ORIGIN}/{path.name}", wait_until="load")
        yield page, traffic
    finally:
        context.close()


_LISTEN = """
window.__breaches = [];
document.addEventListener('securitypolicyviolation', event =>
  window.__breaches.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""

_SEEN = """() => ({
  breaches: window.__breaches,
  stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
  scripts: document.scripts.length
    + [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
  policy: document.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.content.trim() ?? '',
})"""

_SQUEEZED = """() => [...document.querySelectorAll('th[scope=rowgroup]')]
  .filter(heading => heading.offsetWidth < 0.9 * heading.closest('table').offsetWidth)
  .map(heading => `${heading.offsetWidth} px for "${heading.textContent.trim()}"`)"""

_WIDTHS = """() => {
  const screen = document.documentElement.clientWidth;
  const right = element => {
    const range = document.createRange();
    range.selectNode(element);
    const inside = document.createRange();
    inside.selectNodeContents(element);
    return Math.max(range.getBoundingClientRect().right, inside.getBoundingClientRect().right);
  };
  const wide = [...document.body.querySelectorAll('*')]
    .filter(element => right(element) > screen + 0.5 && ![...element.children].some(child => right(child) > screen + 0.5))
    .slice(0, 4)
    .map(element => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 30)}"`);
  return {screen, content: document.documentElement.scrollWidth, wide};
}"""

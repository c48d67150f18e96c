"""``docs/pictures/finding.<language>.svg``: what `ropa check` says of a consent that nobody can withdraw, as a terminal shows it."""

from __future__ import annotations

import re
from contextlib import chdir
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from xml.sax.saxutils import escape

from ropa.checking import check
from ropa.report import text
from ropa.report.report import Report
from ropa.schema.starter import Answers, registry_files

DAY: Final = date(2026, 12, 1)
TAKEN_OUT: Final = "  withdrawn: unsubscribe-link\n"
COMMAND: Final = "$ ropa check"
COLOURS: Final = {"1;31": "error", "1;33": "warning", "1;34": "info", "32": "fix", "2": "dim", "1": "bold", "0": ""}
_ANSI: Final = re.compile(r"\x1b\[([0-9;]+)m")
_CHARACTER: Final = 8.43  # the advance of the fonts below at 14 px
_LINE: Final = 20
_EDGE: Final = 20
STYLE: Final = """
  rect { fill: #0f1720 }
  text { fill: #e6edf3; font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre }
  .error { fill: #ff8a80; font-weight: bold } .warning { fill: #ffd479; font-weight: bold } .info { fill: #8ab4ff; font-weight: bold }
  .fix { fill: #7ee2a8 } .dim { fill: #9fb0c0 } .bold { font-weight: bold }
"""


def page(language: str) -> str:
    """The picture in a language."""
    report = _report(language)
    lines = [COMMAND, "", *report.rstrip("\n").split("\n")]
    width = round(max(len(_ANSI.sub("", line)) for line in lines) * _CHARACTER) + 2 * _EDGE
    height = len(lines) * _LINE + 2 * _EDGE
    drawn = "\n".join(
        f'  <text x="{_EDGE}" y="{_EDGE + _LINE * number + 14}">{_spans(line)}</text>' for number, line in enumerate(lines) if line
    )
    plain = escape(_ANSI.sub("", "\n".join(lines)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" xml:space="preserve">\n'
        f"<title>ropa check</title>\n<desc>{plain}</desc>\n<style>{STYLE}</style>\n"
        f'  <rect width="{width}" height="{height}" rx="8"/>\n{drawn}\n</svg>\n'
    )


def _report(language: str) -> str:
    """The report on a new registry in which the way to withdraw a consent was taken out."""
    with TemporaryDirectory() as folder, chdir(folder):
        for path, content in registry_files(Answers(None, None, "NO", None, [language]), language).items():
            file = Path("registry", path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content.replace(TAKEN_OUT, ""), encoding="utf-8")
        checked = check(Path("registry"), DAY, language)
        return text.render(Report(checked, checked.findings), colours=True)


def _spans(line: str) -> str:
    """A line with its colours as classes."""
    pieces = _ANSI.split(line)
    spans = [escape(pieces[0])]
    for code, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        name = COLOURS[code]
        spans.append(f'<tspan class="{name}">{escape(piece)}</tspan>' if name and piece else escape(piece))
    return "".join(spans)

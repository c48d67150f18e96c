"""Findings for a person at a terminal: place, message, the line with a caret, the law, what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ropa.checking import Checked
from ropa.findings.catalogue import entries, phrase
from ropa.findings.finding import Finding, Place
from ropa.report.lines import shown_path, summary
from ropa.report.terminal import Style, safe
from ropa.source.nodes import lines_of

WIDTH = 100


def render(checked: Checked, findings: Sequence[Finding], colours: bool = False, verbose: bool = False) -> str:
    """The whole report. `findings` are those to show; accepted ones are shown apart, and only with ``verbose``."""
    style = Style(colours)
    blocks = ["\n".join(_block(checked, finding, style)) for finding in findings if finding.counts()]
    if verbose:
        blocks.extend(_accepted(checked, findings, style))
        blocks.extend(_questions(checked, style))
    blocks.append("\n".join(_closing(checked, findings, style, verbose)))
    return "\n\n".join(blocks) + "\n"


def _block(checked: Checked, finding: Finding, style: Style) -> Iterator[str]:
    language = checked.language
    place = finding.place
    where = f"{safe(shown_path(checked, place))}:{place.line}:{place.column}:"
    yield f"{where} {style(finding.severity, phrase(finding.severity, language) + ' ' + finding.code)} [{finding.name}]"
    yield from _wrapped(f"  {safe(finding.message)}", "  ")
    yield from _excerpt(checked, finding, style)
    if finding.law:
        label = f"  {phrase('law', language)}: "
        yield from _wrapped(label + "; ".join(finding.law), " " * len(label))
    if finding.fix:
        label = f"  {phrase('fix', language)}: "
        first, *rest = safe(finding.fix).split("\n") if "\n" not in finding.fix else [safe(line) for line in finding.fix.split("\n")]
        yield label
        for line in (first, *rest):
            yield style("fix", f"    {line}")
    if finding.related:
        label = f"  {phrase('also', language)}: "
        shown = [f"{safe(shown_path(checked, other))}:{other.line}:{other.column}" for other in finding.related]
        yield label + f"\n{' ' * len(label)}".join(dict.fromkeys(shown))


def _excerpt(checked: Checked, finding: Finding, style: Style) -> Iterator[str]:
    place = finding.place
    lines = lines_of(checked.texts.get(place.file, ""))
    if place.line > len(lines):
        return
    line = lines[place.line - 1]
    number = str(place.line)
    end = place.end_column if place.end_line == place.line else len(line) + 1
    shown, column, end = _clipped(line, place.column, end)
    yield f"  {style('dim', number + ' |')} {safe(shown)}"
    lead = "".join("\t" if character == "\t" else " " for character in shown[: column - 1])
    yield f"  {style('dim', ' ' * len(number) + ' |')} {lead}{style(finding.severity, '^' * max(1, min(end - column, WIDTH)))}"


def _clipped(line: str, column: int, end: int) -> tuple[str, int, int]:
    """A line of at most `WIDTH` characters around a column, and the columns moved with it."""
    if len(line) <= WIDTH:
        return line, column, end
    start = max(0, min(column - 20, len(line) - WIDTH))
    return line[start : start + WIDTH], column - start, min(end - start, WIDTH + 1)


def _wrapped(text: str, indent: str) -> Iterator[str]:
    words = text.split(" ")
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > WIDTH and line.strip():
            yield line
            line = indent + word
        else:
            line += " " + word
    yield line


def _accepted(checked: Checked, findings: Sequence[Finding], style: Style) -> Iterator[str]:
    shown = [finding for finding in findings if finding.accepted is not None]
    if not shown:
        return
    lines = [style("bold", phrase("accepted-heading", checked.language))]
    for finding in shown:
        accepted = finding.accepted
        assert accepted is not None
        lines.append(f"{safe(_where(checked, finding.place))} {finding.code} [{finding.name}]")
        words = phrase("accepted-line", checked.language, by=accepted.by, until=accepted.until, because=accepted.because)
        lines.extend(_wrapped(f"  {safe(words)}", "  "))
    yield "\n".join(lines)


def _where(checked: Checked, place: Place) -> str:
    return f"{shown_path(checked, place)}:{place.line}:{place.column}"


def _questions(checked: Checked, style: Style) -> Iterator[str]:
    if not checked.questions:
        return
    lines = [style("bold", phrase("questions-heading", checked.language))]
    for question in checked.questions:
        words = question.words or phrase("unknown-question", checked.language)
        lines.extend(_wrapped(f"{safe(question.address)}: {safe(words)}", "  "))
    yield "\n".join(lines)


def _closing(checked: Checked, findings: Sequence[Finding], style: Style, verbose: bool) -> Iterator[str]:
    yield style("bold", summary(checked))
    if not verbose and (checked.accepted() or checked.questions) and any(finding.counts() for finding in findings):
        yield style("dim", phrase("details", checked.language))
    first = next((finding for finding in findings if finding.counts() and not entries()[finding.name].formal), None)
    if first is not None:
        yield style("dim", phrase("explain", checked.language, name=first.name))

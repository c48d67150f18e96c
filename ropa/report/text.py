"""Findings for a person at a terminal: place, message, the line with a caret, the law, what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ropa.checking import Checked
from ropa.findings.catalogue import entries, phrase
from ropa.findings.finding import Finding, Place
from ropa.report.lines import shown_path, summary
from ropa.report.report import Report
from ropa.report.terminal import Style, no_command, one_line, safe
from ropa.report.words import words
from ropa.source.nodes import lines_of

WIDTH = 100
STALE_SHOWN = 20


def render(report: Report, colours: bool = False, verbose: bool = False) -> str:
    """The whole report. What is accepted, in the baseline or open is listed apart, and only with ``verbose``."""
    style, checked = Style(colours), report.checked
    blocks = ["\n".join(_block(checked, finding, style)) for finding in report.counting()]
    if verbose:
        blocks.extend(_accepted(checked, report.standing_as("accepted"), style))
        blocks.extend(_known(report, style))
        blocks.extend(_questions(checked, style))
        blocks.extend(_left_out(report, style))
    blocks.extend(_stale(report, style))
    blocks.append("\n".join(_closing(report, style, verbose)))
    return no_command("\n\n".join(blocks) + "\n")


def _block(checked: Checked, finding: Finding, style: Style) -> Iterator[str]:
    language = checked.language
    place = finding.place
    where = f"{one_line(shown_path(checked, place))}:{place.line}:{place.column}:"
    yield f"{where} {style(finding.severity, phrase(finding.severity, language) + ' ' + finding.code)} [{finding.name}]"
    yield from _wrapped(f"  {one_line(finding.message)}", "  ")
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
        shown = [f"{one_line(shown_path(checked, other))}:{other.line}:{other.column}" for other in finding.related]
        yield label + f"\n{' ' * len(label)}".join(dict.fromkeys(shown))


def _excerpt(checked: Checked, finding: Finding, style: Style) -> Iterator[str]:
    place = finding.place
    lines = lines_of(checked.texts.get(place.file, ""))
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if not line:
        return
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
    """The accepted findings with their reasons."""
    if not findings:
        return
    lines = [style("bold", phrase("accepted-heading", checked.language))]
    for finding in findings:
        accepted = finding.accepted
        assert accepted is not None
        lines.append(_named(checked, finding))
        said = phrase("accepted-line", checked.language, by=accepted.by, until=accepted.until, because=accepted.because)
        lines.extend(_wrapped(f"  {one_line(said)}", "  "))
    yield "\n".join(lines)


def _known(report: Report, style: Style) -> Iterator[str]:
    findings = report.standing_as("baseline")
    if findings:
        yield "\n".join([style("bold", words("baseline-heading", report.language)), *(_named(report.checked, one) for one in findings)])


def _left_out(report: Report, style: Style) -> Iterator[str]:
    if report.left_out:
        rules = (f"{entries()[name].code} [{name}]" for name in report.left_out)
        yield "\n".join([style("bold", words("left-out-heading", report.language)), *rules])


def _stale(report: Report, style: Style) -> Iterator[str]:
    """The entries of the baseline that meet nothing: told unasked, because they are to be tidied away."""
    if not report.stale or report.baseline is None:
        return
    number = len(report.stale)
    heading = words(f"stale-heading-{'one' if number == 1 else 'many'}", report.language, n=number, file=report.baseline.file)
    lines = [f"  {one_line(entry.code)} {one_line(entry.address)}" for entry in report.stale[:STALE_SHOWN]]
    if number > STALE_SHOWN:
        lines.append("  " + words("stale-more", report.language, n=number - STALE_SHOWN))
    yield "\n".join([style("bold", one_line(heading)), *lines])


def _named(checked: Checked, finding: Finding) -> str:
    return f"{one_line(_where(checked, finding.place))} {finding.code} [{finding.name}]"


def _where(checked: Checked, place: Place) -> str:
    return f"{shown_path(checked, place)}:{place.line}:{place.column}"


def _questions(checked: Checked, style: Style) -> Iterator[str]:
    if not checked.questions:
        return
    lines = [style("bold", phrase("questions-heading", checked.language))]
    for question in checked.questions:
        asked = question.words or phrase("unknown-question", checked.language)
        lines.extend(_wrapped(f"{one_line(question.address)}: {one_line(asked)}", "  "))
    yield "\n".join(lines)


def _closing(report: Report, style: Style, verbose: bool) -> Iterator[str]:
    yield style("bold", summary(report))
    counting = report.counting()
    if report.since is not None and report.since.older:
        number = report.since.older
        yield words(f"older-{'one' if number == 1 else 'many'}", report.language, n=number, revision=one_line(report.since.revision))
    unlisted = len(report.findings) > len(counting) or report.checked.questions
    if not verbose and unlisted and counting:
        yield style("dim", phrase("details", report.language))
    first = next((finding for finding in counting if not entries()[finding.name].formal), None)
    if first is not None:
        yield style("dim", phrase("explain", report.language, name=first.name))

"""The explanation of each rule as a page that an editor can open from a finding: `ropa rule` in a file, for as long as the server runs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ropa.findings.catalogue import entries, texts_language
from ropa.report.rules import as_text, explained
from ropa.report.terminal import Style


class RulePages:
    """Writes a page when a finding first points to it. Where none can be written, findings have no link."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._written: dict[tuple[str, str], str | None] = {}

    def page(self, rule: str, language: str) -> str | None:
        """The address of a rule's page in a language; None where there is none."""
        key = (rule, texts_language(language))
        if key not in self._written:
            self._written[key] = self._write(rule, key[1])
        return self._written[key]

    def _write(self, rule: str, language: str) -> str | None:
        try:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="ropa-rules-", ignore_cleanup_errors=True)
            path = Path(self._folder.name, f"{entries()[rule].code}-{rule}.{language}.txt")
            path.write_text(as_text(explained(entries()[rule], language), language, Style(False)), encoding="utf-8")
        except OSError:
            return None
        return path.as_uri()

    def close(self) -> None:
        """Takes the pages away."""
        if self._folder is not None:
            self._folder.cleanup()

"""What a team has settled once for `ropa check`: ``ropa.toml``, or ``[tool.ropa]`` in ``pyproject.toml``.

The nearest file counts, from the registry upward to the root of its git repository; files are never merged. Where both stand in one
folder, ``ropa.toml`` counts. What is said on the command line comes before what a file says. Nothing unknown is passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from ropa.commands.choices import one_of
from ropa.commands.errors import CommandError
from ropa.commands.options import FORMATS, LEVELS, parsed_output, rules_named
from ropa.commands.streams import say
from ropa.findings.finding import RANK, Severity
from ropa.law import LANGUAGES

OWN: Final = "ropa.toml"
SHARED: Final = "pyproject.toml"
RAISED: Final[tuple[Severity, ...]] = ("warning", "error")
_AT: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a configuration says. What it leaves out is None or empty. Paths are relative to where the command runs."""

    file: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    severity: Mapping[str, Severity] = field(default_factory=dict)
    lang: str | None = None
    format: str | None = None
    baseline: Path | None = None
    output: tuple[tuple[str, Path], ...] = ()


def settings(registry: Path, named: Path | None = None, wanted: bool = True) -> Settings:
    """The settings that hold for a registry: of the named file, else of the nearest; none where they are not wanted.

    Raises `CommandError` for a file that cannot be read or that says something unknown.
    """
    if not wanted:
        if named is not None:
            raise CommandError("--config and --no-config exclude each other.")
        return Settings()
    if named is not None:
        return _read(named, named.name == SHARED) or Settings()
    return _nearest(registry)


def _nearest(registry: Path) -> Settings:
    start = Path(os.path.abspath(registry))
    for folder in (start, *start.parents):
        own, shared = folder / OWN, folder / SHARED
        if os.path.lexists(own):
            if shared.is_file() and _mentioned(shared) and _table(shared, _text(shared), True) is not None:
                say(f"ropa: {_shown(own)} counts; [tool.ropa] in {_shown(shared)} beside it does not.")
            return _read(own, False) or Settings()
        if shared.is_file() and _mentioned(shared) and (found := _read(shared, True)) is not None:
            return found
        if (folder / ".git").exists():
            break
    return Settings()


def _mentioned(shared: Path) -> bool:
    """Whether a shared file can hold settings of ours at all: most do not, and none of them need be read as TOML."""
    try:
        return b"ropa" in shared.read_bytes()
    except OSError:
        return False


def _read(file: Path, shared: bool) -> Settings | None:
    """The settings of a file; None where a shared file has no table for us."""
    text = _text(file)
    table = _table(file, text, shared)
    return None if table is None else _Reader(file, text, shared).settings(table)


def _text(file: Path) -> str:
    if file.is_fifo() and file.name in (OWN, SHARED):
        raise CommandError(f"{_shown(file)} is a pipe, not a configuration. Name a file.")
    if file.is_dir():
        raise CommandError(f"{_shown(file)} is a folder, not a configuration. Name a file.")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{_shown(file)}:{line}: is not saved as UTF-8. Save it again with that encoding.") from None
    except OSError as error:
        raise CommandError(f"The configuration {_shown(file)} cannot be read: {error.strerror}.") from None


def _table(file: Path, text: str, shared: bool) -> Mapping[str, Any] | None:
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        place = f":{at[1]}:{at[2]}" if at and at[1] else ""
        raise CommandError(f"{_shown(file)}{place}: is no TOML. {_AT.sub('', str(error)).splitlines()[0]}.") from None
    except RecursionError:
        raise CommandError(f"{_shown(file)}: is nested too deep.") from None
    if not shared:
        return data
    tools = data.get("tool")
    table = tools.get("ropa") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise CommandError(f"{_shown(file)}: `tool.ropa` must be a table.")
    return table


def _shown(file: Path) -> str:
    """A file as it is reached from where the command runs, where that is shorter than its whole path."""
    relative = os.path.relpath(file)
    return str(file) if relative.startswith(os.pardir) else relative


class _Reader:
    """Reads the keys of one configuration. Every refusal names the file and, where it can be found, the line."""

    def __init__(self, file: Path, text: str, shared: bool) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.first = next((n for n, line in enumerate(self.lines) if shared and re.match(r"\s*\[\s*tool\s*\.\s*[\"']?ropa\b", line)), 0)

    def settings(self, table: Mapping[str, Any]) -> Settings:
        """The settings of a table."""
        found: dict[str, Any] = {}
        for key, value in table.items():
            if key not in _KEYS:
                self.refuse(key, partial(self._unknown, key))
            found[key.replace("-", "_")] = _KEYS[key](self, key, value)
        return Settings(file=self.file, **found)

    def _unknown(self, key: str) -> None:
        if key == "tool" and self.file.name != SHARED:
            raise CommandError(f"the settings of {self.file.name} stand at its top, without [tool.ropa].")
        one_of(key, _KEYS, "setting")

    def refuse(self, word: str, judge: Callable[[], Any]) -> Any:
        """What a judgement gives; its `CommandError` is raised with the place of the word that it is about."""
        try:
            return judge()
        except CommandError as error:
            raise CommandError(f"{self.place(word)}: {error}") from None

    def place(self, word: str) -> str:
        """The file, with the line on which a word first stands in it."""
        token = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        line = next((n for n, text in enumerate(self.lines[self.first :], self.first + 1) if word and token.search(text)), None)
        return _shown(self.file) + (f":{line}" if line is not None else "")

    def text(self, key: str, value: Any) -> str:
        """A text that is not empty."""
        if not isinstance(value, str) or not value.strip():
            raise CommandError(f"{self.place(key)}: `{key}` must be a text.")
        return value

    def texts(self, key: str, value: Any) -> list[str]:
        """A list of texts; one alone may stand without its brackets."""
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise CommandError(f"{self.place(key)}: `{key}` must be a list of texts.")
        return values

    def rules(self, key: str, value: Any) -> tuple[str, ...]:
        """Codes, names, or beginnings of codes, each of which is some rule's."""
        words = [word.strip() for text in self.texts(key, value) for word in text.split(",") if word.strip()]
        for word in words:
            self.refuse(word, partial(rules_named, word))
        return tuple(words)

    def choice(self, allowed: tuple[str, ...], what: str, key: str, value: Any) -> str:
        """One word of few."""
        text = self.text(key, value)
        return str(self.refuse(text, partial(one_of, text, allowed, what)))

    def raised(self, key: str, value: Any) -> dict[str, Severity]:
        """Severities by a rule's name, none of them below the rule's own."""
        if not isinstance(value, dict):
            raise CommandError(f'{self.place(key)}: `{key}` must be a table, as in `{key} = {{purpose-generic = "error"}}`.')
        found: dict[str, Severity] = {}
        for word, level in value.items():
            name = self._rule(word)
            severity = self._level(word, level)
            found[name] = max(severity, found.get(name, severity), key=RANK.__getitem__)
        return found

    def _rule(self, word: str) -> str:
        from ropa.findings.catalogue import entry

        rule = entry(word)
        if rule is None:
            self.refuse(word, partial(rules_named, word))
            raise CommandError(f"{self.place(word)}: {word} is several rules. A severity is raised for one rule at a time.")
        return rule.name

    def _level(self, word: str, level: Any) -> Severity:
        from ropa.findings.catalogue import entry

        asked = self.refuse(word, partial(one_of, str(level), RAISED, "severity to raise to"))
        rule = entry(word)
        assert rule is not None
        if RANK[asked] < RANK[rule.severity]:
            raise CommandError(
                f"{self.place(word)}: {rule.code} {rule.name} is an {rule.severity}, and a configuration only raises severities. "
                f"To live with a finding, let a role accept it in accepted.yaml: `ropa rule {rule.name}` shows how."
            )
        severity: Severity = asked
        return severity

    def path(self, key: str, value: Any) -> Path:
        """A path, which is relative to the configuration's folder."""
        return Path(os.path.relpath(self.file.parent / self.text(key, value)))

    def outputs(self, key: str, value: Any) -> tuple[tuple[str, Path], ...]:
        """Formats with their files."""
        found = []
        for text in self.texts(key, value):
            name, path = self.refuse(text, partial(parsed_output, text))
            found.append((name, Path(os.path.relpath(self.file.parent / path))))
        return tuple(found)


_KEYS: Final[Mapping[str, Callable[[_Reader, str, Any], Any]]] = {
    "select": _Reader.rules,
    "ignore": _Reader.rules,
    "fail-on": lambda reader, key, value: reader.choice(LEVELS, "severity", key, value),
    "severity": _Reader.raised,
    "lang": lambda reader, key, value: reader.choice(LANGUAGES, "language", key, value),
    "format": lambda reader, key, value: reader.choice(FORMATS, "format", key, value),
    "baseline": _Reader.path,
    "output": _Reader.outputs,
}

"""What the text formats share: the place of a finding as a path, and the closing line."""

from __future__ import annotations

import os

from ropa.checking import Checked
from ropa.findings.catalogue import phrase
from ropa.findings.finding import Place


def shown_path(checked: Checked, place: Place) -> str:
    """A place's file as it is reached from where the command runs."""
    folder = str(checked.folder)
    path = os.path.join(folder, place.file) if place.file else folder
    return os.path.normpath(path).replace(os.sep, "/")


def counted(name: str, number: int, language: str) -> str:
    """A number with its word, in the singular or the plural."""
    return phrase(f"{name}-{'one' if number == 1 else 'many'}", language, n=number)


def summary(checked: Checked) -> str:
    """The closing line: what counts, what is accepted, what is open, and what was read."""
    language = checked.language
    numbers = {severity: checked.count(severity) for severity in ("error", "warning", "info")}
    parts = [counted(f"{severity}s", number, language) for severity, number in numbers.items() if number]
    if not parts:
        parts = [phrase("none", language)]
    accepted, questions = len(checked.accepted()), len(checked.questions)
    parts += [counted("accepted", accepted, language)] if accepted else []
    parts += [counted("questions", questions, language)] if questions else []
    return f"{counted('files', checked.files, language)}, {', '.join(parts)}"

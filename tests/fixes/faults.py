"""Formal faults as people make them: each turns a file's text into one that is written wrongly, at a place of its choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

WORD = re.compile(r"(?<![\w-])[a-z][a-z_-]{3,}[a-z](?![\w-])")
INDENT = re.compile(r"^ {2,}(?=\S)", re.MULTILINE)
Change = Callable[[re.Match[str], int], str]


def _without_a_letter(found: re.Match[str], at: int) -> str:
    word = found[0]
    at %= len(word)
    return word[:at] + word[at + 1 :]


def _two_letters_swapped(found: re.Match[str], at: int) -> str:
    word = found[0]
    at %= len(word) - 1
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _another_letter(found: re.Match[str], at: int) -> str:
    word = found[0]
    at %= len(word)
    return word[:at] + "qxz"[at % 3] + word[at + 1 :]


def _sign(found: re.Match[str], at: int) -> str:
    return found[0] + (":", ": ", ",", " #", " #1", "#", "{", "}", "[", '"', "'", "\t", "\u00a0", "@", "?", "- ", "\n", "&", "*")[at % 19]


CHANGES: Mapping[str, tuple[str, Change]] = {
    "letter-left-out": (WORD.pattern, _without_a_letter),
    "letters-swapped": (WORD.pattern, _two_letters_swapped),
    "wrong-letter": (WORD.pattern, _another_letter),
    "capitals": (WORD.pattern, lambda found, _: found[0].upper()),
    "underscore": (r"(?<=[a-z])[-_](?=[a-z])", lambda found, _: "_" if found[0] == "-" else "-"),
    "iso-duration": (r"\b(\d+) (year|month|day)s?\b", lambda found, _: f"P{found[1]}{found[2][0].upper()}"),
    "norwegian-date": (r"\b(\d{4})-(\d\d)-(\d\d)\b", lambda found, _: f"{found[3]}.{found[2]}.{found[1]}"),
    "number-for-text": (r'"(\d+)"', lambda found, _: found[1]),
    "text-for-number": (r"(?<=: )\d+$", lambda found, _: f'"{found[0]}"'),
    "country-name": (r"\bNO\b", lambda _, at: ("Norge", "Norway", "no", "NOR")[at % 4]),
    "yes": (r"\btrue\b", lambda _, at: ("ja", "yes", '"true"', "Yes")[at % 4]),
    "colon-in-text": (r"(?<=[a-zæøå]{3}) (?=[a-zæøå]{3})", lambda _, __: ": "),
    "number-sign-in-text": (r"(?<=[a-zæøå]{3}) (?=[a-zæøå]{3})", lambda _, at: f" #{at % 99} "),
    "tab": (INDENT.pattern, lambda found, _: "\t" * (len(found[0]) // 2)),
    "hard-space": (INDENT.pattern, lambda found, _: found[0].replace(" ", "\u00a0", 1)),
    "between-braces": (
        r"\n +nb: ([^\n:#'\"{}\[\]]+)\n +en: ([^\n:#'\"{}\[\]]+)\n",
        lambda found, _: f" {{nb: {found[1]}, en: {found[2]}}}\n",
    ),
    "sign": (WORD.pattern, _sign),
}


def faulty(text: str, change: str, place: int, at: int) -> str:
    """The text with a fault of a kind at one of the places where it can be, both chosen by number; unchanged where there is none."""
    pattern, written = CHANGES[change]
    places: Sequence[re.Match[str]] = list(re.finditer(pattern, text, re.MULTILINE))
    if not places:
        return text
    found = places[place % len(places)]
    return text[: found.start()] + written(found, at) + text[found.end() :]

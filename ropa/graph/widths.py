"""How wide a text is, without asking the machine: a table of advances instead of a font.

A drawing must come out byte-identical everywhere, so nothing is measured. The advances are those of Noto Sans, which
is wider than Source Sans 3, Segoe UI, Roboto and Helvetica: a box made for it is roomy, never too small, in the others.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Weight = Literal["regular", "bold"]

SOFT_HYPHEN = "\u00ad"
ELLIPSIS = "…"

# Hundredths of an em, and the characters that advance so far.
_REGULAR = {
    22: "'", 26: " ijl", 27: "!,.:;J", 28: "`", 30: "()", 32: "-", 33: "[]", 34: "If", 36: "t“”", 37: "/\\", 38: "{}", 41: '"r', 43: "?°",
    44: "_", 47: "z", 48: "cs", 50: "–", 51: "vy§«»", 52: "FL", 53: "kx", 55: "*S|", 56: "ETae", 57: "$+0123456789<=>YZ^~€", 59: "X",
    60: "PVoø", 62: "KRbdghnpqu", 63: "Cß", 64: "A", 65: "#B", 73: "&DGU", 74: "H", 76: "N", 78: "OQØ", 79: "w…", 83: "%", 86: "æ",
    88: "Æ", 90: "@", 91: "M", 93: "W", 94: "m", 95: "œ", 100: "—Œ",
}  # fmt: skip
_BOLD = {
    26: " ", 27: "'", 28: ",.:;", 29: "!", 30: "ijl", 32: "-", 33: "J[]", 34: "()", 36: "`", 39: "If{}", 41: "/\\_", 43: "t°", 44: "“”",
    45: "r", 47: '"', 48: "?", 49: "z§", 50: "s–", 51: "c", 54: "*", 55: "FS|", 56: "EL", 57: "$+0123456789<=>^vy~€", 58: "TZx", 59: "e",
    60: "a", 62: "Yko«»ø", 63: "Pbdgpq", 64: "C", 65: "#V", 66: "KRhnu", 67: "BX", 69: "A", 71: "ß", 72: "G", 74: "D", 75: "&", 76: "HU",
    80: "OQØ", 81: "N", 86: "w…", 90: "%@", 92: "æ", 94: "M", 95: "Æ", 98: "mœ", 100: "—WŒ",
}  # fmt: skip
_ADVANCES: dict[Weight, dict[str, int]] = {
    "regular": {char: width for width, chars in _REGULAR.items() for char in chars},
    "bold": {char: width for width, chars in _BOLD.items() for char in chars},
}
_UNKNOWN = 75
_FULL = 100

# Marks that reorder or isolate text (Unicode TR 9) and could make a name read as another one.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text on one line, without bidi marks, control characters and what XML 1.0 cannot hold."""
    return re.sub(" +", " ", "".join(map(_harmless, text))).strip(" ")


def _harmless(char: str) -> str:
    if char in _BIDI:
        return ""
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    if category == "Cs" or ord(char) & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return char


def text_width(text: str, size: float, weight: Weight = "regular") -> float:
    """The width in px of the text at this size in px."""
    table = _ADVANCES[weight]
    return sum(_advance(char, table) for char in text) * size / 100


def _advance(char: str, table: dict[str, int]) -> int:
    known = table.get(char)
    if known is not None:
        return known
    if char == SOFT_HYPHEN or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return _FULL
    base = unicodedata.normalize("NFD", char)[0]
    return table.get(base, _UNKNOWN)


def wrap(text: str, room: float, size: float, weight: Weight = "regular", lines: int = 2) -> tuple[str, ...]:
    """The text in at most so many lines that each fit the room; what is left over ends in an ellipsis."""
    words = clean(text).split(" ")
    result: list[str] = []
    current = ""
    while words:
        word = words.pop(0)
        longer = f"{current} {word}".lstrip(" ")
        if text_width(longer, size, weight) <= room:
            current = longer
            continue
        if len(result) == lines - 1:
            return (*_visible(result), _cut(" ".join([longer, *words]), room, size, weight))
        taken = text_width(f"{current} ", size, weight) if current else 0
        head, rest = _broken(word, room - taken, size, weight, force=not current)
        result.append(f"{current} {head}".strip(" "))
        current = ""
        words.insert(0, rest)
    return _visible([*result, current])


def _visible(lines: list[str]) -> tuple[str, ...]:
    return tuple(line.replace(SOFT_HYPHEN, "") for line in lines)


def _broken(word: str, room: float, size: float, weight: Weight, *, force: bool) -> tuple[str, str]:
    """The part of a word that fits the room, with its hyphen, and the rest; by force between any two letters."""
    for cut in reversed([index for index, char in enumerate(word) if char == SOFT_HYPHEN]):
        if text_width(f"{word[:cut]}-", size, weight) <= room:
            return f"{word[:cut]}-", word[cut + 1 :]
    if not force:
        return "", word
    cut = max((index for index in range(1, len(word)) if text_width(word[:index], size, weight) <= room), default=1)
    return word[:cut], word[cut:]


def _cut(text: str, room: float, size: float, weight: Weight) -> str:
    text = text.replace(SOFT_HYPHEN, "").strip()
    if text_width(text, size, weight) <= room:
        return text
    while text and text_width(f"{text}{ELLIPSIS}", size, weight) > room:
        text = text[:-1].rstrip()
    return f"{text}{ELLIPSIS}"


def fit(text: str, room: float, size: float, weight: Weight = "regular") -> str:
    """The text on one line, cut with an ellipsis where it is wider than the room."""
    return _cut(clean(text), room, size, weight)

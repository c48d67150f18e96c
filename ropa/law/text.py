"""One form of a text, so that two ways of writing the same name or section compare equal."""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": None, "\u2012": "–", "\u2014": "–", "\u2212": "–"})


def plain(text: str) -> str:
    """Return the text in composed letters, with plain spaces and hyphens; en dashes stay, since they write ranges."""
    composed = unicodedata.normalize("NFC", text.replace("%C2%A7", "§").replace("%c2%a7", "§"))
    return _SPACES.sub(" ", composed.translate(_DASHES)).strip()


def fold(name: str) -> str:
    """Return the form in which names are compared: small letters, no punctuation at the ends."""
    return plain(name).casefold().strip(" .,:;\"'«»“”").replace("–", "-")


def fold_section(number: str) -> str:
    """Return the form in which section numbers are compared: `2 A-1`, `2A-1` and `2a-1` are one."""
    return number.replace(" ", "").casefold()


def closest(written: str, known: Iterable[str], *, limit: int, cutoff: float) -> list[str]:
    """Return the known words most like the written one, the likest first."""
    # Late, since a registry without a slip never needs it.
    from difflib import get_close_matches

    return get_close_matches(written, list(known), n=limit, cutoff=cutoff)

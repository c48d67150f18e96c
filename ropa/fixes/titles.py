"""What a fix is called where it is offered, in the languages of the messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ropa.findings.catalogue import texts_language

_TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "nb": {
        "write": "Skriv `{right}`",
        "quote": "Sett teksten i anførselstegn",
        "block": "Skriv én linje per språk",
        "spaces": "Bruk vanlige mellomrom",
    },
    "en": {
        "write": "Write `{right}`",
        "quote": "Put the text in quotation marks",
        "block": "Write one line a language",
        "spaces": "Use ordinary spaces",
    },
}


def title(key: str, language: str, right: str) -> str:
    """The title of a fix; `right` is what it writes, where that is short enough to name."""
    return _TITLES[texts_language(language)][key].replace("{right}", right)

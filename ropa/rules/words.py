"""Words that say too little: stock phrases for purposes, endings that leave a list open, and names of legal bases in running text.

Whole words only, in Bokmål, Nynorsk and English, so that a word inside another never counts.
"""

from __future__ import annotations

import re
from typing import Final

# --- purposes (WP260 rev.01) ------------------------------------------------------------------------------------------


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


_STOCK_NOUNS: Final = _words("""
    formål formålet markedsføring markedsføringsformål forskning forskningsformål sikkerhet sikkerheten sikkerhetsformål
    sikkerhetshensyn forretningsformål administrasjon driftsformål
    føremål føremålet marknadsføring marknadsføringsføremål forsking forskingsføremål tryggleik tryggleiken tryggleiksføremål
    forretningsføremål
    purpose purposes marketing research security administration
""")
_OBJECTS: Final = _words("""
    tjenestene tjenester tjenesten produktene produkter
    tenestene tenester tenesta produkta produkt
    brukeropplevelsen kundeopplevelsen opplevelsen brukeropplevinga kundeopplevinga
    services service products experience
""")
"""Stock objects: vague only where one says that they get better or new (WP260: ``develop new services``)."""

_IMPROVE: Final = _words("""
    utvikle videreutvikle forbedre bedre forbedring utvikling videreutvikling
    vidareutvikle vidareutvikling forbetre forbetring betre
    improve improving improvement develop developing development better
""")
_FILLERS: Final = _words("""
    og eller samt til for å av vår vårt våre egen eget egne annet andre diverse ulike forskjellige generell generelle videre øvrige
    intern internt interne administrativ administrativt administrative kommersielle forretningsmessige saklige legitime lovlige
    relevante nødvendige nye drive utføre gjennomføre ivareta mv osv etc m v
    vi kan bruke bruker opplysninger opplysningene personopplysninger personopplysningene dine om deg
    som er forenlig forenlige med disse det brukes i virksomheten virksomhetens verksemda selskapet bedriften kommunen
    ymse vidare gjere opplysningar opplysningane personopplysningar personopplysningane nytte nyttar
    and or to of our the other various general internal further any business commercial administrative legitimate relevant
    necessary new carry out conduct we may use user your data personal information
""")
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")
_STOCK: Final = _STOCK_NOUNS | _OBJECTS | _IMPROVE | _FILLERS
_LONGEST: Final = 14
"""A stock phrase is short; a text of more words is exact enough to be read by a person."""


def is_stock_phrase(text: str) -> bool:
    """Whether a purpose's text holds nothing but stock words: ``Videre administrative formål``, but not ``Lønnsutbetaling``."""
    first = _WORD.search(text)
    if first is None or first.group().casefold() not in _STOCK:
        return False
    words = set(_WORD.findall(text.casefold()))
    if len(words) > _LONGEST or not words <= _STOCK:
        return False
    return not words & _OBJECTS or bool(words & _IMPROVE)


# --- open lists -------------------------------------------------------------------------------------------------------

_CUT: Final = r"(?=\s*(?:[.,;:)!?]|$)|\s+(?:for|om|som|til|frå|fra|når|ved|hos|i|på|slik)\b)"
_OPEN_WORDS: Final = (
    rf"med mer{_CUT}",
    rf"med meir{_CUT}",
    r"mv\b",
    r"m\.\s?v\.",
    r"m\.\s?m\.",
    r"osv\b",
    r"osb\b",
    r"og så videre",
    r"og så vidare",
    r"etc\b",
    r"et cetera",
    r"for eksempel",
    r"f\.\s?eks\b",
    r"til dømes",
    r"blant annet",
    r"bl\.\s?a\.",
    r"mellom anna",
    r"inkludert,? men ikke begrenset til",
    r"inkludert,? men ikkje avgrensa til",
    r"including,? but not limited to",
    r"and so on",
    r"and so forth",
    r"for example",
    r"e\.\s?g\.",
    r"among other things",
)
_OPEN: Final = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(_OPEN_WORDS)})(?![\w@-]|\.\w)", re.IGNORECASE)
_ABBREVIATIONS: Final = ("mv", "osv", "osb", "etc", "f.eks")
_OPEN_HINTS: Final = (
    "mv", "m.m", "m. m", "m.v", "m. v", "osv", "osb", "etc", "et cetera", "med me", "eks", "så vid", "til døm", "blant annet", "bl.",
    "mellom anna", "ikke begrenset", "ikkje avgrensa", "not limited to", "and so ", "for example", "e.g", "e. g", "among other",
)  # fmt: skip
_BEFORE_IN_TITLE: Final = re.compile(r"\b(?:lov|forskrift)(?:en|a)? (?:\d[\d. a-zæøå-]* )?om [^.;:]*\Z", re.IGNORECASE)
_AFTER_IN_TITLE: Final = re.compile(r"\.?\s*(?:\(|§)")


def may_be_open(low: str) -> bool:
    """Whether a text in small letters may hold an open-ended word: a cheap test that never says no wrongly."""
    return any(hint in low for hint in _OPEN_HINTS)


def open_word(text: str) -> str | None:
    """The first word that leaves a list open, as it is written; None in a closed text. A quoted title of an act may hold one."""
    for found in _OPEN.finditer(text):
        if _BEFORE_IN_TITLE.search(text, 0, found.start()) and _AFTER_IN_TITLE.match(text, found.end()):
            continue
        return text[found.start() : found.end() + _dot_after(text, found)]
    return None


def _dot_after(text: str, found: re.Match[str]) -> int:
    """One where the word is an abbreviation whose full stop follows."""
    return int(found.group().lower() in _ABBREVIATIONS and text.startswith(".", found.end()))


# --- legal bases named in running text --------------------------------------------------------------------------------

_BASIS_NAMES: Final = {
    "consent": r"samtykket?|consent",
    "contract": r"avtalen?|kontrakten?|contract",
    "legal-obligation": r"rettslige? (?:forpliktelse|plikt)(?:r|en)?|rettsleg(?:e)? plikt(?:a)?|legal obligations?",
    "vital-interests": r"vitale interesser|vital interests",
    "public-task": r"oppgave i allmennhetens interesse|offentlig myndighetsutøvelse|task in the public interest",
    "legitimate-interest": r"berettige(?:t|de) interesser?|(?:rettkomen|rettkomne) interesser?|legitimate interests?",
}
_ANY_BASIS: Final = "|".join(f"(?:{names})" for names in _BASIS_NAMES.values())
_WHOSE: Final = r"(?:\s+(?:din|ditt|dine|vår|med deg))?(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))?"
"""Whose it is, and the article in brackets: ``avtalen din (art. 6(1)(b))``."""

_JOINED: Final = r"\s*(?:,\s*(?:og|eller|ellers|and|or|else)?|/|\b(?:og|eller|og/eller|and|or|and/or)\b)\s*"
_OWN: Final = r"(?:(?:på|i|av|etter|vår|våre|den|det|our|on|an?|the|et|en)\s+){0,2}"
_PAIR: Final = rf"({_ANY_BASIS})\b{_WHOSE}{_JOINED}{_OWN}({_ANY_BASIS})\b"
_TWO_BASES: Final = re.compile(rf"\b{_PAIR}", re.IGNORECASE)
_BASED_ON: Final = r"på grunnlag av|grunnlag i|basert på|behandlingsgrunnlag(?:et)?(?: er)?|hjemmel i|based on|on the basis of"
_BASED_ON_TWO: Final = re.compile(rf"\b(?:{_BASED_ON})\s+{_OWN}{_PAIR}", re.IGNORECASE)
_UNMISTAKABLE: Final = ("legal-obligation", "vital-interests", "public-task", "legitimate-interest")
_BASIS_HINTS: Final = ("nteres", "plikt", "bligat", "yndighet", "amtykke", "onsent")
"""Parts of the unmistakable names and of consent, without their first letter, which may be a capital."""


def _basis_named(words: str) -> str:
    return next(key for key, names in _BASIS_NAMES.items() if re.fullmatch(names, words, re.IGNORECASE))


def two_bases_named(text: str) -> tuple[str, str] | None:
    """Two legal bases that a text names side by side: ``samtykke eller berettiget interesse``.

    At least one of them must be a name that is used of nothing else, or the text says that it names what it is based on: an
    agreement and a consent are also things one keeps.
    """
    if not any(hint in text for hint in _BASIS_HINTS):
        return None
    based = _BASED_ON_TWO.search(text)
    found = based or _TWO_BASES.search(text)
    if found is None:
        return None
    pair = _basis_named(found[1]), _basis_named(found[2])
    certain = based is not None or any(name in _UNMISTAKABLE for name in pair)
    return pair if pair[0] != pair[1] and certain else None

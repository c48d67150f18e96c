"""The structure of the General Data Protection Regulation: which articles, paragraphs and points exist, how they are cited and linked."""

import string
from functools import cache
from typing import Literal

import msgspec

from ropa.law import store

Fault = Literal["article-unknown", "paragraph-unknown", "point-unknown"]

TITLE = "Regulation (EU) 2016/679 (General Data Protection Regulation)"
_NAMES = {"nb": "personvernforordningen", "nn": "personvernforordninga", "en": "GDPR"}
_ORDINALS = {
    "nb": ("første", "annet", "tredje", "fjerde", "femte", "sjette"),
    "nn": ("første", "andre", "tredje", "fjerde", "femte", "sjette"),
    "en": ("first", "second", "third", "fourth", "fifth", "sixth"),
}


class Provision(msgspec.Struct, frozen=True):
    """One place in the Regulation, as narrow as it was cited; or one of its recitals."""

    article: int
    paragraph: int | None = None
    point: str | None = None
    subparagraph: int | None = None
    recital: bool = False

    def __str__(self) -> str:
        if self.recital:
            return f"recital {self.article}"
        paragraph = "" if self.paragraph is None else f"({self.paragraph})"
        point = "" if self.point is None else f"({self.point})"
        subparagraph = "" if self.subparagraph is None else f" {ordinal(self.subparagraph)} subparagraph"
        return f"{self.article}{paragraph}{point}{subparagraph}"

    def covers(self, other: "Provision") -> bool:
        """Return whether `other` lies in this place: article 6 covers 6(1)(c)."""
        return (
            (self.recital, self.article) == (other.recital, other.article)
            and self.paragraph in (None, other.paragraph)
            and self.point in (None, other.point)
            and self.subparagraph in (None, other.subparagraph)
        )


class _Article(msgspec.Struct, frozen=True):
    title: str
    p: dict[int, str]


class _Gdpr(msgspec.Struct, frozen=True):
    link: str
    link_no: str
    recitals: int
    notes: dict[str, str]
    articles: dict[int, _Article]


class _Structure(msgspec.Struct, frozen=True):
    gdpr: _Gdpr


@cache
def _data() -> _Gdpr:
    return store.load("structure.json", _Structure).gdpr


def ordinal(number: int, language: str = "en") -> str:
    """Return "first", "second", "annet"; a numeral with a full stop (or -th) beyond what the Regulation has."""
    words = _ORDINALS.get(language, _ORDINALS["en"])
    if 1 <= number <= len(words):
        return words[number - 1]
    return f"{number}th" if language == "en" else f"{number}."


def points(shape: str) -> str:
    """Return the letters of a paragraph's points: ``"a-f|2"`` → abcdef."""
    letters = shape.partition("|")[0]
    if not letters:
        return ""
    first, _, last = letters.partition("-")
    alphabet = string.ascii_lowercase
    return alphabet[alphabet.index(first) : alphabet.index(last or first) + 1]


def subparagraphs(shape: str) -> int:
    """Return how many subparagraphs a paragraph has: ``"a-f|2"`` → 2."""
    return int(shape.partition("|")[2] or 1)


def fault(provision: Provision) -> Fault | None:
    """Return what does not exist of a provision; None where all of it does."""
    if provision.recital:
        return None if 1 <= provision.article <= _data().recitals else "article-unknown"
    article = _data().articles.get(provision.article)
    if article is None:
        return "article-unknown"
    # An article without numbered paragraphs is written with the key 0.
    paragraph = provision.paragraph if provision.paragraph is not None else 0
    if provision.paragraph == 0 or (paragraph and paragraph not in article.p):
        return "paragraph-unknown"
    shape = article.p.get(paragraph, "")
    if provision.point is not None and provision.point not in tuple(points(shape)):
        return "point-unknown"
    if provision.subparagraph is not None and not 1 <= provision.subparagraph <= subparagraphs(shape):
        return "paragraph-unknown"
    return None


def nearest(provision: Provision) -> tuple[str, ...]:
    """Return the provisions that stand where an unknown one would, at most ten, as they are cited."""
    article = _data().articles.get(provision.article)
    if provision.recital or article is None:
        return ()
    paragraph = provision.paragraph or 0
    if paragraph in article.p:
        return tuple(str(Provision(provision.article, paragraph or None, letter)) for letter in points(article.p[paragraph]))[:10]
    if provision.point and not paragraph:
        found = [number for number, shape in article.p.items() if provision.point in points(shape)]
        return tuple(str(Provision(provision.article, number, provision.point)) for number in found)[:10]
    return tuple(str(Provision(provision.article, number or None)) for number in article.p)[:10]


def has_numbered_paragraphs(article: int) -> bool:
    """Return whether the article is divided into numbered paragraphs."""
    found = _data().articles.get(article)
    return found is not None and 0 not in found.p


def article_title(article: int) -> str:
    """Return the article's subject in our own words; empty for one that does not exist."""
    found = _data().articles.get(article)
    return found.title if found else ""


def note(provision: Provision) -> str:
    """Return what must be known of the text at this place (a corrigendum); mostly empty."""
    return _data().notes.get(str(provision), "")


def link() -> str:
    """Return the Regulation's page at EUR-Lex."""
    return _data().link


def article_link(article: int) -> str:
    """Return the article's page in the Norwegian text, as Lovdata prints it with the act."""
    return _data().link_no.replace("{article}", str(article))


def name(language: str) -> str:
    """Return what the Regulation is called in a sentence."""
    return _NAMES.get(language, _NAMES["en"])


def cite(provision: Provision, language: str, *, with_name: bool = True) -> str:
    """Return the provision as a notice says it: `personvernforordningen artikkel 6 nr. 1 bokstav c`, `GDPR Article 6(1)(c)`."""
    start = f"{name(language)} " if with_name else ""
    if language not in ("nb", "nn"):
        return f"{start}{provision}" if provision.recital else f"{start}Article {provision}"
    if provision.recital:
        return f"{start}fortalepunkt {provision.article}"
    parts = [f"{start}artikkel {provision.article}"]
    if provision.paragraph is not None:
        parts.append(f"nr. {provision.paragraph}")
    if provision.subparagraph is not None:
        parts.append(f"{ordinal(provision.subparagraph, language)} ledd")
    if provision.point is not None:
        parts.append(f"bokstav {provision.point}")
    return " ".join(parts)

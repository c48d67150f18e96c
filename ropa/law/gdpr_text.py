"""Reads citations of the Regulation as people write them: `art. 6(1)(c)`, `artikkel 6 nr. 1 bokstav c`, `13-14`, `6(3)(a)-(b), 7`."""

import re
from functools import cache

import msgspec

from ropa.law import gdpr
from ropa.law.gdpr import Provision

# Numbers above this are no articles but years and document numbers that strayed in; they are read as one unknown article.
_LARGEST = 9999
# A range is spelt out up to this many members.
_LONGEST_RANGE = 99

_NAME = (
    r"\b(?:the )?(?:gdpr|dsgvo|rgpd|pvf|(?:eus? )?personvernforordning(?:en|a)?s?|general data protection regulation)\b"
    r"|\b(?:the |europaparlaments- og rådsforordning |forordning |regulation )?\(?eu\)? ?(?:nr\.? )?2016/679\b|\b32016r0679\b"
)
NAME = re.compile(_NAME, re.IGNORECASE)
# The name with the little word that ties it to the article before it ("artikkel 6 i personvernforordningen"), and brackets around it.
_NAME_AND_TIE = re.compile(rf"(?:\b(?:i|av|of|in)\s+)?\(?(?:{_NAME})\)?", re.IGNORECASE)

_KINDS_OF_WORD = r"""(?P<article>\b(?:art(?:ikkel|iklene|ikler|iklar|iklane|icles?|s)?|§+)(?![a-zæøå])\.?|§+)
    |(?P<recital>\b(?:recitals?|fortalepunkt(?:ene|et|er|a)?|fortalen?|fortala)(?![a-zæøå])\.?)
    |(?P<chapter>\b(?:chapter|kapittel|kap|annex(?:es)?|vedlegg|clause)(?![a-zæøå])\.?\s*(?:[ivx]+|\d+)?(?:\s?-\s?(?:[ivx]+|\d+))?\b)
    |(?P<remark>\((?!\s*(?:\d+|[a-z])\s*\))[^()]*\))
    |(?P<bracket>\(\s*(?:\d+|[a-z])\s*\))
    |(?P<ordinal>\b(?:første|fyrste|first|1st|annet|andre|second|tredje|third|fjerde|fourth|siste|last)\b|\d+\.(?=\s*(?:ledd|avsnitt)\b))
    |(?P<ledd>\b(?:ledd|avsnitt|subparagraph|sub-paragraph)\b)
    |(?P<sentence>\b(?:punktum|setning|sentence|alternativ|alternative)\b)
    |(?P<paragraph>\b(?:nr|nummer|no|abs|para(?:graph)?s?|pkt)(?![a-zæøå])\.?)
    |(?P<point>\b(?:bokstav(?:ene|ane|er)?|litra|lit|points?|punkt)(?![a-zæøå])\.?)
    |(?P<number>\d+)
    |(?P<letter>(?<![a-zæøå])[a-z](?![a-zæøå]))
    |(?P<range>–|-|\btil(?:\s+og\s+med)?\b|\bto\b)
    |(?P<also>,|;|/|&|\+|\b(?:og|and|eller|or|samt|jf|jfr|cf)(?![a-zæøå])\.?)
    |(?P<dot>\.)
    |(?P<word>[^\W\d_]+)"""
_ORDINALS = {
    **dict.fromkeys(("første", "fyrste", "first", "1st"), 1),
    **dict.fromkeys(("annet", "andre", "second"), 2),
    **dict.fromkeys(("tredje", "third"), 3),
    **dict.fromkeys(("fjerde", "fourth"), 4),
}


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str
    spaced: bool


def without_name(text: str) -> str:
    """Return the citation without the Regulation's name."""
    return _NAME_AND_TIE.sub(" ", text)


def provisions(text: str) -> tuple[Provision, ...]:
    """Return every article, paragraph and point that the text cites, ranges of points and paragraphs spelt out. Never raises."""
    reader = _Reader(_tokens(without_name(text)))
    return reader.read()


@cache
def _token_pattern() -> re.Pattern[str]:
    """The tokens' pattern, made when the first article is read: a registry may cite none."""
    return re.compile(_KINDS_OF_WORD, re.IGNORECASE | re.VERBOSE)


def _tokens(text: str) -> list[_Token]:
    found = []
    end = 0
    for matched in _token_pattern().finditer(text):
        kind = matched.lastgroup or "word"
        found.append(_Token(kind, matched.group().strip("() ").casefold(), spaced=matched.start() > end or matched.start() == 0))
        end = matched.end()
    return found


class _Reader:
    """Walks the tokens once; what a number or letter means follows from the word before it and from what was read last."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.found: list[Provision] = []
        self.last = ""
        self.expected = "article"
        self.joined = ""
        self.ordinal: int | None = None
        self.noise = False

    def read(self) -> tuple[Provision, ...]:
        for place, token in enumerate(self.tokens):
            following = self.tokens[place + 1] if place + 1 < len(self.tokens) else _Token("", "", spaced=True)
            self._take(token, following)
        return tuple(dict.fromkeys(self.found))

    def _take(self, token: _Token, following: _Token) -> None:
        kind = token.kind
        if kind in {"article", "recital"}:
            self.expected, self.noise = kind, False
        elif kind in {"paragraph", "point"}:
            # "nr." and "bokstav" say what comes; "punkt" before a number is a paragraph.
            self.expected, self.noise = ("paragraph" if kind == "paragraph" or following.kind == "number" else "point"), False
        elif kind in {"also", "range"}:
            self._join("comma" if token.text == "," else kind, following)
        elif kind == "ordinal":
            self.ordinal = _ORDINALS.get(token.text) or (int(token.text[:-1]) if token.text[:-1].isdecimal() else None)
        elif kind == "ledd":
            self._ledd()
        elif kind == "word":
            self.noise = True
        elif kind == "dot":
            self.joined = self.joined if token.spaced or following.spaced else "dot"
        elif kind == "letter" and following.kind == "word":
            # "artikkel 6 i forordningen", "a duty": words, no point.
            self.noise = True
        elif not self.noise:
            self._value(token, following)

    def _join(self, kind: str, following: _Token) -> None:
        self.joined = kind
        if following.kind in {"number", "bracket"} and kind != "range":
            self.noise = False

    def _ledd(self) -> None:
        """`første ledd` is a paragraph where none was named ("artikkel 6 første ledd"), else a subparagraph of it."""
        if self.ordinal is None or not self.found:
            return
        last = self.found[-1]
        if last.paragraph is None and gdpr.has_numbered_paragraphs(last.article):
            self.found[-1] = Provision(last.article, self.ordinal)
            self.last = "paragraph"
        elif last.point is None:
            self.found[-1] = Provision(last.article, last.paragraph, None, self.ordinal)
        self.ordinal = None

    def _value(self, token: _Token, following: _Token) -> None:
        if token.kind in {"number", "bracket"} and token.text.isdecimal():
            self._number(min(int(token.text[:6]), _LARGEST), in_brackets=token.kind == "bracket", following=following)
        elif token.kind in {"letter", "bracket"} and token.text:
            self._letter(token.text)
        self.joined = ""

    def _number(self, number: int, *, in_brackets: bool, following: _Token) -> None:
        kind = self._kind_of(in_brackets=in_brackets, following=following)
        marked = self.expected == "paragraph"
        self.expected = ""
        if kind == "paragraph" and self.found:
            self._paragraph(number)
        else:
            recital = kind == "recital"
            spelt_out = self._from_last(number) if self.joined == "range" and self.found and self.last == kind else ()
            self.found.extend(Provision(each, recital=recital) for each in spelt_out or (number,))
        self.last = "nr" if kind == "paragraph" and (marked or self.last == "nr") else kind

    def _from_last(self, number: int) -> range:
        """The articles or recitals that follow the last one up to this."""
        start = self.found[-1].article + 1
        return range(start, number + 1) if number <= start + _LONGEST_RANGE else range(0)

    def _paragraph(self, number: int) -> None:
        last = self.found[-1]
        if last.paragraph is None or self.joined in {"", "dot"}:
            self.found[-1] = Provision(last.article, number)
        elif self.joined == "range" and last.paragraph < number <= last.paragraph + _LONGEST_RANGE:
            self.found.extend(Provision(last.article, each) for each in range(last.paragraph + 1, number + 1))
        else:
            self.found.append(Provision(last.article, number))

    def _kind_of(self, *, in_brackets: bool, following: _Token) -> str:
        """Whether a number is an article, a paragraph or a recital."""
        opens_article = following.kind in {"bracket", "paragraph"}
        if in_brackets:
            return "paragraph"
        if self.expected in {"article", "recital"}:
            return self.expected
        if self.expected == "paragraph" or self.joined == "dot":
            return "paragraph"
        if self.last == "recital":
            return "recital"
        if self.joined == "range" and self.last == "article" and following.kind in {"letter", "range"}:
            return "paragraph"
        if self.joined:
            return "paragraph" if self.last == "nr" and not opens_article else "article"
        return "paragraph" if self.found and self.found[-1].paragraph is None else "article"

    def _letter(self, letter: str) -> None:
        self.expected = ""
        if not self.found or self.found[-1].recital:
            return
        last = self.found[-1]
        if last.point is None:
            # "28(3) first sentence and (a)": the paragraph as a whole was cited too.
            if self.joined == "also":
                self.found.append(Provision(last.article, last.paragraph, letter))
            else:
                self.found[-1] = Provision(last.article, last.paragraph, letter)
        elif self.joined == "range" and last.point < letter:
            span = range(ord(last.point) + 1, ord(letter) + 1)
            self.found.extend(Provision(last.article, last.paragraph, chr(each)) for each in span)
        elif self.joined:
            self.found.append(Provision(last.article, last.paragraph, letter))
        self.last = "point"

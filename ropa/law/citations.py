"""Takes a citation apart as it is written, without asking whether what it names exists.

The words of the law are Norwegian or English: `helsepersonelloven §§ 21 og 25`, `GDPR art. 6(1)(c)`, `§ 13 i bokføringsloven`,
`bokføringsloven § 13 første ledd nr. 1, jf. hvitvaskingsloven § 30`.
"""

import re
from collections.abc import Iterator

import msgspec

from ropa.law import gdpr_text
from ropa.law.gdpr import Provision
from ropa.law.text import plain

# No citation is longer; what lies behind is left unread, so that hostile text costs no time.
_LONGEST_TEXT = 1000

_LETTER = r"[^\W\d_]"
_ORDINAL_WORDS = {
    **dict.fromkeys(("første", "fyrste", "first"), 1),
    **dict.fromkeys(("annet", "andre", "second"), 2),
    **dict.fromkeys(("tredje", "third"), 3),
    **dict.fromkeys(("fjerde", "fourth"), 4),
    **dict.fromkeys(("femte", "fifth"), 5),
    **dict.fromkeys(("sjette", "sixth"), 6),
    **dict.fromkeys(("sjuende", "syvende", "seventh"), 7),
    **dict.fromkeys(("åttende", "åttande", "eighth"), 8),
    **dict.fromkeys(("niende", "niande", "ninth"), 9),
    **dict.fromkeys(("tiende", "tiande", "tenth"), 10),
}
_ORDINAL = rf"(?:\b(?:{'|'.join(_ORDINAL_WORDS)}|siste|last)\b|\(?\b\d{{1,2}}\b\.?\)?)"
_AND = r"(?:,\s*(?:og|and)\b|,|\b(?:og|and|samt|eller|or)\b|&)"
_TO = r"(?:–|\btil(?:\s+og\s+med)?\b|\bt\.?o\.?m\.?(?=\s)|\bto\b)"

# A section: 13, 13 b, 3-15, 5-1-1, 2 A-1, 19A-4a. A single "i" before a word is the preposition ("§ 13 i bokføringsloven").
_SUFFIX = rf"(?:\s?(?!i\s+{_LETTER}{{2}})[a-zæøå](?!{_LETTER}))"
_NUMBER = rf"\d{{1,4}}{_SUFFIX}?(?:-\d{{1,4}}{_SUFFIX}?)*"
# A number that belongs to the words after it ("2. ledd") is no section.
_NOT_LEDD = r"(?!\d)(?!\.\s*(?:ledd|punktum|pkt|setning)\b)(?!\.\s*(?:og|and)\s+\d+\.\s*ledd)"
_SECTION = re.compile(rf"\s*§*\s*(?P<first>{_NUMBER}){_NOT_LEDD}(?:\s*{_TO}\s*§*\s*(?P<last>{_NUMBER}){_NOT_LEDD})?", re.IGNORECASE)
_MORE_SECTIONS = re.compile(rf"\s*{_AND}(?=\s*§*\s*\d)", re.IGNORECASE)
_LEDD = re.compile(
    rf"\s*,?\s*(?P<which>{_ORDINAL}(?:\s*(?:{_AND}|–|-|\btil\b)\s*{_ORDINAL})*)\s*(?P<what>ledd|paragraphs?|punktum|setning|sentences?|subparagraphs?)\b",
    re.IGNORECASE,
)
_LISTED = rf"(?:\d{{1,3}}(?!\.\s*ledd)|[a-zæøå](?!{_LETTER}))"
_TAIL = re.compile(
    rf"""\s*,?\s*(?:
        \b(?:nr|nummer|no|bokstav(?:ene|er)?|litra|lit|punkt|pkt|points?|alternativ|strekpunkt)(?!{_LETTER})\.?\s*
            {_LISTED}(?:\s*(?:{_AND}|–|-|\btil\b)\s*{_LISTED}(?!{_LETTER}))*
        |\(\s*(?P<ledd>\d{{1,2}})\s*\)
        |\([^()]*\)
        |\b(?:flg|fl|ff|f|mv|m\.v)(?!{_LETTER})\.?
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_SIGN_WORDS = re.compile(r"\b(?:paragraf(?:en|ene|ane|er|ar)?|sections?|sect?\.)\s*(?=\d)", re.IGNORECASE)
_SIGN = re.compile(r"§+")
_LOCATOR = re.compile(r"§+\s*\d|\b(?:art(?:ikkel|icles?)?s?\.?|recitals?|fortalepunkt)\s*\d|\d\s*\(\s*\d|\)\s*\(", re.IGNORECASE)
_PIECES = re.compile(r"\s*[;\n]\s*")
_JOINT = re.compile(r"(?:\s*,\s*|\s+)(?:(?:og|and|samt|eller|or|jf|jfr|cf|sammenholdt med)\.?|/|&|\+)\s+|\s*,\s+", re.IGNORECASE)
_TAIL_WORD = re.compile(
    rf"(?:{'|'.join(_ORDINAL_WORDS)}|siste|last|ledd|nr|nummer|no|bokstav\w*|litra|lit|punkt\w*|pkt|points?|setning|sentences?"
    rf"|paragraphs?|subparagraphs?|art|arts|artikkel|artik\w+|articles?|recitals?|fortalepunkt\w*|til|to|flg|ff|fl|mv|jf|jfr|{_LETTER}(?!-))(?!{_LETTER})",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:etter|jf\.?|jfr\.?|cf\.?|se|ifølge|i henhold til|i samsvar med|the|under|pursuant to|og|and|av|i|of|in)\s+", re.IGNORECASE
)
_OTHER_DIVISION = re.compile(
    r"[\s,]+(?:art(?:ikkel|iklene|icles?)?\.?|kapittel|kap\.?|chapter|del|part|vedlegg|annex)\s*(?:\d+|[ivxlc]+\b).*$", re.IGNORECASE
)
_BRACKET_AT_END = re.compile(r"^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]$")
_BARE_NUMBER = re.compile(r"^(?P<name>.*[^\W\d_][.)]?)\s+(?P<rest>\d.*)$")


class Section(msgspec.Struct, frozen=True):
    """A section as cited, up to `last` where a range was written, with its paragraphs (ledd), which few can verify."""

    first: str
    last: str | None = None
    ledd: tuple[int, ...] = ()


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """One act as cited in a text: its name as written, what of it, and that part's own words (`locator`).

    `plural` tells whether it was written with a double §. Of the Regulation `provisions` are given, of all other acts `sections`.
    """

    text: str
    name: str = ""
    locator: str = ""
    sections: tuple[Section, ...] = ()
    plural: bool = False
    is_gdpr: bool = False
    provisions: tuple[Provision, ...] = ()


def parse(text: str) -> tuple[Citation, ...]:
    """Return each act that the text cites, in its order; never raises, and an empty text cites nothing."""
    return tuple(citation for piece in pieces(text) for citation in [next(readings(piece))])


def pieces(text: str) -> list[str]:
    """Part a text that cites several acts; one citation may hold several sections, so not every comma parts two."""
    with_signs = _SIGN_WORDS.sub("§ ", plain(text[:_LONGEST_TEXT].replace("\n", ";")))
    return [piece for part in _PIECES.split(with_signs) for piece in _part(_without_full_stop(part)) if piece]


def _without_full_stop(text: str) -> str:
    """The text without the full stop of a sentence; the one of an abbreviation ("flg.") stays."""
    return re.sub(r"(?<=[\d)§])\.+$", "", text.strip(" ,")).lstrip(". ,")


def _part(text: str) -> list[str]:
    start = 0
    found = []
    for joint in _JOINT.finditer(text):
        before, after = text[start : joint.start()], text[joint.end() :]
        if _LOCATOR.search(before) and _begins_citation(after):
            found.append(before)
            start = joint.end()
    return [*found, text[start:]]


def _begins_citation(text: str) -> bool:
    """Return whether an act's name stands at the beginning of the text, with its section or article after it."""
    if gdpr_text.NAME.match(text):
        return True
    begins_word = re.match(rf"{_LETTER}", text) is not None and not _TAIL_WORD.match(text)
    return begins_word and _LOCATOR.search(text) is not None


def readings(piece: str) -> Iterator[Citation]:
    """Yield the ways to read a piece, the likeliest first: which words are the name and which the section."""
    if gdpr_text.NAME.search(piece):
        yield _of_the_regulation(piece)
        return
    signs = [sign.start() for sign in _SIGN.finditer(piece)]
    for place in signs:
        yield _read_at(piece, place)
    name = _OTHER_DIVISION.sub("", piece)
    if not signs:
        yield _named(piece, name, piece[len(name) :])
    if signs or name != piece:
        yield _named(piece, piece, "")
    bare = _BARE_NUMBER.match(piece)
    if bare and not signs:
        sections, _ = _sections(bare["rest"])
        yield Citation(text=piece, name=bare["name"], locator=bare["rest"], sections=sections)


def _of_the_regulation(piece: str) -> Citation:
    found = gdpr_text.NAME.search(piece)
    return Citation(
        text=piece,
        name=found.group() if found else "",
        locator=plain(gdpr_text.without_name(piece)),
        is_gdpr=True,
        provisions=gdpr_text.provisions(piece),
    )


def _named(piece: str, name: str, locator: str) -> Citation:
    return Citation(text=piece, name=_LEAD_IN.sub("", name.strip(" ,")), locator=locator.strip(" ,"))


def _read_at(piece: str, place: int) -> Citation:
    """Read the piece with the section sign at `place` as the end of the name."""
    name, locator = piece[:place].strip(" ,-"), piece[place:]  # the hyphen of Lovdata's own form: LOV-2005-06-17-62-§9-1
    sections, rest = _sections(locator)
    if not _LEAD_IN.sub("", name) and (reversed_name := _LEAD_IN.sub("", rest.strip(" ,"))):
        name, locator = reversed_name, locator[: len(locator) - len(rest)]
    return Citation(
        text=piece, name=_LEAD_IN.sub("", name), locator=locator.strip(" ,"), sections=sections, plural=locator.startswith("§§")
    )


def _sections(locator: str) -> tuple[tuple[Section, ...], str]:
    """Return the sections of what stands after a name, and the words that belong to none of them."""
    found: list[Section] = []
    end = 0
    matched = _SECTION.match(locator)
    while matched:
        ledd, end = _tail(locator, matched.end())
        last = matched["last"]
        found.append(Section(matched["first"].strip(), last.strip() if last else None, ledd))
        # After a comma or "og" the next one; else words about this one may lie between ("§ 13 om oppbevaring, jf. § 14").
        onward = _MORE_SECTIONS.match(locator, end) or re.compile(r"[^§]*(?=§)").match(locator, end)
        matched = _SECTION.match(locator, onward.end()) if onward else None
    return tuple(found), locator[end:]


def _tail(text: str, place: int) -> tuple[tuple[int, ...], int]:
    """Return the paragraphs named after a section, and where the words about it end."""
    ledd: list[int] = []
    while True:
        named = _LEDD.match(text, place)
        matched = named or _TAIL.match(text, place)
        if matched is None or matched.end() == place:
            return tuple(ledd), place
        if named and named["what"].casefold() in {"ledd", "paragraph", "paragraphs"}:
            ledd += _ordinals(named["which"])
        elif not named and matched["ledd"]:
            ledd.append(int(matched["ledd"]))
        place = matched.end()


def _ordinals(words: str) -> list[int]:
    found = (word.casefold() for word in re.findall(rf"{_LETTER}+|\d+", words))
    return [int(word) if word.isdecimal() else _ORDINAL_WORDS[word] for word in found if word.isdecimal() or word in _ORDINAL_WORDS]


def is_bare_article(text: str) -> bool:
    """Return whether the text cites an article but names no act (`art. 6(1)(c)`)."""
    return re.match(r"art(?:ikkel|icle)?s?\.?\s*\d", text, re.IGNORECASE) is not None


def name_forms(name: str) -> Iterator[str]:
    """Yield a name as written, then without what stands in brackets after it, then what stands in the brackets."""
    yield name
    bracketed = _BRACKET_AT_END.match(name)
    if bracketed:
        yield bracketed.group(1)
        yield bracketed.group(2)
    shorter = _OTHER_DIVISION.sub("", name)
    if shorter != name:
        yield shorter

"""Lines of text with links, marks and languages in them, and how a line is written in HTML, Markdown and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from markupsafe import Markup, escape

from ropa.publish.templating import Verbatim, html, markdown, plain, safe_url
from ropa.publish.words import Said

Style = Literal["", "strong", "muted", "gap", "code", "good", "asked", "adequate", "agreement", "derogation", "undeclared"]
MARKS: Final = frozenset({"adequate", "agreement", "derogation", "undeclared"})
"""The styles that name what leaves the EEA; they bear the mark of the border."""

# What must not part at the end of a line: "§ 13", "§ 45 a", "artikkel 34 nr. 1", "bokstav f", "Article 13(2)", "e-post".
_UNBROKEN = re.compile(
    r"§§? ?\d[\w-]*(?: [a-h]\b)?|\b[Aa]rti(?:kkel|cle) \d[\d()a-z]*(?: nr\. \d+)?|\bnr\. \d+|\bbokstav [a-z]\b|\b[Ee]-post"
)
_ADDRESSES = re.compile(r"https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Places in the document and the files beside it, which are named here and never by a registry.
_OWN_FILE = re.compile(r"#|(?:\.\./\w+/)?(?:notice|cookies)\.(?:nb|nn|en)\.(?:html|md|txt)")
_ENDS = (".", "!", "?", ":", "…")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text: where it leads, how it looks, and its language where that is not the document's."""

    text: str
    style: Style = ""
    href: str = ""
    lang: str = ""


Line: TypeAlias = tuple[Span, ...]
Sayable: TypeAlias = "str | Said | Span | Line"


def line(*parts: Sayable) -> Line:
    """The parts as one line. A text of the registry keeps its language; addresses in it become links."""
    return tuple(span for part in parts for span in _spans(part))


def _spans(part: Sayable) -> Iterator[Span]:
    if isinstance(part, tuple):
        yield from part
    elif isinstance(part, Span):
        yield part
    elif isinstance(part, Said):
        yield from _linked(part.text, part.lang)
    else:
        yield Span(str(part))


def _linked(text: str, lang: str) -> Iterator[Span]:
    at = 0
    for found in _ADDRESSES.finditer(text):
        if found.start() > at:
            yield Span(text[at : found.start()], lang=lang)
        address = found[0]
        yield Span(address, href=address if address.startswith("http") else f"mailto:{address}", lang=lang)
        at = found.end()
    if at < len(text):
        yield Span(text[at:], lang=lang)


def words_of(written: Line) -> str:
    """The bare text of a line."""
    return "".join(span.text for span in written)


def ended(written: Line) -> Line:
    """The line with a full stop at its end, unless it ends already."""
    text = words_of(written).rstrip()
    return written if not text or text.endswith(_ENDS) else (*written, Span("."))


def styled(style: Style, *parts: Sayable) -> Line:
    """The parts in a style; what has a style of its own keeps it."""
    return tuple(span if span.style else replace(span, style=style) for span in line(*parts))


def link(href: str, *parts: Sayable) -> Line:
    """The parts as one link."""
    return tuple(replace(span, href=href) for span in line(*parts))


def sentences(*written: Line) -> Line:
    """Several sentences in a row, empty ones left out."""
    found: list[Span] = []
    for each in written:
        if each:
            found.extend(([Span(" ")] if found else []) + list(ended(each)))
    return tuple(found)


def spaced(first: Line, *rest: Line) -> Line:
    """Parts of a sentence with a space between them, empty ones left out."""
    return joined((first, *rest), " ", " ")


def run_on(every: Iterable[Line]) -> Line:
    """Lines of a cell on one line: after a full stop with a space, else with a semicolon."""
    found: Line = ()
    for each in every:
        between = "" if not found else " " if words_of(found).rstrip().endswith(_ENDS) else "; "
        found = (*found, *([Span(between)] if between else []), *each)
    return found


def joined(items: Iterable[Line], separator: str, last: str) -> Line:
    """Items in a sentence: ``A, B og C``."""
    every = [item for item in items if item]
    found: list[Span] = []
    for place, item in enumerate(every):
        if place:
            found.append(Span(last if place == len(every) - 1 else separator))
        found.extend(item)
    return tuple(found)


def changed(written: Line, change: Literal["upper", "lower"]) -> Line:
    """The line with its first letter large or small; an abbreviation stays as it is."""
    if not written:
        return written
    first, *rest = written
    return (replace(first, text=_cased(first.text, change)), *rest)


def _cased(text: str, change: Literal["upper", "lower"]) -> str:
    if change == "upper":
        return text[:1].upper() + text[1:]
    word = re.split(r"[\s-]", text, maxsplit=1)[0]
    return text if len(word) > 1 and word[1:] != word[1:].lower() else text[:1].lower() + text[1:]


def merged(written: Line) -> Line:
    """The line with neighbours that look alike and lead to the same place made one."""
    found: list[Span] = []
    for span in written:
        last = found[-1] if found else None
        if last is not None and (last.style, last.href, last.lang) == (span.style, span.href, span.lang):
            found[-1] = replace(last, text=last.text + span.text)
        else:
            found.append(span)
    return tuple(found)


def as_html(written: Line) -> Markup:
    """The line as HTML. Links of other than web, mail and telephone stay text."""
    return html("".join(_html_span(span) for span in merged(written)))


def _html_span(span: Span) -> str:
    text = _UNBROKEN.sub(lambda found: f'<span class="unbroken">{found[0]}</span>', str(escape(plain(span.text))))
    language = f' lang="{escape(span.lang)}"' if span.lang else ""
    if span.style in MARKS:
        drawn = f'<svg class="border-mark" aria-hidden="true"><use href="#mark-{span.style}"/></svg>'
        text = f'<span class="mark {span.style}">{drawn}{text}</span>'
    elif span.style:
        tag = {"strong": "strong", "code": "code"}.get(span.style)
        text = f"<{tag}>{text}</{tag}>" if tag else f'<span class="{span.style}">{text}</span>'
    href = target(span.href)
    if href:
        return f'<a href="{escape(href)}"{language}>{text}</a>'
    return f"<span{language}>{text}</span>" if language else text


def target(href: str) -> str:
    """The address of a link, or nothing where it is unsafe: places in the document and files beside it are made here and safe."""
    return href if _OWN_FILE.match(href) else safe_url(href)


def as_markdown(written: Line) -> Verbatim:
    """The line as Markdown whose every character from the registry is literal."""
    return Verbatim("".join(_markdown_span(span) for span in merged(written)))


def _markdown_span(span: Span) -> str:
    inner = span.text.strip()
    # An exclamation mark before a link would make it a picture, which a reader's program loads.
    text = str(markdown(inner)).replace("!", "\\!") if inner else ""
    if inner and (span.style in MARKS or span.style in ("strong", "gap")):
        text = f"**{text}**"
    href = target(span.href)
    if href and inner:
        text = f"[{text}]({_markdown_target(href)})"
    before = " " if span.text[:1].isspace() else ""
    after = " " if inner and span.text[-1:].isspace() else ""
    return f"{before}{text}{after}"


def _markdown_target(href: str) -> str:
    return "".join(f"%{ord(letter):02X}" if letter in "()<>[]\\ " else letter for letter in href)


def as_text(written: Line) -> str:
    """The line as plain text; a link to elsewhere is followed by its address."""
    return plain("".join(_text_span(span) for span in written)).strip()


def _text_span(span: Span) -> str:
    href = target(span.href)
    bare = href.removeprefix("mailto:").removeprefix("tel:")
    shown = (
        href and not _OWN_FILE.match(href) and bare not in span.text and bare.removeprefix("https://").removeprefix("www.") not in span.text
    )
    return f"{span.text} ({bare})" if shown else span.text

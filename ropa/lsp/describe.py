"""What the format says of a key, and the law of a provision, a code or a place, as Markdown for hovers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ropa.findings.catalogue import explanation
from ropa.law import countries, gdpr, vocabulary
from ropa.law.explain import Explanation, Part, explain
from ropa.law.references import OwnLaw
from ropa.lsp.words import known, said
from ropa.report.law import rules_resting_on
from ropa.schema.shapes import Shape

MOST_RULES: Final = 10
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


def plain(text: str) -> str:
    """A text of the registry or the law in Markdown: nothing in it is markup, and it is one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def title_of(shape: Shape, language: str) -> str:
    """A key's title in a language of the messages."""
    return shape.title if language == "en" else shape.title_nb or shape.title


def description(shape: Shape, language: str) -> str:
    """What a key holds, with its article, and who reads it."""
    mark = said(shape.mark, language) if known(shape.mark) else ""
    return " ".join(part for part in (plain(shape.description), mark) if part)


def key_page(key: str, shape: Shape, language: str) -> str:
    """A key: its title, what it holds, an example."""
    lines = [f"**{plain(key)}** · {plain(title_of(shape, language))}", "", description(shape, language)]
    examples = [example for example in shape.examples if isinstance(example, (str, int))]
    if examples:
        lines += ["", "  \n".join(f"`{key}: {str(example).lower() if isinstance(example, bool) else example}`" for example in examples[:2])]
    return "\n".join(lines).strip()


def code_page(code: str, listed: str, meaning: str, language: str) -> str:
    """A code: its word, and the provision that it stands for with what the law data say of that."""
    lines = [f"**{plain(code)}** · {plain(meaning)}" if meaning else f"**{plain(code)}**"]
    codes: Mapping[str, vocabulary.Code] = vocabulary.codes(listed) if listed in vocabulary.list_names() else {}
    found = codes.get(code)
    if found is not None and found.article:
        lines += ["", law_page(f"GDPR {found.article}", {}, language)]
    elif listed == "retention_rules" and code in vocabulary.retention_rules():
        lines += ["", law_page(vocabulary.retention_rules()[code].law, {}, language)]
    return "\n".join(lines)


def place_page(code: str, language: str) -> str:
    """A country or organisation: its name, and whether data can be sent there."""
    key = "eea" if countries.is_eea(code) else "adequate" if countries.adequacy(code) is not None else "third"
    return f"**{plain(code)}** · {plain(countries.name(code, language))}\n\n{said(key, language)}"


def law_page(text: str, own: Mapping[str, OwnLaw], language: str) -> str:
    """Each provision of a citation: what it is, whether it exists, and which rules rest on it (what `ropa law` says, in short)."""
    return "\n\n---\n\n".join("\n\n".join(_provision(found, language)) for found in explain(text, own))


def _provision(explained: Explanation, language: str) -> Iterator[str]:
    found = explained.found
    yield f"**{plain(_cited(explained, language))}**" + (f" · {plain(_title(explained))}" if explained.title else "")
    if explained.is_ambiguous:
        yield said("ambiguous", language, near=", ".join(f"`{choice.id}` {plain(choice.title)}" for choice in explained.choices))
        return
    if not explained.exists:
        near = ", ".join(f"`{name if found.is_gdpr else _section(name)}`" for name in explained.nearest)
        yield said("no-such-near", language, near=near) if near else said("no-such", language)
        return
    if found.status == "no-section":
        yield said("no-section", language)
    yield "  \n".join(_part(part, found.is_gdpr, language) for part in explained.parts)
    if explained.in_force.startswith("from "):
        yield said("in-force-from", language, day=explained.in_force.removeprefix("from "))
    yield from _rules(explained, language)
    if explained.as_of is not None:
        yield f"*{said('as-of', language, day=explained.as_of)}*"


def _cited(explained: Explanation, language: str) -> str:
    provisions = explained.found.provisions
    return ", ".join(gdpr.cite(each, language) for each in provisions) if provisions else explained.found.text


def _title(explained: Explanation) -> str:
    titles = {part.title for part in explained.parts if part.title}
    return "; ".join(sorted(titles)) or explained.title


def _part(part: Part, is_gdpr: bool, language: str) -> str:
    name = part.text if is_gdpr else _section(part.text)
    repealed = f" ({said('repealed', language)})" if part.note == "repealed" else ""
    return f"[{plain(name)}]({part.link}){repealed}" if part.link else f"{plain(name)}{repealed}"


def _section(text: str) -> str:
    """A section with its sign."""
    return f"§ {text}" if text[:1].isdigit() else text


def _rules(explained: Explanation, language: str) -> Iterator[str]:
    resting = rules_resting_on(explained)
    if not resting:
        return
    shown = [f"- {rule.code} {plain(explanation(rule.name, language)['title'])}" for rule in resting[:MOST_RULES]]
    more = [f"- {said('more', language, count=len(resting) - MOST_RULES)}"] if len(resting) > MOST_RULES else []
    yield "\n".join([f"{said('rests', language)}:", "", *shown, *more])


def joined(pages: Iterable[str]) -> str:
    """Several pages as one."""
    return "\n\n---\n\n".join(page for page in pages if page)

"""``docs/codes.md``: the shipped codes of every key, from the law data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.law import LANGUAGES, countries, vocabulary
from ropa.law.references import UNION
from ropa.law.vocabulary import RetentionRule
from scripts.docs.markdown import code, table

INTRODUCTION: Final = """# The codes

What may stand where the format asks for a code. Codes never change with the language; labels are what people read. Groups of people,
data categories, events and security measures may be extended in `vocabulary.yaml` and `security-measures.yaml`.
"""


def page() -> str:
    """The whole page."""
    lines = [INTRODUCTION]
    lines.extend(("## languages", "", ", ".join(code(language) for language in LANGUAGES), ""))
    for name in sorted(vocabulary.list_names()):
        lines.extend(_list(name))
    lines.extend(_retention())
    lines.extend(_places())
    return "\n".join(lines).rstrip("\n") + "\n"


def _list(name: str) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    codes = vocabulary.codes(name)
    if all(entry.nb == entry.code for entry in codes.values()):
        yield ", ".join(code(entry) for entry in codes)
    else:
        yield from table(
            ("code", "Bokmål", "Nynorsk", "English"), ((code(key), entry.nb, entry.nn, entry.en) for key, entry in codes.items())
        )
    yield ""


def _retention() -> Iterator[str]:
    def row(name: str, rule: RetentionRule) -> tuple[str, ...]:
        return code(name), rule.period, code(rule.from_), code(rule.then), rule.law

    yield "## retention_rules"
    yield ""
    yield from table(("id", "period", "from", "then", "law"), (row(*item) for item in vocabulary.retention_rules().items()))
    yield ""


def _places() -> Iterator[str]:
    yield "## countries"
    yield ""
    yield from _named([place for place in countries.places() if countries.is_country(place)])
    yield "## places"
    yield ""
    yield "Every country, and besides:"
    yield ""
    yield from _named([place for place in countries.places() if not countries.is_country(place)])
    yield "## jurisdictions"
    yield ""
    yield f"Whose act it is: every place, and besides {code(UNION)} for the Union."


def _named(places: list[str]) -> Iterator[str]:
    yield from table(
        ("code", "Bokmål", "English"), ((code(place), countries.name(place, "nb"), countries.name(place, "en")) for place in places)
    )
    yield ""

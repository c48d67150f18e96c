"""A fix in the indent of its place, and with what stands there where that is written on one line."""

from __future__ import annotations

from typing import Any

import pytest

from ropa.findings.paste import pasted
from ropa.source.address import Path
from ropa.source.locate import Locator


@pytest.mark.parametrize(
    ("text", "path", "said", "fix", "expected"),
    [
        pytest.param(
            "data:\n  guests:\n    categories: [photo]\n", ("data", "guests", "source"), {}, "source: …", "    source: …", id="block"
        ),
        pytest.param("name: A\n", ("agreement",), {}, "agreement: {ref: …}", "agreement: {ref: …}", id="top"),
        pytest.param(
            "transfers:\n  US: {mechanism: scc-3, from: [skylag]}\n",
            ("transfers", "US", "annexes"),
            {},
            "annexes: [I, II]",
            "  US:\n    mechanism: scc-3\n    from:\n      - skylag\n    annexes: [I, II]",
            id="between-braces",
        ),
        pytest.param(
            "transfers:\n  US: {mechanism: scc-1, annexes: [I]}\n",
            ("transfers", "US", "mechanism"),
            {},
            "mechanism: scc-3",
            "  US:\n    mechanism: scc-3\n    annexes:\n      - I",
            id="replaced-between-braces",
        ),
        pytest.param(
            "transfers: {US: {dpf: {entity: Inc.}}}\n",
            ("transfers", "US", "dpf", "status"),
            {},
            "status: active",
            "transfers:\n  US:\n    dpf:\n      entity: Inc.\n      status: active",
            id="braces-in-braces",
        ),
        pytest.param(
            "data:\n  guests: [name, health-data]\n",
            ("data", "guests", "article_9"),
            {("data", "guests"): {"categories": ["name", "health-data"]}},
            "article_9: {legal-claims: {}}",
            "  guests:\n    categories:\n      - name\n      - health-data\n    article_9: {legal-claims: {}}",
            id="list-for-a-data-group",
        ),
        pytest.param(
            "recipients: [bank, fond]\n",
            ("recipients", "fond", "purposes"),
            {("recipients",): {"bank": {}, "fond": {}}, ("recipients", "fond"): {}},
            "purposes: [ … ]",
            "recipients:\n  bank: {}\n  fond:\n    purposes: [ … ]",
            id="list-for-a-map",
        ),
        pytest.param(
            "form:\n  given: browser-default\n",
            ("form", "given", "how"),
            {("form", "given"): {"how": "browser-default"}},
            "how: tick-box",
            "  given:\n    how: tick-box",
            id="word-for-a-map",
        ),
        pytest.param("transfers: unknown\n", ("transfers", "US"), {}, "US: {}", "transfers:\n  US: {}", id="unknown"),
        pytest.param(
            "name: Salg\n",
            ("name", "en"),
            {("name",): {"nb": "Salg"}},
            "nb: Salg\nen: …",
            "name:\n  nb: Salg\n  en: …",
            id="text-in-two-languages",
        ),
        pytest.param(
            "name: Salg\n", ("name", "en"), {("name",): {"nb": "Salg"}}, "name:\n  en: …", "name:\n  en: …", id="fix-of-the-whole-key"
        ),
        pytest.param(
            'items: {"yt.x": {kind: cookie}}\n',
            ("items", "yt.x", "lifetime"),
            {},
            "lifetime: …",
            "items:\n  yt.x:\n    kind: cookie\n    lifetime: …",
            id="quoted",
        ),
    ],
)
def test_pasted(text: str, path: Path, said: dict[Path, Any], fix: str, expected: str) -> None:
    assert pasted(fix, Locator(text), path, said.get) == expected

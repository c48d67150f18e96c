"""The catalogues say the same in every language, and a document speaks only its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ropa.law import vocabulary
from ropa.publish.words import texts
from tests.conftest import registries
from tests.publish.notice.helpers import built

LANGUAGES = ("nb", "nn", "en")


def leaves(of: Any, at: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(of, dict):
        for key, value in of.items():
            yield from leaves(value, f"{at}.{key}")
    else:
        yield at, str(of)


@pytest.mark.parametrize("document", ["notice", "cookies"])
def test_catalogues_have_the_same_keys_and_named_parts(document: str) -> None:
    every = {language: dict(leaves(texts(language)[document])) for language in LANGUAGES}
    for language in LANGUAGES[1:]:
        assert list(every[language]) == list(every["nb"])
        for key, text in every[language].items():
            assert sorted(re.findall(r"\{(\w+)\}", text)) == sorted(re.findall(r"\{(\w+)\}", every["nb"][key])), (language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_definition(language: str) -> None:
    assert set(texts(language)["notice"]["definitions"]) == set(vocabulary.terms())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_has_only_its_own_languages_sentences(language: str) -> None:
    own = {text for document in ("notice", "cookies") for _, text in leaves(texts(language)[document])}
    foreign = {
        text
        for other in LANGUAGES
        if other != language
        for document in ("notice", "cookies")
        for _, text in leaves(texts(other)[document])
        if text not in own and "{" not in text and len(text.split()) > 3
    }
    for registry in registries():
        for name, page in built(registry).items():
            if f".{language}." in name:
                assert not [sentence for sentence in foreign if sentence in page], name
                assert not re.search(r"\{[a-z]+\}", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)), name

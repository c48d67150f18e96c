"""Lines of the public documents as HTML."""

import pytest

from ropa.publish.notice.prose import as_html, line


@pytest.mark.parametrize(
    ("text", "unbroken"),
    [
        ("bokføringsloven § 13", "§ 13"),
        ("helsepersonelloven § 45 a.", "§ 45 a"),
        ("§ 3 i loven", "§ 3"),
        ("artikkel 34 nr. 1", "artikkel 34 nr. 1"),
        ("Article 13(2)(f) of it", "Article 13(2)(f)"),
        ("bokstav f", "bokstav f"),
        ("Skriv en e-post til oss", "e-post"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, unbroken: str) -> None:
    assert f'<span class="unbroken">{unbroken}</span>' in as_html(line(text))

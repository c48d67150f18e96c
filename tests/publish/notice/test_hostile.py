"""Text from a registry does no harm in any format."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.publish.notice.helpers import context, documents, hrefs, written

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[trykk](javascript:alert(1))",
    "![bilde](https://spion.example/p.png)",
    "Se !https://spion.example/p.png",
    "`kode` *stjerne* _strek_ # ikke overskrift | celle |",
    "&lt;b&gt; {{ 7 * 7 }} {% raw %}",
)
BIDI = "abc\u202egnp.exe\u2066skjult\u2069"


def registry(folder: Path, attack: str) -> Path:
    text = attack.replace("'", "''")
    return written(
        folder,
        {
            "organisation.yaml": f"""
format: 1
legal_name: '{text}'
country: NO
email: post@eksempel.example
website: 'javascript:alert(1)'
languages: [nb]
kind: company
dpo: none
rights: {{contact: 'javascript:alert(2)'}}
principles: {{lov: '{text}'}}
""",
            "activities/kurs.yaml": f"""
name: '{text}'
summary: '{text}'
role: joint-controller
subjects: [customer]
purposes:
  holde:
    text: '{text}'
    title: '{text}'
    basis:
      legitimate-interest: {{interest: '{text}', whose: controller}}
joint:
  kunde: {{essence: 'javascript:alert(3)'}}
source: data-subject
obligation_to_provide: none
retention: {{criteria: '{text}'}}
data: {{navn: [name]}}
recipients: [kunde]
automated_decision: none
""",
            "parties/kunde.yaml": f"""
name: '{text}'
kind: crm
role: joint-controller
country: US
stored_in: [US]
website: 'javascript:alert(4)'
privacy_url: 'javascript:alert(5)'
transfers: {{US: {{mechanism: scc-1, copy: '{text}', text: '{text}'}}}}
""",
            "cookies/kapsel.yaml": f"""
provider: kunde
category: marketing
text: '{text}'
activity: kurs
loaded: at-once
items:
  '{text}': {{kind: cookie, information: [online-identifier], lifetime: 1 year, set_by: first-party}}
""",
            "notice.yaml": f"title: '{text}'\nversion: '{text}'\nown_words: {{rights: {{before: '{text}'}}}}\n",
        },
    )


@pytest.mark.parametrize("attack", [*ATTACKS, BIDI])
def test_no_page_runs_or_loads_what_a_registry_says(tmp_path: Path, attack: str) -> None:
    every = documents(context(registry(tmp_path, attack)))
    assert len(every) == 6
    for name, page in every.items():
        if name.endswith(".html"):
            assert not re.search(r"<(script|img|iframe|object|embed|form|input)\b", page)
            assert not re.search(r"<[^>]*\son\w+=", page)
            assert all(
                href.startswith(("#", "../", "notice.", "cookies.", "https://", "http://", "mailto:", "tel:")) for href in hrefs(page)
            ), hrefs(page)
            assert "default-src 'none'" in page
        assert not set("\u202e\u2066\u2069") & set(page) or name.endswith(".json"), name


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_text_itself_is_still_read(tmp_path: Path, attack: str) -> None:
    every = documents(context(registry(tmp_path, attack)))
    body = re.sub(r"</?(?:span|a|strong)\b[^>]*>", "", every["notice/notice.nb.html"])
    assert attack in html.unescape(body)
    assert attack in every["notice/notice.nb.txt"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_has_no_link_picture_code_or_tag_of_the_registry(tmp_path: Path, attack: str) -> None:
    every = documents(context(registry(tmp_path, attack)))
    for name in ("notice/notice.nb.md", "cookies/cookies.nb.md"):
        literal = re.sub(r"\\.", "", every[name])
        assert not re.search(r"\]\((?!#|\.\./|https?:|mailto:|notice\.|cookies\.)", literal)
        assert "![" not in literal
        assert not re.findall(r"<(?!a id=|/a>)", literal)
        assert "`" not in literal

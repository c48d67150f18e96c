"""Links lead somewhere, layers agree, and every language has the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ropa.context.context import bases
from ropa.publish.notice.document import is_short
from tests.conftest import registries
from tests.publish.notice.helpers import built, context, hrefs, ids

REGISTRIES = registries()


def pages(name: str) -> Iterator[tuple[str, str]]:
    yield from ((path, page) for path, page in built(name).items() if path.endswith(".html"))


@pytest.mark.parametrize("name", REGISTRIES)
def test_every_link_leads_to_a_place_that_exists(name: str) -> None:
    every = built(name)
    for path, page in pages(name):
        assert len(ids(page)) == len(set(ids(page))), path
        for href in hrefs(page):
            file, _, anchor = href.partition("#")
            if "://" in file or file.startswith(("mailto:", "tel:")):
                continue
            here = path if not file else file.removeprefix("../") if file.startswith("../") else f"{path.split('/')[0]}/{file}"
            assert here in every, (path, href)
            assert not anchor or anchor in ids(every[here]), (path, href)


@pytest.mark.parametrize("name", REGISTRIES)
def test_anchors_are_the_same_in_every_language(name: str) -> None:
    of = context(REGISTRIES[name])
    full = [path for path, _ in pages(name) if path.startswith("notice/") and not is_short(of, path.split(".")[1])]
    assert {tuple(ids(built(name)[path])) for path in full} == {tuple(ids(built(name)[full[0]]))}


@pytest.mark.parametrize("name", REGISTRIES)
def test_purposes_parties_and_rights_have_the_anchors_of_the_contract(name: str) -> None:
    of = context(REGISTRIES[name])
    page = built(name)[f"notice/notice.{of.registry.language}.html"]
    purposes = re.findall(r'class="purpose" id="([^"]*)"', page)
    assert purposes
    assert all(re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+", found) for found in purposes)
    assert "right.access" in ids(page)
    assert all(found.removeprefix("party.") in of.registry.parties for found in ids(page) if found.startswith("party."))


@pytest.mark.parametrize("name", REGISTRIES)
def test_layers_agree(name: str) -> None:
    """As many purposes in the box as rows in the table and as blocks; the same interests in the table and in the object box."""
    of = context(REGISTRIES[name])
    page = built(name)[f"notice/notice.{of.registry.language}.html"]
    blocks = set(re.findall(r'class="purpose" id="([^"]*)"', page))
    table = page.split('<table class="overview">')[1].split("</table>")[0]
    assert {href.removeprefix("#") for href in hrefs(table) if href.startswith("#")} == blocks
    summary = page.split('<section id="summary"')[1].split("</section>")[0]
    if len(blocks) > 1:
        assert re.search(rf"\b{len(blocks)}\b", summary)
    resting = {
        f"{activity.id}.{purpose_id}"
        for activity in of.registry.activities.values()
        for purpose_id, purpose in (activity.purposes or {}).items()
        if {key for key, _ in bases(purpose.basis)} & {"legitimate-interest", "public-task"}
    }
    boxed = page.split('id="right.objection"')[1].split("</section>")[0] if 'id="right.objection"' in page else ""
    named = {href.removeprefix("#") for href in hrefs(boxed.split('id="right.')[0])}
    assert resting & blocks <= named

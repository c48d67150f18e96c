"""``ropa graph`` and ``ropa trace`` from outside."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ropa.rules.case_files import BASE
from tests.commands.running import ropa


@pytest.mark.parametrize("format_", ["svg", "dot", "mermaid", "json"])
def test_the_graph_in_each_format(format_: str, tmp_path: Path) -> None:
    shown = ropa("graph", BASE, "--format", format_)
    written = ropa("graph", BASE, "--format", format_, "--out", tmp_path / "flow")

    assert (shown.code, written.code, written.out) == (0, 0, "")
    assert (tmp_path / "flow").read_text(encoding="utf-8") == shown.out
    assert "Kundesystem, Inc" in shown.out


def test_the_drawing_says_what_leaves_the_eea() -> None:
    root = ET.fromstring(ropa("graph", BASE, "--lang", "en").out)  # noqa: S314 - made by this program
    texts = " ".join("".join(element.itertext()) for element in root.iter())

    assert "One recipient outside the EEA can read data" in texts
    assert "DPF list" in texts
    assert "The EEA ends here" in texts


def test_transfers_alone_leave_out_what_stays() -> None:
    everything = ropa("graph", BASE, "--format", "mermaid").out
    transfers = ropa("graph", BASE, "--format", "mermaid", "--transfers").out

    assert "Pensjon AS" in everything
    assert "Pensjon AS" not in transfers
    assert "Kundesystem, Inc" in transfers


def test_the_graph_as_data_names_every_crossing() -> None:
    graph = json.loads(ropa("graph", BASE, "--format", "json").out)

    assert {"id": "party:crm-inc", "kind": "party", "name": "Kundesystem, Inc."} in graph["nodes"]
    assert graph["crossings"] == [
        {"party": "crm-inc", "country": "US", "how": "stored", "mechanism": ["adequacy-us-dpf"], "activities": ["customers", "newsletter"]}
    ]
    ends = {(edge["source"], edge["target"]) for edge in graph["edges"]}
    assert ("party:crm-co", "party:crm-inc") in ends


@pytest.mark.parametrize(
    ("what", "paths"),
    [
        ("country:US", 4),
        ("USA", 4),
        ("party:crm-inc", 2),
        ("crm-inc", 2),
        ("Pensjon AS", 1),
        ("system:accounts", 2),
        ("subject:employee", 2),
        ("activity:orders", 1),
        ("category:salary", 2),
        ("lønn", 2),
        ("health-data", 0),
        ("country:CN", 0),
    ],
)
def test_every_path_that_reaches_something(what: str, paths: int) -> None:
    found = json.loads(ropa("trace", what, "--registry", BASE, "--format", "json").out)

    assert len(found["paths"]) == paths
    for path in found["paths"]:
        assert path["steps"][0]["kind"] == "subject"
        assert path["categories"]


def test_a_path_in_words() -> None:
    done = ropa("trace", "country:US", "--registry", BASE, "--lang", "en")

    assert done.code == 0
    assert "Newsletter subscribers → Kundesystemet → Kundesystem Ireland Limited → Kundesystem, Inc. → stored in United States" in done.out
    assert "data: e-mail address and name" in done.out


@pytest.mark.parametrize(
    ("what", "says"),
    [("hostin", "Did you mean hosting?"), ("country:USS", "Did you mean"), ("zzzzqqq", "Nothing is called zzzzqqq")],
)
def test_an_unknown_word(what: str, says: str) -> None:
    done = ropa("trace", what, "--registry", BASE)

    assert done.code == 2
    assert says in done.err


def test_an_ambiguous_word_lists_what_it_can_mean(tmp_path: Path) -> None:
    registry = tmp_path / "registry"
    shutil.copytree(BASE, registry)
    (registry / "systems" / "hosting.yaml").write_text("name: Driften\nkind: database\nrun_by: hosting\n", encoding="utf-8")

    done = ropa("trace", "hosting", "--registry", registry)

    assert done.code == 2
    assert "party:hosting, system:hosting" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["graph", "--format", "svgg"], "Did you mean svg?"),
        (["trace", "x", "--format", "xml"], "Choose text or json"),
        (["graph", "nowhere"], "There is no registry"),
    ],
)
def test_bad_usage(arguments: list[str], says: str) -> None:
    done = ropa(*arguments)

    assert done.code == 2
    assert says in done.err

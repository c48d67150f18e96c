"""A new id in all files: the registry says the same afterwards, and no finding comes or goes."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from ropa.checking import Checked, check
from ropa.lsp.edits import Client, renamed
from ropa.lsp.navigation import Refused, definition, references, symbol_at
from ropa.lsp.registry import OpenRegistry
from ropa.lsp.symbols import FILES, Symbol, uses
from tests.conftest import registries
from tests.lsp.client import applied
from tests.lsp.opened import PREFERENCES, position, unchecked

NEW = "nytt-navn"
OF_EACH_KIND = 2


def uri(registry: OpenRegistry, name: str) -> str:
    return (registry.folder / name).as_uri()


CLIENT = Client(uri, document_changes=True, renames_files=True)


def symbols(registry: OpenRegistry) -> Iterator[Symbol]:
    """The first ids of each kind that a registry declares."""
    found = {Symbol(FILES_BY_FOLDER[folder], name) for folder, name in _records(registry) if folder in FILES_BY_FOLDER}
    for document in registry.documents():
        root = registry.locator(document).node(())
        assert root is not None
        found.update(use.symbol for use in uses(root, document.record, registry.vocabulary().names))
    taken: Counter[str] = Counter()
    for symbol in sorted(found, key=str):
        taken[symbol.kind] += 1
        if taken[symbol.kind] <= OF_EACH_KIND:
            yield symbol


FILES_BY_FOLDER = {folder: kind for kind, folder in FILES.items()}


def _records(registry: OpenRegistry) -> Iterator[tuple[str, str]]:
    for document in registry.documents():
        folder, _, name = document.record.partition("/")
        yield folder, name


def found_in(checked: Checked) -> Counter[tuple[str, bool]]:
    return Counter((finding.code, finding.counts()) for finding in checked.findings)


@pytest.mark.parametrize("name", ["shipped", "municipal-health", "small-company", "software-supplier", "trade-union"])
def test_nothing_is_found_that_was_not_before(name: str, tmp_path: Path) -> None:
    folder = registries()[name]
    before = found_in(check(folder, PREFERENCES.today))
    for number, symbol in enumerate(symbols(unchecked(folder))):
        copy = tmp_path / str(number)
        shutil.copytree(folder, copy)
        registry = unchecked(copy)
        count = len(list(references(registry, symbol)))

        applied(renamed(registry, symbol, NEW, CLIENT, "nb"))
        after = unchecked(copy)

        assert found_in(check(copy, PREFERENCES.today)) == before, symbol
        assert len(list(references(after, Symbol(symbol.kind, NEW, symbol.owner)))) == count, symbol
        assert definition(after, Symbol(symbol.kind, NEW, symbol.owner)) is not None, symbol
        shutil.rmtree(copy)


@pytest.fixture
def registry(tmp_path: Path) -> OpenRegistry:
    shutil.copytree(registries()["municipal-health"], tmp_path / "registry")
    return unchecked(tmp_path / "registry")


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("Nytt Navn", "nytt-navn"),
        ("", "ingen id"),
        ("a--b", "a-b"),
        ("us", "reservert"),
        ("each-own", "reservert"),
        ("sjukehuset", "i bruk"),
        ("tax-authority", "følger med"),
        ("data-subject", "følger med"),
    ],
)
def test_refused_for_a_party(registry: OpenRegistry, new: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        renamed(registry, Symbol("party", "alarmselskap"), new, CLIENT, "nb")


@pytest.mark.parametrize(
    ("symbol", "new", "says"),
    [
        (Symbol("retention", "journal"), "bookkeeping", "comes with"),
        (Symbol("retention", "journal"), "kort-tid", "in use"),
        (Symbol("consent", "bilete-samtykke"), "chat-samtykke", "in use"),
        (Symbol("data_subjects", "sommarvikar"), "patient", "comes with"),
        (Symbol("purpose", "hjelp", "journal"), "Hjelp", "`hjelp`"),
        (Symbol("activity", "arkiv"), "journal", "in use"),
    ],
)
def test_refused_for_others(registry: OpenRegistry, symbol: Symbol, new: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        renamed(registry, symbol, new, CLIENT, "en")


def test_refused_while_a_file_that_may_name_it_cannot_be_read(registry: OpenRegistry) -> None:
    registry.write("systems/papirjournal.yaml", "name: [\n  alarmselskap", 1)

    with pytest.raises(Refused, match=re.escape("systems/papirjournal.yaml")):
        renamed(registry, Symbol("party", "alarmselskap"), NEW, CLIENT, "nb")


def test_refused_where_the_client_renames_no_files(registry: OpenRegistry) -> None:
    client = Client(uri, document_changes=True, renames_files=False)

    with pytest.raises(Refused, match="filer"):
        renamed(registry, Symbol("party", "alarmselskap"), NEW, client, "nb")
    assert renamed(registry, Symbol("consent", "bilete-samtykke"), NEW, client, "nb").document_changes


def test_an_old_client_gets_plain_changes(registry: OpenRegistry) -> None:
    client = Client(uri, document_changes=False, renames_files=False)
    edit = renamed(registry, Symbol("consent", "bilete-samtykke"), NEW, client, "nb")

    assert edit.document_changes is None
    assert edit.changes is not None
    assert uri(registry, "consents.yaml") in edit.changes


def test_names_in_quotation_marks_in_addresses_and_behind_emoji(tmp_path: Path) -> None:
    files = {
        "organisation.yaml": "format: 1\nlanguages: [nb]\n",
        "parties/firma.yaml": "name: Firma\n",
        "activities/salg.yaml": "name: 😀\nrecipients: {'firma': {}, annet: {party: firma}} # firma\npurposes: {send: {}}\n",
        "activities/kjop.yaml": "purposes:\n  x:\n    further_processing: {of: salg.send}\n",
        "accepted.yaml": 'a:\n  rule: party-unused\n  address: ["parties/firma#agreement", activities/salg#recipients.firma]\n',
        "changes.yaml": "b:\n  records: [parties/firma, activities/salg]\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\r\n")
    registry = unchecked(tmp_path)

    applied(renamed(registry, Symbol("party", "firma"), "selskap", CLIENT, "nb"))
    applied(renamed(unchecked(tmp_path), Symbol("activity", "salg"), "handel", CLIENT, "nb"))
    applied(renamed(unchecked(tmp_path), Symbol("purpose", "send", "handel"), "sende", CLIENT, "nb"))

    def now(name: str) -> str:
        return (tmp_path / name).read_text(encoding="utf-8")

    assert (tmp_path / "parties/selskap.yaml").is_file()
    assert "recipients: {'selskap': {}, annet: {party: selskap}} # firma" in now("activities/handel.yaml")
    assert "purposes: {sende: {}}" in now("activities/handel.yaml")
    assert "of: handel.sende" in now("activities/kjop.yaml")
    assert '["parties/selskap#agreement", activities/handel#recipients.selskap]' in now("accepted.yaml")
    assert "[parties/selskap, activities/handel]" in now("changes.yaml")


def test_each_part_of_a_dotted_name_is_its_own(registry: OpenRegistry) -> None:
    name = "activities/arkiv.yaml"
    activity = symbol_at(registry, name, position(registry, name, "journal.hjelp", 2))
    purpose = symbol_at(registry, name, position(registry, name, "journal.hjelp", 10))

    assert activity is not None
    assert activity.symbol == Symbol("activity", "journal")
    assert purpose is not None
    assert purpose.symbol == Symbol("purpose", "hjelp", "journal")
    place = registry.positions(name).range(purpose.start, purpose.end)
    assert place.end.character - place.start.character == len("hjelp")


def test_no_id_in_words_and_shipped_codes(registry: OpenRegistry) -> None:
    name = "activities/arkiv.yaml"

    assert symbol_at(registry, name, position(registry, name, "patient")) is None
    assert symbol_at(registry, name, position(registry, name, "Bevare")) is None
    assert symbol_at(registry, name, types.Position(999, 0)) is None

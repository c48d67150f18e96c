"""The language server as an editor meets it: a real client, a real process, standard input and output."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.uris import to_fs_path

from ropa.lsp.navigation import references
from ropa.lsp.symbols import Symbol
from tests.conftest import registries
from tests.lsp.client import CAPABILITIES, Editor, applied, edited
from tests.lsp.opened import unchecked

T = TypeVar("T")
NEW_PARTY = "name: Ny AS\nkind: it-hosting\nrole: processor\ncountry: NO\nstored_in: [NO]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A registry to work on."""
    shutil.copytree(registries()["small-company"], tmp_path / "registry")
    return tmp_path / "registry"


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    """One editor for all tests, as people have one for all their work: each test has a registry of its own."""
    found = Editor()
    yield found
    found.kill()


def activity(folder: Path) -> Path:
    """An activity of the registry."""
    return min((folder / "activities").glob("*.yaml"))


def until(what: Callable[[], T]) -> T:
    """What a question is answered with in the end."""
    for _ in range(300):
        if found := what():
            return found
        time.sleep(0.1)
    pytest.fail("asked in vain")


def clean(editor: Editor, uri: str) -> Callable[[], bool]:
    return lambda: editor.codes(uri) == []


def test_findings_while_typing(editor: Editor, folder: Path) -> None:
    path = activity(folder)
    uri = editor.open(path)
    editor.wait(clean(editor, uri))

    editor.change(uri, editor.texts[uri].replace("role: controller", "role: contrller 😀"))
    editor.diagnostic(uri, "ROPA007")
    editor.change(uri, "name: 😀\n" + editor.texts[uri].partition("\n")[2].replace("contrller 😀", '"contrller"'))
    found = editor.diagnostic(uri, "ROPA007")

    line = editor.texts[uri].split("\n")[found.range.start.line]
    assert line[found.range.start.character : found.range.end.character].strip('"') == "contrller"
    assert (found.severity, found.source) == (types.DiagnosticSeverity.Error, "ropa")
    assert "controller" in found.message
    assert found.code_description is not None
    page = Path(to_fs_path(found.code_description.href) or "")
    assert "code-unknown" in page.read_text(encoding="utf-8")


def test_the_rules_speak_when_typing_pauses(editor: Editor, folder: Path) -> None:
    path = activity(folder)
    uri = editor.open(path)
    editor.wait(clean(editor, uri))

    editor.change(uri, "\n".join(line for line in editor.texts[uri].split("\n") if not line.startswith("recipients:")))

    found = editor.wait(lambda: [one for one in editor.published[uri].diagnostics if str(one.code) >= "ROPA100"])
    assert "\n" in found[0].message
    assert any("GDPR" in one.message for one in found)


def test_a_file_that_is_half_written(editor: Editor, folder: Path) -> None:
    other = folder / "activities" / "annen.yaml"
    other.write_text(activity(folder).read_text(encoding="utf-8").replace("role: controller", "role: contrller"), encoding="utf-8")
    uri = editor.open(activity(folder))
    editor.wait(lambda: "ROPA007" in editor.codes(other.as_uri()))

    whole = editor.texts[uri]
    editor.change(uri, whole + "\nunit: {not_needed: ")
    editor.wait(lambda: "ROPA003" in editor.codes(uri))

    assert "ROPA007" in editor.codes(other.as_uri())
    assert editor.hover(uri, "role")
    assert "unknown" in editor.complete(uri, "role: ")
    editor.change(uri, whole)
    editor.wait(clean(editor, uri))


def test_what_is_not_saved_counts(editor: Editor, folder: Path) -> None:
    """A party that is open and on no disk yet can be named; one that is closed without being saved is gone again."""
    uri = editor.open(activity(folder))
    new = editor.open(folder / "parties" / "ny.yaml", NEW_PARTY)
    text = editor.texts[uri]
    start = text.index("recipients:")
    end = text.index("\n", start)
    editor.change(uri, f"{text[:start]}recipients: [ny]{text[end:]}")

    editor.wait(lambda: editor.codes(new) != ["(nothing yet)"] and "ROPA018" not in editor.codes(new))
    editor.wait(lambda: "(nothing yet)" not in editor.codes(uri))
    assert "ny" in editor.complete(uri, "recipients: [")
    del editor.versions[new]
    editor.close_file(new)

    editor.wait(lambda: any("ny" in one.message for one in editor.published[uri].diagnostics))


def test_files_that_change_outside_the_editor(editor: Editor, folder: Path) -> None:
    uri = editor.open(activity(folder))
    editor.wait(clean(editor, uri))
    assert {one.method for one in editor.registered} == {types.WORKSPACE_DID_CHANGE_WATCHED_FILES}
    new = folder / "parties" / "ny.yaml"

    new.write_text("role: ny\n", encoding="utf-8")
    editor.on_disk(new, types.FileChangeType.Created)
    editor.wait(lambda: "ROPA007" in editor.codes(new.as_uri()))
    new.rename(folder / "parties" / "nyere.yaml")
    editor.on_disk(new, types.FileChangeType.Deleted)
    editor.wait(lambda: "ROPA007" in editor.codes((folder / "parties" / "nyere.yaml").as_uri()))

    assert editor.codes(new.as_uri()) == []
    shutil.rmtree(folder)
    editor.on_disk(folder, types.FileChangeType.Deleted)
    editor.wait(lambda: editor.codes((folder / "parties" / "nyere.yaml").as_uri()) == [])


def test_several_registries_in_one_workspace(editor: Editor, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "group" / "sister"
    shutil.copytree(registries()["trade-union"], other)
    first, second = editor.open(activity(folder)), editor.open(activity(other))

    editor.wait(clean(editor, first))
    editor.wait(clean(editor, second))
    systems = {path.stem for path in (other / "systems").glob("*.yaml")}
    offered = set(editor.complete(second, "systems: ["[:8]))
    assert systems & offered or systems <= set(editor.complete(second, "\nsystems: "))


def test_what_a_team_has_settled_holds(editor: Editor, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "ropa.toml").write_text('ignore = ["code-unknown"]\nlang = "en"\n', encoding="utf-8")
    uri = editor.open(activity(folder))
    editor.wait(clean(editor, uri))
    editor.change(uri, editor.texts[uri].replace("role: controller", "role: contrller").replace("recipients:", "recipient:"))
    found = editor.diagnostic(uri, "ROPA006")
    assert "ROPA007" not in editor.codes(uri)
    assert "Did you mean" in found.message

    (tmp_path / "ropa.toml").write_text("ignor = 3\n", encoding="utf-8")
    editor.on_disk(folder, types.FileChangeType.Changed)
    editor.wait(lambda: any("ignor" in message for message in editor.messages))
    editor.wait(lambda: "ROPA007" in editor.codes(uri))


def test_accepted_findings_are_hints(editor: Editor, folder: Path) -> None:
    uri = editor.open(activity(folder))
    editor.wait(clean(editor, uri))
    record = f"activities/{activity(folder).stem}"
    (folder / "accepted.yaml").write_text(
        f"prov:\n  rule: placeholder\n  address: {record}\n  because: Vi venter på svar\n  by: personvernombud\n  until: 2027-01-01\n",
        encoding="utf-8",
    )
    editor.change(uri, editor.texts[uri] + "\nunit: TODO\n")

    found = editor.wait(lambda: [one for one in editor.published[uri].diagnostics if one.severity == types.DiagnosticSeverity.Hint])
    assert "Vi venter på svar" in found[0].message


def test_related_places_are_told_to_clients_that_show_them(folder: Path) -> None:
    (folder / "parties" / "ny.yaml").write_text("role: processor\nsubprocessors: {ny2: {service: x}}\n", encoding="utf-8")
    without = types.ClientCapabilities()
    for capabilities in (CAPABILITIES, without):
        editor = Editor(capabilities)
        try:
            editor.wait(clean(editor, editor.open(activity(folder))))
            related = [one for found in editor.published.values() for one in found.diagnostics if one.related_information]
            assert not related or capabilities is CAPABILITIES
            assert bool(editor.registered) == (capabilities is CAPABILITIES)
        finally:
            editor.kill()


def test_fixes_are_actions(editor: Editor, folder: Path) -> None:
    uri = editor.open(activity(folder))
    editor.wait(clean(editor, uri))
    editor.change(uri, "# 😀\n" + editor.texts[uri].replace("role: controller", "role: contrller") + "\nstart: 24.11.2026\n")
    one, other = editor.diagnostic(uri, "ROPA007"), editor.diagnostic(uri, "ROPA013")

    quick = editor.actions(uri, [one], [types.CodeActionKind.QuickFix])
    every = editor.actions(uri, [], [types.CodeActionKind.SourceFixAll])

    assert [(each.title, each.is_preferred) for each in quick] == [("Skriv `controller`", True)]
    assert [one.code for one in quick[0].diagnostics or ()] == ["ROPA007"]
    assert editor.actions(uri, [other])[0].title == "Skriv `2026-11-24`"
    assert [each.kind for each in every] == ["source.fixAll.ropa"]
    assert every[0].edit is not None
    (change,) = every[0].edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == editor.versions[uri]
    edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
    editor.change(uri, edited(editor.texts[uri], edits))
    editor.wait(clean(editor, uri))


def test_definitions_and_references(editor: Editor) -> None:
    folder = registries()["municipal-health"]
    path = folder / "activities" / "arkiv.yaml"
    uri = editor.open(path)

    system = editor.definition(uri, "papirjournal")
    purpose = editor.definition(uri, "journal.hjelp", 9)
    assessment = editor.definition(uri, "dpia-journal")
    uses = editor.references(uri, "papirjournal")

    assert system.uri == (folder / "systems" / "papirjournal.yaml").as_uri()
    assert purpose.uri == (folder / "activities" / "journal.yaml").as_uri()
    lines = (folder / "activities" / "journal.yaml").read_text(encoding="utf-8").split("\n")
    assert lines[purpose.range.start.line].strip() == "hjelp:"
    assert assessment.uri.endswith("assessments/dpia-journal.yaml")
    assert system in uses
    assert uri in {use.uri for use in uses}
    assert system not in editor.references(uri, "papirjournal", declaration=False)
    assert editor.definition(uri, "patient") is None
    assert editor.references(uri, "patient") == []


def test_an_id_is_renamed_in_all_files(editor: Editor, folder: Path) -> None:
    party = min((folder / "parties").glob("*.yaml")).stem
    use = next(references(unchecked(folder), Symbol("party", party)))
    path = folder / use.file
    uri = editor.open(path)
    prepared = editor.prepare_rename(uri, party)
    assert prepared.placeholder == party

    edit = editor.rename(uri, party, "helt-ny")
    assert edit is not None
    applied(edit)

    assert (folder / "parties" / "helt-ny.yaml").is_file()
    editor.change(uri, path.read_text(encoding="utf-8"))
    editor.on_disk(folder / "parties" / "helt-ny.yaml", types.FileChangeType.Created)
    found = until(lambda: editor.definition(uri, "helt-ny"))
    assert found.uri.endswith("parties/helt-ny.yaml")
    assert all(codes == [] for codes in map(editor.codes, (uri, found.uri)) if codes != ["(nothing yet)"])
    for new, says in (("Ny Part", "ny-part"), ("us", "reservert"), ("tax-authority", "følger med")):
        with pytest.raises(JsonRpcException, match=says):
            editor.rename(uri, "helt-ny", new)
    assert editor.prepare_rename(uri, "name") is None
    with pytest.raises(JsonRpcException, match="ingen id"):
        editor.rename(uri, "name", "nytt")


def test_a_client_that_renames_files_and_says_no_more(folder: Path) -> None:
    operations = types.WorkspaceEditClientCapabilities(resource_operations=[types.ResourceOperationKind.Rename])
    editor = Editor(types.ClientCapabilities(workspace=types.WorkspaceClientCapabilities(workspace_edit=operations)))
    try:
        system = min((folder / "systems").glob("*.yaml")).stem
        use = next(references(unchecked(folder), Symbol("system", system)))
        edit = editor.rename(editor.open(folder / use.file), system, "helt-nytt")
        assert edit is not None
        applied(edit)
        assert (folder / "systems" / "helt-nytt.yaml").is_file()
    finally:
        editor.kill()


def test_hover_and_completion_behind_emoji(editor: Editor, folder: Path) -> None:
    uri = editor.open(
        activity(folder), "name: {nb: Blåbær 😀, nn: Blåbær 😀}\nretention: {because: 😀, law: bokføringsloven § 13}\nrole: \n"
    )

    assert "Lov om bokføring" in editor.hover(uri, "bokføringsloven")
    assert "Bokmål" in editor.hover(uri, "Blåbær")
    role = editor.complete(uri, "role: ")["processor"]
    assert role.detail == "Databehandler"
    law = editor.complete(uri, "😀, law: bok", 4)["law"]
    assert isinstance(law.text_edit, types.TextEdit)
    assert law.text_edit.range == types.Range(types.Position(1, 25), types.Position(1, 28))


@pytest.mark.parametrize("encoding", [types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf32])
def test_other_encodings_where_the_client_offers_them(folder: Path, encoding: types.PositionEncodingKind) -> None:
    editor = Editor(types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=[encoding])))
    try:
        assert editor.server.capabilities.position_encoding == encoding
        uri = editor.open(activity(folder), "{name: 😀, role: contrller}\n")
        found = editor.diagnostic(uri, "ROPA007")
        assert found.range.start.character == {"utf-8": 19, "utf-32": 16}[encoding.value]
    finally:
        editor.kill()


@pytest.mark.parametrize("before", ["\ufeff", ""])
def test_byte_order_mark_and_carriage_returns(editor: Editor, folder: Path, before: str) -> None:
    uri = editor.open(activity(folder), f"{before}role: contrller\r\nname: x\r\nstatus: akteve\r\n")

    editor.diagnostic(uri, "ROPA007")
    found = {one.range.start.line: one.range.start.character for one in editor.published[uri].diagnostics if one.code == "ROPA007"}

    assert found[0] == 6 + len(before)
    assert found[2] == 8


def test_files_that_belong_to_no_registry(editor: Editor, folder: Path, tmp_path: Path) -> None:
    uris = [
        "untitled:Untitled-1",
        "git:/x/registry/organisation.yaml?{}",
        "file:///",
        "http://[bad/",
        "file://host/x.yaml",
        "file:///a%00b.yaml",
    ]
    outside = tmp_path / "compose.yaml"
    outside.write_text("services: {}\n", encoding="utf-8")
    hidden = folder / ".schemas" / "x.yaml"
    for uri in (*uris, outside.as_uri(), hidden.as_uri()):
        editor.open_uri(uri, "role: \n")
        assert editor.hover(uri, "role") == ""
        assert editor.complete(uri, "role: ") == {}
        assert editor.definition(uri, "role") is None
        editor.change(uri, "role:\n")
        editor.close_file(uri)
    inside = editor.open(activity(folder))
    editor.wait(clean(editor, inside))

    assert not {*uris, outside.as_uri(), hidden.as_uri()} & set(editor.published)


def test_a_huge_file(editor: Editor, folder: Path) -> None:
    uri = editor.open(activity(folder), "name: x\n" + "# fyll\n" * 400_000)

    editor.wait(lambda: "ROPA001" in editor.codes(uri))
    assert editor.hover(uri, "name") != ""
    editor.change(uri, "name: x\n")
    editor.wait(lambda: "ROPA001" not in editor.codes(uri) and "(nothing yet)" not in editor.codes(uri))


def test_leave_as_the_protocol_asks(folder: Path) -> None:
    editor = Editor()
    uri = editor.open(activity(folder))
    editor.change(uri, "x")
    time.sleep(0.05)

    assert editor.leave() == 0

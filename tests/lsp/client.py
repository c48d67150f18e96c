"""A client of the language server: pygls' own, in a thread of its own, with answers that a test can wait for."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

T = TypeVar("T")
PATIENCE = 60.0

CAPABILITIES = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16]),
    text_document=types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
    ),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Rename]
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
)


class Editor:
    """An editor with files open, over standard input and output to a server of its own."""

    def __init__(self, capabilities: types.ClientCapabilities = CAPABILITIES) -> None:
        self.client = LanguageClient("editor", "1")
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.registered: list[types.Registration] = []
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._take))
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(partial(self._read))
        self.client.feature(types.CLIENT_REGISTER_CAPABILITY)(partial(self._register))
        self._run(self.client.start_io(sys.executable, "-m", "ropa", "lsp"))
        parameters = types.InitializeParams(capabilities=capabilities, process_id=None, root_uri=None)
        self.server = self._run(self.client.initialize_async(parameters))
        self._call(lambda: self.client.initialized(types.InitializedParams()))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def _call(self, work: Callable[[], T]) -> T:
        async def called() -> T:
            return work()

        return self._run(called())

    def _take(self, params: types.PublishDiagnosticsParams) -> None:
        with self._news:
            self.published[params.uri] = params
            self._news.notify_all()

    def _read(self, params: types.ShowMessageParams) -> None:
        with self._news:
            self.messages.append(params.message)
            self._news.notify_all()

    def _register(self, params: types.RegistrationParams) -> None:
        self.registered.extend(params.registrations)

    def wait(self, what: Callable[[], T], patience: float = PATIENCE) -> T:
        """What is true in the end."""
        deadline = time.monotonic() + patience
        with self._news:
            while not (found := what()):
                left = deadline - time.monotonic()
                assert left > 0, f"waited in vain; published: {self.published}"
                self._news.wait(left)
            return found

    # --- files -------------------------------------------------------------------------------------------------------------

    def open(self, path: Path, text: str | None = None) -> str:
        uri = path.as_uri()
        self.open_uri(uri, text if text is not None else path.read_bytes().decode("utf-8"))
        return uri

    def open_uri(self, uri: str, text: str) -> None:
        self.versions[uri], self.texts[uri] = 1, text
        document = types.TextDocumentItem(uri, "yaml", 1, text)
        self._call(lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(document)))

    def change(self, uri: str, text: str) -> None:
        self.versions[uri] += 1
        self.texts[uri] = text
        document = types.VersionedTextDocumentIdentifier(version=self.versions[uri], uri=uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self._call(lambda: self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole])))

    def close_file(self, uri: str) -> None:
        document = types.TextDocumentIdentifier(uri)
        self._call(lambda: self.client.text_document_did_close(types.DidCloseTextDocumentParams(document)))

    def on_disk(self, path: Path, kind: types.FileChangeType) -> None:
        change = types.FileEvent(path.as_uri(), kind)
        self._call(lambda: self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change])))

    def codes(self, uri: str) -> list[str]:
        """The codes of what was last published for a file, of the version that is open."""
        found = self.published.get(uri)
        if found is None or (found.version is not None and found.version != self.versions.get(uri)):
            return ["(nothing yet)"]
        return sorted(str(one.code) for one in found.diagnostics)

    def diagnostic(self, uri: str, code: str) -> types.Diagnostic:
        """A finding of a file, once it is there."""

        def found() -> types.Diagnostic | None:
            last = self.published.get(uri)
            if last is None or last.version != self.versions.get(uri):
                return None
            return next((one for one in last.diagnostics if one.code == code), None)

        one = self.wait(found)
        assert one is not None
        return one

    # --- questions ---------------------------------------------------------------------------------------------------------

    def _at(self, uri: str, mark: str, after: int) -> types.Position:
        """The position of a mark in a text that is open, in UTF-16."""
        text = self.texts[uri]
        place = text.index(mark) + after
        line = text.count("\n", 0, place)
        before = text[text.rfind("\n", 0, place) + 1 : place]
        return types.Position(line, len(before.encode("utf-16-le")) // 2)

    def complete(self, uri: str, mark: str, after: int | None = None) -> dict[str, types.CompletionItem]:
        position = self._at(uri, mark, len(mark) if after is None else after)
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), position)
        found = self._run(self.client.text_document_completion_async(params))
        return {item.label: item for item in found.items} if isinstance(found, types.CompletionList) else {}

    def hover(self, uri: str, mark: str, after: int = 0) -> str:
        params = types.HoverParams(types.TextDocumentIdentifier(uri), self._at(uri, mark, after))
        found = self._run(self.client.text_document_hover_async(params))
        return found.contents.value if found is not None and isinstance(found.contents, types.MarkupContent) else ""

    def definition(self, uri: str, mark: str, after: int = 0) -> Any:
        params = types.DefinitionParams(types.TextDocumentIdentifier(uri), self._at(uri, mark, after))
        return self._run(self.client.text_document_definition_async(params))

    def references(self, uri: str, mark: str, after: int = 0, declaration: bool = True) -> list[types.Location]:
        context = types.ReferenceContext(declaration)
        params = types.ReferenceParams(context, types.TextDocumentIdentifier(uri), self._at(uri, mark, after))
        found = self._run(self.client.text_document_references_async(params))
        return list(found or ())

    def prepare_rename(self, uri: str, mark: str, after: int = 0) -> Any:
        params = types.PrepareRenameParams(types.TextDocumentIdentifier(uri), self._at(uri, mark, after))
        return self._run(self.client.text_document_prepare_rename_async(params))

    def rename(self, uri: str, mark: str, new: str, after: int = 0) -> types.WorkspaceEdit | None:
        params = types.RenameParams(types.TextDocumentIdentifier(uri), self._at(uri, mark, after), new)
        return self._run(self.client.text_document_rename_async(params))

    def actions(self, uri: str, diagnostics: list[types.Diagnostic], only: list[str] | None = None) -> list[types.CodeAction]:
        ranges = diagnostics[0].range if diagnostics else types.Range(types.Position(0, 0), types.Position(0, 0))
        context = types.CodeActionContext(diagnostics, only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), ranges, context)
        found = self._run(self.client.text_document_code_action_async(params)) or []
        return [each for each in found if isinstance(each, types.CodeAction)]

    # --- the end -----------------------------------------------------------------------------------------------------------

    def leave(self) -> int | None:
        """Takes leave as the protocol asks; the exit code of the server."""
        self._run(self.client.shutdown_async(None))
        self._call(lambda: self.client.exit(None))
        process = self.client._server
        assert process is not None
        code = self._run(process.wait())
        self._stop()
        return code

    def kill(self) -> None:
        """Ends a server that is still there when a test is over."""
        process = self.client._server
        if process is not None and process.returncode is None and self._loop.is_running():
            self._loop.call_soon_threadsafe(process.kill)
            self._run(process.wait())
        self._stop()

    def _stop(self) -> None:
        if self._loop.is_running():
            self._run(self.client.stop())  # type: ignore[no-untyped-call]  # pygls gives it no types
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE)
            self._loop.close()


def applied(edit: types.WorkspaceEdit) -> None:
    """Carries out an edit on the files on disk, as an editor that has UTF-16 positions does."""
    from pygls.uris import to_fs_path

    for change in edit.document_changes or ():
        if isinstance(change, types.RenameFile):
            Path(to_fs_path(change.old_uri) or "").rename(to_fs_path(change.new_uri) or "")
        elif isinstance(change, types.TextDocumentEdit):
            path = Path(to_fs_path(change.text_document.uri) or "")
            text = path.read_bytes().decode("utf-8")
            path.write_bytes(edited(text, [one for one in change.edits if isinstance(one, types.TextEdit)]).encode("utf-8"))


def edited(text: str, edits: list[types.TextEdit]) -> str:
    """A text with edits in it."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: types.Position) -> int:
        line = lines[position.line].encode("utf-16-le")
        return starts[position.line] + len(line[: position.character * 2].decode("utf-16-le"))

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text

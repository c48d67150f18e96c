"""The language server over standard input and output: which message is answered by which function."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import wraps
from typing import Any, Final, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError, JsonRpcInvalidParams, JsonRpcParseError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from ropa import __version__
from ropa.lsp.completion import complete
from ropa.lsp.edits import FIX_ALL, Client, actions, locations, renamed
from ropa.lsp.hover import hover
from ropa.lsp.navigation import Found, Refused, definition, references, symbol_at
from ropa.lsp.positions import changed
from ropa.lsp.preferences import Settled
from ropa.lsp.stream import Messages
from ropa.lsp.symbols import FILES
from ropa.lsp.watching import Watch
from ropa.lsp.words import said
from ropa.lsp.workspace import Place, Workspace

NAME: Final = "ropa"
SWITCH: Final = 0.0005
"""Seconds after which the thread that checks lets the one that answers go on: a message passes through several hands."""

WATCHED: Final = ("**/*.yaml", "**/*.yml", "**/ropa.toml", "**/pyproject.toml")
logger = logging.getLogger(__name__)

T = TypeVar("T")


class _Protocol(LanguageServerProtocol):
    """The protocol, with an answer also to a request whose parameters cannot be read."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object. Raises `JsonRpcException`."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "method" in data and isinstance(data.get("id"), (int, str)):
                self._send_response(data["id"], error=JsonRpcInvalidParams().to_response_error())
            raise

    @property
    def was_shut_down(self) -> bool:
        """Whether the client asked the server to shut down."""
        return self._shutdown


class RopaServer(LanguageServer):
    """The server's state: the registries of the workspace, and the watch over their findings."""

    def __init__(self, settled: Settled) -> None:
        super().__init__(NAME, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full, protocol_cls=_Protocol)
        self.settled = settled
        self.places = Workspace()
        self.watch: Watch | None = None

    def begin(self, capabilities: types.ClientCapabilities) -> None:
        """Takes up the work for a client of these capabilities."""
        encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        self.places = Workspace(types.PositionEncodingKind(encoding).value)
        document = capabilities.text_document
        diagnostics = document.publish_diagnostics if document is not None else None
        related = bool(diagnostics is not None and diagnostics.related_information)
        self.watch = Watch(self.places, self.settled, self.text_document_publish_diagnostics, self.tell, related)

    def tell(self, message: str) -> None:
        """Shows a message to the person at the client."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    @property
    def client(self) -> Client:
        """What the client can carry out."""
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace is not None else None
        operations = (edit.resource_operations if edit is not None else None) or ()
        # Files are renamed in document changes only: who can do the one takes the other, also where it does not say so (Neovim 0.7).
        changes = bool(operations) or bool(edit is not None and edit.document_changes)
        return Client(self.places.uri, changes, types.ResourceOperationKind.Rename in operations)

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002 - pygls' signature
        """What went wrong, in one line of the log. A message that is no JSON is answered, as JSON-RPC asks."""
        if isinstance(error, (json.JSONDecodeError, UnicodeDecodeError, RecursionError)):
            response = types.ResponseErrorMessage(error=JsonRpcParseError().to_response_error(), id=None)
            self.protocol._send_data(response)  # noqa: SLF001 - pygls has no public way to answer a message without an id
        logger.error("%s: %s", type(error).__name__, error)


def guarded(answer: Callable[[RopaServer, Any], T]) -> Callable[[RopaServer, Any], T]:
    """An answer that meets a fault of its own with one line instead of a traceback."""

    @wraps(answer)
    def safe(server: RopaServer, params: Any) -> T:
        try:
            return answer(server, params)
        except JsonRpcException:
            raise
        except Refused as error:
            raise JsonRpcInvalidParams(str(error)) from None
        except Exception as error:  # noqa: BLE001 - the server lives on, whatever one answer meets
            logger.error("%s: %s: %s", answer.__name__, type(error).__name__, error)
            raise JsonRpcInternalError(f"Something is wrong in ropa itself ({type(error).__name__}: {error}). Please report it.") from None

    return safe


# --- texts ------------------------------------------------------------------------------------------------------------------


def _initialize(server: RopaServer, params: types.InitializeParams) -> None:
    server.begin(params.capabilities)


def _initialized(server: RopaServer, _: types.InitializedParams) -> None:
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace is not None else None
    if watched is None or not watched.dynamic_registration:
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in WATCHED])
    registration = types.Registration("ropa-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def _opened(server: RopaServer, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    place = server.places.opened(document.uri)
    if place is not None:
        _write(server, place, document.text, document.version, 0.0)


def _changed(server: RopaServer, params: types.DidChangeTextDocumentParams) -> None:
    place = server.places.place(params.text_document.uri)
    buffer = place.registry.buffers.get(place.name) if place is not None else None
    if place is None or buffer is None:
        return
    text = buffer.text
    for change in params.content_changes:
        text = changed(text, change, place.registry.encoding)
    _write(server, place, text, params.text_document.version)


def _write(server: RopaServer, place: Place, text: str, version: int | None, pause: float | None = None) -> None:
    place.registry.write(place.name, text, version)
    if server.watch is not None:
        server.watch.changed(place.registry, place.name, *(() if pause is None else (pause,)))


def _closed(server: RopaServer, params: types.DidCloseTextDocumentParams) -> None:
    place = server.places.place(params.text_document.uri)
    if place is not None and place.name in place.registry.buffers:
        place.registry.close(place.name)
        _later(server, params.text_document.uri)


def _saved(server: RopaServer, params: types.DidSaveTextDocumentParams) -> None:
    _later(server, params.text_document.uri)


def _files_changed(server: RopaServer, params: types.DidChangeWatchedFilesParams) -> None:
    for change in params.changes:
        _later(server, change.uri)


def _later(server: RopaServer, uri: str) -> None:
    if server.watch is not None:
        for registry in server.places.around(uri):
            server.watch.later(registry)


# --- answers ----------------------------------------------------------------------------------------------------------------


def _place(server: RopaServer, uri: str) -> Place | None:
    """The place of a file that is open in the client."""
    place = server.places.place(uri)
    return place if place is not None and place.name in place.registry.buffers else None


def _completion(server: RopaServer, params: types.CompletionParams) -> types.CompletionList | None:
    place = _place(server, params.text_document.uri)
    return None if place is None else types.CompletionList(False, complete(place.registry, place.name, params.position))


def _hover(server: RopaServer, params: types.HoverParams) -> types.Hover | None:
    place = _place(server, params.text_document.uri)
    return None if place is None else hover(place.registry, place.name, params.position)


def _symbol(place: Place | None, position: types.Position) -> Found | None:
    return None if place is None else symbol_at(place.registry, place.name, position)


def _definition(server: RopaServer, params: types.DefinitionParams) -> types.Location | None:
    place = _place(server, params.text_document.uri)
    found = _symbol(place, params.position)
    if place is None or found is None:
        return None
    declared = definition(place.registry, found.symbol)
    return next(locations(place.registry, [declared], server.client)) if declared is not None else None


def _references(server: RopaServer, params: types.ReferenceParams) -> list[types.Location] | None:
    place = _place(server, params.text_document.uri)
    found = _symbol(place, params.position)
    if place is None or found is None:
        return None
    declared = definition(place.registry, found.symbol)
    uses = [use for use in references(place.registry, found.symbol) if use != declared]
    with_declaration = [declared, *uses] if declared is not None and params.context.include_declaration else uses
    return list(locations(place.registry, with_declaration, server.client))


def _prepare_rename(server: RopaServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    place = _place(server, params.text_document.uri)
    found = _symbol(place, params.position)
    if place is None or found is None:
        return None
    if found.symbol.kind in FILES and not server.client.renames_files:
        raise Refused(said("no-files", place.registry.language))
    where = place.registry.positions(place.name).range(found.start, found.end)
    return types.PrepareRenamePlaceholder(where, found.symbol.name)


def _rename(server: RopaServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    place = _place(server, params.text_document.uri)
    if place is None:
        return None
    found, language = _symbol(place, params.position), place.registry.language
    if found is None:
        raise Refused(said("no-id", language))
    place.registry.refresh()
    return renamed(place.registry, found.symbol, params.new_name.strip(), server.client, language)


def _code_action(server: RopaServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    place = _place(server, params.text_document.uri)
    return None if place is None else actions(place.registry, place.name, params.context, params.range, server.client)


_ANSWERS: Final[dict[str, tuple[Callable[[RopaServer, Any], Any], Any]]] = {
    types.INITIALIZE: (_initialize, None),
    types.INITIALIZED: (_initialized, None),
    types.TEXT_DOCUMENT_DID_OPEN: (_opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (_changed, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (_closed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (_saved, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_files_changed, None),
    types.TEXT_DOCUMENT_COMPLETION: (_completion, types.CompletionOptions(trigger_characters=[":", " ", "{", "[", ",", "-", "."])),
    types.TEXT_DOCUMENT_HOVER: (_hover, None),
    types.TEXT_DOCUMENT_DEFINITION: (_definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (_references, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (_prepare_rename, None),
    types.TEXT_DOCUMENT_RENAME: (_rename, types.RenameOptions(prepare_provider=True)),
    types.TEXT_DOCUMENT_CODE_ACTION: (_code_action, types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])),
}


def serve(settled: Settled) -> bool:
    """Speaks with a client until it is gone; whether it took its leave as the protocol asks."""
    _speak_in_lines()
    sys.setswitchinterval(SWITCH)
    server = RopaServer(settled)
    for method, (answer, options) in _ANSWERS.items():
        server.feature(method, options)(_bound(server, answer))
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    try:
        with redirect_stdout(sys.stderr):  # a stray word on standard output would break the protocol
            server.start_io(Messages(stdin), stdout)  # type: ignore[arg-type]  # what it reads with is all that the server asks of a stream
    finally:
        if server.watch is not None:
            server.watch.close()
    return isinstance(server.protocol, _Protocol) and server.protocol.was_shut_down


def _bound(server: RopaServer, answer: Callable[[RopaServer, Any], Any]) -> Callable[[Any], Any]:
    safe = guarded(answer)

    def handler(params: Any) -> Any:
        return safe(server, params)

    return handler


def _speak_in_lines() -> None:
    """The log goes to standard error, one line a message and never a traceback."""

    class _Line(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return f"ropa lsp: {record.getMessage().splitlines()[0] if record.getMessage() else record.levelname}"

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    logging.basicConfig(level=logging.ERROR, handlers=[handler], force=True)

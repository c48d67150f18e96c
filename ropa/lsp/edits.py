"""Changes of files as the client carries them out: fixes of findings, and a new id everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lsprotocol import types

from ropa.fixes.apply import compatible
from ropa.fixes.edits import Edit, Fix
from ropa.fixes.find import fixes_of
from ropa.fixes.looked import Looked
from ropa.lsp.navigation import Refused, Used, check_name, references
from ropa.lsp.positions import Positions
from ropa.lsp.registry import OpenRegistry
from ropa.lsp.symbols import FILES, Symbol
from ropa.lsp.words import said
from ropa.model.load import default_language
from ropa.schema.names import collect_names

FIX_ALL = "source.fixAll.ropa"


@dataclass(frozen=True, slots=True)
class Client:
    """What the client can carry out, and how it names files."""

    uri: Callable[[OpenRegistry, str], str]
    document_changes: bool
    renames_files: bool


# --- fixes ----------------------------------------------------------------------------------------------------------------


def actions(
    registry: OpenRegistry, name: str, context: types.CodeActionContext, asked: types.Range, client: Client
) -> list[types.CodeAction]:
    """The fixes of the findings that a client asks about, and one for all of them. They are those of `ropa check --fix`."""
    fixes = _fixes(registry, name)
    if not fixes:
        return []
    positions = registry.positions(name)
    quick = _wanted(context, types.CodeActionKind.QuickFix)
    found = [
        types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[one for one in context.diagnostics if _identity(one) == fix.identity] or None,
            is_preferred=True,
            edit=_edit_of(registry, [fix], positions, client),
        )
        for fix in fixes
        if quick and _is_asked(fix, context, asked, positions)
    ]
    if _wanted(context, FIX_ALL):
        language = registry.language
        edit = _edit_of(registry, compatible(fixes), positions, client)
        found.append(types.CodeAction(title=said("fix-all", language), kind=FIX_ALL, edit=edit))
    return found


def _fixes(registry: OpenRegistry, name: str) -> list[Fix]:
    document = registry.document(name)
    if document is None or any(problem.name in ("file-unknown", "file-unreadable") for problem in document.problems):
        return []
    documents = registry.documents()
    looked = Looked(document, collect_names(documents), default_language(documents))
    return [found.fix for found in fixes_of(looked, registry.language)]


def _wanted(context: types.CodeActionContext, kind: str) -> bool:
    """Whether a client that names kinds of actions names this one, or one around it."""
    return context.only is None or any(kind == only or kind.startswith(f"{only}.") for only in context.only)


def _identity(diagnostic: types.Diagnostic) -> str | None:
    data = diagnostic.data
    return data.get("identity") if isinstance(data, Mapping) else None


def _is_asked(fix: Fix, context: types.CodeActionContext, asked: types.Range, positions: Positions) -> bool:
    if any(_identity(diagnostic) == fix.identity for diagnostic in context.diagnostics):
        return True
    return any(
        edit.start <= _pair(asked.end) and _pair(asked.start) <= edit.end for edit in (_Lines(each, positions) for each in fix.edits)
    )


class _Lines:
    """The range of an edit, to compare."""

    def __init__(self, edit: Edit, positions: Positions) -> None:
        places = _range(edit, positions)
        self.start, self.end = _pair(places.start), _pair(places.end)


def _pair(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _range(edit: Edit, positions: Positions) -> types.Range:
    start = positions.offset_in_yaml(edit.line, edit.column)
    return positions.range(start, positions.offset_in_yaml(edit.end_line, edit.end_column))


def _edit_of(registry: OpenRegistry, fixes: Sequence[Fix], positions: Positions, client: Client) -> types.WorkspaceEdit:
    edits = dict.fromkeys(edit for fix in fixes for edit in fix.edits)
    by_file: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        by_file.setdefault(edit.file, []).append(types.TextEdit(_range(edit, positions), edit.text))
    return workspace_edit(registry, by_file, client)


# --- a new id ---------------------------------------------------------------------------------------------------------------


def renamed(registry: OpenRegistry, symbol: Symbol, new: str, client: Client, language: str) -> types.WorkspaceEdit:
    """A symbol's new id in all files, its own file's name included. Raises `Refused`.

    `formerly` is not written: the format does not ask for it, and whether anyone knew the old id is for people to say.
    """
    check_name(registry, symbol, new, language)
    is_file = symbol.kind in FILES
    if is_file and not client.renames_files:
        raise Refused(said("no-files", language))
    by_file: dict[str, list[types.TextEdit]] = {}
    for use in references(registry, symbol):
        by_file.setdefault(use.file, []).append(types.TextEdit(range_of(registry, use), new))
    edit = workspace_edit(registry, by_file, client)
    if is_file:
        target = Symbol(symbol.kind, new).file
        moved = types.RenameFile(client.uri(registry, symbol.file), client.uri(registry, target))
        edit.document_changes = [*(edit.document_changes or ()), moved]
    return edit


def range_of(registry: OpenRegistry, use: Used) -> types.Range:
    """Where a use stands, for the client."""
    return registry.positions(use.file).range(use.start, use.end)


def locations(registry: OpenRegistry, found: Iterable[Used], client: Client) -> Iterator[types.Location]:
    """Uses as the client's places."""
    return (types.Location(client.uri(registry, use.file), range_of(registry, use)) for use in found)


def workspace_edit(registry: OpenRegistry, by_file: Mapping[str, list[types.TextEdit]], client: Client) -> types.WorkspaceEdit:
    """Edits of several files, for the version that the client has of each where it can tell versions apart."""
    if not client.document_changes:
        return types.WorkspaceEdit(changes={client.uri(registry, file): edits for file, edits in sorted(by_file.items())})
    changes = []
    for file, edits in sorted(by_file.items()):
        buffer = registry.buffers.get(file)
        document = types.OptionalVersionedTextDocumentIdentifier(client.uri(registry, file), buffer.version if buffer is not None else None)
        changes.append(types.TextDocumentEdit(document, edits))
    return types.WorkspaceEdit(document_changes=changes)

"""From an address to a place in a file: found by reading the one file again, and only when something is to be shown."""

from __future__ import annotations

from ropa.source.nodes import TOP, Node, Span, read_nodes


class Locator:
    """Finds places in one file's text. Reads it once, on the first question."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Node | None = None
        self._read = False

    def span(self, path: tuple[str, ...]) -> Span:
        """The place of a long-form path: of a scalar the value, of a map or list its key; of what is missing its parent."""
        key, node, _ = self._walk(path)
        if node is None:
            return TOP
        if node.entries is None and node.items is None and node.value is not None:
            return node.span
        return key.span if key is not None else node_start(node)

    def key_span(self, path: tuple[str, ...]) -> Span:
        """The place of the key at a path, where `span` would give its value."""
        key, node, _ = self._walk(path)
        if node is None:
            return TOP
        return key.span if key is not None else node_start(node)

    def indent(self, path: tuple[str, ...]) -> int:
        """How many blanks stand before a key that is written at a path, or that would be."""
        key, node, written = self._walk(path)
        if node is None:
            return 0
        if written:
            return key.span.column - 1 if key is not None else 0
        if node.entries and not node.flow:
            return node.entries[0][0].span.column - 1
        return key.span.column + 1 if key is not None else 0

    def exists(self, path: tuple[str, ...]) -> bool:
        """Whether the path is written in the file, in its long or in a short form."""
        return self._walk(path)[2]

    def node(self, path: tuple[str, ...]) -> Node | None:
        """The deepest written node on the way along ``path``."""
        return self._walk(path)[1]

    def _walk(self, path: tuple[str, ...]) -> tuple[Node | None, Node | None, bool]:
        if not self._read:
            self._root, self._read = read_nodes(self._text).root, True
        key: Node | None = None
        node = self._root
        if node is None:
            return None, None, False
        for name in path:
            if node.entries is not None:
                step = next(((k, v) for k, v in node.entries if k.value == name), None)
                if step is None:
                    return key, node, False
                key, node = step
            elif node.items is not None:
                item = next((i for i in node.items if i.entries is None and str(i.value) == name), None)
                if item is not None:
                    key, node = item, item
            # a scalar stands for what the long form says below it; a list may stand for a map of its codes
        return key, node, True


def node_start(node: Node) -> Span:
    """Where a map or list begins: a map at its first key."""
    if node.entries:
        return node.entries[0][0].span
    return Span(node.span.line, node.span.column, node.span.line, node.span.column + 1)

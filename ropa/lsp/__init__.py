"""The language server: what an editor asks about a registry while it is written (`ropa lsp`)."""

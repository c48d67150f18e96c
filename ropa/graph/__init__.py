"""The flows as a graph: questions asked of it, and its drawing. Imported by trace, graph and build only."""

"""The data-flow graph as documents: SVG, DOT, Mermaid and JSON of the same flows."""

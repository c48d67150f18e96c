"""Bytes to strict YAML to plain data and positions. Knows nothing of what a field means."""

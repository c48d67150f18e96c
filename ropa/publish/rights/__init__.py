"""Which rights people have for each purpose and why, for the privacy officer: facts → text and JSON."""

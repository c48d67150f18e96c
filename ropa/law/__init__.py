"""The law as dated data, each fact with its provenance, and what is computed from it."""

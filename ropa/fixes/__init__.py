"""Formal corrections as text edits: what can be put right without a decision of law."""

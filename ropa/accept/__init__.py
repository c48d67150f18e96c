"""Findings that a role has accepted until a date. Drops nothing unseen."""

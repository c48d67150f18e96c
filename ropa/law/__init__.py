"""The law as dated data, each fact with its provenance, and what is computed from it."""

from typing import Final

LANGUAGES: Final = ("nb", "nn", "en")
"""The languages of the law's words and of every document: Bokmål, Nynorsk, English."""

"""Compliance as code: a registry of processing activities in YAML, checked against the GDPR and Norwegian law."""

__version__ = "0.1.0"

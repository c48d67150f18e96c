"""Frozen typed records of a registry: short forms made long, references joined. Reads no file, renders nothing."""

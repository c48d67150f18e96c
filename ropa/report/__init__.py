"""Findings to text: one function a format. Decides no exit code."""

"""Tells setuptools which packages there are; all else stands in pyproject.toml.

``find`` in pyproject.toml cannot add the two folders that become packages only when installed.
"""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["ropa", "ropa.*"]), "ropa.schemas", "ropa.templates"])

"""What is wrong with the shape of a file, before it has words or a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One formal fault: the finding's name, the variant of its wording, the long-form path, and what the words need.

    `at_key` asks for the place of the key where its value would be shown; `value` is what stands there.
    """

    name: str
    variant: str
    path: tuple[str, ...]
    params: dict[str, str] = field(default_factory=dict)
    at_key: bool = False
    value: Any = None

"""Plain data as text: the registry's YAML in block style, texts quoted only where they must be; and the JSON of every output."""

from __future__ import annotations

import json
from typing import Any

import yaml

from ropa.source.scalars import CONSTANTS, plain


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper with this format's scalars: what would be read as text there is written plain here."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Every value is written where it stands: the format has no anchors."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's signature
        """Items of a list stand two blanks in from their key."""
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    quoted = text in CONSTANTS or plain(text) != text or text.strip() != text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


def _plain_word(dumper: yaml.SafeDumper, value: bool | float | None) -> yaml.ScalarNode:
    word = "null" if value is None else str(value).lower()
    return dumper.represent_scalar("tag:yaml.org,2002:str", word)


_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_representer(str, _text)
for _kind in (bool, int, float, type(None)):
    _Dumper.add_representer(_kind, _plain_word)


def block_style(data: Any) -> str:
    """The data as YAML text that the strict reader reads back to the same data."""
    written: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False)
    return written


def json_text(data: Any) -> str:
    """The data as JSON for people and programs, keys in the order given; half a surrogate pair, which is no text, as an escape."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"

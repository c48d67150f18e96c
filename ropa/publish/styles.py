"""The style sheet of a page, inlined and allowed by its hash: pages load nothing, and the policy says so (CSP level 3)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from ropa.publish.templating import html
from ropa.resources import directory


@dataclass(frozen=True, slots=True)
class Style:
    """The text of a page's style sheet, and the policy that allows it and nothing else."""

    sheet: Markup
    policy: str


@cache
def style(*names: str) -> Style:
    """The style sheets of these names as one."""
    sheet = "\n" + "\n".join((directory("templates") / name).read_text(encoding="utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    return Style(html(sheet), f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'")

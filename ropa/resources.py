"""Where the folders lie that come with the program but outside its code: ``schemas`` and ``templates``.

In a wheel they are packages inside ``ropa``; in a checkout, and in an editable install of one, they lie beside it.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def directory(name: str) -> Path:
    """Return the bundled folder ``name``; FileNotFoundError where the installation lacks it."""
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        # ropa/schema (the code) is another folder than ropa/schemas: names are compared whole.
        if candidate.is_dir():
            return candidate
    msg = f"the installed ropa package lacks its {name}/ directory"
    raise FileNotFoundError(msg)

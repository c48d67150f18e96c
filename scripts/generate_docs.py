"""Write the generated pages of ``docs``: the format, its codes, the rules, the commands and the picture of a finding.

python scripts/generate_docs.py            writes the pages, and takes away those of rules that are gone
python scripts/generate_docs.py --check    exits 1 and names the pages that are stale
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.docs import codes, command_pages, finding_picture, format_page, provision_page, rule_pages

DOCS = ROOT / "docs"
NOTICE = "<!-- Written by scripts/generate_docs.py; do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """Every generated page and picture by its path in ``docs``."""
    found = {
        "format.md": format_page.page(),
        "codes.md": codes.page(),
        "commands.md": command_pages.page(),
        **{f"rules/{name}": text for name, text in rule_pages.pages().items()},
        f"rules/{provision_page.FILE}": provision_page.page(),
    }
    pictures = {f"pictures/finding.{language}.svg": finding_picture.page(language) for language in ("nb", "en")}
    return {path: NOTICE + text for path, text in found.items()} | pictures


def stale(wanted: dict[str, str]) -> list[Path]:
    """The pages that are not what the sources give, and those that no source asks for any more."""
    changed = [DOCS / path for path, text in wanted.items() if not _is(DOCS / path, text)]
    gone = [path for path in sorted((DOCS / "rules").glob("*.md")) if f"rules/{path.name}" not in wanted]
    return changed + gone


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main() -> int:
    """Write the pages, or say which are stale."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="exit 1 where a page is not what the sources give")
    checking = options.parse_args().check
    wanted = pages()
    found = stale(wanted)
    for path in found:
        name = path.relative_to(DOCS).as_posix()
        if not checking and name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8")
        elif not checking:
            path.unlink()
        sys.stdout.write(f"{'stale' if checking else 'written' if name in wanted else 'removed'}: docs/{name}\n")
    return 1 if checking and found else 0


if __name__ == "__main__":
    sys.exit(main())

"""The W3C's own checker (vnu) on HTML with its style sheets, and on SVG.

The checker is a Java program that is published as an npm package. ``package-lock.json`` beside this file pins it by its
hash, and npm puts it into ``.cache/`` once.
"""

import fcntl
import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.gates.problem import Problem

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache" / "w3c"
JAR = CACHE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def missing_tools() -> list[str]:
    """What the machine lacks to run the checker."""
    java = [] if shutil.which("java") else ["Java"]
    return java if JAR.is_file() or shutil.which("npm") else [*java, "npm"]


def fetch_checker() -> Path:
    """The checker's jar, fetched by npm on first use; several test processes may ask at once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not JAR.is_file():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, CACHE / name)
            subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=CACHE, check=True)
    return JAR


def validity(jar: Path, files: Iterable[Path]) -> list[Problem]:
    """Every error that the W3C's checker finds in the files."""
    paths = [str(file.resolve()) for file in files]
    if not paths:
        return []
    options = ["--format", "json", "--errors-only", "--also-check-svg", "--exit-zero-always"]
    run = subprocess.run(["java", "-jar", str(jar), *options, *paths], capture_output=True, encoding="utf-8", check=True)
    return list(_problems(json.loads(run.stderr)["messages"]))


def _problems(messages: Iterable[dict[str, Any]]) -> Iterator[Problem]:
    for message in messages:
        page = Path(unquote(urlsplit(message.get("url", "")).path))
        yield Problem("w3c", page, f"line {message.get('lastLine', '?')}", message["message"])

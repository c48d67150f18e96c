"""Writes a registry of any size that looks like a real one, and the same bytes every time.

``python -m bench.generate FOLDER [ACTIVITIES]``. The files of ``templates/once`` are written as they are; those of
``templates/block`` once for every 150 activities, which share them; the activities take turns. Words in
capitals are filled in: BLOCK and NUMBER count, PLACE is a town.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
BLOCK_SIZE = 150
PLACES = ("Oslo", "Bergen", "Trondheim", "Stavanger", "Kristiansand", "Tromsø", "Bodø", "Hamar", "Molde", "Alta", "Skien", "Halden")

Files = Iterator[tuple[str, str]]


def registry(activities: int) -> Files:
    """Every file of a registry with so many activities: its path and a text; texts of the same path belong together."""
    yield from read("once")
    blocks = list(read("block"))
    for block in range(-(-activities // BLOCK_SIZE)):
        words = {"BLOCK": f"{block:04}", "PLACE": PLACES[block % len(PLACES)]}
        yield from ((filled(path, words), filled(text, words)) for path, text in blocks)
    yield from numbered(activities)


def numbered(activities: int) -> Files:
    """The activities but for those that are written once."""
    kinds = list(read("activities"))
    fixed = sum(path.startswith("activities/") for path, _ in read("once"))
    for number in range(activities - fixed):
        path, text = kinds[number % len(kinds)]
        block = number // BLOCK_SIZE
        words = {"BLOCK": f"{block:04}", "NUMBER": f"{number:05}", "PLACE": PLACES[number % 11]}
        yield f"activities/{path.removesuffix('.yaml')}-{number:05}.yaml", filled(text, words)


def read(part: str) -> Files:
    """The templates of one part by their path in the registry, in order."""
    folder = TEMPLATES / part
    for file in sorted(folder.rglob("*.yaml")):
        yield file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")


def filled(text: str, words: dict[str, str]) -> str:
    """The text with its words in capitals filled in."""
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def write(folder: Path, activities: int) -> int:
    """Write the registry into a folder that does not exist yet; give the number of files."""
    folder.mkdir(parents=True)
    paths = set()
    for path, text in registry(activities):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        paths.add(path)
    return len(paths)


if __name__ == "__main__":
    target, *count = sys.argv[1:]
    size = int(count[0]) if count else 10_000
    print(f"{write(Path(target), size)} files with {size} activities in {target}")

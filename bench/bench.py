"""Measures the tool beside what it could be measured against, and writes ``docs/performance.md``.

``python -m bench.bench [ACTIVITIES]``. Every measurement is a process of its own, so that start and imports count; the
contenders take turns, so that a noisy moment hits them all, and the median of the rounds counts.
"""

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from bench.generate import write
from bench.keystroke import ACTIVITIES as OPEN
from bench.keystroke import Waited, keystrokes

CHECKOUT = Path(__file__).parent.parent
SCHEMAS = CHECKOUT / "schemas"
REPORT = CHECKOUT / "docs" / "performance.md"
ROUNDS = 5
TODAY = "2026-12-01"

BARE_LOAD = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""

# Folder or file of a registry, and the schema of its records.
KINDS = {
    "activities": "activity",
    "assessments": "assessment",
    "consents.yaml": "consents",
    "cookies": "cookies",
    "notice.yaml": "notice",
    "organisation.yaml": "organisation",
    "parties": "party",
    "retention.yaml": "retention",
    "security-measures.yaml": "security-measures",
    "systems": "system",
}


class Sample(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float


class Bar(NamedTuple):
    """One promise: what was asked, what was measured, and whether it holds."""

    what: str
    asked: str
    measured: str
    holds: bool


def measure(*command: str | Path) -> Sample:
    """Run a process to its end; a failing one is no measurement."""
    started = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read() if process.stdout else b""
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[:4]} ended with {process.returncode}:\n{output.decode(errors='replace')[:4000]}")
    return Sample(seconds, megabytes(used))


def megabytes(used: resource.struct_rusage) -> float:
    """The peak of resident memory; the kernel counts in KiB, but on macOS in bytes."""
    return used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def check(registry: Path) -> Sample:
    """`ropa check` from a cold start; the generated registry is clean, so it ends with 0."""
    return measure(sys.executable, "-m", "ropa", "check", registry, "--today", TODAY)


def bare_load(registry: Path) -> Sample:
    """PyYAML's C loader on the same files, and nothing done with what it reads."""
    return measure(sys.executable, "-c", BARE_LOAD, registry)


def check_jsonschema(registry: Path) -> Sample:
    """check-jsonschema on the same files with the same schemas: one call a kind of record, their times added."""
    samples = []
    for place, kind in KINDS.items():
        files = sorted((registry / place).glob("*.yaml")) if (registry / place).is_dir() else [registry / place]
        schema = bundled(kind, registry.parent)
        samples.append(measure(sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *files))
    return Sample(sum(sample.seconds for sample in samples), max(sample.megabytes for sample in samples))


def bundled(kind: str, folder: Path) -> Path:
    """All schemas in one file, for one kind of record.

    Left apart, check-jsonschema opens the other file again at every reference and takes several times as long; that is
    how the schemas are laid out, and not what is to be measured.
    """
    parts = {}
    for file in sorted(SCHEMAS.glob("*.schema.json")):
        name = file.name.removesuffix(".schema.json")
        text = re.sub(r'("\$ref": *")(?:([a-z-]+)\.schema\.json)?#', r"\g<1>#/$defs/\g<2>", file.read_text(encoding="utf-8"))
        parts[name] = {key: value for key, value in json.loads(text.replace('"#/$defs//', f'"#/$defs/{name}/')).items() if key != "$id"}
    target = folder / f"{kind}.schema.json"
    target.write_text(json.dumps({"$schema": parts[kind]["$schema"], "$ref": f"#/$defs/{kind}", "$defs": parts}), encoding="utf-8")
    return target


def alternate(contenders: dict[str, Callable[[], Sample]], rounds: int) -> dict[str, Sample]:
    """The median of each contender over rounds in which they take turns."""
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, contender in contenders.items():
            samples[name].append(contender())
            print(f"round {number + 1} of {rounds}: {name}: {samples[name][-1].seconds:.2f} s", file=sys.stderr)
    return {
        name: Sample(statistics.median(one.seconds for one in taken), max(one.megabytes for one in taken))
        for name, taken in samples.items()
    }


def run(activities: int) -> str:
    """Measure everything; give the report."""
    tenth = activities // 10
    with tempfile.TemporaryDirectory() as scratch:
        large, small = Path(scratch, "large"), Path(scratch, "small")
        files = write(large, activities)
        write(small, tenth)
        lines = sum(file.read_bytes().count(b"\n") for file in large.rglob("*.yaml"))
        shipped = CHECKOUT / "registry"
        bare_load(large)  # so that the first round, too, finds the files in the system's memory
        taken = alternate(
            {
                "check": lambda: check(large),
                "load": lambda: bare_load(large),
                "check a tenth": lambda: check(small),
                "load a tenth": lambda: bare_load(small),
                "check registry": lambda: check(shipped),
            },
            ROUNDS,
        )
        taken |= alternate({"check-jsonschema": lambda: check_jsonschema(large)}, 1)
    return report(taken, keystrokes(), activities, files, lines)


def bars(taken: dict[str, Sample], waited: list[Waited], activities: int) -> list[Bar]:
    """The promises, judged."""
    cold = taken["check"]
    to_load = cold.seconds / taken["load"].seconds
    to_schema = taken["check-jsonschema"].seconds / cold.seconds
    growth = cold.seconds / taken["check a tenth"].seconds
    small = taken["check registry"].seconds
    slowest = max((one for one in waited if one.times > 10), key=lambda one: one.worst)
    return [
        Bar("`ropa check registry`, wall", "at most 0.35 s", f"{small:.2f} s", small <= 0.35),
        Bar(f"`ropa check` of {activities:,} activities, to the bare load", "at most 1.2 times", f"{to_load:.2f} times", to_load <= 1.2),
        Bar("… to check-jsonschema", "at least 15 times faster", f"{to_schema:.1f} times faster", to_schema >= 15),
        Bar("… peak memory", "under 600 MB", f"{cold.megabytes:.0f} MB", cold.megabytes < 600),
        Bar(f"… to {activities // 10:,} activities", "linear: at most 11 times", f"{growth:.1f} times", growth <= 11),
        Bar(
            f"`ropa lsp`, a keystroke in {OPEN:,} activities",
            "at most 100 ms",
            f"{slowest.worst * 1000:.0f} ms at worst ({slowest.what})",
            slowest.worst <= 0.1,
        ),
    ]


def report(taken: dict[str, Sample], waited: list[Waited], activities: int, files: int, lines: int) -> str:
    """The page for the docs."""
    rows = [
        ("`ropa check`", taken["check"], f"{activities:,}", ROUNDS),
        ("PyYAML `CSafeLoader`, load only, one core", taken["load"], f"{activities:,}", ROUNDS),
        ("check-jsonschema, same schemas", taken["check-jsonschema"], f"{activities:,}", 1),
        ("`ropa check`", taken["check a tenth"], f"{activities // 10:,}", ROUNDS),
        ("PyYAML `CSafeLoader`, load only, one core", taken["load a tenth"], f"{activities // 10:,}", ROUNDS),
        ("`ropa check registry`", taken["check registry"], "the registry that ships", ROUNDS),
    ]
    versions = ", ".join(f"{name} {version(name)}" for name in ("PyYAML", "jsonschema-rs", "check-jsonschema"))
    today = datetime.now(tz=UTC).date()
    table = "\n".join(f"| {what} | {size} | {one.seconds:.2f} s | {one.megabytes:.0f} MB | {n} |" for what, one, size, n in rows)
    editor = "\n".join(f"| {one.what} | {one.median * 1000:.0f} ms | {one.worst * 1000:.0f} ms | {one.times} |" for one in waited)
    promises = "\n".join(
        f"| {bar.what} | {bar.asked} | {bar.measured} | {'yes' if bar.holds else '**no**'} |" for bar in bars(taken, waited, activities)
    )
    return f"""# Performance

Written by `make bench`; do not edit. Measured on {today}, on a machine with {os.cpu_count()} cores
({platform.system()}, Python {platform.python_version()}, {versions}).

The registry is generated by `bench/generate.py`: {activities:,} activities of twelve kinds in {files:,} files with {lines:,} lines, with
parties, systems, assessments, consents and cookies. It is clean, so the tool reads, checks and concludes all of it. Every
measurement is a process of its own from a cold start, with the files in the system's memory. The contenders take turns; the median
of the rounds counts, and the highest peak of memory.

## What was promised

| | asked | measured | holds |
|---|---|---|---|
{promises}

## What was measured

| | activities | wall | peak memory | rounds |
|---|---|---|---|---|
{table}

The bare load parses each file with PyYAML's C loader and throws the result away: it is what reading YAML costs before anything is
checked. check-jsonschema is called once a kind of record, on all files of that kind; its times are added, and it runs once, since it takes
minutes. It gets the schemas put together into one file, which is several times faster for it than following references between files,
and it checks the shape alone.

## In an editor

A client types in one activity of a registry of {OPEN:,}, at a person's pace, and waits at each key for three answers of `ropa lsp`
(`bench/keystroke.py`). What is wrong with the file by itself is told at once, with what the rules said of it last; the rules are asked
again when nothing was typed for 0.25 s, in a thread of their own, while the answers go on.

| from a keystroke to | median | worst | times |
|---|---|---|---|
{editor}
"""


if __name__ == "__main__":
    page = run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(page, encoding="utf-8", newline="\n")
    print(page)

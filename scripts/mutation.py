"""Mutation testing of the rules: each small change in a rule must be noticed by a case.

    python scripts/mutation.py [MODULE…] [--report]

Mutmut makes the changes (one a mutant); here each is tried in a forked copy of this process against the cases of the
rules in its module: a case that finds something else, or says it in other words, kills it, as the snapshot of the tests would.
What survives is written to ``docs/mutation.md`` with ``--report``, each with its reason from ``scripts/mutation_reasons.yaml``.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, cast

import libcst
import yaml
from mutmut.mutation.file_mutation import create_mutations, deep_replace

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

import ropa.rules
from ropa.checking import check_documents
from ropa.context.context import Context
from ropa.findings.finding import Finding
from ropa.findings.present import Presenter
from ropa.flows.reach import reach
from ropa.model.load import load
from ropa.rules import engine
from ropa.rules.case_files import Case, all_cases, documents_of
from ropa.rules.engine import SILENCED_BY, Rule, name_of
from ropa.source.files import read_registry
from tests.formal.test_formal import CASES as FORMAL_CASES
from tests.formal.test_formal import registry_of as formal_registry

RULES_FOLDER = CHECKOUT / "ropa" / "rules"
FORMAL = "formal"
NOT_RULES = frozenset({"case_files", "__init__"})
REASONS = CHECKOUT / "scripts" / "mutation_reasons.yaml"
REPORT = CHECKOUT / "docs" / "mutation.md"
SECONDS = 20
"""A mutant that runs longer has lost its way, which a test would notice."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the module and function it is in, and the function's source before and after."""

    module: str
    function: str
    before: str
    after: str

    @property
    def id(self) -> str:
        """A name that stays while the function stays."""
        return hashlib.sha256(f"{self.module}\n{self.before}\n{self.after}".encode()).hexdigest()[:10]

    def diff(self) -> str:
        """The changed lines."""
        lines = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


Outcome = tuple[tuple[str, int, int, str, str, str | None, tuple[str, ...], int], ...]
"""What a case finds: address, line, column, severity, message, fix and related addresses of each finding, as the snapshot holds them.

The number tells how many findings share the identity, which the tests want to be one.
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """A case that is read already, so that only the rules are still to run: the rule it tries, and what gives its outcome."""

    rule: str
    outcome: Callable[[], Outcome]


def of_case(case: Case) -> Trial:
    """The trial of a rule's case: the rule and those that silence it."""
    loaded = load(documents_of(case))
    flows = reach(loaded.registry)

    def outcome() -> Outcome:
        presenter = Presenter(loaded.registry, loaded.documents, "nb")
        breaches = engine.run(_with_silencers(case.rule), Context(loaded.registry, flows, case.today))
        return _told(presenter.finding(breach) for breach in breaches if breach.rule == case.rule)

    return Trial(case.rule, outcome)


def of_formal_case(folder: Path, today: date) -> Trial:
    """The trial of a formal case: the check of a whole registry."""
    documents = read_registry(folder)
    return Trial(FORMAL, lambda: _told(check_documents(documents, folder, today, "nb").findings))


def _told(findings: Iterable[Finding]) -> Outcome:
    found = list(findings)
    sharing = Counter(f.identity for f in found)
    return tuple(
        (
            f.address,
            f.place.line,
            f.place.column,
            f.severity,
            f.message,
            f.fix,
            tuple(place.address for place in f.related),
            sharing[f.identity],
        )
        for f in found
    )


def _with_silencers(rule: str) -> list[Rule]:
    names = {rule, *SILENCED_BY.get(rule, ())}
    return [each for each in ropa.rules.RULES if name_of(each) in names]


def mutants(module: str) -> Iterator[Mutant]:
    """Every change that mutmut makes in the functions of a module."""
    path = RULES_FOLDER / f"{module.replace('.', '/')}.py"
    _, found, _, _ = create_mutations(str(path), path.read_text(encoding="utf-8"))
    for mutation in found:
        function = mutation.contained_by_top_level_function
        if not isinstance(function, libcst.FunctionDef):
            continue  # nothing, or the default of a field in a record
        changed = cast("libcst.CSTNode", deep_replace(function, mutation.original_node, mutation.mutated_node))
        before, after = (libcst.Module([]).code_for_node(node).strip() + "\n" for node in (function, changed))
        yield Mutant(module, function.name.value, before, after)


def survives(mutant: Mutant, cases: Sequence[tuple[Trial, Outcome]]) -> bool:
    """Whether no case notices the change. It is made in a forked copy of this process, which ends with it."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        code = 1
        try:
            _apply(mutant)
            code = 0 if all(trial.outcome() == outcome for trial, outcome in cases) else 1
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _apply(mutant: Mutant) -> None:
    module = import_module(f"ropa.rules.{mutant.module}")
    original = getattr(module, mutant.function)
    exec(compile(mutant.after, "mutant", "exec"), module.__dict__)  # noqa: S102 - the rules' own source, changed by mutmut
    changed = getattr(module, mutant.function)
    for other in [each for name, each in sys.modules.items() if name.split(".")[0] == "ropa"]:
        for name, value in list(vars(other).items()):
            if value is original:
                setattr(other, name, changed)
            elif type(value) is tuple and any(each is original for each in value):
                setattr(other, name, tuple(changed if each is original else each for each in value))
    for value in vars(module).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


@cache
def trials() -> tuple[tuple[Trial, Outcome], ...]:
    """Every case of a rule with what it finds while nothing is changed."""
    return tuple((trial, trial.outcome()) for trial in map(of_case, all_cases()))


@cache
def formal_trials() -> tuple[tuple[Trial, Outcome], ...]:
    """Every formal case with what it finds while nothing is changed."""
    found = []
    for case in FORMAL_CASES.values():
        with TemporaryDirectory() as folder:
            trial = of_formal_case(formal_registry(case, Path(folder)), date.fromisoformat(case.get("today", "2026-11-24")))
        found.append((trial, trial.outcome()))
    return tuple(found)


def trials_for(module: str) -> list[tuple[Trial, Outcome]]:
    """The cases of the rules in a module and in those that use it; of a module that no rule uses by name, all cases."""
    if module == FORMAL:
        return list(formal_trials())
    users = _users(import_module(f"ropa.rules.{module}"))
    reached = {name_of(rule) for rule in ropa.rules.RULES if rule.__module__ in users}
    return [(trial, outcome) for trial, outcome in trials() if not reached or trial.rule in reached]


def _users(content: ModuleType) -> set[str]:
    """The modules of the rules that hold something of a module, itself among them, and those that hold something of these."""
    found = {content.__name__}
    grown = True
    while grown:
        using = {name for name, each in sys.modules.items() if name.startswith("ropa.rules.") and _holds_something_of(each, found)}
        grown = not using <= found
        found |= using
    return found


def _holds_something_of(module: ModuleType, names: set[str]) -> bool:
    return any(callable(value) and getattr(value, "__module__", None) in names for value in vars(module).values())


def modules() -> list[str]:
    """The modules of the rules, by their names below ``ropa.rules``."""
    found = (path.relative_to(RULES_FOLDER).with_suffix("") for path in sorted(RULES_FOLDER.rglob("*.py")))
    return [".".join(path.parts) for path in found if path.name not in NOT_RULES]


def tried(module: str) -> tuple[int, list[Mutant]]:
    """How many mutants a module has, and those that survive."""
    cases = trials_for(module)
    found = list({mutant.id: mutant for mutant in mutants(module)}.values())
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        alive = list(pool.map(lambda mutant: survives(mutant, cases), found))
    return len(found), [mutant for mutant, lives in zip(found, alive, strict=True) if lives]


def main(arguments: Iterable[str]) -> None:
    """Tries all mutants of the named modules, or of all, and tells of those that survive."""
    words = list(arguments)
    named = [word for word in words if not word.startswith("--")] or modules()
    results: dict[str, tuple[int, list[Mutant]]] = {}
    for module in named:
        results[module] = tried(module)
        count, alive = results[module]
        print(f"{module}: {count - len(alive)} of {count} killed", flush=True)
        if "--report" not in words:
            for mutant in alive:
                print(f"  {mutant.id} {mutant.function}\n    " + mutant.diff().replace("\n", "\n    "), flush=True)
    total, left = sum(count for count, _ in results.values()), sum(len(alive) for _, alive in results.values())
    print(f"{total - left} of {total} killed: {100 * (total - left) / max(total, 1):.1f} %")
    if "--report" in words:
        REPORT.write_text(report(results), encoding="utf-8")


def report(results: dict[str, tuple[int, list[Mutant]]]) -> str:
    """The page of what survives and why."""
    reasons: dict[str, Any] = yaml.safe_load(REASONS.read_text(encoding="utf-8")) if REASONS.is_file() else {}
    total, left = sum(count for count, _ in results.values()), sum(len(alive) for _, alive in results.values())
    lines = [
        "# Mutation testing of the rules",
        "",
        f"`make mutation` wrote this page. Of {total:,} small changes that mutmut makes in `ropa/rules`, the cases notice",
        f"{total - left:,}: {100 * (total - left) / max(total, 1):.1f} %.",
        "",
        "| module | changes | noticed | % |",
        "|---|---:|---:|---:|",
    ]
    for module, (count, alive) in results.items():
        lines.append(f"| `{module}` | {count} | {count - len(alive)} | {100 * (count - len(alive)) / max(count, 1):.0f} |")
    lines += ["", "## What no case notices", ""]
    for module, (_, alive) in results.items():
        for mutant in alive:
            reason = reasons.get(mutant.id, reasons.get(f"{module}.{mutant.function}", "no reason is written yet"))
            lines += [f"`{module}.{mutant.function}` ({mutant.id}): {reason}", "", "```diff", mutant.diff(), "```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])

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
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import libcst
import yaml
from mutmut.mutation.file_mutation import create_mutations, deep_replace

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

import ropa.rules  # noqa: E402 - the checkout is put on the path first
from ropa.context.context import Context  # noqa: E402
from ropa.findings.present import Presenter  # noqa: E402
from ropa.flows.reach import Reach, reach  # noqa: E402
from ropa.model.load import Loaded, load  # noqa: E402
from ropa.rules.case_files import Case, all_cases, documents_of  # noqa: E402
from ropa.rules.engine import SILENCED_BY, Rule, name_of, run  # noqa: E402

RULES_FOLDER = CHECKOUT / "ropa" / "rules"
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


Outcome = tuple[tuple[str, str, str, str | None, tuple[str, ...]], ...]
"""What a case finds: address, severity, message, fix and related addresses of each finding, as the snapshot of the tests holds them."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case that is read already, so that only the rules are still to run, and what it finds while nothing is changed."""

    case: Case
    loaded: Loaded
    flows: Reach

    def outcome(self) -> Outcome:
        """What the case's rule finds."""
        context = Context(self.loaded.registry, self.flows, self.case.today)
        presenter = Presenter(self.loaded.registry, self.loaded.documents, "nb")
        found = [presenter.finding(breach) for breach in run(_with_silencers(self.case.rule), context) if breach.rule == self.case.rule]
        return tuple((f.address, f.severity, f.message, f.fix, tuple(place.address for place in f.related)) for f in found)


def _with_silencers(rule: str) -> list[Rule]:
    names = {rule, *SILENCED_BY.get(rule, ())}
    return [each for each in ropa.rules.RULES if name_of(each) in names]


def mutants(module: str) -> Iterator[Mutant]:
    """Every change that mutmut makes in the functions of a module."""
    path = RULES_FOLDER / f"{module.replace('.', '/')}.py"
    _, found, _, _ = create_mutations(str(path), path.read_text(encoding="utf-8"))
    for mutation in found:
        function = mutation.contained_by_top_level_function
        if function is None:
            continue
        changed = cast("libcst.CSTNode", deep_replace(function, mutation.original_node, mutation.mutated_node))
        before, after = (libcst.Module([]).code_for_node(node).strip() + "\n" for node in (function, changed))
        yield Mutant(module, function.name.value, before, after)


def survives(mutant: Mutant, cases: Sequence[tuple[Prepared, Outcome]]) -> bool:
    """Whether no case notices the change. It is made in a forked copy of this process, which ends with it."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        code = 1
        try:
            _apply(mutant)
            code = 0 if all(prepared.outcome() == outcome for prepared, outcome in cases) else 1
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _apply(mutant: Mutant) -> None:
    module = import_module(f"ropa.rules.{mutant.module}")
    original = getattr(module, mutant.function)
    exec(compile(mutant.after, "mutant", "exec"), module.__dict__)  # noqa: S102 - the rules' own source, changed by mutmut
    changed = getattr(module, mutant.function)
    for other in [each for name, each in sys.modules.items() if name.startswith("ropa.")]:
        for name, value in list(vars(other).items()):
            if value is original:
                setattr(other, name, changed)
    ropa.rules.RULES = tuple(changed if rule is original else rule for rule in ropa.rules.RULES)  # type: ignore[misc]  # this copy of the process alone


@cache
def prepared_cases() -> tuple[tuple[Prepared, Outcome], ...]:
    """Every case with what it finds."""
    result = []
    for case in all_cases():
        loaded = load(documents_of(case))
        prepared = Prepared(case, loaded, reach(loaded.registry))
        result.append((prepared, prepared.outcome()))
    return tuple(result)


def cases_for(module: str) -> list[tuple[Prepared, Outcome]]:
    """The cases of the rules in a module; of a module without rules, those of all rules."""
    content: ModuleType = import_module(f"ropa.rules.{module}")
    own = {name_of(rule) for rule in ropa.rules.RULES if rule.__module__ == content.__name__}
    return [(prepared, outcome) for prepared, outcome in prepared_cases() if not own or prepared.case.rule in own]


def modules() -> list[str]:
    """The modules of the rules, by their names below ``ropa.rules``."""
    found = (path.relative_to(RULES_FOLDER).with_suffix("") for path in sorted(RULES_FOLDER.rglob("*.py")))
    return [".".join(path.parts) for path in found if path.name not in NOT_RULES]


def tried(module: str) -> tuple[int, list[Mutant]]:
    """How many mutants a module has, and those that survive."""
    cases = cases_for(module)
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

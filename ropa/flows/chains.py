"""The chains of sub-processors below a party, GDPR Art. 28(2), (4). Walked without recursion: a chain may be of any length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ropa.flows.edges import Hop
from ropa.model.parties import Subprocessor
from ropa.model.registry import Registry
from ropa.source.address import segment, split

ENTRY_DEPTH = 2
"""How deep inside a party's record an entry for a sub-processor stands."""

_Way = tuple[str, tuple[str, ...]]
"""A party, and the path that led to it, itself included."""


def entries(registry: Registry, party: str) -> list[tuple[str, Subprocessor]]:
    """A party's sub-processors in order of id; none for a party whose file cannot be read."""
    record = registry.parties.get(party)
    return sorted(record.subprocessors.items()) if record is not None and record.subprocessors else []


def are_known(registry: Registry, party: str) -> bool:
    """Whether a party's sub-processors are known: its file can be read, and each entry has a right shape and names a party."""
    if party not in registry.parties:
        return False
    start = f"parties/{party}#subprocessors"
    return not any(len(split(broken)[1]) <= ENTRY_DEPTH for broken in registry.broken.at_or_below(start))


def entry_address(party: str, below_it: str) -> str:
    """Where a party's entry for a sub-processor stands."""
    return f"parties/{party}#subprocessors.{segment(below_it)}"


def below(registry: Registry, root: str) -> tuple[Hop, ...]:
    """Every entry below a party once, with the first way down to it; first those that personal data reach, then the others.

    An entry that says `no_personal_data` takes what is below it along, unless another way leads there.
    """
    found: dict[str, Hop] = {}
    shut: list[_Way] = []
    _walk(registry, [(root, (root,))], found, shut, False)
    _walk(registry, shut, found, [], True)
    return tuple(found.values())


def _walk(registry: Registry, starts: Sequence[_Way], found: dict[str, Hop], shut: list[_Way], dry: bool) -> None:
    """Adds the hops below some parties. `shut` takes the entries that no personal data pass, to be walked afterwards."""
    waiting = list(reversed(starts))
    while waiting:
        party, path = waiting.pop()
        deeper = []
        for name, entry in entries(registry, party):
            address = entry_address(party, name)
            if name in path or address in found:
                continue
            chain = (*path, name)
            if entry.no_personal_data is not None and not dry:
                shut.append((party, path))
                continue
            found[address] = Hop(name, address, chain, dry)
            deeper.append((name, chain))
        waiting.extend(reversed(deeper))


def cycles_in(registry: Registry, roots: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The entries that return to a party already on the path, with that path, each circle once.

    Walked depth first from the roots in their order (docs/format.md, chain-cycle).
    """
    found: dict[str, tuple[str, ...]] = {}
    done: set[str] = set()
    for root in roots:
        if root in done:
            continue
        path = [root]
        walk: list[tuple[str, Iterator[tuple[str, Subprocessor]]]] = [(root, iter(entries(registry, root)))]
        while walk:
            party, rest = walk[-1]
            step = next(rest, None)
            if step is None:
                walk.pop()
                done.add(path.pop())
                continue
            name = step[0]
            if name in path:
                found.setdefault(entry_address(party, name), (*path[path.index(name) :], name))
            elif name not in done:
                walk.append((name, iter(entries(registry, name))))
                path.append(name)
    return found

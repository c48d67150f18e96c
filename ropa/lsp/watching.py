"""When a registry is checked: the form of the changed file at once, the whole after a pause, in a thread of its own.

A check of a thousand activities takes longer than one may wait for a keystroke. So each change is answered with what is wrong with the
changed file by itself and what the rules said of it last; what the rules say of the registry as it is now comes when the typing pauses.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from lsprotocol import types

from ropa.checking import Checked
from ropa.findings.finding import Finding
from ropa.lsp.diagnostics import Surroundings, diagnostic
from ropa.lsp.pages import RulePages
from ropa.lsp.preferences import Preferences, Settled
from ropa.lsp.registry import OpenRegistry
from ropa.lsp.workspace import Workspace
from ropa.schema.documents import kind_of
from ropa.schema.explain import explain

PAUSE: Final = 0.25
"""Seconds without a change before the rules are asked."""

TOGETHER: Final = 8
"""How many files' findings are sent before messages of the client are looked at again."""

Publish = Callable[[types.PublishDiagnosticsParams], None]
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _State:
    """How far the checking of one registry has come. `sent` is what the client knows of each file."""

    preferences: Preferences
    timer: asyncio.TimerHandle | None = None
    running: bool = False
    again: bool = False
    sent: dict[str, Sequence[types.Diagnostic]] = field(default_factory=dict)


class Watch:
    """Keeps the findings that the client shows up to date. To be used in the event loop's thread only."""

    def __init__(self, workspace: Workspace, settled: Settled, publish: Publish, tell: Callable[[str], None], related: bool) -> None:
        self._workspace = workspace
        self._settled = settled
        self._publish = publish
        self._tell = tell
        self._related = related
        self._pages = RulePages()
        self._states: dict[OpenRegistry, _State] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ropa-check")
        self._tasks: set[asyncio.Task[None]] = set()

    def changed(self, registry: OpenRegistry, name: str, pause: float = PAUSE) -> None:
        """A file has another text: its findings at once, those of the whole registry after a pause."""
        if registry.checked is not None:
            self._send(registry, name, registry.findings_of(name, self._state(registry).preferences))
        self.later(registry, pause)

    def later(self, registry: OpenRegistry, pause: float = PAUSE) -> None:
        """Checks the whole registry when nothing has changed for a while."""
        state = self._state(registry)
        if state.timer is not None:
            state.timer.cancel()
        state.timer = asyncio.get_running_loop().call_later(pause, self._start, registry)

    def close(self) -> None:
        """Ends what is under way."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._pages.close()

    def _state(self, registry: OpenRegistry) -> _State:
        if registry not in self._states:
            self._states[registry] = _State(self._settled(registry.folder))
        return self._states[registry]

    # --- the whole registry ------------------------------------------------------------------------------------------------

    def _start(self, registry: OpenRegistry) -> None:
        state = self._state(registry)
        state.timer = None
        if state.running:
            state.again = True
            return
        trouble = state.preferences.trouble
        state.preferences, state.running = self._settled(registry.folder), True
        if state.preferences.trouble and state.preferences.trouble != trouble:
            self._tell(state.preferences.trouble)
        loop = asyncio.get_running_loop()
        future = self._worker.submit(_checked, registry, state.preferences)
        future.add_done_callback(lambda done: loop.call_soon_threadsafe(self._finished, registry, done))

    def _finished(self, registry: OpenRegistry, done: Future[Checked]) -> None:
        state = self._state(registry)
        state.running = False
        if done.cancelled():
            return
        if (error := done.exception()) is not None:
            logger.error("The registry %s could not be checked: %s: %s", registry.folder, type(error).__name__, error)
        else:
            registry.settle(done.result())
            self._keep(asyncio.get_running_loop().create_task(self._send_all(registry, state)))
        if state.again:
            state.again = False
            self._start(registry)

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_all(self, registry: OpenRegistry, state: _State) -> None:
        """Sends what is new of every file, those that are open first."""
        checked = registry.checked
        assert checked is not None
        others = sorted({*registry.files_with_findings(), *state.sent} - set(registry.buffers))
        for number, name in enumerate((*sorted(registry.buffers), *others)):
            if registry.checked is not checked:
                return  # another check has come to an end, and tells all that this one would
            self._send(registry, name, registry.findings_of(name, state.preferences))
            if number % TOGETHER == TOGETHER - 1:
                await asyncio.sleep(0)

    def _send(self, registry: OpenRegistry, name: str, findings: Iterable[Finding]) -> None:
        state = self._state(registry)
        language = registry.language
        around = Surroundings(
            positions=registry.positions,
            uri=lambda file: self._workspace.uri(registry, file),
            page=lambda rule: self._pages.page(rule, language),
            language=language,
            baseline=state.preferences.baseline,
            with_related=self._related,
        )
        shown = [diagnostic(finding, around) for finding in findings]
        buffer = registry.buffers.get(name)
        if buffer is None and state.sent.get(name, ()) == shown:
            return
        state.sent[name] = shown
        if not shown and buffer is None:
            del state.sent[name]
        self._publish(
            types.PublishDiagnosticsParams(self._workspace.uri(registry, name), shown, buffer.version if buffer is not None else None)
        )


def _checked(registry: OpenRegistry, preferences: Preferences) -> Checked:
    first = registry.checked is None
    checked = registry.check(preferences)
    if first:
        _warm(registry)
        gc.collect()
        gc.freeze()  # what was read stays: looking at it again and again would make a keystroke wait
    return checked


def _warm(registry: OpenRegistry) -> None:
    """Makes what the first keystrokes would otherwise wait for: the names, and the library that explains what breaks a schema."""
    registry.names()
    registry.vocabulary()
    for kind in {kind_of(document.record) for document in registry.documents() if document.data is not None}:
        list(explain(kind, {"": None}, "nb"))

"""What one waits for at a keystroke in an editor: the language server in a registry of a thousand activities.

``python -m bench.keystroke [ACTIVITIES]``. A client types at the end of a code in an activity that is open, at a person's pace: the file's
findings, a completion and a hover are asked for at every key. From time to time it pauses for so long that the rules are asked, and
types on while they are. Times are those of the client: what it sends, waits for and reads over standard input and output.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.generate import write

CHECKOUT = Path(__file__).parent.parent
ACTIVITIES = 1000
KEYS = 50
PACE = 0.12
LINE = "role: controller"
PAUSE_AFTER = 8
PAUSE = 0.3
RULES = 5


class Waited(NamedTuple):
    """How long one waited for one thing, in seconds: the middle and the longest time."""

    what: str
    median: float
    worst: float
    times: int


class Client:
    """The least that can speak with a language server."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ropa", "lsp"], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0
        self.version = 0
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})

    def ask(self, method: str, params: Any) -> Any:
        """A request and its answer."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == self._number and "method" not in message)

    def tell(self, method: str, params: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def change(self, uri: str, text: str) -> None:
        """The text of a file that is open."""
        self.version += 1
        document = {"uri": uri, "version": self.version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def wait(self, wanted: Callable[[Any], bool]) -> Any:
        """The first message of the server that is wanted."""
        while not wanted(message := self._read()):
            pass
        return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            sys.exit("the language server is gone")
        return json.loads(self._process.stdout.read(length))

    def end(self) -> None:
        """Takes leave."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.communicate(timeout=60)


def findings_of(uri: str, client: Client, rule: bool = False) -> Callable[[Any], bool]:
    """Whether a message brings the findings of the text that was sent last; with `rule`, those among them that rules find."""
    version = client.version

    def wanted(message: Any) -> bool:
        if message.get("method") != "textDocument/publishDiagnostics" or message["params"]["uri"] != uri:
            return False
        found = message["params"]
        return found.get("version") == version and (not rule or any(one["code"] >= "ROPA100" for one in found["diagnostics"]))

    return wanted


class Typist:
    """Types in one activity, and takes the time of each answer."""

    def __init__(self, registry: Path) -> None:
        files = sorted((registry / "activities").glob("*.yaml"))
        file = next(one for one in files[len(files) // 2 :] if LINE in one.read_text(encoding="utf-8"))
        self.text, self.uri = file.read_text(encoding="utf-8"), file.as_uri()
        self.line = self.text[: self.text.index(LINE)].count("\n")
        self.times: dict[str, list[float]] = {}
        self.client = Client()
        document = {"uri": self.uri, "languageId": "yaml", "version": 0, "text": self.text}
        self.client.tell("textDocument/didOpen", {"textDocument": document})
        self.client.wait(findings_of(self.uri, self.client))

    def press(self, key: int) -> None:
        """One key, and the three answers to it."""
        written = LINE[: len(LINE) - 5 + key % 5]
        self.time("the file's findings", partial(self.change, self.text.replace(LINE, written, 1)))
        self.time("a completion", partial(self.ask, "completion", len(written)))
        self.time("a hover", partial(self.ask, "hover", 1))

    def leave_out_a_key(self, number: int) -> None:
        """A change of which a rule has something to say."""
        self.change(f"{self.text}# {number}\n")
        time.sleep(1)
        without = "\n".join(one for one in self.text.split("\n") if not one.startswith("recipients:"))
        self.time("what the rules say, the pause of 0.25 s included", partial(self.change, f"{without}# {number}\n", rule=True))

    def change(self, text: str, rule: bool = False) -> None:
        """Writes a text and waits for its findings."""
        self.client.change(self.uri, text)
        self.client.wait(findings_of(self.uri, self.client, rule))

    def ask(self, what: str, character: int) -> None:
        """Asks for something at the line that is being written."""
        place = {"line": self.line, "character": character}
        self.client.ask(f"textDocument/{what}", {"textDocument": {"uri": self.uri}, "position": place})

    def time(self, what: str, work: Callable[[], None]) -> None:
        """Takes the time of something."""
        started = time.perf_counter()
        work()
        self.times.setdefault(what, []).append(time.perf_counter() - started)


def typed(registry: Path, keys: int = KEYS, rules: int = RULES) -> list[Waited]:
    """What was waited for, over so many keys and so many changes of which a rule has something to say."""
    typist = Typist(registry)
    for key in range(keys):
        typist.press(key)
        time.sleep(PAUSE if key % PAUSE_AFTER == PAUSE_AFTER - 1 else PACE)
    for number in range(rules):
        typist.leave_out_a_key(number)
    typist.client.end()
    return [Waited(what, statistics.median(taken), max(taken), len(taken)) for what, taken in typist.times.items()]


def keystrokes(activities: int = ACTIVITIES) -> list[Waited]:
    """The times in a generated registry."""
    with tempfile.TemporaryDirectory() as scratch:
        registry = Path(scratch, "registry")
        write(registry, activities)
        return typed(registry)


if __name__ == "__main__":
    for waited in keystrokes(int(sys.argv[1]) if len(sys.argv) > 1 else ACTIVITIES):
        print(f"{waited.what}: median {waited.median * 1000:.0f} ms, worst of {waited.times} {waited.worst * 1000:.0f} ms")

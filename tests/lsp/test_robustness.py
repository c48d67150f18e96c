"""What a client may do wrong: the server says so and lives on, and never shows a traceback."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CHECKOUT, Run, registries

INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}


class Pipe:
    """A server at the other end of a pipe, and bytes put into it."""

    def __init__(self) -> None:
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `kill`
        command = [sys.executable, "-m", "ropa", "lsp"]
        self.process = subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)

    def put(self, raw: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(raw)
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        self.put(framed(message))

    def get(self) -> Any:
        """The next message of the server."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length)) if length else None

    def answer(self, number: Any) -> Any:
        """The answer to a request, whatever comes before it."""
        while (message := self.get()) is not None:
            if message.get("id") == number and "method" not in message:
                return message
        pytest.fail("the server is gone")

    def said(self) -> str:
        """What was said on standard error."""
        self.errors.seek(0)
        return self.errors.read().decode()

    def end(self) -> int:
        """Closes the pipe; the exit code."""
        self.process.communicate(timeout=60)
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.errors.close()


def framed(message: Any) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def begun() -> Pipe:
    """A server that was asked to begin."""
    found = Pipe()
    found.send(INITIALIZE)
    assert found.answer(1)["result"]["serverInfo"]["name"] == "ropa"
    return found


@pytest.fixture(scope="module")
def pipe() -> Iterator[Pipe]:
    """One server for all that a client may do wrong."""
    found = begun()
    yield found
    found.kill()


def is_alive(pipe: Pipe) -> bool:
    pipe.send({"jsonrpc": "2.0", "id": 99, "method": "textDocument/hover", "params": at("untitled:x")})
    return bool(pipe.answer(99)["result"] is None)


def at(uri: str) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(framed(INITIALIZE)[:60], id="half a message"),
        pytest.param(b"Content-Length: 500\r\n\r\n{", id="hardly a message"),
        pytest.param(b'Content-Length: 7\r\n\r\n{"a": 1', id="garbage"),
        pytest.param(b"Content-Length: 4\r\n\r\n\xff\xfe\x00\x01", id="no UTF-8"),
        pytest.param(b"Content-Length: 2\r\n\r\n[]", id="no object"),
        pytest.param(b"Content-Length: 2\r\n\r\n{}", id="an empty object"),
        pytest.param(b"Content-Length: 4\r\n\r\nnull", id="nothing"),
        pytest.param(b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000, id="too deep"),
        pytest.param(b"\r\n\r\nhello\r\nContent-Length: abc\r\n\r\n", id="no header"),
        pytest.param(b"Content-Length: 99999999999\r\n\r\n", id="an endless message"),
        pytest.param(framed({"jsonrpc": "1.0", "method": "x"}), id="another version"),
        pytest.param(framed({"jsonrpc": "2.0", "method": "$/unknown", "params": {}}), id="an unknown notification"),
        pytest.param(
            framed({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"x": 1}}), id="a notification of another shape"
        ),
        pytest.param(framed({"jsonrpc": "2.0", "method": "textDocument/didChange"}), id="a notification without parameters"),
        pytest.param(framed({"jsonrpc": "2.0", "id": 7, "result": None}), id="an answer to nothing"),
        pytest.param(framed({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 5}}), id="an end to nothing"),
    ],
)
def test_the_server_lives_on(pipe: Pipe, raw: bytes) -> None:
    pipe.put(raw)

    assert is_alive(pipe)
    assert all(line.startswith("ropa lsp: ") and "Traceback" not in line for line in pipe.said().splitlines())


def test_garbage_is_answered_as_json_rpc_asks(pipe: Pipe) -> None:
    pipe.put(b'Content-Length: 4\r\n\r\n{"a"')

    assert pipe.answer(None)["error"]["code"] == -32700


def test_an_unknown_request_is_answered(pipe: Pipe) -> None:
    pipe.send({"jsonrpc": "2.0", "id": "a", "method": "textDocument/fly", "params": {}})

    assert pipe.answer("a")["error"]["code"] == -32601


@pytest.mark.parametrize("params", [None, {}, [], {"textDocument": {"uri": 3}, "position": "x"}])
def test_a_request_of_another_shape_is_answered(pipe: Pipe, params: Any) -> None:
    pipe.send({"jsonrpc": "2.0", "id": 5, "method": "textDocument/hover", "params": params})

    error = pipe.answer(5)["error"]
    assert error["code"] in (-32602, -32603)
    assert "Traceback" not in json.dumps(error)
    assert is_alive(pipe)


def test_positions_that_are_nowhere(pipe: Pipe) -> None:
    path = registries()["small-company"] / "organisation.yaml"
    document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text(encoding="utf-8")}
    pipe.send({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
    for number, method in enumerate(("hover", "completion", "definition", "prepareRename"), 10):
        params = {"textDocument": {"uri": document["uri"]}, "position": {"line": 2**31 - 1, "character": 2**31 - 1}}
        pipe.send({"jsonrpc": "2.0", "id": number, "method": f"textDocument/{method}", "params": params})
        assert "error" not in pipe.answer(number)
    assert is_alive(pipe)


def test_a_request_before_the_beginning_is_refused() -> None:
    pipe = Pipe()
    try:
        pipe.send({"jsonrpc": "2.0", "id": 4, "method": "textDocument/hover", "params": at("file:///x.yaml")})
        answer = pipe.answer(4)
        assert "Traceback" not in json.dumps(answer)
        pipe.send(INITIALIZE)
        assert "result" in pipe.answer(1)
    finally:
        pipe.kill()


@pytest.mark.parametrize("last", [b"", framed(INITIALIZE)[:60], framed({"jsonrpc": "2.0", "method": "exit"})])
def test_a_client_that_goes_without_a_word(last: bytes) -> None:
    pipe = begun()
    try:
        pipe.put(last)

        assert pipe.end() == 1
        assert all(line.startswith("ropa lsp: ") for line in pipe.said().splitlines())
    finally:
        pipe.kill()


def test_without_the_library_one_line_says_how_to_get_it(run_ropa: Run, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util\nfind = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: None if name == 'pygls' else find(name, package)\n",
        encoding="utf-8",
    )
    run = run_ropa("lsp", PYTHONPATH=f"{tmp_path}:{CHECKOUT}")

    assert run.returncode == 2
    assert run.stderr == 'ropa: The language server needs pygls: pip install "ropa-toolkit[lsp]".\n'

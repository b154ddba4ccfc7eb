"""Starts the local API on a free port of the loopback, with data that is thrown away."""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

READY = re.compile(r"^Local API is ready at (http://127\.0\.0\.1:\d+) with API key (\S+)$")
DEADLINE = 60


def program() -> str:
    named = os.environ.get("STRONGROOM_LOCAL_API")
    if not named:
        raise SystemExit(
            "STRONGROOM_LOCAL_API must name the local API's program: "
            "cargo build -p local-api, then STRONGROOM_LOCAL_API=$PWD/target/debug/local-api"
        )
    if not Path(named).is_file():
        raise SystemExit(f"STRONGROOM_LOCAL_API names {named}, which is not there")
    return named


class LocalApi:
    """A running local API. Use it as a context manager."""

    def __init__(self, *more: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="strongroom-sdk-")
        data = str(Path(self._folder.name, "data.sqlite"))
        self._process = subprocess.Popen(
            [program(), "--listen", "127.0.0.1:0", "--data", data, "--seed", "demo", "--faults", *more],
            stdout=subprocess.PIPE,
            text=True,
        )
        # A thread, so that a server that says nothing ends in an error and not in a wait for ever.
        lines: queue.Queue[str] = queue.Queue()
        assert self._process.stdout is not None
        stdout = self._process.stdout
        threading.Thread(target=lambda: [lines.put(line) for line in stdout] and None, daemon=True).start()
        try:
            first = lines.get(timeout=DEADLINE).strip()
        except queue.Empty:
            self.stop()
            raise SystemExit(f"the local API said nothing within {DEADLINE} s") from None
        ready = READY.match(first)
        if not ready:
            self.stop()
            raise SystemExit(f"the local API's first line is not as agreed: {first!r}")
        self.address, self.key = ready.groups()

    def stop(self) -> int:
        """Stops it as a person would, and returns its exit status."""
        self._process.terminate()
        try:
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError("the local API did not stop within 20 s of SIGTERM") from None
        finally:
            self._folder.cleanup()

    def __enter__(self) -> "LocalApi":
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()

    def call(self, method: str, path: str, body: Any = None, key: str | None = None) -> tuple[int, Any]:
        """One plain request, past the SDK."""
        request = urllib.request.Request(self.address + path, method=method)
        request.add_header("Authorization", f"Bearer {key or self.key}")
        data = None
        if body is not None:
            request.add_header("Content-Type", "application/json")
            data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=30) as answer:
                return answer.status, _decoded(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, _decoded(error.read())

    def fault(self, **fault: Any) -> None:
        """Makes the next matching calls fail."""
        status, answer = self.call("POST", "/_test/faults", fault)
        assert status < 300, answer

    def forget_faults(self) -> None:
        status, answer = self.call("DELETE", "/_test/faults")
        assert status < 300, answer

    def limited_key(self, name: str, scopes: list[str], admin: bool = True) -> tuple[str, str]:
        """A key that may do only so much, and its profile."""
        status, answer = self.call("POST", "/_test/keys", {"name": name, "scopes": scopes, "admin": admin})
        assert status < 300, answer
        return answer["key"], answer["profileId"]


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body.decode(errors="replace")

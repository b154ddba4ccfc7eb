"""Runs schemathesis against the local API, by contract/openapi.yaml as it serves it: no 5xx, and no answer that the
document forbids.

The same seed and the same bounds in each run; a minute at most, two where STRONGROOM_LONG is set. Exits with 1 where
something was found.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from local_api import LocalApi

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]


def main() -> int:
    examples, seconds = (25, 120) if "STRONGROOM_LONG" in os.environ else (8, 60)
    with LocalApi("--return-values") as api, tempfile.TemporaryDirectory() as folder:
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            f"{api.address}/openapi.json",
            f"--header=Authorization: Bearer {api.key}",
            f"--checks={','.join(CHECKS)}",
            "--phases=examples,coverage,fuzzing,stateful",
            f"--max-examples={examples}",
            "--seed=20261123",
            "--workers=1",
            f"--max-time={seconds}",
            "--request-timeout=10",
            "--continue-on-failure",
            "--warnings=off",
            "--exclude-path-regex=^/_test/",
        ]
        return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

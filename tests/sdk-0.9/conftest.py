"""A client of the official SDK before 1.0. The rest is shared with ../sdk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cadenya import Cadenya

sys.path.insert(0, str(Path(__file__).parent.parent / "sdk"))

from fixtures import _no_faults_left, api, workspace  # noqa: E402, F401
from local_api import LocalApi  # noqa: E402


@pytest.fixture
def client(api: LocalApi) -> Iterator[Cadenya]:  # noqa: F811
    """A client that sends everything once more after a lost answer, POST and PATCH too."""
    with Cadenya(api_key=api.key, base_url=api.address, max_retries=1) as client:
        yield client

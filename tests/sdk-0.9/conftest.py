"""A local API for the session, and a workspace of its own for each test. The starter is shared with ../sdk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cadenya import Cadenya

sys.path.insert(0, str(Path(__file__).parent.parent / "sdk"))

from local_api import LocalApi  # noqa: E402


@pytest.fixture(scope="session")
def api() -> Iterator[LocalApi]:
    with LocalApi() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_faults_left(api: LocalApi) -> Iterator[None]:
    yield
    api.forget_faults()


@pytest.fixture
def client(api: LocalApi) -> Iterator[Cadenya]:
    """A client that sends everything once more after a lost answer, POST and PATCH too."""
    with Cadenya(api_key=api.key, base_url=api.address, max_retries=1) as client:
        yield client


@pytest.fixture
def workspace(api: LocalApi, request: pytest.FixtureRequest) -> str:
    """The id of an empty workspace."""
    body = {"metadata": {"name": f"For {request.node.name}"}, "spec": {}}
    status, made = api.call("POST", "/v1/account/workspaces", body)
    assert status == 200, made
    return made["metadata"]["id"]

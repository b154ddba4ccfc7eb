"""One local API for the session, a client for it, and a workspace of its own for each test that wants one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cadenya import Cadenya

from local_api import LocalApi


@pytest.fixture(scope="session")
def api() -> Iterator[LocalApi]:
    with LocalApi() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_faults_left(api: LocalApi) -> Iterator[None]:
    yield
    api.forget_faults()


@pytest.fixture(scope="session")
def client(api: LocalApi) -> Iterator[Cadenya]:
    with Cadenya(api_key=api.key, base_url=api.address) as client:
        yield client


@pytest.fixture
def workspace(client: Cadenya, request: pytest.FixtureRequest) -> str:
    """The id of an empty workspace."""
    made = client.workspace_admin.create(metadata={"name": f"For {request.node.name}"}, spec={})
    return made.metadata.id

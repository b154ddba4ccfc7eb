"""What the tests of each version of the official SDK share: one local API for the session, without faults between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local_api import LocalApi


@pytest.fixture(scope="session")
def api() -> Iterator[LocalApi]:
    with LocalApi() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_faults_left(api: LocalApi) -> Iterator[None]:
    yield
    api.forget_faults()


@pytest.fixture
def workspace(api: LocalApi, request: pytest.FixtureRequest) -> str:
    """The id of an empty workspace. Made without the SDK, whose versions differ in that."""
    body = {"metadata": {"name": f"For {request.node.name}"}, "spec": {}}
    status, made = api.call("POST", "/v1/account/workspaces", body)
    assert status == 200, made
    return made["metadata"]["id"]

"""A client of the official SDK for the session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cadenya import Cadenya

from fixtures import _no_faults_left, api, workspace  # noqa: F401
from local_api import LocalApi


@pytest.fixture(scope="session")
def client(api: LocalApi) -> Iterator[Cadenya]:  # noqa: F811
    with Cadenya(api_key=api.key, base_url=api.address) as client:
        yield client

"""The official SDK before 1.0 sends POST and PATCH again after a lost answer. Nothing ends in two secrets."""

from __future__ import annotations

import cadenya
import pytest
from cadenya import Cadenya

from local_api import LocalApi


def path(workspace: str) -> str:
    return f"/v1/workspaces/{workspace}/workspace_secrets"


def sent(api: LocalApi, method: str, workspace: str) -> int:
    """How often a call was sent."""
    _, answer = api.call("GET", "/_test/requests")
    return len([it for it in answer["requests"] if it["method"] == method and it["path"].startswith(path(workspace))])


def names(client: Cadenya, workspace: str) -> list[str]:
    return [it.metadata.name for it in client.workspace_secrets.list(workspace_id=workspace)]


def test_the_client_is_the_one_before_1_0() -> None:
    assert cadenya.__version__ == "0.9.0"


def test_a_create_that_never_arrived_is_sent_again_and_ends_as_one_secret(
    api: LocalApi, client: Cadenya, workspace: str
) -> None:
    api.fault(method="POST", path=path(workspace), times=1, kind="closeBeforeApply")
    made = client.workspace_secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={"value": "v"})
    assert made.metadata.name == "A"
    assert sent(api, "POST", workspace) == 2
    assert names(client, workspace) == ["A"]


@pytest.mark.parametrize("name", ["A", "lower_case"])
def test_a_create_whose_answer_was_lost_ends_in_a_clear_409(
    api: LocalApi, client: Cadenya, workspace: str, name: str
) -> None:
    api.fault(method="POST", path=path(workspace), times=1, kind="closeAfterApply")
    with pytest.raises(cadenya.ConflictError) as caught:
        client.workspace_secrets.create(workspace_id=workspace, metadata={"name": name}, spec={"value": "v"})
    body = caught.value.body
    assert isinstance(body, dict) and body["code"] == 6
    assert body["details"][0]["fieldViolations"][0]["field"] == "metadata.name"
    assert sent(api, "POST", workspace) == 2
    assert names(client, workspace) == [name.upper()], "and it is there, once"


def test_an_answer_that_says_so_is_waited_for(api: LocalApi, client: Cadenya, workspace: str) -> None:
    api.fault(method="POST", path=path(workspace), times=1, status=429, retryAfter="1")
    client.workspace_secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    assert (sent(api, "POST", workspace), names(client, workspace)) == (2, ["A"])


def test_an_update_that_is_sent_twice_is_carried_out_once(api: LocalApi, client: Cadenya, workspace: str) -> None:
    made = client.workspace_secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={"value": "v"})
    api.fault(method="PATCH", path=path(workspace), times=1, kind="closeAfterApply")
    changed = client.workspace_secrets.update(
        made.metadata.id,
        workspace_id=workspace,
        metadata={"name": "b", "labels": {"k": "v"}},
        spec={"value": "w"},
        update_mask="metadata.name,metadata.labels,spec.value",
    )
    assert (changed.metadata.name, changed.metadata.labels) == ("B", {"k": "v"})
    assert (sent(api, "PATCH", workspace), names(client, workspace)) == (2, ["B"])
    read = client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace)
    assert read.metadata.updated_at == changed.metadata.updated_at, "the second one found nothing to change"


def test_pages_and_deletes(client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    for number in range(5):
        secrets.create(workspace_id=workspace, metadata={"name": f"S{number}"}, spec={})
    listed = [it.metadata.name for it in secrets.list(workspace_id=workspace, limit=2)]
    assert listed == ["S0", "S1", "S2", "S3", "S4"]
    first = next(iter(secrets.list(workspace_id=workspace)))
    secrets.delete(first.metadata.id, workspace_id=workspace)
    with pytest.raises(cadenya.NotFoundError):
        secrets.retrieve(first.metadata.id, workspace_id=workspace)

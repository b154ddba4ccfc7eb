"""The five calls on secrets, as the official SDK makes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from cadenya import Cadenya

from local_api import LocalApi


def test_pages_follow_each_other_by_themselves(client: Cadenya, workspace: str) -> None:
    names = [f"SECRET_{number:03}" for number in range(250)]
    for name in names:
        client.workspace_secrets.create(workspace_id=workspace, metadata={"name": name}, spec={"value": name.lower()})
    page = client.workspace_secrets.list(workspace_id=workspace, limit=40, sort_order="asc")
    assert len(page.items) == 40
    assert page.has_next_page()
    assert [secret.metadata.name for secret in page] == names
    descending = client.workspace_secrets.list(workspace_id=workspace, limit=100, sort_order="desc")
    assert [secret.metadata.name for secret in descending] == names[::-1]
    default = client.workspace_secrets.list(workspace_id=workspace)
    assert len(default.items) == 50, "the default page size"
    ids = [secret.metadata.id for secret in default]
    assert len(ids) == len(set(ids)) == 250


def test_a_list_can_be_narrowed(client: Cadenya, workspace: str) -> None:
    for name, external_id, labels in [
        ("DB_URL", "", {"env": "prod", "team": "data"}),
        ("DB_PASSWORD", "vault-db", {"env": "test"}),
        ("API_KEY", "Vault-API", {"env": "prod"}),
    ]:
        metadata = {"name": name, "external_id": external_id, "labels": labels}
        client.workspace_secrets.create(workspace_id=workspace, metadata=metadata, spec={})

    def names(**query: object) -> list[str]:
        return sorted(s.metadata.name for s in client.workspace_secrets.list(workspace_id=workspace, limit=2, **query))

    assert names(prefix="DB_") == ["DB_PASSWORD", "DB_URL"]
    assert names(query="vault") == ["API_KEY", "DB_PASSWORD"], "without regard to case, over the external ID too"
    assert names(query="api") == ["API_KEY"]
    assert names(labels="env=prod") == ["API_KEY", "DB_URL"]
    assert names(labels="env=prod,team=data") == ["DB_URL"]
    assert names(prefix="DB_", labels="env=test") == ["DB_PASSWORD"]
    assert names(query="nowhere") == []


def test_create_and_retrieve(client: Cadenya, workspace: str) -> None:
    before = datetime.now(timezone.utc) - timedelta(seconds=5)
    labels = {"env": "prod", "example.com/team": ""}
    made = client.workspace_secrets.create(
        workspace_id=workspace,
        metadata={"name": "SCHLÜSSEL 🗝", "external_id": "vault-7", "labels": labels},
        spec={"value": "hunter2"},
    )
    read = client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace)
    assert read.metadata == made.metadata
    assert (read.metadata.name, read.metadata.external_id, read.metadata.labels) == ("SCHLÜSSEL 🗝", "vault-7", labels)
    assert read.metadata.workspace_id == workspace
    assert read.metadata.profile_id == client.profiles.whoami().profile.metadata.id
    assert before <= read.metadata.created_at <= datetime.now(timezone.utc) + timedelta(seconds=5)


def test_names_are_the_servers(client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    made = secrets.create(workspace_id=workspace, metadata={"name": "stripe_key"}, spec={})
    assert made.metadata.name == "STRIPE_KEY", "the guide says: uppercased automatically"
    changed = secrets.update(
        made.metadata.id, workspace_id=workspace, metadata={"name": "Stripe_Key_2"}, update_mask="metadata.name"
    )
    assert changed.metadata.name == "STRIPE_KEY_2"
    assert [it.metadata.name for it in secrets.list(workspace_id=workspace, prefix="STRIPE")] == ["STRIPE_KEY_2"]
    with LocalApi("--keep-names") as api, Cadenya(api_key=api.key, base_url=api.address) as other:
        workspace = other.workspace_admin.create(metadata={"name": "W"}, spec={}).metadata.id
        kept = other.workspace_secrets.create(workspace_id=workspace, metadata={"name": "stripe_key"}, spec={})
        assert kept.metadata.name == "stripe_key"


def test_values_are_write_only(api: LocalApi, client: Cadenya, workspace: str) -> None:
    made = client.workspace_secrets.create(
        workspace_id=workspace, metadata={"name": "A"}, spec={"value": "hunter2-write-only"}
    )
    read = client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace)
    listed = client.workspace_secrets.list(workspace_id=workspace, include_info=True).items
    changed = client.workspace_secrets.update(
        made.metadata.id, workspace_id=workspace, spec={"value": "hunter3-write-only"}, update_mask="spec.value"
    )
    assert [secret.spec.value for secret in [made, read, *listed, changed]] == [None] * 4
    # And yet it is there.
    status, answer = api.call("GET", f"/_test/secrets/{workspace}/{made.metadata.id}/value")
    assert status == 200 and "hunter3-write-only" in str(answer)


def test_values_are_returned_by_a_server_told_to() -> None:
    with LocalApi("--return-values") as api, Cadenya(api_key=api.key, base_url=api.address) as client:
        workspace = client.workspace_admin.create(metadata={"name": "W"}, spec={}).metadata.id
        value = 'line one\nline "two"\t✓ ' + "x" * 10_000
        made = client.workspace_secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={"value": value})
        read = client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace)
        assert read.spec.value == value
        client.workspace_secrets.update(made.metadata.id, workspace_id=workspace, spec={}, update_mask="spec.value")
        assert not client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace).spec.value


def test_who_created_it_is_there_when_asked_for(client: Cadenya, workspace: str) -> None:
    client.workspace_secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    without = client.workspace_secrets.list(workspace_id=workspace).items[0]
    having = client.workspace_secrets.list(workspace_id=workspace, include_info=True).items[0]
    assert without.info is None
    assert having.info is not None and having.info.created_by is not None
    assert having.info.created_by.metadata.id == client.profiles.whoami().profile.metadata.id


@pytest.mark.parametrize(
    ("mask", "name", "external_id", "labels"),
    [
        ("metadata.name", "B", "old", {"k": "old"}),
        ("metadata.labels", "A", "old", {"k": "new"}),
        ("metadata.externalId", "A", "new", {"k": "old"}),
        ("metadata.external_id", "A", "new", {"k": "old"}),
        ("metadata.name,metadata.labels", "B", "old", {"k": "new"}),
        ("metadata", "B", "new", {"k": "new"}),
        (None, "B", "new", {"k": "new"}),
    ],
)
def test_an_update_does_what_its_mask_says(
    client: Cadenya, workspace: str, mask: str | None, name: str, external_id: str, labels: dict[str, str]
) -> None:
    made = client.workspace_secrets.create(
        workspace_id=workspace,
        metadata={"name": "A", "external_id": "old", "labels": {"k": "old"}},
        spec={"value": "kept"},
    )
    sent = {"name": "B", "external_id": "new", "labels": {"k": "new"}}
    client.workspace_secrets.update(made.metadata.id, workspace_id=workspace, metadata=sent, update_mask=mask)
    now = client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace).metadata
    assert (now.name, now.external_id, now.labels) == (name, external_id, labels)
    assert now.created_at == made.metadata.created_at
    assert now.updated_at is not None


def test_without_a_mask_only_what_is_sent_changes(api: LocalApi, client: Cadenya, workspace: str) -> None:
    made = client.workspace_secrets.create(
        workspace_id=workspace,
        metadata={"name": "A", "external_id": "old", "labels": {"k": "old"}},
        spec={"value": "kept"},
    )
    client.workspace_secrets.update(made.metadata.id, workspace_id=workspace, metadata={"name": "B"})
    now = client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace).metadata
    assert (now.name, now.external_id, now.labels) == ("B", "old", {"k": "old"})
    _, value = api.call("GET", f"/_test/secrets/{workspace}/{made.metadata.id}/value")
    assert "kept" in str(value)


def test_labels_are_replaced_whole(client: Cadenya, workspace: str) -> None:
    made = client.workspace_secrets.create(
        workspace_id=workspace, metadata={"name": "A", "labels": {"a": "1", "b": "2"}}, spec={}
    )
    for labels in [{"b": "3", "c": "4"}, {}]:
        client.workspace_secrets.update(
            made.metadata.id,
            workspace_id=workspace,
            metadata={"name": "A", "labels": labels},
            update_mask="metadata.labels",
        )
        now = client.workspace_secrets.retrieve(made.metadata.id, workspace_id=workspace)
        assert now.metadata.labels == labels


def test_delete(client: Cadenya, workspace: str) -> None:
    made = client.workspace_secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    assert client.workspace_secrets.delete(made.metadata.id, workspace_id=workspace) is None
    assert client.workspace_secrets.list(workspace_id=workspace).items == []

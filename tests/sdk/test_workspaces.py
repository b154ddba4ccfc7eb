"""Workspaces, their members, and who one is, as the official SDK sees them."""

from __future__ import annotations

import pytest
from cadenya import Cadenya

from local_api import LocalApi


def test_who_am_i(client: Cadenya) -> None:
    me = client.profiles.whoami().profile
    assert me.metadata.id and me.metadata.account_id and me.metadata.created_at
    assert me.spec.type == "PROFILE_TYPE_API_KEY"


def test_the_demo_account(client: Cadenya) -> None:
    mine = list(client.workspaces.list(limit=2, include_info=True))
    everything = list(client.workspace_admin.list_account(include_archived=True, limit=2))
    ids = {workspace.metadata.id for workspace in everything}
    assert {workspace.metadata.id for workspace in mine} <= ids
    assert len(ids) == len(everything) >= 5
    archived = [workspace for workspace in everything if workspace.status == "STATUS_ARCHIVED"]
    assert archived, "the demo data has an archived workspace"
    open_ones = list(client.workspace_admin.list_account())
    assert not {it.metadata.id for it in archived} & {it.metadata.id for it in open_ones}
    sizes = [
        len(list(client.workspace_secrets.list(workspace_id=it.metadata.id, limit=100)))
        for it in open_ones
        if it.status == "STATUS_ENABLED"
    ]
    assert 0 in sizes and sum(sizes) >= 50, f"an empty workspace, and about 60 secrets: {sizes}"


def test_a_workspace_lives(client: Cadenya) -> None:
    admin = client.workspace_admin
    made = admin.create(
        metadata={"name": "Made by the SDK", "external_id": "w-1", "labels": {"tier": "2"}}, spec={"description": "d"}
    )
    assert (made.metadata.name, made.metadata.external_id, made.metadata.labels) == ("Made by the SDK", "w-1", {"tier": "2"})
    assert (made.spec.description, made.status) == ("d", "STATUS_ENABLED")
    id_ = made.metadata.id
    admin.update(workspace_id=id_, metadata={"name": "Renamed by the SDK"}, update_mask="metadata.name")
    admin.update(workspace_id=id_, spec={"description": "e"}, update_mask="spec.description")
    now = admin.retrieve(workspace_id=id_)
    assert (now.metadata.name, now.spec.description, now.metadata.labels) == ("Renamed by the SDK", "e", {"tier": "2"})
    admin.update(workspace_id=id_, spec={}, update_mask="spec.description")
    assert not admin.retrieve(workspace_id=id_).spec.description
    assert id_ in {it.metadata.id for it in client.workspaces.list()}, "who made it is a member"
    admin.archive(workspace_id=id_)
    assert id_ not in {it.metadata.id for it in admin.list_account(limit=100)}
    archived = {it.metadata.id: it.status for it in admin.list_account(limit=100, include_archived=True)}
    assert archived[id_] == "STATUS_ARCHIVED"


def test_members(api: LocalApi, client: Cadenya, workspace: str) -> None:
    admin = client.workspace_admin
    people = list(admin.list_profiles(limit=3))
    person = next(it for it in people if it.spec.type == "PROFILE_TYPE_USER")
    added = admin.add_member(workspace_id=workspace, email=person.spec.email)
    assert (added.profile_id, added.email) == (person.metadata.id, person.spec.email)
    _, robot = api.limited_key("robot", ["*"])
    admin.add_member(workspace_id=workspace, profile_id=robot)
    members = {it.profile_id for it in admin.list_members(workspace_id=workspace, limit=1)}
    assert {person.metadata.id, robot} <= members
    admin.remove_member(robot, workspace_id=workspace)
    assert robot not in {it.profile_id for it in admin.list_members(workspace_id=workspace)}


def test_people_are_found(client: Cadenya) -> None:
    everyone = [it for it in client.workspace_admin.list_profiles(limit=100) if it.spec.type == "PROFILE_TYPE_USER"]
    assert everyone
    someone = everyone[0]
    found = client.workspace_admin.list_profiles(query=someone.spec.email.upper()).items
    assert someone.metadata.id in {it.metadata.id for it in found}
    assert client.workspace_admin.list_profiles(query="no such person anywhere").items == []


@pytest.mark.parametrize("extra", [[], ["--return-values"]])
def test_it_stops_when_told(extra: list[str]) -> None:
    assert LocalApi(*extra).stop() == 0

"""Each error of the contract, as the official SDK raises it."""

from __future__ import annotations

import pytest
from cadenya import Cadenya
from cadenya._core import APIConnectionError, APIError, APIResponseError

from local_api import LocalApi


def raised(status: int, code: int | None, call: object) -> APIError:
    """The error of a call, which must be this one."""
    with pytest.raises(APIError) as caught:
        call()  # type: ignore[operator]
    assert (caught.value.status_code, caught.value.code) == (status, code), caught.value.message
    return caught.value


def violated(error: APIError) -> list[str]:
    """The fields that the error names."""
    details = error.details or []
    return [it["field"] for detail in details for it in detail.get("fieldViolations", [])]


def test_401_for_keys_that_are_none(api: LocalApi) -> None:
    for key in ["wrong", api.key + "x", api.key[:-1]]:
        with Cadenya(api_key=key, base_url=api.address) as stranger:
            assert raised(401, 16, stranger.profiles.whoami).message


def test_401_from_the_moment_a_key_is_disabled(api: LocalApi) -> None:
    key, profile = api.limited_key("to be disabled", ["*"])
    with Cadenya(api_key=key, base_url=api.address) as client:
        assert client.profiles.whoami().profile.metadata.id == profile
        status, _ = api.call("POST", f"/_test/keys/{profile}/disable")
        assert status < 300
        raised(401, 16, client.profiles.whoami)


def test_403_for_what_a_key_may_not_do(api: LocalApi, workspace: str) -> None:
    key, profile = api.limited_key("reader", ["workspaces:read"])
    with Cadenya(api_key=key, base_url=api.address) as reader:
        assert reader.profiles.whoami().profile.metadata.id == profile, "whoami needs no scope"
        assert isinstance(reader.workspaces.list().items, list)
        secrets = reader.workspace_secrets
        detail = raised(403, 7, lambda: secrets.list(workspace_id=workspace)).details[0]
        assert detail["reason"] == "SCOPE_MISSING"
        assert detail["metadata"] == {"required_scope": "secrets:manage", "granted_scopes": "workspaces:read"}
        raised(403, 7, lambda: secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={}))
        raised(403, 7, lambda: reader.workspace_admin.create(metadata={"name": "W"}, spec={}))
        raised(403, 7, lambda: reader.workspace_admin.archive(workspace_id=workspace))
        raised(403, 7, lambda: reader.workspace_admin.list_profiles())
    key, _ = api.limited_key("nothing", [])
    with Cadenya(api_key=key, base_url=api.address) as nobody:
        assert nobody.profiles.whoami().profile.spec.type == "PROFILE_TYPE_API_KEY"
        raised(403, 7, nobody.workspaces.list)


def test_403_without_a_scope_for_what_only_an_admin_may_do(api: LocalApi, workspace: str) -> None:
    key, _ = api.limited_key("ordinary", ["*"], admin=False)
    with Cadenya(api_key=key, base_url=api.address) as ordinary:
        admin = ordinary.workspace_admin
        for call in [
            lambda: admin.retrieve(workspace_id=workspace),
            lambda: admin.create(metadata={"name": "W"}, spec={}),
            lambda: admin.archive(workspace_id=workspace),
            lambda: admin.list_profiles(),
        ]:
            assert raised(403, 7, call).details == [], "it is no scope that is missing"
        mine = ordinary.workspaces.list(include_info=True)
        assert next(it for it in mine if it.metadata.id == workspace).info is not None


def test_404(client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    made = secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    secrets.delete(made.metadata.id, workspace_id=workspace)
    gone = made.metadata.id
    raised(404, 5, lambda: secrets.retrieve(gone, workspace_id=workspace))
    raised(404, 5, lambda: secrets.delete(gone, workspace_id=workspace))
    raised(404, 5, lambda: secrets.update(gone, workspace_id=workspace, metadata={"name": "B"}))
    raised(404, 5, lambda: secrets.list(workspace_id="no-such-workspace"))
    raised(404, 5, lambda: client.workspace_admin.retrieve(workspace_id="no-such-workspace"))


def test_a_secret_is_found_only_in_its_own_workspace(client: Cadenya, workspace: str) -> None:
    other = client.workspace_admin.create(metadata={"name": "Another"}, spec={}).metadata.id
    made = client.workspace_secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    raised(404, 5, lambda: client.workspace_secrets.retrieve(made.metadata.id, workspace_id=other))


def test_409_for_a_name_that_is_taken(client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    other = secrets.create(workspace_id=workspace, metadata={"name": "B"}, spec={})
    raised(409, 6, lambda: secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={}))
    raised(
        409,
        6,
        lambda: secrets.update(
            other.metadata.id, workspace_id=workspace, metadata={"name": "A"}, update_mask="metadata.name"
        ),
    )


def test_400_names_each_field(client: Cadenya, workspace: str) -> None:
    def create(**metadata: object) -> object:
        return lambda: client.workspace_secrets.create(workspace_id=workspace, metadata=metadata, spec={})

    assert violated(raised(400, 3, create(name=""))) == ["metadata.name"]
    assert violated(raised(400, 3, create(name="A", labels={"-": "x"})))[0].startswith("metadata.labels")
    both = violated(raised(400, 3, create(name=" ", labels={"k": "a b"})))
    assert "metadata.name" in both and any(field.startswith("metadata.labels") for field in both)


def test_400_for_a_mask_or_a_query_that_means_nothing(client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    made = secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    raised(
        400,
        3,
        lambda: secrets.update(
            made.metadata.id, workspace_id=workspace, metadata={"name": "B"}, update_mask="metadata.nom"
        ),
    )
    raised(400, 3, lambda: secrets.list(workspace_id=workspace, sort_order="sideways"))
    raised(400, 3, lambda: secrets.list(workspace_id=workspace, limit=-1))
    raised(400, 3, lambda: secrets.list(workspace_id=workspace, labels="env"))
    raised(400, 3, lambda: secrets.list(workspace_id=workspace, cursor="not-a-cursor"))


def test_400_for_a_cursor_of_another_query(client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    for name in ["A1", "A2", "A3", "B1"]:
        secrets.create(workspace_id=workspace, metadata={"name": name}, spec={})
    cursor = secrets.list(workspace_id=workspace, limit=1, prefix="A").next_cursor
    assert cursor
    assert len(secrets.list(workspace_id=workspace, limit=1, prefix="A", cursor=cursor).items) == 1
    raised(400, 3, lambda: secrets.list(workspace_id=workspace, limit=1, prefix="B", cursor=cursor))
    raised(400, 3, lambda: secrets.list(workspace_id=workspace, limit=1, prefix="A", sort_order="desc", cursor=cursor))


def test_403_for_everything_in_an_archived_workspace(client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    made = secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={})
    client.workspace_admin.archive(workspace_id=workspace)
    for call in [
        lambda: secrets.list(workspace_id=workspace),
        lambda: secrets.retrieve(made.metadata.id, workspace_id=workspace),
        lambda: secrets.create(workspace_id=workspace, metadata={"name": "B"}, spec={}),
        lambda: secrets.update(made.metadata.id, workspace_id=workspace, metadata={"name": "B"}),
        lambda: secrets.delete(made.metadata.id, workspace_id=workspace),
    ]:
        raised(403, 7, call)


@pytest.mark.parametrize(("status", "code"), [(429, 8), (503, 14), (500, 13)])
def test_faults_arrive_as_errors_and_pass(api: LocalApi, status: int, code: int) -> None:
    body = {"code": code, "message": "on purpose", "details": []}
    with Cadenya(api_key=api.key, base_url=api.address) as client:
        api.fault(path="/v1/whoami", times=1, status=status, body=body)
        assert raised(status, code, client.profiles.whoami).message == "on purpose"
        assert client.profiles.whoami().profile.metadata.id, "only once"
    if status == 500:
        return
    with Cadenya(api_key=api.key, base_url=api.address, max_retries=1) as patient:
        api.fault(path="/v1/whoami", times=1, status=status, body=body, retryAfter="1")
        assert patient.profiles.whoami().profile.metadata.id, "the SDK tries again by itself"


def test_answers_that_are_not_the_contracts(api: LocalApi) -> None:
    with Cadenya(api_key=api.key, base_url=api.address) as client:
        api.fault(path="/v1/whoami", times=1, kind="html", status=502)
        error = raised(502, None, client.profiles.whoami)
        assert error.message
        api.fault(path="/v1/whoami", times=1, kind="cutBody")
        with pytest.raises((APIConnectionError, APIResponseError)):
            client.profiles.whoami()
        api.fault(path="/v1/whoami", times=1, kind="noAnswer")
        with pytest.raises(APIConnectionError):
            client.profiles.whoami()


def test_a_create_whose_answer_was_lost_has_happened(api: LocalApi, client: Cadenya, workspace: str) -> None:
    secrets = client.workspace_secrets
    path = f"/v1/workspaces/{workspace}/workspace_secrets"
    for kind, expected in [("closeBeforeApply", []), ("closeAfterApply", ["A"])]:
        api.fault(method="POST", path=path, times=1, kind=kind)
        with pytest.raises(APIConnectionError):
            secrets.create(workspace_id=workspace, metadata={"name": "A"}, spec={"value": "v"})
        assert [it.metadata.name for it in secrets.list(workspace_id=workspace)] == expected, kind


def test_every_answer_can_be_traced(api: LocalApi) -> None:
    import urllib.error
    import urllib.request

    request = urllib.request.Request(f"{api.address}/v1/whoami", headers={"Authorization": f"Bearer {api.key}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        good = answer.headers["x-request-id"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{api.address}/v1/whoami", timeout=30)
    assert good and refused.value.headers["x-request-id"] and good != refused.value.headers["x-request-id"]

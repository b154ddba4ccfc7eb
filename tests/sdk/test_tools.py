"""The official client reads tool sets, tools and usage unchanged."""

from __future__ import annotations

from cadenya import Cadenya
import pytest


@pytest.fixture(scope="module")
def production(client: Cadenya) -> str:
    return next(it.metadata.id for it in client.workspaces.list() if it.metadata.name == "Production")


def test_tool_sets_of_every_adapter(client: Cadenya, production: str) -> None:
    sets = {it.metadata.name: it for it in client.tool_sets.list(workspace_id=production, limit=2, include_info=True)}
    adapters = {it.spec.adapter.type for it in sets.values()}
    assert adapters == {"mcp", "http", "openapi", "bare"}
    stripe = sets["Stripe payments"]
    assert stripe.spec.adapter.http.headers["Authorization"] == "Bearer ${STRIPE_API_KEY}"
    assert (stripe.info.tool_count, stripe.info.agent_count) == (2, 2)
    assert [it.name for it in sets["Slack"].spec.secrets] == ["SLACK_BOT_TOKEN"]
    assert all(it.state == "STATE_ACTIVE" for it in sets.values())


def test_archived_tool_sets_only_when_asked_for(client: Cadenya, production: str) -> None:
    archived = list(client.tool_sets.list(workspace_id=production, state="STATE_ARCHIVED"))
    assert [it.metadata.name for it in archived] == ["Mailgun (old)"]


def test_tools_and_usage(client: Cadenya, production: str) -> None:
    sets = client.tool_sets.list(workspace_id=production, query="stripe")
    stripe = next(iter(sets)).metadata.id
    tools = list(client.tool_sets.tools.list(stripe, workspace_id=production, limit=1))
    assert [it.metadata.name for it in tools] == ["list_charges", "create_refund"]
    assert "{{ secrets.STRIPE_WEBHOOK_SECRET }}" in tools[1].spec.config.http.request_body_template
    usage = list(client.tool_sets.list_usage(stripe, workspace_id=production, limit=1))
    assert {(it.agent.name, it.agent_variation.name) for it in usage} == {
        ("Support", "Default"),
        ("Billing", "Default"),
        ("Billing", "Careful"),
    }

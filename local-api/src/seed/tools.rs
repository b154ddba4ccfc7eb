//! Tool sets, tools and the agents that use them.

use rusqlite::Transaction;
use serde_json::{Value, json};

use super::generator::Generator;
use crate::clock::{DAY, MINUTE, Micros};
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::store::tools::{self, NewTool, NewUsage};

/// A demo tool set. Its adapter and the configurations of its tools are JSON.
pub(crate) struct DemoToolSet {
    name: &'static str,
    description: &'static str,
    adapter: &'static str,
    is_archived: bool,
    /// The names of its own secrets.
    own: &'static [&'static str],
    /// Name and configuration.
    tools: &'static [(&'static str, &'static str)],
    /// Agent and variation.
    agents: &'static [(&'static str, &'static str)],
}

const fn set(name: &'static str, description: &'static str, adapter: &'static str) -> DemoToolSet {
    DemoToolSet {
        name,
        description,
        adapter,
        is_archived: false,
        own: &[],
        tools: &[],
        agents: &[],
    }
}

impl DemoToolSet {
    const fn tools(mut self, tools: &'static [(&'static str, &'static str)]) -> Self {
        self.tools = tools;
        self
    }

    const fn agents(mut self, agents: &'static [(&'static str, &'static str)]) -> Self {
        self.agents = agents;
        self
    }

    const fn own(mut self, own: &'static [&'static str]) -> Self {
        self.own = own;
        self
    }

    const fn archived(mut self) -> Self {
        self.is_archived = true;
        self
    }
}

const SUPPORT: (&str, &str) = ("Support", "Default");
const BILLING: (&str, &str) = ("Billing", "Default");
const BILLING_CAREFUL: (&str, &str) = ("Billing", "Careful");
const ENGINEERING: (&str, &str) = ("Engineering", "Default");

/// Every case: all adapters, both spellings, a shadowed and a missing name, a literal credential, an archived tool set,
/// agents in several, and what only looks like a reference.
pub(crate) const PRODUCTION: &[DemoToolSet] = &[
    set(
        "Stripe payments",
        "Charges and refunds",
        r#"{"type": "http", "http": {"baseUrl": "https://api.stripe.example/v1",
            "headers": {"Authorization": "Bearer ${STRIPE_API_KEY}", "Stripe-Version": "2026-01-28"}}}"#,
    )
    .tools(&[
        ("list_charges", r#"{"type": "http", "http": {"requestMethod": "GET", "path": "/charges", "query": "limit=20"}}"#),
        (
            "create_refund",
            r#"{"type": "http", "http": {"requestMethod": "POST", "path": "/refunds",
                "requestBodyTemplate": "{\"charge\": \"{{ input.charge }}\", \"signature\": \"{{ secrets.STRIPE_WEBHOOK_SECRET }}\", \"price\": \"$${AMOUNT}\"}"}}"#,
        ),
    ])
    .agents(&[SUPPORT, BILLING, BILLING_CAREFUL]),
    set(
        "PayPal",
        "Payouts, from the vendor's OpenAPI document",
        r#"{"type": "openapi", "openapi": {"type": "url", "url": "https://specs.paypal.example/openapi.json?token=${PAYPAL_SPEC_TOKEN}",
            "baseUrl": "https://api.paypal.example", "headers": {"Authorization": "Basic {{ secrets.PAYPAL_CLIENT_SECRET | base64_encode }}"}}}"#,
    )
    .tools(&[("create_payout", r#"{"type": "openapi", "openapi": {"path": "/v1/payouts", "method": "POST"}}"#)])
    .agents(&[BILLING]),
    set(
        "Slack",
        "Messages, with a token of its own",
        r#"{"type": "mcp", "mcp": {"url": "https://mcp.slack.example/sse", "headers": {"Authorization": "Bearer ${SLACK_BOT_TOKEN}"}}}"#,
    )
    .own(&["SLACK_BOT_TOKEN"])
    .tools(&[("post_message", r#"{"type": "mcp", "mcp": {}}"#)])
    .agents(&[SUPPORT, ENGINEERING]),
    set(
        "Sentry",
        "Issues and releases",
        r#"{"type": "mcp", "mcp": {"url": "https://mcp.sentry.example/", "headers": {"Authorization": "Bearer {{secrets.SENTRY_AUTH_TOKEN}}"}}}"#,
    )
    .tools(&[("find_issues", r#"{"type": "mcp", "mcp": {}}"#)])
    .agents(&[ENGINEERING]),
    set(
        "Help desk",
        "Tickets",
        r#"{"type": "http", "http": {"baseUrl": "https://${HELPDESK_SUBDOMAIN}.helpdesk.example/api",
            "headers": {"X-Api-Key": "{{ secrets.HELPDESK_API_KEY }}"}}}"#,
    )
    .tools(&[
        (
            "read_ticket",
            r#"{"type": "http", "http": {"requestMethod": "GET", "path": "/tickets/{{ input.id }}", "query": "key={{ secrets.HELPDESK_API_KEY }}&view=full"}}"#,
        ),
        (
            "escalate",
            r#"{"type": "http", "http": {"requestMethod": "POST", "path": "/tickets/{{ input.id }}/escalate",
                "headers": {"X-Slack-Token": "${SLACK_BOT_TOKEN}"}, "requestBodyTemplate": "{\"reason\": \"{{ input.reason }}\", \"secret\": \"{{ secret.NAME }}\"}"}}"#,
        ),
    ])
    .agents(&[SUPPORT]),
    set(
        "Moderation",
        "Checks answers before they are sent",
        r#"{"type": "http", "http": {"baseUrl": "https://api.openai.example/v1", "headers": {"Authorization": "Bearer ${OPENAI_API_KEY}"}}}"#,
    )
    .tools(&[(
        "moderate",
        r#"{"type": "http", "http": {"requestMethod": "POST", "path": "/moderations",
            "headers": {"X-Legacy": "token=fake-legacy-0011223344 user=${LEGACY_SOAP_PASSWORD}", "X-Fallback": "{{ secrets.ANTHROPIC_API_KEY }}"},
            "requestBodyTemplate": "{\"input\": \"{{ input.text }}\", \"key\": \"{{ secrets.OPENAI_API_KEY }}\"}"}}"#,
    )])
    .agents(&[SUPPORT, BILLING, ENGINEERING]),
    set(
        "Data warehouse",
        "Read-only queries",
        r#"{"type": "http", "http": {"baseUrl": "https://svc_agents:${SNOWFLAKE_PASSWORD}@warehouse.example"}}"#,
    )
    .tools(&[(
        "query",
        r#"{"type": "http", "http": {"requestMethod": "POST", "path": "/query", "requestBodyTemplate": "{\"role\": \"reader\", \"password\": \"${SNOWFLAKE_PASSWORD}\"}"}}"#,
    )])
    .agents(&[ENGINEERING]),
    set("Approvals", "People answer; nothing is called", r#"{"type": "bare", "bare": {}}"#)
        .tools(&[("ask_a_person", r#"{"type": "bare", "bare": {}}"#)])
        .agents(&[BILLING_CAREFUL]),
    set(
        "Product search",
        "From an uploaded OpenAPI document; needs no secret",
        r#"{"type": "openapi", "openapi": {"type": "uploadId", "uploadId": "upload_01", "headers": {"X-Client": "agents"}}}"#,
    )
    .tools(&[("search", r#"{"type": "openapi", "openapi": {"path": "/search", "method": "GET"}}"#)])
    .agents(&[SUPPORT]),
    set(
        "Mailgun (old)",
        "Replaced by SendGrid",
        r#"{"type": "http", "http": {"baseUrl": "https://api.mailgun.example", "headers": {"Authorization": "Basic ${MAILGUN_API_KEY}"}}}"#,
    )
    .tools(&[("send", r#"{"type": "http", "http": {"requestMethod": "POST", "path": "/messages"}}"#)])
    .archived(),
];

/// A few, as in production.
pub(crate) const STAGING: &[DemoToolSet] = &[
    set(
        "Stripe payments",
        "Test mode",
        r#"{"type": "http", "http": {"baseUrl": "https://api.stripe.example/v1", "headers": {"Authorization": "Bearer ${STRIPE_API_KEY}"}}}"#,
    )
    .tools(&[("list_charges", r#"{"type": "http", "http": {"requestMethod": "GET", "path": "/charges"}}"#)])
    .agents(&[SUPPORT]),
    set(
        "Moderation",
        "Test account",
        r#"{"type": "http", "http": {"baseUrl": "https://api.openai.example/v1", "headers": {"Authorization": "Bearer {{ secrets.OPENAI_API_KEY }}"}}}"#,
    )
    .agents(&[SUPPORT]),
];

/// Makes the ids the same each time, without a change to those of other demo data.
const SEED: u64 = 0x7001;

/// Plants the tool sets of a workspace.
pub(crate) fn plant(
    transaction: &Transaction<'_>,
    now: Micros,
    (workspace, number): (&str, usize),
    creator: &str,
    sets: &[DemoToolSet],
) -> Result<(), Refusal> {
    let mut generator = Generator::new(SEED + u64::try_from(number).unwrap_or_default());
    let mut agents: Vec<(&str, String)> = Vec::new();
    let model = generator.id(Kind::Model);
    for (number, demo) in (0_i64..).zip(sets) {
        let created_at = now - (300 - number) * DAY;
        let id = generator.id(Kind::ToolSet);
        let own: Vec<Value> = demo.own.iter().map(|name| json!({"name": name})).collect();
        let spec = json!({"description": demo.description, "adapter": parsed(demo.adapter)?, "secrets": own});
        let state = if demo.is_archived {
            "STATE_ARCHIVED"
        } else {
            "STATE_ACTIVE"
        };
        let origin = Origin { creator, created_at };
        tools::insert_set(transaction, &origin.make(&id, workspace, demo.name, state, &spec))?;
        for (name, config) in demo.tools {
            let spec = tool_spec(name, &parsed(config)?);
            let tool = generator.id(Kind::Tool);
            tools::insert_tool(transaction, &origin.make(&tool, &id, name, "STATE_AVAILABLE", &spec))?;
        }
        for (agent, variation) in demo.agents {
            let agent_id = match agents.iter().find(|(known, _)| known == agent) {
                Some((_, id)) => id.clone(),
                None => {
                    let id = generator.id(Kind::Agent);
                    agents.push((*agent, id.clone()));
                    id
                }
            };
            let variation_id = generator.id(Kind::Variation);
            let usage = NewUsage {
                tool_set: &id,
                ids: [&variation_id, &agent_id, &model],
                names: [*variation, *agent, "large"],
                created_by: creator,
                assigned_at: created_at + MINUTE,
            };
            tools::insert_usage(transaction, &usage)?;
        }
    }
    Ok(())
}

/// Tool sets of the bulk workspace, and tools in each of them.
const BULK: (usize, usize) = (200, 20);

/// Plants many tool sets that refer to some of these names, and to a few that no secret has.
pub(crate) fn plant_bulk(
    transaction: &Transaction<'_>,
    now: Micros,
    workspace: &str,
    creator: &str,
    names: &[String],
) -> Result<(), Refusal> {
    // Not the ids of a demo workspace.
    let mut generator = Generator::new(SEED + 0x100);
    let model = generator.id(Kind::Model);
    let name_at = |number: usize| match names.get(number.checked_rem(names.len()).unwrap_or_default()) {
        Some(name) if number % 97 != 96 => name.clone(),
        _ => format!("MISSING_{number:06}"),
    };
    for set in 0..BULK.0 {
        let id = generator.id(Kind::ToolSet);
        let created_at = now - DAY;
        let header = name_at(set * 31);
        let own = if set % 10 == 9 {
            vec![json!({"name": header})]
        } else {
            Vec::new()
        };
        let spec = json!({
            "description": "Made by --seed", "secrets": own,
            "adapter": {"type": "http", "http": {"baseUrl": "https://api.example.com", "headers": {"Authorization": format!("Bearer ${{{header}}}")}}},
        });
        let origin = Origin { creator, created_at };
        let name = format!("Tools {set:03}");
        tools::insert_set(transaction, &origin.make(&id, workspace, &name, "STATE_ACTIVE", &spec))?;
        for number in 0..BULK.1 {
            let secret = name_at(set * 131 + number * 17);
            let config = json!({"type": "http", "http": {
                "requestMethod": "POST", "path": format!("/v1/items/{number}"), "query": "limit={{ input.limit }}",
                "requestBodyTemplate": format!("{{\"input\": \"{{{{ input.text }}}}\", \"key\": \"{{{{ secrets.{secret} }}}}\"}}"),
            }});
            let tool_name = format!("tool_{number:02}");
            let spec = tool_spec(&tool_name, &config);
            let tool = generator.id(Kind::Tool);
            tools::insert_tool(
                transaction,
                &origin.make(&tool, &id, &tool_name, "STATE_AVAILABLE", &spec),
            )?;
        }
        let agent = format!("Agent {:02}", set % 20);
        let (variation_id, agent_id) = (generator.id(Kind::Variation), format!("agent_bulk_{:02}", set % 20));
        let usage = NewUsage {
            tool_set: &id,
            ids: [&variation_id, &agent_id, &model],
            names: ["Default", &agent, "large"],
            created_by: creator,
            assigned_at: created_at,
        };
        tools::insert_usage(transaction, &usage)?;
    }
    Ok(())
}

/// Who created something, and when.
struct Origin<'a> {
    creator: &'a str,
    created_at: Micros,
}

impl Origin<'_> {
    fn make<'a>(&'a self, id: &'a str, parent: &'a str, name: &'a str, state: &'a str, spec: &'a Value) -> NewTool<'a> {
        NewTool {
            id,
            parent,
            name,
            created_by: self.creator,
            created_at: self.created_at,
            state,
            spec,
        }
    }
}

fn tool_spec(name: &str, config: &Value) -> Value {
    let description = name.replace('_', " ");
    json!({"description": description, "requiresApproval": false, "parameters": {"type": "object"}, "config": config})
}

fn parsed(text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text).map_err(Refusal::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_data_is_json() {
        for demo in PRODUCTION.iter().chain(STAGING) {
            assert!(parsed(demo.adapter).is_ok(), "{}", demo.name);
            for (name, config) in demo.tools {
                assert!(parsed(config).is_ok(), "{name} of {}", demo.name);
            }
        }
    }
}

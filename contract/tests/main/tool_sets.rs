//! Tool sets, tools and usage: what is read of them, and what one bad item does to the others.

#[cfg(test)]
mod tests {
    use crate::common::{at, decoded, page_of, with_unknown_fields};
    use contract::{Adapter, AdapterKind, HttpConfig, Listed, Page, Tool, ToolSet, ToolSetState, ToolSetUsage};
    use serde_json::{Value, json};

    fn set(adapter: Value) -> Value {
        json!({
            "metadata": {"id": "toolset_01", "accountId": "a", "workspaceId": "w", "name": "Stripe"},
            "spec": {
                "adapter": adapter, "description": "Payments", "overlays": [{"name": "${NO}"}],
                "secrets": [{"name": "STRIPE_API_KEY", "value": ""}, {"name": ""}, "x", {"value": "y"}]
            },
            "state": "STATE_ACTIVE",
            "info": {"toolCount": 3, "agentCount": "2"}
        })
    }

    fn read(adapter: Value) -> ToolSet {
        let page: Page<Listed<ToolSet>> = decoded(&with_unknown_fields(&page_of(&[set(adapter)])));
        match page.items.into_iter().next().unwrap() {
            Listed::Item(set) => set,
            Listed::Unreadable(name) => panic!("{name} could not be read"),
        }
    }

    fn header(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn each_adapter_has_its_fields() {
        let read_set = read(json!({"type": "mcp", "mcp": {"url": "https://m", "headers": {"A": "1", "B": 2}}}));
        assert_eq!(read_set.secrets, ["STRIPE_API_KEY"]);
        assert_eq!((read_set.id.as_str(), read_set.name.as_str()), ("toolset_01", "Stripe"));
        assert_eq!(read_set.state, ToolSetState::Active);
        assert_eq!(read_set.adapter.kind, AdapterKind::Mcp);
        assert_eq!(read_set.adapter.url.as_deref(), Some("https://m"));
        assert!(read_set.adapter.headers.contains(&header("A", "1")));
        let http = read(json!({"type": "http", "http": {"baseUrl": "https://h"}}));
        assert_eq!(http.adapter.base_url.as_deref(), Some("https://h"));
        let open = read(
            json!({"type": "openapi", "openapi": {"type": "url", "url": "u", "baseUrl": "b", "headers": {"C": "3"}}}),
        );
        assert_eq!(open.adapter.kind, AdapterKind::OpenApi);
        assert_eq!(
            (open.adapter.url.as_deref(), open.adapter.base_url.as_deref()),
            (Some("u"), Some("b"))
        );
        let bare = read(json!({"type": "bare", "bare": {}}));
        assert_eq!(bare.adapter.kind, AdapterKind::Bare);
    }

    #[test]
    fn the_type_decides_and_else_the_fields_do() {
        let both = json!({"type": "http", "http": {"baseUrl": "h"}, "mcp": {"url": "m"}});
        assert_eq!(read(both).adapter.url, None);
        let untyped = read(json!({"mcp": {"url": "m"}}));
        assert_eq!(
            (untyped.adapter.kind, untyped.adapter.url.as_deref()),
            (AdapterKind::Mcp, Some("m"))
        );
        let new = read(json!({"type": "grpc", "grpc": {"url": "g"}}));
        assert_eq!(new.adapter.kind, AdapterKind::Unknown("grpc".to_owned()));
        for absent in [json!(null), json!("x"), json!({})] {
            let adapter = read(absent).adapter;
            let nothing = Adapter {
                kind: AdapterKind::Unknown(String::new()),
                url: None,
                base_url: None,
                headers: Vec::new(),
            };
            // `with_unknown_fields` puts an unknown field into every object, never an adapter.
            assert_eq!(adapter, nothing);
        }
    }

    #[test]
    fn only_an_http_tool_has_a_request() {
        let tool = |config: Value| json!({"metadata": {"id": "tool_01", "name": "charge"}, "spec": {"config": config}});
        let page: Page<Listed<Tool>> = decoded(&page_of(&[
            tool(json!({"type": "http", "http": {
                "requestMethod": "POST", "path": "/p", "query": "q=1", "headers": {"H": "v"}, "requestBodyTemplate": "{}"
            }})),
            tool(json!({"type": "mcp", "mcp": {}})),
            tool(json!({"type": "openapi", "openapi": {"path": "/${NO}"}, "http": {"path": "/p"}})),
        ]));
        let http: Vec<_> = page
            .items
            .into_iter()
            .map(|item| match item {
                Listed::Item(tool) => tool.http,
                Listed::Unreadable(name) => panic!("{name}"),
            })
            .collect();
        let full = HttpConfig {
            path: Some("/p".to_owned()),
            query: Some("q=1".to_owned()),
            headers: vec![header("H", "v")],
            body: Some("{}".to_owned()),
        };
        assert_eq!(http, [Some(full), None, None]);
    }

    #[test]
    fn usage_names_agent_and_variation() {
        let page: Page<Listed<ToolSetUsage>> = decoded(&page_of(&[
            json!({
                "agentVariation": {"id": "v", "name": "Default"}, "agent": {"id": "agent_01", "name": "Support"},
                "model": {"id": "m", "name": "large"}, "assignedAt": "2026-01-02T03:04:05Z"
            }),
            json!({"agent": {"name": "Nameless"}, "assignedAt": 7}),
        ]));
        let usage = ToolSetUsage {
            agent_id: "agent_01".to_owned(),
            agent: "Support".to_owned(),
            variation: "Default".to_owned(),
            assigned_at: at("2026-01-02T03:04:05Z"),
        };
        assert_eq!(
            page.items,
            [Listed::Item(usage), Listed::Unreadable("Nameless".to_owned())]
        );
    }

    #[test]
    fn one_item_that_cannot_be_read_hides_no_other() {
        let good = set(json!({"type": "bare"}));
        for (bad, name) in [
            (json!({"metadata": {"name": "No id"}}), "No id"),
            (json!({"metadata": {"id": "..", "name": "Dots"}}), "Dots"),
            (json!({"metadata": 7}), ""),
            (json!("text"), ""),
            (json!(null), ""),
        ] {
            let page: Page<Listed<ToolSet>> = decoded(&page_of(&[bad, good.clone()]));
            assert_eq!(page.items.len(), 2);
            assert_eq!(page.items[0], Listed::Unreadable(name.to_owned()));
            assert!(matches!(&page.items[1], Listed::Item(set) if set.name == "Stripe"));
            assert_eq!(page.next_cursor.unwrap().as_str(), "cursor-2");
        }
    }
}

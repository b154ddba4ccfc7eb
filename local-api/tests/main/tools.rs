//! Tool sets, tools and usage: what the demo data has, what a key needs, and what is refused.

use serde_json::Value;

use crate::common::{Api, demo, id, names};

async fn production(api: &Api) -> String {
    let page = api.get("/v1/workspaces").await.ok();
    let workspaces = page["items"].as_array().unwrap();
    id(workspaces
        .iter()
        .find(|it| it["metadata"]["name"] == "Production")
        .unwrap())
}

fn sets(workspace: &str) -> String {
    format!("/v1/workspaces/{workspace}/tool_sets")
}

async fn set_named(api: &Api, workspace: &str, name: &str) -> Value {
    let page = api.get(&format!("{}?includeInfo=true", sets(workspace))).await.ok();
    let items = page["items"].as_array().unwrap();
    items.iter().find(|it| it["metadata"]["name"] == name).unwrap().clone()
}

#[tokio::test]
async fn the_demo_data_has_every_case() {
    let api = Api::open(&demo());
    let workspace = production(&api).await;
    let page = api.get(&format!("{}?limit=1000", sets(&workspace))).await.ok();
    let items = page["items"].as_array().unwrap();
    for adapter in ["mcp", "http", "openapi", "bare"] {
        let has = items.iter().any(|it| it["spec"]["adapter"]["type"] == adapter);
        assert!(has, "{adapter}");
    }
    assert!(
        items
            .iter()
            .all(|it| it["state"] == "STATE_ACTIVE" && it.get("info").is_none())
    );
    let text = page.to_string();
    assert!(text.contains("Bearer ${STRIPE_API_KEY}") && text.contains("{{secrets.SENTRY_AUTH_TOKEN}}"));
    assert_eq!(
        set_named(&api, &workspace, "Slack").await["spec"]["secrets"][0]["name"],
        "SLACK_BOT_TOKEN"
    );
    let archived = api
        .get(&format!("{}?state=STATE_ARCHIVED", sets(&workspace)))
        .await
        .ok();
    assert_eq!(names(&archived), ["Mailgun (old)"]);
    assert_eq!(archived["items"][0]["state"], "STATE_ARCHIVED");
}

#[tokio::test]
async fn tools_and_agents_of_a_tool_set_in_pages() {
    let api = Api::open(&demo());
    let workspace = production(&api).await;
    let stripe = set_named(&api, &workspace, "Stripe payments").await;
    assert_eq!(stripe["info"]["toolCount"], 2);
    assert_eq!(stripe["info"]["agentCount"], 2);
    let path = format!("{}/{}", sets(&workspace), id(&stripe));
    let tools = api.get(&format!("{path}/tools")).await.ok();
    assert_eq!(names(&tools), ["list_charges", "create_refund"]);
    assert_eq!(tools["items"][0]["spec"]["config"]["http"]["path"], "/charges");
    let mut agents = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = api.get(&format!("{path}/usage?limit=2&cursor={cursor}")).await.ok();
        for item in page["items"].as_array().unwrap() {
            agents.push((item["agent"]["name"].clone(), item["agentVariation"]["name"].clone()));
        }
        cursor = page["pagination"]["nextCursor"].as_str().unwrap().to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(agents.len(), 3);
    let foreign = format!("{path}/tools?cursor=abc");
    assert_eq!(api.get(&foreign).await.refused(400, 3), ["cursor"]);
    assert_eq!(
        api.get(&format!("{}?state=NEW", sets(&workspace)))
            .await
            .refused(400, 3),
        ["state"]
    );
}

#[tokio::test]
async fn each_read_needs_its_scope() {
    let api = Api::open(&demo());
    let workspace = production(&api).await;
    let path = format!(
        "{}/{}",
        sets(&workspace),
        id(&set_named(&api, &workspace, "Slack").await)
    );
    let reads = [
        (sets(&workspace), "tools:read"),
        (format!("{path}/tools"), "tools:read"),
        (format!("{path}/usage"), "agents:read"),
    ];
    let (key, _) = api.key_with(&["secrets:manage", "workspaces:read"]).await;
    let limited = api.with_key(Some(&key));
    for (read, scope) in &reads {
        let reply = limited.get(read).await;
        reply.refused(403, 7);
        let details = reply.json()["details"].clone();
        assert_eq!(details[0]["reason"], "SCOPE_MISSING");
        assert_eq!(details[0]["metadata"]["required_scope"], *scope, "{read}");
    }
    let (key, _) = api.key_with(&["tools:read", "agents:read"]).await;
    let able = api.with_key(Some(&key));
    for (read, _) in &reads {
        able.get(read).await.ok();
    }
}

#[tokio::test]
async fn a_tool_set_of_another_workspace_is_not_found() {
    let api = Api::open(&demo());
    let workspace = production(&api).await;
    let slack = id(&set_named(&api, &workspace, "Slack").await);
    let other = api.workspace("Other").await;
    assert_eq!(names(&api.get(&sets(&other)).await.ok()), Vec::<String>::new());
    for rest in ["tools", "usage"] {
        api.get(&format!("{}/{slack}/{rest}", sets(&other)))
            .await
            .refused(404, 5);
        api.get(&format!("{}/none/{rest}", sets(&workspace)))
            .await
            .refused(404, 5);
    }
    api.get(&sets("none")).await.refused(404, 5);
}

#[tokio::test]
async fn a_bulk_seed_has_two_hundred_tool_sets() {
    let options = local_api::Options {
        seed: Some(local_api::Seed::Bulk(100)),
        ..demo()
    };
    let api = Api::open(&options);
    let page = api.get("/v1/workspaces").await.ok();
    let bulk = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["metadata"]["name"] == "Bulk")
        .unwrap()
        .clone();
    let path = sets(&id(&bulk));
    let all = api.get(&format!("{path}?limit=1000&includeInfo=true")).await.ok();
    let all = all["items"].as_array().unwrap();
    assert_eq!(all.len(), 200);
    assert!(all.iter().all(|set| set["info"]["toolCount"] == 20));
    let tools = api.get(&format!("{path}/{}/tools", id(&all[0]))).await.ok();
    assert!(tools.to_string().contains("{{ secrets."));
}

//! Which secrets a list holds.

use crate::common::{Api, demo, id, names, options, secrets};
use local_api::Options;
use serde_json::json;

#[tokio::test]
async fn filters() {
    let api = Api::open(&Options {
        keep_names: true,
        ..options()
    });
    let workspace = api.workspace("W").await;
    for (name, external_id, labels) in [
        ("DB_URL", "", json!({"env": "prod", "team": "a"})),
        ("db_url_old", "Straße-7", json!({"env": "prod"})),
        ("100%", "", json!({"env": "production"})),
        ("100_percent", "", json!({"nenv": "prod"})),
        ("Ärger", "ABC", json!({"env": ""})),
    ] {
        let body = json!({"metadata": {"name": name, "externalId": external_id, "labels": labels}});
        api.post(&secrets(&workspace), body).await.ok();
    }
    for (query, expected) in [
        ("prefix=DB", vec!["DB_URL"]),
        ("prefix=db_", vec!["db_url_old"]),
        ("prefix=100%25", vec!["100%"]),
        ("prefix=_", vec![]),
        ("prefix=%C3%84", vec!["Ärger"]),
        ("query=db_url", vec!["DB_URL", "db_url_old"]),
        ("query=%25", vec!["100%"]),
        ("query=_", vec!["DB_URL", "db_url_old", "100_percent"]),
        ("query=%C3%A4RGER", vec!["Ärger"]),
        ("query=STRASSE", vec!["db_url_old"]),
        ("query=abc", vec!["Ärger"]),
        ("query=%27%20OR%201=1%20--", vec![]),
        ("query=%00", vec![]),
        ("labels=env%3Dprod", vec!["DB_URL", "db_url_old"]),
        ("labels=env%3Dprod,team%3Da", vec!["DB_URL"]),
        ("labels=env%3D", vec!["Ärger"]),
        (
            "prefix=&query=&labels=&bundleKey=&cursor=&limit=&sortOrder=&includeInfo=",
            vec!["DB_URL", "db_url_old", "100%", "100_percent", "Ärger"],
        ),
        ("sortOrder=desc&limit=2", vec!["Ärger", "100_percent"]),
        ("bundleKey=none", vec![]),
        ("unknown=1&prefix=DB", vec!["DB_URL"]),
    ] {
        let page = api.get(&format!("{}?{query}", secrets(&workspace))).await.ok();
        assert_eq!(names(&page), expected, "{query}");
    }
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1&limit=1", "limit"),
        ("sortOrder=ASC", "sortOrder"),
        ("includeInfo=yes", "includeInfo"),
        ("labels=env", "labels"),
        ("labels=a%3D1,a%3D2", "labels"),
        ("cursor=x", "cursor"),
    ] {
        let reply = api.get(&format!("{}?{query}", secrets(&workspace))).await;
        assert_eq!(reply.refused(400, 3), [field], "{query}");
    }
    let all = api
        .get(&format!(
            "{}?limit=0&sortOrder=x&includeInfo=2&labels=1",
            secrets(&workspace)
        ))
        .await;
    assert_eq!(all.refused(400, 3), ["labels", "includeInfo", "sortOrder", "limit"]);
}

#[tokio::test]
async fn as_many_labels_as_one_resource_can_have() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let filter = |count: usize| (0..count).map(|it| format!("k{it}=v")).collect::<Vec<_>>().join(",");
    for list in [
        secrets(&workspace),
        "/v1/workspaces".to_owned(),
        "/v1/account/workspaces".to_owned(),
        "/v1/account/profiles".to_owned(),
    ] {
        let page = api.get(&format!("{list}?labels={}", filter(64))).await.ok();
        assert!(names(&page).is_empty(), "{list}");
        for count in [65, 1_100] {
            let reply = api.get(&format!("{list}?labels={}", filter(count))).await;
            assert_eq!(reply.refused(400, 3), ["labels"], "{list} {count}");
        }
    }
}

#[tokio::test]
async fn bundles_are_found() {
    let api = Api::open(&demo());
    let mine = api.get("/v1/workspaces").await.ok();
    let production = id(&mine["items"][0]);
    let found = async |filter: &str| api.get(&format!("{}?{filter}", secrets(&production))).await.ok();
    let by_label = found("labels=bundle_key%3Dpayments-agents").await;
    assert_eq!(by_label["items"].as_array().unwrap().len(), 4);
    let metadata = &by_label["items"][0]["metadata"];
    assert_eq!(
        (&metadata["labels"]["bundle_key"], metadata.get("bundleKey")),
        (&json!("payments-agents"), None)
    );
    let by_field = found("bundleKey=platform/base").await;
    assert_eq!(
        by_field["items"][0]["metadata"]["bundleKey"], "platform/base",
        "as older servers have it"
    );
}

//! Secrets: each call, each rule, each refusal.

use crate::common::{Api, KEY, id, names, options, secrets};
use local_api::Options;
use serde_json::{Value, json};

#[tokio::test]
async fn create_read_list_delete() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let body = json!({
        "metadata": {"name": "A", "externalId": "x", "labels": {"env": "test", "example.com/team": "a.b"}},
        "spec": {"value": "hunter2"}
    });
    let created = api.post(&secrets(&workspace), body).await.ok();
    assert!(created["metadata"]["id"].as_str().unwrap().starts_with("wsec_"));
    assert_eq!(created["metadata"]["workspaceId"], workspace.as_str());
    assert_eq!(created["metadata"]["externalId"], "x");
    assert_eq!(
        created["metadata"]["labels"],
        json!({"env": "test", "example.com/team": "a.b"})
    );
    assert_eq!(created["spec"], json!({}));
    assert!(created["metadata"]["createdAt"].as_str().unwrap().ends_with('Z'));
    assert!(created["metadata"].get("updatedAt").is_none());

    let path = format!("{}/{}", secrets(&workspace), id(&created));
    assert_eq!(api.get(&path).await.ok(), created);
    let page = api.get(&secrets(&workspace)).await.ok();
    assert_eq!(names(&page), ["A"]);
    assert_eq!(page["pagination"]["nextCursor"], "");
    assert!(page["items"][0].get("info").is_none());
    let page = api.get(&format!("{}?includeInfo=1", secrets(&workspace))).await.ok();
    assert_eq!(
        page["items"][0]["info"]["createdBy"]["spec"]["name"],
        "Local administrator"
    );

    assert_eq!(api.stored_value(&workspace, &id(&created)).await, "hunter2");
    assert_eq!(api.delete(&path).await.ok(), json!({}));
    api.delete(&path).await.refused(404, 5);
    api.get(&path).await.refused(404, 5);
    api.patch(&path, json!({})).await.refused(404, 5);
}

#[tokio::test]
async fn optional_fields_are_always_sent_and_may_be_absent() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    for (name, body) in [
        ("a", json!({"metadata": {"name": "a"}})),
        (
            "b",
            json!({"metadata": {"name": "b", "externalId": null, "labels": null}, "spec": null}),
        ),
        (
            "c",
            json!({"metadata": {"name": "c", "externalId": ""}, "spec": {"value": ""}, "unknown": [1]}),
        ),
        (
            "d",
            json!({"metadata": {"name": "d", "external_id": ""}, "spec": {"value": null}}),
        ),
    ] {
        let created = api.post(&secrets(&workspace), body).await.ok();
        assert_eq!(created["metadata"]["externalId"], "", "{name}");
        assert_eq!(created["metadata"]["labels"], json!({}), "{name}");
        assert_eq!(created["spec"], json!({}), "{name}");
        assert_eq!(api.stored_value(&workspace, &id(&created)).await, Value::Null, "{name}");
    }
}

#[tokio::test]
async fn each_bad_field_is_named() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let labels: Value = (0..65)
        .map(|number| (format!("k{number}"), json!("")))
        .collect::<serde_json::Map<_, _>>()
        .into();
    for (body, fields) in [
        (json!({}), vec!["metadata.name"]),
        (json!({"metadata": {}}), vec!["metadata.name"]),
        (json!({"metadata": {"name": " "}}), vec!["metadata.name"]),
        (json!({"metadata": {"name": "a\nb"}}), vec!["metadata.name"]),
        (json!({"metadata": {"name": "x".repeat(257)}}), vec!["metadata.name"]),
        (json!({"metadata": {"name": 7}}), vec!["metadata.name"]),
        (json!({"metadata": "a"}), vec!["metadata"]),
        (
            json!({"metadata": {"name": "a", "externalId": "x".repeat(257)}}),
            vec!["metadata.externalId"],
        ),
        (
            json!({"metadata": {"name": "a", "externalId": "\u{7}"}}),
            vec!["metadata.externalId"],
        ),
        (
            json!({"metadata": {"name": "a", "labels": {"-": ""}}}),
            vec!["metadata.labels"],
        ),
        (
            json!({"metadata": {"name": "a", "labels": {"a": "b c"}}}),
            vec!["metadata.labels"],
        ),
        (
            json!({"metadata": {"name": "a", "labels": {"a": 1}}}),
            vec!["metadata.labels"],
        ),
        (
            json!({"metadata": {"name": "a", "labels": labels}}),
            vec!["metadata.labels"],
        ),
        (
            json!({"metadata": {"name": "a"}, "spec": {"value": "x".repeat(64 * 1024 + 1)}}),
            vec!["spec.value"],
        ),
        (
            json!({"metadata": {"name": "a"}, "spec": {"value": 12345}}),
            vec!["spec.value"],
        ),
        (
            json!({"metadata": {"externalId": "\u{0}", "labels": {"": ""}}, "spec": {"value": "x".repeat(70_000)}}),
            vec!["metadata.name", "metadata.externalId", "metadata.labels", "spec.value"],
        ),
    ] {
        let reply = api.post(&secrets(&workspace), body.clone()).await;
        assert_eq!(reply.refused(400, 3), fields, "{body}");
        assert!(!String::from_utf8_lossy(&reply.bytes).contains("12345"));
    }
    let most = json!({"metadata": {"name": "é".repeat(256)}, "spec": {"value": "x".repeat(64 * 1024)}});
    api.post(&secrets(&workspace), most).await.ok();
}

#[tokio::test]
async fn names_are_upper_cased_unless_they_are_kept() {
    for (keep_names, created, renamed) in [(false, "STRIPE_KEY", "ÄRGER-1"), (true, "stripe_key", "ärger-1")] {
        let api = Api::open(&Options {
            keep_names,
            ..options()
        });
        let workspace = api.workspace("Lower case").await;
        let body = json!({"metadata": {"name": "stripe_key"}});
        let answer = api.post(&secrets(&workspace), body).await.ok();
        assert_eq!(answer["metadata"]["name"], created);
        let one = format!("{}/{}", secrets(&workspace), id(&answer));
        let body = json!({"metadata": {"name": "ärger-1"}, "updateMask": "metadata.name"});
        assert_eq!(api.patch(&one, body).await.ok()["metadata"]["name"], renamed);
        assert_eq!(api.get(&one).await.ok()["metadata"]["name"], renamed);
        let found = async |query: &str| names(&api.get(&format!("{}?{query}", secrets(&workspace))).await.ok());
        assert_eq!(
            found("prefix=%C3%84").await,
            if keep_names { vec![] } else { vec![renamed] }
        );
        assert_eq!(found("query=%C3%A4").await, [renamed]);
        // In another case the name is the same: nothing is written.
        let before = api.get(&one).await.ok();
        if !keep_names {
            let body = json!({"metadata": {"name": "ärger-1"}, "updateMask": "metadata.name"});
            assert_eq!(api.patch(&one, body).await.ok()["metadata"], before["metadata"]);
        }
        let all = api.get("/v1/workspaces").await.ok();
        assert_eq!(names(&all), ["Lower case"], "only names of secrets are");
    }
    let api = Api::open(&Options {
        keep_names: true,
        ..options()
    });
    let workspace = api.workspace("W").await;
    api.secret(&workspace, "A", "").await;
    api.secret(&workspace, "a", "").await;
}

#[tokio::test]
async fn names_are_unique_in_a_workspace() {
    let api = Api::open(&options());
    let (one, other) = (api.workspace("1").await, api.workspace("2").await);
    api.secret(&one, "A", "").await;
    api.secret(&other, "A", "").await;
    for name in ["A", "a"] {
        let again = api.post(&secrets(&one), json!({"metadata": {"name": name}})).await;
        assert_eq!(again.refused(409, 6), ["metadata.name"], "{name}");
    }
    let b = api.secret(&one, "B", "").await;
    let renamed = api
        .patch(&format!("{}/{b}", secrets(&one)), json!({"metadata": {"name": "A"}}))
        .await;
    assert_eq!(renamed.refused(409, 6), ["metadata.name"]);
    let same = api
        .patch(&format!("{}/{b}", secrets(&one)), json!({"metadata": {"name": "B"}}))
        .await
        .ok();
    assert!(same["metadata"].get("updatedAt").is_none(), "nothing changed");
}

#[tokio::test]
async fn a_mask_is_exact() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let body = json!({"metadata": {"name": "A", "externalId": "x", "labels": {"a": "1"}}, "spec": {"value": "v1"}});
    let created = api.post(&secrets(&workspace), body).await.ok();
    let id = id(&created);
    let path = format!("{}/{id}", secrets(&workspace));

    // Only what the mask names is written, whatever else is there.
    let body = json!({
        "metadata": {"name": "B", "externalId": "y", "labels": {"b": "2"}}, "spec": {"value": "v2"},
        "updateMask": "metadata.externalId"
    });
    let updated = api.patch(&path, body).await.ok();
    assert_eq!(
        (&updated["metadata"]["name"], &updated["metadata"]["externalId"]),
        (&json!("A"), &json!("y"))
    );
    assert_eq!(updated["metadata"]["labels"], json!({"a": "1"}));
    assert!(updated["metadata"]["updatedAt"].is_string());
    assert_eq!(api.stored_value(&workspace, &id).await, "v1");

    // A path in the mask without its field clears it; labels are replaced whole.
    let body = json!({"metadata": {"name": "A"}, "spec": {}, "updateMask": "metadata.labels,spec.value"});
    let updated = api.patch(&path, body).await.ok();
    assert_eq!(updated["metadata"]["labels"], json!({}));
    assert_eq!(updated["metadata"]["externalId"], "y");
    assert_eq!(api.stored_value(&workspace, &id).await, Value::Null);
    api.patch(&path, json!({"spec": {"value": "v3"}, "updateMask": "spec"}))
        .await
        .ok();
    assert_eq!(api.stored_value(&workspace, &id).await, "v3");
    api.patch(&path, json!({"updateMask": "spec.value"})).await.ok();
    assert_eq!(api.stored_value(&workspace, &id).await, Value::Null);

    for (body, field) in [
        (json!({"updateMask": "metadata.name"}), "metadata.name"),
        (
            json!({"metadata": {"externalId": "z"}, "updateMask": "metadata.externalId"}),
            "metadata.name",
        ),
        (json!({"metadata": {"labels": {}}}), "metadata.name"),
        (json!({"updateMask": "metadata.nam"}), "updateMask"),
        (json!({"updateMask": "spec.value,spec.description"}), "updateMask"),
        (json!({"updateMask": "*"}), "updateMask"),
        (json!({"spec": {"value": "v4"}, "updateMask": ","}), "updateMask"),
        (json!({"spec": {"value": "v4"}, "updateMask": ",,"}), "updateMask"),
        (json!({"spec": {"value": "v4"}, "updateMask": " "}), "updateMask"),
        (
            json!({"spec": {"value": "v4"}, "updateMask": "spec.value,"}),
            "updateMask",
        ),
        (json!({"updateMask": 1}), "updateMask"),
        (json!({"spec": {"value": "x".repeat(70_000)}}), "spec.value"),
    ] {
        assert_eq!(api.patch(&path, body.clone()).await.refused(400, 3), [field], "{body}");
    }
    assert_eq!(
        api.stored_value(&workspace, &id).await,
        Value::Null,
        "nothing was written"
    );
}

#[tokio::test]
async fn without_a_mask_what_is_there_is_written() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let body = json!({"metadata": {"name": "A", "externalId": "x", "labels": {"a": "1"}}, "spec": {"value": "v1"}});
    let id = id(&api.post(&secrets(&workspace), body).await.ok());
    let path = format!("{}/{id}", secrets(&workspace));

    let updated = api
        .patch(&path, json!({"metadata": {"name": "B"}, "updateMask": ""}))
        .await
        .ok();
    assert_eq!(updated["metadata"]["name"], "B");
    assert_eq!(updated["metadata"]["externalId"], "x");
    assert_eq!(updated["metadata"]["labels"], json!({"a": "1"}));
    api.patch(&path, json!({"spec": {"value": "v2"}})).await.ok();
    assert_eq!(api.stored_value(&workspace, &id).await, "v2");
    api.patch(
        &path,
        json!({"spec": {"value": null}, "metadata": null, "updateMask": null}),
    )
    .await
    .ok();
    assert_eq!(api.stored_value(&workspace, &id).await, "v2");

    let before = api.get(&path).await.ok();
    assert_eq!(api.patch(&path, json!({})).await.ok(), before);
    assert_eq!(api.patch(&path, json!({"spec": {"value": "v2"}})).await.ok(), before);
}

#[tokio::test]
async fn values_are_answered_only_where_asked_for() {
    let api = Api::open(&Options {
        return_values: true,
        ..options()
    });
    let workspace = api.workspace("W").await;
    let body = json!({"metadata": {"name": "A"}, "spec": {"value": "line 1\nline \"2\" 🗝"}});
    let created = api.post(&secrets(&workspace), body).await.ok();
    assert_eq!(created["spec"]["value"], "line 1\nline \"2\" 🗝");
    let path = format!("{}/{}", secrets(&workspace), id(&created));
    assert_eq!(api.get(&path).await.ok()["spec"]["value"], "line 1\nline \"2\" 🗝");
    let updated = api.patch(&path, json!({"spec": {"value": "new"}})).await.ok();
    assert_eq!(updated["spec"]["value"], "new");
    let page = api.get(&format!("{}?includeInfo=true", secrets(&workspace))).await;
    assert!(!String::from_utf8_lossy(&page.bytes).contains("\"new\""));
    let cleared = api.patch(&path, json!({"updateMask": "spec.value"})).await.ok();
    assert_eq!(cleared["spec"], json!({}));
}

#[tokio::test]
async fn a_secret_is_in_one_workspace_alone() {
    let api = Api::open(&options());
    let (one, other) = (api.workspace("1").await, api.workspace("2").await);
    let secret = api.secret(&one, "A", "v").await;
    let elsewhere = format!("{}/{secret}", secrets(&other));
    api.get(&elsewhere).await.refused(404, 5);
    api.patch(&elsewhere, json!({"spec": {"value": "x"}}))
        .await
        .refused(404, 5);
    api.delete(&elsewhere).await.refused(404, 5);
    assert_eq!(api.stored_value(&one, &secret).await, "v");
    api.get(&secrets("ws_nothing")).await.refused(404, 5);
    assert_eq!(api.key.as_deref(), Some(KEY));
}

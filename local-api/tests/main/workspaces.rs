//! Workspaces, members, people, and who may do what.

use crate::common::{Api, demo, id, names, options, secrets};
use local_api::Options;
use serde_json::{Value, json};

const ACCOUNT: &str = "/v1/account/workspaces";

#[tokio::test]
async fn create_read_update_archive() {
    let api = Api::open(&options());
    let body = json!({
        "metadata": {"name": "W", "externalId": "x", "labels": {"a": "b"}},
        "spec": {"description": "for tests"}
    });
    let created = api.post(ACCOUNT, body).await.ok();
    assert_eq!(created["status"], "STATUS_ENABLED");
    assert_eq!(created["spec"]["description"], "for tests");
    let path = format!("{ACCOUNT}/{}", id(&created));
    assert_eq!(api.get(&path).await.ok(), created);

    let updated = api
        .patch(&path, json!({"spec": {}, "updateMask": "spec.description"}))
        .await
        .ok();
    assert_eq!(updated["spec"], json!({}));
    assert_eq!(updated["metadata"], created["metadata"]);
    let renamed = api
        .patch(&path, json!({"metadata": {"name": "V"}, "updateMask": "metadata.name"}))
        .await
        .ok();
    assert_eq!(renamed["metadata"]["name"], "V");
    assert_eq!(renamed["metadata"]["externalId"], "x");
    let bad = api.patch(&path, json!({"updateMask": "spec.value"})).await;
    assert_eq!(bad.refused(400, 3), ["updateMask"]);
    let bad = api.patch(&path, json!({"metadata": {"labels": {}}})).await;
    assert_eq!(bad.refused(400, 3), ["metadata.name"]);
    assert_eq!(
        api.post(ACCOUNT, json!({"metadata": {"name": "V"}}))
            .await
            .refused(409, 6),
        ["metadata.name"]
    );
    assert_eq!(api.post(ACCOUNT, json!({})).await.refused(400, 3), ["metadata.name"]);
    let long = json!({"metadata": {"name": "L"}, "spec": {"description": "x".repeat(5_000)}});
    assert_eq!(api.post(ACCOUNT, long).await.refused(400, 3), ["spec.description"]);

    api.delete(&path).await.refused(400, 9);
    let other = api.post(ACCOUNT, json!({"metadata": {"name": "Other"}})).await.ok();
    api.post(
        &format!("/_test/workspaces/{}/status", id(&other)),
        json!({"status": "STATUS_DISABLED"}),
    )
    .await
    .ok();
    api.delete(&path).await.refused(400, 9);
    api.delete(&format!("{ACCOUNT}/{}", id(&other))).await.ok();
    api.post(ACCOUNT, json!({"metadata": {"name": "Active"}})).await.ok();
    assert_eq!(api.delete(&path).await.ok(), json!({}));
    assert_eq!(api.get(&path).await.ok()["status"], "STATUS_ARCHIVED");
    // The name is free again.
    api.post(ACCOUNT, json!({"metadata": {"name": "V"}})).await.ok();
    api.get(&format!("{ACCOUNT}/ws_nothing")).await.refused(404, 5);
}

#[tokio::test]
async fn lists_say_who_is_asked_and_what_for() {
    let api = Api::open(&demo());
    let mine = api.get("/v1/workspaces").await.ok();
    assert_eq!(names(&mine), ["Production", "Staging", "Research", "Empty"]);
    assert!(mine["items"][0].get("info").is_none());
    let informed = api.get("/v1/workspaces?includeInfo=true&sortOrder=desc").await.ok();
    assert_eq!(names(&informed)[0], "Empty");
    assert_eq!(informed["items"][3]["info"]["totalAgents"], 14);
    let labelled = api.get("/v1/workspaces?labels=env%3Dproduction").await.ok();
    assert_eq!(names(&labelled), ["Production"]);
    assert_eq!(names(&api.get(ACCOUNT).await.ok()).len(), 4);
    let all = api.get(&format!("{ACCOUNT}?includeArchived=true")).await.ok();
    assert_eq!(names(&all).len(), 5);
    assert_eq!(all["items"][0]["status"], "STATUS_ARCHIVED");

    // A key whose profile is no member sees nothing of its own.
    let (key, profile) = api.key_with(&["workspaces:read"]).await;
    let workspace = id(&mine["items"][0]);
    api.delete(&format!("{ACCOUNT}/{workspace}/members/{profile}"))
        .await
        .ok();
    let theirs = api.with_key(Some(&key)).get("/v1/workspaces").await.ok();
    assert_eq!(names(&theirs), ["Staging", "Research", "Empty"]);
}

#[tokio::test]
async fn only_an_admin_sees_and_changes_what_is_the_accounts() {
    let api = Api::open(&demo());
    let made = api
        .post(
            "/_test/keys",
            json!({"name": "ordinary", "scopes": ["*"], "admin": false}),
        )
        .await
        .ok();
    let ordinary = api.with_key(made["key"].as_str());
    let workspace = id(&api.get("/v1/workspaces").await.ok()["items"][0]);
    let one = format!("{ACCOUNT}/{workspace}");
    let named = json!({"metadata": {"name": "X"}});
    let member = json!({"email": "amara.okafor@example.com"});
    for reply in [
        ordinary.get(ACCOUNT).await,
        ordinary.post(ACCOUNT, named.clone()).await,
        ordinary.get(&one).await,
        ordinary.patch(&one, named).await,
        ordinary.delete(&one).await,
        ordinary.get(&format!("{one}/members")).await,
        ordinary.post(&format!("{one}/members"), member).await,
        ordinary.delete(&format!("{one}/members/x")).await,
        ordinary.get("/v1/account/profiles").await,
    ] {
        reply.refused(403, 7);
        assert_eq!(reply.json()["details"], json!([]), "it is no scope that is missing");
    }
    let mine = ordinary.get("/v1/workspaces?includeInfo=true").await.ok();
    assert_eq!(mine["items"][0]["info"]["totalAgents"], 14);
    ordinary.get("/v1/whoami").await.ok();
    let body = json!({"metadata": {"name": "A"}});
    ordinary
        .post(&format!("/v1/workspaces/{workspace}/workspace_secrets"), body)
        .await
        .ok();

    let api = Api::open(&Options {
        no_admin: true,
        ..demo()
    });
    api.get(ACCOUNT).await.refused(403, 7);
    assert_eq!(names(&api.get("/v1/workspaces").await.ok()).len(), 4);
}

#[tokio::test]
async fn whoami_names_the_default_workspace_where_one_is_chosen() {
    let default = async |wanted: Option<&str>| {
        let api = Api::open(&Options {
            default_workspace: wanted.map(str::to_owned),
            ..demo()
        });
        let answer = api.get("/v1/whoami").await.ok();
        assert_eq!(answer["profile"]["spec"]["name"], "Local administrator");
        answer
            .get("defaultWorkspace")
            .map(|workspace| workspace["name"].clone())
    };
    assert_eq!(default(None).await, None);
    assert_eq!(default(Some("Staging")).await, Some(json!("Staging")));
    assert_eq!(default(Some("Pilot 2024")).await, None, "it is archived");
    assert_eq!(default(Some("Nowhere")).await, None);
}

#[tokio::test]
async fn an_archived_workspace_rejects_everything_scoped_to_it() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    api.workspace("The last active one stays").await;
    let secret = api.secret(&workspace, "A", "v").await;
    let one = format!("{}/{secret}", secrets(&workspace));
    let account = format!("{ACCOUNT}/{workspace}");
    api.delete(&account).await.ok();
    let named = json!({"metadata": {"name": "X"}});
    for reply in [
        api.get(&secrets(&workspace)).await,
        api.post(&secrets(&workspace), named.clone()).await,
        api.get(&one).await,
        api.patch(&one, named.clone()).await,
        api.delete(&one).await,
        api.patch(&account, named).await,
        api.delete(&account).await,
        api.get(&format!("{account}/members")).await,
        api.post(&format!("{account}/members"), json!({"email": "a@example.com"}))
            .await,
        api.delete(&format!("{account}/members/x")).await,
    ] {
        reply.refused(403, 7);
    }
    assert_eq!(api.get(&account).await.ok()["status"], "STATUS_ARCHIVED");
}

#[tokio::test]
async fn a_disabled_workspace_can_be_read_but_not_written() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let secret = api.secret(&workspace, "A", "v").await;
    let one = format!("{}/{secret}", secrets(&workspace));
    let status = format!("/_test/workspaces/{workspace}/status");
    api.post(&status, json!({"status": "STATUS_DISABLED"})).await.ok();
    api.get(&secrets(&workspace)).await.ok();
    api.get(&one).await.ok();
    let named = json!({"metadata": {"name": "X"}});
    for reply in [
        api.post(&secrets(&workspace), named.clone()).await,
        api.patch(&one, named.clone()).await,
        api.delete(&one).await,
        api.patch(&format!("{ACCOUNT}/{workspace}"), named).await,
    ] {
        reply.refused(400, 9);
    }
    api.post(&status, json!({"status": "STATUS_ENABLED"})).await.ok();
    api.delete(&one).await.ok();
    assert_eq!(
        api.post(&status, json!({"status": "OPEN"})).await.refused(400, 3),
        ["status"]
    );
}

#[tokio::test]
async fn members_come_and_go() {
    let api = Api::open(&demo());
    let members = format!("{ACCOUNT}/{}/members", api.workspace("W").await);
    let list = api.get(&members).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let added = api
        .post(&members, json!({"email": "ZOE.lindqvist@example.com"}))
        .await
        .ok();
    assert_eq!(added["name"], "Zoë Lindqvist");
    assert!(added["actorId"].as_str().unwrap().starts_with("actor_"));
    assert!(added["addedAt"].is_string());
    assert_eq!(
        api.post(&members, json!({"profileId": added["profileId"]})).await.ok(),
        added
    );
    for (body, field) in [
        (json!({}), "profileId"),
        (json!({"profileId": "profile_x"}), "profileId"),
        (json!({"email": "nobody"}), "email"),
        (json!({"email": "a", "profileId": "b"}), "email"),
    ] {
        assert_eq!(
            api.post(&members, body.clone()).await.refused(400, 3),
            [field],
            "{body}"
        );
    }
    // An unknown address is invited, once.
    let invited = api.post(&members, json!({"email": "new@example.com"})).await.ok();
    assert_eq!(invited["email"], "new@example.com");
    assert_eq!(
        api.post(&members, json!({"email": "NEW@example.com"})).await.ok(),
        invited
    );
    let found = api.get("/v1/account/profiles?query=new@").await.ok();
    assert_eq!(found["items"][0]["metadata"]["id"], invited["profileId"]);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let one = format!("{members}/{}", added["profileId"].as_str().unwrap());
    api.delete(&one).await.ok();
    api.delete(&one).await.refused(404, 5);
}

#[tokio::test]
async fn people_are_searched_without_regard_to_case() {
    let api = Api::open(&demo());
    for (query, expected) in [
        ("ZO%C3%8B", vec!["Zoë Lindqvist"]),
        ("%D0%94%D0%9C%D0%98%D0%A2%D0%A0%D0%9E", vec!["Дмитро Шевченко"]),
        ("muNOZ@", vec!["José Ángel Muñoz"]),
        ("%25", vec![]),
    ] {
        let page = api.get(&format!("/v1/account/profiles?query={query}")).await.ok();
        assert_eq!(names(&page), expected, "{query}");
    }
    let all = api.get("/v1/account/profiles").await.ok();
    let kinds: Vec<&Value> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["spec"]["type"])
        .collect();
    for kind in ["PROFILE_TYPE_USER", "PROFILE_TYPE_API_KEY", "PROFILE_TYPE_SYSTEM"] {
        assert!(kinds.iter().any(|it| **it == kind), "{kind}");
    }
    assert!(
        all["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["spec"]["email"].is_string())
    );
}

#[tokio::test]
async fn a_key_is_required_and_its_scopes_count() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let messages: Vec<Value> = {
        let (key, profile) = api.key_with(&["*"]).await;
        api.with_key(Some(&key)).get("/v1/whoami").await.ok();
        api.post(&format!("/_test/keys/{profile}/disable"), json!({}))
            .await
            .ok();
        let mut messages = Vec::new();
        for key in [None, Some("wrong"), Some(key.as_str())] {
            let reply = api.with_key(key).get("/v1/whoami").await;
            reply.refused(401, 16);
            assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
            messages.push(reply.json());
        }
        api.post(&format!("/_test/keys/{profile}/enable"), json!({})).await.ok();
        api.with_key(Some(&key)).get("/v1/whoami").await.ok();
        messages
    };
    assert!(messages.iter().all(|message| *message == messages[0]), "{messages:?}");

    let calls: [(&str, String, &str); 8] = [
        ("GET", "/v1/workspaces".into(), "workspaces:read"),
        ("GET", ACCOUNT.into(), "workspaces:read"),
        ("GET", format!("{ACCOUNT}/{workspace}"), "workspaces:read"),
        ("GET", format!("{ACCOUNT}/{workspace}/members"), "workspaces:read"),
        ("PATCH", format!("{ACCOUNT}/{workspace}"), "workspaces:manage"),
        ("GET", "/v1/account/profiles".into(), "account:manage"),
        ("GET", secrets(&workspace), "secrets:manage"),
        ("DELETE", format!("{}/x", secrets(&workspace)), "secrets:manage"),
    ];
    for granted in [
        "workspaces:read",
        "workspaces:manage",
        "secrets:manage",
        "account:manage",
        "*",
    ] {
        let (key, _) = api.key_with(&[granted]).await;
        let api = api.with_key(Some(&key));
        api.get("/v1/whoami").await.ok();
        for (method, path, needed) in &calls {
            let body = (*method == "PATCH").then(|| json!({}));
            let reply = api.call(method, path, body).await;
            let may = granted == "*"
                || granted == *needed
                || (granted == "workspaces:manage" && *needed == "workspaces:read");
            if may {
                assert_ne!(reply.status.as_u16(), 403, "{granted} {method} {path}");
            } else {
                reply.refused(403, 7);
                let info = &reply.json()["details"][0];
                assert_eq!(info["reason"], "SCOPE_MISSING", "{granted} {path}");
                let metadata = json!({"required_scope": needed, "granted_scopes": granted});
                assert_eq!(info["metadata"], metadata, "{granted} {path}");
            }
        }
    }
    // A key without a scope is told so before anything is said of its body.
    let (key, _) = api.key_with(&[]).await;
    api.with_key(Some(&key))
        .post(&secrets(&workspace), json!({}))
        .await
        .refused(403, 7);
}

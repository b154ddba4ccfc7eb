//! What is on the disk, and starting from it again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::os::unix::fs::PermissionsExt;

use common::{Api, Folder, KEY, demo, id, names, options, secrets};
use local_api::{Options, Seed, Service, StartError};
use serde_json::json;

#[tokio::test]
async fn values_and_keys_are_not_in_any_file() {
    let folder = Folder::new();
    let database = folder.database();
    let api = Api::open_in(folder, &options());
    let workspace = api.workspace("W").await;
    let secret = api.secret(&workspace, "A", "a-value-that-must-not-be-found").await;
    let path = format!("{}/{secret}", secrets(&workspace));
    api.patch(
        &path,
        json!({"spec": {"value": "another-value-that-must-not-be-found"}}),
    )
    .await
    .ok();
    let (key, _) = api.key_with(&["*"]).await;
    let mut files = 0;
    for entry in std::fs::read_dir(database.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(
            entry.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{entry:?}"
        );
        let bytes = std::fs::read(entry.path()).unwrap();
        files += 1;
        for text in ["value-that-must-not-be-found", KEY, &key] {
            let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!found, "{text} in {entry:?}");
        }
    }
    assert!(files >= 3, "database, log and key");
}

#[tokio::test]
async fn everything_survives_a_restart_but_the_start_up_key() {
    let folder = Folder::new();
    let random = Options {
        api_key: None,
        ..demo()
    };
    let first = Service::open(&folder.database(), &random).unwrap();
    let second = Service::open(&folder.database(), &random).unwrap();
    assert_ne!(*first.api_key, *second.api_key);
    let api = Api {
        router: local_api::app(second.service),
        key: Some(second.api_key.to_string()),
        folder,
    };
    api.with_key(Some(&first.api_key))
        .get("/v1/whoami")
        .await
        .refused(401, 16);
    let workspaces = api.get("/v1/workspaces").await.ok();
    assert_eq!(names(&workspaces), ["Production", "Staging", "Research", "Empty"]);
    let workspace = id(&workspaces["items"][0]);
    let page = api.get(&secrets(&workspace)).await.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 39);
    let value = api.stored_value(&workspace, &id(&page["items"][0])).await;
    assert!(value.as_str().unwrap().starts_with("fake-demo-value-"), "{value}");
}

#[tokio::test]
async fn a_key_file_that_others_can_read_is_refused() {
    let folder = Folder::new();
    drop(Service::open(&folder.database(), &options()).unwrap());
    let key = folder.path().join("api.sqlite.key");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Service::open(&folder.database(), &options());
    assert!(matches!(refused, Err(StartError::KeyFileMode { mode: 0o644, .. })));
}

/// A key file that is lost is not replaced: what comes in its place would open nothing, and hide that.
#[tokio::test]
async fn a_database_starts_only_with_its_own_key_file() {
    let folder = Folder::new();
    let database = folder.database();
    let key = folder.path().join("api.sqlite.key");
    let first = Api::open_in(folder, &options());
    let workspace = first.workspace("W").await;
    let secret = first.secret(&workspace, "A", "v").await;
    let kept = std::fs::read(&key).unwrap();

    std::fs::remove_file(&key).unwrap();
    let refused = Service::open(&database, &options()).err().unwrap();
    assert!(
        matches!(&refused, StartError::KeyFileMissing(path) if *path == key),
        "{refused}"
    );
    let words = refused.to_string();
    assert!(
        words.contains("missing") && words.contains("put the key file back"),
        "{words}"
    );
    assert!(!key.exists(), "no other key takes its place");

    let write = |bytes: &[u8]| {
        std::fs::write(&key, bytes).unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    };
    write(&[7; 32]);
    let refused = Service::open(&database, &options()).err().unwrap();
    assert!(
        matches!(&refused, StartError::KeyFileWrong(path) if *path == key),
        "{refused}"
    );
    assert!(refused.to_string().contains("put that one back"), "{refused}");

    write(&kept);
    let opened = Service::open(&database, &options()).unwrap();
    let again = Api {
        router: local_api::app(opened.service),
        key: Some(KEY.to_owned()),
        folder: Folder::new(),
    };
    assert_eq!(again.stored_value(&workspace, &secret).await, "v");
}

/// What is left of a start that broke off before it wrote anything is no database to be protected.
#[tokio::test]
async fn an_empty_database_gets_a_key_file() {
    let folder = Folder::new();
    std::fs::write(folder.database(), "").unwrap();
    drop(Service::open(&folder.database(), &options()).unwrap());
    assert_eq!(std::fs::read(folder.path().join("api.sqlite.key")).unwrap().len(), 32);
}

#[tokio::test]
async fn the_demo_is_the_same_each_time() {
    let (one, other) = (Api::open(&demo()), Api::open(&demo()));
    let workspaces = one.get("/v1/workspaces").await.ok();
    let mut total = 0;
    let mut never_used = 0;
    for workspace in workspaces["items"].as_array().unwrap() {
        let path = format!("{}?limit=1000&includeInfo=true", secrets(&id(workspace)));
        let (here, there) = (one.get(&path).await.ok(), other.get(&path).await.ok());
        let ids = |page: &serde_json::Value| page["items"].as_array().unwrap().iter().map(id).collect::<Vec<_>>();
        assert_eq!(ids(&here), ids(&there));
        total += ids(&here).len();
        let items = here["items"].as_array().unwrap();
        never_used += items
            .iter()
            .filter(|item| item["info"].get("lastUsedAt").is_none())
            .count();
        assert!(items.iter().all(|item| item["info"]["createdBy"].is_object()));
    }
    assert_eq!(total, 58);
    assert!(never_used >= 5, "{never_used}");
}

#[tokio::test]
async fn so_many_secrets_as_asked_for_and_once() {
    let bulk = Options {
        seed: Some(Seed::Bulk(2_345)),
        ..options()
    };
    let folder = Folder::new();
    drop(Service::open(&folder.database(), &bulk).unwrap());
    let more = Options {
        seed: Some(Seed::Bulk(9_999)),
        ..options()
    };
    let api = Api::open_in(folder, &more);
    let workspaces = api.get("/v1/workspaces?labels=").await.ok();
    assert_eq!(names(&workspaces).len(), 5, "the demo and one more");
    let bulk = workspaces["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["metadata"]["name"] == "Bulk")
        .unwrap();
    let mut count = 0;
    let mut cursor = String::new();
    loop {
        let page = api
            .get(&format!("{}?limit=1000&cursor={cursor}", secrets(&id(bulk))))
            .await
            .ok();
        count += page["items"].as_array().unwrap().len();
        cursor = page["pagination"]["nextCursor"].as_str().unwrap().to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(count, 2_345);
}

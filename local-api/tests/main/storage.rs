//! What is on the disk, and starting from it again.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;

use crate::common::{Api, Folder, demo, id, names, options, secrets};
use local_api::{Options, Seed, Service};

/// The data is invented, but people put real values into demos.
#[tokio::test]
async fn only_the_owner_may_read_the_files() {
    let folder = Folder::new();
    let api = Api::open_in(folder, &options());
    api.workspace("W").await;
    let files: Vec<_> = std::fs::read_dir(api.folder.path()).unwrap().collect();
    assert!(files.len() >= 2, "database and log");
    for file in files {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file:?}");
    }
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
    assert_ne!(first.api_key, second.api_key);
    let api = Api {
        router: local_api::app(second.service),
        key: Some(second.api_key),
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

/// What is left of a start that broke off before it wrote anything.
#[tokio::test]
async fn an_empty_file_becomes_a_database() {
    let folder = Folder::new();
    std::fs::write(folder.database(), "").unwrap();
    Api::open_in(folder, &demo()).get("/v1/whoami").await.ok();
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
async fn so_many_workspaces_as_asked_for_with_nearly_the_same_names() {
    let across = Options {
        seed: Some(Seed::Across {
            workspaces: 3,
            secrets: 100,
        }),
        ..options()
    };
    let api = Api::open_in(Folder::new(), &across);
    let workspaces = api.get("/v1/workspaces?limit=100").await.ok();
    let mut all: Vec<BTreeSet<String>> = Vec::new();
    let mut ids = BTreeSet::new();
    for workspace in workspaces["items"].as_array().unwrap() {
        if workspace["metadata"]["name"].as_str().unwrap().starts_with("Bulk 0") {
            let page = api.get(&format!("{}?limit=1000", secrets(&id(workspace)))).await.ok();
            ids.extend(page["items"].as_array().unwrap().iter().map(id));
            all.push(names(&page).into_iter().collect());
        }
    }
    assert_eq!(all.iter().map(BTreeSet::len).collect::<Vec<_>>(), [100; 3]);
    assert_eq!(ids.len(), 300, "each has ids of its own");
    let shared = all[0].intersection(&all[1]).count();
    assert_eq!(shared, 96, "two names of each are its own");
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

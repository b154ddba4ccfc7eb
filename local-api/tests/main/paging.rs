//! Cursors: bound to their query, stable while rows come and go.

use std::collections::BTreeSet;

use crate::common::{Api, id, names, options, secrets};
use proptest::prelude::*;
use serde_json::{Value, json};

fn cursor(page: &Value) -> String {
    page["pagination"]["nextCursor"].as_str().unwrap().to_owned()
}

async fn filled(count: usize) -> (Api, String) {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    for number in 0..count {
        api.secret(&workspace, &format!("S{number:03}"), "").await;
    }
    (api, workspace)
}

#[tokio::test]
async fn pages_follow_each_other_in_both_orders() {
    let (api, workspace) = filled(7).await;
    for (order, limit) in [("asc", 3), ("desc", 3), ("asc", 7), ("desc", 1)] {
        let mut seen = Vec::new();
        let mut next = String::new();
        loop {
            let path = format!("{}?limit={limit}&sortOrder={order}&cursor={next}", secrets(&workspace));
            let page = api.get(&path).await.ok();
            seen.extend(names(&page));
            next = cursor(&page);
            if next.is_empty() {
                break;
            }
        }
        let mut expected: Vec<String> = (0..7).map(|number| format!("S{number:03}")).collect();
        if order == "desc" {
            expected.reverse();
        }
        assert_eq!(seen, expected, "{order} {limit}");
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_query() {
    let (api, workspace) = filled(5).await;
    let other = api.workspace("Other").await;
    let base = secrets(&workspace);
    let next = cursor(&api.get(&format!("{base}?limit=2&query=s")).await.ok());
    for query in [
        "query=S0",
        "prefix=s",
        "query=s&sortOrder=desc",
        "query=s&labels=a%3Db",
        "query=s&bundleKey=b",
        "query=s&includeInfo=true",
        "",
    ] {
        let reply = api.get(&format!("{base}?{query}&cursor={next}")).await;
        assert_eq!(reply.refused(400, 3), ["cursor"], "{query}");
    }
    let reply = api.get(&format!("{}?query=s&cursor={next}", secrets(&other))).await;
    assert_eq!(reply.refused(400, 3), ["cursor"]);
    let (key, _) = api.key_with(&["secrets:manage"]).await;
    let reply = api
        .with_key(Some(&key))
        .get(&format!("{base}?query=s&cursor={next}"))
        .await;
    assert_eq!(reply.refused(400, 3), ["cursor"]);
    // Another size of the page is the same query, and so is the order that is the default.
    let page = api
        .get(&format!("{base}?query=s&limit=9&sortOrder=asc&cursor={next}"))
        .await
        .ok();
    assert_eq!(names(&page), ["S002", "S003", "S004"]);
}

#[tokio::test]
async fn cursors_of_the_other_lists() {
    let api = Api::open(&options());
    for number in 0..5 {
        api.workspace(&format!("W{number}")).await;
    }
    for path in [
        "/v1/workspaces?",
        "/v1/account/workspaces?",
        "/v1/account/workspaces?includeArchived=true&",
    ] {
        let first = api.get(&format!("{path}limit=3")).await.ok();
        let second = api.get(&format!("{path}limit=3&cursor={}", cursor(&first))).await.ok();
        assert_eq!(names(&first), ["W0", "W1", "W2"]);
        assert_eq!(names(&second), ["W3", "W4"]);
        assert_eq!(cursor(&second), "");
    }
    let first = api.get("/v1/workspaces?limit=3").await.ok();
    let elsewhere = api
        .get(&format!("/v1/account/workspaces?limit=3&cursor={}", cursor(&first)))
        .await;
    assert_eq!(elsewhere.refused(400, 3), ["cursor"]);
}

/// What happens between two pages.
#[derive(Debug, Clone)]
enum Event {
    Insert,
    Delete(usize),
    Rename(usize),
}

fn events() -> impl Strategy<Value = Vec<Vec<Event>>> {
    let event = prop_oneof![
        Just(Event::Insert),
        (0_usize..100).prop_map(Event::Delete),
        (0_usize..100).prop_map(Event::Rename),
    ];
    proptest::collection::vec(proptest::collection::vec(event, 0..4), 12)
}

async fn page_through(
    start: usize,
    limit: usize,
    descending: bool,
    events: Vec<Vec<Event>>,
) -> Result<(), TestCaseError> {
    let (api, workspace) = filled(start).await;
    let base = secrets(&workspace);
    let all = api.get(&format!("{base}?limit=1000")).await.ok();
    let mut alive: Vec<String> = all["items"].as_array().unwrap().iter().map(id).collect();
    let mut throughout: BTreeSet<String> = alive.iter().cloned().collect();
    let mut seen = Vec::new();
    let mut next = String::new();
    let mut events = events.into_iter();
    let mut inserted = 0;
    let order = if descending { "desc" } else { "asc" };
    loop {
        let page = api
            .get(&format!("{base}?limit={limit}&sortOrder={order}&cursor={next}"))
            .await
            .ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(id));
        next = cursor(&page);
        if next.is_empty() {
            break;
        }
        for event in events.next().unwrap_or_default() {
            match event {
                Event::Insert => {
                    inserted += 1;
                    alive.push(api.secret(&workspace, &format!("new-{inserted}"), "").await);
                }
                Event::Delete(index) if !alive.is_empty() => {
                    let gone = alive.remove(index % alive.len());
                    api.delete(&format!("{base}/{gone}")).await.ok();
                    throughout.remove(&gone);
                }
                Event::Rename(index) if !alive.is_empty() => {
                    let secret = &alive[index % alive.len()];
                    inserted += 1;
                    let body = json!({"metadata": {"name": format!("renamed-{inserted}")}});
                    api.patch(&format!("{base}/{secret}"), body).await.ok();
                }
                _ => {}
            }
        }
    }
    let once: BTreeSet<String> = seen.iter().cloned().collect();
    prop_assert_eq!(once.len(), seen.len(), "something came twice");
    prop_assert!(
        throughout.is_subset(&once),
        "something that was there throughout is missing"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_comes_twice_and_nothing_is_missed(
        start in 0_usize..14,
        limit in 1_usize..5,
        descending in any::<bool>(),
        events in events(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(page_through(start, limit, descending, events))?;
    }
}

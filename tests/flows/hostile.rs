//! A server that sends what no server should: nothing is claimed that is not known, and nothing good is lost.

use contract::calls::SecretQuery;
use contract::{WorkspaceId, calls};
use strongroom_core::list::reading::{LIMIT, State as Reading};
use strongroom_core::model::policy;

use super::*;
use crate::api::policy::read;
use crate::store::account_workspaces::AccountWorkspaces;
use crate::store::pages::read_all;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;

fn id() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn page(items: &str) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{items}]}}"#))
}

const GOOD: &str = r#"{"metadata": {"id": "w-1", "name": "Good"}, "status": "STATUS_ENABLED"}"#;
const BAD: &str = r#"{"metadata": {"id": "w-2", "name": "Bad", "labels": "none"}}"#;

#[test]
fn a_workspace_that_can_not_be_read_is_named_and_hides_no_other() {
    let world = World::connected();
    world.turn_clock(Duration::from_secs(10));
    let deep = ["[".repeat(9_000), "]".repeat(9_000)].concat();
    let items = format!("{GOOD}, {BAD}, 7, {deep}");
    world.script(Method::Get, "includeInfo=true", page(&items));
    world.script(Method::Get, "/v1/workspaces?", page(&items));
    world.script(Method::Get, "/v1/account/workspaces?", page(&items));
    let view = world.owner.child();
    let workspaces = world.with(use_workspaces);
    let archived = world.with(|| RwSignal::new(false));
    let listed = view.with(|| AccountWorkspaces::open(world.session(), workspaces, archived.into()));
    world.run_until_idle();
    assert_eq!(untrack(|| listed.rows()).len(), 1);
    assert_eq!(untrack(|| listed.unreadable()), ["", "Bad"]);
    assert!(untrack(|| listed.failure()).is_none());
    let unreadable = WorkspaceId::parse("w-2").unwrap();
    assert!(
        !untrack(|| workspaces.is_missing(&unreadable)),
        "it may be one of those that can't be read"
    );
    view.cleanup();
}

#[test]
fn a_secret_that_can_not_be_read_hides_no_other() {
    let world = World::connected();
    let good = |id: &str| format!(r#"{{"metadata": {{"id": "{id}", "name": "{id}"}}}}"#);
    let deep = ["{\"a\":".repeat(9_000), "1".to_owned(), "}".repeat(9_000)].concat();
    let bad = [
        r#"{"metadata": {"id": "x", "name": "\ud800"}}"#,
        r#"{"metadata": {"id": "y", "labels": []}}"#,
        "null",
        deep.as_str(),
    ];
    let items = [good("A"), bad.join(","), good("B")].join(",");
    world.script(Method::Get, "/workspace_secrets", page(&items));
    let query = Signal::derive(SecretQuery::default);
    let list = world.with(|| use_secret_lists().open(&id(), query));
    world.run_until_idle();
    assert_eq!(list.with(|loaded| loaded.shown().len()), Some(2));
    let progress = list.progress().get_untracked();
    assert_eq!(progress.state, Reading::Complete);
    assert_eq!(
        (progress.unreadable.count, progress.unreadable.ids),
        (4, vec!["x".to_owned(), "y".to_owned()])
    );
}

#[test]
fn members_that_can_not_be_read_are_named() {
    let world = World::connected();
    let members = r#"{"profileId": "p", "name": "Ada", "email": ""}, {"profileId": 7}, {"metadata": {"name": "Eve"}}"#;
    world.script(Method::Get, "/members", page(members));
    let session = world.session();
    let all = world.run(async move { read_all(session, |cursor| calls::list_members(&id(), LIMIT, cursor)).await });
    let all = all.unwrap();
    assert_eq!(
        (all.items.len(), all.unreadable, all.is_complete),
        (1, vec![String::new(), "Eve".to_owned()], true)
    );
}

#[test]
fn the_policy_is_the_one_that_the_document_came_with() {
    let world = World::new();
    let transport = world.services.platform.transport;
    let address = [BASE, "/policy"].concat();
    let ask = || {
        let address = address.clone();
        world.run(async move { read(transport, &address).await })
    };
    const SERVED: &str = "default-src 'none'; connect-src 'self' https://other.example";
    world.script(
        Method::Get,
        "/policy",
        Reply::json(200, "<!doctype html>").policy(SERVED),
    );
    let policies = policy::parse(&ask().unwrap().unwrap());
    assert!(
        policy::allows(&policies, "https://other.example", BASE)
            && !policy::allows(&policies, "https://evil.example", BASE)
    );
    let sent = world.sent();
    assert_eq!((sent.len(), &sent[0].authorization), (1, &None), "without a key");
    world.script(Method::Get, "/policy", Reply::json(200, ""));
    assert_eq!(ask().unwrap(), None);
    world.script(Method::Get, "/policy", Reply::json(503, "busy"));
    let failure = ask().unwrap_err();
    assert_eq!(
        (failure.http(), failure.request_id.as_deref(), failure.can_retry_help()),
        (Some(503), Some("request_1"), true)
    );
    world.script(Method::Get, "/policy", Reply::redirected());
    assert_eq!(ask().unwrap_err().kind(), contract::Kind::SignedOut);
}

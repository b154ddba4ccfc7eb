//! The reading of tool sets and tools over time: read, stopped, resumed, refused, paused, and dropped with the session.

use contract::{Kind, WorkspaceId};
use strongroom_core::list::reading::State as Reading;
use strongroom_core::references::index::UseCount;

use super::*;
use crate::store::references::{Agents, Progress, WorkspaceReferences, use_references};

const SECOND: Duration = Duration::from_secs(1);

fn references(world: &World) -> WorkspaceReferences {
    let workspace = WorkspaceId::parse("w-1").unwrap();
    world.with(|| use_references().of(&workspace))
}

fn progress(references: WorkspaceReferences) -> Progress {
    references.progress().get_untracked()
}

fn count(references: WorkspaceReferences, name: &str) -> UseCount {
    references.index().with_untracked(|index| index.count_of(name))
}

/// A tool set whose header refers to a secret.
fn set(id: &str, secret: &str) -> String {
    format!(
        r#"{{"metadata": {{"id": "{id}", "name": "Set {id}"}}, "state": "STATE_ACTIVE", "spec": {{"adapter": {{"type": "http",
        "http": {{"headers": {{"Authorization": "Bearer ${{{secret}}}"}}}}}}}}}}"#
    )
}

fn page(items: &[String], cursor: &str) -> Reply {
    let items = items.join(",");
    Reply::json(
        200,
        format!(r#"{{"items": [{items}], "pagination": {{"nextCursor": "{cursor}"}}}}"#),
    )
}

fn tools(secret: &str) -> Reply {
    let tool = format!(
        r#"{{"metadata": {{"id": "t", "name": "charge"}}, "spec": {{"config": {{"type": "http", "http": {{
        "path": "/p", "requestBodyTemplate": "{{{{ secrets.{secret} }}}}"}}}}}}}}"#
    );
    page(&[tool], "")
}

fn script_sets(world: &World, count: usize) {
    let sets: Vec<String> = (0..count).map(|number| set(&format!("s{number}"), "A")).collect();
    world.script(Method::Get, "/tool_sets?", page(&sets, ""));
}

#[test]
fn everything_is_read_four_at_a_time() {
    let world = World::connected();
    script_sets(&world, 6);
    for _ in 0..6 {
        world.script(Method::Get, "/tools?", tools("B").after(SECOND));
    }
    let references = references(&world);
    assert!(!progress(references).is_begun());
    references.read(false);
    world.run_until_idle();
    assert_eq!(world.sent().len(), 5, "the list, and the tools of four");
    assert!(progress(references).is_reading() && progress(references).is_listed);
    world.turn_clock(SECOND);
    assert_eq!(world.sent().len(), 2);
    assert_eq!((progress(references).sets_read, progress(references).sets), (4, 6));
    world.turn_clock(SECOND);
    assert!(progress(references).is_complete());
    assert_eq!(count(references, "A"), UseCount { sets: 6, shadowed: 0 });
    assert_eq!(count(references, "B").sets, 6);
    assert!(progress(references).read_at.is_some());
}

#[test]
fn what_was_read_is_not_read_again_after_a_stop() {
    let world = World::connected();
    script_sets(&world, 5);
    for _ in 0..5 {
        world.script(Method::Get, "/tools?", tools("B").after(SECOND));
    }
    let references = references(&world);
    references.read(false);
    world.turn_clock(SECOND);
    references.stop();
    world.sent();
    world.turn_clock(10 * SECOND);
    assert!(world.sent().is_empty());
    assert_eq!(progress(references).state, Reading::Stopped);
    assert_eq!(progress(references).sets_read, 4);
    world.script(Method::Get, "/tools?", tools("B"));
    references.resume();
    world.run_until_idle();
    assert_eq!(world.sent().len(), 1);
    assert!(progress(references).is_complete());
    assert_eq!(count(references, "B").sets, 5);
}

#[test]
fn a_failure_keeps_what_was_read_and_reads_on_when_asked() {
    let world = World::connected();
    script_sets(&world, 2);
    world.script(Method::Get, "/s0/tools?", tools("B"));
    world.script(
        Method::Get,
        "/s1/tools?",
        Reply::json(400, r#"{"code": 3, "message": "no", "details": []}"#).after(SECOND),
    );
    let references = references(&world);
    references.read(false);
    world.turn_clock(SECOND);
    let state = progress(references).state;
    assert!(matches!(state, Reading::Failed(failure) if failure.request_id.is_some()));
    assert_eq!(count(references, "B").sets, 1);
    world.script(Method::Get, "/s1/tools?", tools("B"));
    references.resume();
    world.run_until_idle();
    assert!(progress(references).is_complete());
    assert_eq!(count(references, "B").sets, 2);
}

#[test]
fn a_rate_limit_pauses_and_is_told() {
    let world = World::connected();
    script_sets(&world, 1);
    world.script(Method::Get, "/tools?", Reply::json(429, "{}").retry_after("5"));
    world.script(Method::Get, "/tools?", tools("B"));
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    assert!(matches!(progress(references).state, Reading::Waiting(_)));
    world.sent();
    world.turn_clock(4 * SECOND);
    assert!(world.sent().is_empty());
    world.turn_clock(SECOND);
    assert!(progress(references).is_complete());
}

#[test]
fn a_missing_scope_is_told_with_its_name() {
    let world = World::connected();
    let denied = r#"{"code": 7, "message": "no", "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "SCOPE_MISSING", "metadata": {"required_scope": "tools:read", "granted_scopes": "secrets:manage"}}]}"#;
    world.script(Method::Get, "/tool_sets?", Reply::json(403, denied));
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    let Reading::Failed(failure) = progress(references).state else {
        panic!("it is refused");
    };
    assert_eq!(failure.kind(), Kind::Denied);
    assert_eq!(failure.missing_scope().unwrap().required, "tools:read");
    assert_eq!(world.sent().len(), 1, "it is not tried again");
}

#[test]
fn archived_tool_sets_only_when_asked_for() {
    let world = World::connected();
    let references = references(&world);
    script_sets(&world, 1);
    world.script(Method::Get, "/tools?", page(&[], ""));
    references.read(false);
    world.run_until_idle();
    assert_eq!(count(references, "A").sets, 1);
    assert!(world.sent().iter().all(|sent| !sent.path.contains("state=")));

    script_sets(&world, 1);
    world.script(Method::Get, "state=STATE_ARCHIVED", page(&[set("old", "A")], ""));
    world.script(Method::Get, "/tools?", page(&[], ""));
    world.script(Method::Get, "/tools?", page(&[], ""));
    references.read(true);
    world.run_until_idle();
    assert_eq!(count(references, "A").sets, 2);
    assert!(progress(references).has_archived);
}

#[test]
fn pages_are_followed_and_circles_are_not() {
    let world = World::connected();
    world.script(Method::Get, "/tool_sets?", page(&[set("s0", "A")], "c1"));
    world.script(
        Method::Get,
        "cursor=c1",
        page(
            &[set("s1", "A"), r#"{"metadata": {"name": "Broken"}}"#.to_owned()],
            "c2",
        ),
    );
    world.script(Method::Get, "cursor=c2", page(&[set("s1", "A")], "c1"));
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    assert_eq!(progress(references).state, Reading::Repeated);
    assert_eq!(count(references, "A").sets, 2);
    references
        .index()
        .with_untracked(|index| assert_eq!(index.unreadable(), ["Broken"]));
}

#[test]
fn an_expired_cursor_starts_the_list_anew() {
    let world = World::connected();
    world.script(Method::Get, "/tool_sets?", page(&[set("s0", "A")], "c1"));
    world.script(
        Method::Get,
        "cursor=c1",
        Reply::json(400, r#"{"code": 3, "message": "expired", "details": []}"#),
    );
    script_sets(&world, 2);
    world.script(Method::Get, "/s0/tools?", page(&[], ""));
    world.script(Method::Get, "/s1/tools?", page(&[], ""));
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    assert!(progress(references).is_complete());
    assert_eq!(progress(references).sets, 2);
}

#[test]
fn agents_are_read_once_and_a_failure_can_be_tried_again() {
    let world = World::connected();
    let references = references(&world);
    let id = contract::ToolSetId::parse("s0").unwrap();
    world.script(
        Method::Get,
        "/usage?",
        Reply::json(400, r#"{"code": 3, "message": "no", "details": []}"#),
    );
    references.read_agents([id.clone()]);
    world.run_until_idle();
    let agents = || references.agents().with_untracked(|agents| agents[&id].clone());
    assert!(matches!(agents(), Agents::Failed(_)));
    let usage = r#"{"agent": {"id": "a", "name": "Support"}, "agentVariation": {"name": "Default"}}"#.to_owned();
    world.script(Method::Get, "/usage?", page(&[usage.clone(), usage], ""));
    references.read_agents([id.clone()]);
    world.run_until_idle();
    assert_eq!(
        agents(),
        Agents::Read(vec![("Support".to_owned(), "Default".to_owned())])
    );
    world.sent();
    references.read_agents([id.clone()]);
    world.run_until_idle();
    assert!(world.sent().is_empty());
}

#[test]
fn a_lock_and_another_account_drop_what_was_read() {
    let world = World::connected();
    let references = references(&world);
    let read = || {
        script_sets(&world, 2);
        world.script(Method::Get, "/s0/tools?", tools("B"));
        world.script(Method::Get, "/s1/tools?", tools("B").after(SECOND));
        references.read(false);
        world.run_until_idle();
        assert_eq!(count(references, "A").sets, 2);
    };
    read();
    world.session().lock();
    world.run_until_idle();
    assert_eq!(count(references, "A").sets, 0);
    assert!(!progress(references).is_begun());
    world.turn_clock(10 * SECOND);
    assert!(!progress(references).is_begun(), "a late answer changes nothing");

    world.connect_as("key_alice", ALICE, false);
    read();
    world.session().expire();
    world.run_until_idle();
    assert_eq!(count(references, "A").sets, 2, "it stays while a new key is asked for");
    world.connect_as("key_of_today", ALICE, false);
    world.run_until_idle();
    assert_eq!(
        count(references, "A").sets,
        2,
        "another key of the same account changes nothing"
    );
    world.connect_as("key_bob", BOB, false);
    world.run_until_idle();
    assert_eq!(count(references, "A").sets, 0);
}

//! The reading of tool sets and tools over time: read, stopped, resumed, refused, paused, and dropped with the session.

use contract::{Kind, WorkspaceId};
use strongroom_core::i18n::german::GERMAN;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::set_language;
use strongroom_core::list::reading::State as Reading;
use strongroom_core::references::index::UseCount;
use strongroom_core::references::told;

use super::*;
use crate::components::permission::explained_reading_in;
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
fn an_archived_workspace_is_told_as_such() {
    let world = World::connected();
    world.turn_clock(10 * SECOND);
    let archived = r#"{"items": [{"metadata": {"id": "w-1"}, "status": "STATUS_ARCHIVED"}]}"#;
    world.script(Method::Get, "/v1/workspaces?", Reply::json(200, archived));
    world.script(
        Method::Get,
        "/tool_sets?",
        Reply::json(403, r#"{"code": 7, "message": "archived"}"#),
    );
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    let Reading::Failed(failure) = progress(references).state else {
        panic!("it is refused");
    };
    let explanation = world.with(|| explained_reading_in(&references.workspace(), &failure));
    assert!(explanation.reason.starts_with("The workspace is archived."));
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

/// What the dialog of a delete of many secrets says, from the question to the complete answer.
#[test]
fn before_many_are_deleted_it_is_said_how_many_are_referred_to() {
    let world = World::connected();
    let names = ["A", "B", "UNUSED"].map(str::to_owned);
    let references = references(&world);
    let told = |names: &[String]| {
        let is_complete = progress(references).is_complete();
        references
            .index()
            .with_untracked(|index| told::deletes(index, names, is_complete, |count| count.to_string()))
    };
    assert!(!progress(references).is_begun(), "so it offers to look");
    script_sets(&world, 2);
    world.script(Method::Get, "/s0/tools?", tools("B"));
    world.script(Method::Get, "/s1/tools?", page(&[], "").after(SECOND));
    references.read(false);
    world.run_until_idle();
    let so_far = told(&names).1;
    assert_eq!(so_far, "2 of 3 are referred to by tool sets, as far as is known.");
    world.turn_clock(SECOND);
    let (used, all) = told(&names);
    assert_eq!(used, ["A: 2 tool sets", "B: 1 tool set"]);
    assert_eq!(all, "2 of 3 are referred to by tool sets.");
    assert_eq!(
        told(&names[2..]),
        (Vec::new(), "No tool set refers to them.".to_owned())
    );

    set_language(Language::German, Some(&GERMAN));
    let (used, all) = told(&names);
    let none = told(&names[2..]).1;
    set_language(Language::English, None);
    assert_eq!(used, ["A: 2 Tool-Sets", "B: 1 Tool-Set"]);
    assert_eq!(all, "Auf 2 von 3 verweisen Tool-Sets.");
    assert_eq!(none, "Kein Tool-Set verweist auf sie.");
}

#[test]
fn a_rename_lists_the_references_that_will_break() {
    let world = World::connected();
    script_sets(&world, 2);
    world.script(Method::Get, "/s0/tools?", tools("A"));
    world.script(Method::Get, "/s1/tools?", tools("other"));
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    let uses = references.index().with_untracked(|index| index.uses_of("A"));
    let breaking = told::breaking(uses, "A2");
    assert_eq!(
        told::breaks("A", &breaking, true, |count| count.to_string()),
        "3 references will break:"
    );
    let list = [
        "Set s0 · Header Authorization: Bearer ${A}",
        "Set s0 · Tool charge · Body: {{ secrets.A }}",
        "Set s1 · Header Authorization: Bearer ${A}",
    ];
    assert_eq!(told::list(&breaking), list.join("\n"));
    let uses = references.index().with_untracked(|index| index.uses_of("OTHER"));
    assert_eq!(
        told::breaking(uses.clone(), "OTHER_2").len(),
        1,
        "a reference in lower case breaks as well"
    );
    assert!(
        told::breaking(uses, "other").is_empty(),
        "and not if it means the new name, too"
    );
}

#[test]
fn an_expired_cursor_of_the_tools_reads_the_tools_anew_once() {
    let world = World::connected();
    script_sets(&world, 1);
    let expired = || Reply::json(400, r#"{"code": 3, "message": "expired", "details": []}"#);
    let broken = || r#"{"spec": {}}"#.to_owned();
    world.script(Method::Get, "/tools?", page(&[broken()], "c1"));
    world.script(Method::Get, "cursor=c1", expired());
    world.script(Method::Get, "/tools?", page(&[broken()], "c2"));
    world.script(Method::Get, "cursor=c2", expired());
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    let Reading::Failed(failure) = progress(references).state else {
        panic!("a server that refuses every cursor is asked again when the user wants it");
    };
    assert!(failure.is_cursor_refused());
    world.script(Method::Get, "/tools?", tools("B"));
    references.resume();
    world.run_until_idle();
    assert!(progress(references).is_complete());
    assert_eq!(count(references, "B").sets, 1);
    references
        .index()
        .with_untracked(|index| assert!(index.unreadable().is_empty(), "nothing counts twice"));
}

#[test]
fn a_tool_set_that_is_gone_has_no_tools_and_no_agents() {
    let world = World::connected();
    script_sets(&world, 1);
    let gone = || Reply::json(404, r#"{"code": 5, "message": "gone", "details": []}"#);
    world.script(Method::Get, "/tools?", gone());
    let references = references(&world);
    references.read(false);
    world.run_until_idle();
    assert!(progress(references).is_complete());
    let id = contract::ToolSetId::parse("s0").unwrap();
    world.script(Method::Get, "/usage?", gone());
    references.read_agents([id.clone()]);
    world.run_until_idle();
    references
        .agents()
        .with_untracked(|agents| assert_eq!(agents[&id], Agents::Read(Vec::new())));
}

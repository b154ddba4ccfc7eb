//! The lists of several workspaces at once: one limit for all, one answer for each.

use contract::WorkspaceId;
use strongroom_core::i18n::words;
use strongroom_core::list::server_filter::server_part;
use strongroom_core::list::{Arrangement, Query};

use super::*;
use crate::browser::tasks::memo;
use crate::components::permission::explained_reading_in;
use crate::pages::search::group::settle_unseen;
use crate::store::across::{Across, Progress, WorkspaceReading, use_across_with};
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;

const SECOND: Duration = Duration::from_secs(1);
const WORKSPACES: &str = "/v1/workspaces?";

/// A page with secrets of these numbers, and whether another follows.
fn page(numbers: impl IntoIterator<Item = u32>, cursor: Option<&str>) -> Reply {
    let secret =
        |number| format!(r#"{{"metadata": {{"id": "s-{number}", "name": "NAME_{number:02}"}}, "spec": {{}}}}"#);
    let items: Vec<String> = numbers.into_iter().map(secret).collect();
    let next = cursor.map(|cursor| format!(r#", "pagination": {{"nextCursor": "{cursor}"}}"#));
    Reply::json(
        200,
        format!(r#"{{"items": [{}]{}}}"#, items.join(","), next.unwrap_or_default()),
    )
}

/// The workspaces with these numbers; those from 90 on are archived.
fn workspaces(numbers: impl IntoIterator<Item = u32>) -> Reply {
    let workspace = |number: u32| {
        let status = if number < 90 {
            "STATUS_ENABLED"
        } else {
            "STATUS_ARCHIVED"
        };
        format!(
            r#"{{"metadata": {{"id": "w-{number}", "name": "Workspace {number}"}}, "spec": {{}}, "status": "{status}"}}"#
        )
    };
    let items: Vec<String> = numbers.into_iter().map(workspace).collect();
    Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(",")))
}

fn secrets_of(number: u32) -> &'static str {
    match number {
        1 => "/w-1/workspace_secrets",
        2 => "/w-2/workspace_secrets",
        3 => "/w-3/workspace_secrets",
        _ => "/workspace_secrets",
    }
}

fn id(number: u32) -> WorkspaceId {
    WorkspaceId::parse(format!("w-{number}")).unwrap()
}

fn connected(numbers: impl IntoIterator<Item = u32>) -> World {
    let world = World::new();
    world.script(Method::Get, WORKSPACES, workspaces(numbers));
    world.connect_as("key_alice", ALICE, false);
    world.run_until_idle();
    world.sent();
    world
}

/// A view across workspaces.
struct View {
    owner: Owner,
    across: Across,
}

fn open(world: &World, chosen: Signal<Option<Vec<WorkspaceId>>>) -> View {
    let owner = world.owner.child();
    let across = owner.with(|| use_across_with(chosen, Signal::stored(false)));
    world.run_until_idle();
    View { owner, across }
}

fn open_all(world: &World) -> View {
    open(world, Signal::stored(None))
}

impl View {
    fn readings(&self) -> Vec<WorkspaceReading> {
        self.across.readings().get_untracked()
    }

    fn progress(&self) -> Vec<Progress> {
        self.readings()
            .iter()
            .map(|reading| reading.progress.get_untracked())
            .collect()
    }

    fn names(&self) -> Vec<String> {
        self.readings()
            .iter()
            .map(|reading| reading.name().to_owned())
            .collect()
    }
}

fn complete(loaded: usize) -> Progress {
    Progress::Complete { loaded }
}

/// The number of requests for secrets that were sent since this was last asked.
fn asked(world: &World) -> usize {
    let sent = world.sent();
    sent.iter()
        .filter(|sent| sent.path.contains("/workspace_secrets"))
        .count()
}

#[test]
fn four_workspaces_are_read_at_once_and_each_says_how_far_it_is() {
    let world = connected(1..=6);
    for _ in 0..6 {
        world.script(Method::Get, "/workspace_secrets", page(0..10, None).after(SECOND));
    }
    let view = open_all(&world);
    assert_eq!(
        view.names(),
        (1..=6).map(|number| format!("Workspace {number}")).collect::<Vec<_>>()
    );
    assert_eq!(asked(&world), 4, "the others wait for their turn");
    assert_eq!(view.progress(), vec![Progress::Loading { loaded: 0 }; 6]);
    world.turn_clock(SECOND);
    assert_eq!(asked(&world), 2);
    let expected = [vec![complete(10); 4], vec![Progress::Loading { loaded: 0 }; 2]].concat();
    assert_eq!(
        view.progress(),
        expected,
        "a workspace that has loaded is shown while others load"
    );
    world.turn_clock(SECOND);
    assert_eq!(view.progress(), vec![complete(10); 6]);
}

#[test]
fn one_that_fails_stops_no_other_and_is_retried_alone() {
    let world = connected(1..=3);
    world.script(Method::Get, secrets_of(1), page(0..3, None));
    world.script(
        Method::Get,
        secrets_of(2),
        Reply::json(400, r#"{"code": 3, "message": "no"}"#),
    );
    world.script(Method::Get, secrets_of(3), page(0..5, None));
    let view = open_all(&world);
    let progress = view.progress();
    assert_eq!([&progress[0], &progress[2]], [&complete(3), &complete(5)]);
    let Progress::Failed { loaded: 0, failure } = &progress[1] else {
        panic!("{progress:?}")
    };
    assert_eq!(failure.request_id.as_deref(), Some("request_1"));
    asked(&world);
    world.script(Method::Get, secrets_of(2), page(0..4, None));
    view.across.retry(&id(2));
    world.run_until_idle();
    assert_eq!(asked(&world), 1, "nothing else is read again");
    assert_eq!(view.progress(), [complete(3), complete(4), complete(5)]);
}

#[test]
fn all_that_failed_are_retried_at_once() {
    let world = connected(1..=4);
    let broken = || Reply::json(501, r#"{"code": 12, "message": "no"}"#);
    world.script(Method::Get, secrets_of(1), page(0..3, None));
    world.script(Method::Get, secrets_of(2), broken());
    world.script(
        Method::Get,
        secrets_of(3),
        Reply::json(403, r#"{"code": 7, "message": "no", "details": []}"#),
    );
    world.script(Method::Get, secrets_of(4), broken());
    let view = open_all(&world);
    asked(&world);
    world.script(Method::Get, secrets_of(2), page(0..4, None));
    world.script(Method::Get, secrets_of(4), page(0..5, None));
    view.across.retry_failed();
    world.run_until_idle();
    assert_eq!(asked(&world), 2, "neither what is read nor what is refused");
    let progress = view.progress();
    assert_eq!(
        [&progress[0], &progress[1], &progress[3]],
        [&complete(3), &complete(4), &complete(5)]
    );
    assert!(matches!(progress[2], Progress::NoAccess(_)));
}

/// What is known of the workspaces is read by more than the run of an effect that opened their lists.
#[test]
fn a_view_that_was_opened_before_the_workspaces_came_reads_them_again() {
    let world = World::new();
    world.script(Method::Get, WORKSPACES, workspaces(1..=2).after(SECOND));
    world.connect_as("key_alice", ALICE, false);
    let view = open_all(&world);
    assert!(view.readings().is_empty());
    world.script(Method::Get, secrets_of(1), page(0..3, None));
    world.script(
        Method::Get,
        secrets_of(2),
        Reply::json(501, r#"{"code": 12, "message": "no"}"#),
    );
    world.turn_clock(SECOND);
    assert!(matches!(
        view.progress()[..],
        [Progress::Complete { loaded: 3 }, Progress::Failed { .. }]
    ));
    // The workspaces are old enough by now to be read with it.
    world.turn_clock(10 * SECOND);
    world.script(Method::Get, WORKSPACES, workspaces([1, 2, 90]));
    world.script(Method::Get, secrets_of(2), page(0..4, None));
    view.across.retry(&id(2));
    world.run_until_idle();
    assert_eq!(view.progress(), [complete(3), complete(4), Progress::Archived]);
}

#[test]
fn a_429_to_one_pauses_all_once() {
    let world = connected(1..=2);
    world.script(Method::Get, secrets_of(1), page(0..3, Some("a")));
    world.script(Method::Get, secrets_of(1), Reply::json(429, "{}").retry_after("20"));
    world.script(Method::Get, secrets_of(2), page(0..3, Some("a")).after(SECOND));
    let view = open_all(&world);
    world.turn_clock(2 * SECOND);
    let waits = |progress: &Progress| matches!(progress, Progress::Waiting { loaded: 3, .. });
    assert!(view.progress().iter().all(waits), "{:?}", view.progress());
    assert_eq!(asked(&world), 3, "the second asked nothing more");
    world.script(Method::Get, secrets_of(1), page(3..6, None));
    world.script(Method::Get, secrets_of(2), page(3..6, None));
    world.turn_clock(19 * SECOND);
    assert_eq!(view.progress(), [complete(6), complete(6)], "both go on by themselves");
}

#[test]
fn an_archived_workspace_is_named_and_not_read() {
    let world = connected([1, 90]);
    world.script(Method::Get, secrets_of(1), page(0..3, None));
    let view = open_all(&world);
    assert_eq!(view.progress(), [complete(3), Progress::Archived]);
    assert_eq!(view.names(), ["Workspace 1", "Workspace 90"]);
    assert!(view.readings()[1].list.is_none());
    assert_eq!(asked(&world), 1);
}

#[test]
fn a_workspace_that_is_archived_while_it_is_read_says_so() {
    let world = connected(1..=2);
    world.script(Method::Get, secrets_of(1), page(0..3, Some("a")));
    world.script(
        Method::Get,
        secrets_of(1),
        Reply::json(403, r#"{"code": 7, "message": "no"}"#).after(9 * SECOND),
    );
    world.script(Method::Get, secrets_of(2), page(0..3, None));
    let view = open_all(&world);
    assert_eq!(view.progress(), [Progress::Loading { loaded: 3 }, complete(3)]);
    // A refusal that names no scope: the workspaces are read again.
    world.script(Method::Get, WORKSPACES, workspaces([2]));
    world.turn_clock(9 * SECOND);
    assert_eq!(view.progress(), [Progress::Archived, complete(3)]);
    assert_eq!(view.names(), ["Workspace 1", "Workspace 2"], "it stays at its place");
}

#[test]
fn a_key_without_access_to_one_says_so() {
    let refusal = r#"{"code": 7, "message": "no", "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "MISSING_SCOPE", "domain": "cadenya.com", "metadata": {"required_scope": "secrets:manage"}}]}"#;
    let world = connected([1]);
    world.script(Method::Get, secrets_of(1), Reply::json(403, refusal));
    world.script(
        Method::Get,
        secrets_of(2),
        Reply::json(404, r#"{"code": 5, "message": "no"}"#),
    );
    let view = open(&world, Signal::stored(Some(vec![id(1), id(2)])));
    let progress = view.progress();
    assert!(
        matches!(progress[..], [Progress::NoAccess(_), Progress::NotFound(_)]),
        "{progress:?}"
    );
    assert_eq!(view.names(), ["Workspace 1", "w-2"], "what is not known has its id");
    let Progress::NotFound(failure) = &progress[1] else {
        unreachable!()
    };
    let told = world.with(|| untrack(|| explained_reading_in(&id(2), failure)));
    assert_eq!(told.reason, words::errors().no_such_workspace);
}

#[test]
fn workspaces_are_in_the_same_order_everywhere() {
    let world = connected([10, 2, 1]);
    for number in [1, 2] {
        world.script(Method::Get, secrets_of(number), page(0..3, None));
    }
    world.script(Method::Get, "/w-10/workspace_secrets", page(0..3, None));
    let view = open_all(&world);
    let expected = ["Workspace 1", "Workspace 2", "Workspace 10"];
    let known = || {
        let all = world.with(use_workspaces).all();
        all.into_iter()
            .map(|workspace| workspace.metadata.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (known(), view.names()),
        (
            expected.map(str::to_owned).to_vec(),
            expected.map(str::to_owned).to_vec()
        )
    );
    // A new name, a new place.
    let mut renamed = world.with(use_workspaces).all().remove(0);
    renamed.metadata.name = "Workspace 3".to_owned();
    world.with(use_workspaces).put(renamed);
    world.run_until_idle();
    assert_eq!(known(), ["Workspace 2", "Workspace 3", "Workspace 10"]);
    assert_eq!(view.names(), known());
}

#[test]
fn a_list_is_arranged_before_the_first_keystroke_but_not_while_its_rows_are_on_screen() {
    for (typed, is_arranged) in [("", true), ("name", false)] {
        let world = connected([1]);
        world.script(Method::Get, secrets_of(1), page(5..10, Some("a")));
        world.script(Method::Get, secrets_of(1), page(0..5, None).after(SECOND));
        let view = open_all(&world);
        let reading = view.readings().remove(0);
        let list = reading.list.unwrap();
        let text = view.owner.with(|| RwSignal::new(typed));
        let query = view.owner.with(|| memo(move |_| text.with(|text| Query::parse(text))));
        view.owner.with(|| settle_unseen(list, reading.progress, query));
        list.show(query.get_untracked(), Arrangement::ByName);
        let first = || list.with(|loaded| loaded.list().rows().name(loaded.shown()[0]).to_owned());
        assert_eq!(first().unwrap(), "NAME_05");
        world.turn_clock(SECOND);
        assert_eq!(view.progress(), [complete(10)]);
        assert_eq!(first().unwrap() == "NAME_00", is_arranged, "{typed:?}");
        text.set("name_0");
        world.run_until_idle();
        list.show(query.get_untracked(), Arrangement::ByName);
        assert_eq!(first().unwrap(), "NAME_00");
    }
}

#[test]
fn all_stop_and_resume_together() {
    let world = connected(1..=2);
    for number in 1..=2 {
        world.script(Method::Get, secrets_of(number), page(0..3, Some("a")));
        world.script(Method::Get, secrets_of(number), page(3..6, None).after(SECOND));
    }
    let view = open_all(&world);
    view.across.stop();
    world.turn_clock(2 * SECOND);
    assert_eq!(view.progress(), vec![Progress::Stopped { loaded: 3 }; 2]);
    for number in 1..=2 {
        world.script(Method::Get, secrets_of(number), page(3..6, None));
    }
    view.across.resume();
    world.run_until_idle();
    assert_eq!(view.progress(), vec![complete(6); 2]);
}

#[test]
fn the_choice_is_followed_and_what_was_read_is_kept() {
    let world = connected(1..=3);
    let chosen = world.owner.with(|| RwSignal::new(Some(vec![id(3)])));
    world.script(Method::Get, secrets_of(3), page(0..3, None));
    let view = open(&world, chosen.into());
    world.script(Method::Get, secrets_of(1), page(0..1, None));
    chosen.set(Some(vec![id(1)]));
    world.run_until_idle();
    assert_eq!(
        (view.names(), view.progress()),
        (vec!["Workspace 1".to_owned()], vec![complete(1)])
    );
    asked(&world);
    chosen.set(Some(vec![id(3), id(1)]));
    world.run_until_idle();
    assert_eq!(view.progress(), [complete(3), complete(1)]);
    assert_eq!(asked(&world), 0, "both are loaded");
    view.owner.cleanup();
    world.script(Method::Get, secrets_of(2), page(0..2, None));
    let other = open_all(&world);
    assert_eq!(asked(&world), 1, "two of three are kept after the view is closed");
    assert_eq!(other.names().len(), 3);
}

#[test]
fn the_last_use_is_read_once_it_is_needed() {
    let world = connected([1]);
    world.script(Method::Get, secrets_of(1), page(0..3, None));
    let needs = world.owner.with(|| RwSignal::new(false));
    let owner = world.owner.child();
    let across = owner.with(|| use_across_with(Signal::stored(None), needs.into()));
    world.run_until_idle();
    assert!(!world.sent().iter().any(|sent| sent.path.contains("includeInfo")));
    world.script(Method::Get, secrets_of(1), page(0..3, None));
    needs.set(true);
    world.run_until_idle();
    assert!(world.sent().iter().any(|sent| sent.path.contains("includeInfo=true")));
    needs.set(false);
    world.run_until_idle();
    assert_eq!(asked(&world), 0, "what is known stays known");
    let progress = across.readings().get_untracked()[0].progress.get_untracked();
    assert_eq!(progress, complete(3));
}

#[test]
fn without_a_workspace_there_is_nothing_to_read() {
    let world = connected([]);
    let view = open_all(&world);
    assert!(view.readings().is_empty());
    assert_eq!(asked(&world), 0);
}

#[test]
fn another_account_starts_anew() {
    let world = connected(1..=2);
    for number in 1..=2 {
        world.script(Method::Get, secrets_of(number), page(0..3, None));
    }
    let view = open_all(&world);
    assert_eq!(view.progress(), vec![complete(3); 2]);
    // Lists on screen are read again at once; those of no workspace of the new account then end.
    for number in 1..=2 {
        world.script(Method::Get, secrets_of(number), Reply::silence());
    }
    world.script(Method::Get, WORKSPACES, workspaces([3]));
    world.script(Method::Get, secrets_of(3), page(0..1, None));
    world.connect_as("key_bob", BOB, false);
    world.run_until_idle();
    assert_eq!(
        (view.names(), view.progress()),
        (vec!["Workspace 3".to_owned()], vec![complete(1)])
    );
}

#[test]
fn a_filter_is_answered_from_what_is_loaded() {
    let world = connected(1..=2);
    world.script(Method::Get, secrets_of(1), page(0..20, None));
    world.script(Method::Get, secrets_of(2), page(10..30, None));
    let view = open_all(&world);
    asked(&world);
    let shown = |text: &str| -> Vec<usize> {
        let show = |reading: &WorkspaceReading| {
            let list = reading.list.unwrap();
            list.show(Query::parse(text), Arrangement::ByName);
            list.shown().get_untracked()
        };
        view.readings().iter().map(show).collect()
    };
    assert_eq!(shown("name_1"), [10, 10]);
    assert_eq!(shown("name_25"), [0, 1]);
    assert_eq!(asked(&world), 0);
    // What the palette finds.
    let found = world.with(use_secret_lists).find_loaded(None, "name_15", 8).secrets;
    let workspaces: Vec<&str> = found.iter().map(|found| found.workspace.as_str()).collect();
    assert_eq!(workspaces, ["w-1", "w-2"]);
}

#[test]
fn what_the_server_found_while_a_workspace_failed_stays_when_it_is_retried() {
    let world = connected([1]);
    world.script(
        Method::Get,
        secrets_of(1),
        Reply::json(501, r#"{"code": 12, "message": "no"}"#).after(SECOND),
    );
    let view = open_all(&world);
    let list = view.readings()[0].list.unwrap();
    world.script(Method::Get, "query=name_2", page(20..30, None).after(2 * SECOND));
    let query = Query::parse("name_2");
    list.show(query.clone(), Arrangement::ByName);
    list.search(server_part(&query));
    world.turn_clock(3 * SECOND);
    assert!(
        matches!(view.progress()[..], [Progress::Failed { loaded: 10, .. }]),
        "{:?}",
        view.progress()
    );
    world.script(Method::Get, secrets_of(1), page(0..15, Some("a")));
    world.script(Method::Get, secrets_of(1), page(15..30, None));
    view.across.retry(&id(1));
    world.run_until_idle();
    assert_eq!(
        (view.progress(), list.shown().get_untracked()),
        (vec![complete(30)], 10)
    );
}

//! What is read: first it loads, then it is read again while the fault is there.

use contract::calls::{self, ProfileQuery};
use contract::{Failure, WorkspaceId};
use strongroom_core::i18n::failure::{Explanation, explain};
use strongroom_core::list::reading;
use strongroom_core::model::remote::Remote;
use strongroom_core::route::CompareState;

use super::page::assert_table;
use super::{Fault, Row};
use crate::components::messages::explained_reading;
use crate::components::permission::explained_reading_in;
use crate::flows::*;
use crate::pages::compare::comparison::Comparison;
use crate::pages::workspaces::detail;
use crate::store::account_workspaces::AccountWorkspaces;
use crate::store::across::{Across, Progress, use_across_with};
use crate::store::pages::read_all;
use crate::store::query::{Query, query};
use crate::store::workspaces::use_workspaces;

const SECOND: Duration = Duration::from_secs(1);
const OWN: &str = "/v1/workspaces?";
const TOTALS: &str = "includeInfo=true";
const ACCOUNT: &str = "/v1/account/workspaces?";
const MEMBERS: &str = "/members?";
const PEOPLE: &str = "/v1/account/profiles?";
/// The second page of the secrets of a workspace.
const SECOND_PAGE: &str = "cursor=a";

fn id(id: &str) -> WorkspaceId {
    WorkspaceId::parse(id).unwrap()
}

fn page(items: &[&str]) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(",")))
}

/// How far a view is.
enum Seen {
    Reading,
    /// It goes on by itself.
    Waiting,
    Failed(Explanation),
    Done,
}

/// A view that reads.
struct View {
    /// The path of the call that fails.
    path: &'static str,
    /// Reads it again after it was read.
    again: Box<dyn Fn()>,
    /// “Try again”.
    retry: Box<dyn Fn()>,
    seen: Box<dyn Fn() -> Seen>,
    /// How many items are shown.
    items: Box<dyn Fn() -> usize>,
    /// Whether it is read by the pager of lists, which waits as often as the server asks.
    is_list: bool,
}

/// A tab that was connected some time ago, with two workspaces and a server that does everything.
fn connected() -> World {
    let world = World::new();
    let workspace = |number| {
        format!(
            r#"{{"metadata": {{"id": "w-{number}", "name": "Workspace {number}"}}, "spec": {{}}, "status": "STATUS_ENABLED"}}"#
        )
    };
    let workspaces = [workspace(1), workspace(2)];
    let workspaces = page(&workspaces.each_ref().map(String::as_str));
    for path in [OWN, TOTALS, ACCOUNT] {
        world.server.always(Method::Get, path, workspaces.clone());
    }
    world.connect_as("key_alice", ALICE, false);
    world.turn_clock(20 * SECOND);
    world.sent();
    world
}

/// Runs a fault through a view.
fn row(fault: &Fault, open: impl Fn(&World) -> View) -> Row {
    let world = connected();
    let view = open(&world);
    settle(&world, &view);
    assert!(matches!((view.seen)(), Seen::Done), "{}: it loads at first", fault.name);
    let before = (view.items)();
    assert!(before > 0);
    world.sent();
    world.server.always(Method::Get, view.path, fault.reply.clone());
    (view.again)();
    // A query begins a moment after it was asked to.
    world.run_until_idle();
    settle(&world, &view);
    let is_asked_for = |sent: &Sent| sent.path.contains(view.path);
    let sent = world.sent().iter().filter(|sent| is_asked_for(sent)).count();
    let is_key_refused = matches!(world.state(), State::Expired(_));
    let (mut told, mut then) = (Vec::new(), Vec::new());
    let mut count = sent.to_string();
    let seen = (view.seen)();
    let waits = |told: &mut Vec<String>| {
        // The pager of lists waits as often as the server asks.
        assert!(
            view.is_list && fault.name == "429, `Retry-After: 2`",
            "{}: it ends",
            fault.name
        );
        told.push("it waits as the server asks".to_owned());
        "until it ends".to_owned()
    };
    let can_retry = match seen {
        Seen::Waiting | Seen::Reading => {
            count = waits(&mut told);
            false
        }
        Seen::Failed(explanation) => {
            // A refused cursor starts a new reading once.
            let is_cursor = view.path == SECOND_PAGE && fault.name.starts_with("400");
            let tries = if fault.is_repeated {
                3
            } else {
                1 + usize::from(is_cursor)
            };
            assert_eq!(sent, tries, "{}", fault.name);
            let has_id = explanation.details.iter().any(|(_, value)| value == "request_1");
            let is_answered =
                !["a redirect", "no connection", "the answer breaks off", "no answer"].contains(&fault.name);
            assert_eq!(
                has_id, is_answered,
                "{}: the request ID is among the details",
                fault.name
            );
            told.push(format!("{}: {}", explanation.title, explanation.reason));
            explanation.can_retry
        }
        Seen::Done => false,
    };
    let kept = (view.items)();
    assert!(kept > 0, "{}: what was there stays", fault.name);
    world.server.no_longer();
    if is_key_refused {
        world.connect_as("key_of_today", ALICE, false);
        then.push("a key is asked for in place; then it is read again");
    } else if can_retry || matches!((view.seen)(), Seen::Failed(_)) {
        // What a page offers instead, it offers in place: the list is asked for again.
        (view.retry)();
        then.push(if can_retry {
            "“Try again” loads it"
        } else {
            "reading it again loads it"
        });
    } else if count == "until it ends" {
        then.push("it goes on by itself");
    } else {
        then.push("—");
    }
    world.turn_clock(20 * SECOND);
    settle(&world, &view);
    assert!(matches!((view.seen)(), Seen::Done), "{}: then it works", fault.name);
    assert!((view.items)() >= before, "{}", fault.name);
    Row {
        told,
        sent: count,
        kept: "what was read",
        then: then.join("; "),
    }
}

/// Lets time pass until it is read, has failed, or has waited for a while.
fn settle(world: &World, view: &View) {
    for _ in 0..400 {
        match (view.seen)() {
            Seen::Reading => {}
            Seen::Waiting => {
                world.turn_clock(10 * SECOND);
                if matches!((view.seen)(), Seen::Waiting) {
                    return;
                }
            }
            Seen::Failed(_) | Seen::Done => return,
        }
        world.turn_clock(SECOND);
    }
}

/// What a [`Query`] shows.
fn of_query<Data: Clone + Send + Sync + 'static>(
    query: Query<Data>,
    explain: impl Fn(&Failure) -> Explanation + 'static,
) -> impl Fn() -> Seen {
    let state = query.state();
    move || {
        state.with_untracked(|state: &Remote<Data, Failure>| match (&state.error, &state.data) {
            _ if state.is_reading() => Seen::Reading,
            (Some(failure), _) => Seen::Failed(explain(failure)),
            (None, Some(_)) => Seen::Done,
            (None, None) => Seen::Reading,
        })
    }
}

/// Runs `act` as a component, of which nothing ends before the test.
fn in_view<Answer>(world: &World, act: impl FnOnce() -> Answer) -> Answer {
    let owner: &'static Owner = Box::leak(Box::new(world.owner.child()));
    owner.with(act)
}

fn the_workspaces(world: &World) -> View {
    let workspaces = world.with(use_workspaces);
    let archived = world.with(|| RwSignal::new(false));
    let session = world.session();
    let listed = in_view(world, || AccountWorkspaces::open(session, workspaces, archived.into()));
    View {
        path: ACCOUNT,
        again: Box::new(move || listed.refresh()),
        retry: Box::new(move || listed.retry()),
        seen: Box::new(move || {
            untrack(|| match (listed.failure(), listed.is_reading()) {
                (_, true) => Seen::Reading,
                (Some(failure), false) => Seen::Failed(explain(&failure)),
                (None, false) => Seen::Done,
            })
        }),
        items: Box::new(move || untrack(|| listed.rows().len())),
        is_list: true,
    }
}

fn one_workspace(world: &World) -> View {
    let workspaces = world.with(use_workspaces);
    let session = world.session();
    let one = in_view(world, || {
        query(|| id("w-1"), move |id| workspaces.read(id)).again_with_key(session)
    });
    View {
        path: TOTALS,
        again: Box::new(move || one.reload()),
        retry: Box::new(move || one.reload()),
        seen: Box::new(of_query(one, detail::explained)),
        items: Box::new(move || one.state().with_untracked(|state| usize::from(state.data.is_some()))),
        is_list: false,
    }
}

fn the_members(world: &World) -> View {
    let session = world.session();
    world.server.always(
        Method::Get,
        MEMBERS,
        page(&[r#"{"profileId": "p-zoe", "actorId": "actor", "name": "Zoë", "email": "zoe@example.com"}"#]),
    );
    let members = in_view(world, || {
        let read =
            move |()| async move { read_all(session, |cursor| calls::list_members(&id("w-1"), 100, cursor)).await };
        query(|| (), read).again_with_key(session)
    });
    let owner = world.owner.clone();
    View {
        path: MEMBERS,
        again: Box::new(move || members.reload()),
        retry: Box::new(move || members.reload()),
        seen: Box::new(of_query(members, move |failure| {
            owner.with(|| untrack(|| explained_reading_in(&id("w-1"), failure)))
        })),
        items: Box::new(move || {
            members
                .state()
                .with_untracked(|state| state.data.as_ref().map_or(0, |all| all.items.len()))
        }),
        is_list: false,
    }
}

fn people(world: &World) -> View {
    let session = world.session();
    world.server.always(
        Method::Get,
        PEOPLE,
        page(&[r#"{"metadata": {"id": "p-zoe"}, "spec": {"name": "Zoë"}}"#]),
    );
    let people = in_view(world, || {
        let read = move |()| async move {
            let query = ProfileQuery {
                text: Some("zo".to_owned()),
                ..ProfileQuery::default()
            };
            session.send(calls::search_profiles(&query, 20, None)).await
        };
        query(|| (), read).again_with_key(session)
    });
    View {
        path: PEOPLE,
        again: Box::new(move || people.reload()),
        retry: Box::new(move || people.reload()),
        seen: Box::new(of_query(people, explained_reading)),
        items: Box::new(move || {
            people
                .state()
                .with_untracked(|state| state.data.as_ref().map_or(0, |page| page.items.len()))
        }),
        is_list: false,
    }
}

/// The secrets of two workspaces, of which the first has two pages.
fn script_secrets(world: &World) {
    let secret = |name| format!(r#"{{"metadata": {{"id": "s-{name}", "name": "{name}"}}, "spec": {{}}}}"#);
    let first = format!(r#"{{"items": [{}], "pagination": {{"nextCursor": "a"}}}}"#, secret("A"));
    world
        .server
        .always(Method::Get, "/w-1/workspace_secrets?", Reply::json(200, first));
    world
        .server
        .always(Method::Get, "/w-2/workspace_secrets?", page(&[&secret("C")]));
    world.server.always(Method::Get, SECOND_PAGE, page(&[&secret("B")]));
}

fn across_view(world: &World, across: Across) -> View {
    let reading = move || across.readings().get_untracked()[0].clone();
    let is_in = move |is_it: &dyn Fn(&reading::State<Failure>) -> bool| {
        let list = reading().list.unwrap();
        list.progress().with_untracked(|progress| is_it(&progress.state))
    };
    let owner = world.owner.clone();
    View {
        path: SECOND_PAGE,
        again: Box::new(move || {
            let list = reading().list.unwrap();
            list.refresh();
        }),
        retry: Box::new(move || across.retry(&id("w-1"))),
        seen: Box::new(move || match reading().progress.get_untracked() {
            // A list that is read again says nothing of it before it fails.
            Progress::Complete { .. } if is_in(&|state| matches!(state, reading::State::Reading)) => Seen::Reading,
            Progress::Complete { .. } if is_in(&|state| matches!(state, reading::State::Waiting(_))) => Seen::Waiting,
            Progress::Loading { .. } => Seen::Reading,
            Progress::Waiting { .. } => Seen::Waiting,
            Progress::NoAccess(failure) | Progress::NotFound(failure) | Progress::Failed { failure, .. } => {
                Seen::Failed(owner.with(|| untrack(|| explained_reading_in(&id("w-1"), &failure))))
            }
            Progress::Complete { .. } => Seen::Done,
            Progress::Stopped { .. } | Progress::Archived => panic!("nobody has done that"),
        }),
        items: Box::new(move || {
            let count = |reading: &crate::store::across::WorkspaceReading| {
                reading
                    .list
                    .and_then(|list| list.with(|loaded| loaded.list().order().count()))
                    .unwrap_or(0)
            };
            across.readings().get_untracked().iter().map(count).sum()
        }),
        is_list: true,
    }
}

fn the_search(world: &World) -> View {
    script_secrets(world);
    let across = in_view(world, || use_across_with(Signal::stored(None), Signal::stored(false)));
    across_view(world, across)
}

fn the_overview(world: &World) -> View {
    script_secrets(world);
    // It needs to know when each was last used.
    let across = in_view(world, || use_across_with(Signal::stored(None), Signal::stored(true)));
    across_view(world, across)
}

fn the_comparison(world: &World) -> View {
    script_secrets(world);
    let comparison = in_view(world, || {
        let state = CompareState {
            workspaces: vec![id("w-1"), id("w-2")],
            ..CompareState::default()
        };
        Comparison::new(Signal::stored(state))
    });
    across_view(world, comparison.across())
}

#[test]
fn every_fault_in_reading_the_workspaces() {
    assert_table("Reading the workspaces of the account", "kept", |fault| {
        row(fault, the_workspaces)
    });
}

#[test]
fn every_fault_in_reading_one_workspace() {
    assert_table("Reading one workspace", "kept", |fault| row(fault, one_workspace));
}

#[test]
fn every_fault_in_reading_the_members() {
    assert_table("Reading the members of a workspace", "kept", |fault| {
        row(fault, the_members)
    });
}

#[test]
fn every_fault_in_searching_people() {
    assert_table("Searching people", "kept", |fault| row(fault, people));
}

#[test]
fn every_fault_in_reading_across_workspaces() {
    assert_table(
        "Reading secrets across workspaces (search, overview, comparison)",
        "kept",
        |fault| {
            let search = row(fault, the_search);
            for (view, other) in [
                ("overview", row(fault, the_overview)),
                ("comparison", row(fault, the_comparison)),
            ] {
                assert_eq!(other, search, "{}: the {view} does as the search", fault.name);
            }
            search
        },
    );
}

//! Workspaces side by side over time: pages that come in, one that fails, and one secret created in several.

use contract::WorkspaceId;
use strongroom_core::compare::grid::Shown;
use strongroom_core::model::write_outcome::PAUSE;
use strongroom_core::route::{CompareBy, CompareShow, CompareState};

use super::*;
use crate::components::create_run::Outcome;
use crate::pages::compare::comparison::Comparison;
use crate::pages::compare::several::{Several, Target, is_creatable};
use crate::store::notices::use_notices;
use crate::store::references::use_references;
use crate::store::secret_lists::use_secret_lists;

const SECOND: Duration = Duration::from_secs(1);
const FIRST: &str = "/w-1/workspace_secrets?";
const SECONDS: &str = "/w-2/workspace_secrets?";
const THIRD: &str = "/w-3/workspace_secrets?";

fn id(number: u32) -> WorkspaceId {
    WorkspaceId::parse(format!("w-{number}")).unwrap()
}

fn connected() -> World {
    let world = World::new();
    let workspace = |number| {
        format!(
            r#"{{"metadata": {{"id": "w-{number}", "name": "Workspace {number}"}}, "spec": {{}}, "status": "STATUS_ENABLED"}}"#
        )
    };
    let items: Vec<String> = (1..=3).map(workspace).collect();
    let page = Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(",")));
    world.script(Method::Get, "/v1/workspaces?", page);
    world.connect_as("key_alice", ALICE, false);
    world.run_until_idle();
    world.sent();
    world
}

fn secret(id: &str, name: &str, labels: &str) -> String {
    format!(
        r#"{{"metadata": {{"id": "{id}", "name": "{name}", "externalId": "x-{name}", "labels": {{{labels}}}}}, "spec": {{}}}}"#
    )
}

fn page(secrets: &[String], cursor: &str) -> Reply {
    Reply::json(
        200,
        format!(
            r#"{{"items": [{}], "pagination": {{"nextCursor": "{cursor}"}}}}"#,
            secrets.join(",")
        ),
    )
}

fn named(names: &[&str], cursor: &str) -> Reply {
    let secrets: Vec<String> = names
        .iter()
        .map(|name| secret(&format!("s-{name}"), name, ""))
        .collect();
    page(&secrets, cursor)
}

fn refused(status: u16) -> Reply {
    Reply::json(status, r#"{"code": 3, "message": "no"}"#)
}

/// The view, and the address that it follows.
struct View {
    owner: Owner,
    comparison: Comparison,
    state: RwSignal<CompareState>,
}

fn open(world: &World, workspaces: &[u32]) -> View {
    let owner = world.owner.child();
    let state = CompareState {
        workspaces: workspaces.iter().map(|number| id(*number)).collect(),
        ..CompareState::default()
    };
    let state = owner.with(|| RwSignal::new(state));
    let comparison = owner.with(|| Comparison::new(state.into()));
    world.run_until_idle();
    View {
        owner,
        comparison,
        state,
    }
}

impl View {
    /// The cells of a line, in words.
    fn line(&self, name: &str) -> Vec<String> {
        self.comparison.joined().with_untracked(|joined| {
            let line = (0..joined.grid.len())
                .find(|line| &*joined.grid.title(*line).unwrap().text == name)
                .expect(name);
            let now = self.comparison.now();
            joined.with_rows(&mut |rows| {
                (0..joined.ids.len())
                    .map(|column| joined.details(rows, line, column, now))
                    .collect()
            })
        })
    }

    fn lines(&self) -> usize {
        self.comparison.lines.get_untracked().len()
    }

    /// The form for a line, as the dialog opens it.
    fn several(&self, name: &str) -> Several {
        let (fields, targets) = self.comparison.joined().with_untracked(|joined| {
            let line = (0..joined.grid.len())
                .find(|line| &*joined.grid.title(*line).unwrap().text == name)
                .unwrap();
            let fields = joined.model(line).0;
            let target = |column: usize| {
                (
                    joined.ids[column].clone(),
                    joined.names[column].clone(),
                    is_creatable(joined, line, column),
                )
            };
            (fields, (0..joined.ids.len()).map(target).collect::<Vec<_>>())
        });
        self.owner.with(|| {
            let target = |(id, name, is_missing): (WorkspaceId, String, bool)| {
                Target::new(id, name, (!is_missing).then_some("exists"))
            };
            Several::new(
                fields,
                Some("Workspace 1".to_owned()),
                targets.into_iter().map(target).collect(),
            )
        })
    }
}

#[test]
fn nothing_is_missing_from_a_workspace_before_all_of_it_is_loaded() {
    let world = connected();
    world.script(Method::Get, FIRST, named(&["A", "B"], ""));
    world.script(Method::Get, SECONDS, named(&["B"], "more"));
    world.script(Method::Get, SECONDS, named(&["C"], "").after(SECOND));
    let view = open(&world, &[1, 2]);
    world.turn_clock(SECOND / 2);
    assert_eq!(view.line("A"), ["present", "not loaded yet"]);
    assert_eq!(view.line("B"), ["present", "present"]);
    world.turn_clock(2 * SECOND);
    assert_eq!(view.line("A"), ["present", "missing"]);
    assert_eq!(view.line("C"), ["missing", "present"]);
    assert_eq!(view.lines(), 3);
    view.state.update(|state| state.show = CompareShow::Only(id(1)));
    world.run_until_idle();
    assert_eq!(view.lines(), 1);
    view.comparison.typed.set("b".to_owned());
    world.run_until_idle();
    assert_eq!(view.lines(), 0);
}

#[test]
fn the_first_and_the_last_page_do_not_wait() {
    let world = connected();
    world.script(Method::Get, FIRST, named(&["A"], ""));
    world.script(Method::Get, SECONDS, named(&["B"], "more").after(SECOND / 10));
    world.script(Method::Get, SECONDS, named(&["C"], "").after(SECOND / 10));
    let view = open(&world, &[1, 2]);
    assert_eq!(view.lines(), 1);
    world.turn_clock(SECOND / 10);
    assert_eq!(view.lines(), 1, "more is to come");
    world.turn_clock(SECOND / 10);
    assert_eq!(view.lines(), 3);
    assert_eq!(view.line("A"), ["present", "missing"]);
}

#[test]
fn pages_that_come_in_quickly_are_joined_together() {
    let world = connected();
    world.script(Method::Get, FIRST, named(&["A"], ""));
    for number in 0..20 {
        let cursor = if number < 19 { number.to_string() } else { String::new() };
        let name = format!("N{number}");
        let reply = page(&[secret(&name, &name, "")], &cursor).after(Duration::from_millis(50));
        world.script(Method::Get, SECONDS, reply);
    }
    let view = open(&world, &[1, 2]);
    let joins = Rc::new(std::cell::Cell::new(0));
    let counted = Rc::clone(&joins);
    view.owner.with(|| {
        let joined = view.comparison.joined();
        crate::browser::tasks::follow(move || {
            joined.track();
            counted.set(counted.get() + 1);
        });
    });
    world.turn_clock(3 * SECOND);
    assert_eq!(view.lines(), 21);
    assert!(joins.get() < 8, "{} joins of 20 pages", joins.get());
}

#[test]
fn one_that_fails_or_is_refused_keeps_no_other_from_being_compared() {
    let world = connected();
    world.script(Method::Get, FIRST, named(&["A"], ""));
    world.script(Method::Get, SECONDS, refused(400));
    world.script(Method::Get, THIRD, refused(403));
    let view = open(&world, &[1, 2, 3]);
    world.turn_clock(SECOND);
    assert_eq!(view.line("A"), ["present", "failed to load", "no access"]);
    view.comparison.joined().with_untracked(|joined| {
        assert_eq!(joined.grid.count(Shown::Missing, &joined.known), 0, "nobody knows");
    });
    world.script(Method::Get, SECONDS, named(&["A", "B"], ""));
    view.comparison.across().retry(&id(2));
    world.turn_clock(SECOND);
    assert_eq!(view.line("A"), ["present", "present", "no access"]);
    assert_eq!(view.line("B"), ["missing", "present", "no access"]);
}

#[test]
fn an_address_with_an_unknown_workspace_says_so() {
    let world = connected();
    world.script(Method::Get, FIRST, named(&["A"], ""));
    world.script(Method::Get, "/w-9/workspace_secrets", refused(404));
    let view = open(&world, &[1, 9]);
    world.turn_clock(SECOND);
    assert_eq!(view.line("A"), ["present", "not found"]);
}

#[test]
fn another_key_joins_at_once_and_a_removed_workspace_is_gone() {
    let world = connected();
    world.script(Method::Get, FIRST, page(&[secret("a", "A", r#""env": "prod""#)], ""));
    world.script(Method::Get, SECONDS, page(&[secret("b", "A", r#""env": "dev""#)], ""));
    let view = open(&world, &[1, 2]);
    world.turn_clock(SECOND);
    assert_eq!(
        view.line("A"),
        ["present", "present, labels differ from Workspace 1: env"]
    );
    view.state.update(|state| state.by = CompareBy::ExternalId);
    world.run_until_idle();
    assert_eq!(view.line("x-A").len(), 2);
    view.state.update(|state| state.workspaces.truncate(1));
    world.run_until_idle();
    assert_eq!(view.line("x-A"), ["present"]);
}

#[test]
fn what_this_console_changes_is_compared_anew() {
    let world = connected();
    world.script(Method::Get, FIRST, named(&["A"], ""));
    world.script(Method::Get, SECONDS, named(&["A"], ""));
    let view = open(&world, &[1, 2]);
    world.turn_clock(SECOND);
    let lists = world.with(use_secret_lists);
    lists.hide(&id(2), &contract::SecretId::parse("s-A").unwrap());
    world.turn_clock(SECOND);
    assert_eq!(view.line("A"), ["present", "missing"]);
}

#[test]
fn a_name_that_is_referred_to_and_missing_says_so() {
    let world = connected();
    world.script(Method::Get, FIRST, named(&["A"], ""));
    world.script(Method::Get, SECONDS, named(&[], ""));
    let view = open(&world, &[1, 2]);
    world.turn_clock(SECOND);
    assert_eq!(view.line("A"), ["present", "missing"]);
    let set = r#"{"items": [{"metadata": {"id": "t", "name": "Set"}, "state": "STATE_ACTIVE", "spec": {"adapter": {"type": "http",
        "http": {"headers": {"Authorization": "Bearer ${A}"}}}}}]}"#;
    world.script(Method::Get, "/w-2/tool_sets?", Reply::json(200, set));
    world.script(Method::Get, "/tools?", Reply::json(200, r#"{"items": []}"#));
    world.with(|| use_references().of(&id(2))).read(false);
    world.turn_clock(SECOND);
    assert_eq!(view.line("A"), ["present", "missing, referred to by tool sets"]);
}

fn created(id: &str) -> Reply {
    Reply::json(201, secret(id, "A", r#""env": "prod""#)).after(SECOND)
}

/// A view in which A is missing in two workspaces of three.
fn missing_in_two(world: &World) -> View {
    world.script(
        Method::Get,
        FIRST,
        page(&[secret("a", "A", r#""env": "prod", "bundle_key": "core""#)], ""),
    );
    world.script(Method::Get, SECONDS, named(&[], ""));
    world.script(Method::Get, THIRD, named(&[], ""));
    let view = open(world, &[1, 2, 3]);
    world.turn_clock(SECOND);
    world.sent();
    view
}

#[test]
fn one_value_goes_to_each_chosen_workspace_and_each_has_its_result() {
    let world = connected();
    let view = missing_in_two(&world);
    let several = view.several("A");
    assert_eq!(several.chosen(), [1, 2], "not where it exists");
    assert!(world.sent().is_empty(), "nothing is sent before it is asked for");
    world.script(Method::Post, "/w-2/workspace_secrets", created("b"));
    world.script(Method::Post, "/w-3/workspace_secrets", refused(400).after(SECOND));
    assert!(several.start(Some(SecretText::new("hunter2"))));
    world.run_until_idle();
    assert_eq!(
        [several.outcome(1), several.outcome(2)],
        [Outcome::Creating, Outcome::Waiting]
    );
    assert!(!several.start(None), "it is under way");
    world.turn_clock(3 * SECOND);
    let sent = world.sent();
    assert_eq!(sent.len(), 2, "one request for each");
    for sent in &sent {
        assert!(
            sent.body.contains(r#""value":"hunter2""#) && sent.body.contains(r#""env":"prod""#),
            "{}",
            sent.body
        );
        assert!(
            !sent.body.contains("bundle_key"),
            "a bundle is owned by whatever made it"
        );
    }
    assert_eq!(
        several.outcome(1),
        Outcome::Created(contract::SecretId::parse("b").unwrap())
    );
    assert!(matches!(several.outcome(2), Outcome::Failed(_)));
    assert_eq!(view.line("A")[1], "present, bundle differs from Workspace 1");
    assert_eq!(several.chosen(), [2], "only what failed is left");
    assert!(!several.is_done());

    world.script(Method::Post, "/w-3/workspace_secrets", created("c"));
    assert!(several.start(Some(SecretText::new("hunter2"))));
    world.turn_clock(2 * SECOND);
    assert!(several.is_done());
    assert_eq!(world.sent().len(), 1);
    let created = "present, bundle differs from Workspace 1";
    assert_eq!(view.line("A"), ["present, managed by core", created, created]);
}

/// What the server lists of a workspace in a look-up.
fn found(items: &str) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{items}]}}"#))
}

/// The second workspace of a form, in which a create may have arrived.
fn lost_in_second(world: &World, view: &View) -> Several {
    let several = view.several("A");
    world.script(Method::Post, "/w-2/workspace_secrets", Reply::json(504, ""));
    // Two looks, each by name and by external ID.
    for _ in 0..4 {
        world.script(Method::Get, "/w-2/workspace_secrets", found(""));
    }
    world.script(Method::Post, "/w-3/workspace_secrets", created("c"));
    several.start(Some(SecretText::new("v")));
    world.turn_clock(PAUSE + 2 * SECOND);
    let outcome = several.outcome(1);
    assert!(
        matches!(&outcome, Outcome::Unknown(reason) if reason.contains("check again")),
        "{outcome:?}"
    );
    assert_eq!(several.chosen(), [1]);
    world.sent();
    several
}

const MADE: &str = r#"{"metadata": {"id": "b", "name": "A", "externalId": "x-A", "profileId": "profile_alice",
    "labels": {"env": "prod"},
    "createdAt": "2026-11-26T12:00:00Z"}}"#;

#[test]
fn a_create_that_may_have_arrived_is_looked_for_when_asked() {
    let world = connected();
    let view = missing_in_two(&world);
    let several = lost_in_second(&world, &view);
    world.script(Method::Get, "/w-2/workspace_secrets", found(MADE).after(SECOND));
    several.run.look_again(1);
    world.run_until_idle();
    assert_eq!(several.outcome(1), Outcome::Looking);
    assert!(
        !several.run.is_running() && !several.start(None),
        "nothing is sent meanwhile"
    );
    world.turn_clock(SECOND);
    assert_eq!(
        several.outcome(1),
        Outcome::Created(contract::SecretId::parse("b").unwrap())
    );
    assert!(several.is_done() && world.sent().iter().all(|sent| sent.method == Method::Get));
}

#[test]
fn what_an_earlier_create_made_is_not_told_as_made_with_the_value_of_now() {
    let world = connected();
    let view = missing_in_two(&world);
    let several = lost_in_second(&world, &view);
    world.script(Method::Get, "/w-2/workspace_secrets", found(MADE));
    several.start(Some(SecretText::new("another value")));
    world.turn_clock(30 * SECOND);
    let outcome = several.outcome(1);
    assert!(
        matches!(&outcome, Outcome::Failed(reason) | Outcome::Unknown(reason)
            if reason == "Your first attempt created A. Check its value."),
        "{outcome:?}"
    );
    assert!(world.sent().iter().all(|sent| sent.method == Method::Get));
}

#[test]
fn a_create_that_may_have_arrived_is_looked_for_before_another_is_sent() {
    let world = connected();
    let view = missing_in_two(&world);
    let several = lost_in_second(&world, &view);
    // The server can't be asked: nothing is sent.
    for _ in 0..3 {
        world.script(Method::Get, "/w-2/workspace_secrets", refused(503));
    }
    several.start(Some(SecretText::new("v")));
    world.turn_clock(30 * SECOND);
    assert!(matches!(several.outcome(1), Outcome::Unknown(_)));
    assert!(world.sent().iter().all(|sent| sent.method == Method::Get));
    // It is not there: it is sent, and was not before.
    // Two looks, each by name and by external ID.
    for _ in 0..4 {
        world.script(Method::Get, "/w-2/workspace_secrets", found(""));
    }
    world.script(Method::Post, "/w-2/workspace_secrets", created("b"));
    several.start(Some(SecretText::new("v")));
    world.turn_clock(30 * SECOND);
    assert!(several.is_done());
    let posts = world.sent().iter().filter(|sent| sent.method == Method::Post).count();
    assert_eq!(posts, 1);
}

#[test]
fn a_stopped_run_sends_no_more_and_one_that_is_left_goes_on() {
    let world = connected();
    let view = missing_in_two(&world);
    let several = view.several("A");
    world.script(Method::Post, "/w-2/workspace_secrets", created("b"));
    several.start(Some(SecretText::new("v")));
    world.run_until_idle();
    several.run.stop();
    world.turn_clock(3 * SECOND);
    assert_eq!(world.sent().len(), 1);
    assert_eq!(several.chosen(), [2]);

    world.script(Method::Post, "/w-3/workspace_secrets", refused(400).after(SECOND));
    several.start(Some(SecretText::new("v")));
    world.run_until_idle();
    view.owner.cleanup();
    world.turn_clock(3 * SECOND);
    let writes = world.services.writes;
    let run = writes.shown_runs()[0];
    let problems = writes.with_run(run, |run| run.problems(9)).unwrap();
    assert_eq!(problems[0].0, "A in Workspace 3", "a notice says where");
    assert!(world.with(use_notices).texts().is_empty());
}

#[test]
fn the_end_of_the_session_ends_a_run_and_names_nothing() {
    let world = connected();
    let view = missing_in_two(&world);
    let several = view.several("A");
    world.script(Method::Post, "/w-2/workspace_secrets", created("b"));
    several.start(Some(SecretText::new("v")));
    world.run_until_idle();
    world.session().disconnect();
    world.turn_clock(10 * SECOND);
    assert_eq!(world.sent().len(), 1, "what was sent, and no more");
    assert!(
        world
            .with(use_notices)
            .texts()
            .iter()
            .all(|text| !text.contains("Workspace"))
    );
}

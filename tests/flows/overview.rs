//! Overviews over time: what is counted and checked while lists and references are read, and what is muted.

use std::sync::Arc;

use contract::WorkspaceId;
use strongroom_core::overview::figures::{Figure, Group, Topic};
use strongroom_core::overview::findings::{Outcome, Rule, Target};
use strongroom_core::overview::told::based_on;

use super::*;
use crate::browser::clock::use_clock;
use crate::pages::overview::analysis::{
    Analysed, analyse, coverage, pictures, read_references, reference_reading, stop_references, total,
};
use crate::pages::overview::muting::Muting;
use crate::pages::overview::workspaces::status;
use crate::store::across::{Across, Progress, WorkspaceReading, use_across_with};
use crate::store::references::use_references;
use crate::store::secret_lists::use_secret_lists;

const SECOND: Duration = Duration::from_secs(1);

fn id(number: u32) -> WorkspaceId {
    WorkspaceId::parse(format!("w-{number}")).unwrap()
}

/// A page with secrets of these numbers, each never used and created in 2020, and whether another follows.
fn page(numbers: impl IntoIterator<Item = u32>, has_info: bool, cursor: Option<&str>) -> Reply {
    let info = if has_info {
        r#", "info": {"createdBy": {"metadata": {"id": "p"}, "spec": {"name": "Ann"}}}"#
    } else {
        ""
    };
    let secret = |number| {
        format!(
            r#"{{"metadata": {{"id": "s-{number}", "name": "NAME_{number}", "createdAt": "2020-01-01T00:00:00Z",
            "profileId": "p"}}, "spec": {{}}{info}}}"#
        )
    };
    let items: Vec<String> = numbers.into_iter().map(secret).collect();
    let next = cursor.map(|cursor| format!(r#", "pagination": {{"nextCursor": "{cursor}"}}"#));
    Reply::json(
        200,
        format!(r#"{{"items": [{}]{}}}"#, items.join(","), next.unwrap_or_default()),
    )
}

/// A tab whose profile has workspaces of these numbers.
fn connected(numbers: impl IntoIterator<Item = u32>) -> World {
    let workspace = |number| {
        format!(
            r#"{{"metadata": {{"id": "w-{number}", "name": "Workspace {number}"}}, "spec": {{}}, "status": "STATUS_ENABLED"}}"#
        )
    };
    let items: Vec<String> = numbers.into_iter().map(workspace).collect();
    let world = World::new();
    world.script(
        Method::Get,
        "/v1/workspaces?",
        Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(","))),
    );
    world.connect_as("key_alice", ALICE, false);
    world.run_until_idle();
    world.sent();
    world
}

/// An overview that is on screen.
struct View {
    owner: Owner,
    across: Across,
    analysed: Memo<Vec<Analysed>>,
    wants_use: RwSignal<bool>,
}

fn open(world: &World, chosen: Option<Vec<WorkspaceId>>, wants_use: bool) -> View {
    let owner = world.owner.child();
    let view = owner.with(|| {
        let wants_use = RwSignal::new(wants_use);
        let across = use_across_with(Signal::stored(chosen), wants_use.into());
        let analysed = analyse(across.readings().into(), use_references(), use_clock());
        View {
            owner: Owner::new(),
            across,
            analysed,
            wants_use,
        }
    });
    world.run_until_idle();
    View { owner, ..view }
}

impl View {
    fn readings(&self) -> Vec<WorkspaceReading> {
        self.across.readings().get_untracked()
    }

    fn analysed(&self) -> Vec<Analysed> {
        self.analysed.get_untracked()
    }

    fn total(&self) -> usize {
        total(&self.analysed())
    }

    /// What the view is based on, in words.
    fn based_on(&self) -> Vec<String> {
        let coverage = untrack(|| coverage(&self.readings()));
        based_on(coverage, self.total(), true, |count| count.to_string())
    }

    fn figure(&self, topic: Topic) -> Figure {
        let figures = pictures(&self.analysed());
        figures.into_iter().find(|figure| figure.topic == topic).unwrap()
    }

    fn count(&self, topic: Topic, group: &Group) -> usize {
        let figure = self.figure(topic);
        figure
            .bars
            .iter()
            .find(|bar| bar.group == *group)
            .map_or(0, |bar| bar.count)
    }

    fn outcome(&self, place: usize, rule: Rule) -> Outcome {
        let analysed = self.analysed();
        let found = analysed[place]
            .analysis
            .checked
            .iter()
            .find(|(known, _)| *known == rule);
        found.unwrap().1.clone()
    }
}

#[test]
fn pages_are_counted_as_they_come_but_not_all_again_for_each() {
    let world = connected([1]);
    let path = "/w-1/workspace_secrets";
    world.script(Method::Get, path, page(0..40, true, Some("a")));
    for number in 1..12_u32 {
        let cursor = format!("a{number}");
        let next = (number < 11).then_some(cursor.as_str());
        world.script(
            Method::Get,
            path,
            page(number * 40..(number + 1) * 40, true, next).after(SECOND),
        );
    }
    let view = open(&world, Some(vec![id(1)]), true);
    assert!(
        world.sent()[0].path.contains("includeInfo=true"),
        "the last use is shown here"
    );
    assert_eq!(view.total(), 40);
    let mut seen = view.analysed()[0].analysis.clone();
    let mut counted = 1;
    for _ in 1..11 {
        world.turn_clock(SECOND);
        let now = view.analysed()[0].analysis.clone();
        if !Arc::ptr_eq(&seen, &now) {
            counted += 1;
            seen = now;
        }
        assert!(view.analysed()[0].read_at.is_none(), "it is not complete");
    }
    assert_eq!(counted, 7, "of 11 pages");
    world.turn_clock(SECOND);
    assert_eq!(view.total(), 480, "all of them count in the end");
    assert!(view.analysed()[0].read_at.is_some());
    assert_eq!(view.count(Topic::LastUse, &Group::NeverUsed), 480);
    assert_eq!(view.count(Topic::Age, &Group::Aged(4)), 480);
    assert_eq!(view.count(Topic::Creator, &Group::Creator("Ann".to_owned())), 480);
    let Outcome::Found(finding) = view.outcome(0, Rule::NeverUsed) else {
        panic!("they are old")
    };
    assert_eq!(
        (finding.count, finding.target),
        (480, Target::List("is:unused created:>90d".to_owned(), 480))
    );
}

#[test]
fn a_list_that_is_loaded_is_not_read_again_and_a_change_is_counted() {
    let world = connected([1]);
    world.script(Method::Get, "/w-1/workspace_secrets", page(0..3, true, None));
    let view = open(&world, Some(vec![id(1)]), true);
    view.owner.cleanup();
    world.sent();
    let view = open(&world, Some(vec![id(1)]), true);
    assert!(world.sent().is_empty());
    assert_eq!(view.total(), 3);
    let lists = world.with(use_secret_lists);
    lists.hide(&id(1), &contract::SecretId::parse("s-1").unwrap());
    world.run_until_idle();
    assert_eq!(view.total(), 2, "a secret that is about to be deleted");
}

#[test]
fn the_last_use_is_asked_for_when_it_is_wanted() {
    let world = connected([1]);
    world.script(Method::Get, "/w-1/workspace_secrets", page(0..3, false, None));
    let view = open(&world, Some(vec![id(1)]), false);
    assert!(!world.sent()[0].path.contains("includeInfo"));
    assert_eq!(view.figure(Topic::LastUse).unknown, 3);
    assert_eq!(view.outcome(0, Rule::NeverUsed), Outcome::Unknown, "nothing is claimed");
    world.script(Method::Get, "/w-1/workspace_secrets", page(0..3, true, None));
    view.wants_use.set(true);
    world.run_until_idle();
    assert_eq!(view.figure(Topic::LastUse).unknown, 0);
    assert_eq!(view.count(Topic::LastUse, &Group::NeverUsed), 3);
}

#[test]
fn one_workspace_fails_while_the_others_are_counted() {
    let world = connected([1, 2, 3]);
    let denied = r#"{"code": 7, "message": "no", "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "SCOPE_MISSING", "metadata": {"required_scope": "secrets:manage", "granted_scopes": "workspaces:read"}}]}"#;
    world.script(Method::Get, "/w-1/workspace_secrets", page(0..3, true, None));
    world.script(
        Method::Get,
        "/w-2/workspace_secrets",
        Reply::json(400, r#"{"code": 3, "message": "no"}"#),
    );
    world.script(Method::Get, "/w-3/workspace_secrets", Reply::json(403, denied));
    let view = open(&world, None, true);
    assert_eq!(view.total(), 3);
    let progress: Vec<Progress> = view
        .readings()
        .iter()
        .map(|reading| reading.progress.get_untracked())
        .collect();
    assert_eq!(progress[0], Progress::Complete { loaded: 3 });
    assert!(
        matches!(&progress[1], Progress::Failed { failure, .. } if failure.request_id.is_some()),
        "{progress:?}"
    );
    assert!(matches!(progress[2], Progress::NoAccess(_)), "{progress:?}");
    assert_eq!(
        [1, 2].map(|place: usize| status(&progress[place])),
        ["Couldn't load", "No access"]
    );
    assert_eq!(view.analysed().len(), 1, "of the others nothing is known");
    assert_eq!(
        view.based_on(),
        [
            "Based on 3 secrets in 1 of 3 workspaces",
            "1 failed",
            "1 without access"
        ]
    );
    let first = view.analysed()[0].analysis.clone();
    world.script(Method::Get, "/w-2/workspace_secrets", page(10..14, true, None));
    view.across.retry(&id(2));
    world.run_until_idle();
    assert_eq!(view.total(), 7);
    assert!(
        Arc::ptr_eq(&first, &view.analysed()[0].analysis),
        "the first is not counted again"
    );
    assert_eq!(view.count(Topic::Creator, &Group::Creator("Ann".to_owned())), 7);
}

#[test]
fn no_workspaces_and_no_secrets_are_no_findings() {
    let world = connected([]);
    let view = open(&world, None, true);
    assert_eq!((view.total(), view.analysed().len()), (0, 0));
    let world = connected([1]);
    world.script(Method::Get, "/w-1/workspace_secrets", page([], true, None));
    let view = open(&world, None, true);
    assert_eq!(view.based_on(), ["Based on 0 secrets in 1 workspace"]);
    assert!(view.figure(Topic::Age).bars.iter().all(|bar| bar.count == 0));
    for rule in Rule::ALL.into_iter().filter(|rule| !rule.needs_references()) {
        assert_eq!(view.outcome(0, rule), Outcome::Clear, "{rule:?}");
    }
}

#[test]
fn nothing_is_counted_of_a_workspace_that_could_not_be_read() {
    let world = connected([1]);
    world.script(
        Method::Get,
        "/w-1/workspace_secrets",
        Reply::json(403, r#"{"code": 7, "message": "no"}"#),
    );
    let view = open(&world, None, true);
    assert_eq!(view.readings()[0].progress.get_untracked().known(), None);
    assert!(view.analysed().is_empty());
    assert_eq!(view.based_on(), ["Nothing loaded", "1 without access"]);
}

#[test]
fn references_are_read_when_asked_and_then_checked() {
    let world = connected([1, 2]);
    for number in [1, 2] {
        let path = if number == 1 {
            "/w-1/workspace_secrets"
        } else {
            "/w-2/workspace_secrets"
        };
        world.script(Method::Get, path, page(0..2, true, None));
    }
    let view = open(&world, None, true);
    let references = world.with(use_references);
    world.sent();
    assert_eq!(
        view.outcome(0, Rule::Missing),
        Outcome::Unknown,
        "nothing is read unasked"
    );
    let set = r#"{"items": [{"metadata": {"id": "t", "name": "Set"}, "state": "STATE_ACTIVE", "spec": {"adapter":
        {"type": "http", "http": {"headers": {"A": "${GONE} ${NAME_0}"}}}}}]}"#;
    world.script(Method::Get, "/w-1/tool_sets?", Reply::json(200, set));
    world.script(
        Method::Get,
        "/w-1/tool_sets/t/tools",
        Reply::json(200, "{}").after(SECOND),
    );
    world.script(
        Method::Get,
        "/w-2/tool_sets?",
        Reply::json(400, r#"{"code": 3, "message": "no"}"#),
    );
    read_references(&view.readings(), references);
    world.run_until_idle();
    let reading = reference_reading(&view.readings(), references);
    assert_eq!((reading.unread, reading.reading, reading.sets), (2, 1, 1));
    assert!(reading.failed.is_some_and(|(workspace, _)| workspace == id(2)));
    stop_references(&view.readings(), references);
    assert_eq!(reference_reading(&view.readings(), references).reading, 0);
    // It goes on where it was, and the other is tried again.
    world.script(Method::Get, "/w-1/tool_sets/t/tools", Reply::json(200, "{}"));
    world.script(Method::Get, "/w-2/tool_sets?", Reply::json(200, "{}"));
    read_references(&view.readings(), references);
    world.run_until_idle();
    assert_eq!(reference_reading(&view.readings(), references).unread, 0);
    let Outcome::Found(missing) = view.outcome(0, Rule::Missing) else {
        panic!("GONE is missing")
    };
    assert_eq!((missing.count, missing.first[0][0].name.as_str()), (1, "GONE"));
    let Outcome::Found(unreferenced) = view.outcome(0, Rule::Unreferenced) else {
        panic!("NAME_1 is not referred to")
    };
    assert_eq!(
        (unreferenced.count, unreferenced.first[0][0].name.as_str()),
        (1, "NAME_1")
    );
    assert_eq!(view.outcome(1, Rule::Missing), Outcome::Clear);
}

#[test]
fn what_is_muted_stays_so_in_this_browser_until_the_user_disconnects() {
    let world = World::connected();
    let (one, other) = (id(1), id(2));
    let muting = world.with(|| Muting::new(world.services.platform.storage));
    muting.set(&one, Rule::Stale, true);
    let has = |muting: Muting, workspace: &WorkspaceId, rule| {
        muting.muted().with_untracked(|muted| muted.has(workspace, rule))
    };
    assert!(has(muting, &one, Rule::Stale) && muting.is_kept().get_untracked());
    assert!(!has(muting, &one, Rule::NeverUsed) && !has(muting, &other, Rule::Stale));
    let second = world.second_tab();
    let later = second.with(|| Muting::new(second.services.platform.storage));
    assert!(has(later, &one, Rule::Stale));
    // The first tab doesn't know of this, and keeps it.
    later.set(&other, Rule::Stale, true);
    muting.set(&one, Rule::Stale, false);
    let kept = second.with(|| Muting::new(second.services.platform.storage));
    assert!(has(kept, &other, Rule::Stale) && !has(kept, &one, Rule::Stale));
    world.session().disconnect();
    world.run_until_idle();
    let gone = second.with(|| Muting::new(second.services.platform.storage));
    assert!(gone.muted().with_untracked(|muted| muted.is_empty()));
}

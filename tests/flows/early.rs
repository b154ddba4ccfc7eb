//! After a reload the first page of the list is asked for before its view is there.

use contract::WorkspaceId;
use contract::calls::SecretQuery;

use super::*;
use crate::browser::storage::Name;
use crate::store::secret_lists::use_secret_lists;

const PAGE: &str = "/w-1/workspace_secrets?limit=50";
const ONE: &str = r#"{"items": [{"metadata": {"id": "s-1", "name": "ONE", "createdAt": "2026-11-26T12:00:00Z",
    "profileId": "profile_alice"}, "spec": {}}]}"#;

fn workspace(name: &str) -> WorkspaceId {
    WorkspaceId::parse(name).unwrap()
}

/// Opens the list of a workspace; how many secrets it has.
fn open(world: &World, query: &SecretQuery) -> usize {
    let lists = world.with(use_secret_lists);
    let view = world.owner.child();
    let list = view.with(|| lists.open(&workspace("w-1"), Signal::stored(query.clone())));
    world.run_until_idle();
    let loaded = list.progress().with_untracked(|progress| progress.loaded);
    view.cleanup();
    loaded
}

/// A tab that was reloaded on the list of the first workspace, in which Alice stays connected.
fn reloaded(is_kept: bool) -> World {
    let world = World::new();
    world.connect_as("key_alice", ALICE, is_kept);
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    assert_eq!(open(&world, &SecretQuery::default()), 1);
    let world = world.reload();
    world.sent();
    world
}

/// What was asked for so far, by path.
fn asked(world: &World) -> Vec<String> {
    world.sent().into_iter().map(|sent| sent.path).collect()
}

#[test]
fn the_list_takes_the_page_that_was_asked_for_before_it_was_there() {
    let world = reloaded(true);
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    world.session().ask_early(&workspace("w-1"));
    world.run_until_idle();
    assert_eq!(asked(&world), ["/v1/workspaces/w-1/workspace_secrets?limit=50"]);
    assert_eq!(open(&world, &SecretQuery::default()), 1);
    assert_eq!(asked(&world), Vec::<String>::new(), "nothing is asked twice");
}

#[test]
fn a_list_that_asks_for_something_else_asks_itself() {
    let world = reloaded(true);
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    world.session().ask_early(&workspace("w-1"));
    world.run_until_idle();
    let with_info = SecretQuery {
        include_info: true,
        ..SecretQuery::default()
    };
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    assert_eq!(open(&world, &with_info), 1);
    assert_eq!(asked(&world).len(), 2);
}

#[test]
fn an_answer_that_waited_for_long_is_not_taken() {
    let world = reloaded(true);
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    world.session().ask_early(&workspace("w-1"));
    world.turn_clock(Duration::from_secs(11));
    world.sent();
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    assert_eq!(open(&world, &SecretQuery::default()), 1);
    assert_eq!(asked(&world).len(), 1);
}

#[test]
fn another_workspace_or_a_session_that_is_not_kept_asks_for_nothing() {
    let world = reloaded(true);
    world.session().ask_early(&workspace("w-2"));
    world.session().ask_early(&workspace("w"));
    world.run_until_idle();
    assert_eq!(asked(&world), Vec::<String>::new());

    let world = reloaded(false);
    world.connect_as("key_alice", ALICE, true);
    world.sent();
    world.session().ask_early(&workspace("w-1"));
    world.run_until_idle();
    assert_eq!(asked(&world), Vec::<String>::new(), "the address was not kept");
}

#[test]
fn a_lock_leaves_nothing_of_it() {
    let world = reloaded(true);
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    world.session().ask_early(&workspace("w-1"));
    world.session().lock();
    world.run_until_idle();
    assert_eq!(Storage(world.tab).read(Name::FirstPage), None);
    assert_eq!(asked(&world).len(), 1);
    world.connect_as("key_bob", BOB, false);
    world.script(Method::Get, PAGE, Reply::json(200, ONE));
    world.sent();
    assert_eq!(open(&world, &SecretQuery::default()), 1);
    assert_eq!(asked(&world).len(), 1, "another key asks itself");
}

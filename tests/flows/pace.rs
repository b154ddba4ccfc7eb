//! Reading a list over time: slower while little is left of the server's rate limit, and from the start after a cursor
//! has expired.

use contract::WorkspaceId;
use contract::calls::SecretQuery;
use strongroom_core::list::reading::State as Reading;

use super::*;
use crate::store::secret_list::SecretList;
use crate::store::secret_lists::use_secret_lists;

const SECOND: Duration = Duration::from_secs(1);
const SECRETS: &str = "/workspace_secrets";

/// A page with one secret, and the cursor of the next page.
fn page(id: &str, cursor: &str) -> Reply {
    Reply::json(
        200,
        format!(
            r#"{{"items": [{{"metadata": {{"id": "{id}", "name": "{id}"}}}}], "pagination": {{"nextCursor": "{cursor}"}}}}"#
        ),
    )
}

fn expired() -> Reply {
    Reply::json(400, r#"{"code": 3, "message": "the cursor has expired"}"#)
}

fn open(world: &World) -> SecretList {
    let workspace = WorkspaceId::parse("w-1").unwrap();
    let list = world.with(|| use_secret_lists().open(&workspace, Signal::derive(SecretQuery::default)));
    world.run_until_idle();
    list
}

/// The cursors that were asked with; empty for a first page.
fn cursors(world: &World) -> Vec<String> {
    let cursor = |path: &str| {
        path.split_once("cursor=")
            .map_or(String::new(), |(_, cursor)| cursor.to_owned())
    };
    world.sent().iter().map(|sent| cursor(&sent.path)).collect()
}

fn loaded(list: SecretList) -> (usize, bool) {
    let progress = list.progress().get_untracked();
    (progress.loaded, progress.state == Reading::Complete)
}

#[test]
fn the_less_is_left_of_the_rate_limit_the_later_the_next_page() {
    let world = World::connected();
    world.script(Method::Get, SECRETS, page("a", "2").left(90, 40));
    world.script(Method::Get, SECRETS, page("b", "3").left(14, 40));
    world.script(Method::Get, SECRETS, page("c", "4").left(90, 40));
    world.script(Method::Get, SECRETS, page("d", ""));
    let list = open(&world);
    assert_eq!(cursors(&world), ["", "2"], "half is left, so it reads on");
    world.turn_clock(9 * SECOND);
    assert!(cursors(&world).is_empty() && loaded(list) == (2, false));
    world.turn_clock(SECOND);
    assert_eq!(cursors(&world), ["3", "4"]);
    assert_eq!(loaded(list), (4, true));
}

#[test]
fn a_first_page_waits_for_nothing() {
    let world = World::connected();
    world.script(Method::Get, SECRETS, page("a", "2").left(0, 40));
    open(&world);
    let other = WorkspaceId::parse("w-2").unwrap();
    world.script(Method::Get, "w-2", page("b", ""));
    let list = world.with(|| use_secret_lists().open(&other, Signal::derive(SecretQuery::default)));
    world.run_until_idle();
    assert_eq!(loaded(list), (1, true), "the user waits for it");
}

#[test]
fn an_expired_cursor_starts_a_new_reading_by_itself_once() {
    let world = World::connected();
    world.script(Method::Get, SECRETS, page("a", "2"));
    world.script(Method::Get, SECRETS, expired());
    world.script(Method::Get, SECRETS, page("a", "3").after(SECOND));
    world.script(Method::Get, SECRETS, page("b", ""));
    let list = open(&world);
    assert!(list.progress().get_untracked().is_restarted, "the status says it");
    assert_eq!(loaded(list), (1, false), "loaded secrets stay");
    world.turn_clock(SECOND);
    assert_eq!(cursors(&world), ["", "2", "", "3"]);
    assert_eq!(loaded(list), (2, true));
}

#[test]
fn a_page_that_was_asked_for_by_a_wrong_guess_is_not_read() {
    let world = World::connected();
    // The last thing of this name in the page is a label.
    let misleading = r#"{"pagination": {"nextCursor": "2"}, "items": [
        {"metadata": {"id": "a", "name": "a", "labels": {"nextCursor": "9"}}}]}"#;
    world.script(Method::Get, SECRETS, Reply::json(200, misleading));
    world.script(Method::Get, "cursor=9", page("never", ""));
    world.script(Method::Get, "cursor=2", page("b", ""));
    let list = open(&world);
    assert_eq!(cursors(&world), ["", "9", "2"]);
    assert_eq!(loaded(list), (2, true));
    assert_eq!(list.find("never", |_, row| row), None);
}

#[test]
fn a_first_page_that_is_refused_had_no_cursor() {
    let world = World::connected();
    world.script(Method::Get, SECRETS, expired());
    let list = open(&world);
    assert_eq!(cursors(&world), [""], "the same would be refused again");
    let progress = list.progress().get_untracked();
    assert!(!progress.is_restarted);
    assert!(progress.failure().is_some_and(|failure| !failure.is_cursor_refused()));
}

#[test]
fn a_server_that_refuses_every_cursor_is_asked_again_when_the_user_wants_it() {
    let world = World::connected();
    for _ in 0..2 {
        world.script(Method::Get, SECRETS, page("a", "2"));
        world.script(Method::Get, SECRETS, expired());
    }
    let list = open(&world);
    let failure = list.progress().get_untracked().failure().cloned();
    assert!(failure.is_some_and(|failure| failure.is_cursor_refused()));
    assert_eq!(cursors(&world), ["", "2", "", "2"], "not in a loop");
    world.script(Method::Get, SECRETS, page("a", "2"));
    world.script(Method::Get, SECRETS, page("b", ""));
    list.resume();
    world.run_until_idle();
    assert_eq!(cursors(&world), ["", "2"], "one press, from the start");
    assert_eq!(loaded(list), (2, true));
}

//! The list of a workspace over time: page after page, with patience, and never pretending.

use contract::calls::SecretQuery;
use contract::{SecretId, WorkspaceId};
use strongroom_core::list::reading::State;
use strongroom_core::list::{Column, LocalChange, Order, Query, Selection};

use super::*;
use crate::store::secret_list::{Progress, SecretList};
use crate::store::secret_lists::{SecretLists, use_secret_lists};

const SECOND: Duration = Duration::from_secs(1);
const FIRST: &str = "/w-1/workspace_secrets?limit=50";
const LATER: &str = "/w-1/workspace_secrets?limit=1000";
const ANY: &str = "/workspace_secrets?";

/// A page with secrets of these numbers, and whether another follows.
fn page(numbers: impl IntoIterator<Item = u32>, cursor: Option<&str>) -> Reply {
    let secret = |number| {
        format!(
            r#"{{"metadata": {{"id": "s-{number}", "name": "NAME_{number:02}", "createdAt": "2026-11-26T12:00:00Z",
                "profileId": "profile_alice"}}, "spec": {{}}}}"#
        )
    };
    let items: Vec<String> = numbers.into_iter().map(secret).collect();
    let next = cursor.map(|cursor| format!(r#", "pagination": {{"nextCursor": "{cursor}"}}"#));
    let next = next.unwrap_or_default();
    Reply::json(200, format!(r#"{{"items": [{}]{next}}}"#, items.join(",")))
}

fn refused(status: u16) -> Reply {
    Reply::json(status, r#"{"code": 8, "message": "no"}"#)
}

fn id(number: u32) -> String {
    format!("s-{number}")
}

fn workspace(number: u32) -> WorkspaceId {
    WorkspaceId::parse(format!("w-{number}")).unwrap()
}

/// A tab in which the list of the first workspace is open.
struct Story {
    world: World,
    lists: SecretLists,
    list: SecretList,
    /// The view that shows it.
    view: Owner,
}

impl Story {
    /// The list is opened; the replies to its requests were scripted.
    fn open(world: World) -> Self {
        let lists = world.with(use_secret_lists);
        let (view, list) = open(&world, lists, 1);
        Self {
            world,
            lists,
            list,
            view,
        }
    }

    /// The list is read to its end: thirty secrets of three pages.
    fn complete() -> Self {
        let world = World::connected();
        world.script(Method::Get, FIRST, page(0..10, Some("a")));
        world.script(Method::Get, LATER, page(10..20, Some("b")));
        world.script(Method::Get, LATER, page(20..30, None));
        let story = Self::open(world);
        assert_eq!(story.counts(), (30, 30));
        assert_eq!(story.progress().state, State::Complete);
        story
    }

    /// The first page is shown; the user stopped the list while the second was on its way.
    fn stopped() -> Self {
        let world = World::connected();
        world.script(Method::Get, FIRST, page(0..10, Some("a")));
        world.script(Method::Get, LATER, page(10..20, Some("b")).after(5 * SECOND));
        let story = Self::open(world);
        story.list.stop();
        story.world.turn_clock(6 * SECOND);
        assert_eq!(story.counts(), (10, 10), "what was on its way is not wanted any more");
        assert_eq!(story.progress().state, State::Stopped);
        story.asked();
        story
    }

    /// The rest of a list that was stopped.
    fn script_rest(&self) {
        self.world.script(Method::Get, LATER, page(10..20, Some("b")));
        self.world.script(Method::Get, LATER, page(20..30, None));
    }

    fn progress(&self) -> Progress {
        self.list.progress().get_untracked()
    }

    /// Loaded and shown.
    fn counts(&self) -> (usize, usize) {
        let progress = self.progress();
        (progress.loaded, progress.shown)
    }

    /// The limits and cursors that were asked for since this was last called.
    fn asked(&self) -> Vec<String> {
        let queries = self.world.sent().into_iter();
        queries
            .filter_map(|sent| Some(sent.path.split_once(ANY)?.1.to_owned()))
            .collect()
    }

    /// The ids on screen, in order.
    fn ids(&self) -> Vec<String> {
        let ids = self.list.with(|loaded| {
            let rows = loaded.list().rows();
            loaded.shown().iter().map(|row| rows.id(*row).to_owned()).collect()
        });
        ids.unwrap_or_default()
    }
}

fn open(world: &World, lists: SecretLists, number: u32) -> (Owner, SecretList) {
    let view = world.owner.child();
    let list = view.with(|| lists.open(&workspace(number), Signal::derive(SecretQuery::default)));
    world.run_until_idle();
    (view, list)
}

#[test]
fn the_first_page_is_small_and_shown_at_once_and_then_all_is_read() {
    let world = World::connected();
    world.script(Method::Get, FIRST, page(0..10, Some("a")));
    world.script(Method::Get, LATER, page(10..20, Some("b")).after(SECOND));
    world.script(Method::Get, LATER, page(20..30, None));
    let story = Story::open(world);
    assert_eq!((story.counts(), story.progress().state), ((10, 10), State::Reading));
    story.world.turn_clock(SECOND);
    assert_eq!((story.counts(), story.progress().state), ((30, 30), State::Complete));
    assert_eq!(
        story.asked(),
        ["limit=50", "limit=1000&cursor=a", "limit=1000&cursor=b"]
    );
}

#[test]
fn a_complete_list_is_searched_and_sorted_without_the_server() {
    let story = Story::complete();
    story.asked();
    let order = Order {
        column: Column::Name,
        is_descending: true,
    };
    story.list.show(Query::parse("name_2"), Some(order));
    assert_eq!(story.counts(), (30, 10));
    let expected: Vec<String> = (20..30).rev().map(id).collect();
    assert_eq!(story.ids(), expected);
    story.world.turn_clock(SECOND);
    assert_eq!(story.asked(), Vec::<String>::new());
}

#[test]
fn a_server_that_asks_for_patience_gets_it_and_nothing_is_lost() {
    let story = Story::stopped();
    story.world.script(Method::Get, LATER, refused(429).retry_after("2"));
    story.script_rest();
    story.list.resume();
    story.world.run_until_idle();
    let waiting = story.progress();
    assert!(matches!(waiting.state, State::Waiting(_)), "{waiting:?}");
    assert_eq!((waiting.loaded, waiting.wait), (10, 2000));
    story.world.turn_clock(SECOND);
    assert_eq!(story.asked().len(), 1, "nobody asks before the time");
    story.world.turn_clock(SECOND);
    assert_eq!((story.counts(), story.progress().state), ((30, 30), State::Complete));
    assert_eq!(story.asked(), ["limit=1000&cursor=a", "limit=1000&cursor=b"]);
}

#[test]
fn without_a_word_of_the_server_the_wait_is_the_consoles_own_and_known() {
    let story = Story::stopped();
    story.world.script(Method::Get, LATER, refused(429));
    story.script_rest();
    story.list.resume();
    story.world.run_until_idle();
    let wait = story.progress().wait;
    assert!((1..=1000).contains(&wait), "{wait}");
    story.world.turn_clock(Duration::from_millis(wait));
    assert_eq!(story.counts(), (30, 30));
}

#[test]
fn a_failed_page_is_tried_a_few_times_and_then_asked_for_alone() {
    let story = Story::stopped();
    for _ in 0..3 {
        story.world.script(Method::Get, LATER, refused(500));
    }
    story.list.resume();
    story.world.turn_clock(60 * SECOND);
    let failed = story.progress();
    assert!(matches!(failed.state, State::Failed(_)), "{failed:?}");
    assert_eq!(failed.loaded, 10, "nothing is lost");
    assert_eq!(story.asked(), ["limit=1000&cursor=a"; 3]);
    story.world.turn_clock(600 * SECOND);
    assert_eq!(story.asked(), Vec::<String>::new(), "nobody asks again by itself");
    story.script_rest();
    story.list.resume();
    story.world.run_until_idle();
    assert_eq!((story.counts(), story.progress().state), ((30, 30), State::Complete));
}

#[test]
fn a_refresh_brings_what_is_new_and_takes_away_what_is_gone() {
    let story = Story::complete();
    story.world.script(Method::Get, FIRST, page(0..10, Some("a")));
    story.world.script(Method::Get, LATER, page(11..31, None).after(SECOND));
    story.list.refresh();
    story.world.run_until_idle();
    assert!(story.progress().is_refreshing());
    assert_eq!(story.counts(), (30, 30), "what was read stays meanwhile");
    story.world.turn_clock(SECOND);
    assert!(!story.progress().is_refreshing());
    let ids = story.ids();
    assert!(ids.contains(&id(30)) && !ids.contains(&id(10)), "{ids:?}");
}

#[test]
fn cursors_that_come_again_and_a_page_that_is_none_end_the_reading() {
    let story = Story::stopped();
    story.world.script(Method::Get, LATER, page(10..20, Some("b")));
    story.world.script(Method::Get, LATER, page([], Some("a")));
    story.list.resume();
    story.world.run_until_idle();
    assert_eq!((story.counts(), story.progress().state), ((20, 20), State::Repeated));

    let story = Story::stopped();
    story.world.script(Method::Get, LATER, Reply::json(200, "<html>"));
    story.list.resume();
    story.world.run_until_idle();
    let failed = story.progress();
    assert!(matches!(failed.state, State::Failed(_)), "{failed:?}");
    assert_eq!(failed.loaded, 10);
}

#[test]
fn an_item_that_is_no_secret_ends_nothing_and_is_counted() {
    let world = World::connected();
    world.script(Method::Get, FIRST, page(0..10, Some("a")));
    let odd = r#"{"items": [
        {"metadata": {"id": "odd-name", "name": "\ud800x"}},
        {"metadata": {"id": "odd-label", "name": "N", "labels": {"env": 5}}},
        {"spec": {}},
        {"metadata": {"id": "s-10", "name": "NAME_10"}, "spec": {}}
    ], "pagination": {"nextCursor": "b"}}"#;
    world.script(Method::Get, LATER, Reply::json(200, odd));
    world.script(Method::Get, LATER, page(20..30, None));
    let story = Story::open(world);
    assert_eq!((story.counts(), story.progress().state), ((21, 21), State::Complete));
    let unreadable = story.progress().unreadable;
    assert_eq!(unreadable.count, 3);
    assert_eq!(unreadable.ids, ["odd-name", "odd-label"]);
}

#[test]
fn while_not_all_is_here_the_server_is_searched_too() {
    let story = Story::stopped();
    let search = |text: &str| {
        let query = Query::parse(text);
        story.list.show(query.clone(), None);
        story
            .list
            .search(strongroom_core::list::server_filter::server_part(&query));
    };
    story
        .world
        .script(Method::Get, "query=name_25", page([25], None).after(SECOND));
    search("name_25");
    story.world.run_until_idle();
    assert_eq!(story.counts(), (10, 0), "it is further down");
    story.world.turn_clock(SECOND);
    assert_eq!(story.progress().found, Some(State::Complete));
    assert_eq!((story.ids(), story.progress().state), (vec![id(25)], State::Stopped));
    story.list.search(None);
    story.list.show(Query::default(), None);
    assert_eq!(story.progress().found, None);
    story.script_rest();
    story.list.resume();
    story.world.run_until_idle();
    let expected: Vec<String> = (0..30).map(id).collect();
    assert_eq!(
        story.ids(),
        expected,
        "what was found early is where the server lists it"
    );
    story.asked();
    search("name_25");
    story.world.turn_clock(SECOND);
    assert_eq!(story.asked(), Vec::<String>::new(), "all is here: nobody is asked");
}

#[test]
fn a_list_that_was_left_is_there_again_with_what_was_done_meanwhile() {
    let story = Story::complete();
    story.asked();
    let Story { world, lists, view, .. } = story;
    view.cleanup();
    let gone = SecretId::parse(id(1)).unwrap();
    lists.apply(&workspace(1), &LocalChange::Deleted(gone));
    let story = Story::open(world);
    assert_eq!((story.counts(), story.progress().state), ((29, 29), State::Complete));
    assert!(!story.ids().contains(&id(1)));
    assert_eq!(
        story.asked(),
        Vec::<String>::new(),
        "what was just read is not read again"
    );
    story.view.cleanup();
    story.world.session().disconnect();
    story.world.run_until_idle();
    let (_view, list) = open(&story.world, story.lists, 1);
    assert_eq!(
        list.progress().get_untracked().loaded,
        0,
        "nothing outlives the session"
    );
}

#[test]
fn lists_are_kept_until_there_are_too_many_secrets() {
    let story = Story::complete();
    story.view.cleanup();
    let visit = |number, size| {
        story.world.script(Method::Get, ANY, page(0..size, None));
        open(&story.world, story.lists, number).0.cleanup();
    };
    (2..12).for_each(|number| visit(number, 3));
    let (view, list) = open(&story.world, story.lists, 1);
    assert_eq!(list.progress().get_untracked().loaded, 30, "ten small ones leave it");
    let (second_view, _) = open(&story.world, story.lists, 2);
    second_view.cleanup();
    visit(12, 30);
    visit(13, 1);
    assert_eq!(list.progress().get_untracked().loaded, 30, "it is on screen");
    view.cleanup();
    visit(14, 30);
    visit(15, 30);
    visit(16, 1);
    assert!(list.with(|_| ()).is_none(), "large ones do not");
}

#[test]
fn a_list_on_screen_twice_keeps_its_selection_and_its_reading() {
    let story = Story::complete();
    story.list.select(Selection::add);
    story.asked();
    let (other, list) = open(&story.world, story.lists, 1);
    assert_eq!(list.selected().get_untracked(), 30, "another view takes nothing away");
    other.cleanup();
    story.world.script(Method::Get, FIRST, page(0..10, Some("a")));
    story.world.script(Method::Get, LATER, page(10..30, None).after(SECOND));
    list.refresh();
    story.world.run_until_idle();
    let (other, _) = open(&story.world, story.lists, 1);
    other.cleanup();
    story.world.turn_clock(SECOND);
    assert_eq!(story.progress().state, State::Complete, "the first view still reads");
}

#[test]
fn a_server_that_asks_one_list_for_patience_gets_it_of_all() {
    let story = Story::stopped();
    story.world.script(Method::Get, LATER, refused(429).retry_after("2"));
    story.script_rest();
    story.list.resume();
    story.world.turn_clock(SECOND);
    story.asked();
    story
        .world
        .script(Method::Get, "/w-2/workspace_secrets", page([7], None));
    let (_view, other) = open(&story.world, story.lists, 2);
    let waiting = other.progress().get_untracked();
    assert!(matches!(waiting.state, State::Waiting(_)), "{waiting:?}");
    assert!((1..=1000).contains(&waiting.wait), "{waiting:?}");
    assert_eq!(story.asked(), Vec::<String>::new(), "it was not asked");
    story.world.turn_clock(2 * SECOND);
    assert_eq!(other.progress().get_untracked().state, State::Complete);
    assert_eq!(story.progress().state, State::Complete);
}

//! The list of secrets as it is read: page after page, with patience, and never pretending.

use std::collections::BTreeSet;
use std::time::Duration;

use contract::calls::{self, SecretQuery};
use contract::{Method, SecretText, WorkspaceId};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use strongroom::api::session::{Connection, Session};
use strongroom::app::services::{Platform, Services};
use strongroom::store::secret_list::{Progress, SecretList};
use strongroom::store::secret_lists::SecretLists;
use strongroom_core::list::reading::State;
use strongroom_core::list::{Column, LocalChange, Order, Query};
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::*;

/// Secrets in the workspace "Bulk" of the local API.
const BULK: usize = 2500;

/// A list being read, and what keeps it alive.
pub(super) struct Reading {
    pub(super) list: SecretList,
    lists: SecretLists,
    session: Session,
    workspace: WorkspaceId,
    owner: Owner,
    home: Owner,
}

/// Opens the list in a separate view.
fn open(home: &Owner, lists: SecretLists, workspace: &WorkspaceId) -> (Owner, SecretList) {
    let owner = home.child();
    owner.set();
    let list = owner.with(|| lists.open(workspace, Signal::stored(SecretQuery::default())));
    (owner, list)
}

async fn bulk() -> WorkspaceId {
    let page = client().send(&base(), calls::list_workspaces(50, None)).await.unwrap();
    let bulk = page.items.into_iter().find(|it| it.metadata.name == "Bulk");
    bulk.expect("the local API is started with a seed of secrets")
        .metadata
        .id
}

/// Begins to read all secrets of the workspace "Bulk".
pub(super) async fn read() -> Reading {
    read_with(&[]).await
}

/// The same, of a server whose second page takes its time: there is time to stop it.
pub(super) async fn read_slowly() -> Reading {
    read_with(&[r#"{"path": "workspace_secrets?limit=1000", "delayMs": 5000, "times": 1}"#]).await
}

async fn read_with(faults: &[&str]) -> Reading {
    // Session and lists outlive the pages, as they do in the application.
    let home = Owner::new();
    let session = home.with(|| Services::provide(Platform::of_browser())).session;
    let lists = home.with(strongroom::store::secret_lists::use_secret_lists);
    home.set();
    // Nothing of the test before is kept.
    session.disconnect();
    let connection = Connection {
        server: None,
        base: base(),
        auth: site::Auth::Bearer,
        profile: None,
        refused: Vec::new(),
        is_kept: false,
    };
    session.connect(connection, Some(SecretText::new(key()))).await.unwrap();
    let workspace = bulk().await;
    reset().await;
    for fault in faults {
        arm(fault).await;
    }
    let (owner, list) = open(&home, lists, &workspace);
    Reading {
        list,
        lists,
        session,
        workspace,
        owner,
        home,
    }
}

impl Reading {
    pub(super) fn progress(&self) -> Progress {
        self.list.progress().get_untracked()
    }

    pub(super) async fn until(&self, holds: impl Fn(&Progress) -> bool) -> Progress {
        for _ in 0..400 {
            let progress = self.progress();
            if holds(&progress) {
                return progress;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("waited in vain: {:?}", self.progress());
    }

    pub(super) async fn complete(&self) {
        let progress = self.until(|it| it.state == State::Complete).await;
        assert_eq!((progress.loaded, progress.shown), (BULK, BULK));
    }

    fn names(&self) -> Vec<String> {
        let names = self.list.with(|loaded| {
            let names = loaded.shown().iter().map(|row| loaded.list().rows().name(*row));
            names.map(str::to_owned).collect::<Vec<_>>()
        });
        names.unwrap_or_default()
    }
}

#[wasm_bindgen_test]
async fn all_pages_are_read_and_the_first_is_shown_at_once() {
    let slow = r#"{"path": "workspace_secrets?limit=1000", "delayMs": 500, "times": 1}"#;
    let reading = read_with(&[slow]).await;
    let first = reading.until(|it| it.loaded > 0).await;
    assert!(first.loaded < BULK && first.shown == first.loaded, "{first:?}");
    reading.complete().await;
    let asked = recorded().await;
    let limits: Vec<bool> = asked
        .iter()
        .map(|it| it["query"].to_string().contains("limit=50&") || it["query"].to_string().ends_with("limit=50\""))
        .collect();
    assert_eq!(
        limits,
        [true, false, false, false],
        "the first page is small: {asked:?}"
    );
    let distinct: BTreeSet<String> = reading.names().into_iter().collect();
    assert_eq!(distinct.len(), BULK);
    assert_eq!(requests(Method::Get).await, 1 + (BULK - 50).div_ceil(1000));
}

#[wasm_bindgen_test]
async fn what_is_shown_is_answered_from_what_is_here() {
    let reading = read().await;
    reading.complete().await;
    let asked = requests(Method::Get).await;
    let order = Order {
        column: Column::Name,
        is_descending: true,
    };
    reading.list.show(Query::parse("0007"), Some(order));
    let progress = reading.progress();
    assert!(progress.shown > 0 && progress.shown < BULK / 2, "{progress:?}");
    assert_eq!(progress.loaded, BULK);
    let names = reading.names();
    assert!(names.iter().all(|name| name.contains("0007")), "{names:?}");
    assert!(
        names.is_sorted_by(|one, other| one.to_lowercase() >= other.to_lowercase()),
        "{names:?}"
    );
    assert_eq!(requests(Method::Get).await, asked, "the server was not asked");
}

#[wasm_bindgen_test]
async fn a_server_that_asks_for_patience_gets_it() {
    let reading = read_slowly().await;
    reading.until(|it| it.loaded > 0).await;
    reading.list.stop();
    let stopped = reading.until(|it| it.state == State::Stopped).await;
    assert!(stopped.loaded >= 50);
    arm(r#"{"path": "workspace_secrets", "status": 429, "retryAfter": "1", "times": 1}"#).await;
    reading.list.resume();
    let waiting = reading.until(|it| matches!(it.state, State::Waiting(_))).await;
    assert_eq!(waiting.loaded, stopped.loaded, "nothing is lost");
    reading.complete().await;
    reset().await;
}

#[wasm_bindgen_test]
async fn a_failed_page_is_asked_for_again_alone() {
    let reading = read_slowly().await;
    reading.until(|it| it.loaded > 0).await;
    reading.list.stop();
    let before = reading.progress().loaded;
    let asked_before = requests(Method::Get).await;
    arm(r#"{"path": "workspace_secrets", "status": 500, "times": 3}"#).await;
    reading.list.resume();
    let waiting = reading.until(|it| matches!(it.state, State::Waiting(_))).await;
    assert_eq!(waiting.loaded, before, "nothing is lost");
    let failed = reading.until(|it| matches!(it.state, State::Failed(_))).await;
    assert_eq!(failed.loaded, before);
    let asked = requests(Method::Get).await;
    assert_eq!(asked, asked_before + 3, "a few times by itself");
    sleep(Duration::from_millis(300)).await;
    assert_eq!(requests(Method::Get).await, asked, "nobody asks again by itself");
    reading.list.resume();
    reading.complete().await;
    reset().await;
}

#[wasm_bindgen_test]
async fn a_refresh_brings_what_is_new_and_takes_away_what_is_gone() {
    let reading = read().await;
    reading.complete().await;
    let fields = contract::MetadataFields {
        name: "PUT_BY_ANOTHER".to_owned(),
        ..contract::MetadataFields::default()
    };
    let created = client()
        .send(&base(), calls::create_secret(&reading.workspace, &fields, None))
        .await
        .unwrap();
    reading.list.refresh();
    let again = reading.progress();
    assert_eq!(
        (again.loaded, again.is_refreshing()),
        (BULK, true),
        "what was read stays"
    );
    reading
        .until(|it| it.loaded == BULK + 1 && it.state == State::Complete)
        .await;
    assert!(reading.names().contains(&"PUT_BY_ANOTHER".to_owned()));
    client()
        .send(&base(), calls::delete_secret(&reading.workspace, &created.metadata.id))
        .await
        .unwrap();
    reading.list.refresh();
    reading.until(|it| it.loaded == BULK && !it.is_refreshing()).await;
    assert!(!reading.names().contains(&"PUT_BY_ANOTHER".to_owned()));
}

#[wasm_bindgen_test]
async fn a_cursor_that_comes_again_and_a_page_that_is_none_are_said() {
    for (fault, is_it) in [
        (
            r#"{"path": "workspace_secrets", "kind": "sameCursor", "times": 9}"#,
            (|state| *state == State::Repeated) as fn(&State<contract::Failure>) -> bool,
        ),
        (
            r#"{"path": "workspace_secrets", "kind": "html", "times": 9}"#,
            |state| matches!(state, State::Failed(_)),
        ),
    ] {
        let reading = read().await;
        reading.list.stop();
        arm(fault).await;
        reading.list.resume();
        reading.until(|it| is_it(&it.state)).await;
        reset().await;
    }
}

/// The ids of the first rows on screen, at most this many.
fn ids(reading: &Reading, count: usize) -> Vec<String> {
    let ids = reading.list.with(|loaded| {
        let shown = loaded.shown().iter().take(count);
        shown.map(|row| loaded.list().rows().id(*row).to_owned()).collect()
    });
    ids.unwrap_or_default()
}

#[wasm_bindgen_test]
async fn while_not_all_is_here_the_server_is_searched_too() {
    let reading = read_slowly().await;
    reading.until(|it| it.loaded == 50).await;
    reading.list.stop();
    // From here on the server is quick again.
    reset().await;
    let all = client()
        .send(
            &base(),
            calls::list_secrets(&reading.workspace, &SecretQuery::default(), 1000, None),
        )
        .await
        .unwrap();
    let far = all.items[900].metadata.name.clone();
    reading.list.show(Query::parse(&far), None);
    assert_eq!(reading.progress().shown, 0, "it is far down the list");
    reading
        .list
        .search(strongroom_core::list::server_filter::server_part(&Query::parse(&far)));
    let found = reading.until(|it| it.found == Some(State::Complete)).await;
    assert_eq!((found.shown, &found.state), (1, &State::Stopped), "{found:?}");
    reading.list.search(None);
    assert_eq!(reading.progress().found, None);
    reading.list.resume();
    reading.list.show(Query::default(), None);
    reading.complete().await;
    let names: Vec<String> = all.items.iter().map(|it| it.metadata.name.clone()).collect();
    assert!(
        reading.names()[..1000] == names,
        "what was found early is where the server lists it"
    );
    reading
        .list
        .search(strongroom_core::list::server_filter::server_part(&Query::parse(&far)));
    assert_eq!(reading.progress().found, None, "all is here: nobody is asked");
}

#[wasm_bindgen_test]
async fn what_was_taken_out_comes_back_where_it_was() {
    let reading = read().await;
    reading.complete().await;
    let before = ids(&reading, 10);
    reading.list.select(|selection, rows| selection.add(&rows[2..5]));
    assert_eq!(reading.list.selected().get_untracked(), 3);
    reading.list.hide(&before[3]);
    assert_eq!(reading.progress().loaded, BULK - 1);
    assert_eq!(ids(&reading, 4)[3], before[4]);
    assert_eq!(
        reading.list.selected().get_untracked(),
        2,
        "what is gone is not selected"
    );
    reading.list.unhide(&before[3]);
    assert_eq!(ids(&reading, 10), before);
}

#[wasm_bindgen_test]
async fn a_list_that_was_left_is_there_again_with_what_was_done_meanwhile() {
    let reading = read().await;
    reading.complete().await;
    let gone = ids(&reading, 3)[1].clone();
    let Reading {
        lists,
        session,
        workspace,
        owner,
        home,
        ..
    } = reading;
    owner.cleanup();
    lists.apply(
        &workspace,
        &LocalChange::Deleted(contract::SecretId::parse(gone.clone()).unwrap()),
    );
    let asked = requests(Method::Get).await;
    let (owner, list) = open(&home, lists, &workspace);
    let again = Reading {
        list,
        lists,
        session,
        workspace,
        owner,
        home,
    };
    let progress = again.progress();
    assert_eq!((&progress.state, progress.loaded), (&State::Complete, BULK - 1));
    assert!(!ids(&again, BULK).contains(&gone));
    assert_eq!(
        requests(Method::Get).await,
        asked,
        "what was just read is not read again"
    );
    again.owner.cleanup();
    session.disconnect();
    let (_owner, list) = open(&again.home, lists, &again.workspace);
    assert_eq!(
        list.progress().get_untracked().loaded,
        0,
        "nothing outlives the session"
    );
}

#[wasm_bindgen_test]
async fn the_lists_used_last_are_kept() {
    let reading = read().await;
    reading.complete().await;
    reading.owner.cleanup();
    let other = |number: u32| WorkspaceId::parse(format!("ws_none_{number}")).unwrap();
    for number in 0..4 {
        open(&reading.home, reading.lists, &other(number)).0.cleanup();
    }
    let (owner, list) = open(&reading.home, reading.lists, &reading.workspace);
    assert_eq!(list.progress().get_untracked().loaded, BULK, "four others leave it");
    owner.cleanup();
    for number in 4..9 {
        open(&reading.home, reading.lists, &other(number)).0.cleanup();
    }
    assert!(list.with(|_| ()).is_none(), "more than four others do not");
    let (_owner, list) = open(&reading.home, reading.lists, &reading.workspace);
    assert_eq!(list.progress().get_untracked().loaded, 0);
}

#[wasm_bindgen_test]
async fn a_server_that_asks_one_list_for_patience_gets_it_of_all() {
    let reading = read_slowly().await;
    reading.until(|it| it.loaded > 0).await;
    reading.list.stop();
    arm(r#"{"path": "workspace_secrets", "status": 429, "retryAfter": "2", "times": 1}"#).await;
    reading.list.resume();
    reading.until(|it| matches!(it.state, State::Waiting(_))).await;
    let asked = requests(Method::Get).await;
    let other = workspace().await;
    let before = requests(Method::Get).await - asked;
    let (owner, list) = open(&reading.home, reading.lists, &other);
    let other = Reading {
        list,
        lists: reading.lists,
        session: reading.session,
        workspace: other,
        owner,
        home: Owner::new(),
    };
    let waiting = other.until(|it| matches!(it.state, State::Waiting(_))).await;
    assert!(waiting.wait > 0 && waiting.wait <= 2000, "{waiting:?}");
    assert_eq!(requests(Method::Get).await, asked + before, "it was not asked");
    other.until(|it| it.state == State::Complete).await;
    reading.complete().await;
    reset().await;
}

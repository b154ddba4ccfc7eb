//! What happens to the machine and the network while the console is open: a clock that is wrong or set, a list whose order
//! changes while it is read, a network that answers in place of the API.

use chrono::TimeDelta;
use contract::calls;
use contract::{MetadataFields, WorkspaceId};
use strongroom_core::model::write_outcome::{Failed, LookedUp, PAUSE, Seen, WriteState};

use super::*;
use crate::store::drafts::SentDraft;
use crate::store::pages::read_all;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::Watch;

const SECOND: Duration = Duration::from_secs(1);
/// Off by ten minutes and by a day, fast and slow.
const OFF: [i64; 4] = [10, -10, 24 * 60, -24 * 60];

fn id() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn list(items: &[String], cursor: &str) -> Reply {
    let items = items.join(",");
    Reply::json(
        200,
        format!(r#"{{"items": [{items}], "pagination": {{"nextCursor": "{cursor}"}}}}"#),
    )
}

fn member(id: &str) -> String {
    format!(r#"{{"profileId": "{id}", "actorId": "actor", "name": "{id}"}}"#)
}

fn workspace(id: &str) -> String {
    format!(r#"{{"metadata": {{"id": "{id}", "name": "{id}"}}, "spec": {{}}, "status": "STATUS_ENABLED"}}"#)
}

#[test]
fn a_clock_that_is_set_locks_as_a_sleep_does() {
    for minutes in OFF {
        let world = World::connected();
        world.watch_idle(15);
        world.turn_clock(5 * SECOND);
        assert!(world.is_connected());
        world.browser.set_clock(TimeDelta::minutes(minutes));
        world.turn_clock(2 * SECOND);
        assert!(world.is_locked(), "{minutes} minutes: it looks the same as a sleep");
        // And from then on that clock is the clock.
        world.connect_as("key_alice", ALICE, false);
        world.turn_clock(60 * SECOND);
        assert!(world.is_connected(), "{minutes} minutes");
        world.turn_clock(15 * 60 * SECOND);
        assert!(world.is_locked(), "{minutes} minutes: and it locks in time");
    }
}

#[test]
fn a_date_to_wait_for_is_measured_by_the_servers_clock() {
    for minutes in OFF {
        let world = World::connected();
        world.browser.set_clock(TimeDelta::minutes(minutes));
        let busy = Reply::json(429, "{}")
            .retry_after("Thu, 26 Nov 2026 12:00:20 GMT")
            .dated("Thu, 26 Nov 2026 12:00:00 GMT");
        world.script(Method::Get, "/v1/whoami", busy);
        world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE));
        let asked = world.start(world.session().send(calls::who_am_i()));
        world.turn_clock(19 * SECOND);
        assert_eq!(world.sent().len(), 1, "{minutes} minutes");
        world.turn_clock(SECOND);
        assert!(asked.answer().unwrap().is_ok(), "{minutes} minutes");
    }
}

#[test]
fn a_date_that_only_this_clock_can_tell_is_never_waited_for_without_end() {
    for minutes in OFF {
        let world = World::connected();
        world.browser.set_clock(TimeDelta::minutes(minutes));
        for _ in 0..3 {
            let busy = Reply::json(429, "{}").retry_after("Thu, 26 Nov 2026 12:00:20 GMT");
            world.script(Method::Get, "/v1/whoami", busy);
        }
        let asked = world.start(world.session().send(calls::who_am_i()));
        world.turn_clock(60 * SECOND);
        let failure = asked.answer().unwrap().unwrap_err();
        assert_eq!(failure.http(), Some(429));
        // A slow clock makes the wait long: it is told at once. A fast one makes it none: then it is the console's own.
        let tries = if minutes < 0 { 1 } else { 3 };
        assert_eq!(world.sent().len(), tries, "{minutes} minutes");
    }
}

/// Creates a secret, whose answer is lost, at a server that says that it was created now by its own clock.
#[test]
fn with_a_wrong_clock_a_lost_create_is_never_sent_again_and_never_claimed_for_another() {
    for minutes in OFF {
        let world = World::connected();
        let owner = world.owner.child();
        let watch: Watch = owner.with(|| world.services.writes.watch());
        world.browser.set_clock(TimeDelta::minutes(minutes));
        let found = r#"{"metadata": {"id": "s-1", "name": "NAME", "createdAt": "2026-11-26T12:00:00Z",
            "profileId": "profile_alice"}, "spec": {}}"#;
        world.script(Method::Post, "/workspace_secrets", Reply::lost());
        world.script(Method::Get, "/workspace_secrets", list(&[found.to_owned()], ""));
        let fields = MetadataFields {
            name: "NAME".to_owned(),
            ..MetadataFields::default()
        };
        watch.create(id(), fields, Some(SecretText::new("hunter2")), SentDraft::default());
        world.run_until_idle();
        world.turn_clock(PAUSE);
        match watch.state().get_untracked().unwrap() {
            // By a fast clock it was there before it was sent: it may be another one, and the user is shown it.
            WriteState::Failed(Failed::LookedUp(LookedUp { seen, .. })) => {
                assert!(minutes > 0, "{minutes} minutes");
                assert!(matches!(seen, Ok(Seen::Similar { has_name: true, .. })));
            }
            WriteState::Done(_) => assert!(minutes < 0, "{minutes} minutes"),
            state => panic!("{minutes} minutes: {}", state.is_pending()),
        }
        let posts = world.sent().iter().filter(|sent| sent.method == Method::Post).count();
        assert_eq!(posts, 1, "{minutes} minutes");
    }
}

/// A server whose order changes lists an item again on a later page.
#[test]
fn an_order_that_changes_between_pages_shows_nothing_twice_and_ends() {
    let world = World::connected();
    let members = |ids: &[&str], cursor| list(&ids.iter().map(|id| member(id)).collect::<Vec<_>>(), cursor);
    world.script(Method::Get, "/members?", members(&["a", "b"], "1"));
    world.script(Method::Get, "cursor=1", members(&["b", "c"], "2"));
    world.script(Method::Get, "cursor=2", members(&["a", "d"], ""));
    let session = world.session();
    let read = || async move { read_all(session, |cursor| calls::list_members(&id(), 100, cursor)).await };
    let all = world.run(read()).unwrap();
    let ids: Vec<&str> = all.items.iter().map(|member| member.profile_id.as_str()).collect();
    assert_eq!((ids, all.is_complete), (vec!["a", "b", "c", "d"], true));

    // One that never ends, and has nothing new to say.
    let cursors: Vec<String> = (0..40).map(|number| number.to_string()).collect();
    for cursor in &cursors {
        world.script(Method::Get, "/members?", members(&["a", "b"], cursor));
    }
    world.sent();
    let all = world.run(read()).unwrap();
    assert_eq!(
        (all.items.len(), all.is_complete),
        (2, false),
        "it is said that some may be missing"
    );
    assert_eq!(world.sent().len(), 21);
}

#[test]
fn workspaces_whose_order_changes_are_listed_once() {
    let world = World::connected();
    world.turn_clock(10 * SECOND);
    let page = |ids: &[&str], cursor| list(&ids.iter().map(|id| workspace(id)).collect::<Vec<_>>(), cursor);
    world.script(Method::Get, "/v1/workspaces?", page(&["w-1", "w-2"], "1"));
    world.script(Method::Get, "cursor=1", page(&["w-2", "w-3"], ""));
    world.with(|| use_workspaces().refresh_if_old());
    world.run_until_idle();
    let all = world.with(|| untrack(|| use_workspaces().all()));
    let ids: Vec<&str> = all.iter().map(|workspace| workspace.metadata.id.as_str()).collect();
    assert_eq!(ids, ["w-1", "w-2", "w-3"]);
}

//! Locking and unlocking, by hand and by the clock; what goes with a lock.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use contract::WorkspaceId;

use super::*;
use crate::api::lifecycle::End;
use crate::browser::clipboard::Outcome;
use crate::browser::clock::use_minutes;
use crate::browser::tasks;
use crate::store::notices::use_notices;
use crate::store::writes::{BulkItem, Stage};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_lock_wipes_the_session_after_the_pages_had_their_say() {
    let world = World::new();
    world.connect_as("key_alice", ALICE, true);
    let hooks = world.session().hooks();
    let (before, said) = (hooks.generation(), Rc::new(RefCell::new(Vec::new())));
    let (session, heard) = (world.session(), Rc::clone(&said));
    world.with(|| {
        hooks.before_lock(move || {
            heard.borrow_mut().push(format!(
                "before: connected {}",
                session.state().get_untracked().is_open()
            ));
        });
    });
    let heard = Rc::clone(&said);
    hooks.on_end(move |end| heard.borrow_mut().push(format!("after: {end:?}")));
    world.session().lock();
    assert_eq!(*said.borrow(), ["before: connected true", "after: Locked"]);
    assert_eq!(hooks.generation(), before + 1);
    let State::Locked(connection) = world.state() else {
        panic!("{:?}", world.state())
    };
    assert_eq!((connection.base.as_str(), connection.profile), (BASE, None));
    assert!(!world.tab.all_kept().iter().any(|(_, text)| text.contains("key_alice")));
    world.session().lock();
    assert_eq!(said.borrow().len(), 2, "there is nothing to lock any more");

    world.connect_as("key_alice", ALICE, false);
    assert!(world.is_connected());
    world.session().disconnect();
    assert_eq!(said.borrow()[2..], [format!("after: {:?}", End::Disconnected)]);
}

#[test]
fn nobody_there_locks_after_a_warning() {
    let world = World::connected();
    let idle = world.watch_idle(15);
    world.turn_clock(13 * MINUTE + 58 * SECOND);
    assert_eq!(idle.left().get_untracked(), 0);
    world.turn_clock(2 * SECOND);
    assert_eq!(idle.left().get_untracked(), 60);
    world.turn_clock(59 * SECOND);
    assert_eq!(idle.left().get_untracked(), 1);
    idle.act();
    world.turn_clock(SECOND);
    assert!(
        world.is_locked(),
        "a hand that brushes the mouse is no answer to a warning"
    );
    assert_eq!(idle.left().get_untracked(), 0);
    world.turn_clock(60 * MINUTE);
    world.connect_as("key_alice", ALICE, false);
    world.turn_clock(10 * MINUTE);
    assert!(world.is_connected(), "a session begins with somebody who is there");
}

#[test]
fn whoever_is_there_is_left_alone() {
    let world = World::connected();
    let idle = world.watch_idle(2);
    for _ in 0..10 {
        world.turn_clock(50 * SECOND);
        idle.act();
    }
    assert!(world.is_connected());
    world.turn_clock(90 * SECOND);
    assert_eq!(idle.left().get_untracked(), 30);
    idle.stay();
    assert_eq!(idle.left().get_untracked(), 0);
    world.turn_clock(59 * SECOND);
    assert!(world.is_connected());

    let never = World::connected();
    never.watch_idle(0);
    never.turn_clock(300 * MINUTE);
    never.suspend(300 * MINUTE);
    never.turn_clock(SECOND);
    assert!(never.is_connected(), "the host has switched it off");
}

#[test]
fn a_machine_that_slept_is_locked_when_it_wakes() {
    let world = World::connected();
    world.watch_idle(15);
    world.suspend(MINUTE);
    world.turn_clock(SECOND);
    assert!(world.is_locked());

    // The user who wakes the machine may not be the one who connected.
    let world = World::new();
    world.watch_idle(15);
    world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE).after(5 * SECOND));
    let connecting = world.start(connect(world.session(), "key_alice", false));
    world.suspend(MINUTE);
    world.turn_clock(5 * SECOND);
    assert_eq!(connecting.answer().unwrap().unwrap(), None);
    assert_eq!(world.state(), State::Absent);
}

#[test]
fn a_session_that_was_kept_too_long_is_locked_before_it_sends_anything() {
    for (minutes, away, is_locked) in [
        (15, 14, false),
        (15, 16, true),
        (60, 59, false),
        (60, 24 * 60, true),
        (0, 24 * 60, false),
    ] {
        let world = World::new();
        world.watch_idle(minutes);
        world.connect_as("key_alice", ALICE, true);
        let (browser, tab, server) = (world.browser, world.tab, world.server);
        tab.close();
        drop(world);
        browser.set_running(browser.running() + away * MINUTE);
        server.sent();
        // The configuration, which has the limit, is not there yet, and may never be.
        let world = World::open(browser, tab, server);
        assert_eq!(world.is_locked(), is_locked, "{away} of {minutes} minutes");
        if is_locked {
            assert!(!world.tab.all_kept().iter().any(|(_, text)| text.contains("key_alice")));
            assert_eq!(server.asked(), 0, "no key is sent");
        }
        world.watch_idle(minutes);
        assert_eq!(world.is_locked(), is_locked, "{away} of {minutes} minutes");
    }
}

#[test]
fn work_under_way_is_not_taken_away_by_the_lock() {
    let world = World::connected();
    world.watch_idle(2);
    for id in ["a", "b", "c", "d"] {
        let id: &'static str = Box::leak(format!("/workspace_secrets/{id}").into_boxed_str());
        world.script(Method::Delete, id, Reply::json(409, "{}").after(50 * SECOND));
    }
    let item = |id: &str| BulkItem {
        id: id.to_owned(),
        ..BulkItem::default()
    };
    let workspace = WorkspaceId::parse("w-1").unwrap();
    let writes = world.services.writes;
    let run = writes
        .delete_soon(workspace, ["a", "b", "c", "d"].map(item).into())
        .unwrap();
    world.turn_clock(115 * SECOND);
    assert!(world.is_connected());
    assert!(
        writes.run_state(run).is_some_and(|state| state.stage == Stage::Ended),
        "the report is there"
    );
    world.turn_clock(2 * MINUTE);
    assert!(world.is_locked(), "nobody came for it");
}

type Outcomes = Rc<RefCell<Vec<Outcome>>>;

/// Copies a value for 30 seconds.
fn copy_value(world: &World, outcomes: &Outcomes) {
    let (clipboard, heard) = (world.clipboard(), Rc::clone(outcomes));
    let copied = world.run(async move {
        let told = move |outcome| heard.borrow_mut().push(outcome);
        clipboard.copy_value("hunter2", 30, told).await
    });
    assert!(copied);
    assert_eq!(world.browser.clipboard(), "hunter2");
}

#[test]
fn what_is_copied_after_a_value_stays() {
    let world = World::connected();
    let (first, second) = (Outcomes::default(), Outcomes::default());
    copy_value(&world, &first);
    let clipboard = world.clipboard();
    assert!(world.run(async move { clipboard.copy("an id").await }));
    world.turn_clock(30 * SECOND);
    assert_eq!(world.browser.clipboard(), "an id");

    // A value after another one is taken out when its own time is up.
    copy_value(&world, &first);
    world.turn_clock(20 * SECOND);
    copy_value(&world, &second);
    world.turn_clock(29 * SECOND);
    assert_eq!(world.browser.clipboard(), "hunter2");
    world.turn_clock(SECOND);
    assert_eq!(world.browser.clipboard(), "");
    assert_eq!((first.take(), second.take()), (Vec::new(), vec![Outcome::Emptied]));

    // Once it is out, a lock leaves alone what another program has put there.
    world.browser.put_into_clipboard("of another program");
    world.session().lock();
    world.run_until_idle();
    assert_eq!(world.browser.clipboard(), "of another program");
}

#[test]
fn what_is_copied_elsewhere_after_a_value_is_left_alone_and_asked_about() {
    let world = World::connected();
    let outcomes = Outcomes::default();
    copy_value(&world, &outcomes);
    world.browser.copy_elsewhere("a new key");
    world.turn_clock(30 * SECOND);
    world.browser.press_a_key();
    world.session().lock();
    world.turn_clock(30 * SECOND);
    assert_eq!(world.browser.clipboard(), "a new key");
    assert_eq!(outcomes.take(), [Outcome::Unsure], "asked once");

    // Left, and nothing was copied there: only the person can know.
    copy_value(&world, &outcomes);
    world.browser.copy_elsewhere("hunter2");
    world.turn_clock(30 * SECOND);
    assert_eq!(
        (world.browser.clipboard().as_str(), outcomes.take()),
        ("hunter2", vec![Outcome::Unsure])
    );
    world.clipboard().clear();
    world.run_until_idle();
    assert_eq!(
        (world.browser.clipboard().as_str(), outcomes.take()),
        ("", vec![Outcome::Emptied])
    );
    world.browser.put_into_clipboard("later");
    world.clipboard().clear();
    world.run_until_idle();
    assert_eq!(world.browser.clipboard(), "later", "it is done with");
}

#[test]
fn a_value_leaves_the_clipboard_in_time_and_with_a_lock() {
    let world = World::connected();
    let outcomes = Outcomes::default();
    let copy = || copy_value(&world, &outcomes);
    copy();
    world.turn_clock(29 * SECOND);
    assert_eq!(world.browser.clipboard(), "hunter2");
    world.turn_clock(SECOND);
    assert_eq!(world.browser.clipboard(), "");
    assert_eq!(outcomes.take(), [Outcome::Emptied]);

    copy();
    world.session().lock();
    world.run_until_idle();
    assert_eq!(world.browser.clipboard(), "");
    assert_eq!(outcomes.take(), [Outcome::Emptied]);

    // A browser that refuses is not said to have done it, and is tried again when somebody is there.
    copy();
    world.browser.lets_copy.store(false, Ordering::Relaxed);
    world.turn_clock(30 * SECOND);
    assert_eq!(
        (world.browser.clipboard().as_str(), outcomes.take()),
        ("hunter2", vec![Outcome::Refused])
    );
    world.browser.lets_copy.store(true, Ordering::Relaxed);
    world.browser.press_a_key();
    world.run_until_idle();
    assert_eq!(
        (world.browser.clipboard().as_str(), outcomes.take()),
        ("", vec![Outcome::Emptied])
    );
}

#[test]
fn what_is_told_of_a_session_that_has_ended_is_dropped() {
    let world = World::connected();
    let before = world.with(use_notices);
    let shown = |world: &World| world.with(use_notices).texts();
    before.failed("of this session");
    assert_eq!(shown(&world), ["of this session"]);
    world.session().lock();
    before.clear();
    before.failed("names what nobody may see any more");
    before.of_any_session().failed("names nothing");
    assert_eq!(shown(&world), ["names nothing"]);
    world.connect_as("key_bob", BOB, false);
    let done = world.with(use_notices);
    done.done("goes by itself");
    assert_eq!(shown(&world).len(), 2);
    world.turn_clock(6 * SECOND);
    assert_eq!(shown(&world), ["names nothing"]);
}

#[test]
fn a_hook_goes_with_its_view() {
    let world = World::connected();
    let ran = Rc::new(Cell::new(0));
    let view = world.owner.child();
    let count = Rc::clone(&ran);
    view.with(|| {
        let hooks = world.session().hooks();
        hooks.before_lock(move || count.set(count.get() + 1));
    });
    view.cleanup();
    world.session().lock();
    assert_eq!(ran.get(), 0);
}

#[test]
fn whoever_says_how_long_ago_it_was_follows_the_clock_by_one_timer() {
    let world = World::new();
    let views = [world.owner.child(), world.owner.child()];
    let drawn = Rc::new(Cell::new(0));
    for view in &views {
        let drawn = Rc::clone(&drawn);
        view.with(|| {
            let minutes = use_minutes();
            tasks::follow(move || {
                let _ = minutes.now();
                drawn.set(drawn.get() + 1);
            });
        });
    }
    world.run_until_idle();
    assert_eq!((drawn.get(), world.browser.timers()), (2, 1));
    world.turn_clock(2 * MINUTE);
    assert_eq!((drawn.get(), world.browser.timers()), (6, 1));
    views[0].cleanup();
    world.turn_clock(MINUTE);
    assert_eq!((drawn.get(), world.browser.timers()), (7, 1));
    views[1].cleanup();
    world.run_until_idle();
    assert_eq!(world.browser.timers(), 0, "it ends with the last of them");
}

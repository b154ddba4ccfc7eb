//! Two tabs of one browser.

use super::*;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// Two tabs in which Alice is connected and which lock after this many minutes.
fn two(minutes: u32) -> ((World, Idle), (World, Idle)) {
    let one = World::new();
    let other = one.second_tab();
    let idles = (one.watch_idle(minutes), other.watch_idle(minutes));
    one.connect_as("key_alice", ALICE, false);
    assert_eq!(other.state(), State::Absent, "each tab has a session of its own");
    other.connect_as("key_alice", ALICE, false);
    ((one, idles.0), (other, idles.1))
}

#[test]
fn a_lock_in_one_locks_all() {
    let ((one, idle), (other, _)) = two(15);
    idle.lock_now();
    assert!(one.is_locked() && other.is_connected(), "it is told, not done");
    one.run_until_idle();
    assert!(other.is_locked());
    one.connect_as("key_alice", ALICE, false);
    one.turn_clock(10 * SECOND);
    assert!(one.is_connected() && other.is_locked());
}

#[test]
fn disconnecting_in_one_locks_the_other_and_wipes_what_both_kept() {
    let ((one, _), (other, _)) = two(15);
    let drafts = other.drafts().unwrap();
    let keeping = other.start(async move { drafts.slot("new/a").keep(b"typed").await });
    other.turn_clock(SECOND);
    assert_eq!(keeping.answer(), Some(Ok(())));
    one.session().disconnect();
    one.run_until_idle();
    assert_eq!(one.state(), State::Absent);
    assert!(other.is_locked());
    other.connect_as("key_alice", ALICE, false);
    let drafts = other.drafts().unwrap();
    let reading = other.start(async move { drafts.slot("new/a").read().await });
    other.turn_clock(SECOND);
    assert!(reading.answer().unwrap().is_none(), "its key is gone from the browser");
}

#[test]
fn whoever_works_in_one_is_not_locked_out_of_the_other() {
    let ((one, idle), (other, _)) = two(2);
    for _ in 0..10 {
        one.turn_clock(30 * SECOND);
        idle.act();
    }
    one.run_until_idle();
    assert!(one.is_connected() && other.is_connected());
    one.turn_clock(2 * MINUTE);
    assert!(one.is_locked() && other.is_locked());
}

#[test]
fn a_tab_that_was_frozen_finds_out_that_another_locked_or_disconnected() {
    let ((one, idle), (frozen, frozen_idle)) = two(15);
    // It does not hear the others any more.
    frozen.tab.close();
    one.turn_clock(SECOND);
    idle.lock_now();
    one.run_until_idle();
    assert!(frozen.is_connected());
    frozen_idle.tick();
    assert!(frozen.is_locked());

    // It is no lock of yesterday that counts, and disconnecting is one, too.
    frozen.connect_as("key_alice", ALICE, false);
    one.turn_clock(10 * SECOND);
    assert!(frozen.is_connected());
    one.session().disconnect();
    one.run_until_idle();
    assert!(frozen.is_connected());
    one.turn_clock(SECOND);
    assert!(frozen.is_locked());
}

#[test]
fn a_session_that_is_about_to_begin_does_not_when_another_tab_locks() {
    let ((one, idle), (other, _)) = two(15);
    other.session().disconnect();
    one.run_until_idle();
    one.connect_as("key_alice", ALICE, false);
    other.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE).after(SECOND));
    let connecting = other.start(connect(other.session(), "key_alice", true));
    idle.lock_now();
    one.turn_clock(SECOND);
    assert_eq!(connecting.answer().unwrap().unwrap(), None);
    assert_eq!(other.state(), State::Absent);

    // The same where the tab was frozen and did not hear of it.
    one.connect_as("key_alice", ALICE, false);
    other.tab.close();
    other.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE).after(SECOND));
    let connecting = other.start(connect(other.session(), "key_alice", true));
    one.turn_clock(Duration::from_millis(500));
    idle.lock_now();
    one.turn_clock(SECOND);
    assert_eq!(connecting.answer().unwrap().unwrap(), None);
    assert_eq!(other.state(), State::Absent);
}

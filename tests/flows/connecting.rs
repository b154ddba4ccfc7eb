//! Connecting, for the first time and again.

use contract::{Kind, calls};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn key_in(kept: &[(String, String)]) -> bool {
    kept.iter().any(|(_, text)| text.contains("key_alice"))
}

#[test]
fn a_key_that_the_server_knows_begins_a_session() {
    let world = World::new();
    assert_eq!(world.state(), State::Absent);
    assert_eq!(world.connect_as("key_alice", ALICE, false).as_deref(), Some("Alice"));
    let sent = world.sent();
    assert_eq!((sent.len(), sent[0].path.as_str()), (1, "/v1/whoami"));
    assert_eq!(sent[0].authorization.as_deref(), Some("Bearer key_alice"));
    let State::Connected(connection) = world.state() else {
        panic!("{:?}", world.state())
    };
    assert_eq!(connection.profile.unwrap().display_name(), "Alice");
    assert!(!key_in(&world.tab.all_kept()), "the person did not ask for it");
    let world = world.reload();
    assert_eq!(world.state(), State::Absent);
}

#[test]
fn a_key_that_is_refused_changes_nothing() {
    let world = World::new();
    world.script(Method::Get, "/v1/whoami", Reply::json(401, "{}"));
    let failure = world.run(connect(world.session(), "key_alice", true)).unwrap_err();
    assert_eq!(failure.kind(), Kind::Unauthenticated);
    assert_eq!(world.state(), State::Absent);
    assert!(!key_in(&world.tab.all_kept()));
}

#[test]
fn nobody_waits_for_a_server_that_fails() {
    for (reply, kind) in [
        (Reply::json(503, "").retry_after("1"), Kind::Server),
        (Reply::unreachable(), Kind::NoAnswer),
    ] {
        let world = World::new();
        world.script(Method::Get, "/v1/whoami", reply);
        let failure = world.run(connect(world.session(), "key_alice", false)).unwrap_err();
        assert_eq!(failure.kind(), kind, "it is told at once and tried once");
        assert_eq!(world.state(), State::Absent);
    }
}

#[test]
fn a_session_that_is_kept_outlives_a_reload_and_then_learns_whose_it_is() {
    let world = World::new();
    world.connect_as("key_alice", ALICE, true);
    assert!(world.state().is_kept() && key_in(&world.tab.all_kept()));
    world.sent();
    let world = world.reload();
    assert!(
        world.is_connected() && world.sent().is_empty(),
        "the first request proves the key"
    );
    assert!(world.drafts().is_none(), "nobody knows yet whose they would be");
    world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE));
    world.run(world.session().identify());
    assert_eq!(world.sent()[0].authorization.as_deref(), Some("Bearer key_alice"));
    assert!(world.drafts().is_some());
    world.session().disconnect();
    assert!(world.tab.all_kept().is_empty());
    assert_eq!(world.reload().state(), State::Absent);
}

#[test]
fn a_browser_that_keeps_nothing_says_so() {
    let world = World::new();
    world.tab.refuses.store(true, std::sync::atomic::Ordering::Relaxed);
    world.connect_as("key_alice", ALICE, true);
    assert!(world.is_connected() && !world.state().is_kept());
}

#[test]
fn a_lock_while_the_server_is_asked_wins() {
    let end: [fn(Session); 2] = [|session| session.lock(), |session| session.disconnect()];
    for end in end {
        let world = World::new();
        world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE).after(SECOND));
        let connecting = world.start(connect(world.session(), "key_alice", true));
        end(world.session());
        world.turn_clock(SECOND);
        assert_eq!(connecting.answer().unwrap().unwrap(), None);
        assert_eq!(world.state(), State::Absent);
        assert!(!key_in(&world.tab.all_kept()));
    }
}

#[test]
fn a_key_that_expires_is_asked_for_again_and_the_session_goes_on() {
    let world = World::connected();
    let hooks = world.session().hooks();
    let before = hooks.generation();
    world.script(Method::Get, "/v1/whoami", Reply::json(401, "{}"));
    let failure = world.run(world.session().send(calls::who_am_i())).unwrap_err();
    assert_eq!(failure.kind(), Kind::Unauthenticated);
    assert!(matches!(world.state(), State::Expired(_)));
    world.sent();
    let failure = world.run(world.session().send(calls::who_am_i())).unwrap_err();
    assert_eq!(failure.kind(), Kind::Unauthenticated);
    assert!(world.sent().is_empty(), "without a key nothing goes out");
    world.connect_as("key_of_today", ALICE, false);
    assert!(world.is_connected());
    assert_eq!(hooks.generation(), before, "the pages stayed");
    assert_eq!(world.sent()[0].authorization.as_deref(), Some("Bearer key_of_today"));
}

#[test]
fn what_a_key_may_not_do_is_learnt_and_forgotten() {
    let world = World::connected();
    let call = || calls::list_workspaces(7, None);
    let scope = call().request.operation.scope().unwrap();
    world.script(Method::Get, "/v1/workspaces", Reply::json(403, "{}"));
    assert_eq!(
        world.run(world.session().send(call())).unwrap_err().kind(),
        Kind::Denied
    );
    assert!(world.is_connected() && world.state().refuses(scope));
    world.script(Method::Get, "/v1/workspaces", Reply::json(200, "{}"));
    world.run(world.session().send(call())).unwrap();
    assert!(!world.state().refuses(scope));
}

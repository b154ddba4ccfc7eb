//! Requests over time: retries, patience, deadlines, and sessions that end in the middle.

use contract::{Cause, Kind, calls, retry};

use super::*;

const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// Asks something that may be tried again.
fn ask(world: &World) -> Task<Result<contract::WhoAmI, Failure>> {
    world.start(world.session().send(calls::who_am_i()))
}

#[test]
fn reading_is_tried_again_with_growing_waits() {
    let world = World::connected();
    for reply in [Reply::json(503, ""), Reply::lost(), Reply::json(200, ALICE)] {
        world.script(Method::Get, "/v1/whoami", reply);
    }
    let asked = ask(&world);
    assert_eq!(world.sent().len(), 1);
    world.turn_clock(Duration::from_millis(499));
    assert!(world.sent().is_empty());
    world.turn_clock(MILLISECOND);
    assert_eq!(world.sent().len(), 1);
    world.turn_clock(Duration::from_millis(999));
    assert!(world.sent().is_empty() && !asked.is_done());
    world.turn_clock(MILLISECOND);
    assert_eq!(asked.answer().unwrap().unwrap().profile.display_name(), "Alice");
}

#[test]
fn the_server_says_how_long_to_wait_but_not_for_minutes() {
    let world = World::connected();
    for reply in [
        Reply::json(429, "").retry_after("20"),
        Reply::json(429, "").retry_after("61"),
    ] {
        world.script(Method::Get, "/v1/whoami", reply);
    }
    let asked = ask(&world);
    world.turn_clock(19 * SECOND);
    assert_eq!(world.sent().len(), 1);
    world.turn_clock(SECOND);
    let failure = asked.answer().unwrap().unwrap_err();
    assert_eq!(
        (failure.kind(), failure.retry_after),
        (Kind::RateLimited, Some(61 * SECOND))
    );
    assert_eq!(world.sent().len(), 1);
}

#[test]
fn without_the_header_the_body_says_how_long_to_wait() {
    let world = World::connected();
    let busy = r#"{"code": 8, "message": "slow down", "details": [
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3.5s"}]}"#;
    world.script(Method::Get, "/v1/whoami", Reply::json(429, busy));
    world.script(Method::Get, "/v1/whoami", Reply::json(429, busy).retry_after("7"));
    world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE));
    let asked = ask(&world);
    world.turn_clock(3_499 * MILLISECOND);
    assert_eq!(world.sent().len(), 1);
    world.turn_clock(MILLISECOND);
    assert_eq!(world.sent().len(), 1, "3.5 s later");
    world.turn_clock(6 * SECOND);
    assert!(world.sent().is_empty(), "the header goes before the body");
    world.turn_clock(SECOND);
    assert!(asked.answer().unwrap().is_ok());
}

#[test]
fn silence_ends_at_the_deadline_of_each_try() {
    let world = World::connected();
    world.script(Method::Get, "/v1/whoami", Reply::silence());
    world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE).after(SECOND));
    let asked = ask(&world);
    world.turn_clock(retry::DEADLINE - MILLISECOND);
    assert_eq!(world.sent().len(), 1);
    world.turn_clock(SECOND);
    assert_eq!(world.sent().len(), 1);
    world.turn_clock(SECOND);
    assert!(asked.answer().unwrap().is_ok());

    for _ in 0..3 {
        world.script(Method::Get, "/v1/whoami", Reply::silence());
    }
    let asked = ask(&world);
    world.turn_clock(4 * retry::DEADLINE);
    let failure = asked.answer().unwrap().unwrap_err();
    assert_eq!(failure.cause, Cause::TimedOut(retry::DEADLINE));
}

#[test]
fn a_lock_between_two_tries_lets_nothing_more_out() {
    let world = World::connected();
    world.script(Method::Get, "/v1/whoami", Reply::json(503, "").retry_after("30"));
    let asked = ask(&world);
    assert_eq!(world.sent().len(), 1);
    world.session().lock();
    world.connect_as("key_bob", BOB, false);
    world.sent();
    world.turn_clock(60 * SECOND);
    assert_eq!(asked.answer().unwrap().unwrap_err().kind(), Kind::Unauthenticated);
    assert!(world.sent().is_empty(), "not even with the key of who came after");
    assert!(world.is_connected(), "an older request has no say in this session");
}

#[test]
fn a_late_answer_has_no_say_in_a_later_session() {
    let world = World::connected();
    world.script(Method::Get, "/v1/whoami", Reply::json(401, "{}").after(SECOND));
    let asked = ask(&world);
    world.session().disconnect();
    world.connect_as("key_bob", BOB, false);
    world.turn_clock(SECOND);
    assert!(asked.answer().unwrap().is_err());
    assert!(world.is_connected());

    // The same for who it belongs to.
    world.script(Method::Get, "/v1/whoami", Reply::json(200, BOB).after(SECOND));
    let identified = world.start(world.session().identify());
    world.connect_as("key_alice", ALICE, false);
    world.turn_clock(SECOND);
    assert!(identified.is_done());
    let state = world.state();
    let profile = state.connection().unwrap().profile.as_ref().unwrap();
    assert_eq!(profile.display_name(), "Alice");
}

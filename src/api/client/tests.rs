//! The client against a transport made of a list of answers.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use contract::calls::{self, SecretQuery};
use contract::{Kind, Method, MetadataFields, SecretText, Timestamp, WorkspaceId};
use futures::executor::block_on;
use futures::future::LocalBoxFuture;
use zeroize::Zeroizing;

use super::*;
use crate::browser::clock::TimeSource;

enum Reply {
    Answer(u16, &'static str, Option<&'static str>),
    Fault(Fault),
    Silence,
}

#[derive(Default)]
struct Script {
    replies: Mutex<VecDeque<Reply>>,
    sent: Mutex<Vec<(Method, String)>>,
}

impl Transport for Script {
    fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
        self.sent.lock().unwrap().push((outgoing.method, outgoing.url));
        let reply = self
            .replies
            .lock()
            .unwrap()
            .pop_front()
            .expect("one more request than the script has");
        Box::pin(async move {
            match reply {
                Reply::Answer(status, body, retry_after) => Ok(Incoming {
                    status,
                    request_id: Some("request-1".to_owned()),
                    retry_after: retry_after.map(str::to_owned),
                    date: None,
                    quota: None,
                    policy: None,
                    body: Zeroizing::new(body.as_bytes().to_vec()),
                }),
                Reply::Fault(fault) => Err(fault),
                Reply::Silence => futures::future::pending().await,
            }
        })
    }
}

/// Sleeps at once and remembers for how long; the deadline "passes" only when nothing else is ready.
#[derive(Default)]
struct FastTime {
    slept: Mutex<Vec<Duration>>,
}

impl TimeSource for FastTime {
    fn now(&self) -> Timestamp {
        chrono::DateTime::parse_from_rfc3339("1994-11-06T08:49:00Z")
            .unwrap()
            .to_utc()
    }

    fn running(&self) -> u64 {
        0
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        if wait != retry::DEADLINE {
            self.slept.lock().unwrap().push(wait);
        }
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> f64 {
        1.0
    }
}

struct Outcome<A> {
    answer: Result<A, Failure>,
    sent: Vec<(Method, String)>,
    slept: Vec<u64>,
}

fn send<A: Answer>(call: Call<A>, replies: impl IntoIterator<Item = Reply>) -> Outcome<A> {
    send_as(|| Grant::Header(None), call, replies)
}

fn send_as<A: Answer>(
    authority: impl Authority + 'static,
    call: Call<A>,
    replies: impl IntoIterator<Item = Reply>,
) -> Outcome<A> {
    let transport: &'static Script = Box::leak(Box::new(Script {
        replies: Mutex::new(replies.into_iter().collect()),
        ..Script::default()
    }));
    let time: &'static FastTime = Box::leak(Box::default());
    let client = Client::new(transport, Rc::new(authority), Clock(time));
    let base = BaseUrl::parse("https://api.example/prefix").unwrap();
    let answer = block_on(client.send(&base, call));
    assert!(
        transport.replies.lock().unwrap().is_empty(),
        "the script has replies that nobody asked for"
    );
    let sent = std::mem::take(&mut *transport.sent.lock().unwrap());
    let slept = time.slept.lock().unwrap();
    let slept = slept.iter().map(|wait| wait.as_millis() as u64).collect();
    Outcome { answer, sent, slept }
}

fn list() -> Call<contract::Page<contract::WorkspaceSecret>> {
    calls::list_secrets(&WorkspaceId::parse("w/1").unwrap(), &SecretQuery::default(), 50, None)
}

fn create() -> Call<contract::WorkspaceSecret> {
    let fields = MetadataFields {
        name: "NAME".to_owned(),
        ..MetadataFields::default()
    };
    calls::create_secret(
        &WorkspaceId::parse("w").unwrap(),
        &fields,
        Some(&SecretText::new("hunter2")),
    )
}

#[test]
fn a_page_comes_back_as_a_page() {
    let outcome = send(
        list(),
        [Reply::Answer(200, r#"{"items": [{"metadata": {"id": "s"}}]}"#, None)],
    );
    assert_eq!(outcome.answer.unwrap().items[0].metadata.id.as_str(), "s");
    let url = "https://api.example/prefix/v1/workspaces/w%2F1/workspace_secrets?limit=50".to_owned();
    assert_eq!(outcome.sent, [(Method::Get, url)]);
}

#[test]
fn reading_is_tried_again_with_growing_waits() {
    let outcome = send(
        list(),
        [
            Reply::Answer(503, "", None),
            Reply::Fault(Fault::Unreachable),
            Reply::Answer(200, "{}", None),
        ],
    );
    assert!(outcome.answer.is_ok());
    assert_eq!(outcome.slept, [500, 1000]);
}

#[test]
fn the_server_says_how_long_to_wait() {
    let date = Some("Sun, 06 Nov 1994 08:49:07 GMT");
    let outcome = send(
        list(),
        [
            Reply::Answer(429, "", Some("2")),
            Reply::Answer(503, "", date),
            Reply::Answer(200, "{}", None),
        ],
    );
    assert!(outcome.answer.is_ok());
    assert_eq!(outcome.slept, [2000, 7000]);
}

#[test]
fn the_body_says_how_long_to_wait_where_the_header_cannot_be_read() {
    let body = r#"{"code": 8, "details": [{"retryDelay": "3.5s"}]}"#;
    let outcome = send(
        list(),
        [Reply::Answer(429, body, None), Reply::Answer(200, "{}", None)],
    );
    assert!(outcome.answer.is_ok());
    assert_eq!(outcome.slept, [3500]);
}

#[test]
fn it_does_not_sleep_for_minutes_without_a_word() {
    let outcome = send(list(), [Reply::Answer(429, "", Some("300"))]);
    let failure = outcome.answer.unwrap_err();
    assert_eq!(
        (failure.kind(), failure.retry_after),
        (Kind::RateLimited, Some(Duration::from_secs(300)))
    );
    assert!(outcome.slept.is_empty());
}

#[test]
fn writing_is_never_tried_again() {
    for reply in [
        Reply::Answer(503, "", Some("1")),
        Reply::Fault(Fault::Unreachable),
        Reply::Fault(Fault::Interrupted { request_id: None }),
        Reply::Silence,
    ] {
        let outcome = send(create(), [reply]);
        assert_eq!(outcome.sent.len(), 1);
        assert!(outcome.answer.unwrap_err().is_outcome_unknown());
    }
}

fn delete() -> Call<contract::Nothing> {
    calls::delete_secret(
        &WorkspaceId::parse("w").unwrap(),
        &contract::SecretId::parse("s").unwrap(),
    )
}

#[test]
fn a_delete_whose_answer_was_lost_is_done_when_nothing_is_left() {
    let lost = || Reply::Fault(Fault::Interrupted { request_id: None });
    let gone = || Reply::Answer(404, r#"{"code": 5, "message": "not found"}"#, None);
    assert!(send(delete(), [lost(), gone()]).answer.is_ok());
    // At the first try it is news: this secret was not there.
    assert_eq!(send(delete(), [gone()]).answer.unwrap_err().kind(), Kind::NotFound);
    // Reading is no deleting.
    assert_eq!(
        send(list(), [lost(), gone()]).answer.unwrap_err().kind(),
        Kind::NotFound
    );
}

#[test]
fn a_session_that_is_over_sends_nothing_more() {
    let tries = Cell::new(0);
    let authority = move || {
        tries.set(tries.get() + 1);
        if tries.get() == 1 { Grant::Header(None) } else { Grant::Over }
    };
    let outcome = send_as(authority, list(), [Reply::Answer(503, "", Some("30"))]);
    assert_eq!(outcome.sent.len(), 1);
    assert_eq!(outcome.answer.unwrap_err().kind(), Kind::Unauthenticated);
}

#[test]
fn silence_ends_at_the_deadline() {
    let outcome = send(list(), [Reply::Silence, Reply::Silence, Reply::Silence]);
    assert_eq!(outcome.answer.unwrap_err().cause, Cause::TimedOut(retry::DEADLINE));
}

#[test]
fn a_proxys_page_is_an_error_with_its_status() {
    let outcome = send(create(), [Reply::Answer(502, "<html>Bad gateway</html>", None)]);
    let failure = outcome.answer.unwrap_err();
    assert_eq!(
        (failure.http(), failure.kind(), failure.message()),
        (Some(502), Kind::Server, None)
    );
    assert_eq!(failure.request_id.as_deref(), Some("request-1"));
}

#[test]
fn html_with_status_200_is_not_an_empty_list() {
    let outcome = send(list(), [Reply::Answer(200, "<html>Sign in</html>", None)]);
    let failure = outcome.answer.unwrap_err();
    assert_eq!(failure.kind(), Kind::Unexpected);
    assert_eq!(failure.request_id.as_deref(), Some("request-1"));
}

#[test]
fn violations_reach_the_form() {
    let body = r#"{"code": 3, "message": "bad", "details": [
        {"@type": "type.googleapis.com/google.rpc.BadRequest",
         "fieldViolations": [{"field": "metadata.name", "description": "too long"}]}]}"#;
    let failure = send(create(), [Reply::Answer(400, body, None)]).answer.unwrap_err();
    assert_eq!(
        (failure.kind(), failure.violations()[0].field.as_str()),
        (Kind::Invalid, "metadata.name")
    );
}

#[test]
fn a_failure_never_holds_the_value() {
    let failure = send(
        create(),
        [Reply::Answer(
            200,
            r#"{"metadata": 1, "spec": {"value": "hunter2"}}"#,
            None,
        )],
    );
    assert!(!format!("{:?}", failure.answer.unwrap_err()).contains("hunter2"));
}

#[test]
fn what_a_server_quotes_of_value_and_key_is_hidden() {
    let body = r#"{"code": 3, "message": "value 'hunter2-typed' refused for key_alice_1", "details": [
        {"fieldViolations": [{"field": "spec.value", "description": "HUNTER2-TYPED: no \"hunter2\""}]}]}"#;
    let call = || {
        let fields = MetadataFields {
            name: "N".to_owned(),
            ..MetadataFields::default()
        };
        let value = SecretText::new("hunter2-typed");
        calls::create_secret(&WorkspaceId::parse("w").unwrap(), &fields, Some(&value))
    };
    let key = || Grant::Header(Some(Zeroizing::new("Bearer key_alice_1".to_owned())));
    let failure = send_as(key, call(), [Reply::Answer(400, body, None)]).answer.unwrap_err();
    assert_eq!(failure.message(), Some("value '•••' refused for •••"));
    assert_eq!(failure.violations()[0].description, "•••: no \"hunter2\"");
}

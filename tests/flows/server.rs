//! A server that says what the test scripted.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use contract::{Method, Quota};
use futures::future::LocalBoxFuture;
use zeroize::Zeroizing;

use crate::api::client::{Fault, Incoming, Outgoing, Transport};
use crate::browser::clock::Clock;
use crate::flows::browser::Browser;

/// What the server does with a request.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    what: What,
    retry_after: Option<&'static str>,
    date: Option<&'static str>,
    quota: Option<Quota>,
    policy: Option<&'static str>,
    after: Duration,
}

#[derive(Debug, Clone)]
enum What {
    Answer(u16, String),
    Fault(Fault),
    Silence,
}

impl Reply {
    fn of(what: What) -> Self {
        Self {
            what,
            retry_after: None,
            date: None,
            quota: None,
            policy: None,
            after: Duration::ZERO,
        }
    }

    /// Answers with a status and a body.
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::of(What::Answer(status, body.into()))
    }

    /// Does what it is asked, and the answer breaks off on its way.
    pub(crate) fn lost() -> Self {
        Self::of(What::Fault(Fault::Interrupted { request_id: None }))
    }

    /// There is no connection.
    pub(crate) fn unreachable() -> Self {
        Self::of(What::Fault(Fault::Unreachable))
    }

    /// A redirect, as of a proxy that asks for its sign-in.
    pub(crate) fn redirected() -> Self {
        Self::of(What::Fault(Fault::Redirected))
    }

    /// Never answers.
    pub(crate) fn silence() -> Self {
        Self::of(What::Silence)
    }

    /// With the header `Retry-After`.
    pub(crate) fn retry_after(self, value: &'static str) -> Self {
        Self {
            retry_after: Some(value),
            ..self
        }
    }

    /// With the header `Date`.
    pub(crate) fn dated(self, value: &'static str) -> Self {
        Self {
            date: Some(value),
            ..self
        }
    }

    /// Adds the `ratelimit-*` headers: how many of 100 requests remain, and the seconds until the limit resets.
    pub(crate) fn left(self, remaining: u64, seconds: u64) -> Self {
        let quota = Some(Quota {
            limit: Some(100),
            remaining,
            reset: Duration::from_secs(seconds),
        });
        Self { quota, ..self }
    }

    /// With the header `Content-Security-Policy`.
    pub(crate) fn policy(self, policy: &'static str) -> Self {
        Self {
            policy: Some(policy),
            ..self
        }
    }

    /// Takes its time.
    pub(crate) fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }
}

/// A request that reached the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: String,
}

#[derive(Default)]
struct State {
    script: VecDeque<(Method, &'static str, Reply)>,
    /// For requests without a script, the latest first.
    standing: Vec<(Method, &'static str, Reply)>,
    sent: Vec<Sent>,
    asked: usize,
}

/// The server, and what was scripted for it.
pub(crate) struct Server(Mutex<State>);

impl Server {
    pub(crate) fn new() -> &'static Self {
        Box::leak(Box::new(Self(Mutex::default())))
    }

    pub(crate) fn script(&self, method: Method, path: &'static str, reply: Reply) {
        self.0.lock().unwrap().script.push_back((method, path, reply));
    }

    /// Every request with this method whose path contains `path` gets this reply, unless one is scripted for it or set
    /// later.
    pub(crate) fn always(&self, method: Method, path: &'static str, reply: Reply) {
        self.0.lock().unwrap().standing.push((method, path, reply));
    }

    /// Takes back the last [`Self::always`].
    pub(crate) fn no_longer(&self) {
        self.0.lock().unwrap().standing.pop();
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        let mut state = self.0.lock().unwrap();
        state.asked = 0;
        std::mem::take(&mut state.sent)
    }

    /// How many requests have arrived since [`Self::sent`] was last called, with those that tabs send by themselves.
    pub(crate) fn asked(&self) -> usize {
        self.0.lock().unwrap().asked
    }

    /// The way of a tab to this server.
    pub(crate) fn transport(&'static self, browser: &'static Browser) -> &'static dyn Transport {
        let clock = Clock(browser.time());
        Box::leak(Box::new(Wire { server: self, clock }))
    }

    fn take(&self, sent: Sent) -> Reply {
        let mut state = self.0.lock().unwrap();
        state.asked += 1;
        let is_meant =
            |(method, path, _): &(Method, &'static str, Reply)| *method == sent.method && sent.path.contains(path);
        let at = state.script.iter().position(is_meant);
        let standing = state.standing.iter().rev().find(|standing| is_meant(standing)).cloned();
        let reply = match at.and_then(|at| state.script.remove(at)).or(standing) {
            Some((.., reply)) => reply,
            // Every tab asks for these by itself, once it is connected.
            None if sent.path.starts_with("/v1/workspaces?") => return Reply::json(200, "{}"),
            None => {
                drop(state);
                panic!("nobody scripted {sent:?}")
            }
        };
        state.sent.push(sent);
        reply
    }
}

struct Wire {
    server: &'static Server,
    clock: Clock,
}

impl Transport for Wire {
    fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
        Box::pin(async move {
            let path = outgoing.url.strip_prefix(super::BASE).expect("it goes to the server");
            let reply = self.server.take(Sent {
                method: outgoing.method,
                path: path.to_owned(),
                authorization: outgoing.authorization.as_deref().map(ToString::to_string),
                body: String::from_utf8(outgoing.body.unwrap_or_default().to_vec()).unwrap(),
            });
            self.clock.sleep(reply.after).await;
            match reply.what {
                What::Answer(status, body) => Ok(Incoming {
                    status,
                    request_id: Some("request_1".to_owned()),
                    retry_after: reply.retry_after.map(str::to_owned),
                    date: reply.date.map(str::to_owned),
                    quota: reply.quota,
                    policy: reply.policy.map(str::to_owned),
                    body: Zeroizing::new(body.into_bytes()),
                }),
                What::Fault(fault) => Err(fault),
                What::Silence => futures::future::pending().await,
            }
        })
    }
}

//! The first page of a list, asked for before its view is there.
//!
//! A list that is opened in a tab that keeps its session leaves the address of its first page in the tab's storage. After a
//! reload the same page is asked for as soon as the program runs, while the part that shows it is loaded and built.

use contract::calls::{self, SecretQuery};
use contract::{BaseUrl, Failure, Method, Operation, Request, Timestamp, WorkspaceId};
use futures::FutureExt as _;
use futures::future::{LocalBoxFuture, ready};

use crate::api::client::Incoming;

/// How long an answer may wait for its view, in milliseconds.
const FRESH: i64 = 10_000;

type Answer = LocalBoxFuture<'static, Result<Incoming, Failure>>;

/// A page that no list has asked for yet.
pub struct Early {
    url: String,
    sent_at: Timestamp,
    answer: Answer,
}

impl Early {
    /// Sends a request. The browser keeps the answer until a list goes on from here.
    pub fn send(url: String, mut answer: Answer, now: Timestamp) -> Self {
        if let Some(answered) = (&mut answer).now_or_never() {
            answer = ready(answered).boxed_local();
        }
        Self {
            url,
            sent_at: now,
            answer,
        }
    }

    pub fn is_of(&self, url: &str) -> bool {
        self.url == url
    }

    /// The answer, unless it has waited for long.
    pub fn answer(self, now: Timestamp) -> Option<Answer> {
        let waited = now.timestamp_millis() - self.sent_at.timestamp_millis();
        (waited < FRESH).then_some(self.answer)
    }
}

/// The request for this address, if it is a page of this workspace's list.
pub fn page(url: &str, base: &BaseUrl, workspace: &WorkspaceId) -> Option<Request> {
    let list = calls::list_secrets(workspace, &SecretQuery::default(), 0, None).request.path;
    let path = url.strip_prefix(base.as_str())?;
    let is_page = path.strip_prefix(&list)?.starts_with('?');
    is_page.then(|| Request {
        operation: Operation::ListSecrets,
        method: Method::Get,
        path: path.to_owned(),
        query: Vec::new(),
        body: None,
    })
}

//! The first page of a list, asked for before its view is there.
//!
//! A list that is opened in a tab that keeps its session leaves the address of its first page in the tab's storage. After a
//! reload the same page is asked for as soon as the program runs, while the part that shows it is loaded and built.

use contract::{Failure, Method, Operation, Request, WorkspaceId, calls};
use contract::calls::SecretQuery;
use futures::FutureExt as _;
use futures::future::{LocalBoxFuture, ready};
use leptos::prelude::WithUntracked as _;

use crate::api::client::Incoming;
use crate::api::session::Session;
use crate::browser::storage::Name;

/// How long an answer may wait for its view, in milliseconds.
const FRESH: i64 = 10_000;

/// A page that nobody has asked for yet.
pub(super) struct Early {
    url: String,
    sent_at: i64,
    answer: LocalBoxFuture<'static, Result<Incoming, Failure>>,
}

impl Session {
    /// Asks for the first page of a workspace's list as the list did before the reload. [`Self::read_once`] hands the answer to
    /// the list, if it asks for the same page.
    pub fn ask_early(self, workspace: &WorkspaceId) {
        let (Some(live), Some(url)) = (self.live(), self.seams.storage.read(Name::FirstPage)) else {
            return;
        };
        let list = calls::list_secrets(workspace, &SecretQuery::default(), 0, None).request;
        let path = url.strip_prefix(live.base.as_str()).unwrap_or_default().to_owned();
        if !path.strip_prefix(&list.path).is_some_and(|query| query.starts_with('?')) {
            return;
        }
        let request = Request {
            operation: Operation::ListSecrets,
            method: Method::Get,
            path,
            query: Vec::new(),
            body: None,
        };
        let mut answer = async move { self.exchange_once(&request).await }.boxed_local();
        // Sends it. The browser keeps the answer until the list goes on from here.
        if let Some(answered) = (&mut answer).now_or_never() {
            answer = ready(answered).boxed_local();
        }
        let sent_at = self.seams.clock.now().timestamp_millis();
        live.early.replace(Some(Early { url, sent_at, answer }));
    }

    /// The answer to this request, if it was sent early.
    pub(super) fn take_early(self, request: &Request) -> Option<LocalBoxFuture<'static, Result<Incoming, Failure>>> {
        let live = self.live()?;
        let is_wanted = |early: &mut Early| early.url == request.url(&live.base);
        let early = live.early.borrow_mut().take_if(is_wanted)?;
        let is_fresh = self.seams.clock.now().timestamp_millis() - early.sent_at < FRESH;
        is_fresh.then_some(early.answer)
    }

    /// A list asks for its first page: leaves its address for after a reload, if the tab keeps the session.
    pub fn remember_first_page(self, request: &Request) {
        let is_kept = self.state().with_untracked(|state| state.is_kept());
        if let Some(live) = self.live().filter(|_| is_kept) {
            self.seams.storage.write(Name::FirstPage, &request.url(&live.base));
        }
    }
}

//! Reads a list page by page: sends the requests of a [`Reading`] and runs its waits.

use std::time::Duration;

use contract::{Failure, Kind, Method, retry};
use futures::FutureExt as _;
use futures::future::{AbortHandle, LocalBoxFuture};
use strongroom_core::list::reading::{Command, Reading, Request, State};

use crate::api::client::Incoming;
use crate::browser::tasks;
use crate::store::read_limit::ReadLimit;

/// A reading, and its pending request or wait.
#[derive(Default)]
pub struct PageReader {
    pub reading: Reading<Failure>,
    under_way: Option<AbortHandle>,
    /// The number of failed tries for the next page.
    tried: u32,
    /// The length of the current or last wait, in milliseconds.
    pub wait: u64,
}

/// The result of a [`Command`], with its ticket.
pub enum Event {
    Answered(u64, Result<Incoming, Failure>),
    Waited(u64),
}

impl PageReader {
    /// Aborts the pending request or wait.
    pub fn abort(&mut self) {
        if let Some(handle) = self.under_way.take() {
            handle.abort();
        }
    }

    /// Replaces the handle of the pending request or wait.
    pub fn remember(&mut self, handle: AbortHandle) {
        self.under_way = Some(handle);
    }

    /// A requested page has arrived.
    pub fn page(&mut self, ticket: u64, next: Option<String>) -> Option<Command> {
        self.tried = 0;
        self.reading.page(ticket, next)
    }

    /// A requested page has failed. It is retried as often as the server sends `Retry-After`, which pauses all lists;
    /// otherwise a few times, if a retry can help (api.md, Transport).
    pub fn fail(&mut self, ticket: u64, failure: Failure, limit: ReadLimit) -> Option<Command> {
        self.tried += 1;
        let wait = wait_before_retry(&failure, self.tried, limit);
        self.wait = wait.unwrap_or_default();
        if wait.is_none() {
            // The next try is requested by the user, so counting starts again.
            self.tried = 0;
        }
        self.reading.fail(ticket, failure, wait)
    }

    /// Whether a page after the first was refused for its cursor. The same request would be refused again, so only a new
    /// reading helps.
    pub fn has_lost_its_place(&self) -> bool {
        matches!(self.reading.state(), State::Failed(failure) if failure.is_cursor_refused())
    }

    pub fn waited(&mut self, ticket: u64) -> Option<Command> {
        self.reading.resume_after_wait(ticket)
    }
}

/// How long to wait before the next try of a page, in milliseconds; `None` if it should not be tried again. A rate limit
/// pauses all lists.
pub fn wait_before_retry(failure: &Failure, tried: u32, limit: ReadLimit) -> Option<u64> {
    let policy = retry::Policy::default();
    let jitter = limit.clock().random();
    let asked = policy.asked_wait(failure, tried, jitter);
    let own = || policy.wait(Method::Get, failure, tried, jitter);
    let wait = u64::try_from(asked.or_else(own)?.as_millis()).ok()?;
    if failure.kind() == Kind::RateLimited
        && let Ok(wait) = i64::try_from(wait)
    {
        limit.pause(limit.now() + wait, failure);
    }
    Some(wait)
}

/// Runs a command and reports the result. Dropping the handle's task aborts it.
pub fn perform(
    limit: ReadLimit,
    command: Command,
    request: impl FnOnce(&Request) -> LocalBoxFuture<'static, Result<Incoming, Failure>>,
    tell: Box<dyn FnOnce(Event)>,
) -> AbortHandle {
    match command {
        Command::Read(wanted) => {
            let request = request(&wanted);
            read(limit, &wanted, request, tell)
        }
        Command::Wait { ticket, milliseconds } => tasks::spawn(async move {
            limit.clock().sleep(Duration::from_millis(milliseconds)).await;
            tell(Event::Waited(ticket));
        }),
    }
}

fn read(
    limit: ReadLimit,
    wanted: &Request,
    request: LocalBoxFuture<'static, Result<Incoming, Failure>>,
    tell: Box<dyn FnOnce(Event)>,
) -> AbortHandle {
    let ticket = wanted.ticket;
    // The user waits for a first page.
    let is_in_background = wanted.cursor.is_some();
    let mut answer = Box::pin(limit.run(is_in_background, move || limit.now(), request));
    // Send the request now, not after the pending effects of the views.
    let early = (&mut answer).now_or_never();
    tasks::spawn(async move {
        let answer = match early {
            Some(answer) => answer,
            None => answer.await,
        };
        limit.learn(answer.as_ref().ok().and_then(|answer| answer.quota));
        tell(Event::Answered(ticket, answer));
    })
}

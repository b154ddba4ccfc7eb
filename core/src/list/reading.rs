//! Reads all pages of a list in sequence, as a state machine: what to request next, or why nothing is requested.

use std::collections::HashSet;

/// The first page is small, so that rows appear at once.
pub const FIRST_LIMIT: u32 = 50;

/// The limit of all later pages, the highest that the server allows.
pub const LIMIT: u32 = 1000;

/// The state of a reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State<Error> {
    /// Nothing was requested yet.
    #[default]
    Idle,
    /// A page is being requested.
    Reading,
    /// The server asked to wait; it resumes by itself.
    Waiting(Error),
    /// The user stopped it.
    Stopped,
    /// A page failed. It can be retried alone.
    Failed(Error),
    /// The server returned the same cursor twice; continuing would loop.
    Repeated,
    /// All pages were read.
    Complete,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Request a page, and pass the ticket back with the answer.
    Read(Request),
    /// Wait, then call [`Reading::resume_after_wait`] with the ticket.
    Wait {
        /// The ticket.
        ticket: u64,
        /// How long.
        milliseconds: u64,
    },
}

/// A request for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// To pass back with the answer: an answer to an earlier reading is dropped.
    pub ticket: u64,
    /// The cursor of the page; `None` for the first one.
    pub cursor: Option<String>,
    /// The maximum number of secrets on the page.
    pub limit: u32,
}

/// The cursors of one reading. Ends it where the server returns one that it has returned before.
#[derive(Debug, Clone, Default)]
pub struct Cursors(HashSet<String>);

impl Cursors {
    /// Whether the page of this cursor was not requested before. From then on it counts as requested.
    pub fn is_new(&mut self, cursor: &str) -> bool {
        self.0.insert(cursor.to_owned())
    }
}

/// The reading of a list. Independent of the content of the pages.
#[derive(Debug, Clone)]
pub struct Reading<Error> {
    state: State<Error>,
    ticket: u64,
    next: Option<String>,
    used: Cursors,
    pages: usize,
}

impl<Error> Default for Reading<Error> {
    fn default() -> Self {
        Self {
            state: State::Idle,
            ticket: 0,
            next: None,
            used: Cursors::default(),
            pages: 0,
        }
    }
}

impl<Error> Reading<Error> {
    /// The state.
    #[must_use]
    pub fn state(&self) -> &State<Error> {
        &self.state
    }

    /// The number of pages read.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// Whether an answer with this ticket is still current.
    #[must_use]
    pub fn is_wanted(&self, ticket: u64) -> bool {
        ticket == self.ticket && self.state_is_reading()
    }

    fn state_is_reading(&self) -> bool {
        matches!(self.state, State::Reading)
    }

    /// Restarts from the first page. Pending answers become outdated.
    pub fn begin(&mut self) -> Command {
        let ticket = self.ticket;
        *self = Self {
            ticket,
            ..Self::default()
        };
        self.ask()
    }

    fn ask(&mut self) -> Command {
        self.ticket += 1;
        self.state = State::Reading;
        Command::Read(Request {
            ticket: self.ticket,
            cursor: self.next.clone(),
            limit: if self.pages == 0 { FIRST_LIMIT } else { LIMIT },
        })
    }

    /// A current page arrived. Requests the next one, if there is one.
    pub fn page(&mut self, ticket: u64, next: Option<String>) -> Option<Command> {
        if !self.is_wanted(ticket) {
            return None;
        }
        self.pages += 1;
        match next {
            None => {
                self.state = State::Complete;
                None
            }
            Some(cursor) if !self.used.is_new(&cursor) => {
                self.state = State::Repeated;
                None
            }
            Some(cursor) => {
                self.next = Some(cursor);
                Some(self.ask())
            }
        }
    }

    /// The request that follows a current page if the page names this cursor: it can be sent before the page is decoded.
    /// [`Self::page`] then returns the same, unless the page names another cursor.
    #[must_use]
    pub fn following(&self, ticket: u64, cursor: String) -> Option<Request> {
        let is_due = self.is_wanted(ticket) && !self.used.0.contains(&cursor);
        is_due.then(|| Request {
            ticket: ticket + 1,
            cursor: Some(cursor),
            limit: LIMIT,
        })
    }

    /// A current page failed. If the server said how long to wait, it resumes after that.
    pub fn fail(&mut self, ticket: u64, error: Error, wait: Option<u64>) -> Option<Command> {
        if !self.is_wanted(ticket) {
            return None;
        }
        match wait {
            Some(milliseconds) => {
                self.state = State::Waiting(error);
                Some(Command::Wait { ticket, milliseconds })
            }
            None => {
                self.state = State::Failed(error);
                None
            }
        }
    }

    /// The wait is over: requests the page again, unless the state has changed since.
    pub fn resume_after_wait(&mut self, ticket: u64) -> Option<Command> {
        let is_due = ticket == self.ticket && matches!(self.state, State::Waiting(_));
        is_due.then(|| self.ask())
    }

    /// Stops, as the user asked.
    pub fn stop(&mut self) {
        if matches!(self.state, State::Reading | State::Waiting(_)) {
            self.ticket += 1;
            self.state = State::Stopped;
        }
    }

    /// Resumes after a stop, or retries a failed page.
    pub fn resume(&mut self) -> Option<Command> {
        let can_go_on = matches!(self.state, State::Stopped | State::Failed(_) | State::Waiting(_));
        can_go_on.then(|| self.ask())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(command: Option<Command>) -> Request {
        match command {
            Some(Command::Read(request)) => request,
            other => unreachable!("{other:?} is no request"),
        }
    }

    #[test]
    fn a_small_page_then_large_ones_to_the_end() {
        let mut reading = Reading::<()>::default();
        assert_eq!(reading.state(), &State::Idle);
        let first = request(Some(reading.begin()));
        assert_eq!((first.cursor.as_deref(), first.limit), (None, FIRST_LIMIT));
        let second = request(reading.page(first.ticket, Some("a".to_owned())));
        assert_eq!((second.cursor.as_deref(), second.limit), (Some("a"), LIMIT));
        assert_eq!(reading.page(first.ticket, None), None, "an answer counts once");
        assert_eq!(reading.state(), &State::Reading);
        assert_eq!(reading.page(second.ticket, None), None);
        assert_eq!((reading.state(), reading.pages()), (&State::Complete, 2));
        assert_eq!(reading.resume(), None);
    }

    #[test]
    fn what_follows_a_page_is_known_before_it_is_decoded() {
        let mut reading = Reading::<()>::default();
        let first = request(Some(reading.begin()));
        for (ticket, cursor) in [(first.ticket, "a"), (first.ticket + 1, "b")] {
            let following = reading.following(ticket, cursor.to_owned());
            assert_eq!(
                reading.following(ticket + 1, cursor.to_owned()),
                None,
                "not asked for yet"
            );
            assert_eq!(following, Some(request(reading.page(ticket, Some(cursor.to_owned())))));
        }
        assert_eq!(
            reading.following(first.ticket + 2, "a".to_owned()),
            None,
            "it would loop"
        );
        reading.stop();
        assert_eq!(reading.following(first.ticket + 2, "c".to_owned()), None);
    }

    #[test]
    fn a_cursor_that_comes_again_ends_it() {
        let mut reading = Reading::<()>::default();
        let first = request(Some(reading.begin()));
        let second = request(reading.page(first.ticket, Some("a".to_owned())));
        assert_eq!(reading.page(second.ticket, Some("a".to_owned())), None);
        assert_eq!(reading.state(), &State::Repeated);
    }

    #[test]
    fn cursors_that_take_turns_end_it() {
        let mut cursors = Cursors::default();
        let read = ["a", "b", "a", "b"]
            .into_iter()
            .take_while(|cursor| cursors.is_new(cursor));
        assert_eq!(read.count(), 2);
    }

    #[test]
    fn a_failed_page_is_asked_for_again_alone() {
        let mut reading = Reading::default();
        let first = request(Some(reading.begin()));
        let second = request(reading.page(first.ticket, Some("a".to_owned())));
        assert_eq!(reading.fail(second.ticket, "gone", None), None);
        assert_eq!(reading.state(), &State::Failed("gone"));
        let again = request(reading.resume());
        assert_eq!((again.cursor.as_deref(), again.limit), (Some("a"), LIMIT));
        assert_eq!(reading.fail(second.ticket, "late", None), None, "of the first try");
        assert_eq!(reading.state(), &State::Reading);
    }

    #[test]
    fn patience_is_kept_and_can_be_cut_short() {
        let mut reading = Reading::default();
        let first = request(Some(reading.begin()));
        let wait = reading.fail(first.ticket, "busy", Some(20_000));
        assert_eq!(
            wait,
            Some(Command::Wait {
                ticket: first.ticket,
                milliseconds: 20_000
            })
        );
        assert_eq!(reading.state(), &State::Waiting("busy"));
        let again = request(reading.resume_after_wait(first.ticket));
        assert_eq!(again.cursor, None);
        reading.fail(again.ticket, "busy", Some(1));
        reading.stop();
        assert_eq!(reading.resume_after_wait(again.ticket), None, "it was stopped");
        assert_eq!(reading.state(), &State::Stopped);
        assert!(reading.resume().is_some());
    }

    #[test]
    fn what_was_stopped_or_begun_anew_wants_no_answer() {
        let mut reading = Reading::<()>::default();
        let first = request(Some(reading.begin()));
        reading.stop();
        assert_eq!(reading.page(first.ticket, None), None);
        assert_eq!(reading.state(), &State::Stopped);
        let on = request(reading.resume());
        let anew = request(Some(reading.begin()));
        assert_eq!(reading.page(on.ticket, Some("of the former".to_owned())), None);
        assert_eq!(reading.state(), &State::Reading);
        assert_eq!(reading.page(anew.ticket, None), None);
        assert_eq!(reading.state(), &State::Complete);
    }
}

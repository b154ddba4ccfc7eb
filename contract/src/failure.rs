//! What can go wrong with a call: one type, from transport to text.

use std::time::Duration;

use crate::{Code, FieldViolation, Operation, Status};

/// A call that did not succeed. It never holds a value or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What was tried.
    pub operation: Operation,
    /// Why it failed.
    pub cause: Cause,
    /// The server's `x-request-id`, for whoever looks into it.
    pub request_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The server answered with an error.
    Refused {
        /// HTTP status.
        http: u16,
        /// What its body said, where it was a `google.rpc.Status`.
        status: Option<Status>,
    },
    /// The answer's body was not what the contract says.
    Undecodable {
        /// HTTP status.
        http: u16,
        /// Why, without any of the bytes.
        detail: String,
    },
    /// No connection: wrong address, no network, a certificate, or an origin that the server does not allow.
    Unreachable,
    /// The policy of the page does not allow this address.
    Forbidden,
    /// The connection was lost before the answer was complete.
    Interrupted,
    /// No complete answer within the deadline.
    TimedOut(Duration),
}

/// What a failure means for the person (api.md, Errors).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A field is bad.
    Invalid,
    /// The state of things does not allow it: the workspace is archived or disabled.
    Precondition,
    /// The key is missing, wrong or disabled.
    Unauthenticated,
    /// The key lacks a scope.
    Denied,
    /// Gone, or never there.
    NotFound,
    /// The name is taken.
    Taken,
    /// Someone else changed it.
    Conflict,
    /// Too many requests.
    RateLimited,
    /// The server's fault.
    Server,
    /// An answer that the contract does not know.
    Unexpected,
    /// There was no answer, or only part of one.
    NoAnswer,
    /// The page may not talk to that address at all.
    Forbidden,
}

impl Failure {
    /// A failure that has only a cause so far.
    #[must_use]
    pub fn new(operation: Operation, cause: Cause) -> Self {
        Self {
            operation,
            cause,
            request_id: None,
            retry_after: None,
        }
    }

    /// What it means.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.cause {
            Cause::Refused { http, status } => refusal(*http, status.as_ref().and_then(|status| status.code)),
            Cause::Undecodable { .. } => Kind::Unexpected,
            Cause::Unreachable | Cause::Interrupted | Cause::TimedOut(_) => Kind::NoAnswer,
            Cause::Forbidden => Kind::Forbidden,
        }
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub fn http(&self) -> Option<u16> {
        match self.cause {
            Cause::Refused { http, .. } | Cause::Undecodable { http, .. } => Some(http),
            Cause::Unreachable | Cause::Forbidden | Cause::Interrupted | Cause::TimedOut(_) => None,
        }
    }

    /// The server's own message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match &self.cause {
            Cause::Refused {
                status: Some(status), ..
            } => status.message.as_deref(),
            _ => None,
        }
    }

    /// What is wrong field by field.
    #[must_use]
    pub fn violations(&self) -> &[FieldViolation] {
        match &self.cause {
            Cause::Refused {
                status: Some(status), ..
            } => &status.violations,
            _ => &[],
        }
    }

    /// Whether the same call can succeed later without anyone changing anything.
    #[must_use]
    pub fn can_retry_help(&self) -> bool {
        match &self.cause {
            Cause::Refused { http, .. } => matches!(http, 408 | 429 | 500 | 502 | 503 | 504),
            Cause::Unreachable | Cause::Interrupted | Cause::TimedOut(_) => true,
            Cause::Undecodable { .. } | Cause::Forbidden => false,
        }
    }

    /// Whether the server may have carried the call out all the same: the request may have arrived and only the answer
    /// is missing or unreadable. A gateway's error says nothing of what happened behind it.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        match &self.cause {
            Cause::Refused { http, .. } => matches!(http, 408 | 500 | 502 | 503 | 504),
            Cause::Undecodable { http, .. } => (200..300).contains(http),
            // A browser does not tell a connection that was refused from one that broke after the request was sent.
            Cause::Unreachable | Cause::Interrupted | Cause::TimedOut(_) => true,
            Cause::Forbidden => false,
        }
    }
}

fn refusal(http: u16, code: Option<Code>) -> Kind {
    match (http, code) {
        (401, _) => Kind::Unauthenticated,
        (403, _) => Kind::Denied,
        (404, _) => Kind::NotFound,
        (409, Some(Code::AlreadyExists)) => Kind::Taken,
        (409, _) => Kind::Conflict,
        (429, _) => Kind::RateLimited,
        (400, Some(Code::FailedPrecondition)) => Kind::Precondition,
        (400 | 422, _) => Kind::Invalid,
        (408, _) | (500.., _) => Kind::Server,
        _ => Kind::Unexpected,
    }
}

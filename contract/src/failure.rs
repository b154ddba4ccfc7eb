//! Everything that can go wrong with a call, as one type from transport to text.

use std::time::Duration;

use crate::{Code, FieldViolation, MissingScope, Operation, Status};

/// A failed call. It never contains a value or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The operation.
    pub operation: Operation,
    /// Why it failed.
    pub cause: Cause,
    /// The server's `x-request-id`, for support.
    pub request_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// Whether the request asked for a page by a cursor.
    pub had_cursor: bool,
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The server answered with an error.
    Refused {
        /// HTTP status.
        http: u16,
        /// Its body, if it was a `google.rpc.Status`.
        status: Option<Box<Status>>,
    },
    /// The response body does not match the contract.
    Undecodable {
        /// HTTP status.
        http: u16,
        /// The reason, without any of the bytes.
        detail: String,
    },
    /// No connection: wrong address, no network, an invalid certificate, or an origin that the server does not allow.
    Unreachable,
    /// The page's content security policy blocks this address.
    Forbidden,
    /// The answer was a redirect, which the API never sends. It was not followed.
    Redirected,
    /// A proxy that adds the key answered in place of the API, most likely because its own sign-in has ended: a redirect
    /// (without a status), a 401 or a page.
    SignedOut {
        /// HTTP status, if it can be read.
        http: Option<u16>,
    },
    /// The connection was lost before the response was complete.
    Interrupted,
    /// No complete response within the deadline.
    TimedOut(Duration),
}

/// The meaning of a failure for the user (api.md, Errors).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A field is invalid.
    Invalid,
    /// The state of the resource does not allow it: the workspace is archived or disabled.
    Precondition,
    /// The key is missing, wrong or disabled.
    Unauthenticated,
    /// The server doesn't allow it: the key lacks a scope, the workspace is archived, or only an admin may do it.
    Denied,
    /// The answer is not the API's: a proxy, a firewall or a captive portal stands in front of it.
    NotTheApi,
    /// The proxy in front of the API asks for its own sign-in.
    SignedOut,
    /// It does not exist, or no longer.
    NotFound,
    /// The name is taken.
    Taken,
    /// Someone else changed it.
    Conflict,
    /// Too many requests.
    RateLimited,
    /// A server error.
    Server,
    /// A status that the contract does not define.
    Unexpected,
    /// No response, or only part of one.
    NoAnswer,
    /// The page is not allowed to connect to that address.
    Forbidden,
}

impl Failure {
    /// A failure with only a cause so far.
    #[must_use]
    pub fn new(operation: Operation, cause: Cause) -> Self {
        Self {
            operation,
            cause,
            request_id: None,
            retry_after: None,
            had_cursor: false,
        }
    }

    /// The meaning of the failure.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.cause {
            Cause::Refused {
                http: 403,
                status: None,
            } => Kind::NotTheApi,
            Cause::Refused { http, status } => refusal(*http, status.as_ref().and_then(|status| status.code)),
            Cause::Undecodable { .. } => Kind::Unexpected,
            Cause::Unreachable | Cause::Interrupted | Cause::TimedOut(_) => Kind::NoAnswer,
            Cause::Forbidden => Kind::Forbidden,
            Cause::Redirected => Kind::NotTheApi,
            Cause::SignedOut { .. } => Kind::SignedOut,
        }
    }

    /// The HTTP status, if there was a response.
    #[must_use]
    pub fn http(&self) -> Option<u16> {
        match self.cause {
            Cause::Refused { http, .. } | Cause::Undecodable { http, .. } => Some(http),
            Cause::SignedOut { http } => http,
            Cause::Unreachable | Cause::Forbidden | Cause::Redirected | Cause::Interrupted | Cause::TimedOut(_) => None,
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

    /// The field violations.
    #[must_use]
    pub fn violations(&self) -> &[FieldViolation] {
        match &self.cause {
            Cause::Refused {
                status: Some(status), ..
            } => &status.violations,
            _ => &[],
        }
    }

    /// The scope that the key lacks, if the server named it.
    #[must_use]
    pub fn missing_scope(&self) -> Option<&MissingScope> {
        match &self.cause {
            Cause::Refused {
                status: Some(status), ..
            } => status.missing_scope.as_ref(),
            _ => None,
        }
    }

    /// Whether the API refused it without naming a scope: the workspace is archived, or only an admin may do it.
    #[must_use]
    pub fn is_unexplained_refusal(&self) -> bool {
        self.kind() == Kind::Denied && self.missing_scope().is_none()
    }

    /// Whether a page was refused for its cursor, as far as can be told: the page before was answered, and only the cursor
    /// is new. A cursor expires, and then only a new reading helps (api.md, Errors).
    #[must_use]
    pub fn is_cursor_refused(&self) -> bool {
        self.had_cursor && self.http() == Some(400)
    }

    /// Whether the same call can succeed later without any change by the user.
    #[must_use]
    pub fn can_retry_help(&self) -> bool {
        match &self.cause {
            Cause::Refused { http, .. } => matches!(http, 408 | 429 | 500 | 502 | 503 | 504),
            Cause::Unreachable | Cause::Interrupted | Cause::TimedOut(_) => true,
            Cause::Undecodable { .. } | Cause::Forbidden | Cause::Redirected | Cause::SignedOut { .. } => false,
        }
    }

    /// Whether the server may have carried out the call despite the failure: the request may have arrived, and only the
    /// response is missing or unreadable. A gateway's error says nothing about the server behind it.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        match &self.cause {
            Cause::Refused { http, .. } => matches!(http, 408 | 500 | 502 | 503 | 504),
            Cause::Undecodable { http, .. } => (200..300).contains(http),
            // Browsers do not distinguish a refused connection from one that broke after the request was sent.
            Cause::Unreachable | Cause::Interrupted | Cause::TimedOut(_) => true,
            // A page with a status of success may hide that the call went through.
            Cause::SignedOut { http } => http.is_some_and(|http| (200..300).contains(&http)),
            // A redirect comes in place of the API.
            Cause::Forbidden | Cause::Redirected => false,
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

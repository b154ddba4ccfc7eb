//! Error answers: `google.rpc.Status` (api.md, Errors).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{Code, FieldViolation, Scope};
use serde::Serialize;
use serde_json::{Value, json};

use crate::key::Grants;
use crate::log;

/// A failed call and the reason.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    code: Code,
    message: String,
    violations: Vec<FieldViolation>,
    missing_scope: Option<(Scope, Grants)>,
}

/// The body of an error, as it is on the wire.
#[derive(Debug, Serialize)]
pub(crate) struct StatusBody {
    /// The gRPC code.
    code: i64,
    /// What went wrong, for people.
    message: String,
    /// `google.rpc.BadRequest` and `google.rpc.ErrorInfo`.
    details: Vec<Value>,
}

/// One violation.
pub(crate) fn violation(field: impl Into<String>, description: impl Into<String>) -> FieldViolation {
    FieldViolation {
        field: field.into(),
        description: description.into(),
    }
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            violations: Vec::new(),
            missing_scope: None,
        }
    }

    /// One bad field.
    pub(crate) fn field(field: &str, description: impl Into<String>) -> Self {
        Self::fields(vec![violation(field, description)])
    }

    /// Several bad fields. The message repeats them for clients that read no details.
    pub(crate) fn fields(violations: Vec<FieldViolation>) -> Self {
        let words: Vec<String> = violations
            .iter()
            .map(|it| format!("{}: {}", it.field, it.description))
            .collect();
        let mut refusal = Self::new(StatusCode::BAD_REQUEST, Code::InvalidArgument, words.join("; "));
        refusal.violations = violations;
        refusal
    }

    /// A request that cannot be parsed.
    pub(crate) fn unreadable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::InvalidArgument, message)
    }

    /// One answer for a missing, a wrong and a disabled key: telling them apart would help to guess.
    pub(crate) fn unauthenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            Code::Unauthenticated,
            "A valid API key is required: Authorization: Bearer <key>",
        )
    }

    /// The key lacks a scope: the one 403 that names it (api.md, Errors).
    pub(crate) fn denied(scope: Scope, granted: &Grants) -> Self {
        let mut refusal = Self::forbidden(format!("The API key lacks the scope {}", scope.as_str()));
        refusal.missing_scope = Some((scope, granted.clone()));
        refusal
    }

    /// Not allowed for another reason than a missing scope.
    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, Code::PermissionDenied, message)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, Code::NotFound, format!("{what} not found"))
    }

    /// A name, or another field that must be unique, is in use.
    pub(crate) fn taken(field: &str, description: &str) -> Self {
        let mut refusal = Self::new(StatusCode::CONFLICT, Code::AlreadyExists, description);
        refusal.violations.push(violation(field, description));
        refusal
    }

    pub(crate) fn precondition(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::FailedPrecondition, message)
    }

    /// The server stops before this is done. Not an error, so nothing is logged.
    pub(crate) fn stopping() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Unavailable,
            "the local API is stopping",
        )
    }

    /// An internal error. The details are logged, not sent to the client.
    pub(crate) fn internal(what: impl std::fmt::Display) -> Self {
        log::error(&format!("internal error: {what}"));
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Code::Internal,
            "The local API failed; its log on stderr says why",
        )
    }

    fn into_body(self) -> StatusBody {
        let mut details = Vec::new();
        if !self.violations.is_empty() {
            details.push(json!({
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": self.violations,
            }));
        }
        if let Some((scope, granted)) = self.missing_scope {
            details.push(json!({
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "SCOPE_MISSING",
                "metadata": { "required_scope": scope.as_str(), "granted_scopes": granted.to_text() },
            }));
        }
        StatusBody {
            code: self.code.number(),
            message: self.message,
            details,
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        // SQLite's messages name tables and columns, never what is bound to a statement.
        Self::internal(format_args!("database: {error}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = (status, axum::Json(self.into_body())).into_response();
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110 §11.6.1: a 401 names the scheme. Browsers prompt the user for Basic and Digest only.
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

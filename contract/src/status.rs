//! The body of an error: `google.rpc.Status` (api.md, Errors).

use std::time::Duration;

use serde::Serialize;

use crate::long_text::shortened;
use crate::node::{Node, field};
use crate::redact;

/// Codes of `google.rpc.Code` that the contract names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// 3: a field is invalid.
    InvalidArgument,
    /// 4: the server timed out.
    DeadlineExceeded,
    /// 5: it does not exist, or no longer.
    NotFound,
    /// 6: the name is taken.
    AlreadyExists,
    /// 7: the key lacks a scope.
    PermissionDenied,
    /// 8: too many requests.
    ResourceExhausted,
    /// 9: the state of the resource does not allow it: an archived workspace.
    FailedPrecondition,
    /// 10: someone else changed it.
    Aborted,
    /// 13: a server error.
    Internal,
    /// 14: the server is unavailable.
    Unavailable,
    /// 16: the key is missing, wrong or disabled.
    Unauthenticated,
    /// Any other code, by its number.
    Other(i64),
}

impl Code {
    /// The number on the wire.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::InvalidArgument => 3,
            Self::DeadlineExceeded => 4,
            Self::NotFound => 5,
            Self::AlreadyExists => 6,
            Self::PermissionDenied => 7,
            Self::ResourceExhausted => 8,
            Self::FailedPrecondition => 9,
            Self::Aborted => 10,
            Self::Internal => 13,
            Self::Unavailable => 14,
            Self::Unauthenticated => 16,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for Code {
    fn from(number: i64) -> Self {
        match number {
            3 => Self::InvalidArgument,
            4 => Self::DeadlineExceeded,
            5 => Self::NotFound,
            6 => Self::AlreadyExists,
            7 => Self::PermissionDenied,
            8 => Self::ResourceExhausted,
            9 => Self::FailedPrecondition,
            10 => Self::Aborted,
            13 => Self::Internal,
            14 => Self::Unavailable,
            16 => Self::Unauthenticated,
            number => Self::Other(number),
        }
    }
}

/// A violation of one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldViolation {
    /// Path of the field, such as `metadata.name`.
    pub field: String,
    /// The server's description; empty if it has none.
    pub description: String,
}

/// An error body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// The gRPC code, if present.
    pub code: Option<Code>,
    /// The message, if present.
    pub message: Option<String>,
    /// The field violations.
    pub violations: Vec<FieldViolation>,
    /// The scope that the key lacks, if that is the reason.
    pub missing_scope: Option<MissingScope>,
    /// How long the server asks to wait: `google.rpc.RetryInfo`.
    pub retry_delay: Option<Duration>,
}

/// A scope that the key lacks: `google.rpc.ErrorInfo` with the reason `SCOPE_MISSING` (api.md, Errors). The only proof of
/// a missing scope: a 403 without it has another reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingScope {
    /// The scope that the call requires, such as `secrets:manage`.
    pub required: String,
    /// The scopes that the key has, as the server lists them; empty if it doesn't.
    pub granted: String,
}

impl Status {
    /// Decodes a body; `None` if it is not such JSON (such as an HTML page of a proxy), which is not an error. Details
    /// of unknown types and malformed parts are ignored.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let Ok(Node::Object(body)) = Node::parse(bytes) else {
            return None;
        };
        let code = match field(&body, "code") {
            Some(Node::Integer(number)) => Some(Code::from(*number)),
            _ => None,
        };
        let message = Some(text(&body, "message")).filter(|text| !text.is_empty());
        if code.is_none() && message.is_none() {
            return None;
        }
        let mut violations = Vec::new();
        let mut missing_scope = None;
        let mut retry_delay = None;
        // Only `google.rpc.BadRequest` has field violations, so the name of the field identifies it as well as `@type`
        // does.
        for detail in objects(&body, "details") {
            for name in ["fieldViolations", "field_violations"] {
                violations.extend(objects(detail, name).map(|violation| FieldViolation {
                    field: text(violation, "field"),
                    description: text(violation, "description"),
                }));
            }
            if let Some(Node::Object(metadata)) = field(detail, "metadata")
                && text(detail, "reason") == "SCOPE_MISSING"
            {
                missing_scope = Some(MissingScope {
                    required: text(metadata, "required_scope"),
                    granted: text(metadata, "granted_scopes"),
                })
                .filter(|missing| !missing.required.is_empty());
            }
            retry_delay = retry_delay.or_else(|| seconds(&text(detail, "retryDelay")));
        }
        // A violation without field and description is useless.
        violations.retain(|it| !it.field.is_empty() || !it.description.is_empty());
        Some(Self {
            code,
            message,
            violations,
            missing_scope,
            retry_delay,
        })
    }
}

impl Status {
    /// Hides a secret wherever the server quotes it, whole or in part.
    pub fn hide(&mut self, secret: &str) {
        let texts = self.message.iter_mut();
        for text in texts.chain(self.violations.iter_mut().map(|violation| &mut violation.description)) {
            redact::hide(secret, text);
        }
    }
}

/// A duration in the JSON form of protobuf: seconds with up to nine digits, such as `3.5s`.
fn seconds(text: &str) -> Option<Duration> {
    // Not as a float: its parser has a table of ten kilobytes.
    let text = text.strip_suffix('s')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let nanos = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    let nanos = nanos.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0'));
    Some(Duration::new(whole.parse().ok()?, nanos))
}

/// The text in a field, shortened if it is too long; the JSON form of protobuf omits empty ones.
fn text(fields: &[(String, Node)], name: &str) -> String {
    match field(fields, name) {
        Some(Node::Text(text)) => shortened(text.as_str().into()).into_owned(),
        _ => String::new(),
    }
}

/// The objects in a list; other items are ignored.
fn objects<'a>(fields: &'a [(String, Node)], name: &str) -> impl Iterator<Item = &'a [(String, Node)]> {
    let list = match field(fields, name) {
        Some(Node::List(list)) => list.as_slice(),
        _ => &[],
    };
    list.iter().filter_map(|node| match node {
        Node::Object(fields) => Some(fields.as_slice()),
        _ => None,
    })
}

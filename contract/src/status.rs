//! The body of an error: `google.rpc.Status` (api.md, Errors).

use serde::Serialize;

use crate::node::{Node, field};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The gRPC code, if present.
    pub code: Option<Code>,
    /// The message, if present.
    pub message: Option<String>,
    /// The field violations.
    pub violations: Vec<FieldViolation>,
}

impl Status {
    /// Decodes a body; `None` if it is not such JSON (such as an HTML page of a proxy), which is not an error. Details
    /// of unknown types and malformed parts are ignored.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let Ok(Node::Object(body)) = serde_json::from_slice(bytes) else {
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
        // Only `google.rpc.BadRequest` has field violations, so the name of the field identifies it as well as `@type`
        // does.
        for detail in objects(&body, "details") {
            for name in ["fieldViolations", "field_violations"] {
                violations.extend(objects(detail, name).map(|violation| FieldViolation {
                    field: text(violation, "field"),
                    description: text(violation, "description"),
                }));
            }
        }
        // A violation without field and description is useless.
        violations.retain(|it| !it.field.is_empty() || !it.description.is_empty());
        Some(Self {
            code,
            message,
            violations,
        })
    }
}

/// The text in a field; the JSON form of protobuf omits empty ones.
fn text(fields: &[(String, Node)], name: &str) -> String {
    match field(fields, name) {
        Some(Node::Text(text)) => text.clone(),
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

//! Every fault in every view and action on workspaces, members, and secrets across workspaces: what is said, how often it
//! is sent, what is kept, and that the next step works. The tables of `docs/reliability.md` for them are these rows.

mod documented;
mod page;
mod reads;
mod writes;

use super::server::Reply;

/// What goes wrong.
pub(super) struct Fault {
    /// What it is called in the tables.
    pub(super) name: &'static str,
    pub(super) reply: Reply,
    /// Whether the server carries the call out all the same.
    pub(super) is_applied: bool,
    /// Whether a read and a delete are tried again.
    pub(super) is_repeated: bool,
}

const VIOLATION: &str = r#"{"code": 3, "message": "a field is bad", "details": [{"@type": "type.googleapis.com/google.rpc.BadRequest",
    "fieldViolations": [{"field": "metadata.name", "description": "No name like this, please."}]}]}"#;
const NO_SCOPE: &str = r#"{"code": 7, "message": "no", "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
    "reason": "SCOPE_MISSING", "metadata": {"required_scope": "workspaces:manage", "granted_scopes": "agents:read"}}]}"#;
const PAGE: &str = "<!doctype html><title>A proxy was here</title>";

/// All of them.
fn faults() -> Vec<Fault> {
    let fault = |name, reply| Fault {
        name,
        reply,
        is_applied: false,
        is_repeated: false,
    };
    let repeated = |name, reply| Fault {
        is_repeated: true,
        ..fault(name, reply)
    };
    let status = |status, code: u8| Reply::json(status, format!(r#"{{"code": {code}, "message": "no"}}"#));
    vec![
        fault("400, a field is bad", Reply::json(400, VIOLATION)),
        fault("400, the workspace is disabled", status(400, 9)),
        fault("401", status(401, 16)),
        fault("403, a scope is missing", Reply::json(403, NO_SCOPE)),
        fault("403, no scope is named", status(403, 7)),
        fault("403, a page", Reply::json(403, PAGE)),
        fault("404", status(404, 5)),
        fault("409, the name is taken", status(409, 6)),
        fault("409, someone else changed it", status(409, 10)),
        repeated("429, `Retry-After: 2`", status(429, 8).retry_after("2")),
        fault("429, `Retry-After: 120`", status(429, 8).retry_after("120")),
        repeated("429, without `Retry-After`", status(429, 8)),
        repeated("500", status(500, 13)),
        repeated("502, a page", Reply::json(502, PAGE)),
        repeated("503", status(503, 14)),
        repeated("504, nothing in it", Reply::json(504, "")),
        fault("200, a page", Reply::json(200, PAGE)),
        fault(
            "200, JSON that breaks off",
            Reply::json(200, r#"{"items": [{"metadata""#),
        ),
        fault(
            "200, another shape",
            Reply::json(200, r#"{"items": 7, "metadata": [], "profileId": {}}"#),
        ),
        fault("a redirect", Reply::redirected()),
        repeated("no connection", Reply::unreachable()),
        Fault {
            is_applied: true,
            ..repeated("the answer breaks off", Reply::lost())
        },
        repeated("no answer", Reply::silence()),
    ]
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// What is said, in the order in which it is.
    pub(super) told: Vec<String>,
    /// How often it is sent before the user does anything.
    pub(super) sent: String,
    /// What the server has then, of a write; what is still shown, of a read.
    pub(super) kept: &'static str,
    /// The user's next step.
    pub(super) then: String,
}

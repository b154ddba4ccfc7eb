//! A fault as tests write it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum FaultKind {
    /// A status and a body, without carrying the call out.
    Status,
    /// An HTML page, as a proxy in front of the API would send it.
    Html,
    /// Carries the call out, announces the whole body and sends half of it.
    CutBody,
    /// Carries a list out, and answers with the cursor that it was asked with.
    SameCursor,
    /// Never answers, and does not carry the call out.
    NoAnswer,
    /// Drops the connection without carrying the call out.
    CloseBeforeApply,
    /// Carries the call out, then drops the connection.
    CloseAfterApply,
    /// Carries the call out and adds headers to the answer, such as those of a rate limit.
    AddHeaders,
}

/// What happens to one call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Fault {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<FaultKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// A JSON value; a text is sent as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<String>,
    /// Delay before anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delay_ms: Option<u64>,
    /// Further headers of the answer.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
}

/// A fault that waits for a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Armed {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    pub(crate) times: u32,
    #[serde(flatten)]
    pub(crate) fault: Fault,
}

/// The body of `POST /_test/faults`. Spelled out because serde cannot reject unknown fields of a flattened struct, and
/// a misspelt field would silently test nothing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ArmBody {
    method: Option<String>,
    path: Option<String>,
    times: Option<u32>,
    kind: Option<FaultKind>,
    status: Option<u16>,
    body: Option<Value>,
    content_type: Option<String>,
    retry_after: Option<String>,
    delay_ms: Option<u64>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl From<ArmBody> for Armed {
    fn from(body: ArmBody) -> Self {
        Self {
            method: body.method.map(|method| method.to_ascii_uppercase()),
            path: body.path,
            times: body.times.unwrap_or(1),
            fault: Fault {
                kind: body.kind,
                status: body.status,
                body: body.body,
                content_type: body.content_type,
                retry_after: body.retry_after,
                delay_ms: body.delay_ms,
                headers: body.headers,
            },
        }
    }
}

impl Armed {
    /// Whether it is meant for files of the site, not for calls.
    pub(crate) fn names_a_file(&self) -> bool {
        self.path.as_deref().is_some_and(|path| path.contains("/assets/"))
    }

    /// Whether a call meets it. The path is a part of the call's path, or all of it after `=`; with a `?` in it, path
    /// and query are compared.
    pub(crate) fn matches(&self, method: &str, path: &str, query: Option<&str>) -> bool {
        if self.method.as_deref().is_some_and(|wanted| wanted != method) {
            return false;
        }
        let Some(wanted) = self.path.as_deref() else {
            return true;
        };
        let whole = match query {
            Some(query) if wanted.contains('?') => format!("{path}?{query}"),
            _ => path.to_owned(),
        };
        match wanted.strip_prefix('=') {
            Some(exact) => whole == exact,
            None => whole.contains(wanted),
        }
    }
}

impl Fault {
    /// The kind, as asked for or as the fields say; none where the call is only delayed.
    pub(crate) fn effective_kind(&self) -> Option<FaultKind> {
        let says_status = self.status.is_some()
            || self.body.is_some()
            || self.content_type.is_some()
            || self.retry_after.is_some()
            || !self.headers.is_empty();
        self.kind.or(says_status.then_some(FaultKind::Status))
    }

    /// Reads the header `x-fault`: JSON, or a status, or a kind, or `name=value` pairs with `;` between.
    pub(crate) fn from_header(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.starts_with('{') {
            return serde_json::from_str(text).map_err(|error| error.to_string());
        }
        let mut fields = serde_json::Map::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = match part.split_once('=') {
                Some((name, value)) => (name.trim(), value.trim()),
                None if part.bytes().all(|byte| byte.is_ascii_digit()) => ("status", part),
                None => ("kind", part),
            };
            let value = match (name, value.parse::<u64>()) {
                ("status" | "delayMs", Ok(number)) => Value::from(number),
                _ => Value::from(value),
            };
            fields.insert(name.to_owned(), value);
        }
        serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_in_each_form() {
        let fault = |text| Fault::from_header(text).unwrap();
        assert_eq!(fault("503").status, Some(503));
        assert_eq!(fault("html").kind, Some(FaultKind::Html));
        assert_eq!(
            fault("status=429; retryAfter=7; delayMs=10"),
            fault(r#"{"status": 429, "retryAfter": "7", "delayMs": 10}"#)
        );
        assert!(Fault::from_header("statsu=429").is_err());
        assert!(Fault::from_header("never").is_err());
        assert_eq!(fault("delayMs=5").effective_kind(), None);
        assert_eq!(fault("retryAfter=5").effective_kind(), Some(FaultKind::Status));
    }

    #[test]
    fn calls_are_met_by_method_and_path() {
        let armed = |method: Option<&str>, path: Option<&str>| Armed {
            method: method.map(str::to_owned),
            path: path.map(str::to_owned),
            times: 1,
            fault: Fault::default(),
        };
        assert!(armed(None, None).matches("GET", "/v1/whoami", None));
        assert!(armed(Some("GET"), Some("who")).matches("GET", "/v1/whoami", Some("a=b")));
        assert!(!armed(Some("POST"), None).matches("GET", "/v1/whoami", None));
        assert!(!armed(None, Some("=/v1/who")).matches("GET", "/v1/whoami", None));
        assert!(armed(None, Some("=/v1/whoami")).matches("GET", "/v1/whoami", Some("a=b")));
        assert!(armed(None, Some("?cursor=")).matches("GET", "/v1/x", Some("cursor=1")));
        assert!(!armed(None, Some("?cursor=")).matches("GET", "/v1/x", None));
    }
}

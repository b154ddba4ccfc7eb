//! A log of the requests, for tests.

use std::collections::{BTreeMap, VecDeque};

use axum::http::{HeaderMap, header};
use serde::Serialize;
use serde_json::Value;

/// How many requests are remembered.
const REMEMBERED: usize = 1_000;

/// What stands in the place of a value.
const HIDDEN: &str = "(hidden)";

/// One request of the API.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Seen {
    /// Counts up from 1.
    pub(crate) number: u64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    /// Whether it came with an `Authorization` header.
    pub(crate) has_key: bool,
    /// Its headers, with what proves who asks hidden.
    pub(crate) headers: BTreeMap<String, String>,
    /// The body, if it was JSON, with every `value` hidden.
    pub(crate) body: Option<Value>,
    /// The kind of the fault that it met.
    pub(crate) fault: Option<String>,
    /// The status of the answer; none while there is none.
    pub(crate) status: Option<u16>,
}

/// The last requests, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    seen: VecDeque<Seen>,
    last: u64,
}

impl RequestLog {
    /// Remembers a request; its number finds it again.
    pub(crate) fn add(&mut self, mut seen: Seen) -> u64 {
        self.last += 1;
        seen.number = self.last;
        if self.seen.len() == REMEMBERED {
            self.seen.pop_front();
        }
        self.seen.push_back(seen);
        self.last
    }

    /// Notes how a request was answered.
    pub(crate) fn answered(&mut self, number: u64, status: u16) {
        if let Some(seen) = self.seen.iter_mut().rev().find(|seen| seen.number == number) {
            seen.status = Some(status);
        }
    }

    /// All logged requests.
    pub(crate) fn all(&self) -> Vec<Seen> {
        self.seen.iter().cloned().collect()
    }

    /// Clears the log.
    pub(crate) fn clear(&mut self) {
        self.seen.clear();
    }
}

/// The headers of a request. A key or a cookie is only said to be there.
pub(crate) fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        let hides = [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE].contains(name);
        let value = if hides {
            HIDDEN.to_owned()
        } else {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        (name.to_string(), value)
    };
    headers.iter().map(text).collect()
}

/// The JSON of a body with every `value` hidden.
pub(crate) fn masked(body: &[u8]) -> Option<Value> {
    let mut body = serde_json::from_slice(body).ok()?;
    hide(&mut body);
    Some(body)
}

fn hide(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "value" && !field.is_null() {
                    *field = Value::String(HIDDEN.to_owned());
                } else {
                    hide(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        _ => {}
    }
}

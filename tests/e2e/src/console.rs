//! The browser's console: what it may say, and nothing else.

use thirtyfour::BrowserLogEntry;

/// What a test declares that the console will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Chromium's own line on a request that was answered with this status.
    Status(u16),
    /// A line with this text in it.
    Text(String),
}

impl Expected {
    fn covers(&self, entry: &BrowserLogEntry) -> bool {
        match self {
            Self::Status(status) => {
                let said = format!("the server responded with a status of {status}");
                entry.source.as_deref() == Some("network") && entry.message.contains(&said)
            }
            Self::Text(text) => entry.message.contains(text.as_str()),
        }
    }
}

/// What is wrong with what the console said: every error and warning that was not declared, and every declaration that
/// was not needed.
#[must_use]
pub fn complaints(entries: &[BrowserLogEntry], expected: &[Expected]) -> Vec<String> {
    let bad = entries
        .iter()
        .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"));
    let undeclared = bad
        .clone()
        .filter(|entry| !expected.iter().any(|it| it.covers(entry)))
        .map(|entry| format!("{} from {:?}: {}", entry.level, entry.source, entry.message));
    let idle = expected
        .iter()
        .filter(|it| !bad.clone().any(|entry| it.covers(entry)))
        .map(|it| format!("declared, but it never came: {it:?}"));
    undeclared.chain(idle).collect()
}

/// Told to each document before its own scripts run: says a policy violation aloud, where the log keeps it over every
/// navigation.
pub(crate) const LISTENER: &str = "addEventListener('securitypolicyviolation', event => console.error(\
     'securitypolicyviolation ' + event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample), true);";

/// The same for an engine whose driver does not tell what its console says: what goes wrong in this document from now on,
/// and what did so far.
pub(crate) const HEARD: &str = "
    if (!window.__heard) {
        const heard = window.__heard = [];
        const listen = (type, words) => window.addEventListener(type, event => heard.push(`${type} ${words(event)}`), true);
        listen('securitypolicyviolation', it => `${it.effectiveDirective} ${it.blockedURI} ${it.sample}`);
        // A file that did not arrive is an error without a message.
        listen('error', it => it.message ?? it.target?.outerHTML);
        listen('unhandledrejection', it => it.reason);
    }
    return [...window.__heard];";

/// An entry for what was heard.
pub(crate) fn said(message: &str) -> BrowserLogEntry {
    BrowserLogEntry {
        level: "SEVERE".to_owned(),
        message: message.to_owned(),
        source: None,
        timestamp: 0,
    }
}

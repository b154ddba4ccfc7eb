//! When deleting a secret asks twice.

use std::time::Duration;

use contract::Timestamp;

use crate::model::secret_facts::SecretFacts;

/// A use more recent than this makes a delete ask for the name.
pub const RECENT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Why a delete deserves a second thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caution {
    /// It was used within [`RECENT`]: when.
    UsedRecently(Timestamp),
    /// A bundle manages it, and its next apply may bring it back or fail without it: which.
    Managed(String),
    /// Nobody asked when it was last used, or the server does not say.
    UseUnknown,
}

/// The facts that speak against a quick delete, most telling first.
#[must_use]
pub fn cautions(secret: &SecretFacts, now: Timestamp) -> Vec<Caution> {
    let mut cautions = Vec::new();
    match &secret.info {
        Some(info) => {
            let recent = info
                .last_use()
                .filter(|last_use| (now - *last_use).to_std().is_ok_and(|age| age < RECENT) || *last_use > now);
            cautions.extend(recent.map(Caution::UsedRecently));
        }
        None => cautions.push(Caution::UseUnknown),
    }
    cautions.extend(secret.metadata.bundle_key.clone().map(Caution::Managed));
    cautions
}

/// Whether the name must be typed before it is deleted. Not knowing is told, but does not ask for typing.
#[must_use]
pub fn asks_for_name(cautions: &[Caution]) -> bool {
    cautions.iter().any(|caution| !matches!(caution, Caution::UseUnknown))
}

#[cfg(test)]
mod tests {
    use contract::{WorkspaceSecret, WorkspaceSecretInfo};

    use super::*;

    fn now() -> Timestamp {
        chrono::DateTime::parse_from_rfc3339("2026-06-30T12:00:00Z")
            .unwrap()
            .to_utc()
    }

    fn secret(last_use: Option<&str>, bundle: &str) -> SecretFacts {
        let json = format!(r#"{{"metadata": {{"id": "s", "bundleKey": "{bundle}"}}}}"#);
        let mut facts = SecretFacts::from(serde_json::from_str::<WorkspaceSecret>(&json).unwrap());
        let last_used_at = last_use.map(|text| chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc());
        facts.info = Some(WorkspaceSecretInfo {
            created_by: None,
            last_used_at,
        });
        facts
    }

    #[test]
    fn unused_secrets_go_quickly() {
        assert_eq!(cautions(&secret(None, ""), now()), []);
        assert_eq!(cautions(&secret(Some("2026-05-31T11:00:00Z"), ""), now()), []);
    }

    #[test]
    fn used_and_managed_ones_ask() {
        let used = cautions(&secret(Some("2026-05-31T13:00:00Z"), ""), now());
        assert!(matches!(used.as_slice(), [Caution::UsedRecently(_)]) && asks_for_name(&used));
        // A clock that runs behind the server's must not make a secret in use look unused.
        assert!(asks_for_name(&cautions(
            &secret(Some("2026-07-01T00:00:00Z"), ""),
            now()
        )));
        let managed = cautions(&secret(None, "core"), now());
        assert_eq!(managed, [Caution::Managed("core".to_owned())]);
        assert!(asks_for_name(&managed));
    }

    #[test]
    fn not_knowing_is_told() {
        let mut unknown = secret(None, "");
        unknown.info = None;
        let cautions = cautions(&unknown, now());
        assert_eq!(cautions, [Caution::UseUnknown]);
        assert!(!asks_for_name(&cautions));
    }
}

//! Warnings before secrets are deleted, and when the delete is confirmed by typing.

use std::time::Duration;

use contract::{FieldChange, Timestamp};

use crate::model::secret_facts::SecretFacts;

/// Used within 30 days counts as in use.
pub const RECENT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// From this many secrets on, the delete is confirmed by typing their number.
pub const MANY: usize = 10;

/// A warning before a secret is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeleteWarning {
    /// It was used within [`RECENT`]: when.
    UsedRecently(Timestamp),
    /// The server does not say when it was last used.
    UsageUnknown,
    /// Managed by this bundle, whose next apply may create it again or fail without it.
    Managed(String),
}

/// The warnings for one secret, most important first.
#[must_use]
pub fn warnings(secret: &SecretFacts, now: Timestamp) -> Vec<DeleteWarning> {
    let usage = match &secret.info {
        Some(info) => info
            .last_use()
            .filter(|last_use| is_recent(last_use.timestamp_millis(), now.timestamp_millis()))
            .map(DeleteWarning::UsedRecently),
        None => Some(DeleteWarning::UsageUnknown),
    };
    let managed = secret
        .metadata
        .bundle()
        .map(|bundle| DeleteWarning::Managed(bundle.to_owned()));
    usage.into_iter().chain(managed).collect()
}

/// The warning before a secret is renamed: whatever refers to it by its name fails, as after a delete. That a bundle manages
/// it is said for every edit.
#[must_use]
pub fn rename_warning(secret: &SecretFacts, changes: &[FieldChange], now: Timestamp) -> Option<DeleteWarning> {
    let is_renamed = changes.iter().any(|change| matches!(change, FieldChange::Name(..)));
    let mut usage = warnings(secret, now).into_iter();
    usage.find(|warning| is_renamed && !matches!(warning, DeleteWarning::Managed(_)))
}

/// Whether these changes are saved without a review: the only change is a new name, and nothing is known that would fail
/// after it.
#[must_use]
pub fn is_plain_rename(secret: &SecretFacts, changes: &[FieldChange], now: Timestamp) -> bool {
    matches!(changes, [FieldChange::Name(..)]) && rename_warning(secret, changes, now).is_none()
}

/// The number of selected secrets per warning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WarningCounts {
    /// Used within [`RECENT`].
    pub used: usize,
    /// The server does not say when they were last used.
    pub usage_unknown: usize,
    /// Managed by a bundle.
    pub managed: usize,
}

impl WarningCounts {
    /// Counts one secret. `last_use` is in milliseconds since 1970: `Some(None)` if it was never used, `None` if the
    /// server does not say. `is_managed`: whether a bundle manages it.
    pub fn add(&mut self, last_use: Option<Option<i64>>, is_managed: bool, now: i64) {
        match last_use {
            Some(last_use) => self.used += usize::from(last_use.is_some_and(|last_use| is_recent(last_use, now))),
            None => self.usage_unknown += 1,
        }
        self.managed += usize::from(is_managed);
    }

    /// Whether there is any warning.
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Self::default()
    }
}

/// Whether a delete of `count` secrets is confirmed by typing: the name of one, the number of several.
#[must_use]
pub fn is_typed(count: usize, has_warning: bool) -> bool {
    count >= MANY || has_warning
}

/// A time in the future counts as recent: a clock behind the server's must not make a used secret look unused.
fn is_recent(last_use: i64, now: i64) -> bool {
    let recent = i64::try_from(RECENT.as_millis()).unwrap_or(i64::MAX);
    now.saturating_sub(last_use) < recent
}

#[cfg(test)]
mod tests {
    use contract::{WorkspaceSecret, WorkspaceSecretInfo};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now() -> Timestamp {
        at("2026-06-30T12:00:00Z")
    }

    fn secret(last_use: Option<&str>, bundle: &str) -> SecretFacts {
        let json = format!(r#"{{"metadata": {{"id": "s", "bundleKey": "{bundle}"}}}}"#);
        let mut facts = SecretFacts::from(<WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap());
        facts.info = Some(WorkspaceSecretInfo {
            created_by: None,
            last_used_at: last_use.map(at),
        });
        facts
    }

    /// The warnings of one secret. Checks that counting gives the same.
    fn warned(secret: &SecretFacts) -> Vec<DeleteWarning> {
        let warnings = warnings(secret, now());
        let mut counts = WarningCounts::default();
        let last_use = secret
            .info
            .as_ref()
            .map(|info| info.last_use().map(|at| at.timestamp_millis()));
        counts.add(last_use, secret.metadata.bundle().is_some(), now().timestamp_millis());
        assert_eq!(counts.used + counts.usage_unknown + counts.managed, warnings.len());
        assert_eq!(counts.is_any(), !warnings.is_empty());
        warnings
    }

    #[test]
    fn unused_secrets_have_no_warning() {
        assert_eq!(warned(&secret(None, "")), []);
        assert_eq!(warned(&secret(Some("2026-05-31T11:00:00Z"), "")), []);
        assert!(!is_typed(1, false) && !is_typed(9, false));
    }

    #[test]
    fn used_and_managed_secrets_have() {
        let used = warned(&secret(Some("2026-05-31T13:00:00Z"), ""));
        assert!(matches!(used.as_slice(), [DeleteWarning::UsedRecently(_)]));
        let ahead = warned(&secret(Some("2026-07-01T00:00:00Z"), ""));
        assert!(matches!(ahead.as_slice(), [DeleteWarning::UsedRecently(_)]));
        let managed = warned(&secret(None, "core"));
        assert_eq!(managed, [DeleteWarning::Managed("core".to_owned())]);
        assert!(is_typed(1, true));
    }

    #[test]
    fn unknown_usage_is_a_warning() {
        let mut unknown = secret(None, "");
        unknown.info = None;
        assert_eq!(warned(&unknown), [DeleteWarning::UsageUnknown]);
    }

    #[test]
    fn a_rename_warns_like_a_delete() {
        let rename = [FieldChange::Name("OLD".to_owned(), "NEW".to_owned())];
        let other = [FieldChange::ValueCleared];
        let used = secret(Some("2026-06-30T11:00:00Z"), "core");
        let warned = |secret: &SecretFacts, changes: &[FieldChange]| rename_warning(secret, changes, now());
        assert_eq!(
            warned(&used, &rename),
            Some(DeleteWarning::UsedRecently(at("2026-06-30T11:00:00Z")))
        );
        assert_eq!(warned(&used, &other), None);
        assert_eq!(warned(&secret(None, "core"), &rename), None);
        let mut unknown = secret(None, "");
        unknown.info = None;
        assert_eq!(warned(&unknown, &rename), Some(DeleteWarning::UsageUnknown));
    }

    #[test]
    fn only_a_rename_that_breaks_nothing_known_needs_no_review() {
        let name = || FieldChange::Name("OLD".to_owned(), "NEW".to_owned());
        let is_plain = |last_use, changes: &[FieldChange]| is_plain_rename(&secret(last_use, ""), changes, now());
        assert!(is_plain(None, &[name()]));
        assert!(is_plain(Some("2026-01-01T00:00:00Z"), &[name()]));
        assert!(!is_plain(Some("2026-06-30T11:00:00Z"), &[name()]), "in use");
        assert!(!is_plain(None, &[name(), FieldChange::ValueCleared]), "a value is lost");
        assert!(!is_plain(None, &[FieldChange::ValueReplaced(3)]));
        assert!(!is_plain(None, &[]));
        let mut unknown = secret(None, "");
        unknown.info = None;
        assert!(!is_plain_rename(&unknown, &[name()], now()), "nobody knows");
    }

    #[test]
    fn many_are_confirmed_without_any_warning() {
        assert!(is_typed(10, false));
    }
}

//! A write whose answer was lost: what the server has now tells what became of it, or does not.

use contract::{ResourceMetadata, SecretFields, Timestamp};

/// What is known of a secret at one time, as far as a person can change it; its value is never known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// Its fields.
    pub fields: SecretFields,
    /// When it was last changed, where the server tells.
    pub updated_at: Option<Timestamp>,
}

impl From<&ResourceMetadata> for Version {
    fn from(metadata: &ResourceMetadata) -> Self {
        Self {
            fields: SecretFields::from(metadata),
            updated_at: metadata.updated_at,
        }
    }
}

impl Version {
    /// Whether the secret was changed between two looks: by the time of its last change, and by any field where the server
    /// tells no time, or the same one.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> bool {
        self.updated_at != other.updated_at || !is_alike(&self.fields, &other.fields)
    }
}

/// Absent and empty external IDs are the same.
fn is_alike(one: &SecretFields, other: &SecretFields) -> bool {
    let external_id = |fields: &'_ SecretFields| fields.external_id.clone().unwrap_or_default();
    one.name == other.name && one.labels == other.labels && external_id(one) == external_id(other)
}

/// What can be said of the value that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueSeen {
    /// None was to be written.
    Kept,
    /// The server returned the one that was to be written; or none, where it was to be removed.
    AsWanted,
    /// The server returned another one.
    Other,
    /// The server returns none.
    Hidden,
}

/// What became of an update whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server has what was to be written.
    Done,
    /// Nothing was written.
    NotDone,
    /// What can be seen is as it was to be; the value can't be seen.
    ValueUnknown,
    /// The secret is neither as it was nor as it was to be: someone else has changed it, too.
    Changed,
}

/// What became of an update: `before` is what the server had right before, `wanted` what it was to have, `now` what it has.
#[must_use]
pub fn of_update(before: &Version, wanted: &SecretFields, value: ValueSeen, now: &Version) -> Outcome {
    let is_changed = now.differs_from(before);
    let is_wanted = is_alike(&now.fields, wanted);
    // A server that tells times would tell of a new value, too.
    let tells_times = now.updated_at.is_some() || before.updated_at.is_some();
    match (is_changed, is_wanted, value) {
        (true, true, ValueSeen::Kept | ValueSeen::AsWanted) => Outcome::Done,
        (true, true, ValueSeen::Hidden) => Outcome::ValueUnknown,
        (true, true, ValueSeen::Other) | (true, false, _) => Outcome::Changed,
        // Only the value was to change, and nothing tells of that but the value.
        (false, true, ValueSeen::AsWanted) if !tells_times => Outcome::Done,
        (false, true, ValueSeen::Hidden) if !tells_times => Outcome::ValueUnknown,
        (false, ..) => Outcome::NotDone,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version(name: &str, minute: Option<u32>) -> Version {
        let at = |minute| chrono::DateTime::parse_from_rfc3339(&format!("2026-06-30T12:{minute:02}:00Z")).unwrap();
        Version {
            fields: SecretFields {
                name: name.to_owned(),
                ..SecretFields::default()
            },
            updated_at: minute.map(|minute| at(minute).to_utc()),
        }
    }

    #[test]
    fn a_rename_is_seen() {
        for times in [[None, None], [Some(1), Some(2)], [None, Some(2)]] {
            let before = version("OLD", times[0]);
            let wanted = version("NEW", None).fields;
            let outcome = |now| of_update(&before, &wanted, ValueSeen::Kept, &now);
            assert_eq!(outcome(version("NEW", times[1])), Outcome::Done, "{times:?}");
            assert_eq!(outcome(version("OLD", times[0])), Outcome::NotDone, "{times:?}");
            assert_eq!(outcome(version("THEIRS", times[1])), Outcome::Changed, "{times:?}");
        }
    }

    #[test]
    fn a_value_is_seen_only_where_something_tells() {
        let wanted = version("A", None).fields;
        let outcome = |before, value, now| of_update(&version("A", before), &wanted, value, &version("A", now));
        assert_eq!(outcome(Some(1), ValueSeen::Hidden, Some(1)), Outcome::NotDone);
        assert_eq!(outcome(Some(1), ValueSeen::Hidden, Some(2)), Outcome::ValueUnknown);
        assert_eq!(outcome(None, ValueSeen::Hidden, None), Outcome::ValueUnknown);
        assert_eq!(outcome(Some(1), ValueSeen::AsWanted, Some(2)), Outcome::Done);
        assert_eq!(outcome(None, ValueSeen::AsWanted, None), Outcome::Done);
        assert_eq!(outcome(Some(1), ValueSeen::Other, Some(2)), Outcome::Changed);
        assert_eq!(outcome(None, ValueSeen::Other, None), Outcome::NotDone);
        // The same value was written again by nobody: the time says so.
        assert_eq!(outcome(Some(1), ValueSeen::AsWanted, Some(1)), Outcome::NotDone);
    }

    #[test]
    fn an_empty_external_id_is_none() {
        let mut before = version("A", None);
        before.fields.external_id = Some(String::new());
        assert!(!before.differs_from(&version("A", None)));
        assert!(before.differs_from(&version("A", Some(1))));
    }

    proptest! {
        /// It is never claimed to be done while the server shows something else, nor not to be done while it changed.
        #[test]
        fn nothing_is_claimed_that_was_not_seen(
            names in [0_u8..3, 0..3, 0..3], times in [proptest::option::of(0_u32..3), proptest::option::of(0_u32..3)],
            value in prop_oneof![
                Just(ValueSeen::Kept), Just(ValueSeen::AsWanted), Just(ValueSeen::Other), Just(ValueSeen::Hidden)
            ],
        ) {
            let [before, wanted, now] = names.map(|name| format!("N{name}"));
            let (before, now) = (version(&before, times[0]), version(&now, times[1]));
            let wanted = version(&wanted, None).fields;
            match of_update(&before, &wanted, value, &now) {
                Outcome::Done => {
                    prop_assert_eq!(&now.fields, &wanted);
                    prop_assert!(!matches!(value, ValueSeen::Other | ValueSeen::Hidden));
                }
                Outcome::NotDone => prop_assert!(!now.differs_from(&before)),
                Outcome::ValueUnknown => prop_assert_eq!(&now.fields, &wanted),
                Outcome::Changed => prop_assert!(now.differs_from(&before)),
            }
        }
    }
}

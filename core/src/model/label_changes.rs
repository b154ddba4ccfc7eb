//! What changes between two sets of labels.

use contract::Labels;

/// A label: key and value.
type Label = (String, String);

/// The labels of two versions of a resource, by what becomes of them. A label with another value is removed and added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelChanges {
    /// In the earlier version only.
    pub removed: Vec<Label>,
    /// In the later version only.
    pub added: Vec<Label>,
    /// In both.
    pub unchanged: Vec<Label>,
}

impl LabelChanges {
    /// Compares two versions.
    #[must_use]
    pub fn between(before: &Labels, after: &Labels) -> Self {
        let split = |labels: &Labels, other: &Labels| -> (Vec<Label>, Vec<Label>) {
            let labels = labels.iter().map(|(key, value)| (key.clone(), value.clone()));
            labels.partition(|(key, value)| other.get(key) == Some(value))
        };
        let (unchanged, removed) = split(before, after);
        let (_, added) = split(after, before);
        Self {
            removed,
            added,
            unchanged,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn applied_to_the_earlier_version_they_give_the_later_one(
            before in proptest::collection::btree_map("[a-c]", "[xy]", 0..4),
            after in proptest::collection::btree_map("[a-c]", "[xy]", 0..4),
        ) {
            let changes = LabelChanges::between(&before, &after);
            let mut labels = before.clone();
            for (key, value) in &changes.removed {
                prop_assert_eq!(labels.remove(key), Some(value.clone()));
            }
            prop_assert_eq!(labels.into_iter().collect::<Vec<_>>(), changes.unchanged.clone());
            let all: Labels = changes.unchanged.into_iter().chain(changes.added).collect();
            prop_assert_eq!(all, after);
        }
    }
}

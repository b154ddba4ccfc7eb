//! One change of a label, for many secrets.

use contract::{LabelError, Labels, label};

/// A change of one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelChange {
    /// Sets a label: adds it, or changes its value.
    Set {
        /// The key.
        key: String,
        /// The value; may be empty.
        value: String,
    },
    /// Removes the label with this key.
    Remove {
        /// The key.
        key: String,
    },
}

/// The effect of a change on one secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelEffect {
    /// The label is new.
    Added,
    /// The label had another value.
    Changed,
    /// The label was there.
    Removed,
    /// The secret is already as intended.
    Nothing,
}

impl LabelChange {
    /// The change that a form describes.
    ///
    /// # Errors
    ///
    /// What is wrong with the key or the value.
    pub fn of(key: &str, value: &str, is_removal: bool) -> Result<Self, LabelError> {
        label::check_key(key)?;
        let key = key.to_owned();
        if is_removal {
            return Ok(Self::Remove { key });
        }
        label::check_value(value)?;
        let value = value.to_owned();
        Ok(Self::Set { key, value })
    }

    /// The key of the label.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Set { key, .. } | Self::Remove { key } => key,
        }
    }

    /// The label as text: `key=value`, or the key alone.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Set { key, value } if !value.is_empty() => format!("{key}={value}"),
            Self::Set { key, .. } | Self::Remove { key } => key.clone(),
        }
    }

    /// The effect on a secret where the label has this value now.
    #[must_use]
    pub fn effect(&self, present: Option<&str>) -> LabelEffect {
        match (self, present) {
            (Self::Set { .. }, None) => LabelEffect::Added,
            (Self::Set { value, .. }, Some(present)) if value != present => LabelEffect::Changed,
            (Self::Remove { .. }, Some(_)) => LabelEffect::Removed,
            (Self::Set { .. }, Some(_)) | (Self::Remove { .. }, None) => LabelEffect::Nothing,
        }
    }

    /// The labels after the change.
    #[must_use]
    pub fn apply(&self, labels: &Labels) -> Labels {
        let mut labels = labels.clone();
        match self {
            Self::Set { key, value } => {
                labels.insert(key.clone(), value.clone());
            }
            Self::Remove { key } => {
                labels.remove(key);
            }
        }
        labels
    }
}

/// How many secrets a change affects, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LabelPreview {
    /// Secrets that get the label.
    pub added: usize,
    /// Secrets where its value changes.
    pub changed: usize,
    /// Secrets that lose the label.
    pub removed: usize,
    /// Secrets that are already as intended.
    pub unaffected: usize,
}

impl LabelPreview {
    /// Counts one secret.
    pub fn add(&mut self, effect: LabelEffect) {
        match effect {
            LabelEffect::Added => self.added += 1,
            LabelEffect::Changed => self.changed += 1,
            LabelEffect::Removed => self.removed += 1,
            LabelEffect::Nothing => self.unaffected += 1,
        }
    }

    /// The number of secrets that change.
    #[must_use]
    pub fn affected(self) -> usize {
        self.added + self.changed + self.removed
    }
}

/// Splits the text of a key field at the first `=`, which no key contains: `team=payments`, typed or pasted whole.
#[must_use]
pub fn split(typed: &str) -> Option<(&str, &str)> {
    let (key, value) = typed.split_once('=')?;
    Some((key.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use contract::LabelPart;
    use proptest::prelude::*;

    use super::*;

    fn labels(text: &str) -> Labels {
        label::from_filter(text).unwrap()
    }

    #[test]
    fn a_label_is_added_changed_and_removed() {
        let set = LabelChange::of("team", "a", false).unwrap();
        assert_eq!(set.apply(&labels("env=prod")), labels("env=prod,team=a"));
        assert_eq!(set.apply(&labels("team=b")), labels("team=a"));
        let remove = LabelChange::of("team", "ignored", true).unwrap();
        assert_eq!(remove.apply(&labels("env=prod,team=b")), labels("env=prod"));
        assert_eq!((set.text().as_str(), remove.text().as_str()), ("team=a", "team"));
    }

    #[test]
    fn what_breaks_the_rule_is_no_change() {
        assert_eq!(LabelChange::of("", "a", false), Err(LabelError::Empty(LabelPart::Key)));
        assert!(LabelChange::of("team", "a b", false).is_err());
        assert!(LabelChange::of("team", "a b", true).is_ok(), "the value is not used");
    }

    #[test]
    fn the_preview_counts_each_effect() {
        let change = LabelChange::of("team", "a", false).unwrap();
        let mut preview = LabelPreview::default();
        for present in [None, None, Some("b"), Some("a")] {
            preview.add(change.effect(present));
        }
        let expected = LabelPreview {
            added: 2,
            changed: 1,
            removed: 0,
            unaffected: 1,
        };
        assert_eq!((preview, preview.affected()), (expected, 3));
    }

    #[test]
    fn a_whole_label_is_split() {
        assert_eq!(split("team=payments"), Some(("team", "payments")));
        assert_eq!(split(" team = a=b"), Some(("team", "a=b")));
        assert_eq!(split("team"), None);
    }

    proptest! {
        /// The preview never differs from what is written.
        #[test]
        fn no_effect_means_no_change(key in "[a-c]", value in "[a-c]?", present in proptest::option::of("[a-c]?"), is_removal: bool) {
            let change = LabelChange::of(&key, &value, is_removal).unwrap();
            let mut before = labels("z=kept");
            if let Some(present) = &present {
                before.insert(key, present.clone());
            }
            let after = change.apply(&before);
            let effect = change.effect(present.as_deref());
            prop_assert_eq!(effect == LabelEffect::Nothing, after == before);
            prop_assert_eq!(change.effect(after.get(change.key()).map(String::as_str)), LabelEffect::Nothing);
            prop_assert_eq!(after.get("z").map(String::as_str), Some("kept"));
        }
    }
}

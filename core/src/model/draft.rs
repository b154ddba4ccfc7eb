//! Unsaved input as bytes, to be encrypted and stored for this tab.
//!
//! A draft includes the value. Besides the body of a create or an update, this is the only place where a value becomes
//! bytes: after the rest, not as JSON, and in a buffer that is wiped.

use contract::{Labels, MetadataFields, SecretText, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::model::create_flow::Creating;
use crate::model::edit_flow::Editing;
use crate::model::metadata_form::MetadataForm;
use crate::model::resource::{DraftPart, Resource};
use crate::model::write_outcome::Version;

/// Unsaved input, without the value of a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<R: Resource> {
    /// The server's version when editing began; `None` for a new resource.
    pub before: Option<Version<R::Fields>>,
    /// The metadata.
    pub form: MetadataForm,
    /// The resource's own part.
    pub part: R::Part,
    /// Whether the user had hidden the value.
    pub is_value_hidden: bool,
    /// Whether there was a value, which was not kept: see [`split`].
    pub is_value_lost: bool,
    /// When it was stored.
    pub kept_at: Timestamp,
}

/// The stored form of a draft without the value. A later version of the console may read it; if it does not understand
/// it, there is no draft.
#[derive(Serialize, Deserialize)]
struct Head {
    before: Option<Before>,
    name: String,
    external_id: String,
    labels: Vec<(String, String)>,
    #[serde(flatten)]
    part: DraftPart,
    /// Missing in drafts of earlier versions.
    #[serde(default)]
    is_value_hidden: bool,
    /// Missing in drafts of earlier versions.
    #[serde(default)]
    has_value: bool,
    kept_at: i64,
}

/// Bytes of [`Draft::to_bytes`] as draft and value, which are stored apart: a lock removes the value. The draft without
/// it is a draft whose value is lost.
#[must_use]
pub fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let length = bytes.first_chunk().map(|length| u32::from_be_bytes(*length) as usize);
    let end = length.and_then(|length| length.checked_add(4));
    end.and_then(|end| bytes.split_at_checked(end)).unwrap_or((bytes, &[]))
}

#[derive(Serialize, Deserialize)]
struct Before {
    name: String,
    external_id: Option<String>,
    labels: Labels,
    #[serde(flatten)]
    part: DraftPart,
    /// In microseconds since 1970.
    updated_at: Option<i64>,
    /// The nanoseconds after that. Missing in drafts of earlier versions.
    #[serde(default)]
    updated_at_nanoseconds: u32,
}

impl Before {
    fn of<R: Resource>(version: &Version<R::Fields>) -> Self {
        let metadata = R::metadata(&version.fields);
        Self {
            name: metadata.name.clone(),
            external_id: metadata.external_id.clone(),
            labels: metadata.labels.clone(),
            part: R::to_draft(&R::part(&version.fields)),
            updated_at: version.updated_at.map(|at| at.timestamp_micros()),
            updated_at_nanoseconds: version.updated_at.map_or(0, |at| at.timestamp_subsec_nanos() % 1000),
        }
    }

    fn version<R: Resource>(self) -> Option<Version<R::Fields>> {
        let metadata = MetadataFields {
            name: self.name,
            external_id: self.external_id,
            labels: self.labels,
        };
        Some(Version {
            fields: R::fields(metadata, &R::of_draft(self.part)?),
            updated_at: match self.updated_at {
                Some(at) => {
                    let nanoseconds = chrono::TimeDelta::nanoseconds(i64::from(self.updated_at_nanoseconds % 1000));
                    Some(Timestamp::from_timestamp_micros(at)?.checked_add_signed(nanoseconds)?)
                }
                None => None,
            },
        })
    }
}

impl<R: Resource> Draft<R> {
    /// What is typed into the form of a new resource, if that is worth keeping.
    #[must_use]
    pub fn of_new(creating: &Creating<R>, is_value_hidden: bool, kept_at: Timestamp) -> Option<Self> {
        creating.is_dirty().then(|| Self {
            before: None,
            form: creating.form.clone(),
            part: creating.part.clone(),
            is_value_hidden,
            is_value_lost: false,
            kept_at,
        })
    }

    /// What is typed into the form to edit a resource, if that is worth keeping.
    #[must_use]
    pub fn of_edit(editing: &Editing<R>, is_value_hidden: bool, kept_at: Timestamp) -> Option<Self> {
        editing.is_dirty().then(|| Self {
            before: Some(editing.before.clone()),
            form: editing.form.clone(),
            part: editing.part.clone(),
            is_value_hidden,
            is_value_lost: false,
            kept_at,
        })
    }

    /// The form of a new resource with this draft.
    #[must_use]
    pub fn into_new(self) -> Creating<R> {
        Creating::of(self.form, self.part)
    }

    /// The form to edit a resource with this draft. `server`: the version on the server now.
    #[must_use]
    pub fn into_edit(self, server: Version<R::Fields>) -> Editing<R> {
        let before = self.before.unwrap_or_else(|| server.clone());
        Editing::restored(server, before, self.form, self.part)
    }

    /// The draft and a value as bytes: the length of the draft, the draft, the value.
    #[must_use]
    pub fn to_bytes(&self, value: Option<&SecretText>) -> Zeroizing<Vec<u8>> {
        let head = Head {
            before: self.before.as_ref().map(Before::of::<R>),
            name: self.form.name.clone(),
            external_id: self.form.external_id.clone(),
            labels: self
                .form
                .labels
                .iter()
                .map(|row| (row.key.clone(), row.value.clone()))
                .collect(),
            part: R::to_draft(&self.part),
            is_value_hidden: self.is_value_hidden,
            has_value: value.is_some_and(|value| !value.is_empty()),
            kept_at: self.kept_at.timestamp_millis(),
        };
        // Serialising texts and numbers cannot fail.
        let head = serde_json::to_vec(&head).unwrap_or_default();
        let value = value.map_or("", SecretText::expose);
        // The exact size: a buffer that grows leaves copies of the value behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(4 + head.len() + value.len()));
        bytes.extend_from_slice(&u32::try_from(head.len()).unwrap_or_default().to_be_bytes());
        bytes.extend_from_slice(&head);
        bytes.extend_from_slice(value.as_bytes());
        bytes
    }

    /// Parses the output of [`Draft::to_bytes`]; `None` if it is invalid.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<(Self, Option<SecretText>)> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (head, value) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        let value = std::str::from_utf8(value).ok()?;
        let before = match head.before {
            Some(before) => Some(before.version::<R>()?),
            None => None,
        };
        let draft = Self {
            before,
            form: MetadataForm::of_draft(head.name, head.external_id, head.labels),
            part: R::of_draft(head.part)?,
            is_value_hidden: head.is_value_hidden,
            is_value_lost: head.has_value && value.is_empty(),
            kept_at: Timestamp::from_timestamp_millis(head.kept_at)?,
        };
        Some((draft, (!value.is_empty()).then(|| SecretText::new(value))))
    }
}

#[cfg(test)]
mod tests {
    use contract::WorkspaceFields;
    use proptest::prelude::*;

    use super::*;
    use crate::model::resource::{SecretResource, ValueChoice, ValuePart, WorkspaceResource};

    fn instant() -> impl Strategy<Value = Timestamp> {
        (0_i64..4_000_000_000_000).prop_map(|at| Timestamp::from_timestamp_millis(at).unwrap())
    }

    /// As precise as a server writes it: with nine digits.
    fn exact_instant() -> impl Strategy<Value = Timestamp> {
        (-4_000_000_000_i64..4_000_000_000, 0_u32..1_000_000_000)
            .prop_map(|(seconds, nanoseconds)| Timestamp::from_timestamp(seconds, nanoseconds).unwrap())
    }

    proptest! {
        #[test]
        fn a_draft_comes_back_as_it_was(
            name in any::<String>(), external_id in any::<String>(), value in any::<String>(),
            labels in proptest::collection::vec((any::<String>(), any::<String>()), 0..4),
            before in proptest::option::of((any::<String>(), proptest::option::of(exact_instant()))),
            choice in prop_oneof![Just(ValueChoice::Keep), Just(ValueChoice::Replace), Just(ValueChoice::Clear)],
            is_value_hidden: bool, kept_at in instant(),
        ) {
            let before = before.map(|(name, updated_at)| Version {
                fields: MetadataFields { name, ..MetadataFields::default() },
                updated_at,
            });
            let draft = Draft::<SecretResource> {
                before,
                form: MetadataForm::of_draft(name, external_id, labels),
                part: ValuePart { choice, bytes: 0 },
                is_value_hidden,
                is_value_lost: false,
                kept_at,
            };
            let text = SecretText::new(value.as_str());
            let bytes = draft.to_bytes(Some(&text));
            prop_assert_eq!(bytes.len(), bytes.capacity(), "the buffer never grew");
            let (read, read_value) = Draft::<SecretResource>::from_bytes(&bytes).unwrap();
            prop_assert_eq!(&read, &draft);
            prop_assert_eq!(read_value.map(|it| it.expose().to_owned()).unwrap_or_default(), value.clone());
            let (rest, apart) = split(&bytes);
            prop_assert_eq!(apart, value.as_bytes());
            let (read, read_value) = Draft::<SecretResource>::from_bytes(rest).unwrap();
            prop_assert!(read_value.is_none());
            prop_assert_eq!(read, Draft { is_value_lost: !value.is_empty(), ..draft });
        }

        #[test]
        fn a_description_comes_back_as_it_was(before in any::<String>(), part in any::<String>(), kept_at in instant()) {
            let fields = WorkspaceFields {
                description: (!before.is_empty()).then_some(before),
                ..WorkspaceFields::default()
            };
            let draft = Draft::<WorkspaceResource> {
                before: Some(Version { fields, updated_at: None }),
                form: MetadataForm::default(),
                part,
                is_value_hidden: false,
                is_value_lost: false,
                kept_at,
            };
            let (read, value) = Draft::<WorkspaceResource>::from_bytes(&draft.to_bytes(None)).unwrap();
            prop_assert!(read == draft && value.is_none());
        }

        #[test]
        fn any_bytes_are_a_draft_or_none(bytes in any::<Vec<u8>>()) {
            let _ = Draft::<SecretResource>::from_bytes(&bytes);
            let (draft, value) = split(&bytes);
            prop_assert_eq!([draft, value].concat(), bytes);
        }
    }

    #[test]
    fn a_draft_of_an_earlier_console_is_read_and_shown() {
        let head = br#"{"before":null,"name":"A","external_id":"","labels":[],"choice":1,"kept_at":0}"#;
        let length = u32::try_from(head.len()).unwrap().to_be_bytes();
        let (draft, _) = Draft::<SecretResource>::from_bytes(&[&length[..], head, b"value"].concat()).unwrap();
        assert!(draft.form.name == "A" && draft.part.choice == ValueChoice::Replace && !draft.is_value_hidden);
    }
}

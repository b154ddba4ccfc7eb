//! The bodies of creates and updates, and the rules for their fields (api.md, Resources and Endpoints).

use contract::{FieldMask, FieldPath, FieldViolation, LabelError, LabelPart, Labels, SecretText, label, name};
use serde::Deserialize;

use crate::failure::{Refusal, violation};

/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 4_096;
/// The most labels of one resource, and so the most that a list can be filtered by.
pub(super) const MOST_LABELS: usize = 64;

/// A secret to create.
#[derive(Deserialize)]
pub(crate) struct NewSecretBody {
    /// Name, external ID and labels.
    pub(crate) metadata: Option<MetadataFields>,
    /// Its value.
    pub(crate) spec: Option<SecretSpecBody>,
}

/// A workspace to create.
#[derive(Deserialize)]
pub(crate) struct NewWorkspaceBody {
    /// Name, external ID and labels.
    pub(crate) metadata: Option<MetadataFields>,
    /// Its configuration.
    pub(crate) spec: Option<WorkspaceSpecBody>,
}

/// The metadata that a client may write. `name` is required wherever metadata is sent.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MetadataFields {
    /// The name: not blank, without control characters.
    pub(crate) name: Option<String>,
    /// The id in an external system, without control characters; empty means none.
    #[serde(alias = "external_id")]
    pub(crate) external_id: Option<String>,
    /// The labels, replaced whole.
    pub(crate) labels: Option<Labels>,
}

/// The configuration of a secret.
#[derive(Default, Deserialize)]
pub(crate) struct SecretSpecBody {
    /// The value, of at most 64 KiB; empty is none.
    pub(crate) value: Option<String>,
}

/// The configuration of a workspace.
#[derive(Default, Deserialize)]
pub(crate) struct WorkspaceSpecBody {
    /// The description; empty means none.
    pub(crate) description: Option<String>,
}

/// An update of a secret.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SecretUpdateBody {
    /// New metadata.
    pub(crate) metadata: Option<MetadataFields>,
    /// New configuration.
    pub(crate) spec: Option<SecretSpecBody>,
    /// Comma-separated paths: exactly these are written. Absent or empty: all fields in the body.
    #[serde(alias = "update_mask")]
    pub(crate) update_mask: Option<String>,
}

/// An update of a workspace.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkspaceUpdateBody {
    /// New metadata.
    pub(crate) metadata: Option<MetadataFields>,
    /// New configuration.
    pub(crate) spec: Option<WorkspaceSpecBody>,
    /// Comma-separated paths: exactly these are written. Absent or empty: all fields in the body.
    #[serde(alias = "update_mask")]
    pub(crate) update_mask: Option<String>,
}

/// The member to add to a workspace: by one of the two.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewMemberBody {
    /// The id of a profile.
    #[serde(alias = "profile_id")]
    pub(crate) profile_id: Option<String>,
    /// The email address of a person of the account.
    pub(crate) email: Option<String>,
}

/// Collects the field violations of one request.
#[derive(Default)]
pub(crate) struct Violations(Vec<FieldViolation>);

impl Violations {
    pub(crate) fn add(&mut self, field: &str, description: impl Into<String>) {
        self.0.push(violation(field, description));
    }

    /// Refuses the request if anything is wrong.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal::fields(self.0))
        }
    }

    /// The name, which must be there.
    pub(crate) fn name(&mut self, text: Option<&str>) {
        let text = text.unwrap_or_default();
        if let Err(error) = name::check(text) {
            self.add("metadata.name", error.to_string());
        }
    }

    /// All of the metadata.
    pub(crate) fn metadata(&mut self, metadata: Option<&MetadataFields>) {
        self.name(metadata.and_then(|it| it.name.as_deref()));
        let Some(metadata) = metadata else { return };
        let external_id = metadata.external_id.as_deref().unwrap_or_default();
        if let Err(error) = name::check_external_id(external_id) {
            self.add("metadata.externalId", error.to_string());
        }
        self.labels(metadata.labels.as_ref());
    }

    fn labels(&mut self, labels: Option<&Labels>) {
        let Some(labels) = labels else { return };
        if labels.len() > MOST_LABELS {
            self.add("metadata.labels", format!("at most {MOST_LABELS} labels are allowed"));
        }
        for (key, value) in labels {
            if let Err(error) = label::check_key(key).and_then(|()| label::check_value(value)) {
                let what = label_error(error);
                self.add("metadata.labels", format!("label `{}`: {what}", shortened(key)));
            }
        }
    }

    /// The value of a secret.
    pub(crate) fn value(&mut self, spec: Option<&SecretSpecBody>) {
        let bytes = spec.and_then(|spec| spec.value.as_ref()).map_or(0, String::len);
        if bytes > SecretText::LONGEST {
            self.add("spec.value", "at most 64 KiB are allowed");
        }
    }

    /// The description of a workspace.
    pub(crate) fn description(&mut self, spec: Option<&WorkspaceSpecBody>) {
        let text = spec.and_then(|spec| spec.description.as_deref()).unwrap_or_default();
        if text.chars().count() > LONGEST_DESCRIPTION {
            self.add(
                "spec.description",
                format!("at most {LONGEST_DESCRIPTION} characters are allowed"),
            );
        }
    }
}

/// The mask of an update; none where it is absent or `""`. `foreign` is the path that only the other resource has.
pub(crate) fn mask_for(text: Option<&str>, foreign: FieldPath, violations: &mut Violations) -> Option<FieldMask> {
    let text = text.unwrap_or_default();
    let unknown = |path: &str| match path {
        "" => "an empty path is not a path that can be updated".to_owned(),
        path => format!("`{path}` is not a path that can be updated"),
    };
    if text.split(',').any(|path| path.trim() == foreign.as_str()) {
        violations.add("updateMask", unknown(foreign.as_str()));
    }
    match FieldMask::parse(text) {
        Ok(mask) => (!mask.is_empty()).then_some(mask),
        Err(path) => {
            violations.add("updateMask", unknown(&shortened(&path)));
            None
        }
    }
}

/// A prefix of a client's text, for error messages.
fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

fn label_error(error: LabelError) -> String {
    let part = |part| match part {
        LabelPart::Prefix => "the prefix of its key",
        LabelPart::Key => "its key",
        LabelPart::Value => "its value",
    };
    match error {
        LabelError::Empty(it) => format!("{} is empty", part(it)),
        LabelError::TooLong(it, most) => format!("{} has more than {most} characters", part(it)),
        LabelError::Start(it) => format!("{} must start with a letter or digit", part(it)),
        LabelError::End(it) => format!("{} must end with a letter or digit", part(it)),
        LabelError::Character(it, character) => format!("{} must not hold {character:?}", part(it)),
        LabelError::Slashes => "its key holds more than one slash".to_owned(),
    }
}

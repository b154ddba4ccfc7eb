//! The request of an update as people review it.

use crate::change::UpdateBody;
use crate::{FieldMask, MetadataFields, Method, SecretId, SecretText, SecretUpdate, ValueChange, WorkspaceId, calls};

/// What is planned for the value, without the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PlannedValue {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Write a new one of so many bytes.
    Replace(usize),
    /// Remove it.
    Clear,
}

/// The request that an update will be, for people to look at before it is sent. It holds no value: where the value will
/// stand there is only a place for words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdatePreview {
    /// Its method.
    pub method: Method,
    /// Its path, from `/v1`.
    pub path: String,
    /// Its JSON body, up to the value where it has one, and else all of it.
    pub body: String,
    /// The body behind the value, where it has one.
    pub body_after_value: Option<String>,
    /// Its update mask.
    pub mask: FieldMask,
}

impl UpdatePreview {
    /// What will be sent to make `before` into `after`; none when nothing changes.
    #[must_use]
    pub fn between(
        workspace: &WorkspaceId,
        id: &SecretId,
        before: &MetadataFields,
        after: &MetadataFields,
        value: PlannedValue,
    ) -> Option<Self> {
        // An empty text stands where the value will: it is found by where it stands, and nothing is taken for a value.
        let stand_in = match value {
            PlannedValue::Keep => ValueChange::Keep,
            PlannedValue::Replace(_) => ValueChange::Replace(SecretText::new("")),
            PlannedValue::Clear => ValueChange::Clear,
        };
        let update = SecretUpdate::between(before, after, stand_in)?;
        let call = calls::update_secret(workspace, id, &update);
        // A map with text keys is always JSON.
        let body = serde_json::to_string_pretty(&UpdateBody(&update)).unwrap_or_default();
        // Behind the value there is only the mask, which holds no such text.
        const PLACE: &str = "\"value\": \"\"";
        let place = matches!(value, PlannedValue::Replace(_))
            .then(|| body.rfind(PLACE))
            .flatten();
        let (body, body_after_value) = match place {
            Some(at) => {
                let (start, rest) = body.split_at(at + PLACE.len() - 2);
                (start.to_owned(), rest.get(2..).map(str::to_owned))
            }
            None => (body, None),
        };
        Some(Self {
            method: call.request.method,
            path: call.request.path,
            body,
            body_after_value,
            mask: update.mask(),
        })
    }
}

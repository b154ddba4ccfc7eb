//! A preview of the request of an update, for review.

use crate::change::UpdateBody;
use crate::{
    FieldMask, MetadataFields, Method, SecretId, SecretText, SecretUpdate, ValueChange, WorkspaceFields, WorkspaceId,
    WorkspaceUpdate, calls,
};

/// The planned change of the value, without the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PlannedValue {
    /// Leave it unchanged.
    #[default]
    Keep,
    /// Replace it by one of this many bytes.
    Replace(usize),
    /// Remove it.
    Clear,
}

/// A preview of the request of an update, for review before it is sent. Contains no value, only its position in the
/// body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdatePreview {
    /// Its method.
    pub method: Method,
    /// Its path, from `/v1`.
    pub path: String,
    /// The JSON body up to the value; all of it if it has no value.
    pub body: String,
    /// The JSON body after the value, if it has one.
    pub body_after_value: Option<String>,
    /// Its update mask.
    pub mask: FieldMask,
}

impl UpdatePreview {
    /// A preview of the update from `before` to `after`; `None` if nothing changes.
    #[must_use]
    pub fn between(
        workspace: &WorkspaceId,
        id: &SecretId,
        before: &MetadataFields,
        after: &MetadataFields,
        value: PlannedValue,
    ) -> Option<Self> {
        // An empty text stands in for the value and is found by its position, so no content can be mistaken for it.
        let stand_in = match value {
            PlannedValue::Keep => ValueChange::Keep,
            PlannedValue::Replace(_) => ValueChange::Replace(SecretText::new("")),
            PlannedValue::Clear => ValueChange::Clear,
        };
        let update = SecretUpdate::between(before, after, stand_in)?;
        let call = calls::update_secret(workspace, id, &update);
        // Serialising a map with text keys cannot fail.
        let body = serde_json::to_string_pretty(&UpdateBody(&update)).unwrap_or_default();
        // After the value there is only the mask, which cannot contain this text.
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

    /// A preview of the update of a workspace from `before` to `after`; `None` if nothing changes.
    #[must_use]
    pub fn of_workspace(id: &WorkspaceId, before: &WorkspaceFields, after: &WorkspaceFields) -> Option<Self> {
        let update = WorkspaceUpdate::between(before, after)?;
        let call = calls::update_workspace(id, &update);
        Some(Self {
            method: call.request.method,
            path: call.request.path,
            // Serialising a map with text keys cannot fail.
            body: serde_json::to_string_pretty(&update).unwrap_or_default(),
            body_after_value: None,
            mask: update.mask(),
        })
    }
}

//! What handlers read from a request. Everything that cannot be read is refused in the form of api.md, Errors.

mod body;
mod caller;
mod fields;
mod parameters;
mod path;

pub(crate) use body::{LONGEST_BODY, UnreadBody};
pub(crate) use caller::Caller;
pub(crate) use fields::{
    MetadataFields, NewMemberBody, NewSecretBody, NewWorkspaceBody, SecretUpdateBody, Violations, WorkspaceUpdateBody,
    mask_for,
};
pub(crate) use parameters::{ListParameters, Parameters};
pub(crate) use path::PathIds;

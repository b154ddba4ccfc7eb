//! The API as Rust: wire types, requests as values, errors and rules.
//!
//! No I/O, no clock, no browser. The console sends what [`calls`] describes, the local API answers with the same types
//! (except for a secret, whose value cannot be serialised here), and the official SDK checks both. `openapi.yaml`
//! beside this crate describes the same calls.
//!
//! # Layout
//!
//! - [`base_url`], [`id`]: the parts of an address.
//! - [`secret_text`]: the one type that holds a value.
//! - [`metadata`], [`label`], [`name`], [`profile`], [`workspace`], [`secret`], [`tool_set`], [`page`]: resources and their rules.
//! - [`field_mask`], [`change`], [`workspace_change`]: updates, derived from what changed.
//! - [`request`], [`calls`]: every endpoint as a value.
//! - [`json`], [`node`]: the reader of answers, and JSON that is read piece by piece.
//! - [`status`], [`failure`], [`retry`], [`quota`]: errors, when a retry can help, and how to stay below a rate limit.
//!
//! # Invariants
//!
//! - Decoding is tolerant (unknown fields, `null`, `""`, unknown enum values) and never panics on any bytes.
//! - Encoding is exact: an absent field is absent.
//! - A value leaves a [`SecretText`] only into the body of a create or an update.
//! - A [`FieldMask`] is computed from what changed, never written by hand.

#![warn(missing_docs)]

pub mod base_url;
pub mod id;
pub mod secret_text;

pub mod label;
pub mod metadata;
pub mod name;
pub mod page;
pub mod profile;
pub mod secret;
pub mod tool_set;
pub mod workspace;

pub mod change;
pub mod field_mask;
pub mod workspace_change;

pub mod calls;
pub mod preview;
pub mod request;

pub mod failure;
pub mod quota;
pub mod retry;
pub mod status;

pub mod json;
pub mod long_text;
pub mod node;
mod redact;
mod wire;

pub use base_url::{BaseUrl, BaseUrlError};
pub use change::{FieldChange, MetadataFields, SecretUpdate, ValueChange};
pub use failure::{Cause, Failure, Kind};
pub use field_mask::{FieldMask, FieldPath};
pub use id::{IdError, ProfileId, SecretId, ToolId, ToolSetId, WorkspaceId};
pub use label::{LabelError, LabelPart, Labels};
pub use metadata::{AccountResourceMetadata, BUNDLE_LABEL, ResourceMetadata};
pub use name::NameError;
pub use page::{Cursor, Page};
pub use preview::{PlannedValue, UpdatePreview};
pub use profile::{Profile, ProfileSpec, ProfileType};
pub use quota::Quota;
pub use request::{Answer, Body, Call, Method, Nothing, Operation, Request, Scope, WhoAmI};
pub use secret::{WorkspaceSecret, WorkspaceSecretInfo, WorkspaceSecretSpec};
pub use secret_text::SecretText;
pub use status::{Code, FieldViolation, MissingScope, Status};
pub use tool_set::{Adapter, AdapterKind, HttpConfig, Listed, Tool, ToolSet, ToolSetState, ToolSetUsage};
pub use workspace::{Workspace, WorkspaceInfo, WorkspaceMember, WorkspaceSpec, WorkspaceStatus};
pub use workspace_change::{WorkspaceFields, WorkspaceUpdate};

/// An instant in UTC, as RFC 3339 on the wire.
pub type Timestamp = chrono::DateTime<chrono::Utc>;

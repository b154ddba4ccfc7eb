//! Workspaces and their members.

use serde::{Deserialize, Serialize};

use crate::{AccountResourceMetadata, ProfileId, Timestamp, WorkspaceId, wire};

wire::open_enum! {
    /// The status of a workspace.
    WorkspaceStatus {
        /// Fully usable.
        Enabled = "STATUS_ENABLED",
        /// Read-only for now: its resources cannot be changed.
        Disabled = "STATUS_DISABLED",
        /// Closed for good: every request scoped to it is rejected.
        Archived = "STATUS_ARCHIVED",
    }
}

impl WorkspaceStatus {
    /// The default for a missing status: unknown, never "enabled" by assumption.
    fn absent() -> Self {
        Self::Unknown(String::new())
    }
}

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// Metadata common to the account's resources.
    pub metadata: AccountResourceMetadata<WorkspaceId>,
    /// Its configuration.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub spec: WorkspaceSpec,
    /// The status.
    #[serde(default = "WorkspaceStatus::absent", deserialize_with = "status_or_absent")]
    pub status: WorkspaceStatus,
    /// Totals, if requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<WorkspaceInfo>,
}

/// The configuration of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceSpec {
    /// Its description.
    #[serde(default, deserialize_with = "wire::text", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Totals of a workspace. `None` if the server does not say, which is not the same as zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WorkspaceInfo {
    /// Agents.
    #[serde(deserialize_with = "wire::count", skip_serializing_if = "Option::is_none")]
    pub total_agents: Option<u64>,
    /// Variations of agents.
    #[serde(deserialize_with = "wire::count", skip_serializing_if = "Option::is_none")]
    pub total_agent_variations: Option<u64>,
    /// Tools that agents can use.
    #[serde(deserialize_with = "wire::count", skip_serializing_if = "Option::is_none")]
    pub total_available_tools: Option<u64>,
    /// Entries of memory.
    #[serde(deserialize_with = "wire::count", skip_serializing_if = "Option::is_none")]
    pub total_memory_entries: Option<u64>,
}

/// A member of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceMember {
    /// The profile that is a member.
    pub profile_id: ProfileId,
    /// The actor behind the profile.
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    pub actor_id: String,
    /// Display name.
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    pub name: String,
    /// Email address.
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    pub email: String,
    /// When it was added.
    #[serde(default, deserialize_with = "wire::instant", skip_serializing_if = "Option::is_none")]
    pub added_at: Option<Timestamp>,
}

fn status_or_absent<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<WorkspaceStatus, D::Error> {
    Ok(Option::<WorkspaceStatus>::deserialize(deserializer)?.unwrap_or_else(WorkspaceStatus::absent))
}

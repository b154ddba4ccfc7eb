//! Workspaces and their members.

use std::borrow::Cow;

use serde::Serialize;

use crate::json::{Broken, Field, FromJson, Json, Read};
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

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// Metadata common to the account's resources.
    pub metadata: AccountResourceMetadata<WorkspaceId>,
    /// Its configuration.
    pub spec: WorkspaceSpec,
    /// The status.
    pub status: WorkspaceStatus,
    /// Totals, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub info: Option<WorkspaceInfo>,
}

/// The configuration of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceSpec {
    /// Its description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Totals of a workspace. `None` if the server does not say, which is not the same as zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceInfo {
    /// Agents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_agents: Option<u64>,
    /// Variations of agents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_agent_variations: Option<u64>,
    /// Tools that agents can use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_available_tools: Option<u64>,
    /// Entries of memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_memory_entries: Option<u64>,
}

/// A member of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceMember {
    /// The profile that is a member.
    pub profile_id: ProfileId,
    /// The actor behind the profile.
    pub actor_id: String,
    /// Display name.
    pub name: String,
    /// Email address.
    pub email: String,
    /// When it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_at: Option<Timestamp>,
}

impl WorkspaceMember {
    /// The display name: the member's name, else its email address, else its id.
    #[must_use]
    pub fn display_name(&self) -> &str {
        let names = [self.name.as_str(), self.email.as_str()];
        let found = names.into_iter().find(|name| !name.is_empty());
        found.unwrap_or(self.profile_id.as_str())
    }
}

impl FromJson for Workspace {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let (mut metadata, mut info) = (None, None);
        let (mut description, mut status) = (Cow::Borrowed(""), Cow::Borrowed(""));
        let is_there = json.fields(&mut [
            (
                "metadata",
                Field::Value(&mut |json| AccountResourceMetadata::read(json).map(|read| metadata = Some(read))),
            ),
            (
                "spec",
                Field::Value(&mut |json| {
                    json.fields(&mut [("description", Field::Text(&mut description))])
                        .map(|_| ())
                }),
            ),
            ("status", Field::TextOrNumber(&mut status)),
            (
                "info",
                Field::Value(&mut |json| WorkspaceInfo::read(json).map(|read| info = read)),
            ),
        ])?;
        if !is_there {
            return Ok(None);
        }
        Ok(Some(Self {
            metadata: metadata.ok_or(Broken::Kind)?,
            spec: WorkspaceSpec {
                description: wire::optional(description),
            },
            // A missing status is unknown, never "enabled" by assumption.
            status: WorkspaceStatus::from(&*status),
            info,
        }))
    }
}

impl FromJson for WorkspaceInfo {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        // The JSON form of protobuf writes 64-bit numbers as texts, so both are accepted.
        let mut texts: [Cow<'_, str>; 4] = Default::default();
        let [agents, variations, tools, memory] = &mut texts;
        let is_there = json.fields(&mut [
            ("totalAgents", Field::TextOrNumber(agents)),
            ("totalAgentVariations", Field::TextOrNumber(variations)),
            ("totalAvailableTools", Field::TextOrNumber(tools)),
            ("totalMemoryEntries", Field::TextOrNumber(memory)),
        ])?;
        let [agents, variations, tools, memory] = texts.map(|count| count.parse().ok());
        Ok(is_there.then_some(Self {
            total_agents: agents,
            total_agent_variations: variations,
            total_available_tools: tools,
            total_memory_entries: memory,
        }))
    }
}

impl FromJson for WorkspaceMember {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let mut texts: [Cow<'_, str>; 5] = Default::default();
        let [profile, actor, name, email, added] = &mut texts;
        let is_there = json.fields(&mut [
            ("profileId", Field::Text(profile)),
            ("actorId", Field::Text(actor)),
            ("name", Field::Text(name)),
            ("email", Field::Text(email)),
            ("addedAt", Field::Text(added)),
        ])?;
        if !is_there {
            return Ok(None);
        }
        let [profile, actor, name, email, added] = texts;
        Ok(Some(Self {
            profile_id: wire::id(profile).ok_or(Broken::Kind)?,
            actor_id: actor.into_owned(),
            name: name.into_owned(),
            email: email.into_owned(),
            added_at: wire::instant(&added),
        }))
    }
}

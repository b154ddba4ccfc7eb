//! Every endpoint of the contract as a value (api.md, Endpoints).

use serde::Serialize;

use crate::change::{Spec, UpdateBody};
use crate::secret_text::Exposed;
use crate::workspace_change::Description;
use crate::{
    Call, Cursor, Labels, Listed, MetadataFields, Nothing, Operation, Page, Profile, ProfileId, SecretId, SecretText,
    SecretUpdate, Tool, ToolSet, ToolSetId, ToolSetState, ToolSetUsage, WhoAmI, Workspace, WorkspaceFields,
    WorkspaceId, WorkspaceMember, WorkspaceSecret, WorkspaceUpdate, label,
};

/// The order of a list, by the time of creation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SortOrder {
    /// Oldest first.
    #[default]
    Ascending,
    /// Newest first.
    Descending,
}

impl SortOrder {
    /// The order in query strings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }

    /// Parses `asc` or `desc`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Ascending, Self::Descending]
            .into_iter()
            .find(|order| order.as_str() == text)
    }
}

/// A query for secrets. A cursor is valid for exactly one query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecretQuery {
    /// Only names that start with this text.
    pub prefix: Option<String>,
    /// Free text.
    pub text: Option<String>,
    /// Only secrets that carry all of these labels.
    pub labels: Labels,
    /// By the time of creation; the server's default order if absent.
    pub order: Option<SortOrder>,
    /// Whether to include `info`, which costs more of the rate limit.
    pub include_info: bool,
}

/// A query for the profile's own workspaces. A cursor is valid for exactly one query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceQuery {
    /// Only workspaces that carry all of these labels.
    pub labels: Labels,
    /// By the time of creation; the server's default order if absent.
    pub order: Option<SortOrder>,
    /// Whether to include `info`, which costs more of the rate limit.
    pub include_info: bool,
}

/// A query for the workspaces of the account. A cursor is valid for exactly one query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountWorkspaceQuery {
    /// Only workspaces that carry all of these labels.
    pub labels: Labels,
    /// Whether to list archived ones too.
    pub include_archived: bool,
}

/// A query for the people and keys of the account. A cursor is valid for exactly one query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileQuery {
    /// Free text.
    pub text: Option<String>,
    /// Only profiles that carry all of these labels.
    pub labels: Labels,
}

/// Returns the profile of the key and its default workspace; needs no scope.
#[must_use]
pub fn who_am_i() -> Call<WhoAmI> {
    Call::new(Operation::WhoAmI, "/v1/whoami".to_owned())
}

/// One page of secrets.
#[must_use]
pub fn list_secrets(
    workspace: &WorkspaceId,
    query: &SecretQuery,
    limit: u32,
    cursor: Option<&Cursor>,
) -> Call<Page<WorkspaceSecret>> {
    let mut call = paged(Call::new(Operation::ListSecrets, secrets(workspace)), limit, cursor);
    if let Some(prefix) = &query.prefix {
        call = call.query("prefix", prefix);
    }
    if let Some(text) = &query.text {
        call = call.query("query", text);
    }
    call = labelled(call, &query.labels);
    ordered(call, query.order, query.include_info)
}

/// Creates a secret; without a value it exists but is empty.
#[must_use]
pub fn create_secret(
    workspace: &WorkspaceId,
    fields: &MetadataFields,
    value: Option<&SecretText>,
) -> Call<WorkspaceSecret> {
    #[derive(Serialize)]
    struct Create<'a> {
        metadata: NewMetadata<'a>,
        spec: Spec<'a>,
    }
    let value = value.filter(|value| !value.is_empty()).map(Exposed);
    let body = Create {
        metadata: NewMetadata::new(&fields.name, fields.external_id.as_deref(), &fields.labels),
        spec: Spec { value },
    };
    Call::new(Operation::CreateSecret, secrets(workspace)).body(&body)
}

/// Reads one secret.
#[must_use]
pub fn read_secret(workspace: &WorkspaceId, id: &SecretId) -> Call<WorkspaceSecret> {
    Call::new(Operation::ReadSecret, secret(workspace, id))
}

/// Updates a secret: exactly the given changes.
#[must_use]
pub fn update_secret(workspace: &WorkspaceId, id: &SecretId, update: &SecretUpdate) -> Call<WorkspaceSecret> {
    Call::new(Operation::UpdateSecret, secret(workspace, id)).body(&UpdateBody(update))
}

/// Deletes a secret.
#[must_use]
pub fn delete_secret(workspace: &WorkspaceId, id: &SecretId) -> Call<Nothing> {
    Call::new(Operation::DeleteSecret, secret(workspace, id))
}

/// One page of the workspaces that the key's profile is a member of, in the server's order.
#[must_use]
pub fn list_workspaces(limit: u32, cursor: Option<&Cursor>) -> Call<Page<Workspace>> {
    list_workspaces_matching(&WorkspaceQuery::default(), limit, cursor)
}

/// One page of the workspaces that the key's profile is a member of and that match a query.
#[must_use]
pub fn list_workspaces_matching(query: &WorkspaceQuery, limit: u32, cursor: Option<&Cursor>) -> Call<Page<Workspace>> {
    let call = Call::new(Operation::ListWorkspaces, "/v1/workspaces".to_owned());
    let call = labelled(paged(call, limit, cursor), &query.labels);
    ordered(call, query.order, query.include_info)
}

/// One page of the workspaces in the account.
#[must_use]
pub fn list_account_workspaces(
    query: &AccountWorkspaceQuery,
    limit: u32,
    cursor: Option<&Cursor>,
) -> Call<Page<Workspace>> {
    let call = Call::new(Operation::ListAccountWorkspaces, ACCOUNT_WORKSPACES.to_owned());
    let call = labelled(paged(call, limit, cursor), &query.labels);
    if query.include_archived {
        call.query("includeArchived", "true")
    } else {
        call
    }
}

/// Creates a workspace.
#[must_use]
pub fn create_workspace(fields: &WorkspaceFields) -> Call<Workspace> {
    #[derive(Serialize)]
    struct Create<'a> {
        metadata: NewMetadata<'a>,
        spec: Description<'a>,
    }
    let metadata = &fields.metadata;
    let body = Create {
        metadata: NewMetadata::new(&metadata.name, metadata.external_id.as_deref(), &metadata.labels),
        spec: Description::new(fields.description.as_deref()),
    };
    Call::new(Operation::CreateWorkspace, ACCOUNT_WORKSPACES.to_owned()).body(&body)
}

/// Reads one workspace.
#[must_use]
pub fn read_workspace(id: &WorkspaceId) -> Call<Workspace> {
    Call::new(Operation::ReadWorkspace, workspace(id))
}

/// Updates a workspace: exactly the given changes.
#[must_use]
pub fn update_workspace(id: &WorkspaceId, update: &WorkspaceUpdate) -> Call<Workspace> {
    Call::new(Operation::UpdateWorkspace, workspace(id)).body(update)
}

/// Archives a workspace.
#[must_use]
pub fn archive_workspace(id: &WorkspaceId) -> Call<Nothing> {
    Call::new(Operation::ArchiveWorkspace, workspace(id))
}

/// One page of the members of a workspace.
#[must_use]
pub fn list_members(id: &WorkspaceId, limit: u32, cursor: Option<&Cursor>) -> Call<Page<WorkspaceMember>> {
    paged(Call::new(Operation::ListMembers, members(id)), limit, cursor)
}

/// The person or profile to add to a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NewMember {
    /// An existing profile.
    ProfileId(ProfileId),
    /// A person by email address.
    Email(String),
}

/// Adds a member to a workspace.
#[must_use]
pub fn add_member(id: &WorkspaceId, member: &NewMember) -> Call<WorkspaceMember> {
    Call::new(Operation::AddMember, members(id)).body(member)
}

/// Removes a member from a workspace.
#[must_use]
pub fn remove_member(id: &WorkspaceId, profile: &ProfileId) -> Call<Nothing> {
    let path = format!("{}/{}", members(id), profile.path_segment());
    Call::new(Operation::RemoveMember, path)
}

/// One page of the people and keys of the account that match a query.
#[must_use]
pub fn search_profiles(query: &ProfileQuery, limit: u32, cursor: Option<&Cursor>) -> Call<Page<Profile>> {
    let call = Call::new(Operation::SearchProfiles, "/v1/account/profiles".to_owned());
    let mut call = paged(call, limit, cursor);
    if let Some(text) = &query.text {
        call = call.query("query", text);
    }
    labelled(call, &query.labels)
}

/// One page of the tool sets in one state; the server's default, the active ones, if absent.
#[must_use]
pub fn list_tool_sets(
    workspace: &WorkspaceId,
    state: Option<&ToolSetState>,
    limit: u32,
    cursor: Option<&Cursor>,
) -> Call<Page<Listed<ToolSet>>> {
    let call = paged(Call::new(Operation::ListToolSets, tool_sets(workspace)), limit, cursor);
    match state {
        Some(state) => call.query("state", state.as_str()),
        None => call,
    }
}

/// One page of the tools of a tool set.
#[must_use]
pub fn list_tools(
    workspace: &WorkspaceId,
    tool_set: &ToolSetId,
    limit: u32,
    cursor: Option<&Cursor>,
) -> Call<Page<Listed<Tool>>> {
    let path = format!("{}/{}/tools", tool_sets(workspace), tool_set.path_segment());
    paged(Call::new(Operation::ListTools, path), limit, cursor)
}

/// One page of the variations of agents that a tool set is assigned to.
#[must_use]
pub fn list_tool_set_usage(
    workspace: &WorkspaceId,
    tool_set: &ToolSetId,
    limit: u32,
    cursor: Option<&Cursor>,
) -> Call<Page<Listed<ToolSetUsage>>> {
    let path = format!("{}/{}/usage", tool_sets(workspace), tool_set.path_segment());
    paged(Call::new(Operation::ListToolSetUsage, path), limit, cursor)
}

const ACCOUNT_WORKSPACES: &str = "/v1/account/workspaces";

fn secrets(workspace: &WorkspaceId) -> String {
    format!("/v1/workspaces/{}/workspace_secrets", workspace.path_segment())
}

fn secret(workspace: &WorkspaceId, id: &SecretId) -> String {
    format!("{}/{}", secrets(workspace), id.path_segment())
}

fn tool_sets(workspace: &WorkspaceId) -> String {
    format!("/v1/workspaces/{}/tool_sets", workspace.path_segment())
}

fn workspace(id: &WorkspaceId) -> String {
    format!("{ACCOUNT_WORKSPACES}/{}", id.path_segment())
}

fn members(id: &WorkspaceId) -> String {
    format!("{}/members", workspace(id))
}

fn paged<Answer>(call: Call<Answer>, limit: u32, cursor: Option<&Cursor>) -> Call<Answer> {
    let call = call.query("limit", limit.to_string());
    match cursor {
        Some(cursor) => call.query("cursor", cursor.as_str()),
        None => call,
    }
}

fn labelled<Answer>(call: Call<Answer>, labels: &Labels) -> Call<Answer> {
    if labels.is_empty() {
        call
    } else {
        call.query("labels", label::to_filter(labels))
    }
}

fn ordered<Answer>(mut call: Call<Answer>, order: Option<SortOrder>, include_info: bool) -> Call<Answer> {
    if let Some(order) = order {
        call = call.query("sortOrder", order.as_str());
    }
    if include_info {
        call = call.query("includeInfo", "true");
    }
    call
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewMetadata<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Labels::is_empty")]
    labels: &'a Labels,
}

impl<'a> NewMetadata<'a> {
    fn new(name: &'a str, external_id: Option<&'a str>, labels: &'a Labels) -> Self {
        Self {
            name,
            external_id: external_id.filter(|text| !text.is_empty()),
            labels,
        }
    }
}

//! Requests as values: method, path, query and body, independent of HTTP.

use std::fmt;
use std::marker::PhantomData;

use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use crate::id::ENCODED;
use crate::json::{self, Broken, Field, FromJson as _, Json, Read};
use crate::node::{Node, field};
use crate::secret_text::{WipedBytes, to_wiped_json};
use crate::{BaseUrl, Profile, SecretText, Workspace, WorkspaceId, WorkspaceMember, WorkspaceSecret};

/// HTTP methods that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Updates.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// The method as it is on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether it can be retried automatically (api.md, Transport): a failed POST or PATCH may have succeeded.
    #[must_use]
    pub fn is_repeatable(self) -> bool {
        matches!(self, Self::Get | Self::Delete)
    }
}

/// The operation of a request, for error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Get the owner of the key.
    WhoAmI,
    /// List the workspaces of this profile.
    ListWorkspaces,
    /// List all workspaces of the account.
    ListAccountWorkspaces,
    /// Create a workspace.
    CreateWorkspace,
    /// Read a workspace.
    ReadWorkspace,
    /// Update a workspace.
    UpdateWorkspace,
    /// Archive a workspace.
    ArchiveWorkspace,
    /// List the members of a workspace.
    ListMembers,
    /// Add a member to a workspace.
    AddMember,
    /// Remove a member from a workspace.
    RemoveMember,
    /// Search the people and keys of the account.
    SearchProfiles,
    /// List secrets.
    ListSecrets,
    /// Create a secret.
    CreateSecret,
    /// Read a secret.
    ReadSecret,
    /// Update a secret.
    UpdateSecret,
    /// Delete a secret.
    DeleteSecret,
    /// List tool sets.
    ListToolSets,
    /// List the tools of a tool set.
    ListTools,
    /// List the agents that use a tool set.
    ListToolSetUsage,
}

/// A scope of a key (api.md, Scopes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// See workspaces.
    WorkspacesRead,
    /// Change workspaces and their members.
    WorkspacesManage,
    /// See and change secrets: there is no read-only scope for them.
    SecretsManage,
    /// See and change the account.
    AccountManage,
    /// See tool sets and tools.
    ToolsRead,
    /// See agents.
    AgentsRead,
}

impl Scope {
    /// The name of the scope.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WorkspacesRead => "workspaces:read",
            Self::WorkspacesManage => "workspaces:manage",
            Self::SecretsManage => "secrets:manage",
            Self::AccountManage => "account:manage",
            Self::ToolsRead => "tools:read",
            Self::AgentsRead => "agents:read",
        }
    }

    /// The scope with this name; `None` for one that this version does not know.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::WorkspacesRead,
            Self::WorkspacesManage,
            Self::SecretsManage,
            Self::AccountManage,
            Self::ToolsRead,
            Self::AgentsRead,
        ]
        .into_iter()
        .find(|scope| scope.as_str() == name)
    }
}

impl Operation {
    /// The method of its request.
    #[must_use]
    pub fn method(self) -> Method {
        match self {
            Self::WhoAmI
            | Self::ListWorkspaces
            | Self::ListAccountWorkspaces
            | Self::ReadWorkspace
            | Self::ListMembers
            | Self::SearchProfiles
            | Self::ListSecrets
            | Self::ReadSecret
            | Self::ListToolSets
            | Self::ListTools
            | Self::ListToolSetUsage => Method::Get,
            Self::CreateWorkspace | Self::AddMember | Self::CreateSecret => Method::Post,
            Self::UpdateWorkspace | Self::UpdateSecret => Method::Patch,
            Self::ArchiveWorkspace | Self::RemoveMember | Self::DeleteSecret => Method::Delete,
        }
    }

    /// Whether only an admin may do it. That is a role of the person, not a scope of the key (api.md, Endpoints).
    #[must_use]
    pub fn is_admin_only(self) -> bool {
        match self {
            Self::ListAccountWorkspaces
            | Self::CreateWorkspace
            | Self::ReadWorkspace
            | Self::UpdateWorkspace
            | Self::ArchiveWorkspace
            | Self::ListMembers
            | Self::AddMember
            | Self::RemoveMember
            | Self::SearchProfiles => true,
            Self::WhoAmI
            | Self::ListWorkspaces
            | Self::ListSecrets
            | Self::CreateSecret
            | Self::ReadSecret
            | Self::UpdateSecret
            | Self::DeleteSecret
            | Self::ListToolSets
            | Self::ListTools
            | Self::ListToolSetUsage => false,
        }
    }

    /// The required scope; `None` for [`Self::WhoAmI`].
    #[must_use]
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::WhoAmI => None,
            Self::ListWorkspaces | Self::ListAccountWorkspaces | Self::ReadWorkspace | Self::ListMembers => {
                Some(Scope::WorkspacesRead)
            }
            Self::CreateWorkspace
            | Self::UpdateWorkspace
            | Self::ArchiveWorkspace
            | Self::AddMember
            | Self::RemoveMember => Some(Scope::WorkspacesManage),
            Self::SearchProfiles => Some(Scope::AccountManage),
            Self::ListSecrets | Self::CreateSecret | Self::ReadSecret | Self::UpdateSecret | Self::DeleteSecret => {
                Some(Scope::SecretsManage)
            }
            Self::ListToolSets | Self::ListTools => Some(Scope::ToolsRead),
            Self::ListToolSetUsage => Some(Scope::AgentsRead),
        }
    }
}

/// The JSON body of a request. It may contain a value, so it has no `Debug` and is wiped when dropped.
pub struct Body(WipedBytes);

impl Body {
    pub(crate) fn of(body: &impl Serialize) -> Self {
        Self(to_wiped_json(body))
    }

    /// The bytes to send.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The value that it contains, if any.
    #[must_use]
    pub fn value(&self) -> Option<SecretText> {
        let mut value = None;
        json::whole(&self.0, |json| {
            // Other resources have other specs.
            let mut spec = |json: &mut Json<'_>| SecretText::read_in(json).map(|read| value = read);
            json.fields(&mut [("spec", Field::Value(&mut spec))])
        })
        .ok()?;
        value
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body(hidden)")
    }
}

/// A request without base URL and key.
#[derive(Debug)]
pub struct Request {
    /// The operation.
    pub operation: Operation,
    /// The method.
    pub method: Method,
    /// The path, from `/v1`, with each id percent-encoded as one segment.
    pub path: String,
    /// The query parameters, in order, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// The JSON body.
    pub body: Option<Body>,
}

impl Request {
    /// Whether it asks for the page of a cursor.
    #[must_use]
    pub fn has_cursor(&self) -> bool {
        self.query.iter().any(|(name, _)| *name == "cursor")
    }

    /// The full URL for a base URL.
    #[must_use]
    pub fn url(&self, base: &BaseUrl) -> String {
        let mut url = format!("{}{}", base.as_str(), self.path);
        for (index, (name, value)) in self.query.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(name);
            url.push('=');
            url.extend(utf8_percent_encode(value, ENCODED));
        }
        url
    }
}

/// A request and the type of its answer.
#[derive(Debug)]
pub struct Call<Answer> {
    /// The request.
    pub request: Request,
    answer: PhantomData<fn() -> Answer>,
}

impl<T> Call<T> {
    pub(crate) fn new(operation: Operation, path: String) -> Self {
        let request = Request {
            operation,
            method: operation.method(),
            path,
            query: Vec::new(),
            body: None,
        };
        Self {
            request,
            answer: PhantomData,
        }
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.request.query.push((name, value.into()));
        self
    }

    pub(crate) fn body(mut self, body: &impl Serialize) -> Self {
        self.request.body = Some(Body::of(body));
        self
    }
}

/// The answer to a call, decoded from bytes without a JavaScript string.
pub trait Answer: Sized {
    /// Decodes the body of a successful answer.
    ///
    /// # Errors
    ///
    /// Why the bytes are invalid, as a fragment of a sentence without any of the bytes.
    fn decode(bytes: &[u8]) -> Result<Self, String>;
}

/// The answer to a delete: `200 {}` or an empty `204`. Any JSON is accepted; anything else comes from a proxy that has
/// not reached the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nothing;

impl Answer for Nothing {
    fn decode(bytes: &[u8]) -> Result<Self, String> {
        if bytes.trim_ascii().is_empty() {
            return Ok(Self);
        }
        read_whole(bytes, |json| json.skip()).map(|()| Self)
    }
}

macro_rules! json_answers {
    ($($answer:ty),*) => {$(
        impl Answer for $answer {
            fn decode(bytes: &[u8]) -> Result<Self, String> {
                read_whole(bytes, |json| <$answer>::read(json)?.ok_or(Broken::Kind))
            }
        }
    )*};
}

/// Who a key belongs to: the answer to [`who_am_i`](crate::calls::who_am_i).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoAmI {
    /// Its owner.
    pub profile: Profile,
    /// The workspace to start with, if the server names one.
    pub default_workspace: Option<WorkspaceId>,
}

/// Newer servers send the profile under `profile`, older ones send the profile itself.
impl Answer for WhoAmI {
    fn decode(bytes: &[u8]) -> Result<Self, String> {
        let mut default_workspace = None;
        let wrapped = read_whole(bytes, |json| {
            let mut profile = None;
            json.fields(&mut [
                (
                    "profile",
                    Field::Value(&mut |json| Profile::read(json).map(|read| profile = read)),
                ),
                (
                    "defaultWorkspace",
                    // One that can't be read is no reason to refuse the profile.
                    Field::Value(&mut |json| {
                        let Node::Object(fields) = Node::read(json)? else {
                            return Ok(());
                        };
                        if let Some(Node::Text(id)) = field(&fields, "id") {
                            default_workspace = WorkspaceId::parse(id).ok();
                        }
                        Ok(())
                    }),
                ),
            ])?;
            profile.ok_or(Broken::Kind)
        });
        let profile = wrapped.or_else(|_| read_whole(bytes, |json| Profile::read(json)?.ok_or(Broken::Kind)))?;
        Ok(Self {
            profile,
            default_workspace,
        })
    }
}

json_answers!(WorkspaceSecret, Workspace, WorkspaceMember);
/// Reads an answer as a whole.
pub(crate) fn read_whole<Value>(
    bytes: &[u8],
    read: impl FnOnce(&mut Json<'_>) -> Read<Value>,
) -> Result<Value, String> {
    json::whole(bytes, read).map_err(|(broken, line, column)| {
        let what = match broken {
            Broken::Early => "the answer ends too early",
            Broken::Syntax => "the answer is not JSON",
            Broken::Kind | Broken::TooLarge => "a field of the answer has an unexpected form",
        };
        format!("{what} (line {line}, column {column})")
    })
}

//! Tool sets, their tools and the agents that use them, as far as references to secrets need them (api.md, "Where a
//! secret is used").
//!
//! Read field by field from untyped JSON: a field of an unexpected form counts as absent, and an item without a usable
//! id hides no other.

use crate::json::{FromJson, Json, Read};
use crate::long_text::shortened;
use crate::node::{Node, field};
use crate::{Timestamp, ToolId, ToolSetId, wire};

wire::open_enum! {
    /// The state of a tool set.
    ToolSetState {
        /// Usable. The only state that a list has unless another is asked for.
        Active = "STATE_ACTIVE",
        /// Archived.
        Archived = "STATE_ARCHIVED",
    }
}

wire::open_enum! {
    /// What a tool set talks to.
    AdapterKind {
        /// An MCP server.
        Mcp = "mcp",
        /// An HTTP API, described tool by tool.
        Http = "http",
        /// An HTTP API, described by an OpenAPI document.
        OpenApi = "openapi",
        /// Nothing: the caller answers. It refers to no secret.
        Bare = "bare",
    }
}

/// One item of a page, or a note that it could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed<Item> {
    /// The item.
    Item(Item),
    /// An item without a usable id: its name, or an empty text.
    Unreadable(String),
}

/// A tool set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolSet {
    /// Its id.
    pub id: ToolSetId,
    /// Its name; empty if the server sent none.
    pub name: String,
    /// Its state.
    pub state: ToolSetState,
    /// What it talks to.
    pub adapter: Adapter,
    /// The names of its own secrets. They take precedence over the workspace's.
    pub secrets: Vec<String>,
}

/// The fields of an adapter that can refer to a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adapter {
    /// Its type.
    pub kind: AdapterKind,
    /// The address of the MCP server or of the OpenAPI document.
    pub url: Option<String>,
    /// The address that the paths of tools are appended to.
    pub base_url: Option<String>,
    /// Headers: name and value, in the server's order.
    pub headers: Vec<(String, String)>,
}

/// A tool of a tool set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its id.
    pub id: ToolId,
    /// Its name; empty if the server sent none.
    pub name: String,
    /// The request that it sends, for a tool of type `http`.
    pub http: Option<HttpConfig>,
}

/// The fields of an HTTP tool that can refer to a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpConfig {
    /// The path, appended to the base URL of the tool set.
    pub path: Option<String>,
    /// The query string.
    pub query: Option<String>,
    /// Headers: name and value, in the server's order.
    pub headers: Vec<(String, String)>,
    /// The template of the request body.
    pub body: Option<String>,
}

/// A variation of an agent that a tool set is assigned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolSetUsage {
    /// The id of the agent.
    pub agent_id: String,
    /// The name of the agent; empty if the server sent none.
    pub agent: String,
    /// The name of the variation; empty if the server sent none.
    pub variation: String,
    /// When the tool set was assigned.
    pub assigned_at: Option<Timestamp>,
}

/// Something that is read from a JSON object.
trait FromFields: Sized {
    /// `None` if it has no usable id.
    fn from_fields(fields: &[(String, Node)]) -> Option<Self>;

    /// The resource that gives an unreadable item its name.
    const NAMED_BY: &'static str = "metadata";
}

impl<Item: FromFields> FromJson for Listed<Item> {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let mut item = json.again();
        let Ok(Node::Object(fields)) = Node::read(&mut item) else {
            json.skip()?;
            return Ok(Some(Self::Unreadable(String::new())));
        };
        *json = item;
        Ok(Some(Item::from_fields(&fields).map_or_else(
            || Self::Unreadable(text(object(&fields, Item::NAMED_BY), "name").unwrap_or_default()),
            Self::Item,
        )))
    }
}

impl FromFields for ToolSet {
    fn from_fields(fields: &[(String, Node)]) -> Option<Self> {
        let (metadata, spec) = (object(fields, "metadata"), object(fields, "spec"));
        let state = text(fields, "state").unwrap_or_default();
        let secrets = match field(spec, "secrets") {
            Some(Node::List(secrets)) => secrets.iter().filter_map(name_of_secret).collect(),
            _ => Vec::new(),
        };
        Some(Self {
            id: ToolSetId::parse(text(metadata, "id")?).ok()?,
            name: name(metadata),
            state: ToolSetState::from(state.as_str()),
            adapter: adapter(object(spec, "adapter")),
            secrets,
        })
    }
}

impl FromFields for Tool {
    fn from_fields(fields: &[(String, Node)]) -> Option<Self> {
        let (metadata, spec) = (object(fields, "metadata"), object(fields, "spec"));
        let config = object(spec, "config");
        let is_http = text(config, "type").is_none_or(|kind| kind == "http");
        let http = match field(config, "http") {
            Some(Node::Object(http)) if is_http => Some(HttpConfig {
                path: text(http, "path"),
                query: text(http, "query"),
                headers: texts(http, "headers"),
                body: text(http, "requestBodyTemplate"),
            }),
            _ => None,
        };
        Some(Self {
            id: ToolId::parse(text(metadata, "id")?).ok()?,
            name: name(metadata),
            http,
        })
    }
}

impl FromFields for ToolSetUsage {
    const NAMED_BY: &'static str = "agent";

    fn from_fields(fields: &[(String, Node)]) -> Option<Self> {
        let agent = object(fields, "agent");
        let instant = text(fields, "assignedAt").and_then(|text| chrono::DateTime::parse_from_rfc3339(&text).ok());
        Some(Self {
            agent_id: text(agent, "id")?,
            agent: name(agent),
            variation: name(object(fields, "agentVariation")),
            assigned_at: instant.map(|instant| instant.to_utc()),
        })
    }
}

/// Of an adapter without a type, the fields say which one it is.
fn adapter(fields: &[(String, Node)]) -> Adapter {
    let known = ["mcp", "http", "openapi", "bare"];
    let is_object = |name: &&&str| matches!(field(fields, name), Some(Node::Object(_)));
    let kind = text(fields, "type").or_else(|| known.iter().find(is_object).map(|kind| (*kind).to_owned()));
    let kind = kind.unwrap_or_default();
    let config = object(fields, &kind);
    Adapter {
        kind: AdapterKind::from(kind.as_str()),
        url: text(config, "url"),
        base_url: text(config, "baseUrl"),
        headers: texts(config, "headers"),
    }
}

fn name_of_secret(secret: &Node) -> Option<String> {
    match secret {
        Node::Object(secret) => text(secret, "name"),
        _ => None,
    }
}

fn object<'a>(fields: &'a [(String, Node)], name: &str) -> &'a [(String, Node)] {
    match field(fields, name) {
        Some(Node::Object(fields)) => fields,
        _ => &[],
    }
}

/// A name, for people; empty if there is none.
fn name(fields: &[(String, Node)]) -> String {
    text(fields, "name").map_or_else(String::new, |name| shortened(name.into()).into_owned())
}

/// A text that is not empty. Whole: it may refer to secrets.
fn text(fields: &[(String, Node)], name: &str) -> Option<String> {
    match field(fields, name) {
        Some(Node::Text(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

/// The texts of an object, with their names.
fn texts(fields: &[(String, Node)], name: &str) -> Vec<(String, String)> {
    let text = |(name, node): &(String, Node)| match node {
        Node::Text(text) => Some((name.clone(), text.clone())),
        _ => None,
    };
    object(fields, name).iter().filter_map(text).collect()
}

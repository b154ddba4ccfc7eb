//! Scans the fields of tool sets and tools that can refer to a secret.

use contract::{AdapterKind, Tool, ToolSet};

use super::mask::{Excerpt, excerpt};
use super::scan::references;

/// A field that refers to a secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The address of an MCP server or of an OpenAPI document.
    Url,
    /// The base URL of an adapter.
    BaseUrl,
    /// A header, by name.
    Header(String),
    /// The path of a tool.
    Path,
    /// The query string of a tool.
    Query,
    /// The template of a tool's request body.
    Body,
}

/// A reference in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The name that is referred to, as it is written.
    pub name: String,
    /// The field.
    pub field: Field,
    /// The text around it.
    pub excerpt: Excerpt,
}

/// The references of a tool set's adapter.
#[must_use]
pub fn of_tool_set(set: &ToolSet) -> Vec<Hit> {
    let adapter = &set.adapter;
    let mut hits = Vec::new();
    // Only these fields of these adapters: the server puts a secret into nothing else.
    let (url, base_url) = match adapter.kind {
        AdapterKind::Mcp => (&adapter.url, &None),
        AdapterKind::Http => (&None, &adapter.base_url),
        AdapterKind::OpenApi => (&adapter.url, &adapter.base_url),
        AdapterKind::Bare | AdapterKind::Unknown(_) => return hits,
    };
    find(&mut hits, url.as_deref(), || Field::Url);
    find(&mut hits, base_url.as_deref(), || Field::BaseUrl);
    for (name, value) in &adapter.headers {
        find(&mut hits, Some(value), || Field::Header(name.clone()));
    }
    hits
}

/// The references of a tool.
#[must_use]
pub fn of_tool(tool: &Tool) -> Vec<Hit> {
    let mut hits = Vec::new();
    if let Some(http) = &tool.http {
        find(&mut hits, http.path.as_deref(), || Field::Path);
        find(&mut hits, http.query.as_deref(), || Field::Query);
        for (name, value) in &http.headers {
            find(&mut hits, Some(value), || Field::Header(name.clone()));
        }
        find(&mut hits, http.body.as_deref(), || Field::Body);
    }
    hits
}

fn find(hits: &mut Vec<Hit>, text: Option<&str>, field: impl Fn() -> Field) {
    let Some(text) = text else { return };
    for reference in references(text) {
        let field = field();
        let header = match &field {
            Field::Header(name) => Some(name.as_str()),
            _ => None,
        };
        hits.push(Hit {
            name: reference.name.to_owned(),
            excerpt: excerpt(text, &reference, header),
            field,
        });
    }
}

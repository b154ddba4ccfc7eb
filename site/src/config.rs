//! The runtime configuration, `config.json`.

use std::ops::RangeInclusive;

use contract::node::{Node, field};
use contract::{BaseUrl, BaseUrlError};

use crate::ConfigError;

/// The runtime configuration: which servers this console talks to.
///
/// Fields that are not known are ignored, so that an older console can be served with a newer file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The servers, in the order of the file; never empty.
    pub servers: Vec<Server>,
    /// Timeouts.
    pub limits: Limits,
    /// When lists request the last use.
    pub last_used: LastUsed,
}

/// When lists of secrets request the last use of each secret, which costs more of the server's rate limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LastUsed {
    /// With the list.
    #[default]
    Always,
    /// When the user shows the column.
    OnDemand,
}

/// The configurable timeouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The idle time before the console locks, in minutes; 0 for never.
    pub idle_lock_minutes: u32,
    /// How long a value is shown, in seconds.
    pub reveal_seconds: u32,
    /// When a copied value is cleared from the clipboard, in seconds.
    pub clipboard_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            idle_lock_minutes: 15,
            reveal_seconds: 30,
            clipboard_seconds: 30,
        }
    }
}

/// A server that the console can connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// Its display name; absent if the file contains a single server.
    pub name: Option<String>,
    /// The base URL of its API.
    pub api_base: ApiBase,
    /// Whether the console or a proxy adds the API key.
    pub auth: Auth,
}

/// How requests are authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Auth {
    /// The console asks for a key and sends it.
    #[default]
    Bearer,
    /// A proxy in front of the API adds the key: the console asks for none and sends none.
    Proxy,
}

/// The address of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiBase {
    /// A separate address.
    Absolute(BaseUrl),
    /// On the origin that serves the page, below this path: empty, or a path that starts with a slash and ends without.
    SameOrigin(String),
}

impl ApiBase {
    /// The base URL as seen by a page of this origin (`location.origin`).
    pub fn resolve(&self, page_origin: &str) -> Result<BaseUrl, BaseUrlError> {
        match self {
            Self::Absolute(base) => Ok(base.clone()),
            Self::SameOrigin(path) => BaseUrl::parse(&format!("{page_origin}{path}")),
        }
    }
}

impl Default for Config {
    /// The API on the origin that serves the page, with a key that the console asks for.
    fn default() -> Self {
        let server = Server {
            name: None,
            api_base: ApiBase::SameOrigin(String::new()),
            auth: Auth::Bearer,
        };
        Self {
            servers: vec![server],
            limits: Limits::default(),
            last_used: LastUsed::default(),
        }
    }
}

impl Config {
    /// Reads a `config.json`.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        // Editors on Windows put a byte order mark in front of the file, which is no JSON.
        let text = text.trim_start_matches('\u{feff}');
        let document = Node::parse(text.as_bytes())
            .map_err(|(_, line, column)| ConfigError::new("", format!("is not JSON (line {line}, column {column})")))?;
        let Node::Object(document) = document else {
            return Err(ConfigError::new("", "must be a JSON object"));
        };
        let servers = match (field(&document, "servers"), field(&document, "apiBaseUrl")) {
            (Some(_), Some(_)) => {
                return Err(ConfigError::new(
                    "servers",
                    "and `apiBaseUrl` exclude each other: keep one of them",
                ));
            }
            (Some(list), None) => servers(list)?,
            (None, Some(_)) => vec![server(&document, "")?],
            (None, None) => return Err(ConfigError::new("apiBaseUrl", "is missing (or a list `servers`)")),
        };
        Ok(Self {
            servers,
            limits: limits(&document)?,
            last_used: last_used(&document)?,
        })
    }

    /// The origins, beside the page's own, that the console has to reach; sorted, each once.
    pub fn origins(&self) -> Vec<&str> {
        let mut origins: Vec<&str> = self
            .servers
            .iter()
            .filter_map(|server| match &server.api_base {
                ApiBase::Absolute(base) => Some(base.origin()),
                ApiBase::SameOrigin(_) => None,
            })
            .collect();
        origins.sort_unstable();
        origins.dedup();
        origins
    }

    /// Whether a key may be sent to this API from a page of `page_origin`: only to what the configuration names. The
    /// page's own origin also serves files, so there only the configured paths and those below them count.
    pub fn allows(&self, base: &BaseUrl, page_origin: &str) -> bool {
        self.origins().contains(&base.origin())
            || self.own_bases(page_origin).any(|own| {
                let rest = base.as_str().strip_prefix(own.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }

    /// The APIs on the page's own origin.
    fn own_bases<'a>(&'a self, page_origin: &'a str) -> impl Iterator<Item = BaseUrl> + 'a {
        let servers = self.servers.iter();
        servers.filter_map(move |server| match server.api_base {
            ApiBase::SameOrigin(_) => server.api_base.resolve(page_origin).ok(),
            ApiBase::Absolute(_) => None,
        })
    }

    /// Where keys may be sent, as text for the user: the other origins, and the APIs on the page's own.
    pub fn allowed(&self, page_origin: &str) -> Vec<String> {
        let own = self.own_bases(page_origin).map(|base| base.to_string());
        let mut allowed: Vec<String> = own.chain(self.origins().into_iter().map(str::to_owned)).collect();
        allowed.sort_unstable();
        allowed.dedup();
        allowed
    }
}

fn last_used(document: &[(String, Node)]) -> Result<LastUsed, ConfigError> {
    match text(document, "lastUsed", "lastUsed")? {
        None | Some("always") => Ok(LastUsed::Always),
        Some("onDemand") => Ok(LastUsed::OnDemand),
        Some(other) => Err(ConfigError::new(
            "lastUsed",
            format!("must be \"always\" or \"onDemand\", not \"{other}\""),
        )),
    }
}

fn limits(document: &[(String, Node)]) -> Result<Limits, ConfigError> {
    let usual = Limits::default();
    Ok(Limits {
        idle_lock_minutes: number(document, "idleLockMinutes", usual.idle_lock_minutes, 0..=1440)?,
        reveal_seconds: number(document, "revealSeconds", usual.reveal_seconds, 1..=600)?,
        clipboard_seconds: number(document, "clipboardSeconds", usual.clipboard_seconds, 1..=600)?,
    })
}

/// `null` and an absent field are the same: what is usual.
fn number(fields: &[(String, Node)], name: &str, usual: u32, allowed: RangeInclusive<u32>) -> Result<u32, ConfigError> {
    let given = match field(fields, name) {
        None | Some(Node::Null) => return Ok(usual),
        Some(Node::Integer(number)) => u32::try_from(*number).ok(),
        Some(_) => None,
    };
    given.filter(|number| allowed.contains(number)).ok_or_else(|| {
        let (least, most) = (allowed.start(), allowed.end());
        ConfigError::new(name, format!("must be a whole number from {least} to {most}"))
    })
}

fn servers(list: &Node) -> Result<Vec<Server>, ConfigError> {
    let Node::List(items) = list else {
        return Err(ConfigError::new("servers", "must be a list"));
    };
    if items.is_empty() {
        return Err(ConfigError::new("servers", "must hold at least one server"));
    }
    let mut servers: Vec<Server> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let place = format!("servers[{index}]");
        let Node::Object(fields) = item else {
            return Err(ConfigError::new(place, "must be an object"));
        };
        let mut one = server(fields, &format!("{place}."))?;
        let name_field = format!("{place}.name");
        let name = text(fields, "name", &name_field)?
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let Some(name) = name else {
            return Err(ConfigError::new(
                name_field,
                "is missing: people choose a server by its name",
            ));
        };
        if servers.iter().any(|earlier| earlier.name.as_deref() == Some(name)) {
            return Err(ConfigError::new(name_field, format!("is used twice: \"{name}\"")));
        }
        one.name = Some(name.to_owned());
        servers.push(one);
    }
    Ok(servers)
}

fn server(fields: &[(String, Node)], prefix: &str) -> Result<Server, ConfigError> {
    let base_field = format!("{prefix}apiBaseUrl");
    let auth_field = format!("{prefix}auth");
    let Some(base) = text(fields, "apiBaseUrl", &base_field)? else {
        return Err(ConfigError::new(base_field, "is missing"));
    };
    let auth = match text(fields, "auth", &auth_field)? {
        None | Some("bearer") => Auth::Bearer,
        Some("proxy") => Auth::Proxy,
        Some(other) => {
            return Err(ConfigError::new(
                auth_field,
                format!("must be \"bearer\" or \"proxy\", not \"{other}\""),
            ));
        }
    };
    Ok(Server {
        name: None,
        api_base: api_base(base.trim(), &base_field)?,
        auth,
    })
}

/// `null` and an absent field are the same.
fn text<'a>(fields: &'a [(String, Node)], name: &str, place: &str) -> Result<Option<&'a str>, ConfigError> {
    match field(fields, name) {
        None | Some(Node::Null) => Ok(None),
        Some(Node::Text(text)) => Ok(Some(text)),
        Some(_) => Err(ConfigError::new(place, "must be text")),
    }
}

fn api_base(text: &str, field: &str) -> Result<ApiBase, ConfigError> {
    // Two slashes start an address on another host, not a path on this one.
    if text.starts_with('/') && !text.starts_with("//") {
        let base = ApiBase::SameOrigin(text.trim_end_matches('/').to_owned());
        // Read here as it is read in the page, on whatever origin that is: what is wrong with it is said in time.
        return match base.resolve("http://localhost") {
            Ok(_) => Ok(base),
            Err(error) => Err(ConfigError::new(
                field,
                format!("must be a plain path without a query or a fragment: {error}"),
            )),
        };
    }
    let base = BaseUrl::parse(text).map_err(|error| {
        ConfigError::new(
            field,
            format!("must be an http(s) address, or a path that starts with \"/\": {error}"),
        )
    })?;
    // The origin is copied into the policy of the page, where a space or a semicolon would start something new.
    let plain = |character: char| character.is_ascii_alphanumeric() || ".-:/[]".contains(character);
    if !base.origin().chars().all(plain) {
        return Err(ConfigError::new(
            field,
            "must have a plain host name (an international one in its `xn--` form)",
        ));
    }
    Ok(ApiBase::Absolute(base))
}

#[cfg(test)]
mod tests;

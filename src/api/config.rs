//! Reads `config.json`, which lies beside `index.html`.

use std::cell::Cell;

use contract::Method;
use site::{Config, Limits};

use crate::api::client::fetch::FetchTransport;
use crate::api::client::{Outgoing, Transport};

thread_local! {
    static LIMITS: Cell<Option<Limits>> = const { Cell::new(None) };
}

/// How long things last: as the configuration says, once it is here.
#[must_use]
pub fn limits() -> Limits {
    LIMITS.get().unwrap_or_default()
}

/// Why there is no configuration, in words for whoever hosts the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file could not be fetched.
    Unreachable,
    /// The server answered with this status.
    Status(u16),
    /// The file is not as it should be.
    Malformed(String),
}

/// Reads the configuration.
///
/// # Errors
///
/// See [`Problem`].
pub async fn load() -> Result<Config, Problem> {
    let transport = FetchTransport::without_key();
    let url = format!("{}{}", crate::browser::page::origin(), site::CONFIG);
    let answer = transport
        .send(Outgoing {
            method: Method::Get,
            url,
            body: None,
        })
        .await;
    let answer = answer.map_err(|_| Problem::Unreachable)?;
    if answer.status != 200 {
        return Err(Problem::Status(answer.status));
    }
    let text = String::from_utf8_lossy(&answer.body);
    let config = Config::parse(&text).map_err(|error| Problem::Malformed(error.to_string()))?;
    LIMITS.set(Some(config.limits));
    Ok(config)
}

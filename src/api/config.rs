//! Reads `config.json`, which lies beside `index.html`.

use contract::Method;
use leptos::prelude::use_context;
use site::{Config, Limits};

use crate::api::client::{Outgoing, Transport};

/// How long things last, as the configuration says; the defaults where no app provides it.
#[must_use]
pub fn use_limits() -> Limits {
    use_context::<Limits>().unwrap_or_default()
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

/// Reads the configuration of the site at this origin.
///
/// # Errors
///
/// See [`Problem`].
pub async fn load(transport: &dyn Transport, origin: &str) -> Result<Config, Problem> {
    let url = format!("{origin}{}", site::CONFIG);
    let answer = transport
        .send(Outgoing {
            method: Method::Get,
            url,
            authorization: None,
            has_cookies: false,
            body: None,
        })
        .await;
    let answer = answer.map_err(|_| Problem::Unreachable)?;
    if answer.status != 200 {
        return Err(Problem::Status(answer.status));
    }
    let text = String::from_utf8_lossy(&answer.body);
    Config::parse(&text).map_err(|error| Problem::Malformed(error.to_string()))
}

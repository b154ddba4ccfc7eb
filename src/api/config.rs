//! Reads `config.json`, which is served next to `index.html`.

use contract::Method;
use leptos::prelude::use_context;
use site::{Config, LastUsed, Limits};

use crate::api::client::{Outgoing, Transport};

/// The timeouts of the configuration; the defaults if no app provides them.
#[must_use]
pub fn use_limits() -> Limits {
    use_context::<Limits>().unwrap_or_default()
}

/// When lists request the last use; the default if no app provides it.
#[must_use]
pub fn use_last_used() -> LastUsed {
    use_context::<LastUsed>().unwrap_or_default()
}

/// Why the configuration could not be loaded, for the operator of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file could not be fetched.
    Unreachable,
    /// The server answered with this status.
    Status(u16),
    /// The file is invalid.
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
            // A sign-in proxy in front of the site lets no file through without them.
            has_cookies: true,
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

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use futures::future::LocalBoxFuture;
    use zeroize::Zeroizing;

    use super::*;
    use crate::api::client::{Fault, Incoming};

    /// A site behind a sign-in proxy: it redirects every request without cookies.
    struct SignInProxy;

    impl Transport for SignInProxy {
        fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
            Box::pin(std::future::ready(if outgoing.has_cookies {
                Ok(Incoming {
                    status: 200,
                    request_id: None,
                    retry_after: None,
                    date: None,
                    quota: None,
                    body: Zeroizing::new(br#"{"apiBaseUrl": "/", "auth": "proxy"}"#.to_vec()),
                })
            } else {
                Err(Fault::Redirected)
            }))
        }
    }

    #[test]
    fn the_configuration_is_read_through_a_sign_in_proxy() {
        let config = block_on(load(&SignInProxy, "https://console.example"));
        assert_eq!(config.unwrap().servers.len(), 1);
    }
}

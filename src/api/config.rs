//! Reads `config.json`, which is served next to `index.html`.

use contract::Method;
use leptos::prelude::use_context;
use site::{Config, LastUsed, Limits};

use crate::api::client::{Fault, Outgoing, Transport};

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
    /// A page came in its place: a proxy asks for its sign-in, a network for its own, or the file is missing.
    NotTheFile,
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
    let answer = match answer {
        Ok(answer) => answer,
        Err(Fault::Redirected) => return Err(Problem::NotTheFile),
        Err(_) => return Err(Problem::Unreachable),
    };
    if answer.status != 200 {
        return Err(Problem::Status(answer.status));
    }
    if answer.body.trim_ascii_start().starts_with(b"<") {
        return Err(Problem::NotTheFile);
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
    use crate::api::client::Incoming;

    /// A site behind a sign-in proxy: it redirects every request without cookies, and answers others with this.
    struct SignInProxy(u16, &'static str);

    impl Transport for SignInProxy {
        fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
            Box::pin(std::future::ready(if outgoing.has_cookies {
                Ok(Incoming {
                    status: self.0,
                    request_id: None,
                    retry_after: None,
                    date: None,
                    quota: None,
                    policy: None,
                    body: Zeroizing::new(self.1.as_bytes().to_vec()),
                })
            } else {
                Err(Fault::Redirected)
            }))
        }
    }

    #[test]
    fn the_configuration_is_read_through_a_sign_in_proxy() {
        let answer = |status, body| block_on(load(&SignInProxy(status, body), "https://console.example"));
        let config = answer(200, r#"{"apiBaseUrl": "/", "auth": "proxy"}"#);
        assert_eq!(config.unwrap().servers.len(), 1);
        // A portal of the network, or the sign-in itself.
        assert_eq!(answer(200, "\n<!doctype html>").unwrap_err(), Problem::NotTheFile);
        assert_eq!(answer(404, "<!doctype html>").unwrap_err(), Problem::Status(404));
        assert!(matches!(answer(200, "{").unwrap_err(), Problem::Malformed(_)));
    }

    #[test]
    fn a_redirect_is_no_configuration() {
        struct Redirects;
        impl Transport for Redirects {
            fn send<'a>(&'a self, _: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
                Box::pin(std::future::ready(Err(Fault::Redirected)))
            }
        }
        let config = block_on(load(&Redirects, "https://console.example"));
        assert_eq!(config.unwrap_err(), Problem::NotTheFile);
    }
}

//! The base URL of the API.

use std::fmt;
use std::net::Ipv4Addr;

/// The base of every request: an absolute http or https URL with an optional path prefix and nothing else
/// (api.md, Transport). Normalised: lower-case scheme and host, no slash at the end.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    /// Where the origin (`https://host:port`) ends in `text`.
    origin_end: usize,
}

/// Why a base URL is invalid. One variant per cause, so that the form can say what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Nothing but white space.
    #[error("the URL is empty")]
    Empty,
    /// It does not start with `http://` or `https://`.
    #[error("the URL must start with http:// or https://")]
    Scheme,
    /// There is no host after the scheme.
    #[error("the URL has no host")]
    Host,
    /// The host holds a character that no host can have.
    #[error("the host has a character that is not allowed")]
    HostCharacter,
    /// The port is not a number from 1 to 65535.
    #[error("the port is not a number from 1 to 65535")]
    Port,
    /// There is a user name or password before the host.
    #[error("the URL must not hold a user name or password")]
    UserInfo,
    /// There is a `?`.
    #[error("the URL must not have a query")]
    Query,
    /// There is a `#`.
    #[error("the URL must not have a fragment")]
    Fragment,
    /// White space, a backslash, a control character or a dot segment in the path.
    #[error("the path has a part that is not allowed")]
    Path,
}

impl BaseUrl {
    /// Parses a base URL as entered: surrounding white space and trailing slashes are removed.
    ///
    /// # Errors
    ///
    /// One [`BaseUrlError`] per cause.
    pub fn parse(input: &str) -> Result<Self, BaseUrlError> {
        let input = input.trim();
        if input.is_empty() {
            return Err(BaseUrlError::Empty);
        }
        let (scheme, rest) = input.split_once("://").ok_or(BaseUrlError::Scheme)?;
        if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Err(BaseUrlError::Scheme);
        }
        if rest.contains('#') {
            return Err(BaseUrlError::Fragment);
        }
        if rest.contains('?') {
            return Err(BaseUrlError::Query);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(BaseUrlError::UserInfo);
        }
        // The colons inside [::1] are not the one before a port.
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (authority, None),
        };
        if port.is_some_and(|port| !is_port(port)) {
            return Err(BaseUrlError::Port);
        }
        if host.is_empty() {
            return Err(BaseUrlError::Host);
        }
        let url = platform::parse(&format!("{scheme}://{authority}{path}")).ok_or(BaseUrlError::HostCharacter)?;
        // A URL parser normalises a host such as 127.1 or one in another script, and resolves dot segments. Requests
        // would then go elsewhere than the text says.
        if !host.starts_with('[') && !url.host.eq_ignore_ascii_case(host) {
            return Err(BaseUrlError::HostCharacter);
        }
        let path = path.trim_end_matches('/');
        if url.path.trim_end_matches('/') != path {
            return Err(BaseUrlError::Path);
        }
        Ok(Self {
            origin_end: url.origin.len(),
            text: url.origin + path,
        })
    }

    /// The whole URL, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port, as a content security policy and CORS use them.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.text[..self.origin_end]
    }

    /// Whether requests can be intercepted: plain http to anything but this machine.
    #[must_use]
    pub fn is_readable_on_the_way(&self) -> bool {
        let Some(rest) = self.origin().strip_prefix("http://") else {
            return false;
        };
        let host = match rest.strip_prefix('[') {
            Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
            None => rest.split(':').next().unwrap_or_default(),
        };
        let is_this_machine = host == "localhost"
            || host.ends_with(".localhost")
            || host == "::1"
            || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
        !is_this_machine
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// A parsed URL.
struct Parsed {
    origin: String,
    host: String,
    path: String,
}

/// The URL parser of the platform: the browser's own, and one that follows the same standard natively.
mod platform {
    use super::Parsed;

    #[cfg(target_arch = "wasm32")]
    pub(super) fn parse(text: &str) -> Option<Parsed> {
        let url = web_sys::Url::new(text).ok()?;
        Some(Parsed {
            origin: url.origin(),
            host: url.hostname(),
            path: url.pathname(),
        })
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn parse(text: &str) -> Option<Parsed> {
        let url = url::Url::parse(text).ok()?;
        Some(Parsed {
            origin: url.origin().ascii_serialization(),
            host: url.host_str()?.to_owned(),
            path: url.path().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(input: &str) -> Result<String, BaseUrlError> {
        BaseUrl::parse(input).map(|url| url.as_str().to_owned())
    }

    #[test]
    fn accepts_and_normalises() {
        for (input, expected) in [
            ("https://api.cadenya.com", "https://api.cadenya.com"),
            (" HTTPS://API.Cadenya.com/ ", "https://api.cadenya.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://proxy.example:443/cadenya/", "https://proxy.example/cadenya"),
            ("http://localhost:80//", "http://localhost"),
            ("http://[::1]:8787/v", "http://[::1]:8787/v"),
            ("http://[0:0:0:0:0:0:0:1]:8787", "http://[::1]:8787"),
            (
                "https://[2001:DB8:0:0:8:0:0:417A]/x",
                "https://[2001:db8::8:0:0:417a]/x",
            ),
            ("https://[::ffff:127.0.0.1]", "https://[::ffff:7f00:1]"),
            ("https://[::FFFF:0:0]", "https://[::ffff:0:0]"),
            ("https://[64:ff9b::192.0.2.1]", "https://[64:ff9b::c000:201]"),
        ] {
            assert_eq!(parsed(input).as_deref(), Ok(expected), "{input}");
        }
    }

    #[test]
    fn refuses_each_way_to_be_wrong() {
        use BaseUrlError::*;
        for (input, expected) in [
            ("", Empty),
            ("   ", Empty),
            ("api.cadenya.com", Scheme),
            ("/v1", Scheme),
            ("ftp://api.cadenya.com", Scheme),
            ("https:api.cadenya.com", Scheme),
            ("https://", Host),
            ("https:///path", Host),
            ("https://:80", Host),
            ("https://a b", HostCharacter),
            ("https://ex%41mple", HostCharacter),
            ("https://exämple", HostCharacter),
            ("https://127.1", HostCharacter),
            ("https://1.2.3.256", HostCharacter),
            ("https://0x7f000001", HostCharacter),
            ("https://[::1", HostCharacter),
            ("https://host:", Port),
            ("https://host:0", Port),
            ("https://host:65536", Port),
            ("https://host:+80", Port),
            ("https://user@host", UserInfo),
            ("https://user:password@host/", UserInfo),
            ("https://host/?key=1", Query),
            ("https://host?", Query),
            ("https://host/#top", Fragment),
            ("https://host/a b", Path),
            ("https://host/a\\b", Path),
            ("https://host/../b", Path),
            ("https://host/%2E%2e/b", Path),
        ] {
            assert_eq!(parsed(input), Err(expected), "{input}");
        }
    }

    #[test]
    fn knows_what_is_readable_on_the_way() {
        for (input, expected) in [
            ("http://api.example", true),
            ("http://127.0.0.1:8080", false),
            ("http://localhost", false),
            ("http://[::1]:8080", false),
            ("http://[0:0:0:0:0:0:0:1]:8080", false),
            ("https://api.example", false),
            ("http://127.example", true),
        ] {
            assert_eq!(
                BaseUrl::parse(input).unwrap().is_readable_on_the_way(),
                expected,
                "{input}"
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(input in any::<String>()) {
            if let Ok(url) = BaseUrl::parse(&input) {
                prop_assert_eq!(BaseUrl::parse(url.as_str()), Ok(url));
            }
        }
    }
}

//! Where the API is.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The base of every request: an absolute http or https URL with an optional path prefix and nothing else
/// (api.md, Transport). Normalised: lower-case scheme and host, no slash at the end.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    /// Where the origin (`https://host:port`) ends in `text`.
    origin_end: usize,
}

/// What is wrong with a base URL. Each way to be wrong has its own name so that the form can say what to do.
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
    /// Reads a base URL as a person types it: white space around it is ignored, slashes at the end are dropped.
    ///
    /// # Errors
    ///
    /// One [`BaseUrlError`] for each way to be wrong.
    pub fn parse(input: &str) -> Result<Self, BaseUrlError> {
        let input = input.trim();
        if input.is_empty() {
            return Err(BaseUrlError::Empty);
        }
        let (scheme, rest) = split_scheme(input)?;
        if rest.contains('#') {
            return Err(BaseUrlError::Fragment);
        }
        if rest.contains('?') {
            return Err(BaseUrlError::Query);
        }
        let (authority, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err(BaseUrlError::UserInfo);
        }
        let (host, port) = split_port(authority)?;
        let host = normal_host(host)?;
        check_path(path)?;

        let mut text = format!("{scheme}://{host}");
        let default_port = if scheme == "https" { 443 } else { 80 };
        if let Some(port) = port.filter(|port| *port != default_port) {
            text.push_str(&format!(":{port}"));
        }
        let origin_end = text.len();
        text.push_str(path.trim_end_matches('/'));
        Ok(Self { text, origin_end })
    }

    /// The whole URL, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port: what a content security policy names and what CORS compares.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.text[..self.origin_end]
    }

    /// Whether what is sent there can be read on the way: plain http to anything but this machine.
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

fn split_scheme(input: &str) -> Result<(&'static str, &str), BaseUrlError> {
    for scheme in ["https", "http"] {
        let Some(start) = input.get(..scheme.len()) else {
            continue;
        };
        if start.eq_ignore_ascii_case(scheme)
            && let Some(rest) = input[scheme.len()..].strip_prefix("://")
        {
            return Ok((scheme, rest));
        }
    }
    Err(BaseUrlError::Scheme)
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), BaseUrlError> {
    // The colons inside [::1] are not the one before a port.
    let after_host = match authority.rfind(']') {
        Some(at) => at + 1,
        None if authority.starts_with('[') => return Err(BaseUrlError::HostCharacter),
        None => 0,
    };
    let Some(colon) = authority[after_host..].find(':').map(|at| at + after_host) else {
        return Ok((authority, None));
    };
    let digits = &authority[colon + 1..];
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BaseUrlError::Port);
    }
    match digits.parse::<u16>() {
        Ok(port) if port > 0 => Ok((&authority[..colon], Some(port))),
        _ => Err(BaseUrlError::Port),
    }
}

/// The host as a browser writes it in an origin: a policy or a server that compares texts must find the same one.
fn normal_host(host: &str) -> Result<String, BaseUrlError> {
    if host.is_empty() {
        return Err(BaseUrlError::Host);
    }
    if let Some(inner) = host.strip_prefix('[') {
        let address = inner.strip_suffix(']').ok_or(BaseUrlError::HostCharacter)?;
        let address: Ipv6Addr = address.parse().map_err(|_| BaseUrlError::HostCharacter)?;
        return Ok(match (address.to_ipv4_mapped(), address.segments()) {
            // The one form in which the standard library writes dots and the URL standard does not.
            (Some(_), [.., high, low]) => format!("[::ffff:{high:x}:{low:x}]"),
            (None, _) => format!("[{address}]"),
        });
    }
    // Names in other scripts are typed in their ASCII form (xn--…): a look-alike host is the oldest trick there is.
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if !host.bytes().all(allowed) || host.starts_with('.') || host.contains("..") {
        return Err(BaseUrlError::HostCharacter);
    }
    // A last label of digits makes it an IPv4 address to a browser, which then reads shapes like 127.1 in its own way.
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let looks_numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.to_ascii_lowercase().starts_with("0x");
    if looks_numeric && host.parse::<Ipv4Addr>().is_err() {
        return Err(BaseUrlError::HostCharacter);
    }
    Ok(host.to_ascii_lowercase())
}

fn check_path(path: &str) -> Result<(), BaseUrlError> {
    let allowed =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'`' | b'{' | b'}');
    if !path.bytes().all(allowed) {
        return Err(BaseUrlError::Path);
    }
    // A browser resolves these, plain or encoded, and the request would go elsewhere than the text says.
    let is_dots = |segment: &str| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        plain == "." || plain == ".."
    };
    if path.split('/').any(is_dots) {
        return Err(BaseUrlError::Path);
    }
    Ok(())
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
        /// What we accept, a URL parser as in browsers reads in the same way: same host, nothing hidden.
        #[test]
        fn agrees_with_a_browsers_parser(input in "(https?://)?[a-zA-Z0-9.:@\\[\\]/?#%\\\\ _-]{0,40}") {
            if let Ok(base) = BaseUrl::parse(&input) {
                let seen = url::Url::parse(base.as_str()).map_err(|error| {
                    TestCaseError::fail(format!("{base} is not a URL: {error}"))
                });
                // Labels such as "xn--" that name nothing are refused by the browser itself, with a clear error.
                if base.origin().contains("xn--") { return Ok(()); }
                let seen = seen?;
                prop_assert_eq!(seen.origin().ascii_serialization(), base.origin());
                prop_assert!(seen.username().is_empty() && seen.password().is_none());
                prop_assert!(seen.query().is_none() && seen.fragment().is_none());
                prop_assert_eq!(seen.path().trim_end_matches('/'), &base.as_str()[base.origin().len()..]);
            }
        }

        /// However an IPv6 address is written, the origin is the one that a browser makes of it.
        #[test]
        fn writes_ipv6_as_a_browser_does(
            segments in prop::array::uniform8(prop_oneof![Just(0_u16), Just(0xFFFF), any::<u16>()]),
            is_mapped in any::<bool>(),
            form in 0..3_u8,
        ) {
            let mut segments = segments;
            if is_mapped {
                segments[..6].copy_from_slice(&[0, 0, 0, 0, 0, 0xFFFF]);
            }
            let address = match form {
                0 => segments.map(|segment| format!("{segment:X}")).join(":"),
                1 => segments.map(|segment| format!("{segment:04x}")).join(":"),
                _ => Ipv6Addr::from(segments).to_string(),
            };
            let text = format!("https://[{address}]:8443");
            let seen = url::Url::parse(&text).unwrap().origin().ascii_serialization();
            let base = BaseUrl::parse(&text).unwrap();
            prop_assert_eq!(base.origin(), seen);
        }

        #[test]
        fn never_panics(input in any::<String>()) {
            if let Ok(url) = BaseUrl::parse(&input) {
                prop_assert_eq!(BaseUrl::parse(url.as_str()), Ok(url));
            }
        }
    }
}

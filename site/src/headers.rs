//! The response headers of the site, as one table.

use crate::{Config, is_hashed};

/// Sent by https deployments only: over plain http on localhost it would make the site unreachable.
pub const STRICT_TRANSPORT_SECURITY: (&str, &str) = ("Strict-Transport-Security", "max-age=63072000");

const PERMISSIONS: &str = concat!(
    "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), ",
    "encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), ",
    "microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), ",
    "serial=(), usb=(), xr-spatial-tracking=()",
);

/// Sent with every file.
const ALWAYS: &[(&str, &str)] = &[
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", PERMISSIONS),
];

/// Cached, but revalidated on every use.
const REVALIDATE: &str = "no-cache";

/// The name holds the hash of the bytes, so the bytes behind a name never change.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The script and the style inside the document, by their hashes: nothing else inside it is allowed. `cargo xtask dist` refuses
/// a document that holds another one.
pub const INLINE_SCRIPT: &str = "sha256-lMeJ/5Dny/4VzD1txWRoK8ozOFhDmuu+ZN6YadIuoEc=";
/// See [`INLINE_SCRIPT`].
pub const INLINE_STYLE: &str = "sha256-p8DJWIjL2JoPXWz+9lO4wX7YhhWeryUdgX9ogaU0SCY=";

/// The content security policy: everything not listed is blocked.
///
/// `connect-src` lists the configured API origins without wildcards, so an injected script cannot send a secret
/// elsewhere. `'wasm-unsafe-eval'` allows compiling WebAssembly and nothing else. With Trusted Types every text that
/// becomes markup passes the `default` policy of `boot.js`.
pub fn content_security_policy(config: &Config) -> String {
    let mut connect = String::from("'self'");
    for origin in config.origins() {
        connect.push(' ');
        connect.push_str(origin);
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' '{INLINE_SCRIPT}'; style-src 'self' '{INLINE_STYLE}'; \
         connect-src {connect}; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types default"
    )
}

/// The headers of the successful response for `path`, except its media type ([`crate::media_type`]) and what only https
/// may send ([`STRICT_TRANSPORT_SECURITY`]).
///
/// For any other response, a 404 above all, ask with [`crate::INDEX`]: an error must not be kept for ever.
pub fn headers(path: &str, config: &Config) -> Vec<(&'static str, String)> {
    let cache = if is_hashed(path) { FOR_EVER } else { REVALIDATE };
    let mut headers = always(config);
    headers.push(("Cache-Control", cache.to_owned()));
    headers
}

/// The headers of every file, whatever its path.
pub(crate) fn always(config: &Config) -> Vec<(&'static str, String)> {
    let mut headers = vec![("Content-Security-Policy", content_security_policy(config))];
    headers.extend(ALWAYS.iter().map(|(name, value)| (*name, (*value).to_owned())));
    headers
}

/// What a proxy on the origin of the site sends with each answer of the API, in place of the server's own.
pub(crate) const API_HEADERS: &[(&str, &str)] = &[
    (
        "Content-Security-Policy",
        "default-src 'none'; frame-ancestors 'none'; sandbox",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
];

/// `Cache-Control` of what may be there the next time: a missing file.
pub(crate) const NEVER: &str = "no-store";

/// `Cache-Control` of the files that are not named by their hash, and of those that are.
pub(crate) const CACHE: (&str, &str) = (REVALIDATE, FOR_EVER);

#[cfg(test)]
mod tests {
    use super::*;

    fn value(headers: &[(&'static str, String)], name: &str) -> Option<String> {
        headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    }

    #[test]
    fn the_policy_names_the_configured_origins_once() {
        let config = Config::parse(
            r#"{"servers": [
                {"name": "one", "apiBaseUrl": "https://api.example.com/a"},
                {"name": "two", "apiBaseUrl": "https://api.example.com/b"},
                {"name": "here", "apiBaseUrl": "/"}
            ]}"#,
        )
        .unwrap();
        let policy = content_security_policy(&config);
        assert!(
            policy.contains("connect-src 'self' https://api.example.com; img-src"),
            "{policy}"
        );
        assert!(content_security_policy(&Config::default()).contains("connect-src 'self'; img-src"));
    }

    #[test]
    fn the_policy_opens_nothing_by_default() {
        let policy = content_security_policy(&Config::default());
        for wanted in [
            "default-src 'none'",
            &format!("script-src 'self' 'wasm-unsafe-eval' '{INLINE_SCRIPT}'"),
            &format!("style-src 'self' '{INLINE_STYLE}'"),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types default",
        ] {
            assert!(
                policy.split("; ").any(|directive| directive == wanted),
                "{wanted} in {policy}"
            );
        }
        for refused in [
            "unsafe-inline",
            "'unsafe-eval'",
            "*",
            "data:",
            "blob:",
            "http:",
            "https:",
        ] {
            assert!(!policy.contains(refused), "{refused} in {policy}");
        }
    }

    #[test]
    fn only_hashed_files_are_kept_for_ever() {
        let config = Config::default();
        for path in ["/", "/index.html", "/config.json", "/workspaces/w", "/assets/plain.js"] {
            assert_eq!(
                value(&headers(path, &config), "Cache-Control").as_deref(),
                Some("no-cache"),
                "{path}"
            );
        }
        let hashed = headers("/assets/boot-0123456789abcdef.js", &config);
        assert_eq!(
            value(&hashed, "Cache-Control").as_deref(),
            Some("public, max-age=31536000, immutable")
        );
    }

    #[test]
    fn plain_http_is_not_told_to_be_https() {
        let headers = headers("/", &Config::default());
        assert_eq!(value(&headers, STRICT_TRANSPORT_SECURITY.0), None);
        assert_eq!(value(&headers, "X-Content-Type-Options").as_deref(), Some("nosniff"));
    }
}

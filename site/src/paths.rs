//! The kinds of request paths.

/// The document, served for every address of the console.
pub const INDEX: &str = "/index.html";

/// The runtime configuration.
pub const CONFIG: &str = "/config.json";

/// The directory of all files named by their content hash.
pub const ASSETS: &str = "/assets/";

/// The forms in which a file lies beside itself: how its name goes on, and the `Content-Encoding`. The first that a browser
/// accepts is sent.
pub const CODINGS: &[(&str, &str)] = &[("br", "br"), ("zst", "zstd"), ("gz", "gzip")];

/// The kinds of file that are compressed ahead of time. Not `config.json`, which people edit on the host: what lies beside
/// it would still be the one before.
pub const PACKED: &[&str] = &["css", "html", "js", "svg", "wasm"];

/// How many hexadecimal digits of a file's SHA-256 are in its name.
const HASH_DIGITS: usize = 16;

/// The kinds of file that a site is made of, with their media types.
///
/// A path that ends in one of these asks for a file; any other path is an address of the console, even with a dot in
/// it, because ids are opaque and may hold one.
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
];

/// Whether a request for this path is someone opening an address of the console.
///
/// Such a path is answered with the document and status 200 where no file is there; any other missing path is a 404:
/// answering a missing script with the document hides the fault behind a syntax error.
pub fn is_navigation(path: &str) -> bool {
    !path.starts_with(ASSETS) && path != "/v1" && !path.starts_with("/v1/") && known_extension(path).is_none()
}

/// The media type of a file by its name; browsers compile WebAssembly while it arrives only with the right one.
pub fn media_type(path: &str) -> &'static str {
    known_extension(path).unwrap_or("application/octet-stream")
}

/// Whether this path is named by the hash of its bytes, and so may be cached for ever.
pub fn is_hashed(path: &str) -> bool {
    let Some(name) = path.strip_prefix(ASSETS) else {
        return false;
    };
    let Some((stem, _extension)) = name.rsplit_once('.') else {
        return false;
    };
    let Some((_, hash)) = stem.rsplit_once('-') else {
        return false;
    };
    hash.len() == HASH_DIGITS && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a file with this path lies compressed beside itself.
pub fn is_packed(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| PACKED.contains(&extension))
}

/// The path of the file that this one is a compressed form of; the path itself where it is none.
pub fn unpacked(path: &str) -> &str {
    let plain = path
        .rsplit_once('.')
        .filter(|(plain, suffix)| CODINGS.iter().any(|(known, _)| known == suffix) && is_packed(plain));
    plain.map_or(path, |(plain, _)| plain)
}

fn known_extension(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (_, extension) = name.rsplit_once('.')?;
    MEDIA_TYPES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(extension))
        .map(|(_, media_type)| *media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_console_are_navigations() {
        for path in [
            "/",
            "/connect",
            "/workspaces",
            "/workspaces/w.1/secrets/a.b",
            "/workspaces/w/secrets/new",
            "/unknown",
            "/v1x",
        ] {
            assert!(is_navigation(path), "{path}");
        }
    }

    #[test]
    fn files_and_the_api_are_not() {
        for path in [
            "/old-0123456789abcdef.js",
            "/assets/",
            "/assets/x",
            "/favicon.ico",
            "/x/y.WASM",
            "/v1",
            "/v1/whoami",
        ] {
            assert!(!is_navigation(path), "{path}");
        }
    }

    #[test]
    fn only_a_name_with_a_hash_is_hashed() {
        assert!(is_hashed("/assets/strongroom_bg-0123456789abcdef.wasm"));
        for path in [
            "/strongroom-0123456789abcdef.js",
            "/assets/strongroom.js",
            "/assets/strongroom-0123.js",
            "/assets/strongroom-0123456789ABCDEF.js",
            "/assets/0123456789abcdef.js",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }

    #[test]
    fn a_compressed_form_belongs_to_its_file() {
        let file = "/assets/app-0123456789abcdef.wasm";
        assert!(is_packed(file) && is_packed(INDEX) && !is_packed(CONFIG) && !is_packed("/assets/a.png"));
        for (suffix, _) in CODINGS {
            let packed = format!("{file}.{suffix}");
            assert_eq!(unpacked(&packed), file);
            assert!(!is_packed(&packed) && !is_hashed(&packed), "{packed}");
        }
        assert_eq!(unpacked(file), file);
        assert_eq!(unpacked("/workspaces/w/secrets/a.br"), "/workspaces/w/secrets/a.br");
    }

    #[test]
    fn media_types() {
        assert_eq!(media_type("/assets/a-0123456789abcdef.wasm"), "application/wasm");
        assert_eq!(media_type("/nothing"), "application/octet-stream");
    }
}

//! The same headers in the forms that hosts read.

use crate::headers::{API_HEADERS, CACHE, always};
use crate::{ASSETS, CONFIG, Config, INDEX, STRICT_TRANSPORT_SECURITY, is_hashed};

/// A `_headers` file, as Netlify and Cloudflare Pages read it. `files` are the addresses of all files of the site.
///
/// A rule applies to a path whatever the status of the response, so a rule for a whole directory would also keep a 404,
/// or a document sent in place of a missing file, for a year. So each file that may be cached has a rule of its own, and
/// a missing file has none. Cloudflare Pages reads the first 100 rules.
pub fn headers_file<'a>(config: &Config, files: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in production(config) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    // These hosts join the values of a header that two rules set, so no rule that covers everything may set it.
    for path in ["/", INDEX, CONFIG] {
        text.push_str(&format!("{path}\n  Cache-Control: {}\n", CACHE.0));
    }
    for path in files.into_iter().filter(|path| is_hashed(path)) {
        text.push_str(&format!("{path}\n  Cache-Control: {}\n", CACHE.1));
    }
    text
}

/// The document for a missing file below [`ASSETS`]. Cloudflare Pages sends the nearest `404.html` with status 404, and
/// `index.html` with status 200 where there is none above.
pub const MISSING: (&str, &str) = (
    "assets/404.html",
    "<!doctype html>\n<html lang=\"en\">\n<title>Not found</title>\n<p>This file does not exist.</p>\n</html>\n",
);

/// A `netlify.toml`: an address of the console is the document, a missing asset is not. Not as `_redirects`, which
/// Cloudflare reads, too: it ignores rules with status 404 and refuses `/* /index.html 200` as a loop.
pub fn netlify_toml() -> String {
    let rule = |from: &str, to: &str, status: u16| {
        format!("[[redirects]]\nfrom = \"{from}\"\nto = \"{to}\"\nstatus = {status}\n")
    };
    let missing = format!("/{}", MISSING.0);
    [
        rule(&format!("{ASSETS}*"), &missing, 404),
        rule("/v1/*", &missing, 404),
        rule("/*", INDEX, 200),
    ]
    .join("\n")
}

/// A location of nginx that passes the API on from the origin of the site: the example in docs/hosting.md.
///
/// An answer may be a document (an error page of the server or of a proxy in between), so it gets headers of its own: it
/// is never displayed as a page of the console's origin and never cached.
pub fn nginx_api() -> String {
    let mut text = String::from(
        "location /v1/ {\n    \
             # Only requests of the console: another site can't use the user's cookies, or the key that is added here.\n    \
             if ($http_sec_fetch_site != \"same-origin\") {\n        \
                 return 403;\n    \
             }\n    \
             proxy_pass https://api.cadenya.com;\n    \
             proxy_ssl_server_name on;\n    \
             proxy_set_header Host api.cadenya.com;\n    \
             proxy_set_header Cookie \"\";\n    \
             proxy_hide_header Set-Cookie;\n",
    );
    for (name, _) in API_HEADERS {
        text.push_str(&format!("    proxy_hide_header {name};\n"));
    }
    for (name, value) in API_HEADERS {
        text.push_str(&format!("    add_header {name} \"{value}\" always;\n"));
    }
    text.push_str(&format!(
        "    add_header {} \"{}\" always;\n}}\n",
        STRICT_TRANSPORT_SECURITY.0, STRICT_TRANSPORT_SECURITY.1
    ));
    text
}

/// What goes into a `server` block of nginx, beside `listen`, `server_name`, the certificate and `root`.
pub fn nginx(config: &Config) -> String {
    let common = |indent: &str| -> String {
        production(config)
            .iter()
            .map(|(name, value)| format!("{indent}add_header {name} \"{value}\" always;\n"))
            .collect()
    };
    // A location that adds one header inherits none of the outer ones, so each location lists all of them. Only what is
    // kept for ever is without `always`: a 404 must not be.
    format!(
        "index index.html;\n\
         types {{ application/wasm wasm; text/javascript js; text/css css; text/html html; application/json json; \
         image/svg+xml svg; image/png png; image/x-icon ico; text/plain txt; }}\n\
         charset utf-8;\n\
         charset_types text/css text/javascript text/plain;\n\
         \n\
         location {ASSETS} {{\n    \
             try_files $uri =404;\n\
         {common}    \
             add_header Cache-Control \"{forever}\";\n\
         }}\n\
         \n\
         location / {{\n    \
             try_files $uri /index.html;\n\
         {common}    \
             add_header Cache-Control \"{revalidate}\" always;\n\
         }}\n",
        common = common("    "),
        forever = CACHE.1,
        revalidate = CACHE.0,
    )
}

fn production(config: &Config) -> Vec<(&'static str, String)> {
    let mut headers = always(config);
    headers.push((STRICT_TRANSPORT_SECURITY.0, STRICT_TRANSPORT_SECURITY.1.to_owned()));
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headers;

    fn config() -> Config {
        Config::parse(r#"{"apiBaseUrl": "https://api.example.com"}"#).unwrap()
    }

    /// The values that one rule of a `_headers` file sets.
    fn rule(text: &str, path: &str) -> Vec<String> {
        text.lines()
            .skip_while(|line| *line != path)
            .skip(1)
            .take_while(|line| line.starts_with("  "))
            .map(|line| line.trim().to_owned())
            .collect()
    }

    const ASSET: &str = "/assets/boot-0123456789abcdef.js";

    /// The headers that both hosts send for a path, whatever the status: of every rule whose path matches.
    fn sent(text: &str, path: &str) -> Vec<String> {
        let mut sent = rule(text, "/*");
        sent.extend(rule(text, path));
        sent
    }

    #[test]
    fn a_host_that_reads_headers_sends_what_the_table_says() {
        let text = headers_file(&config(), ["/index.html", ASSET, "/assets/404.html"]);
        for path in ["/index.html", "/config.json", ASSET] {
            let sent = sent(&text, path);
            for (name, value) in headers(path, &config()) {
                assert!(
                    sent.contains(&format!("{name}: {value}")),
                    "{name} for {path} in {sent:?}"
                );
            }
            assert!(sent.iter().any(|line| line.starts_with("Strict-Transport-Security: ")));
            assert_eq!(
                sent.iter().filter(|line| line.starts_with("Cache-Control")).count(),
                1,
                "{path}"
            );
        }
    }

    #[test]
    fn a_missing_asset_is_never_kept() {
        let text = headers_file(&config(), [ASSET, "/assets/404.html"]);
        let forever: Vec<&str> = text
            .lines()
            .filter(|line| line.contains('*') && line.starts_with('/'))
            .collect();
        assert_eq!(forever, ["/*"], "a pattern would match files that do not exist");
        for path in ["/assets/gone-0123456789abcdef.js", "/assets/404.html", "/assets/"] {
            let sent = sent(&text, path);
            assert!(!sent.iter().any(|line| line.contains("immutable")), "{path}: {sent:?}");
        }
        assert!(!rule(&text, "/*").iter().any(|line| line.starts_with("Cache-Control")));
    }

    #[test]
    fn netlify_sends_the_document_for_addresses_only() {
        let text = netlify_toml();
        let rules: Vec<Vec<&str>> = text
            .split("[[redirects]]")
            .skip(1)
            .map(|rule| {
                rule.lines()
                    .filter_map(|line| line.split_once(" = "))
                    .map(|(_, value)| value)
                    .collect()
            })
            .collect();
        assert_eq!(
            rules,
            [
                vec!["\"/assets/*\"", "\"/assets/404.html\"", "404"],
                vec!["\"/v1/*\"", "\"/assets/404.html\"", "404"],
                vec!["\"/*\"", "\"/index.html\"", "200"],
            ],
            "the first rule that matches counts"
        );
        assert_eq!(format!("/{}", MISSING.0), "/assets/404.html");
        assert!(!is_hashed("/assets/404.html"));
    }

    #[test]
    fn an_answer_of_the_api_is_no_page_of_the_console() {
        let text = nginx_api();
        for wanted in [
            "add_header X-Content-Type-Options \"nosniff\" always;",
            "add_header Content-Security-Policy \"default-src 'none'; frame-ancestors 'none'; sandbox\" always;",
            "add_header Cache-Control \"no-store\" always;",
            "if ($http_sec_fetch_site != \"same-origin\")",
        ] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        let added: Vec<&str> = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("add_header "))
            .collect();
        for line in added
            .iter()
            .filter(|line| !line.starts_with(STRICT_TRANSPORT_SECURITY.0))
        {
            let name = line.split(' ').next().unwrap_or_default();
            assert!(
                text.contains(&format!("proxy_hide_header {name};")),
                "{name} would be sent twice"
            );
        }
    }

    #[test]
    fn the_page_about_hosting_shows_the_location_of_the_api() {
        let page = include_str!("../../docs/hosting.md");
        assert!(
            page.contains(&nginx_api()),
            "docs/hosting.md should have:\n{}",
            nginx_api()
        );
    }

    #[test]
    fn nginx_sends_what_the_table_says_in_every_location() {
        let text = nginx(&config());
        let locations: Vec<&str> = text.split("\nlocation ").skip(1).collect();
        assert_eq!(locations.len(), 2);
        for (location, path) in locations
            .iter()
            .zip(["/assets/boot-0123456789abcdef.js", "/index.html"])
        {
            for (name, value) in headers(path, &config()) {
                assert!(
                    location.contains(&format!("add_header {name} \"{value}\"")),
                    "{name} for {path}"
                );
            }
            assert!(!location.contains("immutable\" always"), "a 404 would be kept for ever");
            assert!(location.contains("Strict-Transport-Security"));
        }
        assert!(!text.contains("\n\n\n"));
    }
}

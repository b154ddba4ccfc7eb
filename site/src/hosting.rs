//! The same headers in the forms that hosts read.

use crate::headers::{CACHE, always};
use crate::{ASSETS, Config, STRICT_TRANSPORT_SECURITY};

/// A `_headers` file, as Netlify and Cloudflare Pages read it.
pub fn netlify_headers(config: &Config) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in production(config) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    // These hosts join the values of a header that two rules set, so no rule that covers everything may set it.
    for path in ["/", "/index.html", "/config.json"] {
        text.push_str(&format!("{path}\n  Cache-Control: {}\n", CACHE.0));
    }
    text.push_str(&format!("{ASSETS}*\n  Cache-Control: {}\n", CACHE.1));
    text
}

/// A `_redirects` file: an address of the console is the document, a missing asset is not.
pub fn netlify_redirects() -> String {
    format!("{ASSETS}* /index.html 404\n/* /index.html 200\n")
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

    #[test]
    fn netlify_sends_what_the_table_says() {
        let text = netlify_headers(&config());
        for path in ["/index.html", "/config.json", "/assets/boot-0123456789abcdef.js"] {
            let own_rule = if path.starts_with(ASSETS) { "/assets/*" } else { path };
            let mut sent = rule(&text, "/*");
            sent.extend(rule(&text, own_rule));
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

    #[test]
    fn a_missing_asset_is_not_the_document() {
        assert_eq!(netlify_redirects(), "/assets/* /index.html 404\n/* /index.html 200\n");
    }
}

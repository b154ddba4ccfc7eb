//! The same headers in the forms that hosts read.

use crate::headers::CACHE;
use crate::recipes::production;
use crate::{ASSETS, CONFIG, Config, INDEX, is_hashed};

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
}

//! The files that `dist/hosting/` holds for hosts that are set up by hand.
//!
//! Their text is in `recipes/`; the headers, the media types and the compressed forms are put in here, so that they are the ones
//! of the tables that everything else uses.

use crate::headers::{API_HEADERS, CACHE, NEVER, always};
use crate::{CODINGS, Config, PACKED, STRICT_TRANSPORT_SECURITY, media_type};

/// The files for hosts, by their name in `dist/`.
pub fn recipes(config: &Config) -> Vec<(&'static str, String)> {
    let site = production(config);
    let api = api();
    vec![
        ("hosting/nginx.conf", nginx(&site)),
        ("hosting/nginx-api.conf", nginx_api(&api)),
        ("hosting/site.caddy", caddy(&site)),
        ("hosting/api.caddy", caddy_api(&api)),
        ("hosting/cloudfront.yaml", cloudfront(&site, &api)),
        ("hosting/s3.sh", s3()),
    ]
}

type Headers = Vec<(&'static str, String)>;

/// The headers of every file on a host, except how long it is kept.
pub(crate) fn production(config: &Config) -> Headers {
    let mut headers = always(config);
    headers.push((STRICT_TRANSPORT_SECURITY.0, STRICT_TRANSPORT_SECURITY.1.to_owned()));
    headers
}

/// The headers of every answer of the API on the origin of the site.
fn api() -> Headers {
    let headers = API_HEADERS.iter().chain([&STRICT_TRANSPORT_SECURITY]);
    headers.map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// Names of headers of the API that a browser must not see: those that are sent in their place, and what would let other
/// sites read an answer.
fn hidden(api: &Headers) -> impl Iterator<Item = &'static str> {
    let own: Vec<&str> = api.iter().map(|(name, _)| *name).collect();
    own.into_iter()
        .chain(["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"])
}

/// Fills in a template. A line that holds nothing but `@name@` becomes as many lines as there are, indented as it was.
fn fill(template: &str, values: &[(&str, Vec<String>)]) -> String {
    let common = [
        ("kinds", vec![PACKED.join("|")]),
        ("revalidate", vec![CACHE.0.to_owned()]),
        ("forever", vec![CACHE.1.to_owned()]),
        ("never", vec![NEVER.to_owned()]),
    ];
    let mut text = String::new();
    for line in template.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let whole = values.iter().find(|(name, _)| line.trim() == format!("@{name}@"));
        if let Some((_, lines)) = whole {
            for line in lines {
                text.push_str(&format!("{indent}{line}\n"));
            }
            continue;
        }
        let mut line = line.to_owned();
        for (name, lines) in values.iter().chain(&common) {
            line = line.replace(&format!("@{name}@"), &lines.join(" "));
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A line for each kind of file that lies compressed beside itself.
fn types(line: impl Fn(&str, &str) -> String) -> Vec<String> {
    PACKED
        .iter()
        .map(|kind| line(kind, media_type(&format!("/file.{kind}"))))
        .collect()
}

fn add_header(headers: &Headers) -> Vec<String> {
    let line = |(name, value): &(&str, String)| format!("add_header {name} \"{value}\" always;");
    headers.iter().map(line).collect()
}

fn nginx(site: &Headers) -> String {
    let coding = |(suffix, name): &(&str, &str)| {
        // Not where the browser gives it no weight at all.
        let pattern = format!(r"(?:^|,)\s*{name}\s*(?:;\s*q=(?:1(?:\.0*)?|0\.\d*[1-9]\d*)\s*)?(?:,|$)");
        format!(
            "if ($http_accept_encoding ~* \"{pattern}\") {{ set $strongroom_suffix .{suffix}; set $strongroom_coding \
             {name}; }}"
        )
    };
    fill(
        include_str!("../recipes/nginx.conf"),
        &[
            ("codings", CODINGS.iter().rev().map(coding).collect()),
            (
                "types",
                types(|kind, media_type| {
                    format!("if ($uri ~ \"\\.{kind}$\") {{ set $strongroom_type \"{media_type}\"; }}")
                }),
            ),
            ("headers", add_header(site)),
        ],
    )
}

fn nginx_api(api: &Headers) -> String {
    let hide = hidden(api).map(|name| format!("proxy_hide_header {name};"));
    fill(
        include_str!("../recipes/nginx-api.conf"),
        &[("hidden", hide.collect()), ("headers", add_header(api))],
    )
}

/// Caddy's names of the compressed forms.
fn caddy_codings() -> Vec<String> {
    CODINGS.iter().map(|(_, coding)| (*coding).to_owned()).collect()
}

fn caddy(site: &Headers) -> String {
    fill(
        include_str!("../recipes/site.caddy"),
        &[
            ("codings", caddy_codings()),
            (
                "types",
                types(|kind, media_type| format!("header /assets/*.{kind} Content-Type \"{media_type}\"")),
            ),
            ("headers", caddy_headers(site)),
        ],
    )
}

fn caddy_api(api: &Headers) -> String {
    let hide = hidden(api).map(|name| format!("-{name}"));
    // Those that are sent in place of the API's are not taken away once more.
    let hide = hide.filter(|line| !api.iter().any(|(name, _)| line[1..] == **name));
    fill(
        include_str!("../recipes/api.caddy"),
        &[("hidden", hide.collect()), ("headers", caddy_headers(api))],
    )
}

fn caddy_headers(headers: &Headers) -> Vec<String> {
    headers
        .iter()
        .map(|(name, value)| format!("{name} \"{value}\""))
        .collect()
}

/// The headers that a policy of CloudFront has fields of their own for; it refuses them among the others.
fn cloudfront_field(name: &str, value: &str) -> Option<String> {
    let field = match name {
        "Content-Security-Policy" => {
            format!("ContentSecurityPolicy: {{ ContentSecurityPolicy: \"{value}\", Override: true }}")
        }
        "X-Content-Type-Options" => "ContentTypeOptions: { Override: true }".to_owned(),
        "X-Frame-Options" => format!("FrameOptions: {{ FrameOption: {value}, Override: true }}"),
        "Referrer-Policy" => format!("ReferrerPolicy: {{ ReferrerPolicy: {value}, Override: true }}"),
        "Strict-Transport-Security" => {
            let seconds = value.trim_start_matches("max-age=");
            format!("StrictTransportSecurity: {{ AccessControlMaxAgeSec: {seconds}, Override: true }}")
        }
        _ => return None,
    };
    Some(field)
}

fn cloudfront(site: &Headers, api: &Headers) -> String {
    let fields = |headers: &Headers| {
        let fields = headers.iter().filter_map(|(name, value)| cloudfront_field(name, value));
        fields.collect::<Vec<_>>()
    };
    let others = |headers: &Headers| {
        let others = headers
            .iter()
            .filter(|(name, value)| cloudfront_field(name, value).is_none());
        others
            .map(|(name, value)| format!("- {{ Header: {name}, Value: \"{value}\", Override: true }}"))
            .collect::<Vec<_>>()
    };
    let codings = CODINGS
        .iter()
        .map(|(suffix, name)| format!("[\"{name}\", \".{suffix}\"]"));
    fill(
        include_str!("../recipes/cloudfront.yaml"),
        &[
            ("codings", vec![codings.collect::<Vec<_>>().join(", ")]),
            ("headers", fields(site)),
            ("custom_headers", others(site)),
            ("api_headers", fields(api)),
            ("api_custom_headers", others(api)),
        ],
    )
}

fn s3() -> String {
    let upload = |files: &str, kind: &str, cache: &str| {
        let media_type = media_type(&format!("/file.{kind}"));
        let plain = [(String::new(), String::new())];
        let forms = CODINGS
            .iter()
            .map(|(suffix, name)| (format!(".{suffix}"), format!(" {name}")));
        let lines = plain.into_iter().chain(forms);
        lines
            .map(|(suffix, coding)| format!("upload '{files}{suffix}' '{media_type}' '{cache}'{coding}"))
            .collect::<Vec<_>>()
    };
    let assets = PACKED.iter().filter(|kind| **kind != "html");
    let assets = assets.flat_map(|kind| upload(&format!("assets/*.{kind}"), kind, CACHE.1));
    fill(
        include_str!("../recipes/s3.sh"),
        &[
            ("assets", assets.collect()),
            ("document", upload("index.html", "html", CACHE.0)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headers;

    fn recipe(name: &str) -> String {
        let config = Config::parse(r#"{"apiBaseUrl": "https://api.example.com"}"#).unwrap();
        let found = recipes(&config).into_iter().find(|(known, _)| *known == name);
        found.unwrap().1
    }

    /// Whether a text sets each header of the table for this path, in this form.
    #[track_caller]
    fn assert_whole(text: &str, path: &str, form: fn(&str, &str) -> String) {
        let config = Config::parse(r#"{"apiBaseUrl": "https://api.example.com"}"#).unwrap();
        for (name, value) in headers(path, &config) {
            let line = form(name, &value);
            assert!(text.contains(&line), "{line} for {path} in {text}");
        }
        assert!(text.contains(&form(STRICT_TRANSPORT_SECURITY.0, STRICT_TRANSPORT_SECURITY.1)));
    }

    const ASSET: &str = "/assets/boot-0123456789abcdef.js";

    #[test]
    fn nothing_is_left_to_be_filled_in() {
        for (name, text) in recipes(&Config::default()) {
            for word in text.split_whitespace() {
                let inner = word.trim_matches(['"', '\'', ';', '(', ')', '[', ']']);
                let is_open = inner.len() > 2 && inner.starts_with('@') && inner.ends_with('@');
                assert!(!is_open, "{word} in {name}");
            }
            assert!(!text.contains("\n\n\n"), "{name}");
        }
    }

    #[test]
    fn the_page_about_hosting_names_every_recipe() {
        let page = include_str!("../../docs/hosting.md");
        for (name, _) in recipes(&Config::default()) {
            assert!(page.contains(name), "{name}");
        }
    }

    #[test]
    fn nginx_sends_what_the_table_says_in_every_location() {
        let text = recipe("hosting/nginx.conf");
        let form = |name: &str, value: &str| format!("add_header {name} \"{value}\"");
        let locations: Vec<&str> = text.split("\nlocation ").skip(1).collect();
        let sending: Vec<&&str> = locations.iter().filter(|it| it.contains("try_files")).collect();
        assert_eq!(sending.len(), 3);
        for location in sending {
            let path = if location.contains("immutable") {
                ASSET
            } else {
                "/index.html"
            };
            assert_whole(location, path, form);
            assert!(!location.contains("immutable\" always"), "a 404 would be kept for ever");
        }
        let missing = locations.last().unwrap();
        assert!(missing.starts_with("@strongroom_missing") && missing.contains("Cache-Control \"no-store\" always"));
    }

    #[test]
    fn caddy_and_cloudfront_send_what_the_table_says() {
        assert_whole(&recipe("hosting/site.caddy"), ASSET, |name, value| {
            format!("{name} \"{value}\"")
        });
        let text = recipe("hosting/cloudfront.yaml");
        for (name, value) in production(&Config::parse(r#"{"apiBaseUrl": "https://api.example.com"}"#).unwrap()) {
            let wanted = match name {
                "X-Content-Type-Options" => "ContentTypeOptions",
                "Strict-Transport-Security" => "AccessControlMaxAgeSec: 63072000",
                _ => &value,
            };
            assert!(text.contains(wanted), "{name}: {wanted}");
        }
    }

    #[test]
    fn an_answer_of_the_api_is_no_page_of_the_console() {
        let (nginx, caddy) = (recipe("hosting/nginx-api.conf"), recipe("hosting/api.caddy"));
        for (name, value) in api() {
            assert!(
                nginx.contains(&format!("add_header {name} \"{value}\" always;")),
                "{name}"
            );
            assert!(
                nginx.contains(&format!("proxy_hide_header {name};")),
                "{name} would be sent twice"
            );
            assert!(caddy.contains(&format!("\t{name} \"{value}\"\n")), "{name}");
        }
        assert!(nginx.contains("if ($http_sec_fetch_site != \"same-origin\")"));
        assert!(caddy.contains("not header Sec-Fetch-Site same-origin"));
        assert!(nginx.contains("proxy_ssl_verify on;"), "the key would go to anyone");
    }
}

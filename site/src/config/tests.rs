use super::*;

fn error(text: &str) -> String {
    Config::parse(text).expect_err("must be refused").to_string()
}

#[test]
fn one_server() {
    let config = Config::parse(r#"{"apiBaseUrl": "https://api.example.com/prefix", "later": 1}"#).unwrap();
    assert_eq!(config.servers.len(), 1);
    assert_eq!(config.servers[0].name, None);
    assert_eq!(config.servers[0].auth, Auth::Bearer);
    assert_eq!(config.origins(), ["https://api.example.com"]);
    let base = config.servers[0]
        .api_base
        .resolve("https://console.example.com")
        .unwrap();
    assert_eq!(base.as_str(), "https://api.example.com/prefix");
}

#[test]
fn the_origin_of_the_page() {
    let config = Config::parse("\u{feff}{\"apiBaseUrl\": \"/\", \"auth\": \"proxy\"}").unwrap();
    assert_eq!(config.servers[0].auth, Auth::Proxy);
    assert!(config.origins().is_empty());
    let base = config.servers[0].api_base.resolve("http://127.0.0.1:8080").unwrap();
    assert_eq!(base.origin(), "http://127.0.0.1:8080");
    assert!(config.allows(&base, "http://127.0.0.1:8080"));
    assert!(!config.allows(&base, "http://127.0.0.1:9090"));

    let elsewhere = Config::parse(r#"{"apiBaseUrl": "https://api.example.com"}"#).unwrap();
    assert!(
        !elsewhere.allows(&base, "http://127.0.0.1:8080"),
        "the static host gets no key"
    );

    let below = Config::parse(r#"{"apiBaseUrl": "/api/"}"#).unwrap();
    let allows = |path: &str| {
        let base = BaseUrl::parse(&format!("http://127.0.0.1:8080{path}")).unwrap();
        below.allows(&base, "http://127.0.0.1:8080")
    };
    assert!(allows("/api") && allows("/api/v2"));
    assert!(!allows("") && !allows("/apis") && !allows("/other"));
    assert_eq!(below.servers[0].api_base, ApiBase::SameOrigin("/api".to_owned()));
}

#[test]
fn several_servers() {
    let config = Config::parse(
        r#"{"servers": [
            {"name": "Production", "apiBaseUrl": "https://b.example.com"},
            {"name": "Staging", "apiBaseUrl": "https://a.example.com:8443/x", "auth": "bearer"},
            {"name": "Old", "apiBaseUrl": "https://b.example.com/v0", "auth": null},
            {"name": "Here", "apiBaseUrl": "/", "auth": "proxy"}
        ]}"#,
    )
    .unwrap();
    let names: Vec<_> = config
        .servers
        .iter()
        .map(|server| server.name.as_deref().unwrap())
        .collect();
    assert_eq!(names, ["Production", "Staging", "Old", "Here"]);
    assert_eq!(
        config.origins(),
        ["https://a.example.com:8443", "https://b.example.com"]
    );
}

#[test]
fn errors_name_the_field_and_the_reason() {
    assert!(error("{").starts_with("config.json is not JSON ("));
    assert_eq!(error("[]"), "config.json must be a JSON object");
    assert_eq!(
        error("{}"),
        "config.json: `apiBaseUrl` is missing (or a list `servers`)"
    );
    assert_eq!(error(r#"{"apiBaseUrl": 7}"#), "config.json: `apiBaseUrl` must be text");
    assert_eq!(
        error(r#"{"apiBaseUrl": "/", "servers": []}"#)
            .matches("exclude")
            .count(),
        1
    );
    assert_eq!(error(r#"{"servers": {}}"#), "config.json: `servers` must be a list");
    assert_eq!(
        error(r#"{"servers": []}"#),
        "config.json: `servers` must hold at least one server"
    );
    assert_eq!(
        error(r#"{"servers": [1]}"#),
        "config.json: `servers[0]` must be an object"
    );
    assert!(error(r#"{"servers": [{"apiBaseUrl": "/"}]}"#).contains("`servers[0].name` is missing"));
    assert!(error(r#"{"servers": [{"name": "a"}]}"#).contains("`servers[0].apiBaseUrl` is missing"));
    assert!(error(r#"{"apiBaseUrl": "/", "auth": "basic"}"#).contains("`auth` must be \"bearer\" or \"proxy\""));
    let twice = r#"{"servers": [{"name": "a", "apiBaseUrl": "/"}, {"name": "a", "apiBaseUrl": "/"}]}"#;
    assert_eq!(error(twice), "config.json: `servers[1].name` is used twice: \"a\"");
}

#[test]
fn addresses_that_are_no_base_are_refused() {
    for bad in [
        "",
        "api.example.com",
        "ftp://example.com",
        "//example.com",
        "https://u:p@example.com",
        "https://example.com?x=1",
        "https://example.com/#x",
        "/a?b",
        "/a#b",
        "/a b",
        "/\\example.com",
        "/a/../b",
        "/a/%2E%2e/b",
        "/.",
        "/ä",
        "/a\"b",
        "https://example.com;script-src",
        "https://example.com 'unsafe-inline'",
    ] {
        let document = serde_json::json!({ "apiBaseUrl": bad }).to_string();
        let refused = Config::parse(&document).expect_err(bad);
        assert_eq!(refused.field(), "apiBaseUrl", "{bad}");
    }
}

#[test]
fn when_the_last_use_is_requested() {
    let last_used =
        |field: &str| Config::parse(&format!(r#"{{"apiBaseUrl": "/"{field}}}"#)).map(|config| config.last_used);
    assert_eq!(last_used(""), Ok(LastUsed::Always));
    assert_eq!(last_used(r#", "lastUsed": "always""#), Ok(LastUsed::Always));
    assert_eq!(last_used(r#", "lastUsed": "onDemand""#), Ok(LastUsed::OnDemand));
    assert_eq!(
        last_used(r#", "lastUsed": "never""#).unwrap_err().to_string(),
        r#"config.json: `lastUsed` must be "always" or "onDemand", not "never""#
    );
}

#[test]
fn how_long_things_last() {
    let limits = |fields: &str| {
        let text = format!(r#"{{"apiBaseUrl": "/", {fields}}}"#);
        Config::parse(&text).map(|config| config.limits)
    };
    assert_eq!(Config::default().limits, limits(r#""revealSeconds": null"#).unwrap());
    let given = limits(r#""idleLockMinutes": 0, "revealSeconds": 5, "clipboardSeconds": 600"#).unwrap();
    assert_eq!(
        (given.idle_lock_minutes, given.reveal_seconds, given.clipboard_seconds),
        (0, 5, 600)
    );
    assert_eq!(limits(r#""idleLockMinutes": 1440"#).unwrap().idle_lock_minutes, 1440);
    for (field, bad, range) in [
        ("idleLockMinutes", "-1", "0 to 1440"),
        ("idleLockMinutes", "1441", "0 to 1440"),
        ("idleLockMinutes", "0.5", "0 to 1440"),
        ("idleLockMinutes", "\"15\"", "0 to 1440"),
        ("revealSeconds", "0", "1 to 600"),
        ("revealSeconds", "1e99", "1 to 600"),
        ("clipboardSeconds", "true", "1 to 600"),
        ("clipboardSeconds", "4294967297", "1 to 600"),
    ] {
        let refused = limits(&format!("\"{field}\": {bad}")).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("config.json: `{field}` must be a whole number from {range}")
        );
        assert_eq!(refused.field(), field);
    }
}

proptest::proptest! {
    /// Any number is either taken as it is or refused by name.
    #[test]
    fn numbers_are_taken_or_refused(number in proptest::num::i64::ANY) {
        let text = format!(r#"{{"apiBaseUrl": "/", "idleLockMinutes": {number}}}"#);
        match Config::parse(&text) {
            Ok(config) => proptest::prop_assert_eq!(i64::from(config.limits.idle_lock_minutes), number),
            Err(error) => {
                proptest::prop_assert!(!(0..=1440).contains(&number));
                proptest::prop_assert_eq!(error.field(), "idleLockMinutes");
            }
        }
    }
}

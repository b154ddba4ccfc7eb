use contract::{Adapter, AdapterKind, HttpConfig, Tool, ToolId, ToolSet, ToolSetId, ToolSetState};
use proptest::prelude::*;

use super::fields::{Field, of_tool, of_tool_set};
use super::index::{ReferenceIndex, UseCount};
use super::mask::{MASK, excerpt};
use super::scan::{references, refers_to, refers_to_own};

fn names(text: &str) -> Vec<&str> {
    references(text).into_iter().map(|found| found.name).collect()
}

/// The text around the only reference of a text.
fn around(text: &str, header: Option<&str>) -> String {
    let found = references(text);
    assert_eq!(found.len(), 1, "{text}");
    excerpt(text, &found[0], header).text()
}

#[test]
fn both_forms_with_any_white_space() {
    for text in [
        "${STRIPE_API_KEY}",
        "${ STRIPE_API_KEY\t}",
        "Bearer ${STRIPE_API_KEY}",
        "{{secrets.STRIPE_API_KEY}}",
        "{{ secrets.STRIPE_API_KEY }}",
        "{{\n  secrets.STRIPE_API_KEY\n}}",
        "{{- secrets.STRIPE_API_KEY -}}",
        "{{ secrets.STRIPE_API_KEY | base64_encode }}",
        "${{ secrets.STRIPE_API_KEY }}",
        "{\"a\":{{ secrets.STRIPE_API_KEY }}}",
        "$$${STRIPE_API_KEY}",
        "{{ params.x }}${STRIPE_API_KEY}{{ secret.Y }}",
    ] {
        assert_eq!(names(text), ["STRIPE_API_KEY"], "{text}");
    }
    assert_eq!(names("${A}${B}{{ secrets.C }}"), ["A", "B", "C"]);
    assert_eq!(names("${${A}}"), ["A"]);
    assert_eq!(names("${ключ-до-архіву}"), ["ключ-до-архіву"]);
}

#[test]
fn what_is_no_reference() {
    for text in [
        "",
        "$NAME",
        "$${NAME}",
        "$$$${NAME}",
        "{NAME}",
        "{{NAME}}",
        "{{ secret.NAME }}",
        "{{ secretsNAME }}",
        "{{ my.secrets.NAME }}",
        "{{ secrets.NAME.part }}",
        "{{ secrets. NAME }}",
        "{{ secrets.NAME",
        "{ secrets.NAME }",
        "${NAME",
        "${}",
        "${ }",
        "${1}",
        "${NAME:-default}",
        "${NAME/x/y}",
        "${a.b}",
        "${A B}",
        "$ {NAME}",
        "{% secrets.NAME %}",
    ] {
        assert_eq!(names(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_lower_case_reference_means_the_upper_case_secret() {
    assert!(refers_to("A_KEY", "A_KEY") && refers_to("a_key", "A_KEY") && refers_to("a_key", "a_key"));
    assert!(!refers_to("A_KEY", "a_key") && !refers_to("A_KEY", "A_KEY_2") && !refers_to("KEY", "A_KEY"));
    assert!(refers_to_own("my-key", "MY_KEY") && !refers_to_own("my-key", "MYKEY"));
}

#[test]
fn the_text_around_is_shown_without_credentials() {
    for (text, header, shown) in [
        ("Bearer ${A}", Some("Authorization"), "Bearer ${A}"),
        ("${A}", Some("X-Api-Key"), "${A}"),
        ("hunter2!-${A}", Some("X-Api-Key"), "••••${A}"),
        ("session=${A}; theme=dark", Some("Cookie"), "session=${A}; theme=••••"),
        (
            "https://api.example.com/v1/${A}/items",
            None,
            "https://api.example.com/v1/${A}/items",
        ),
        (
            "https://bot:hunter2@h.example/${A}",
            None,
            "https://bot:••••@h.example/${A}",
        ),
        ("https://bot:${A}@h.example/", None, "https://bot:${A}@h.example/"),
        ("https://ghtoken@h.example/${A}", None, "https://••••@h.example/${A}"),
        ("key=abc&sign=${A}", None, "key=••••&sign=${A}"),
        (
            "{\"password\": \"hunter2\", \"user\": \"${A}\"}",
            None,
            "{\"password\": \"••••\", \"user\": \"${A}\"}",
        ),
        ("Basic dXNlcjpw ${A}", None, "Basic •••• ${A}"),
        (
            "{\"model\": \"large\",\n  \"key\": \"{{ secrets.A }}\"}",
            None,
            "{\"model\": \"large\", \"key\": \"{{ secrets.A }}\"}",
        ),
        ("sk-live-4eC39HqLyjWDarjtT1zdp7dc ${A}", None, "•••• ${A}"),
        (
            "/v1/charges?expand=customer&auth=${A}",
            None,
            "/v1/charges?expand=customer&auth=${A}",
        ),
    ] {
        assert_eq!(around(text, header), shown, "{text}");
    }
    let long = format!("{} ${{A}} {}", "word ".repeat(40), "word ".repeat(40));
    let shown = around(&long, None);
    assert!(
        shown.starts_with('…') && shown.ends_with('…') && shown.chars().count() < 140,
        "{shown}"
    );
    assert!(shown.contains("word ${A} word"));
}

fn set(id: &str, adapter: Adapter, own: &[&str]) -> ToolSet {
    ToolSet {
        id: ToolSetId::parse(id).unwrap(),
        name: format!("Set {id}"),
        state: ToolSetState::Active,
        adapter,
        secrets: own.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn adapter(kind: AdapterKind, text: &str) -> Adapter {
    Adapter {
        kind,
        url: Some(format!("https://u/{text}")),
        base_url: Some(format!("https://b/{text}")),
        headers: vec![("Authorization".to_owned(), format!("Bearer {text}"))],
    }
}

fn tool(id: &str, http: Option<HttpConfig>) -> Tool {
    Tool {
        id: ToolId::parse(id).unwrap(),
        name: String::new(),
        http,
    }
}

#[test]
fn only_the_fields_that_see_secrets_are_scanned() {
    let fields = |kind: AdapterKind| {
        let hits = of_tool_set(&set("s", adapter(kind, "${A}"), &[]));
        hits.into_iter().map(|hit| hit.field).collect::<Vec<_>>()
    };
    let header = Field::Header("Authorization".to_owned());
    assert_eq!(fields(AdapterKind::Mcp), [Field::Url, header.clone()]);
    assert_eq!(fields(AdapterKind::Http), [Field::BaseUrl, header.clone()]);
    assert_eq!(
        fields(AdapterKind::OpenApi),
        [Field::Url, Field::BaseUrl, header.clone()]
    );
    assert_eq!(fields(AdapterKind::Bare), []);
    assert_eq!(fields(AdapterKind::Unknown("grpc".to_owned())), []);
    let http = HttpConfig {
        path: Some("/${A}".to_owned()),
        query: Some("q={{ secrets.B }}".to_owned()),
        headers: vec![("X".to_owned(), "${C}".to_owned())],
        body: Some("{\"d\": \"${D}\"}".to_owned()),
    };
    let found: Vec<_> = of_tool(&tool("t", Some(http)))
        .into_iter()
        .map(|hit| (hit.name, hit.field))
        .collect();
    let expected = [
        ("A", Field::Path),
        ("B", Field::Query),
        ("C", Field::Header("X".to_owned())),
        ("D", Field::Body),
    ];
    assert_eq!(found, expected.map(|(name, field)| (name.to_owned(), field)));
    assert_eq!(of_tool(&tool("t", None)), []);
}

fn body(text: &str) -> Option<HttpConfig> {
    Some(HttpConfig {
        body: Some(text.to_owned()),
        ..HttpConfig::default()
    })
}

#[test]
fn the_index_answers_who_refers_to_what() {
    let mut index = ReferenceIndex::default();
    let one = set("1", adapter(AdapterKind::Http, "${STRIPE_KEY}"), &[]);
    let two = set(
        "2",
        adapter(AdapterKind::Mcp, "{{ secrets.stripe_key }}"),
        &["STRIPE_KEY"],
    );
    let three = set("3", adapter(AdapterKind::Bare, "${STRIPE_KEY}"), &["OWN"]);
    for set in [&one, &two, &three, &one] {
        index.add_set(set);
    }
    assert_eq!((index.sets(), index.sets_read()), (3, 0));
    index.add_tools(&one.id, &[tool("t", body("${STRIPE_KEY} ${GONE}")), tool("u", None)]);
    index.add_tools(&three.id, &[tool("v", body("${OWN} ${stripe_key}"))]);
    assert_eq!((index.sets_read(), index.tools()), (2, 3));
    assert_eq!(index.unread_sets(), std::slice::from_ref(&two.id));

    let count = |name: &str| index.count_of(name);
    assert_eq!(count("STRIPE_KEY"), UseCount { sets: 3, shadowed: 1 });
    assert_eq!(count("stripe_key"), UseCount { sets: 2, shadowed: 1 });
    assert_eq!(count("STRIPE"), UseCount::default());
    let uses = index.uses_of("STRIPE_KEY");
    let seen: Vec<_> = uses
        .iter()
        .map(|it| (it.set.as_str(), it.is_shadowed, it.places.len()))
        .collect();
    assert_eq!(seen, [("1", false, 3), ("2", true, 2), ("3", false, 1)]);
    assert_eq!(uses[0].places[2].tool.as_deref(), Some("t"));

    let missing = index.missing(|name| name == "STRIPE_KEY");
    let missing: Vec<_> = missing.iter().map(|(name, uses)| (name.as_str(), uses.len())).collect();
    assert_eq!(missing, [("GONE", 1)], "OWN is the tool set's own");
    let all: Vec<_> = index.missing(|_| false).into_iter().map(|(name, _)| name).collect();
    assert_eq!(all, ["GONE", "STRIPE_KEY", "stripe_key"]);
}

/// Text that holds no reference: no `{` at all, or only what is described as no reference.
fn other_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ./:=&?_-]{0,20}",
        "\\$[A-Z_]{1,9} ",
        "\\$\\$\\{[A-Z_]{1,9}\\} ",
        "\\{\\{ ?secret\\.[A-Z_]{1,9} ?\\}\\} ",
        "\\{\\{ ?[a-z]{1,5}\\.secrets\\.[A-Z_]{1,9} ?\\}\\} ",
        "\\{\\{ ?params\\.[a-z]{1,9} ?\\}\\} ",
        "\\{% ?if secrets\\.[A-Z]{1,5} ?%\\} ",
        "[^\\$\\{\\}]{0,12} ",
    ]
}

fn name() -> impl Strategy<Value = String> {
    "[A-Z_][A-Z0-9_]{0,12}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_false_reference(parts in prop::collection::vec(other_text(), 0..8)) {
        let text = parts.concat();
        // Two parts may make an escape of each other's ends, never a reference.
        prop_assert_eq!(names(&text), Vec::<&str>::new());
    }

    #[test]
    fn every_reference_and_no_other(parts in prop::collection::vec((other_text(), name(), any::<bool>(), "[ \\t]{0,3}"), 0..6)) {
        let mut text = String::new();
        let mut expected = Vec::new();
        for (other, name, is_shell, space) in &parts {
            text.push_str(other);
            text.push(' ');
            text.push_str(&if *is_shell { format!("${{{space}{name}{space}}}") } else { format!("{{{{{space}secrets.{name}{space}}}}}") });
            expected.push(name.as_str());
        }
        prop_assert_eq!(names(&text), expected);
        for found in references(&text) {
            prop_assert!(text[found.range].contains(found.name));
        }
    }

    #[test]
    fn names_that_contain_each_other_stay_apart(name in name(), more in "[A-Z0-9_]{1,4}") {
        let longer = format!("{name}{more}");
        let text = format!("${{{longer}}}");
        prop_assert_eq!(names(&text), [longer.as_str()]);
        prop_assert!(!refers_to(&longer, &name) && !refers_to(&name, &longer));
        prop_assert!(!refers_to(&longer, &more));
    }

    #[test]
    fn any_text_is_scanned_and_shown_without_a_panic(text in any::<String>(), header in prop::option::of("[a-zA-Z-]{1,12}")) {
        for found in references(&text) {
            let shown = excerpt(&text, &found, header.as_deref());
            prop_assert_eq!(&shown.reference, &text[found.range.clone()]);
        }
    }

    /// Whatever is around it: a long random text is masked, and the reference never is.
    #[test]
    fn a_credential_is_never_shown(
        credential in "[A-Za-z0-9+_-][A-Za-z0-9+/_-]{5}[0-9]{2}[a-z]{2}[A-Za-z0-9+/_-]{10,30}",
        before in prop::sample::select(vec!["", "Bearer ", "token: ", "x-", "\"key\": \"", "https://h.example/?sig=", "a=1&b="]),
        between in prop::sample::select(vec![" ", "&", "\", \"", "; ", ":"]),
        is_first in any::<bool>(),
        header in prop::sample::select(vec![None, Some("Authorization"), Some("X-Trace")]),
    ) {
        let text = if is_first {
            format!("{before}{credential}{between}${{THE_NAME}}")
        } else {
            format!("${{THE_NAME}}{between}{before}{credential}")
        };
        let found = references(&text);
        prop_assert_eq!(found.len(), 1);
        let shown = excerpt(&text, &found[0], header).text();
        let is_shown = shown.contains("${THE_NAME}");
        prop_assert!(is_shown, "{}", shown);
        prop_assert!(shown.contains(MASK), "{}", shown);
        for part in credential.as_bytes().windows(8) {
            let part = std::str::from_utf8(part).unwrap();
            prop_assert!(!shown.contains(part), "{} in {}", part, shown);
        }
    }
}

/// How long this thread was on a processor, where the system says: on a busy machine the time of day tells little.
fn time_on_cpu() -> std::time::Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|number| number.parse().ok());
    std::time::Duration::from_nanos(nanoseconds.unwrap_or_default())
}

/// The goal of docs/performance.md: 5,000 tools against 10,000 names. Prints the time; run it optimised:
/// `cargo test --release -p strongroom-core references::tests::many_tools -- --nocapture`.
#[test]
fn many_tools() {
    let names: Vec<String> = (0..10_000).map(|number| format!("TEAM_{number}_API_KEY")).collect();
    let tools: Vec<Vec<Tool>> = (0..250)
        .map(|set| {
            let tools = (0..20).map(|number| {
                let name = &names[(set * 37 + number * 11) % names.len()];
                tool(
                    &format!("{set}-{number}"),
                    Some(HttpConfig {
                        path: Some(format!("/v1/items/{number}")),
                        query: Some("expand=customer&limit={{ params.limit }}".to_owned()),
                        headers: vec![("Authorization".to_owned(), format!("Bearer ${{{name}}}"))],
                        body: Some(format!(
                            "{{\"model\": \"large\", \"input\": \"{}\"}}",
                            "text ".repeat(100)
                        )),
                    }),
                )
            });
            tools.collect()
        })
        .collect();
    let (began, began_on_cpu) = (std::time::Instant::now(), time_on_cpu());
    let mut index = ReferenceIndex::default();
    for (number, tools) in tools.iter().enumerate() {
        let set = set(&number.to_string(), adapter(AdapterKind::Http, "x"), &[]);
        index.add_set(&set);
        index.add_tools(&set.id, tools);
    }
    let used = names.iter().filter(|name| index.count_of(name).sets > 0).count();
    let missing = index.missing(|name| names.binary_search_by(|known| known.as_str().cmp(name)).is_ok());
    let on_cpu = time_on_cpu().saturating_sub(began_on_cpu);
    println!(
        "5,000 tools against 10,000 names: {:?}, of these on a processor: {on_cpu:?}",
        began.elapsed()
    );
    assert_eq!(index.tools(), 5_000);
    assert!(used > 1_000 && used < 5_001, "{used}");
    assert!(missing.len() < 10_000);
}

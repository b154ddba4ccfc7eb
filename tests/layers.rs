//! The rules of docs/architecture.md that a compiler does not check, proven by reading the sources.
//!
//! Each rule has a test that the sources keep it, and a test that it finds what it is there to find.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
#[path = "layers/rules.rs"]
mod rules;
#[cfg(test)]
#[path = "layers/scanner.rs"]
mod scanner;

#[cfg(test)]
mod tests {
    use super::rules;
    use super::scanner::{Finding, Source, sources};

    const SHIPPED: [&str; 5] = ["src", "contract/src", "listing/src", "local-api/src", "site/src"];
    const ALL: [&str; 11] = [
        "src",
        "contract/src",
        "contract/tests",
        "contract/fuzz",
        "listing",
        "local-api",
        "site",
        "xtask",
        "tests",
        "contract/benches",
        "contract/examples",
    ];

    type Rule = fn(&Source) -> Vec<Finding>;

    /// Fails with every place in these folders that breaks the rule.
    fn check(folders: &[&str], rule: Rule) {
        let sources = sources(folders);
        assert!(
            !sources.is_empty(),
            "nothing to read in {folders:?}: the test would prove nothing"
        );
        let found: Vec<_> = sources.iter().flat_map(rule).collect();
        let lines: Vec<_> = found
            .iter()
            .map(|it| format!("{}:{}: {}", it.path, it.line, it.what))
            .collect();
        assert!(lines.is_empty(), "{} broken\n  {}", lines.len(), lines.join("\n  "));
    }

    /// The lines of a text, taken for the file at `path`, where the rule finds something.
    fn found(rule: Rule, path: &str, text: &str) -> Vec<usize> {
        let mut lines: Vec<_> = rule(&Source::new(path, text)).iter().map(|it| it.line).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn imports_go_one_way() {
        check(&["src"], rules::direction);
    }

    #[test]
    fn pages_never_name_another_section() {
        check(&["src"], rules::sections);
    }

    #[test]
    fn pure_layers_name_no_browser() {
        check(&["src"], rules::purity);
    }

    #[test]
    fn one_place_speaks_to_the_network() {
        check(&["src"], rules::network);
    }

    #[test]
    fn no_markup_and_no_style_is_text() {
        check(&["src"], rules::markup);
    }

    #[test]
    fn nothing_shipped_gives_up() {
        check(&SHIPPED, rules::giving_up);
    }

    #[test]
    fn files_are_short() {
        check(&ALL, rules::length);
    }

    #[test]
    fn what_is_allowed_says_why() {
        check(&ALL, rules::reasons);
    }

    #[test]
    fn values_are_exposed_only_where_listed() {
        check(&SHIPPED, rules::exposure);
        let stale = rules::stale_exposures(&sources(&SHIPPED));
        assert!(
            stale.is_empty(),
            "these expose nothing and must leave the list: {stale:?}"
        );
    }

    #[test]
    fn direction_finds_each_form_of_a_path() {
        let rule = rules::direction;
        for (path, text) in [
            ("src/ui/table.rs", "use crate::pages::secrets;"),
            ("src/ui/table.rs", "use crate::{\n  state::Table, pages::{list, edit}};"),
            ("src/ui/table.rs", "use super::super::app::Shell;"),
            ("src/ui/mod.rs", "use super::pages;"),
            ("src/ui/table.rs", "fn f() { crate::pages::open() }"),
            ("src/ui/table.rs", "use contract::Page;"),
            ("src/ui/table.rs", "use crate::domain::deletion;"),
            ("src/web/a.rs", "use crate::ui::Dialog;"),
            ("src/state/loader.rs", "use contract::Cursor;"),
            ("src/state/loader.rs", "use crate::text::words;"),
            ("src/domain/a.rs", "use crate::web::clock;"),
            ("src/route.rs", "use crate::web::page;"),
            ("src/pages/a/b.rs", "use crate::app::Shell;"),
            ("src/main.rs", "use strongroom::pages;"),
            ("src/main.rs", "use strongroom::{app, pages};"),
        ] {
            assert!(!found(rule, path, text).is_empty(), "{path}: {text}");
        }
        for (path, text) in [
            (
                "src/ui/table.rs",
                "use crate::state::Table; use crate::ui::button; use super::button;",
            ),
            (
                "src/ui/table.rs",
                "// use crate::pages::secrets;\nlet s = \"crate::pages::x\";",
            ),
            ("src/ui/table.rs", "#[cfg(test)]\nmod tests { use crate::pages::x; }"),
            (
                "src/web/client/mod.rs",
                "use super::tasks; use crate::state::remote; use contract::Call;",
            ),
            (
                "src/pages/a/b.rs",
                "use crate::{ui, web, route::Route, domain::x}; use contract::Page;",
            ),
            ("src/app/mod.rs", "use crate::pages;"),
            ("src/main.rs", "use strongroom::app;"),
            ("src/lib.rs", "pub mod pages; pub use crate::app::App;"),
        ] {
            assert_eq!(found(rule, path, text), [0; 0], "{path}: {text}");
        }
        assert_eq!(
            found(rule, "src/ui/a.rs", "\n/* a\n b */\nuse crate::app;\n"),
            [4],
            "it names the line"
        );
    }

    #[test]
    fn sections_finds_a_neighbour() {
        let rule = rules::sections;
        assert_eq!(
            found(rule, "src/pages/secrets/list.rs", "use crate::pages::workspaces::row;"),
            [1]
        );
        assert_eq!(
            found(rule, "src/pages/secrets/list.rs", "use super::super::workspaces;"),
            [1]
        );
        assert_eq!(found(rule, "src/pages/secrets/mod.rs", "use super::workspaces;"), [1]);
        assert_eq!(
            found(
                rule,
                "src/pages/secrets/list.rs",
                "use crate::pages::{secrets::x, connect};"
            ),
            [1]
        );
        assert_eq!(
            found(
                rule,
                "src/pages/secrets/list.rs",
                "use super::state; use crate::pages::secrets::x;"
            ),
            [0; 0]
        );
        assert_eq!(
            found(rule, "src/pages/mod.rs", "pub mod secrets; use crate::pages::connect;"),
            [0; 0]
        );
    }

    #[test]
    fn purity_finds_the_browser() {
        let rule = rules::purity;
        for path in ["src/domain/a.rs", "src/state/a.rs", "src/text/a.rs", "src/route.rs"] {
            for text in [
                "use leptos::prelude::*;",
                "fn f(e: web_sys::Event) {}",
                "let d = js_sys::Date::now();",
            ] {
                assert_eq!(found(rule, path, text), [1], "{path}: {text}");
            }
        }
        assert_eq!(
            found(
                rule,
                "src/route.rs",
                "//! leptos_router\nlet s = \"web_sys\"; my_leptos();"
            ),
            [0; 0]
        );
        assert_eq!(found(rule, "src/web/a.rs", "use leptos::prelude::*;"), [0; 0]);
    }

    #[test]
    fn network_finds_a_second_client() {
        let rule = rules::network;
        assert_eq!(found(rule, "src/pages/a/b.rs", "use gloo_net::http::Request;"), [1]);
        assert_eq!(
            found(
                rule,
                "src/ui/a.rs",
                "window().fetch_with_str(\"x\");\nweb_sys::WebSocket::new(u)"
            ),
            [1, 2]
        );
        assert_eq!(
            found(rule, "src/web/client/fetch.rs", "use gloo_net::http::Request;"),
            [0; 0]
        );
    }

    #[test]
    fn markup_finds_html_and_styles() {
        let rule = rules::markup;
        assert_eq!(found(rule, "src/ui/a.rs", "view! { <p inner_html=text/> }"), [1]);
        assert_eq!(found(rule, "src/ui/a.rs", "element.set_inner_html(&text);"), [1]);
        assert_eq!(found(rule, "src/ui/a.rs", "view! {\n <p style=\"color: red\"/> }"), [2]);
        assert_eq!(found(rule, "src/ui/a.rs", "view! { <p style=move || s.get()/> }"), [1]);
        assert_eq!(
            found(
                rule,
                "src/ui/a.rs",
                "view! { <p style:width=w class=\"style\"/> }\nlet style = 1;"
            ),
            [0; 0]
        );
    }

    #[test]
    fn giving_up_finds_each_way() {
        let rule = rules::giving_up;
        let text = "a.unwrap();\nb.expect(\"b\");\npanic!(\"c\");\ntodo!();\nd.unwrap_or_default();\n";
        assert_eq!(found(rule, "src/web/a.rs", text), [1, 2, 3, 4]);
        assert_eq!(
            found(
                rule,
                "src/web/a.rs",
                "#[cfg(test)]\nmod tests {\n fn f() { a.unwrap() }\n}\nb.unwrap()"
            ),
            [5]
        );
        assert_eq!(
            found(rule, "src/web/a.rs", "#[cfg(test)]\nmod tests;\nb.unwrap();"),
            [3]
        );
        assert_eq!(found(rule, "src/web/a/tests.rs", "a.unwrap();"), [0; 0]);
        assert_eq!(
            found(
                rule,
                "src/web/a.rs",
                "/// ```\n/// a.unwrap();\n/// ```\nlet s = r#\"a.unwrap()\"#;"
            ),
            [0; 0]
        );
        assert_eq!(
            found(
                rule,
                "src/web/a.rs",
                "let q = '\"'; a.unwrap(); let r = '\\''; b.unwrap();"
            ),
            [1, 1]
        );
        assert_eq!(found(rule, "src/web/a.rs", "fn f<'a>(x: &'a str) { x.unwrap() }"), [1]);
    }

    #[test]
    fn length_counts_lines() {
        assert_eq!(found(rules::length, "src/a.rs", &"\n".repeat(350)), [0; 0]);
        assert_eq!(found(rules::length, "src/a.rs", &"\n".repeat(351)).len(), 1);
    }

    #[test]
    fn reasons_finds_a_silent_allowance() {
        let rule = rules::reasons;
        assert_eq!(found(rule, "src/a.rs", "#[allow(dead_code)]"), [1]);
        assert_eq!(found(rule, "src/a.rs", "\n#![expect(\n  clippy::panic,\n)]"), [2]);
        assert_eq!(
            found(rule, "src/a.rs", "#[allow(\n dead_code,\n reason = \"because\"\n)]"),
            [0; 0]
        );
        assert_eq!(found(rule, "src/a.rs", "// #[allow(dead_code)]"), [0; 0]);
    }

    #[test]
    fn exposure_finds_a_new_place() {
        let rule = rules::exposure;
        assert_eq!(found(rule, "src/pages/secrets/list.rs", "show(value.expose())"), [1]);
        assert_eq!(
            found(
                rule,
                "src/pages/secrets/list.rs",
                "value.as_ref().map(SecretText::expose)"
            ),
            [1]
        );
        assert_eq!(found(rule, "src/web/reveal.rs", "show(value.expose())"), [0; 0]);
        assert_eq!(
            rules::stale_exposures(&[]).len(),
            9,
            "a list of files that are gone is stale"
        );
    }
}

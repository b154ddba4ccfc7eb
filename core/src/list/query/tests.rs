//! What can be typed, and what it means.

use proptest::prelude::*;

use super::*;

fn kinds(text: &str) -> Vec<(bool, Kind)> {
    let terms = Query::parse(text).terms.into_iter();
    terms.map(|term| (term.is_negated, term.kind)).collect()
}

fn text(text: &str) -> Kind {
    Kind::Text(text.to_owned())
}

#[test]
fn each_qualifier() {
    let day = 86_400_000;
    let label = |key: &str, value: Option<&str>| Kind::Label(key.to_owned(), value.map(str::to_owned));
    for (written, kind) in [
        ("label:env=prod", label("env", Some("prod"))),
        ("label:env", label("env", None)),
        ("label:env=", label("env", Some(""))),
        (
            "label:\"team name=a b\"",
            Kind::ExactLabel("team name".to_owned(), "a b".to_owned()),
        ),
        (
            "label:env=\"prod\"",
            Kind::ExactLabel("env".to_owned(), "prod".to_owned()),
        ),
        ("label:example.com/tier=gold", label("example.com/tier", Some("gold"))),
        ("bundle:core", Kind::Bundle("core".to_owned())),
        ("prefix:DB_", Kind::Prefix("DB_".to_owned())),
        ("is:managed", Kind::Managed),
        ("Label:Number=5", label("Number", Some("5"))),
        ("IS:managed", Kind::Managed),
        ("is:unused", Kind::Unused),
        ("has:external-id", Kind::HasExternalId),
        ("has:label", Kind::HasLabel),
        ("has:creator", Kind::HasCreator),
        ("used:<30d", Kind::Used(Span::After(Bound::Ago(30 * day)))),
        ("used:>90d", Kind::Used(Span::Before(Bound::Ago(90 * day)))),
        ("used:>2w", Kind::Used(Span::Before(Bound::Ago(14 * day)))),
        (
            "created:>2026-01-01",
            Kind::Created(Span::After(Bound::At(instant::parse("2026-01-01T00:00:00Z")))),
        ),
        ("created:<12h", Kind::Created(Span::After(Bound::Ago(day / 2)))),
        ("updated:<7d", Kind::Updated(Span::After(Bound::Ago(7 * day)))),
        ("by:amara", Kind::By("amara".to_owned())),
        ("by:\"Amara Okafor\"", Kind::ExactBy("Amara Okafor".to_owned())),
        ("id:wsec_01", Kind::Id("wsec_01".to_owned())),
        ("id:\"a,b\"", Kind::Ids(vec!["a".to_owned(), "b".to_owned()])),
        ("ref:none", Kind::References(UseTest::Exactly(0))),
        ("ref:>3", Kind::References(UseTest::MoreThan(3))),
        ("ref:<3", Kind::References(UseTest::FewerThan(3))),
        ("ref:2", Kind::References(UseTest::Exactly(2))),
        ("ref:missing", Kind::References(UseTest::Missing)),
        ("\"two words\"", text("two words")),
        ("API_KEY", text("API_KEY")),
        ("vault:kv/prod", text("vault:kv/prod")),
    ] {
        assert_eq!(kinds(written), [(false, kind.clone())], "{written}");
        assert_eq!(kinds(&format!("-{written}")), [(true, kind)], "-{written}");
    }
}

#[test]
fn all_have_to_be_met_and_each_knows_its_place() {
    let written = "  api -label:env=prod \"a b\" ";
    let query = Query::parse(written);
    let places: Vec<&str> = query.terms.iter().map(|term| &written[term.place.clone()]).collect();
    assert_eq!(places, ["api", "-label:env=prod", "\"a b\""]);
    assert_eq!(without(written, &query.terms[1].place), "api \"a b\"");
    assert_eq!(with("api", "is:managed"), "api is:managed");
    assert_eq!(with("api is:managed", "is:managed"), "api is:managed");
    assert_eq!(with("", "x"), "x");
    assert_eq!(label_word("env", "prod", false), "label:env=prod");
    assert_eq!(label_word("env", "prod", true), "label:\"env=prod\"");
    assert_eq!(
        with("foo \"bar", "label:a=b"),
        "foo \"bar\" label:a=b",
        "the quotation ends before it"
    );
    assert_eq!(label_word("a b", "c", false), "label:\"a b=c\"");
    let empty = Query::parse(&label_word("env", "", false));
    assert_eq!(
        empty.terms[0].kind,
        Kind::ExactLabel("env".to_owned(), String::new()),
        "not any value"
    );
}

#[test]
fn a_search_box_shows_whole_conditions_apart_from_the_text() {
    let tokens = |text: &str, is_typing| {
        let tokens = Tokens::of(text, is_typing);
        (tokens.chips.join("|"), tokens.rest)
    };
    let pair = |chips: &str, rest: &str| (chips.to_owned(), rest.to_owned());
    assert_eq!(tokens("api is:unused key", false), pair("is:unused", "api key"));
    assert_eq!(tokens("label:env=prod", false), pair("label:env=prod", ""));
    assert_eq!(
        tokens("label:env=prod", true),
        pair("", "label:env=prod"),
        "it may go on"
    );
    assert_eq!(tokens("label:env=prod ", true), pair("label:env=prod", ""));
    assert_eq!(tokens("api ", true), pair("", "api "), "nothing typed is lost");
    assert_eq!(
        tokens("label:env= ", true),
        pair("", "label:env= "),
        "its value is missing"
    );
    assert_eq!(tokens("nome:x -is:unused -db", false), pair("-is:unused", "nome:x -db"));
    let all = Tokens::of("a label:\"team=data base\" b", false);
    assert_eq!(all.text(), "label:\"team=data base\" a b");
    assert_eq!(Tokens::default().text(), "");
}

#[test]
fn a_mistyped_qualifier_has_a_nearest_one() {
    assert_eq!(nearest_qualifier("lable"), Some("label"));
    assert_eq!(nearest_qualifier("Update"), Some("updated"));
    assert_eq!(nearest_qualifier("bundel"), Some("bundle"));
    assert_eq!(nearest_qualifier("nome"), None);
    assert_eq!(nearest_qualifier("color"), None);
}

#[test]
fn what_is_not_understood_is_text_and_says_so() {
    let query = Query::parse("color:red OWNER:x to_do2:y is:odd used:yesterday label: https://x:1 -");
    assert_eq!(
        query.notes,
        [
            Note::UnknownQualifier("color".to_owned()),
            Note::UnknownQualifier("OWNER".to_owned()),
            Note::UnknownQualifier("to_do2".to_owned()),
            Note::UnknownValue("is".to_owned(), "odd".to_owned()),
            Note::UnknownValue("used".to_owned(), "yesterday".to_owned()),
            Note::Incomplete("label".to_owned()),
        ]
    );
    let kinds: Vec<Kind> = query.terms.into_iter().map(|term| term.kind).collect();
    assert_eq!(
        kinds,
        [
            "color:red",
            "OWNER:x",
            "to_do2:y",
            "is:odd",
            "used:yesterday",
            "https://x:1",
            "-"
        ]
        .map(text)
    );
    assert!(Query::parse(" \"\" ").is_empty());
}

proptest! {
    #[test]
    fn nothing_that_can_be_typed_is_an_error(written in any::<String>()) {
        let query = Query::parse(&written);
        for term in &query.terms {
            prop_assert!(written.get(term.place.clone()).is_some());
            let _ = without(&written, &term.place);
        }
        for is_typing in [true, false] {
            let tokens = Tokens::of(&written, is_typing);
            let kinds = |text: &str| {
                let mut kinds: Vec<String> = Query::parse(text).terms.iter().map(|term| format!("{:?}", term.kind)).collect();
                kinds.sort();
                kinds
            };
            prop_assert_eq!(kinds(&tokens.text()), kinds(&written));
        }
    }

    #[test]
    fn taking_conditions_out_one_by_one_leaves_none(
        words in proptest::collection::vec("(-?(label:[a-z]{1,3}=[a-z]{1,3}|is:managed|[a-z]{1,5}))", 0..6),
    ) {
        let mut written = words.join("  ");
        for left in (0..words.len()).rev() {
            let query = Query::parse(&written);
            prop_assert_eq!(query.terms.len(), left + 1);
            written = without(&written, &query.terms[left / 2].place);
        }
        prop_assert!(Query::parse(&written).is_empty());
    }
}

#[test]
fn a_condition_on_the_workspace_chooses_workspaces_and_nothing_else() {
    let is_for = |text: &str, id: &str, name: &str| Query::parse(text).is_for_workspace(id, name);
    assert!(is_for("workspace:prod", "w-1", "Production EU"));
    assert!(is_for("workspace:W-1", "W-1", ""), "by its id");
    assert!(!is_for("workspace:prod", "prod-1", "Staging"), "only by the whole id");
    assert!(is_for("-workspace:prod key", "w-2", "Staging") && !is_for("-workspace:prod", "w-1", "Production"));
    assert!(is_for("workspace:\"Pilot 2024\"", "w", "Pilot 2024") && !is_for("workspace:a workspace:b", "w", "a"));
    assert!(
        is_for("key", "w", "any") && is_for("workspace:", "w", "any"),
        "not yet a condition"
    );
    assert!(Query::parse("a workspace:b").is_about_secrets() && !Query::parse("workspace:b").is_about_secrets());
    assert!(Query::parse("-workspace:a").names_workspaces() && !Query::parse("a").names_workspaces());
    assert_eq!(
        without_workspaces("stripe workspace:prod -workspace:\"a b\" is:unused"),
        "stripe is:unused"
    );
    assert_eq!(
        without_workspaces("stripe  key"),
        "stripe  key",
        "else it stays as it was written"
    );
    assert_eq!(nearest_qualifier("workspce"), Some(WORKSPACE));
}

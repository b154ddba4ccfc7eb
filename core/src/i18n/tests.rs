//! Rules for the texts of every language.

use serde_json::Value;

use super::*;
use crate::i18n::german::GERMAN;
use crate::i18n::language::Language;

/// Texts that are the same in German. Any other equal text is not translated.
const SAME_IN_GERMAN: &[&str] = &[
    "Strongroom",
    "IDs",
    "Filter",
    "System",
    "{heading} · Strongroom",
    "{heading} · {workspace} · Strongroom",
    "Details",
    "optional",
    "Server",
    "Workspaces",
    "Workspace",
    "Secrets",
    "Secret",
    "Labels",
    "Label {key}",
    "Bundle",
    "Name",
    "Status",
    "Code",
    "ID",
    "URL",
    "Tools",
    "Memory",
    "Tool {name}",
    "Header {name}",
    "{name} in {workspace}: {status}",
    "{workspace}: {what}",
    "{name} in {workspace}",
];

/// Every key with its section, in English and in German.
fn all() -> Vec<(String, String, String)> {
    let sections = [
        ("common", serde_json::to_value(words::common()).unwrap()),
        ("account", serde_json::to_value(words::account()).unwrap()),
        ("keys", serde_json::to_value(words::keys()).unwrap()),
        ("palette", serde_json::to_value(words::palette()).unwrap()),
        ("connect", serde_json::to_value(words::connect()).unwrap()),
        ("workspaces", serde_json::to_value(words::workspaces()).unwrap()),
        ("fields", serde_json::to_value(words::fields()).unwrap()),
        ("errors", serde_json::to_value(words::errors()).unwrap()),
        ("metadata", serde_json::to_value(words::metadata()).unwrap()),
        ("secret", serde_json::to_value(words::secret()).unwrap()),
        ("value", serde_json::to_value(words::value()).unwrap()),
        ("replace_value", serde_json::to_value(words::replace_value()).unwrap()),
        ("value_input", serde_json::to_value(words::value_input()).unwrap()),
        ("list", serde_json::to_value(words::list()).unwrap()),
        ("filters", serde_json::to_value(words::filters()).unwrap()),
        ("across", serde_json::to_value(words::across()).unwrap()),
        ("bulk", serde_json::to_value(words::bulk()).unwrap()),
        ("runs", serde_json::to_value(words::runs()).unwrap()),
        ("view", serde_json::to_value(words::view()).unwrap()),
        ("create", serde_json::to_value(words::create()).unwrap()),
        ("edit", serde_json::to_value(words::edit()).unwrap()),
        ("drafts", serde_json::to_value(words::drafts()).unwrap()),
        ("delete", serde_json::to_value(words::delete()).unwrap()),
        ("overview", serde_json::to_value(words::overview()).unwrap()),
        ("uses", serde_json::to_value(words::uses()).unwrap()),
        ("references", serde_json::to_value(words::references()).unwrap()),
        ("compare", serde_json::to_value(words::compare()).unwrap()),
        ("workspace_form", serde_json::to_value(words::workspace_form()).unwrap()),
        ("archive", serde_json::to_value(words::archive()).unwrap()),
        ("members", serde_json::to_value(words::members()).unwrap()),
        ("unreadable", serde_json::to_value(words::unreadable()).unwrap()),
        ("policy", serde_json::to_value(words::policy()).unwrap()),
    ];
    let Ok(Value::Object(mut german)) = serde_json::to_value(&GERMAN) else {
        panic!("the sections are an object");
    };
    let mut all = vec![];
    for (section, english) in sections {
        let Some(german) = german.remove(section) else {
            panic!("{section} is no section");
        };
        let text = |value: &Value, key: &str| value[key].as_str().map(str::to_owned).unwrap_or_default();
        let keys = english.as_object().into_iter().flat_map(serde_json::Map::keys);
        all.extend(keys.map(|key| (format!("{section}.{key}"), text(&english, key), text(&german, key))));
    }
    assert!(german.is_empty(), "not checked: {:?}", german.keys());
    all
}

/// Checks every text of every language: its key, the text, and the English one.
fn every(check: impl Fn(Language, &str, &str, &str)) {
    for (key, english, german) in &all() {
        check(Language::English, key, english, english);
        check(Language::German, key, german, english);
    }
}
/// The names of the placeholders of a sentence, in order. Doubled braces are text: `{{ secrets.NAME }}`.
fn placeholders(sentence: &str) -> Vec<String> {
    let sentence = sentence.replace("{{", "").replace("}}", "");
    let mut placeholders: Vec<_> = sentence
        .split('{')
        .skip(1)
        .map(|after| after.split_once('}').map_or("not closed", |(name, _)| name).to_owned())
        .collect();
    placeholders.sort_unstable();
    placeholders
}

#[test]
fn no_text_is_empty_or_has_space_around_it() {
    every(|language, key, text, _| {
        assert!(!text.is_empty(), "{language:?} {key}");
        assert_eq!(text, text.trim(), "{language:?} {key}");
        assert!(!text.contains("  "), "{language:?} {key}");
    });
}

#[test]
fn every_language_has_the_placeholders_of_english() {
    every(|language, key, text, english| {
        assert_eq!(
            text.matches('{').count(),
            text.matches('}').count(),
            "{language:?} {key}"
        );
        assert!(
            !placeholders(text).iter().any(|name| name == "not closed"),
            "{language:?} {key}"
        );
        assert_eq!(placeholders(text), placeholders(english), "{language:?} {key}");
    });
}

#[test]
fn quotation_marks_are_those_of_the_language_and_in_pairs() {
    every(|language, key, text, _| {
        let (opening, closing, foreign) = match language {
            Language::English => ('“', '”', ['"', '„']),
            Language::German => ('„', '“', ['"', '”']),
        };
        assert!(!text.contains(foreign), "{language:?} {key}");
        let (mut open, mut is_in_order) = (0_i32, true);
        for character in text.chars() {
            open += i32::from(character == opening) - i32::from(character == closing);
            is_in_order &= (0..=1).contains(&open);
        }
        assert!(is_in_order && open == 0, "{language:?} {key}");
    });
}

#[test]
fn what_ends_as_a_sentence_in_one_language_does_in_the_other() {
    every(|language, key, text, english| {
        // Abbreviations of units end with a full stop in German.
        let is_unit = key.starts_with("list.age_");
        for end in ['.', '…', '?', ':'].into_iter().filter(|_| !is_unit) {
            assert_eq!(text.ends_with(end), english.ends_with(end), "{language:?} {key}");
        }
    });
}

#[test]
fn every_text_is_translated() {
    for (key, english, german) in all() {
        if english == german {
            assert!(
                SAME_IN_GERMAN.contains(&&*english),
                "{key} is not translated: {english}"
            );
        }
    }
}

#[test]
fn every_allowed_equal_text_is_equal() {
    for same in SAME_IN_GERMAN {
        let is_same = all()
            .iter()
            .any(|(_, english, german)| english == same && german == same);
        assert!(is_same, "{same}");
    }
}

#[test]
fn german_says_sie_and_does_not_break_before_an_ellipsis() {
    for (key, _, text) in all() {
        let mut words = text.split(|character: char| !character.is_alphabetic());
        assert!(
            !words.any(|word| ["du", "dein", "deine", "dir", "dich"].contains(&word)),
            "{key}"
        );
        assert!(!text.contains(" …"), "{key}: an ordinary space before the ellipsis");
    }
}

#[test]
fn texts_follow_the_language() {
    assert_eq!((words::common().cancel, language()), ("Cancel", Language::English));
    set_language(Language::German, Some(&GERMAN));
    assert_eq!((words::common().cancel, language()), ("Abbrechen", Language::German));
    assert_eq!(words::bulk().title, GERMAN.bulk.title);
    set_language(Language::English, None);
    assert_eq!((words::common().cancel, language()), ("Cancel", Language::English));
}

#[test]
fn fills_placeholders_once() {
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
    assert_eq!(fill("{unknown} {", &[("a", "1")]), "{unknown} {");
}

#[test]
fn text_from_outside_leaves_the_sentence_as_it_is() {
    assert_eq!(
        fill("Delete {name}?", &[("name", "user\u{202e}nimda")]),
        "Delete user[U+202E]nimda?"
    );
    assert_eq!(
        fill("Delete {name}?", &[("name", "מפתח")]),
        "Delete \u{2068}מפתח\u{2069}?"
    );
    assert_eq!(
        fill("{when}", &[("when", "10:31\u{202f}AM")]),
        "10:31\u{202f}AM",
        "the browser writes times like this"
    );
}

/// A new placeholder is either for text from outside, or here.
#[test]
fn every_placeholder_is_known_to_be_from_outside_or_not() {
    const OWN: &[&str] = &[
        "all",
        "bits",
        "bytes",
        "character",
        "column",
        "count",
        "done",
        "ends",
        "failed",
        "fields",
        "filter",
        "heading",
        "hidden",
        "known",
        "left",
        "line",
        "lines",
        "most",
        "names",
        "number",
        "origins",
        "part",
        "place",
        "position",
        "problem",
        "qualifier",
        "scope",
        "search",
        "seconds",
        "server",
        "shown",
        "status",
        "text",
        "title",
        "used",
        "what",
        "when",
        "why",
        "workspaces",
    ];
    for (key, text, _) in all() {
        for part in text.split('{').skip(1) {
            let Some((name, _)) = part.split_once('}') else {
                continue;
            };
            let is_word = name.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(
                !is_word || FOREIGN.contains(&name) || OWN.contains(&name),
                "{name} of {key}"
            );
        }
    }
}

#[test]
fn quotation_marks_follow_the_language() {
    assert_eq!(quoted("a{text}"), "“a{text}”");
    set_language(Language::German, Some(&GERMAN));
    assert_eq!(quoted("a"), "„a“");
}

#[test]
fn plurals() {
    assert_eq!(plural(1, "one", "other"), "one");
    assert_eq!(plural(0, "one", "other"), "other");
}

#[test]
fn a_pair_typed_as_a_key_is_told_so() {
    for (typed, is_pair) in [
        ("env=prod", true),
        ("example.com/env=prod", true),
        ("env=prod/web", true),
        ("env!", false),
    ] {
        let error = contract::label::check_key(typed).unwrap_err();
        let message = label::label_error(error);
        assert_eq!(
            message == words::metadata().label_key_alone,
            is_pair,
            "{typed}: {message}"
        );
    }
}

#[test]
fn a_bad_character_is_named_in_the_language() {
    use contract::{LabelError, LabelPart};
    let error = |character| label::label_error(LabelError::Character(LabelPart::Key, character));
    assert!(error('!').contains("“!”"));
    set_language(Language::German, Some(&GERMAN));
    assert!(error('!').starts_with("Der Schlüssel enthält"));
    assert!(error('!').contains("„!“"));
    assert!(error(' ').contains("Leerzeichen"));
}

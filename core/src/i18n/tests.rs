//! What holds for the words of every language, and for the sentences made of them.

use super::*;
use crate::i18n::german::{GERMAN, LIST_GERMAN, SECRET_GERMAN};
use crate::i18n::language::Language;
use crate::i18n::words::{KEYS, LIST_KEYS, SECRET_KEYS};

/// Texts that are the same in German. Every other text that is would be one that nobody has translated.
const SAME_IN_GERMAN: &[&str] = &[
    "Strongroom",
    "IDs",
    "Filter",
    "System",
    "{heading} · Strongroom",
    "Details",
    "optional",
    "Server",
    "Workspaces",
    "Workspace",
    "Secrets",
    "Secret",
    "Labels",
    "Bundle",
    "Name",
    "Status",
    "Code",
    "ID",
];

/// Every key, with its text in English and in German.
fn all() -> Vec<(&'static str, &'static str, &'static str)> {
    let common = KEYS.iter().map(|(key, text)| (*key, text(&ENGLISH), text(&GERMAN)));
    let written = SECRET_KEYS
        .iter()
        .map(|(key, text)| (*key, text(&SECRET_ENGLISH), text(&SECRET_GERMAN)));
    let listed = LIST_KEYS
        .iter()
        .map(|(key, text)| (*key, text(&LIST_ENGLISH), text(&LIST_GERMAN)));
    common.chain(written).chain(listed).collect()
}

/// Checks every text of every language: its key, itself, and the same in English.
fn every(check: impl Fn(Language, &str, &str, &str)) {
    for (key, english, german) in all() {
        check(Language::English, key, english, english);
        check(Language::German, key, german, english);
    }
}

/// The names of the gaps of a sentence, in order.
fn gaps(sentence: &str) -> Vec<&str> {
    let mut gaps: Vec<_> = sentence
        .split('{')
        .skip(1)
        .map(|after| after.split_once('}').map_or("not closed", |(name, _)| name))
        .collect();
    gaps.sort_unstable();
    gaps
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
fn every_language_has_the_gaps_of_english() {
    every(|language, key, text, english| {
        assert_eq!(
            text.matches('{').count(),
            text.matches('}').count(),
            "{language:?} {key}"
        );
        assert!(!gaps(text).contains(&"not closed"), "{language:?} {key}");
        assert_eq!(gaps(text), gaps(english), "{language:?} {key}");
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
        for end in ['.', '…', '?', ':'] {
            assert_eq!(text.ends_with(end), english.ends_with(end), "{language:?} {key}");
        }
    });
}

#[test]
fn nothing_is_left_in_english() {
    for (key, english, german) in all() {
        if english == german {
            assert!(SAME_IN_GERMAN.contains(&english), "{key} is not translated: {english}");
        }
    }
}

#[test]
fn the_list_of_what_is_the_same_has_nothing_else() {
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
fn the_language_in_use_is_english_until_another_is_spoken() {
    assert_eq!((words().cancel, language()), ("Cancel", Language::English));
    let german = Spoken {
        common: &GERMAN,
        written: Some(&SECRET_GERMAN),
        listed: Some(&LIST_GERMAN),
    };
    speak(german, Language::German);
    assert_eq!((words().cancel, language()), ("Abbrechen", Language::German));
    assert_eq!(
        (secret_words().undo, secret_words().cancel),
        ("Rückgängig", "Abbrechen")
    );
    speak(Spoken::ENGLISH, Language::English);
    assert_eq!((words().cancel, language()), ("Cancel", Language::English));
    assert_eq!((secret_words().undo, secret_words().cancel), ("Undo", "Cancel"));
    assert_eq!((list_words().density, list_words().cancel), ("Rows", "Cancel"));
}

#[test]
fn fills_gaps_once() {
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
    assert_eq!(fill("{unknown} {", &[("a", "1")]), "{unknown} {");
}

#[test]
fn quotes_in_the_way_of_the_language() {
    assert_eq!(quoted(&ENGLISH, "a{text}"), "“a{text}”");
    assert_eq!(quoted(&GERMAN, "a"), "„a“");
}

#[test]
fn plurals() {
    assert_eq!(plural(1, "one", "other"), "one");
    assert_eq!(plural(0, "one", "other"), "other");
}

#[test]
fn a_bad_character_is_named_in_the_language() {
    use contract::{LabelError, LabelPart};
    let error = |words, character| label::label_error(words, LabelError::Character(LabelPart::Key, character));
    assert!(error(&ENGLISH, '!').contains("“!”"));
    assert!(error(&GERMAN, '!').starts_with("Der Schlüssel enthält"));
    assert!(error(&GERMAN, '!').contains("„!“"));
    assert!(error(&GERMAN, ' ').contains("Leerzeichen"));
}

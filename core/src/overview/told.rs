//! The pictures and findings in words. `count` writes a number as the user's language does.

use crate::i18n::words::{self, Overview};
use crate::i18n::{fill, foreign, plural};
use crate::overview::figures::{Group, Topic};
use crate::overview::findings::{Item, Rule};

/// The caption of a picture.
#[must_use]
pub fn title(topic: Topic) -> &'static str {
    let words = words::overview();
    match topic {
        Topic::Age => words.by_age,
        Topic::LastUse => words.by_last_use,
        Topic::Bundle => words.by_bundle,
        Topic::Creator => words.by_creator,
        Topic::Label => words.by_label,
    }
}

/// How many workspaces an overview counts, and why it does not count the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All of them.
    pub workspaces: usize,
    /// Those with secrets that are loaded, or with none.
    pub counted: usize,
    /// Those that failed to load, some of them after a part.
    pub failed: usize,
    /// Those that the key may not read.
    pub no_access: usize,
    /// Those that are archived.
    pub archived: usize,
}

/// What an overview of one workspace or of all is based on, and what is missing from it, in parts of a sentence.
#[must_use]
pub fn based_on(coverage: Coverage, secrets: usize, is_of_all: bool, count: fn(usize) -> String) -> Vec<String> {
    let words = words::overview();
    let Coverage {
        workspaces, counted, ..
    } = coverage;
    let what = self::secrets(secrets, count);
    let mut parts = vec![match (counted, is_of_all) {
        (0, _) => words.based_on_nothing.to_owned(),
        (_, false) => fill(words.based_on, &[("what", &what)]),
        (_, true) => {
            let sentence = if counted < workspaces {
                words.based_on_some
            } else {
                plural(workspaces, words.based_on_in_one, words.based_on_in)
            };
            let numbers = [
                ("what", &*what),
                ("count", &count(counted)),
                ("all", &count(workspaces)),
            ];
            fill(sentence, &numbers)
        }
    }];
    for (number, sentence) in [
        (coverage.failed, words.failed_some),
        (coverage.no_access, words.no_access_some),
        (coverage.archived, words.archived_some),
    ] {
        if is_of_all && number > 0 {
            parts.push(fill(sentence, &[("count", &count(number))]));
        }
    }
    parts
}

fn age(words: &Overview, span: usize) -> &'static str {
    let spans = [
        words.in_30,
        words.from_30_to_90,
        words.from_90_to_180,
        words.from_180_to_365,
        words.over_365,
    ];
    spans.get(span).copied().unwrap_or_default()
}

fn last_use(words: &Overview, span: usize) -> &'static str {
    let spans = [words.in_30, words.from_30_to_90, words.from_90_to_180, words.over_180];
    spans.get(span).copied().unwrap_or_default()
}

/// The label of a bar.
#[must_use]
pub fn label(group: &Group) -> String {
    let words = words::overview();
    match group {
        Group::Aged(span) => age(words, *span).to_owned(),
        Group::Used(span) => last_use(words, *span).to_owned(),
        Group::NeverUsed => words.never_used.to_owned(),
        Group::Bundle(name) | Group::Creator(name) => foreign::shown(name).into_owned(),
        Group::OtherBundles => words.other_bundles.to_owned(),
        Group::NoBundle => words.no_bundle.to_owned(),
        Group::OtherCreators => words.other_creators.to_owned(),
        Group::Label(key, value) => foreign::shown(&label_text(key, value)).into_owned(),
        Group::OtherLabels => words.other_labels.to_owned(),
        Group::NoLabels => words.no_labels.to_owned(),
    }
}

fn label_text(key: &str, value: &str) -> String {
    if value.is_empty() {
        key.to_owned()
    } else {
        format!("{key}={value}")
    }
}

/// Whether the label of a bar comes from outside, and not from the words of the console.
#[must_use]
pub fn is_foreign(group: &Group) -> bool {
    matches!(group, Group::Bundle(_) | Group::Creator(_) | Group::Label(..))
}

/// A number of secrets.
#[must_use]
pub fn secrets(number: usize, count: fn(usize) -> String) -> String {
    let words = words::overview();
    fill(
        plural(number, words.secrets_one, words.secrets),
        &[("count", &count(number))],
    )
}

/// What a bar says: "42 secrets never used".
#[must_use]
pub fn name(group: &Group, number: usize, count: fn(usize) -> String) -> String {
    let words = words::overview();
    let what = secrets(number, count);
    let of = |sentence: &str, more: &[(&str, &str)]| {
        let mut values = vec![("what", what.as_str())];
        values.extend_from_slice(more);
        fill(sentence, &values)
    };
    match group {
        Group::Aged(span) => of(words.created_when, &[("when", age(words, *span))]),
        Group::Used(span) => of(words.used_when, &[("when", last_use(words, *span))]),
        Group::NeverUsed => of(words.of_never_used, &[]),
        Group::Bundle(bundle) => of(words.of_bundle, &[("bundle", bundle)]),
        Group::OtherBundles => of(words.of_other_bundles, &[]),
        Group::NoBundle => of(words.of_no_bundle, &[]),
        Group::Creator(name) => of(words.of_creator, &[("name", name)]),
        Group::OtherCreators => of(words.of_other_creators, &[]),
        Group::Label(key, value) => of(words.of_label, &[("label", &label_text(key, value))]),
        Group::OtherLabels => of(words.of_other_labels, &[]),
        Group::NoLabels => of(words.of_no_labels, &[]),
    }
}

/// The title of a rule, and what it says.
#[must_use]
pub fn rule(rule: Rule) -> (&'static str, &'static str) {
    let words = words::overview();
    match rule {
        Rule::Missing => (words.missing, words.missing_rule),
        Rule::SharedExternalId => (words.shared, words.shared_rule),
        Rule::LookAlike => (words.look_alike, words.look_alike_rule),
        Rule::Unconventional => (words.unconventional, words.unconventional_rule),
        Rule::NeverUsed => (words.unused_old, words.unused_old_rule),
        Rule::Stale => (words.stale, words.stale_rule),
        Rule::Unreferenced => (words.unreferenced, words.unreferenced_rule),
        Rule::Unlabelled => (words.unlabelled, words.unlabelled_rule),
    }
}

/// How many a rule found: secrets, or names.
#[must_use]
pub fn found(of: Rule, number: usize, count: fn(usize) -> String) -> String {
    if of != Rule::Missing {
        return secrets(number, count);
    }
    let words = words::overview();
    fill(
        plural(number, words.names_one, words.names),
        &[("count", &count(number))],
    )
}

/// The name of a secret, or its id if it has none.
#[must_use]
pub fn item(item: &Item) -> String {
    let name = if item.name.is_empty() {
        item.id.as_deref().unwrap_or_default()
    } else {
        &item.name
    };
    foreign::shown(name).into_owned()
}

/// A share in whole percent: 0 and 100 only if it is none or all.
#[must_use]
pub fn share(part: usize, whole: usize) -> String {
    let percent = match (part, whole) {
        (0, _) | (_, 0) => 0,
        (part, whole) if part >= whole => 100,
        (part, whole) => (part * 100 / whole).clamp(1, 99),
    };
    fill(words::overview().percent, &[("count", &percent.to_string())])
}

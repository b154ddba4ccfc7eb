//! Completions for the condition at the caret: qualifiers, and values of the loaded secrets.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::list::fold::folded;
use crate::list::query::{self, QUALIFIERS, STATES, WORKSPACE, words};
use crate::list::rows::{Row, Rows};

/// The maximum number of completions.
pub const MOST: usize = 10;

/// Examples of time spans.
const SPANS: [&str; 4] = ["<7d", "<30d", ">90d", ">2026-01-31"];

/// A completion of the word at the caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The word.
    pub word: String,
    /// Whether the word is a complete condition; otherwise the user types on.
    pub is_whole: bool,
    place: Range<usize>,
}

impl Completion {
    /// The text with the completion inserted, followed by a space if the condition is complete.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let before = text.get(..self.place.start).unwrap_or(text);
        let after = text.get(self.place.end..).unwrap_or_default().trim_start();
        let between = if self.is_whole || !after.is_empty() { " " } else { "" };
        format!("{before}{}{between}{after}", self.word)
    }
}

/// The completions at `caret` (a byte offset), best first. There are completions only at the end of a word, or where no
/// word has begun.
#[must_use]
pub fn completions(text: &str, caret: usize, rows: &Rows) -> Vec<Completion> {
    completed(text, caret, |body| match body.split_once(':') {
        None => qualifiers(body),
        Some((qualifier, value)) => values(qualifier, &value.replace('"', ""), rows),
    })
}

/// The completions that choose workspaces by these names.
#[must_use]
pub fn workspace_completions(text: &str, caret: usize, names: &[String]) -> Vec<Completion> {
    completed(text, caret, |body| match body.split_once(':') {
        None => {
            let word = format!("{WORKSPACE}:");
            let is_begun = word.starts_with(body);
            is_begun.then_some((word, false)).into_iter().collect()
        }
        Some((WORKSPACE, value)) => whole(
            WORKSPACE,
            matching(names.iter().map(String::as_str), &value.replace('"', "")),
        ),
        Some(_) => Vec::new(),
    })
}

/// The completions that several lists have for the same place, each once.
#[must_use]
pub fn merged(all: impl IntoIterator<Item = Vec<Completion>>) -> Vec<Completion> {
    let mut merged: Vec<Completion> = Vec::new();
    for completion in all.into_iter().flatten() {
        if merged.iter().all(|known| known.word != completion.word) {
            merged.push(completion);
        }
    }
    merged.truncate(MOST);
    merged
}

/// The completions at `caret`, of the words that `found` has for the condition there (without its sign): each with whether
/// it is a whole condition.
fn completed(text: &str, caret: usize, found: impl Fn(&str) -> Vec<(String, bool)>) -> Vec<Completion> {
    let is_at = |place: &Range<usize>| place.start < caret && caret <= place.end;
    let place = match words(text).into_iter().find(is_at) {
        Some(place) if place.end == caret => place,
        Some(_) => return Vec::new(),
        None => caret..caret,
    };
    let written = text.get(place.clone()).unwrap_or_default();
    let (sign, body) = match written.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", written),
    };
    let completion = |(word, is_whole)| Completion {
        word: format!("{sign}{word}"),
        is_whole,
        place: place.clone(),
    };
    found(body)
        .into_iter()
        .map(completion)
        .filter(|completion| completion.word != written)
        .take(MOST)
        .collect()
}

/// What an empty search box offers: whole conditions, and qualifiers to go on with.
#[must_use]
pub fn starters(caret: usize) -> Vec<Completion> {
    let starter = |word: &str| Completion {
        word: word.to_owned(),
        is_whole: !word.ends_with(':'),
        place: caret..caret,
    };
    ["is:unused", "is:managed", "updated:<7d", "label:", "created:"]
        .map(starter)
        .to_vec()
}

/// The qualifiers that have an effect within one workspace.
fn own_qualifiers() -> impl Iterator<Item = &'static str> {
    QUALIFIERS.into_iter().filter(|qualifier| *qualifier != WORKSPACE)
}

/// All qualifiers of a list or, with `is_across`, of a search across workspaces, at the caret.
#[must_use]
pub fn all_qualifiers(caret: usize, is_across: bool) -> Vec<Completion> {
    let completion = |qualifier: &str| Completion {
        word: format!("{qualifier}:"),
        is_whole: false,
        place: caret..caret,
    };
    let across = is_across.then_some(WORKSPACE);
    own_qualifiers().chain(across).map(completion).collect()
}

/// The condition for a label of a row, which leaves out labels with a longer value.
#[must_use]
pub fn label_word(key: &str, value: &str, rows: &Rows) -> String {
    let is_longer = |(own_key, own): (&str, &str)| own_key == key && own.len() > value.len() && own.starts_with(value);
    query::label_word(key, value, rows.pairs_in_use().any(is_longer))
}

fn qualifiers(body: &str) -> Vec<(String, bool)> {
    let starts = |word: &String| word.starts_with(body);
    let all = own_qualifiers().map(|qualifier| format!("{qualifier}:"));
    all.filter(starts).map(|word| (word, false)).collect()
}

fn values(qualifier: &str, value: &str, rows: &Rows) -> Vec<(String, bool)> {
    match qualifier {
        "label" => match value.split_once('=') {
            Some((key, value)) => {
                let of_key = rows
                    .pairs_in_use()
                    .filter(|(known, _)| *known == key)
                    .map(|(_, value)| value);
                let found = matching(of_key.filter(|value| !value.is_empty()), value);
                let is_longer = |value: &str| found.iter().any(|other| *other != value && other.starts_with(value));
                let word = |value: &&str| (query::label_word(key, value, is_longer(value)), true);
                // One of them may be what is written already.
                found.iter().take(MOST + 1).map(word).collect()
            }
            None => {
                let keys = matching(rows.pairs_in_use().map(|(key, _)| key), value);
                let has_exact = keys.contains(&value);
                let continued = keys.into_iter().map(|key| (format!("label:{key}="), false));
                // The key alone is a condition, too.
                let whole = has_exact.then(|| (format!("label:{value}"), true));
                whole.into_iter().chain(continued).collect()
            }
        },
        "bundle" => {
            let bundles = (0..rows.end()).filter(|row| rows.is_here(*row));
            whole(
                qualifier,
                matching(
                    distinct(bundles, |row| rows.bundle_number(row), |row| rows.bundle(row)),
                    value,
                ),
            )
        }
        "by" => whole(
            qualifier,
            matching(rows.people_in_use().map(|it| it.display_name()), value),
        ),
        "ref" => whole(
            qualifier,
            ["none", ">0", ">3"]
                .into_iter()
                .filter(|test| test.starts_with(value))
                .collect(),
        ),
        "used" | "created" | "updated" => whole(
            qualifier,
            SPANS.into_iter().filter(|span| span.starts_with(value)).collect(),
        ),
        _ => {
            let known = STATES
                .iter()
                .filter(|(of, _)| *of == qualifier)
                .map(|(_, state)| *state);
            whole(qualifier, known.filter(|state| state.starts_with(value)).collect())
        }
    }
}

fn whole(qualifier: &str, values: Vec<&str>) -> Vec<(String, bool)> {
    let word = |value: &str| {
        if value.contains(char::is_whitespace) {
            format!("{qualifier}:\"{value}\"")
        } else {
            format!("{qualifier}:{value}")
        }
    };
    values.into_iter().map(|value| (word(value), true)).collect()
}

/// The distinct texts of rows. Each number is looked up once.
fn distinct<'rows>(
    rows: impl Iterator<Item = Row>,
    number: impl Fn(Row) -> u32,
    text: impl Fn(Row) -> &'rows str,
) -> impl Iterator<Item = &'rows str> {
    let mut is_seen = Vec::new();
    rows.filter(move |row| {
        let index = number(*row) as usize;
        if is_seen.len() <= index {
            is_seen.resize(index + 1, false);
        }
        is_seen
            .get_mut(index)
            .is_some_and(|is_seen| !std::mem::replace(is_seen, true))
    })
    .map(text)
}

/// The distinct texts that contain the input, ignoring case: those with it as a prefix first, otherwise in their order.
/// Texts with a quotation mark are left out, because a condition cannot contain one.
fn matching<'text>(texts: impl Iterator<Item = &'text str>, written: &str) -> Vec<&'text str> {
    let written = folded(written);
    let found: BTreeSet<(bool, Vec<u8>, &str)> = texts
        .filter(|text| !text.is_empty() && !text.contains('"'))
        .filter_map(|text| {
            let plain = folded(text);
            let at = memchr::memmem::find(&plain, &written)?;
            Some((at > 0, plain, text))
        })
        .collect();
    found.into_iter().map(|(_, _, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::query::Kind;
    use crate::list::{Creator, Facts, Query};

    fn rows() -> Rows {
        let mut rows = Rows::default();
        let labels = [
            [("env", "prod"), ("team", "data base")],
            [("env", "Staging"), ("tier", "")],
        ];
        for (number, labels) in labels.iter().enumerate() {
            let facts = Facts {
                id: &format!("wsec_{number}"),
                labels,
                bundle: ["", "platform/core"][number],
                creator: Creator {
                    id: "p",
                    name: ["Zoë Lindqvist", "ci"][number],
                    ..Creator::default()
                },
                ..Facts::default()
            };
            rows.push(&facts).unwrap();
        }
        rows
    }

    fn offered(text: &str) -> Vec<String> {
        let offered = completions(text, text.len(), &rows());
        offered.into_iter().map(|it| it.word).collect()
    }

    #[test]
    fn workspaces_are_completed_by_name_and_each_word_is_offered_once() {
        let names = ["Production", "Pre-production", "Lab 2"].map(str::to_owned);
        let words = |text: &str| -> Vec<String> {
            let found = workspace_completions(text, text.len(), &names);
            found.into_iter().map(|completion| completion.word).collect()
        };
        assert_eq!(words("wor"), ["workspace:"]);
        assert_eq!(
            words("-workspace:prod"),
            ["-workspace:Production", "-workspace:Pre-production"]
        );
        assert_eq!(words("token workspace:lab"), ["workspace:\"Lab 2\""]);
        assert_eq!(words("label:prod"), [] as [&str; 0]);
        let rows = Rows::default();
        let all = merged([
            completions("la", 2, &rows),
            completions("la", 2, &rows),
            workspace_completions("la", 2, &names),
        ]);
        assert_eq!(
            all.iter().map(|completion| &*completion.word).collect::<Vec<_>>(),
            ["label:"]
        );
    }

    #[test]
    fn qualifiers_keys_and_values_are_offered() {
        assert_eq!(offered("").len(), MOST);
        assert_eq!(offered("la"), ["label:"]);
        assert_eq!(offered("database"), Vec::<String>::new());
        assert_eq!(offered("db -la"), ["-label:"]);
        assert_eq!(offered("label:"), ["label:env=", "label:team=", "label:tier="]);
        assert_eq!(offered("label:E"), ["label:env=", "label:team=", "label:tier="]);
        assert_eq!(offered("label:env"), ["label:env="]);
        assert_eq!(offered("label:env="), ["label:env=prod", "label:env=Staging"]);
        assert_eq!(offered("label:env=st"), ["label:env=Staging"]);
        assert_eq!(offered("-label:team=b"), ["-label:\"team=data base\""]);
        assert_eq!(offered("bundle:"), ["bundle:platform/core"]);
        assert_eq!(offered("by:"), ["by:ci", "by:\"Zoë Lindqvist\""]);
        assert_eq!(offered("is:"), ["is:managed", "is:unused"]);
        assert_eq!(offered("has:e"), ["has:external-id"]);
        assert_eq!(offered("has:"), ["has:label", "has:external-id", "has:creator"]);
        assert_eq!(offered("used:<"), ["used:<7d", "used:<30d"]);
        assert_eq!(offered("up"), ["updated:"]);
        assert_eq!(
            offered("work"),
            Vec::<String>::new(),
            "it has no effect in the list of one workspace"
        );
        assert_eq!(offered("ref:"), ["ref:none", "ref:>0", "ref:>3"]);
        assert_eq!(offered("id:"), Vec::<String>::new());
        assert_eq!(offered("is:managed"), Vec::<String>::new(), "it is written already");
    }

    #[test]
    fn only_the_word_that_is_written_changes() {
        let text = "db label:e -is:managed";
        let offered = completions(text, 10, &rows());
        assert_eq!(offered[0].apply(text), "db label:env= -is:managed");
        assert!(
            completions(text, 6, &rows()).is_empty(),
            "the middle of a word is not its end"
        );
        let text = "db label:env=p";
        let whole = &completions(text, text.len(), &rows())[0];
        assert_eq!(whole.apply(text), "db label:env=prod ");
    }

    #[test]
    fn what_is_offered_is_understood() {
        for text in [
            "label:env=",
            "label:team=",
            "bundle:",
            "by:",
            "is:",
            "has:",
            "used:",
            "created:",
            "updated:",
            "ref:",
        ] {
            for word in offered(text) {
                let query = Query::parse(&word);
                assert!(query.notes.is_empty() && query.terms.len() == 1, "{word}: {query:?}");
                assert!(!matches!(query.terms[0].kind, Kind::Text(_)), "{word}");
            }
        }
    }
}

//! The answers about references as sentences. `count` writes a number as the user's language does.

use super::fields::Field;
use super::index::{Place, ReferenceIndex, Use};
use super::scan::refers_to;
use crate::i18n::{fill, plural, words};

/// How many tool sets refer to a secret, as far as is known.
#[must_use]
pub fn uses_of(name: &str, uses: &[Use], is_complete: bool, count: fn(usize) -> String) -> String {
    let words = words::references();
    let sentence = match (uses.len(), is_complete) {
        (0, true) => words.nothing_refers,
        (0, false) => words.nothing_yet,
        (sets, _) => plural(sets, words.refers_one, words.refers),
    };
    let mut told = fill(sentence, &[("name", name), ("count", &count(uses.len()))]);
    let shadowed = uses.iter().filter(|found| found.is_shadowed).count();
    if shadowed > 0 {
        let sentence = if uses.len() == 1 {
            words.this_shadowed
        } else {
            plural(shadowed, words.of_these_shadowed_one, words.of_these_shadowed)
        };
        told.push(' ');
        told.push_str(&fill(sentence, &[("count", &count(shadowed))]));
    }
    told
}

/// Of the secrets that are to be deleted, those that tool sets refer to, each with the number of tool sets; and how many
/// these are, as far as is known.
#[must_use]
pub fn deletes(
    index: &ReferenceIndex,
    names: &[String],
    is_complete: bool,
    count: fn(usize) -> String,
) -> (Vec<String>, String) {
    let words = words::references();
    let mut used = Vec::new();
    for name in names {
        let sets = index.count_of(name).sets;
        if sets > 0 {
            let sentence = plural(sets, words.sets_of_one, words.sets_of);
            used.push(fill(sentence, &[("name", name), ("count", &count(sets))]));
        }
    }
    let sentence = match (used.len(), is_complete) {
        (0, true) => words.delete_none,
        (_, true) => words.delete_many,
        (_, false) => words.delete_so_far,
    };
    let told = fill(sentence, &[("used", &count(used.len())), ("all", &count(names.len()))]);
    (used, told)
}

/// The references that break when a secret gets the name `to`. One that means the new name as well goes on working, as
/// does one that means the tool set's own secret.
#[must_use]
pub fn breaking(mut uses: Vec<Use>, to: &str) -> Vec<Use> {
    uses.retain(|found| !found.is_shadowed);
    for found in &mut uses {
        found.places.retain(|place| !refers_to(&place.hit.name, to));
    }
    uses.retain(|found| !found.places.is_empty());
    uses
}

/// How many references break.
#[must_use]
pub fn breaks(from: &str, breaking: &[Use], is_complete: bool, count: fn(usize) -> String) -> String {
    let words = words::references();
    let broken = breaking.iter().map(|found| found.places.len()).sum();
    let sentence = match (broken, is_complete) {
        (0, true) => words.breaks_none,
        (0, false) => words.nothing_yet,
        _ => plural(broken, words.breaks_one, words.breaks),
    };
    fill(sentence, &[("count", &count(broken)), ("name", from)])
}

/// Where a reference is: `Tool create_refund · Header Authorization`.
#[must_use]
pub fn place(place: &Place) -> String {
    let words = words::references();
    let field = match &place.hit.field {
        Field::Url => words.field_url.to_owned(),
        Field::BaseUrl => words.field_base_url.to_owned(),
        Field::Header(name) => fill(words.field_header, &[("name", name)]),
        Field::Path => words.field_path.to_owned(),
        Field::Query => words.field_query.to_owned(),
        Field::Body => words.field_body.to_owned(),
    };
    match &place.tool {
        Some(tool) => format!("{} · {field}", fill(words.of_tool, &[("name", tool)])),
        None => field,
    }
}

/// One line for each reference, to copy: tool set, place, masked text.
#[must_use]
pub fn list(uses: &[Use]) -> String {
    let mut lines = Vec::new();
    for found in uses {
        let line = |at: &Place| format!("{} · {}: {}", found.name, place(at), at.hit.excerpt.text());
        lines.extend(found.places.iter().map(line));
    }
    lines.join("\n")
}

//! Where a search matches a text, to mark it.

use std::ops::Range;

use crate::list::fold::folded;
use crate::list::query::{Kind, Query};

/// The parts of a name that a search matches, in order and apart from each other, in bytes.
#[must_use]
pub fn marks(query: &Query, name: &str) -> Vec<Range<usize>> {
    let mut lower = Vec::with_capacity(name.len());
    // For each byte of `lower` the character of the name that it comes from: a lower-case one may be longer.
    let mut origins: Vec<Range<usize>> = Vec::with_capacity(name.len());
    for (at, character) in name.char_indices() {
        let before = lower.len();
        lower.extend(folded(character.encode_utf8(&mut [0; 4])));
        let origin = at..at + character.len_utf8();
        origins.extend((before..lower.len()).map(|_| origin.clone()));
    }
    let origin = |at: usize| origins.get(at).cloned().unwrap_or(name.len()..name.len());
    let mut found: Vec<Range<usize>> = Vec::new();
    for term in query.terms.iter().filter(|term| !term.is_negated) {
        let (needle, is_prefix) = match &term.kind {
            Kind::Text(text) => (folded(text), false),
            Kind::Prefix(text) => (folded(text), true),
            _ => continue,
        };
        let places =
            memchr::memmem::find_iter(&lower, &needle).filter(|at| !needle.is_empty() && (!is_prefix || *at == 0));
        found.extend(places.map(|at| origin(at).start..origin(at + needle.len() - 1).end));
    }
    found.sort_unstable_by_key(|place| (place.start, place.end));
    let mut marks: Vec<Range<usize>> = Vec::new();
    for place in found {
        match marks.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => marks.push(place),
        }
    }
    marks
}

/// A text in parts, each with whether it is marked.
#[must_use]
pub fn parts<'text>(text: &'text str, marks: &[Range<usize>]) -> Vec<(&'text str, bool)> {
    let mut parts = Vec::new();
    let mut from = 0;
    for place in marks {
        parts.push((text.get(from..place.start).unwrap_or_default(), false));
        parts.push((text.get(place.clone()).unwrap_or_default(), true));
        from = place.end;
    }
    parts.push((text.get(from..).unwrap_or_default(), false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(search: &str, name: &str) -> String {
        let marks = marks(&Query::parse(search), name);
        let part = |(part, is_marked): (&str, bool)| {
            if is_marked {
                format!("[{part}]")
            } else {
                part.to_owned()
            }
        };
        parts(name, &marks).into_iter().map(part).collect()
    }

    #[test]
    fn what_is_searched_for_is_marked() {
        assert_eq!(marked("stripe key", "STRIPE_API_KEY"), "[STRIPE]_API_[KEY]");
        assert_eq!(marked("a", "DATA"), "D[A]T[A]");
        assert_eq!(marked("ab bc", "ABC"), "[ABC]", "what touches is one");
        assert_eq!(marked("prefix:ST st", "ST_ST"), "[ST]_[ST]");
        assert_eq!(marked("prefix:st", "ST_ST"), "[ST]_ST");
        assert_eq!(marked("-key is:unused label:env=KEY workspace:key", "KEY"), "KEY");
        assert_eq!(marked("", "KEY"), "KEY");
        assert_eq!(marked("ß", "GROẞ"), "GRO[ẞ]");
        assert_eq!(marked("i", "İX"), "[İ]X", "its lower case is longer than it is");
    }

    proptest! {
        #[test]
        fn a_name_stays_as_it_is(search in any::<String>(), name in any::<String>()) {
            let marks = marks(&Query::of_words(&search), &name);
            let joined: String = parts(&name, &marks).into_iter().map(|(part, _)| part).collect();
            prop_assert_eq!(joined, name);
        }

        #[test]
        fn what_matches_by_name_is_marked(name in "[A-Za-zäÖß_]{1,12}", from in 0_usize..12, length in 1_usize..6) {
            let part: String = name.chars().skip(from).take(length).collect();
            let marks = marks(&Query::of_words(&part), &name);
            prop_assert_eq!(marks.is_empty(), part.is_empty());
        }
    }
}

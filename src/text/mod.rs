//! All words of the interface, in one place, by key. Pure: dates and numbers are data here and words only in
//! [`crate::web::intl`].
//!
//! Sentences are in the second person, without jargon and without blame: what happened, what it means, what to do.

pub mod failure;
pub mod label;
pub mod moment;
mod words;

pub use words::{ENGLISH, Words};

/// The words of the language in use.
#[must_use]
pub fn words() -> &'static Words {
    &ENGLISH
}

/// Fills the gaps `{name}` of a sentence. One pass: what is filled in is never read as a gap.
#[must_use]
pub fn fill(sentence: &str, gaps: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if gaps.iter().any(|(gap, _)| *gap == name) => {
                filled.extend(gaps.iter().find(|(gap, _)| *gap == name).map(|(_, text)| *text));
                rest = after;
            }
            _ => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The sentence for one or for another number of things.
#[must_use]
pub fn plural<'a>(count: usize, one: &'a str, other: &'a str) -> &'a str {
    if count == 1 { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_gaps_once() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("{unknown} {", &[("a", "1")]), "{unknown} {");
    }

    #[test]
    fn plurals() {
        assert_eq!(plural(1, "one", "other"), "one");
        assert_eq!(plural(0, "one", "other"), "other");
    }
}

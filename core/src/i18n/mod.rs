//! All texts of the interface: one table for each language, in sections. Dates and numbers are data here and text only in
//! the console's `browser::intl`.
//!
//! English is built in. Any other language is a [`words::Words`], loaded on demand and passed to [`set_language`].

pub mod failure;
pub mod foreign;
pub mod german;
pub mod label;
pub mod language;
pub mod moment;
#[cfg(test)]
mod tests;
pub mod words;
pub mod write_words;

pub use crate::i18n::words::{language, set_language};

/// The placeholders for text from outside, which is filled in as [`foreign::shown`] says. All others are for numbers, times,
/// words of the console and what the user is typing.
const FOREIGN: [&str; 10] = [
    "agents",
    "bundle",
    "email",
    "key",
    "label",
    "labels",
    "name",
    "value",
    "whom",
    "workspace",
];

/// Fills the placeholders `{name}` of a sentence, in one pass: inserted text is never parsed for placeholders.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(placeholder, _)| *placeholder == name)?;
            Some((name, *value, after))
        });
        match value {
            Some((name, value, after)) => {
                if FOREIGN.contains(&name) {
                    filled.push_str(&foreign::shown(value));
                } else {
                    filled.push_str(value);
                }
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A name or other untranslated text in the quotation marks of the current language.
#[must_use]
pub fn quoted(text: &str) -> String {
    fill(words::common().quoted, &[("text", text)])
}

/// The sentence for a count.
///
/// English and German have two cardinal plural categories in the Unicode CLDR
/// (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>): `one` for the integer 1, `other`
/// for everything else, 0 included. A language with more categories needs more sentences.
#[must_use]
pub fn plural<'a>(count: usize, one: &'a str, other: &'a str) -> &'a str {
    if count == 1 { one } else { other }
}

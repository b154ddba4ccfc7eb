//! All words of the interface, in one place, by key. Pure: dates and numbers are data here and words only in
//! [`crate::browser::intl`].
//!
//! Sentences are in the second person, without jargon and without blame: what happened, what it means, what to do.
//!
//! English is always there. Another language is a [`Words`] that comes when it is wanted: whoever has loaded it hands it
//! to [`speak`].

pub mod failure;
pub mod german;
pub mod label;
pub mod language;
pub mod moment;
#[cfg(test)]
mod tests;
mod words;

pub use crate::i18n::words::{ENGLISH, LIST_ENGLISH, ListWords, SECRET_ENGLISH, SecretWords, Words};

use std::cell::Cell;

use crate::i18n::language::Language;

thread_local! {
    // The browser has one thread. On the host every test has its own, so that none changes the language of another.
    static SPOKEN: Cell<(&'static Words, Language)> = const { Cell::new((&ENGLISH, Language::English)) };
    // None is English, which is not named here: it comes with the views that need it.
    static WRITTEN: Cell<Option<&'static SecretWords>> = const { Cell::new(None) };
    static LISTED: Cell<Option<&'static ListWords>> = const { Cell::new(None) };
}

/// The words of the language in use.
///
/// Who asks gets the words of this moment: what is already on screen stays as it is when the language changes, until it
/// is drawn anew.
#[must_use]
pub fn words() -> &'static Words {
    SPOKEN.get().0
}

/// The words of the language in use for the views that write: theirs, and through them every other.
#[must_use]
pub fn secret_words() -> &'static SecretWords {
    WRITTEN.get().unwrap_or(&SECRET_ENGLISH)
}

/// The words of the language in use for the list of secrets: its own, and through them every other.
#[must_use]
pub fn list_words() -> &'static ListWords {
    LISTED.get().unwrap_or(&LIST_ENGLISH)
}

impl std::ops::Deref for ListWords {
    type Target = Words;

    fn deref(&self) -> &Words {
        words()
    }
}

impl std::ops::Deref for SecretWords {
    type Target = Words;

    fn deref(&self) -> &Words {
        words()
    }
}

/// The language in use.
#[must_use]
pub fn language() -> Language {
    SPOKEN.get().1
}

/// The words of one language. English has those of single views at hand where they are needed, and none of them here.
#[derive(Debug, Clone, Copy)]
pub struct Spoken {
    /// What every view needs.
    pub common: &'static Words,
    /// What the views that write need.
    pub written: Option<&'static SecretWords>,
    /// What the list of secrets needs.
    pub listed: Option<&'static ListWords>,
}

impl Spoken {
    /// English.
    pub const ENGLISH: Self = Self {
        common: &ENGLISH,
        written: None,
        listed: None,
    };
}

/// Changes the language in use. The words are handed in, because naming those of every language here would make everyone
/// load them all.
pub fn speak(spoken: Spoken, language: Language) {
    SPOKEN.set((spoken.common, language));
    WRITTEN.set(spoken.written);
    LISTED.set(spoken.listed);
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

/// A name or another text that is not ours, between the quotation marks of the language.
#[must_use]
pub fn quoted(words: &Words, text: &str) -> String {
    fill(words.quoted, &[("text", text)])
}

/// The sentence for one or for another number of things.
///
/// That is all that English and German need. For both, the cardinal plural rules of the Unicode CLDR
/// (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>) have two categories: `one` for
/// the integer 1 (`i = 1 and v = 0`), `other` for everything else, zero included. A language with more of them needs more
/// sentences than two.
#[must_use]
pub fn plural<'a>(count: usize, one: &'a str, other: &'a str) -> &'a str {
    if count == 1 { one } else { other }
}

//! The text around a reference, with everything masked that looks like a credential.
//!
//! Masking errs on the safe side: what is masked without need costs a reader little. A reference is never masked.

use std::ops::Range;

use super::scan::{Reference, references};

/// What stands for a masked part.
pub const MASK: &str = "••••";

/// The text around a reference, safe to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text before the reference.
    pub before: String,
    /// The reference, as it is written.
    pub reference: String,
    /// The text after the reference.
    pub after: String,
}

impl Excerpt {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.reference, self.after)
    }
}

/// Characters shown on either side of a reference.
const SHOWN: usize = 60;
/// Characters looked at on either side: a credential that is cut at the edge of what is shown must still look like one.
const LOOKED_AT: usize = 400;

/// Headers whose whole value is a credential, by a part of their name.
const CREDENTIAL_HEADERS: [&str; 8] = [
    "auth",
    "key",
    "token",
    "secret",
    "cookie",
    "signature",
    "password",
    "credential",
];
/// Words that announce a credential when `=` or `:` follows, by a part of them.
const CREDENTIAL_WORDS: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "key",
    "auth",
    "credential",
    "signature",
    "sig",
    "cookie",
];
/// Schemes of the header `Authorization`; what follows is a credential.
const SCHEMES: [&str; 7] = ["bearer", "basic", "token", "apikey", "key", "digest", "bot"];
/// How well-known credentials begin.
const PREFIXES: [&str; 22] = [
    "sk-",
    "sk_",
    "pk_",
    "rk_",
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "xox",
    "akia",
    "asia",
    "eyj",
    "whsec_",
    "hf_",
    "aiza",
    "ya29",
    "npm_",
    "pypi-",
    "dckr_pat_",
    "lin_api_",
];

/// A character of the text, or a whole reference.
#[derive(Clone, Copy)]
enum Unit<'a> {
    Char(char),
    Reference(&'a str),
}

impl Unit<'_> {
    fn char(self) -> Option<char> {
        match self {
            Self::Char(c) => Some(c),
            Self::Reference(_) => None,
        }
    }
}

/// The text around one of the references in a text. `header` is the name of the header that holds the text.
#[must_use]
pub fn excerpt(text: &str, reference: &Reference<'_>, header: Option<&str>) -> Excerpt {
    let Some(written) = text.get(reference.range.clone()) else {
        return Excerpt::default();
    };
    if is_all_there_is(text, &reference.range) {
        return Excerpt {
            before: text.get(..reference.range.start).unwrap_or_default().to_owned(),
            reference: written.to_owned(),
            after: String::new(),
        };
    }
    let (units, at) = units(text, reference);
    let masked = masked(&units, header);
    let start = at.saturating_sub(SHOWN);
    let end = (at + 1 + SHOWN).min(units.len());
    let is_cut_before = start > 0 || reference.range.start > before_window(text, reference.range.start).len();
    let after = reference.range.end + after_window(text, reference.range.end).len();
    let is_cut_after = end < units.len() || after < text.len();
    let mut before = shown(&units, &masked, start..at);
    let mut rest = shown(&units, &masked, at + 1..end);
    before = before.trim_start().to_owned();
    if is_cut_before {
        before.insert(0, '…');
    }
    rest.truncate(rest.trim_end().len());
    if is_cut_after {
        rest.push('…');
    }
    Excerpt {
        before,
        reference: written.to_owned(),
        after: rest,
    }
}

/// Whether there is nothing but the reference, maybe after a scheme (`Bearer ${A}`): so are most, and nothing is to mask.
fn is_all_there_is(text: &str, reference: &Range<usize>) -> bool {
    let before = text.get(..reference.start).unwrap_or_default();
    let is_scheme = |word: &str| SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(word));
    reference.end == text.len() && (before.is_empty() || before.strip_suffix(' ').is_some_and(is_scheme))
}

fn before_window(text: &str, end: usize) -> &str {
    let before = text.get(..end).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .take(LOOKED_AT)
        .last()
        .map_or(end, |(at, _)| at);
    before.get(start..).unwrap_or_default()
}

fn after_window(text: &str, start: usize) -> &str {
    let after = text.get(start..).unwrap_or_default();
    let end = after.char_indices().nth(LOOKED_AT).map_or(after.len(), |(at, _)| at);
    after.get(..end).unwrap_or_default()
}

/// The units around a reference, and the index of its own.
fn units<'a>(text: &'a str, reference: &Reference<'_>) -> (Vec<Unit<'a>>, usize) {
    let mut units = Vec::new();
    append(&mut units, before_window(text, reference.range.start));
    let at = units.len();
    units.push(Unit::Reference(text.get(reference.range.clone()).unwrap_or_default()));
    append(&mut units, after_window(text, reference.range.end));
    (units, at)
}

fn append<'a>(units: &mut Vec<Unit<'a>>, text: &'a str) {
    let mut done = 0;
    for other in references(text) {
        units.extend(
            text.get(done..other.range.start)
                .unwrap_or_default()
                .chars()
                .map(Unit::Char),
        );
        units.push(Unit::Reference(text.get(other.range.clone()).unwrap_or_default()));
        done = other.range.end;
    }
    units.extend(text.get(done..).unwrap_or_default().chars().map(Unit::Char));
}

/// Writes units out: a masked run as one mask, white space as one space.
fn shown(units: &[Unit<'_>], masked: &[bool], range: Range<usize>) -> String {
    let mut text = String::new();
    let mut is_in_mask = false;
    for (unit, masked) in units.iter().zip(masked).take(range.end).skip(range.start) {
        match unit {
            Unit::Char(_) if *masked => {
                if !is_in_mask {
                    text.push_str(MASK);
                }
                is_in_mask = true;
                continue;
            }
            Unit::Char(c) if c.is_whitespace() || c.is_control() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            Unit::Char(c) => text.push(*c),
            Unit::Reference(written) => text.push_str(written),
        }
        is_in_mask = false;
    }
    text
}

/// Which units are masked.
fn masked(units: &[Unit<'_>], header: Option<&str>) -> Vec<bool> {
    let mut masked = vec![false; units.len()];
    if header.is_some_and(|name| contains_any(&name.to_lowercase(), &CREDENTIAL_HEADERS)) {
        for word in runs(units, |unit| unit.char().is_none_or(|c| !c.is_whitespace())) {
            let slice = units.get(word.clone()).unwrap_or_default();
            if !SCHEMES.contains(&text_of(slice).to_lowercase().as_str()) {
                let is_end = |unit: &&Unit<'_>| matches!(unit, Unit::Char(';' | ','));
                let end = word.end - slice.iter().rev().take_while(is_end).count();
                set(&mut masked, word.start + name_length(slice)..end);
            }
        }
        return masked;
    }
    for word in runs(units, |unit| unit.char().is_none_or(|c| !is_delimiter(c))) {
        mask_word(units.get(word.clone()).unwrap_or_default(), word.start, &mut masked);
    }
    mask_announced(units, &mut masked);
    mask_after_scheme(units, &mut masked);
    masked
}

/// The runs of units that fulfil a condition.
fn runs(units: &[Unit<'_>], is_inside: impl Fn(Unit<'_>) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (index, unit) in units.iter().enumerate() {
        match (start, is_inside(*unit)) {
            (None, true) => start = Some(index),
            (Some(from), false) => {
                runs.push(from..index);
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|from| from..units.len()));
    runs
}

/// Ends a word.
fn is_delimiter(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`,;&?()<>[]{}|\\".contains(c)
}

/// A part of a word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || "_-+~%".contains(c)
}

fn text_of(units: &[Unit<'_>]) -> String {
    units.iter().filter_map(|unit| unit.char()).collect()
}

fn contains_any(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| text.contains(part))
}

fn set(masked: &mut [bool], range: Range<usize>) {
    masked
        .iter_mut()
        .take(range.end)
        .skip(range.start)
        .for_each(|masked| *masked = true);
}

/// The length of `name=` or `name:` at the start of a word, which stays. 0 if there is none.
fn name_length(word: &[Unit<'_>]) -> usize {
    let is_of_name = |unit: &&Unit<'_>| unit.char().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let length = word.iter().take_while(is_of_name).count();
    let is_name = matches!(word.get(length), Some(Unit::Char('=' | ':')))
        && length > 0
        && length + 1 < word.len()
        && !looks_like_credential(&text_of(word.get(..length).unwrap_or_default()));
    if is_name { length + 1 } else { 0 }
}

/// Masks a word that looks like a credential; of an address only the parts that do.
fn mask_word(word: &[Unit<'_>], start: usize, masked: &mut [bool]) {
    let plain = text_of(word);
    let parts = runs(word, |unit| unit.char().is_some_and(is_part)).into_iter();
    let bad: Vec<Range<usize>> = parts
        .filter(|part| looks_like_credential(&text_of(word.get(part.clone()).unwrap_or_default())))
        .collect();
    if plain.contains("://") || plain.starts_with('/') || plain.contains('@') {
        for part in bad.into_iter().chain(userinfo(word)) {
            set(masked, part.start + start..part.end + start);
        }
        return;
    }
    let name = name_length(word);
    let value = text_of(word.get(name..).unwrap_or_default());
    if !bad.is_empty() || looks_like_credential(&value.replace(['/', '.', '=', ':'], "")) {
        set(masked, start + name..start + word.len());
    }
}

/// The password before the `@` of an address; without a user name, whatever stands there.
fn userinfo(word: &[Unit<'_>]) -> Option<Range<usize>> {
    let is = |index: usize, c: char| word.get(index).copied().and_then(Unit::char) == Some(c);
    let at = (0..word.len()).rev().find(|index| is(*index, '@'))?;
    let slashes = (1..at).find(|index| is(*index - 1, '/') && is(*index, '/'));
    let start = slashes.map_or(0, |slash| slash + 1);
    match (start..at).find(|index| is(*index, ':')) {
        Some(colon) => Some(colon + 1..at),
        None => slashes.map(|_| start..at),
    }
}

/// Masks the value in `password=value`, `"api_key": "value"` and the like.
fn mask_announced(units: &[Unit<'_>], masked: &mut [bool]) {
    for word in runs(units, |unit| {
        unit.char().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-')
    }) {
        if !contains_any(
            &text_of(units.get(word.clone()).unwrap_or_default()).to_lowercase(),
            &CREDENTIAL_WORDS,
        ) {
            continue;
        }
        let mut index = word.end;
        let mut is_announced = false;
        while let Some(c) = units.get(index).copied().and_then(Unit::char) {
            match c {
                '=' | ':' => is_announced = true,
                c if c == ' ' || "\"'\\".contains(c) => {}
                _ => break,
            }
            index += 1;
        }
        if !is_announced {
            continue;
        }
        let is_end = |unit: &Unit<'_>| {
            unit.char()
                .is_some_and(|c| c.is_whitespace() || "\"'&,;}<>".contains(c))
        };
        let length = units.iter().skip(index).take_while(|unit| !is_end(unit)).count();
        let value = units.get(index..index + length).unwrap_or_default();
        let first: String = value.iter().map_while(|unit| unit.char()).collect();
        if SCHEMES.contains(&first.to_lowercase().as_str()) {
            continue;
        }
        set(masked, index..index + length);
    }
}

/// Masks the word after `Bearer` and the like.
fn mask_after_scheme(units: &[Unit<'_>], masked: &mut [bool]) {
    let words = runs(units, |unit| unit.char().is_none_or(|c| !is_delimiter(c)));
    for (scheme, next) in words.iter().zip(words.iter().skip(1)) {
        let word = text_of(units.get(scheme.clone()).unwrap_or_default()).to_lowercase();
        let is_next = text_of(units.get(scheme.end..next.start).unwrap_or_default())
            .trim()
            .is_empty();
        if is_next && matches!(word.as_str(), "bearer" | "basic") {
            set(masked, next.clone());
        }
    }
}

/// Whether a part of a word looks like a credential: it begins like one, is a long mixture of letters and digits, or is
/// longer than words are.
fn looks_like_credential(part: &str) -> bool {
    let lower = part.to_lowercase();
    let length = part.chars().count();
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let uppers = part.chars().filter(|c| c.is_uppercase()).count();
    let lowers = part.chars().filter(|c| c.is_lowercase()).count();
    (length >= 8 && PREFIXES.iter().any(|prefix| lower.starts_with(prefix)))
        || (length >= 8 && digits >= 2 && uppers + lowers >= 2)
        || (length >= 12 && digits >= 8)
        || (length >= 16 && uppers * 4 >= length && lowers * 4 >= length)
        || length >= 28
}

//! What a person writes into the search box, as a filter.
//!
//! Words that all have to be met, separated by spaces; `-` before one turns it round. A word with a qualifier that is
//! known is about one column, any other is text to be found in name or external ID. Quotation marks keep spaces together.
//! Nothing that can be typed is an error: what is not understood is text, and says so ([`Note`]).

use std::ops::Range;

use crate::list::instant::{self, Instant};

/// A filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What has to be met, all of it.
    pub terms: Vec<Term>,
    /// What was not understood as it may have been meant.
    pub notes: Vec<Note>,
}

/// One condition, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What has to be met.
    pub kind: Kind,
    /// Whether it must not be met instead.
    pub is_negated: bool,
    /// Where it is in the text, in bytes.
    pub place: Range<usize>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Name or external ID holds this, in any case.
    Text(String),
    /// `prefix:`: the name starts with this.
    Prefix(String),
    /// `label:key=value`, or `label:key` for any value.
    Label(String, Option<String>),
    /// `bundle:`: this bundle owns it.
    Bundle(String),
    /// `is:managed`: some bundle owns it.
    Managed,
    /// `has:external-id`
    HasExternalId,
    /// `is:unused`: it was never used.
    Unused,
    /// `used:`
    Used(Span),
    /// `created:`
    Created(Span),
    /// `by:`: whoever created it is called this, or has this email or id.
    By(String),
    /// `id:`: its id holds this.
    Id(String),
}

/// A span of time that is open at one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Later than the start of this day (UTC), or than this long ago.
    After(Bound),
    /// Earlier.
    Before(Bound),
}

/// Where a span of time ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At an instant.
    At(Instant),
    /// So many milliseconds ago.
    Ago(Instant),
}

impl Bound {
    /// The instant, seen from now.
    #[must_use]
    pub fn instant(self, now: Instant) -> Instant {
        match self {
            Self::At(instant) => instant,
            Self::Ago(age) => now.saturating_sub(age),
        }
    }
}

/// Something in a text that may have been meant otherwise than it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// There is no such qualifier, so the word was taken for text.
    UnknownQualifier(String),
    /// The qualifier is known, and what follows it is not: qualifier and value.
    UnknownValue(String, String),
    /// Nothing follows the qualifier yet.
    Incomplete(String),
}

/// Every qualifier, as it is written before its colon.
pub const QUALIFIERS: [&str; 9] = ["label", "bundle", "prefix", "is", "has", "used", "created", "by", "id"];

/// What can follow `is:` and `has:`.
pub const STATES: [(&str, &str); 3] = [("is", "managed"), ("is", "unused"), ("has", "external-id")];

impl Query {
    /// Reads what was written.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for place in words(text) {
            query.read(text, place);
        }
        query
    }

    /// Whether everything meets it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether text is looked for, so that what fits best can come first.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.terms
            .iter()
            .any(|term| matches!(term.kind, Kind::Text(_)) && !term.is_negated)
    }

    /// Whether it cannot be answered without asking for last use, which costs rate limit.
    #[must_use]
    pub fn needs_info(&self) -> bool {
        let needs = |term: &Term| matches!(term.kind, Kind::Unused | Kind::Used(_) | Kind::By(_));
        self.terms.iter().any(needs)
    }

    fn read(&mut self, text: &str, place: Range<usize>) {
        let whole = text.get(place.clone()).unwrap_or_default();
        let (is_negated, word) = match whole.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, whole),
        };
        let kind = match self.qualified(word) {
            Some(kind) => kind,
            None => Some(Kind::Text(unquoted(word))),
        };
        if let Some(kind) = kind.filter(|kind| !matches!(kind, Kind::Text(text) if text.is_empty())) {
            self.terms.push(Term {
                kind,
                is_negated,
                place,
            });
        }
    }

    /// The condition of a word with a qualifier; `Some(None)` where it is not complete, `None` where it is text.
    fn qualified(&mut self, word: &str) -> Option<Option<Kind>> {
        if word.starts_with('"') {
            return None;
        }
        let (qualifier, value) = word.split_once(':')?;
        let written = qualifier;
        let qualifier = qualifier.to_ascii_lowercase();
        let qualifier = qualifier.as_str();
        if !QUALIFIERS.contains(&qualifier) {
            // `https://…` and the like are plainly text.
            let is_of_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            let is_word = !written.is_empty() && written.bytes().all(is_of_word);
            if is_word && !value.starts_with('/') {
                self.notes.push(Note::UnknownQualifier(written.to_owned()));
            }
            return None;
        }
        let value = unquoted(value);
        if value.is_empty() {
            self.notes.push(Note::Incomplete(qualifier.to_owned()));
            return Some(None);
        }
        let kind = match qualifier {
            "label" => Some(match value.split_once('=') {
                Some((key, label)) => Kind::Label(key.to_owned(), Some(label.to_owned())),
                None => Kind::Label(value.clone(), None),
            }),
            "bundle" => Some(Kind::Bundle(value.clone())),
            "prefix" => Some(Kind::Prefix(value.clone())),
            "by" => Some(Kind::By(value.clone())),
            "id" => Some(Kind::Id(value.clone())),
            "used" => span(&value).map(Kind::Used),
            "created" => span(&value).map(Kind::Created),
            _ => match (qualifier, value.as_str()) {
                ("is", "managed") => Some(Kind::Managed),
                ("is", "unused") => Some(Kind::Unused),
                ("has", "external-id") => Some(Kind::HasExternalId),
                _ => None,
            },
        };
        if kind.is_none() {
            self.notes.push(Note::UnknownValue(qualifier.to_owned(), value));
        }
        // A value that means nothing is text, so that what is on screen is what the words say.
        kind.map(Some)
    }
}

/// Where the words of a text are: quotation marks keep spaces together, wherever in a word they begin.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut is_quoted = false;
    for (at, character) in text.char_indices() {
        if character == '"' {
            is_quoted = !is_quoted;
        }
        if character.is_whitespace() && !is_quoted {
            words.extend(start.take().map(|start| start..at));
        } else if start.is_none() {
            start = Some(at);
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

fn unquoted(word: &str) -> String {
    word.replace('"', "")
}

/// `<30d`, `>90d`, `>2026-01-01`, `<2026-01-01`: less or more than that long ago, after or before that day.
fn span(text: &str) -> Option<Span> {
    let (is_more, text) = match text.as_bytes().first()? {
        b'>' => (true, text.get(1..)?),
        b'<' => (false, text.get(1..)?),
        _ => return None,
    };
    if let Some(day) = instant::parse_day(text) {
        let day = Bound::At(day);
        return Some(if is_more { Span::After(day) } else { Span::Before(day) });
    }
    let age = Bound::Ago(age(text)?);
    // More than 90 days ago is before, and less than 30 days ago is after.
    Some(if is_more { Span::Before(age) } else { Span::After(age) })
}

/// `90m`, `12h`, `30d`, `4w`, `1y`, in milliseconds.
fn age(text: &str) -> Option<Instant> {
    let unit = text.chars().next_back()?;
    let minutes = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        'w' => 7 * 24 * 60,
        'y' => 365 * 24 * 60,
        _ => return None,
    };
    let digits = text.strip_suffix(unit)?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let count: i64 = is_number.then(|| digits.parse().ok()).flatten()?;
    count.checked_mul(minutes)?.checked_mul(60_000)
}

/// The text without one of its conditions.
#[must_use]
pub fn without(text: &str, place: &Range<usize>) -> String {
    let before = text.get(..place.start).unwrap_or(text);
    let after = text.get(place.end..).unwrap_or_default();
    let parts = [before.trim(), after.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// The text with one more condition behind it, unless it is there already.
#[must_use]
pub fn with(text: &str, word: &str) -> String {
    let is_there = words(text).into_iter().any(|place| text.get(place) == Some(word));
    if is_there {
        return text.to_owned();
    }
    let text = text.trim_end();
    // A quotation that was not ended would hold the word, too.
    let end = if text.matches('"').count() % 2 == 1 { "\"" } else { "" };
    if text.is_empty() {
        word.to_owned()
    } else {
        format!("{text}{end} {word}")
    }
}

/// The word for a label, quoted where it has to be.
#[must_use]
pub fn label_word(key: &str, value: &str) -> String {
    let pair = format!("{key}={value}");
    if pair.contains(char::is_whitespace) {
        format!("label:\"{pair}\"")
    } else {
        format!("label:{pair}")
    }
}

#[cfg(test)]
mod tests;

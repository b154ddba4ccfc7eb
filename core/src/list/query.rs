//! Parses the text of the search box into a filter.
//!
//! Words separated by spaces, all of which must match; `-` negates the next word. A word with a known qualifier is
//! about one column, any other is text to find in name, external ID, labels and bundle. Quotation marks group words. No
//! input is an error: what is not understood is treated as text and reported ([`Note`]).

use std::ops::Range;

use crate::list::fold::folded;
use crate::list::instant::{self, Instant};

/// A filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The conditions, all of which must match.
    pub terms: Vec<Term>,
    /// Words that may have been meant otherwise.
    pub notes: Vec<Note>,
}

/// A condition, and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The condition.
    pub kind: Kind,
    /// Whether it must not match.
    pub is_negated: bool,
    /// Its position in the text, in bytes.
    pub place: Range<usize>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Name, external ID, a label or the bundle contains this, ignoring case; or this is the id.
    Text(String),
    /// `prefix:`: the name starts with this.
    Prefix(String),
    /// `label:key=value`: a value of this label starts with this; `label:key`: it has this label. Ignores case.
    Label(String, Option<String>),
    /// `label:"key=value"`: the label has exactly this value.
    ExactLabel(String, String),
    /// `bundle:`: this bundle owns it.
    Bundle(String),
    /// `is:managed`: some bundle owns it.
    Managed,
    /// `has:external-id`
    HasExternalId,
    /// `has:label`: it has a label, other than that of its bundle.
    HasLabel,
    /// `has:creator`: who created it is known.
    HasCreator,
    /// `is:unused`: it was never used.
    Unused,
    /// `used:`
    Used(Span),
    /// `created:`
    Created(Span),
    /// `updated:`
    Updated(Span),
    /// `by:`: the creator's name or email contains this, or this is the creator's id. Ignores case.
    By(String),
    /// `by:"…"`: this is the creator's name, email or id. Ignores case.
    ExactBy(String),
    /// `id:`: its id contains this.
    Id(String),
    /// `id:"one,other"`: its id is one of these.
    Ids(Vec<String>),
    /// `ref:`: how many tool sets refer to it.
    References(UseTest),
    /// `workspace:`: the name of its workspace contains this, ignoring case, or this is the id. Within one workspace it has
    /// no effect: [`Query::is_for_workspace`].
    Workspace(String),
}

/// A number of tool sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseTest {
    /// `none`, or a number.
    Exactly(u32),
    /// `>3`
    MoreThan(u32),
    /// `<3`
    FewerThan(u32),
    /// `missing`: names that no secret has. No secret matches; the view of the references lists them.
    Missing,
}

/// A time span that is open at one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// After the start of this day (UTC), or less than this long ago.
    After(Bound),
    /// Before the start of this day (UTC), or this long ago or longer: what is not less than 30 days ago is more.
    Before(Bound),
}

/// The end of a time span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// A point in time.
    At(Instant),
    /// This many milliseconds ago.
    Ago(Instant),
}

impl Bound {
    /// The point in time, relative to `now`.
    #[must_use]
    pub fn instant(self, now: Instant) -> Instant {
        match self {
            Self::At(instant) => instant,
            Self::Ago(age) => now.saturating_sub(age),
        }
    }
}

/// A word that may have been meant otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// An unknown qualifier; the word is treated as text.
    UnknownQualifier(String),
    /// A known qualifier with an unknown value: qualifier and value.
    UnknownValue(String, String),
    /// A qualifier without a value so far.
    Incomplete(String),
}

/// All qualifiers, without the colon.
pub const QUALIFIERS: [&str; 12] = [
    "label", "bundle", "prefix", "is", "has", "used", "created", "updated", "by", "id", "ref", WORKSPACE,
];

/// The qualifier that chooses workspaces, where several are searched.
pub const WORKSPACE: &str = "workspace";

/// The values of `is:` and `has:`.
pub const STATES: [(&str, &str); 5] = [
    ("is", "managed"),
    ("is", "unused"),
    ("has", "label"),
    ("has", "external-id"),
    ("has", "creator"),
];

impl Query {
    /// Parses a search text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for place in words(text) {
            query.read(text, place);
        }
        query
    }

    /// A filter for rows that contain all words of a text, none of which is a qualifier.
    #[must_use]
    pub fn of_words(text: &str) -> Self {
        let term = |place: Range<usize>| {
            let word = unquoted(text.get(place.clone())?);
            (!word.is_empty()).then_some(Term {
                kind: Kind::Text(word),
                is_negated: false,
                place,
            })
        };
        Self {
            terms: words(text).into_iter().filter_map(term).collect(),
            ..Self::default()
        }
    }

    /// Whether there are no conditions, so that everything matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it contains text to find, so that rows can be ranked.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.terms
            .iter()
            .any(|term| matches!(term.kind, Kind::Text(_)) && !term.is_negated)
    }

    /// Whether it needs the last use, which costs rate limit.
    #[must_use]
    pub fn needs_info(&self) -> bool {
        let needs = |term: &Term| matches!(term.kind, Kind::Unused | Kind::Used(_) | Kind::By(_) | Kind::ExactBy(_));
        self.terms.iter().any(needs)
    }

    /// Whether it needs to know where secrets are used; `Some(true)` if only the view of the references can answer it.
    #[must_use]
    pub fn needs_references(&self) -> Option<bool> {
        let tests = self.terms.iter().filter_map(|term| match term.kind {
            Kind::References(test) => Some(test == UseTest::Missing),
            _ => None,
        });
        tests.reduce(|one, other| one || other)
    }

    /// Whether it searches a workspace, as far as `workspace:` says so.
    #[must_use]
    pub fn is_for_workspace(&self, id: &str, name: &str) -> bool {
        self.terms.iter().all(|term| match &term.kind {
            Kind::Workspace(wanted) => {
                let is_it = wanted == id || memchr::memmem::find(&folded(name), &folded(wanted)).is_some();
                is_it != term.is_negated
            }
            _ => true,
        })
    }

    /// Whether it has a condition on secrets, and not only on their workspaces.
    #[must_use]
    pub fn is_about_secrets(&self) -> bool {
        !self.terms.iter().all(|term| matches!(term.kind, Kind::Workspace(_)))
    }

    /// Whether it has a condition on the workspace.
    #[must_use]
    pub fn names_workspaces(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.kind, Kind::Workspace(_)))
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

    /// The condition of a word with a qualifier; `Some(None)` if it is incomplete, `None` if the word is text.
    fn qualified(&mut self, word: &str) -> Option<Option<Kind>> {
        if word.starts_with('"') {
            return None;
        }
        let (qualifier, value) = word.split_once(':')?;
        let written = qualifier;
        let qualifier = qualifier.to_ascii_lowercase();
        let qualifier = qualifier.as_str();
        if !QUALIFIERS.contains(&qualifier) {
            // `https://…` and the like are text.
            let is_of_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            let is_word = !written.is_empty() && written.bytes().all(is_of_word);
            if is_word && !value.starts_with('/') {
                self.notes.push(Note::UnknownQualifier(written.to_owned()));
            }
            return None;
        }
        let is_quoted = value.contains('"');
        let value = unquoted(value);
        if value.is_empty() {
            self.notes.push(Note::Incomplete(qualifier.to_owned()));
            return Some(None);
        }
        let kind = match qualifier {
            "label" => Some(match value.split_once('=') {
                Some((key, label)) if is_quoted => Kind::ExactLabel(key.to_owned(), label.to_owned()),
                Some((key, label)) => Kind::Label(key.to_owned(), Some(label.to_owned())),
                None => Kind::Label(value.clone(), None),
            }),
            "bundle" => Some(Kind::Bundle(value.clone())),
            "prefix" => Some(Kind::Prefix(value.clone())),
            "by" if is_quoted => Some(Kind::ExactBy(value.clone())),
            "by" => Some(Kind::By(value.clone())),
            "id" if is_quoted => Some(Kind::Ids(value.split(',').map(str::to_owned).collect())),
            "id" => Some(Kind::Id(value.clone())),
            WORKSPACE => Some(Kind::Workspace(value.clone())),
            "ref" => use_test(&value).map(Kind::References),
            "used" => span(&value).map(Kind::Used),
            "created" => span(&value).map(Kind::Created),
            "updated" => span(&value).map(Kind::Updated),
            _ => match (qualifier, value.as_str()) {
                ("is", "managed") => Some(Kind::Managed),
                ("is", "unused") => Some(Kind::Unused),
                ("has", "external-id") => Some(Kind::HasExternalId),
                ("has", "label") => Some(Kind::HasLabel),
                ("has", "creator") => Some(Kind::HasCreator),
                _ => None,
            },
        };
        if kind.is_none() {
            self.notes.push(Note::UnknownValue(qualifier.to_owned(), value));
        }
        // A word with an invalid value is treated as text, so that the rows on screen match the words.
        kind.map(Some)
    }
}

/// The ranges of the words of a text. Quotation marks group, even in the middle of a word.
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
    // More than 90 days ago is before that time, and less than 30 days ago is after it.
    Some(if is_more { Span::Before(age) } else { Span::After(age) })
}

/// `none`, `missing`, `3`, `>3`, `<3`.
fn use_test(text: &str) -> Option<UseTest> {
    match text {
        "none" => return Some(UseTest::Exactly(0)),
        "missing" => return Some(UseTest::Missing),
        _ => {}
    }
    let (make, digits): (fn(u32) -> UseTest, &str) = match text.as_bytes().first()? {
        b'>' => (UseTest::MoreThan, text.get(1..)?),
        b'<' => (UseTest::FewerThan, text.get(1..)?),
        _ => (UseTest::Exactly, text),
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten().map(make)
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

/// The known qualifier that an unknown one may have been meant to be.
#[must_use]
pub fn nearest_qualifier(unknown: &str) -> Option<&'static str> {
    let unknown = unknown.to_ascii_lowercase();
    let near = QUALIFIERS.into_iter().map(|known| (distance(known, &unknown), known));
    near.filter(|(distance, known)| *distance <= 2 && *distance < known.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// The number of letters to insert, remove or replace to get from one word to another.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.bytes().enumerate() {
        let mut before = line;
        let mut left = line + 1;
        for (place, other) in row.iter_mut().skip(1).zip(other.bytes()) {
            let above = *place;
            left = (before + usize::from(letter != other)).min(above + 1).min(left + 1);
            before = above;
            *place = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// A search text, divided for a search box: its whole conditions, each shown as a chip, and the text still being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The conditions with a qualifier, as written.
    pub chips: Vec<String>,
    /// Everything else.
    pub rest: String,
}

impl Tokens {
    /// Divides a text. With `is_typing`, the last word stays text until it is followed by a space.
    #[must_use]
    pub fn of(text: &str, is_typing: bool) -> Self {
        let mut tokens = Self::default();
        let mut kept = 0;
        for place in words(text) {
            let word = text.get(place.clone()).unwrap_or_default();
            let is_open = is_typing && place.end == text.len();
            if !is_open && is_condition(word) {
                tokens.chips.push(word.to_owned());
                tokens.rest.push_str(text.get(kept..place.start).unwrap_or_default());
                let behind = text.get(place.end..).unwrap_or_default();
                kept = place.end + behind.len() - behind.trim_start().len();
            }
        }
        tokens.rest.push_str(text.get(kept..).unwrap_or_default());
        if !tokens.chips.is_empty() && !is_typing {
            tokens.rest = tokens.rest.trim().to_owned();
        }
        tokens
    }

    /// The whole search text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.chips.join(" ");
        if !text.is_empty() && !self.rest.is_empty() {
            text.push(' ');
        }
        text.push_str(&self.rest);
        text
    }
}

/// Whether a word is a whole condition with a qualifier, such as `is:unused`; not `label:env=`, whose value is missing.
fn is_condition(word: &str) -> bool {
    let terms = Query::parse(word).terms;
    let is_text = |term: &Term| matches!(term.kind, Kind::Text(_));
    terms.len() == 1 && !terms.iter().any(is_text) && !word.ends_with('=')
}

/// Removes a condition from a text.
#[must_use]
pub fn without(text: &str, place: &Range<usize>) -> String {
    let before = text.get(..place.start).unwrap_or(text);
    let after = text.get(place.end..).unwrap_or_default();
    let parts = [before.trim(), after.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Appends a condition to a text, unless it contains it already.
#[must_use]
pub fn with(text: &str, word: &str) -> String {
    let is_there = words(text).into_iter().any(|place| text.get(place) == Some(word));
    if is_there {
        return text.to_owned();
    }
    let text = text.trim_end();
    // An unclosed quotation would include the word.
    let end = if text.matches('"').count() % 2 == 1 { "\"" } else { "" };
    if text.is_empty() {
        word.to_owned()
    } else {
        format!("{text}{end} {word}")
    }
}

/// A text without its conditions on the workspace, for the list of one.
#[must_use]
pub fn without_workspaces(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let terms = Query::parse(&text).terms;
        let Some(term) = terms.into_iter().find(|term| matches!(term.kind, Kind::Workspace(_))) else {
            return text;
        };
        text = without(&text, &term.place);
    }
}

/// A text to search for as one word, quoted if necessary.
#[must_use]
pub fn quoted_text(text: &str) -> String {
    let text = unquoted(text);
    if text.contains(char::is_whitespace) {
        format!("\"{text}\"")
    } else {
        text
    }
}

/// The condition for a label, quoted if necessary: because of a space, or, if `is_exact`, to leave out longer values.
#[must_use]
pub fn label_word(key: &str, value: &str, is_exact: bool) -> String {
    let pair = format!("{key}={value}");
    if is_exact || value.is_empty() || pair.contains(char::is_whitespace) {
        format!("label:\"{pair}\"")
    } else {
        format!("label:{pair}")
    }
}

#[cfg(test)]
mod tests;

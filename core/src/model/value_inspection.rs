//! Inspects a value as it is entered: size, line ends, suspicious characters, JSON and PEM.
//!
//! The results are kept in signals, so they hold numbers, kinds and positions, never text. Lines and columns count from 1,
//! columns in characters.

use contract::SecretText;
use serde::de::IgnoredAny;

use crate::model::dotenv::{self, EnvEntry};

/// What is known about a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueInspection {
    /// Size in bytes of UTF-8, as it is sent.
    pub bytes: usize,
    /// Number of characters.
    pub length: usize,
    /// Number of lines. A line end at the very end starts no further line.
    pub lines: usize,
    /// The line ends that are sent.
    pub line_ends: LineEnds,
    /// JSON or PEM, if the value starts like it.
    pub format: Option<Format>,
    characters: Vec<CharacterFinding>,
    /// What it looks like a value wrapped in.
    wrapping: Option<Wrapping>,
    /// A private key whose last line does not end: ssh and other programs refuse it.
    lacks_final_break: bool,
    /// The text field has turned CR or CRLF of a file or a paste into LF.
    is_converted: bool,
}

impl ValueInspection {
    /// Inspects a value that was put into the text field as a whole.
    #[must_use]
    pub fn of(value: &str) -> Self {
        let line_ends = LineEnds::of(value);
        let format = Format::of(value);
        let mut characters = characters_in_value(value);
        if matches!(format, Some(Format::Pem { .. })) {
            // One line end at the end belongs to PEM (RFC 7468, section 3).
            characters.retain(|found| found.kind != CharacterKind::TrailingBreak || found.count > 1);
        }
        Self {
            bytes: value.len(),
            length: value.chars().count(),
            lines: line_ends.0.len() + usize::from(!value.is_empty() && !value.ends_with(['\n', '\r'])),
            line_ends,
            format,
            characters,
            wrapping: Wrapping::of(value),
            lacks_final_break: format.is_some_and(|format| !format.is_broken()) && is_key_without_final_break(value),
            is_converted: false,
        }
    }

    /// A text is about to be pasted or dropped into the text field; [`Self::edit`] follows.
    pub fn expect_paste(&mut self, text: &str) {
        self.is_converted |= text.contains('\r');
    }

    /// The user has changed the text field. `text` is its API value, in which every line ends with LF.
    pub fn edit(&mut self, text: &str) {
        *self = Self {
            is_converted: self.is_converted || self.line_ends.has_return(),
            ..Self::of(text)
        };
    }

    /// Whether the value has more bytes than some servers accept. The contract sets no limit, so the server decides.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.bytes > SecretText::LONGEST
    }

    /// Whether it is a private key whose last line does not end.
    #[must_use]
    pub fn lacks_final_break(&self) -> bool {
        self.lacks_final_break
    }

    /// Whether the value has lost CR or CRLF to the text field.
    #[must_use]
    pub fn has_converted_line_ends(&self) -> bool {
        self.is_converted && !self.line_ends.0.is_empty()
    }

    /// Characters that are easily there by mistake, one entry per kind.
    pub fn characters(&self) -> impl Iterator<Item = &CharacterFinding> {
        self.characters.iter()
    }

    /// The format if it is broken.
    #[must_use]
    pub fn broken_format(&self) -> Option<Format> {
        self.format.filter(|format| format.is_broken())
    }

    /// What it looks like a value wrapped in.
    #[must_use]
    pub fn wrapping(&self) -> Option<Wrapping> {
        self.wrapping
    }

    /// How many things the user should look at.
    #[must_use]
    pub fn finding_count(&self) -> usize {
        self.characters().count()
            + usize::from(self.wrapping.is_some())
            + usize::from(self.broken_format().is_some())
            + usize::from(self.is_large())
            + usize::from(self.lacks_final_break)
            + usize::from(self.line_ends.has_return())
            + usize::from(self.has_converted_line_ends())
    }
}

/// What a value was probably copied with by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// Quotation marks around it.
    Quotes,
    /// `Bearer ` in front of it, from an HTTP header.
    Bearer,
    /// `NAME=` in front of it, from a .env file.
    Assignment,
    /// Several lines of a .env file: this many values, each with its name.
    Assignments(usize),
}

impl Wrapping {
    fn of(value: &str) -> Option<Self> {
        if unquoted(value).is_some() {
            Some(Self::Quotes)
        } else if without_bearer(value).is_some() {
            Some(Self::Bearer)
        } else {
            match dotenv::pasted_as_value(value)?.entries.len() {
                1 => Some(Self::Assignment),
                count => Some(Self::Assignments(count)),
            }
        }
    }
}

/// The value of the one assignment that a value consists of.
fn assigned(value: &str) -> Option<SecretText> {
    let entries = dotenv::pasted_as_value(value)?.entries;
    let [entry] = <[EnvEntry; 1]>::try_from(entries).ok()?;
    Some(entry.value)
}

/// The text between quotation marks of one kind, if it has none of that kind itself.
fn unquoted(value: &str) -> Option<&str> {
    let value = value.trim_matches(is_edge);
    let pairs = [
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('“', '”'),
        ('„', '“'),
        ('‘', '’'),
        ('«', '»'),
    ];
    pairs.into_iter().find_map(|(open, close)| {
        let inside = value.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains([open, close])).then_some(inside)
    })
}

/// Whether a PEM text ends with a private key, and not with a line break.
fn is_key_without_final_break(value: &str) -> bool {
    let last = value
        .lines()
        .next_back()
        .and_then(|line| pem_label(line.trim(), PEM_END));
    last.is_some_and(|label| label.ends_with("PRIVATE KEY")) && !value.ends_with(['\n', '\r'])
}

fn without_bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_at_checked(7)?;
    (scheme.eq_ignore_ascii_case("bearer ") && !token.is_empty()).then_some(token)
}

/// A correction of a value that the user can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fix {
    /// Removes spaces and line breaks at the beginning.
    TrimStart,
    /// Removes spaces and line breaks at the end.
    TrimEnd,
    /// Removes what it is wrapped in.
    Unwrap,
    /// Ends the last line.
    AddBreak,
    /// Converts all line ends to LF.
    LineEnds,
}

/// The corrected value.
#[must_use]
pub fn fixed(value: &str, fix: Fix) -> SecretText {
    match fix {
        Fix::TrimStart => SecretText::new(value.trim_start_matches(is_edge)),
        Fix::TrimEnd => SecretText::new(value.trim_end_matches(is_edge)),
        Fix::Unwrap => match Wrapping::of(value) {
            Some(Wrapping::Assignment) => assigned(value).unwrap_or_else(|| SecretText::new(value)),
            _ => SecretText::new(unquoted(value).or_else(|| without_bearer(value)).unwrap_or(value)),
        },
        Fix::AddBreak => {
            let mut text = String::with_capacity(value.len() + 1);
            text.push_str(value);
            text.push('\n');
            SecretText::new(text)
        }
        Fix::LineEnds => {
            // The exact size: a buffer that grows leaves copies of the value behind.
            let mut text = String::with_capacity(value.len());
            let mut characters = value.chars().peekable();
            while let Some(character) = characters.next() {
                if character == '\r' {
                    characters.next_if_eq(&'\n');
                    text.push('\n');
                } else {
                    text.push(character);
                }
            }
            SecretText::new(text)
        }
    }
}

fn is_edge(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// A line feed.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
    /// A carriage return.
    Cr,
}

impl LineEnd {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }
}

/// How each line of a text ends, in order. A text field hands out LF only (HTML, 4.10.11, "API value"), so this is kept
/// beside it to send a file byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineEnds(Vec<LineEnd>);

impl LineEnds {
    fn of(text: &str) -> Self {
        let mut ends = Vec::new();
        let mut bytes = text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\n' => ends.push(LineEnd::Lf),
                b'\r' if bytes.next_if_eq(&b'\n').is_some() => ends.push(LineEnd::CrLf),
                b'\r' => ends.push(LineEnd::Cr),
                _ => {}
            }
        }
        Self(ends)
    }

    /// How many are of this kind.
    #[must_use]
    pub fn count(&self, end: LineEnd) -> usize {
        self.0.iter().filter(|it| **it == end).count()
    }

    /// Whether any is not LF.
    #[must_use]
    pub fn has_return(&self) -> bool {
        self.0.iter().any(|end| *end != LineEnd::Lf)
    }

    /// Puts these line ends into the API value of the text field.
    #[must_use]
    pub fn apply(&self, text: &str) -> SecretText {
        // The exact size: a buffer that grows leaves copies of the value behind.
        let mut value = String::with_capacity(text.len() + self.count(LineEnd::CrLf));
        let mut ends = self.0.iter();
        for line in text.split_inclusive('\n') {
            match line.strip_suffix('\n') {
                Some(line) => {
                    value.push_str(line);
                    value.push_str(ends.next().unwrap_or(&LineEnd::Lf).as_str());
                }
                None => value.push_str(line),
            }
        }
        SecretText::new(value)
    }
}

/// A kind of character that is easily there by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CharacterKind {
    /// Spaces and tabs at the beginning.
    LeadingSpace,
    /// Spaces and tabs at the end.
    TrailingSpace,
    /// Line breaks at the end.
    TrailingBreak,
    /// Spaces other than U+0020, such as a no-break space.
    OtherSpace,
    /// Characters without a width, and those that only change the direction of writing.
    Invisible,
    /// Quotation marks, dashes and full-width forms that a word processor or a chat puts in the place of plain ones.
    LookAlike,
    /// A byte order mark.
    ByteOrderMark,
    /// Control characters other than tabs and line breaks.
    Control,
}

/// How often a kind of character occurs, and where first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharacterFinding {
    /// The kind.
    pub kind: CharacterKind,
    /// Number of characters.
    pub count: usize,
    /// Line of the first one.
    pub line: usize,
    /// Column of the first one.
    pub column: usize,
}

/// Finds suspicious characters in a text of one line, such as a name. Control characters and line breaks are not reported:
/// validation refuses them.
#[must_use]
pub fn characters_in_line(text: &str) -> Vec<CharacterFinding> {
    let mut found = characters_in_value(text);
    found.retain(|found| !matches!(found.kind, CharacterKind::Control | CharacterKind::TrailingBreak));
    found
}

fn characters_in_value(text: &str) -> Vec<CharacterFinding> {
    // A text of nothing but white space is all leading.
    let begin = text.len() - text.trim_start_matches(is_edge).len();
    let end = text.trim_end_matches(is_edge).len().max(begin);
    let mut findings = Vec::<CharacterFinding>::new();
    let (mut line, mut column) = (1, 1);
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let kind = match character {
            ' ' | '\t' if at < begin => Some(CharacterKind::LeadingSpace),
            ' ' | '\t' if at >= end => Some(CharacterKind::TrailingSpace),
            '\n' | '\r' if at >= end => Some(CharacterKind::TrailingBreak),
            _ => character_kind(character),
        };
        if let Some(kind) = kind {
            match findings.iter_mut().find(|found| found.kind == kind) {
                Some(found) => found.count += 1,
                None => findings.push(CharacterFinding {
                    kind,
                    count: 1,
                    line,
                    column,
                }),
            }
        }
        if character == '\r' {
            // CRLF is one line break.
            characters.next_if(|(_, next)| *next == '\n');
        }
        if matches!(character, '\n' | '\r') {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    findings.sort_unstable_by_key(|found| found.kind);
    findings
}

pub(crate) fn character_kind(character: char) -> Option<CharacterKind> {
    match character {
        '\n' | '\r' | '\t' => None,
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(CharacterKind::OtherSpace),
        // Zero width, soft hyphen, joiners, invisible operators, blank fillers, tags; then the marks, embeddings, overrides
        // and isolates of UAX #9, section 2.
        '\u{200b}'..='\u{200d}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{e0000}'..='\u{e007f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}' => Some(CharacterKind::Invisible),
        '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201f}'
        | '\u{2026}'
        | '\u{2032}'..='\u{2037}'
        | '\u{2039}'
        | '\u{203a}'
        | '\u{2212}'
        | '\u{b4}'
        | '\u{2c6}'
        | '\u{2dc}'
        | '\u{ff01}'..='\u{ff5e}' => Some(CharacterKind::LookAlike),
        '\u{feff}' => Some(CharacterKind::ByteOrderMark),
        _ => character.is_control().then_some(CharacterKind::Control),
    }
}

/// The format that a value starts like, and whether it is well-formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Valid JSON.
    Json,
    /// Invalid JSON.
    BrokenJson {
        /// Line of the error.
        line: usize,
        /// Column of the error.
        column: usize,
    },
    /// Valid PEM.
    Pem {
        /// Number of blocks.
        blocks: usize,
    },
    /// Invalid PEM.
    BrokenPem {
        /// Line of the error.
        line: usize,
        /// Line breaks are written as a backslash and an n, as in a JSON string.
        has_escaped_breaks: bool,
    },
}

impl Format {
    /// Whether the value is not well-formed.
    #[must_use]
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::BrokenJson { .. } | Self::BrokenPem { .. })
    }

    fn of(value: &str) -> Option<Self> {
        // A signed text is any text, with a block in it that does not end as it begins (RFC 9580, section 7).
        if value.contains("-----BEGIN PGP SIGNED MESSAGE-----") {
            return None;
        }
        if value.contains(PEM_BEGIN) {
            return Some(Self::pem(value));
        }
        value
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with(['{', '['])
            .then(|| Self::json(value))
    }

    fn json(value: &str) -> Self {
        let Err(error) = serde_json::from_str::<IgnoredAny>(value) else {
            return Self::Json;
        };
        // Only the position is used: the message may quote the value. serde_json counts columns in bytes.
        let line = error.line().max(1);
        let text = value.split('\n').nth(line - 1).unwrap_or_default().as_bytes();
        let before = text.get(..error.column()).unwrap_or(text);
        let is_continuation = |byte: u8| matches!(byte, 0x80..=0xbf);
        let column = before.iter().filter(|byte| !is_continuation(**byte)).count().max(1);
        Self::BrokenJson { line, column }
    }

    /// Reads PEM as RFC 7468 has it: any number of blocks, with text around them.
    fn pem(value: &str) -> Self {
        let mut blocks = 0;
        let mut open = None::<PemBlock<'_>>;
        for (index, line) in value.split('\n').enumerate() {
            let (number, line) = (index + 1, line.trim());
            let has_boundary = line.contains(PEM_BEGIN) || line.contains(PEM_END);
            let is_valid = if let Some(label) = pem_label(line, PEM_BEGIN) {
                open.replace(PemBlock::new(label, number)).is_none()
            } else if let Some(label) = pem_label(line, PEM_END) {
                blocks += 1;
                open.take()
                    .is_some_and(|block| block.label == label && block.is_complete())
            } else {
                // A boundary stands alone in its line.
                !has_boundary && open.as_mut().is_none_or(|block| block.push(line))
            };
            if !is_valid {
                return Self::BrokenPem {
                    line: number,
                    has_escaped_breaks: has_boundary && line.contains("\\n"),
                };
            }
        }
        open.map_or(Self::Pem { blocks }, |block| Self::BrokenPem {
            line: block.line,
            has_escaped_breaks: false,
        })
    }
}

const PEM_BEGIN: &str = "-----BEGIN ";
const PEM_END: &str = "-----END ";

/// The label of a line that is a boundary.
fn pem_label<'a>(line: &'a str, boundary: &str) -> Option<&'a str> {
    let label = line.strip_prefix(boundary)?.strip_suffix("-----")?;
    (!label.contains("--")).then_some(label)
}

/// A PEM block whose end has not been read yet.
struct PemBlock<'a> {
    label: &'a str,
    line: usize,
    /// Characters of base64 (RFC 4648, section 4), and how many of them are padding.
    characters: usize,
    padding: usize,
    /// The checksum of an OpenPGP block was read: it is the last line.
    has_checksum: bool,
}

impl<'a> PemBlock<'a> {
    const fn new(label: &'a str, line: usize) -> Self {
        Self {
            label,
            line,
            characters: 0,
            padding: 0,
            has_checksum: false,
        }
    }

    /// Reads a line. Returns whether it is valid there.
    fn push(&mut self, line: &str) -> bool {
        // Headers come first (RFC 1421; OpenSSL writes them before encrypted keys).
        if line.is_empty() || (self.characters == 0 && line.contains(':')) {
            return true;
        }
        if self.label.starts_with("PGP ")
            && !self.has_checksum
            && let Some(checksum) = line.strip_prefix('=')
        {
            // RFC 4880, section 6.
            self.has_checksum = true;
            return checksum.len() == 4 && checksum.bytes().all(is_base64);
        }
        !self.has_checksum
            && line.bytes().all(|byte| {
                self.characters += 1;
                self.padding += usize::from(byte == b'=');
                match byte {
                    b'=' => self.padding <= 2,
                    _ => self.padding == 0 && is_base64(byte),
                }
            })
    }

    const fn is_complete(&self) -> bool {
        self.characters > 0 && self.characters.is_multiple_of(4)
    }
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

#[cfg(test)]
mod tests;

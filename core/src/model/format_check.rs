//! Values in a form that can be checked: JSON and PEM. What is said of them is a place, never their text.

use serde::de::IgnoredAny;
use serde_json::error::Category;

/// A form that a value seems to be meant in, and whether it keeps it. Places are lines and characters, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON.
    Json,
    /// Something that begins like JSON and is not.
    BrokenJson {
        /// Whether it only ends too early.
        is_cut_off: bool,
        /// The line where it breaks.
        line: usize,
        /// The character of that line.
        column: usize,
    },
    /// So many PEM blocks.
    Pem(usize),
    /// Something that begins like a PEM block and is none.
    BrokenPem(PemProblem, usize),
}

impl Form {
    /// Whether it does not keep the form.
    #[must_use]
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::BrokenJson { .. } | Self::BrokenPem(..))
    }
}

/// How a PEM block (RFC 7468) can break; in the line that stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PemProblem {
    /// The line that begins or ends a block is not closed by five dashes, or does not stand alone.
    Boundary,
    /// A block has no end.
    NoEnd,
    /// A block ends that never began, or begins within another.
    OutOfPlace,
    /// The labels of begin and end differ.
    LabelsDiffer,
    /// There is nothing in the block.
    Empty,
    /// What is in the block is not base64.
    Base64,
    /// The line breaks are written as a backslash and an n.
    WrittenBreaks,
}

/// What a value seems to be; none where it is just text.
#[must_use]
pub fn recognise(value: &str) -> Option<Form> {
    if value.contains(BEGIN) {
        return Some(pem(value));
    }
    value
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['{', '['])
        .then(|| json(value))
}

fn json(value: &str) -> Form {
    let Err(error) = serde_json::from_str::<IgnoredAny>(value) else {
        return Form::Json;
    };
    // The message may quote the text; only the place is used. Its column is in bytes.
    let line = error.line().max(1);
    let text = value.split('\n').nth(line - 1).unwrap_or_default();
    let before = text.as_bytes().get(..error.column()).unwrap_or(text.as_bytes());
    let is_start = |byte: &&u8| !matches!(**byte, 0x80..=0xbf);
    Form::BrokenJson {
        is_cut_off: error.classify() == Category::Eof,
        line,
        column: before.iter().filter(is_start).count().max(1),
    }
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// A block that has begun.
struct Block<'a> {
    label: &'a str,
    line: usize,
    /// Whether headers may still come (RFC 1421, as OpenSSL writes them before what is encrypted).
    has_data: bool,
    base64: Base64,
}

fn pem(value: &str) -> Form {
    let mut blocks = 0;
    let mut block = None::<Block<'_>>;
    for (index, line) in value.split('\n').enumerate() {
        let line_number = index + 1;
        let broken = |problem| Form::BrokenPem(problem, line_number);
        let line = line.trim();
        if line.contains("\\n") && (line.contains(BEGIN) || line.contains(END)) {
            return broken(PemProblem::WrittenBreaks);
        }
        if let Some(rest) = line.strip_prefix(BEGIN) {
            let Some(label) = closed(rest) else {
                return broken(PemProblem::Boundary);
            };
            let open = Block {
                label,
                line: line_number,
                has_data: false,
                base64: Base64::default(),
            };
            if block.replace(open).is_some() {
                return broken(PemProblem::OutOfPlace);
            }
        } else if let Some(rest) = line.strip_prefix(END) {
            let Some(label) = closed(rest) else {
                return broken(PemProblem::Boundary);
            };
            let Some(open) = block.take() else {
                return broken(PemProblem::OutOfPlace);
            };
            if open.label != label {
                return broken(PemProblem::LabelsDiffer);
            }
            if !open.has_data {
                return broken(PemProblem::Empty);
            }
            if !open.base64.is_whole() {
                return broken(PemProblem::Base64);
            }
            blocks += 1;
        } else if line.contains(BEGIN) || line.contains(END) {
            return broken(PemProblem::Boundary);
        } else if let Some(open) = &mut block
            && !open.take(line)
        {
            return broken(PemProblem::Base64);
        }
    }
    match block {
        Some(open) => Form::BrokenPem(PemProblem::NoEnd, open.line),
        None => Form::Pem(blocks),
    }
}

/// The label before the five dashes that end the line.
fn closed(rest: &str) -> Option<&str> {
    rest.strip_suffix("-----").filter(|label| !label.contains("--"))
}

impl Block<'_> {
    /// Takes a line of the block. Returns whether it may stand there.
    fn take(&mut self, line: &str) -> bool {
        if line.is_empty() || (!self.has_data && line.contains(':')) {
            return true;
        }
        self.has_data = true;
        line.bytes().all(|byte| self.base64.take(byte))
    }
}

/// Base64 (RFC 4648, section 4) that comes byte by byte. Its bits may be anything.
#[derive(Default)]
struct Base64 {
    characters: usize,
    padding: usize,
}

impl Base64 {
    fn take(&mut self, byte: u8) -> bool {
        self.characters += 1;
        if byte == b'=' {
            self.padding += 1;
            return self.padding <= 2;
        }
        self.padding == 0 && (byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
    }

    fn is_whole(&self) -> bool {
        self.characters.is_multiple_of(4)
    }
}

#[cfg(test)]
mod tests;

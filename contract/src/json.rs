//! A streaming JSON reader that skips unneeded values in place.
//!
//! Handwritten, because a page of a thousand secrets must decode within a millisecond and with little code: a generic
//! deserialiser compiles to several times the size for each type, and brings tables for numbers that nobody reads.
//! Strictly RFC 8259.

use std::borrow::Cow;

use crate::long_text::shortened;

/// Why reading failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Invalid JSON.
    Syntax,
    /// Unexpected end.
    Early,
    /// Valid JSON of another type than expected.
    Kind,
    /// The reader's target has no more room.
    TooLarge,
}

/// What was read, or why it could not be.
pub type Read<Value> = Result<Value, Broken>;

/// Handles each member of an object or item of a list, in place.
pub type Each<'each, 'text, What> = &'each mut dyn FnMut(&mut Json<'text>, What) -> Read<()>;

/// What becomes of a field of an object.
pub enum Field<'field, 'text> {
    /// A text is put here; one that is too long is shortened.
    Text(&'field mut Cow<'text, str>),
    /// A text, or a number as it is written, is put here.
    TextOrNumber(&'field mut Cow<'text, str>),
    /// The value is read by a function.
    Value(&'field mut dyn FnMut(&mut Json<'text>) -> Read<()>),
}

/// A resource that can be read from JSON.
pub trait FromJson: Sized {
    /// Reads it; `null` is none.
    ///
    /// # Errors
    ///
    /// If it is broken, or has another form than the contract says.
    fn read(json: &mut Json<'_>) -> Read<Option<Self>>;
}

/// Reads a whole text of one value.
///
/// # Errors
///
/// Why, and at which line and column.
pub fn whole<Value>(
    bytes: &[u8],
    read: impl FnOnce(&mut Json<'_>) -> Read<Value>,
) -> Result<Value, (Broken, usize, usize)> {
    let text = repaired(bytes);
    let mut json = Json::of(&text);
    let value = read(&mut json).and_then(|value| json.end().map(|()| value));
    value.map_err(|broken| {
        let (line, column) = json.place();
        (broken, line, column)
    })
}

/// The bytes as text. Bytes that are not UTF-8 become what no reader accepts as text: unpaired surrogates. So they spoil
/// the string that they are in and nothing else; outside of a string they are a syntax error as before.
#[must_use]
pub fn repaired(bytes: &[u8]) -> Cow<'_, str> {
    // The space ends a pair with what follows. Twice, because a backslash may stand before it.
    const UNPAIRED: &str = "\\ud800 \\ud800 ";
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + UNPAIRED.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(UNPAIRED);
        }
    }
    Cow::Owned(text)
}

/// The maximum nesting depth of what is read; what is skipped may be deeper.
const DEEPEST: u32 = 128;

/// A JSON text and the read position.
#[derive(Debug)]
pub struct Json<'text> {
    text: &'text str,
    at: usize,
    depth: u32,
}

impl<'text> Json<'text> {
    /// Reads a text from its start.
    #[must_use]
    pub fn of(text: &'text str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Line and column of the read position, from 1.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n');
        let (lines, last) = line.fold((0, 0), |(lines, _), line| (lines + 1, line.len()));
        (lines, last + 1)
    }

    fn byte(&self) -> Read<u8> {
        self.text.as_bytes().get(self.at).copied().ok_or(Broken::Early)
    }

    /// A second reader at the same position.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { ..*self }
    }

    /// The next byte that is not white space: what a value begins with says what it is.
    pub(crate) fn next(&mut self) -> Read<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    /// Skips an expected byte.
    fn pass(&mut self, wanted: u8) -> Read<()> {
        if self.next()? != wanted {
            return Err(Broken::Syntax);
        }
        self.at += 1;
        Ok(())
    }

    fn literal(&mut self, wanted: &str) -> Read<()> {
        for byte in wanted.bytes() {
            if self.byte()? != byte {
                return Err(Broken::Syntax);
            }
            self.at += 1;
        }
        Ok(())
    }

    /// The error for a value of another type than expected.
    fn other(&mut self) -> Broken {
        match self.skip() {
            Ok(()) => Broken::Kind,
            Err(broken) => broken,
        }
    }

    /// Checks that only white space follows.
    pub fn end(&mut self) -> Read<()> {
        match self.next() {
            Err(Broken::Early) => Ok(()),
            _ => Err(Broken::Syntax),
        }
    }

    /// Reads an object, field by field; `null` is empty. Returns whether there was an object.
    ///
    /// [`Field`] says what becomes of a field; of duplicate names, the last one counts.
    pub fn fields(&mut self, known: &mut [(&str, Field<'_, 'text>)]) -> Read<bool> {
        self.object(&mut |json, key| match known.iter_mut().find(|(name, _)| *name == key) {
            Some((_, Field::Text(text))) => json.text().map(|read| **text = read),
            Some((_, Field::TextOrNumber(text))) => json.text_or_number().map(|read| **text = read),
            Some((_, Field::Value(read))) => read(json),
            None => json.skip(),
        })
    }

    /// Reads an object, member by member; `null` is skipped. Returns whether there was an object.
    pub fn object(&mut self, each: Each<'_, 'text, Cow<'text, str>>) -> Read<bool> {
        match self.next()? {
            b'{' => {}
            b'n' => return self.literal("null").map(|()| false),
            _ => return Err(self.other()),
        }
        self.many(b'}', &mut |json, ()| {
            if json.next()? != b'"' {
                return Err(Broken::Syntax);
            }
            let key = json.text()?;
            json.pass(b':')?;
            each(json, key)
        })
    }

    /// Reads a list, item by item; `null` is skipped. Returns whether there was a list.
    pub fn list(&mut self, each: Each<'_, 'text, ()>) -> Read<bool> {
        match self.next()? {
            b'[' => self.many(b']', each),
            b'n' => self.literal("null").map(|()| false),
            _ => Err(self.other()),
        }
    }

    /// Reads comma-separated content up to the closing bracket.
    fn many(&mut self, end: u8, each: Each<'_, 'text, ()>) -> Read<bool> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Broken::Kind);
        }
        if self.next()? != end {
            loop {
                each(self, ())?;
                match self.next()? {
                    b',' => self.at += 1,
                    byte if byte == end => break,
                    _ => return Err(Broken::Syntax),
                }
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(true)
    }

    /// Reads a string; `null` is empty. One that is too long is [`shortened`](crate::long_text).
    pub fn text(&mut self) -> Read<Cow<'text, str>> {
        self.whole_text().map(shortened)
    }

    /// Reads a string of any length, borrowed if it contains no escapes; `null` is empty.
    pub fn whole_text(&mut self) -> Read<Cow<'text, str>> {
        match self.next()? {
            b'"' => {}
            b'n' => return self.literal("null").map(|()| Cow::Borrowed("")),
            _ => return Err(self.other()),
        }
        let (raw, is_escaped) = self.raw()?;
        if is_escaped {
            // Half of a pair is JSON, but no text.
            unescaped(raw).map(Cow::Owned).ok_or(Broken::Kind)
        } else {
            Ok(Cow::Borrowed(raw))
        }
    }

    /// Reads a text, or a number as it is written; `null` is empty.
    pub fn text_or_number(&mut self) -> Read<Cow<'text, str>> {
        if !matches!(self.next()?, b'-' | b'0'..=b'9') {
            return self.text();
        }
        let start = self.at;
        self.number()?;
        Ok(Cow::Borrowed(self.text.get(start..self.at).unwrap_or_default()))
    }

    /// Reads a boolean; `null` is `false`.
    pub fn flag(&mut self) -> Read<bool> {
        let is_true = match self.next()? {
            b't' => true,
            b'f' | b'n' => false,
            _ => return Err(self.other()),
        };
        self.skip().map(|()| is_true)
    }

    /// Skips a string without unescaping or copying it.
    fn raw(&mut self) -> Read<(&'text str, bool)> {
        self.at += 1;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            self.at = plain(self.text.as_bytes(), self.at);
            match self.byte()? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    self.at += 1;
                    let digits = match self.byte()? {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 0,
                        b'u' => 4,
                        _ => return Err(Broken::Syntax),
                    };
                    self.at += 1;
                    for _ in 0..digits {
                        if !self.byte()?.is_ascii_hexdigit() {
                            return Err(Broken::Syntax);
                        }
                        self.at += 1;
                    }
                }
                // A control character.
                _ => return Err(Broken::Syntax),
            }
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        Ok((raw, is_escaped))
    }

    /// Skips a value, however deep it is nested: without recursion.
    pub fn skip(&mut self) -> Read<()> {
        let mut ends = Vec::new();
        loop {
            match self.next()? {
                b'"' => self.raw().map(|_| ())?,
                open @ (b'{' | b'[') => {
                    self.at += 1;
                    let end = if open == b'{' { b'}' } else { b']' };
                    ends.push(end);
                    if self.next()? != end {
                        self.skip_name(end)?;
                        continue;
                    }
                }
                b't' => self.literal("true")?,
                b'f' => self.literal("false")?,
                b'n' => self.literal("null")?,
                b'-' | b'0'..=b'9' => self.number()?,
                _ => return Err(Broken::Syntax),
            }
            loop {
                let Some(&end) = ends.last() else { return Ok(()) };
                let byte = self.next()?;
                if byte != end && byte != b',' {
                    return Err(Broken::Syntax);
                }
                self.at += 1;
                if byte == b',' {
                    self.skip_name(end)?;
                    break;
                }
                ends.pop();
            }
        }
    }

    /// Skips the name of a member, if this is an object.
    fn skip_name(&mut self, end: u8) -> Read<()> {
        if end != b'}' {
            return Ok(());
        }
        if self.next()? != b'"' {
            return Err(Broken::Syntax);
        }
        self.raw()?;
        self.pass(b':')
    }

    fn number(&mut self) -> Read<()> {
        if self.byte()? == b'-' {
            self.at += 1;
        }
        match self.byte()? {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Ok(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Ok(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte()?, b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// Skips one or more digits.
    fn digits(&mut self) -> Read<()> {
        if !self.byte()?.is_ascii_digit() {
            return Err(Broken::Syntax);
        }
        while self.byte().is_ok_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }
}

/// The index of the first byte from `at` that ends a string, begins an escape or is invalid in one; checks eight bytes
/// at a time.
fn plain(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGHS: u64 = ONES << 7;
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        let found = (below(word, 0x20) | is(b'"') | is(b'\\')) & HIGHS;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
    while bytes.get(at).is_some_and(is_plain) {
        at += 1;
    }
    at
}

/// Unescapes a string with well-formed escapes; `None` for an unpaired surrogate.
fn unescaped(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let (kind, after) = after.split_at_checked(1)?;
        rest = after;
        text.push(match kind {
            "b" => '\u{8}',
            "f" => '\u{c}',
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            "u" => {
                let mut half = || {
                    let (digits, after) = rest.split_at_checked(4)?;
                    rest = after;
                    u32::from_str_radix(digits, 16).ok()
                };
                let first = half()?;
                if (0xd800..0xdc00).contains(&first) {
                    rest = rest.strip_prefix("\\u")?;
                    let (digits, after) = rest.split_at_checked(4)?;
                    rest = after;
                    let second = u32::from_str_radix(digits, 16).ok()?.checked_sub(0xdc00)?;
                    let high = (first - 0xd800) << 10;
                    char::from_u32(0x1_0000 + high + second).filter(|_| second < 0x400)?
                } else {
                    char::from_u32(first)?
                }
            }
            other => other.chars().next()?,
        });
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests;

//! A streaming JSON reader that skips unneeded values in place.
//!
//! Handwritten, because a page of a thousand secrets must decode within a millisecond and with little code: a generic
//! deserialiser compiles to several times the size for each type. Strictly RFC 8259.

use std::borrow::Cow;

/// Why reading failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// Invalid JSON.
    Syntax,
    /// Unexpected end.
    Early,
    /// Valid JSON of another type than expected.
    Kind,
    /// The reader's target has no more room.
    TooLarge,
}

pub(crate) type Read<Value> = Result<Value, Broken>;

/// Handles each member of an object or item of a list, in place.
pub(crate) type Each<'each, 'text, What> = &'each mut dyn FnMut(&mut Json<'text>, What) -> Read<()>;

/// The maximum nesting depth.
const DEEPEST: u32 = 128;

/// A JSON text and the read position.
#[derive(Debug)]
pub(crate) struct Json<'text> {
    text: &'text str,
    at: usize,
    depth: u32,
}

impl<'text> Json<'text> {
    pub(crate) fn of(text: &'text str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Line and column of the read position, from 1.
    pub(crate) fn place(&self) -> (usize, usize) {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n');
        let (lines, last) = line.fold((0, 0), |(lines, _), line| (lines + 1, line.len()));
        (lines, last + 1)
    }

    fn byte(&self) -> Read<u8> {
        self.text.as_bytes().get(self.at).copied().ok_or(Broken::Early)
    }

    /// A second reader at the same position.
    pub(crate) fn again(&self) -> Self {
        Self { ..*self }
    }

    /// The next byte that is not white space.
    fn next(&mut self) -> Read<u8> {
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
    pub(crate) fn end(&mut self) -> Read<()> {
        match self.next() {
            Err(Broken::Early) => Ok(()),
            _ => Err(Broken::Syntax),
        }
    }

    /// Reads an object, member by member; `null` is skipped. Returns whether there was an object.
    pub(crate) fn object(&mut self, each: Each<'_, 'text, Cow<'text, str>>) -> Read<bool> {
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
    pub(crate) fn list(&mut self, each: Each<'_, 'text, ()>) -> Read<bool> {
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
            return Err(Broken::Syntax);
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

    /// Reads a string, borrowed if it contains no escapes; `null` is empty.
    pub(crate) fn text(&mut self) -> Read<Cow<'text, str>> {
        match self.next()? {
            b'"' => {}
            b'n' => return self.literal("null").map(|()| Cow::Borrowed("")),
            _ => return Err(self.other()),
        }
        let (raw, is_escaped) = self.raw()?;
        if is_escaped {
            unescaped(raw).map(Cow::Owned).ok_or(Broken::Syntax)
        } else {
            Ok(Cow::Borrowed(raw))
        }
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

    /// Skips a value.
    pub(crate) fn skip(&mut self) -> Read<()> {
        match self.next()? {
            b'"' => self.raw().map(|_| ()),
            b'{' => self.object(&mut |json, _| json.skip()).map(|_| ()),
            b'[' => self.list(&mut |json, ()| json.skip()).map(|_| ()),
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(Broken::Syntax),
        }
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

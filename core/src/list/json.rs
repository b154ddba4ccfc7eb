//! Reading JSON where it stands, without making anything of what nobody asks for.
//!
//! By hand, because a page of a thousand secrets has to be read in a millisecond and in few bytes of program: what a
//! general reader is compiled to for each shape of answer is several times as large. RFC 8259, and nothing beside it.

use std::borrow::Cow;

/// Why reading ended before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It is not JSON.
    Syntax,
    /// It ends too early.
    Early,
    /// It is JSON, and not what is read there.
    Kind,
    /// Whoever reads has no more room.
    TooLarge,
}

pub(crate) type Read<Value> = Result<Value, Broken>;

/// What is done with what an object or a list holds, where it stands.
pub(crate) type Each<'each, 'text, What> = &'each mut dyn FnMut(&mut Json<'text>, What) -> Read<()>;

/// How deep values may be in each other.
const DEEPEST: u32 = 128;

/// A text that is read as JSON, and how far it was read.
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

    /// Line and column of where it is, from 1.
    pub(crate) fn place(&self) -> (usize, usize) {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n');
        let (lines, last) = line.fold((0, 0), |(lines, _), line| (lines + 1, line.len()));
        (lines, last + 1)
    }

    fn byte(&self) -> Read<u8> {
        self.text.as_bytes().get(self.at).copied().ok_or(Broken::Early)
    }

    /// The next byte that is no white space.
    fn next(&mut self) -> Read<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    /// Passes a byte that has to be there.
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

    /// Another value than the one that is read here.
    fn other(&mut self) -> Broken {
        match self.skip() {
            Ok(()) => Broken::Kind,
            Err(broken) => broken,
        }
    }

    /// Nothing may follow but white space.
    pub(crate) fn end(&mut self) -> Read<()> {
        match self.next() {
            Err(Broken::Early) => Ok(()),
            _ => Err(Broken::Syntax),
        }
    }

    /// Reads an object, member by member; `null` is none. Returns whether it was there.
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

    /// Reads a list, item by item; `null` is none. Returns whether it was there.
    pub(crate) fn list(&mut self, each: Each<'_, 'text, ()>) -> Read<bool> {
        match self.next()? {
            b'[' => self.many(b']', each),
            b'n' => self.literal("null").map(|()| false),
            _ => Err(self.other()),
        }
    }

    /// What is between brackets, with commas between.
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

    /// Reads a text, borrowed where nothing in it is escaped; `null` is empty.
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

    /// Passes a text, which is not unescaped or copied.
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

    /// Passes a value.
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

    /// Passes digits, at least one.
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

/// Where from here on the first byte is that ends a text, escapes something or has no place in one: eight bytes at a time.
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

/// What a text says whose escapes are well-formed; none where half of a pair stands alone.
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

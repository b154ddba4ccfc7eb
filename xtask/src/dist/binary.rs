//! WebAssembly's binary format, as far as the program is changed after it was linked.

use crate::failure::{Failure, Outcome};

/// The program with some of its sections replaced: `change` gets the id and the content of each, and leaves alone what it
/// returns nothing for.
pub(super) fn rewritten(
    program: &[u8],
    mut change: impl FnMut(u8, &[u8]) -> Outcome<Option<Vec<u8>>>,
) -> Outcome<Vec<u8>> {
    let mut reader = Reader::new(program);
    let mut out = reader.take(8)?.to_vec();
    while !reader.is_at_end() {
        let id = reader.byte()?;
        let size = reader.number()?;
        let section = reader.take(size)?;
        let changed = change(id, section)?;
        let section = changed.as_deref().unwrap_or(section);
        out.push(id);
        write_number(&mut out, section.len());
        out.extend_from_slice(section);
    }
    Ok(out)
}

/// Writes an unsigned number in LEB128.
pub(super) fn write_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Reads WebAssembly's binary format.
pub(super) struct Reader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
}

impl<'bytes> Reader<'bytes> {
    pub(super) fn new(bytes: &'bytes [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// What was read since it was at `start`.
    pub(super) fn since(&self, start: usize) -> &'bytes [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn take(&mut self, count: usize) -> Outcome<&'bytes [u8]> {
        let end = self.at.checked_add(count);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| Failure::new("the program ends too early"))?;
        self.at += count;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Outcome<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    /// An unsigned number in LEB128.
    pub(super) fn number(&mut self) -> Outcome<usize> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Failure::new("the program has a number that is too long"))
    }

    pub(super) fn text(&mut self) -> Outcome<&'bytes str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Failure::new("the program has a name that is not UTF-8"))
    }

    /// Passes over what an import is.
    pub(super) fn description(&mut self) -> Outcome<()> {
        match self.byte()? {
            // A function, by its type.
            0 => self.number().map(|_| ()),
            // A table: the type of its elements, and its limits.
            1 => {
                self.byte()?;
                self.limits()
            }
            2 => self.limits(),
            // A global: its type, and whether it changes.
            3 => self.take(2).map(|_| ()),
            other => Err(Failure::new(format!(
                "the program imports something of the kind {other}"
            ))),
        }
    }

    fn limits(&mut self) -> Outcome<()> {
        let has_end = self.byte()? & 1 != 0;
        self.number()?;
        if has_end {
            self.number()?;
        }
        Ok(())
    }
}

//! Many short sequences by number, in pieces, so that growing copies little and leaves no large holes in memory.

/// The number of sequences in a piece. A power of two, so that a vector that grows by doubling ends up exactly full.
pub(crate) const IN_PIECE: usize = 1024;

/// The most items that the next piece reserves; more than ordinary names need. Texts of 64 KB in one piece must not reserve
/// as much for the next.
const MOST_RESERVED: usize = 64 * 1024;

/// Sequences in pieces of [`IN_PIECE`].
#[derive(Debug, Clone)]
pub(crate) struct Spans<Item> {
    pieces: Vec<Piece<Item>>,
}

/// Sequences in two allocations: their items, and the end of each.
#[derive(Debug, Clone)]
struct Piece<Item> {
    items: Vec<Item>,
    ends: Vec<u32>,
}

impl<Item> Default for Spans<Item> {
    fn default() -> Self {
        Self { pieces: Vec::new() }
    }
}

impl<Item: Copy> Piece<Item> {
    fn start(&self, index: usize) -> usize {
        let before = index.checked_sub(1).and_then(|before| self.ends.get(before));
        before.copied().unwrap_or_default() as usize
    }

    fn get(&self, index: usize) -> &[Item] {
        let start = self.start(index);
        let end = self.ends.get(index).map_or(start, |end| *end as usize);
        self.items.get(start..end).unwrap_or_default()
    }

    fn push(&mut self, items: &[Item]) -> Option<()> {
        let end = u32::try_from(self.items.len() + items.len()).ok()?;
        self.items.extend_from_slice(items);
        self.ends.push(end);
        Some(())
    }

    fn set(&mut self, index: usize, items: &[Item]) -> Option<()> {
        let end = *self.ends.get(index)? as usize;
        let start = self.start(index);
        u32::try_from(self.items.len() - (end - start) + items.len()).ok()?;
        let grown = u32::try_from(items.len()).ok()?;
        let shrunk = u32::try_from(end - start).ok()?;
        self.items.splice(start..end, items.iter().copied());
        if grown != shrunk {
            for end in self.ends.get_mut(index..)? {
                *end = *end - shrunk + grown;
            }
        }
        Some(())
    }

    fn truncate(&mut self, count: usize) {
        if count < self.ends.len() {
            self.items.truncate(self.start(count));
            self.ends.truncate(count);
        }
    }

    /// Gives back the spare room of this piece, and begins the next one. Rows are much alike, so it will be about as long.
    fn close_and_begin_next(&mut self) -> Self {
        let length = self.items.len();
        if self.items.capacity() > length + length / 4 {
            self.items.shrink_to_fit();
        }
        Self {
            items: Vec::with_capacity((length + length / 8).min(MOST_RESERVED)),
            ends: Vec::with_capacity(IN_PIECE),
        }
    }
}

/// The piece of a sequence, and its index there.
const fn place(number: u32) -> (usize, usize) {
    (number as usize / IN_PIECE, number as usize % IN_PIECE)
}

impl<Item: Copy> Spans<Item> {
    /// Appends a sequence. `None` if its piece would outgrow 32-bit offsets (4 GB, which no browser gives a page).
    pub fn push(&mut self, items: &[Item]) -> Option<u32> {
        let number = self.count();
        match self.pieces.last_mut() {
            Some(last) if last.ends.len() < IN_PIECE => last.push(items)?,
            last => {
                let empty = || Piece {
                    items: Vec::new(),
                    ends: Vec::new(),
                };
                let mut piece = last.map_or_else(empty, Piece::close_and_begin_next);
                piece.push(items)?;
                self.pieces.push(piece);
            }
        }
        Some(number)
    }

    /// Replaces a sequence. A different length moves what is behind it in its piece.
    pub fn set(&mut self, number: u32, items: &[Item]) -> Option<()> {
        let (piece, index) = place(number);
        self.pieces.get_mut(piece)?.set(index, items)
    }

    /// The sequence with this number; empty if there is none.
    #[must_use]
    pub fn get(&self, number: u32) -> &[Item] {
        let (piece, index) = place(number);
        self.pieces.get(piece).map(|piece| piece.get(index)).unwrap_or_default()
    }

    /// A range of sequences, piece by piece: their items, the offset of the first item, and the end of each sequence.
    pub fn range(&self, from: u32, to: u32) -> impl Iterator<Item = (&[Item], usize, &[u32])> {
        let (first, start) = place(from);
        let to = to as usize;
        let pieces = self.pieces.iter().enumerate().skip(first);
        pieces.map_while(move |(number, piece)| {
            let begin = number * IN_PIECE;
            let from = if number == first { start } else { 0 };
            let ends = piece.ends.get(from..to.checked_sub(begin)?.min(piece.ends.len()))?;
            let start = piece.start(from);
            let end = *ends.last()? as usize;
            Some((piece.items.get(start..end)?, start, ends))
        })
    }

    /// The number of sequences.
    #[must_use]
    pub fn count(&self) -> u32 {
        let last = self.pieces.last().map_or(0, |last| last.ends.len());
        u32::try_from(self.pieces.len().saturating_sub(1) * IN_PIECE + last).unwrap_or(u32::MAX)
    }

    /// Keeps only the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.pieces.truncate(count.div_ceil(IN_PIECE));
        let before = self.pieces.len().saturating_sub(1) * IN_PIECE;
        if let Some(last) = self.pieces.last_mut() {
            last.truncate(count - before);
        }
    }

    /// The allocated size in bytes.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let pieces = self.pieces.iter();
        let of_pieces =
            pieces.map(|piece| piece.items.capacity() * size_of::<Item>() + piece.ends.capacity() * size_of::<u32>());
        of_pieces.sum::<usize>() + self.pieces.capacity() * size_of::<Piece<Item>>()
    }
}

impl Spans<u8> {
    /// The sequence with this number as text. It was put in as text.
    #[must_use]
    pub fn text(&self, number: u32) -> &str {
        std::str::from_utf8(self.get(number)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sequences_come_back_as_they_were(
            before in prop_oneof![0_usize..3, IN_PIECE - 20..IN_PIECE + 3, 2 * IN_PIECE - 20..2 * IN_PIECE + 3],
            texts in proptest::collection::vec(any::<String>(), 1..40),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<String>()), 0..20),
            keep in any::<prop::sample::Index>(),
            (from, to) in any::<(prop::sample::Index, prop::sample::Index)>(),
        ) {
            let (mut all, mut expected) = (Spans::default(), vec!["before".to_owned(); before]);
            expected.extend(texts);
            for (number, text) in expected.iter().enumerate() {
                prop_assert_eq!(all.push(text.as_bytes()), u32::try_from(number).ok());
            }
            for (index, text) in changes {
                let index = index.index(expected.len());
                prop_assert!(all.set(index as u32, text.as_bytes()).is_some());
                expected[index] = text;
            }
            let keep = keep.index(expected.len() + 1);
            all.truncate(keep);
            expected.truncate(keep);
            all.push(b"one more");
            expected.push("one more".to_owned());
            let end = all.count();
            prop_assert_eq!(end as usize, expected.len());
            for (number, text) in expected.iter().enumerate() {
                prop_assert_eq!(all.text(number as u32), text);
            }
            let (one, other) = (from.index(expected.len() + 1), to.index(expected.len() + 1));
            let (from, to) = (one.min(other), one.max(other));
            let mut read = Vec::new();
            for (items, start, ends) in all.range(from as u32, to as u32) {
                let mut begin = 0;
                for end in ends {
                    let end = *end as usize - start;
                    read.push(String::from_utf8(items[begin..end].to_vec()).unwrap());
                    begin = end;
                }
            }
            prop_assert_eq!(&read, &expected[from..to]);
            prop_assert_eq!(all.range(end, end).count() + all.range(0, 0).count(), 0);
            prop_assert_eq!(all.text(end), "");
            prop_assert_eq!(all.set(end, b"nobody"), None);
        }
    }
}

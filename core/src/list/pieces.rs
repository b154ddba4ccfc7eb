//! A long column in pieces, so that growing copies little and leaves no large holes in memory.

use crate::list::spans::IN_PIECE;

/// Items by number, in pieces of [`IN_PIECE`].
#[derive(Debug, Clone)]
pub(crate) struct Pieces<Item>(Vec<Vec<Item>>);

impl<Item> Default for Pieces<Item> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Item> Pieces<Item> {
    pub fn push(&mut self, item: Item) {
        match self.0.last_mut() {
            Some(last) if last.len() < IN_PIECE => last.push(item),
            last => {
                // A short list has only one piece.
                let mut piece = Vec::with_capacity(if last.is_some() { IN_PIECE } else { 0 });
                piece.push(item);
                self.0.push(piece);
            }
        }
    }

    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Item> {
        let number = number as usize;
        self.0.get(number / IN_PIECE)?.get(number % IN_PIECE)
    }

    pub fn get_mut(&mut self, number: u32) -> Option<&mut Item> {
        let number = number as usize;
        self.0.get_mut(number / IN_PIECE)?.get_mut(number % IN_PIECE)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        let last = self.0.last().map_or(0, Vec::len);
        self.0.len().saturating_sub(1) * IN_PIECE + last
    }

    /// Keeps only the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.0.truncate(count.div_ceil(IN_PIECE));
        let before = self.0.len().saturating_sub(1) * IN_PIECE;
        if let Some(last) = self.0.last_mut() {
            last.truncate(count - before);
        }
    }

    /// The allocated size in bytes.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let of_pieces: usize = self.0.iter().map(Vec::capacity).sum();
        of_pieces * size_of::<Item>() + self.0.capacity() * size_of::<Vec<Item>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_back_across_pieces() {
        let mut all = Pieces::default();
        for item in 0..IN_PIECE as u32 * 2 + 1 {
            all.push(item);
        }
        for keep in [IN_PIECE * 2 + 1, IN_PIECE * 2, IN_PIECE + 1, IN_PIECE, 1, 0] {
            all.truncate(keep);
            assert_eq!(all.len(), keep);
            let last = u32::try_from(keep).unwrap().checked_sub(1);
            assert_eq!(last.and_then(|last| all.get(last)), last.as_ref());
            assert_eq!(all.get(keep as u32), None);
        }
        all.push(7);
        *all.get_mut(0).unwrap() += 1;
        assert_eq!((all.get(0), all.len()), (Some(&8), 1));
        assert_eq!(all.get_mut(1), None);
    }
}

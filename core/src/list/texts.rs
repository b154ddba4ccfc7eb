//! Interning: repeated values are stored once.

use std::hash::Hasher as _;

use hashbrown::HashTable;
use memchr::memmem;

use crate::list::fold::fold;
use crate::list::spans::Spans;

/// Interned texts. Number 0 is the empty text.
#[derive(Debug, Clone)]
pub struct Pool {
    texts: Spans<u8>,
    /// The texts in lower case, each followed by a line break, for searching.
    folded: Spans<u8>,
    numbers: HashTable<u32>,
    scratch: Vec<u8>,
}

impl Default for Pool {
    fn default() -> Self {
        let mut pool = Self {
            texts: Spans::default(),
            folded: Spans::default(),
            numbers: HashTable::new(),
            scratch: Vec::new(),
        };
        // The first number of an empty buffer always fits.
        let _ = pool.number("");
        pool
    }
}

impl Pool {
    /// The number of a text, which is added if new; `None` if there are too many.
    pub fn number(&mut self, text: &str) -> Option<u32> {
        if let Some(known) = self.find(text) {
            return Some(known);
        }
        self.scratch.clear();
        fold(text, &mut self.scratch);
        self.scratch.push(b'\n');
        let number = self.texts.push(text.as_bytes())?;
        if self.folded.push(&self.scratch).is_none() {
            self.texts.truncate(number as usize);
            return None;
        }
        let texts = &self.texts;
        self.numbers
            .insert_unique(hash(text.as_bytes()), number, |number| hash(texts.get(*number)));
        Some(number)
    }

    /// The number of a text, if it was added.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        let is_it = |number: &u32| self.texts.get(*number) == text.as_bytes();
        self.numbers.find(hash(text.as_bytes()), is_it).copied()
    }

    /// The text with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        self.texts.text(number)
    }

    /// Whether each text, by number, contains the needle, which is in lower case.
    #[must_use]
    pub(crate) fn holding(&self, needle: &memmem::Finder<'_>) -> Vec<bool> {
        let mut holding = Vec::new();
        // A pass over all texts, because starting a search per text would cost more than the search.
        for (haystack, _, ends) in self.folded.range(0, self.folded.count()) {
            let first = holding.len();
            holding.resize(first + ends.len(), false);
            let mut index = 0;
            let mut from = 0;
            while let Some(at) = haystack.get(from..).and_then(|rest| needle.find(rest)) {
                let at = from + at;
                index += ends
                    .get(index..)
                    .map_or(0, |ends| ends.partition_point(|end| *end as usize <= at));
                let (Some(is_holding), Some(end)) = (holding.get_mut(first + index), ends.get(index)) else {
                    break;
                };
                *is_holding = true;
                from = *end as usize;
            }
        }
        holding
    }

    /// The text with this number in lower case.
    #[must_use]
    pub(crate) fn folded(&self, number: u32) -> &[u8] {
        let text = self.folded.get(number);
        text.strip_suffix(b"\n").unwrap_or(text)
    }

    /// The allocated size in bytes.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.texts.capacity() + self.folded.capacity() + self.numbers.allocation_size()
    }
}

/// Interned groups of numbers.
#[derive(Debug, Clone)]
pub struct Groups<const SIZE: usize> {
    groups: Vec<[u32; SIZE]>,
    numbers: HashTable<u32>,
}

impl<const SIZE: usize> Default for Groups<SIZE> {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            numbers: HashTable::new(),
        }
    }
}

impl<const SIZE: usize> Groups<SIZE> {
    /// The number of a group, which is added if new; `None` if there are too many.
    pub fn number(&mut self, group: [u32; SIZE]) -> Option<u32> {
        let hash = hash_group(&group);
        let is_it = |number: &u32| self.groups.get(*number as usize) == Some(&group);
        if let Some(known) = self.numbers.find(hash, is_it) {
            return Some(*known);
        }
        let number = u32::try_from(self.groups.len()).ok()?;
        self.groups.push(group);
        let groups = &self.groups;
        self.numbers.insert_unique(hash, number, |number| {
            groups.get(*number as usize).map(hash_group).unwrap_or_default()
        });
        Some(number)
    }

    /// The group with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<[u32; SIZE]> {
        self.groups.get(number as usize).copied()
    }

    /// All groups, by number.
    pub fn iter(&self) -> impl Iterator<Item = &[u32; SIZE]> {
        self.groups.iter()
    }

    /// The allocated size in bytes.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.groups.capacity() * size_of::<[u32; SIZE]>() + self.numbers.allocation_size()
    }
}

fn hash_group<const SIZE: usize>(group: &[u32; SIZE]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    for number in group {
        hasher.write_u32(*number);
    }
    hasher.finish()
}

/// A hash for in-memory tables. Not collision-resistant: colliding texts only slow down the list of their author.
pub(crate) fn hash(text: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_has_one_number(texts in proptest::collection::vec("[a-c]{0,3}", 0..200)) {
            let mut pool = Pool::default();
            let numbers: Vec<_> = texts.iter().map(|text| pool.number(text).unwrap()).collect();
            for (text, number) in texts.iter().zip(&numbers) {
                prop_assert_eq!(pool.get(*number), text);
                prop_assert_eq!(pool.find(text), Some(*number));
                prop_assert_eq!(text.is_empty(), *number == 0);
            }
            prop_assert_eq!(pool.find("never put in"), None);
        }
    }
}

//! Many short texts in few allocations.

use std::hash::Hasher as _;

use hashbrown::HashTable;

/// Texts one behind the other in one buffer, by their numbers.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text. None where the buffer would outgrow its 32-bit offsets (4 GB, which no browser gives a page).
    pub fn push(&mut self, text: &str) -> Option<u32> {
        let number = u32::try_from(self.ends.len()).ok()?;
        let end = u32::try_from(self.text.len() + text.len()).ok()?;
        self.text.push_str(text);
        self.ends.push(end);
        Some(number)
    }

    /// The text with this number; empty where there is none.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = match number.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or_default(),
            None => 0,
        };
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Forgets all but the first so many.
    pub fn truncate(&mut self, count: usize) {
        if count < self.ends.len() {
            let end = match count.checked_sub(1) {
                Some(last) => self.ends.get(last).copied().unwrap_or_default(),
                None => 0,
            };
            self.ends.truncate(count);
            self.text.truncate(end as usize);
        }
    }

    /// Only those with these numbers, which rise; they are numbered anew.
    #[must_use]
    pub fn only(&self, kept: &[u32]) -> Self {
        let length = kept.iter().map(|number| self.get(*number).len()).sum();
        let mut only = Self {
            text: String::with_capacity(length),
            ends: Vec::with_capacity(kept.len()),
        };
        for number in kept {
            // There was room for all of them, so there is for some.
            let _ = only.push(self.get(*number));
        }
        only
    }

    /// How many bytes the allocations hold.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

/// Texts of which many are the same, each kept once. Number 0 is the empty text: nothing.
#[derive(Debug, Clone)]
pub struct Pool {
    texts: Texts,
    numbers: HashTable<u32>,
}

impl Default for Pool {
    fn default() -> Self {
        let mut pool = Self {
            texts: Texts::default(),
            numbers: HashTable::new(),
        };
        // The first number of an empty buffer is always free.
        let _ = pool.number("");
        pool
    }
}

impl Pool {
    /// The number of a text, new or known; none where there are too many.
    pub fn number(&mut self, text: &str) -> Option<u32> {
        let hash = hash(text);
        if let Some(known) = self.numbers.find(hash, |number| self.texts.get(*number) == text) {
            return Some(*known);
        }
        let number = self.texts.push(text)?;
        let texts = &self.texts;
        self.numbers
            .insert_unique(hash, number, |number| crate::list::texts::hash(texts.get(*number)));
        Some(number)
    }

    /// The number of a text that is known.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers
            .find(hash(text), |number| self.texts.get(*number) == text)
            .copied()
    }

    /// The text with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        self.texts.get(number)
    }

    /// How many bytes the allocations hold.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.texts.capacity() + self.numbers.allocation_size()
    }
}

/// Small groups of numbers of which many are the same, each kept once.
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
    /// The number of a group, new or known; none where there are too many.
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

    /// All groups, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &[u32; SIZE]> {
        self.groups.iter()
    }

    /// How many bytes the allocations hold.
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

/// A hash for tables in memory; nobody who could choose the texts gains by making them collide but their own list slow.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_come_back_as_they_were(texts in proptest::collection::vec(any::<String>(), 0..40), keep in 0_usize..40) {
            let mut all = Texts::default();
            for (number, text) in texts.iter().enumerate() {
                prop_assert_eq!(all.push(text), u32::try_from(number).ok());
            }
            all.truncate(keep);
            prop_assert_eq!(all.len(), keep.min(texts.len()));
            all.push("one more");
            let kept = texts.iter().take(keep).map(String::as_str).chain(["one more"]);
            for (number, text) in kept.enumerate() {
                prop_assert_eq!(all.get(number as u32), text);
            }
            prop_assert_eq!(all.get(1000), "");
        }

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

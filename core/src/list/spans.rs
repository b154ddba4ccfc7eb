//! Many short sequences in one buffer, by number.

/// Sequences in two allocations: their items, and the end of each.
#[derive(Debug, Clone)]
pub(crate) struct Spans<Item> {
    items: Vec<Item>,
    ends: Vec<u32>,
}

impl<Item> Default for Spans<Item> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl<Item: Copy> Spans<Item> {
    /// Appends a sequence. None where the buffer would outgrow its 32-bit offsets (4 GB, which no browser gives a page).
    pub fn push(&mut self, items: &[Item]) -> Option<u32> {
        let number = u32::try_from(self.ends.len()).ok()?;
        let end = u32::try_from(self.items.len() + items.len()).ok()?;
        self.items.extend_from_slice(items);
        self.ends.push(end);
        Some(number)
    }

    /// Replaces a sequence. A different length moves everything behind it.
    pub fn set(&mut self, number: u32, items: &[Item]) -> Option<()> {
        let index = number as usize;
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

    fn start(&self, index: usize) -> usize {
        let before = index.checked_sub(1).and_then(|before| self.ends.get(before));
        before.copied().unwrap_or_default() as usize
    }

    /// The sequence with this number; empty if there is none.
    #[must_use]
    pub fn get(&self, number: u32) -> &[Item] {
        let index = number as usize;
        let start = self.start(index);
        let end = self.ends.get(index).map_or(start, |end| *end as usize);
        self.items.get(start..end).unwrap_or_default()
    }

    /// The items of a range of sequences, the offset of the first item, and the end of each sequence.
    #[must_use]
    pub fn range(&self, from: u32, to: u32) -> (&[Item], usize, &[u32]) {
        let start = self.start(from as usize);
        let ends = self.ends.get(from as usize..to as usize).unwrap_or_default();
        let end = ends.last().map_or(start, |end| *end as usize);
        (self.items.get(start..end).unwrap_or_default(), start, ends)
    }

    /// The number of sequences.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Keeps only the first `count`.
    pub fn truncate(&mut self, count: usize) {
        if count < self.ends.len() {
            self.items.truncate(self.start(count));
            self.ends.truncate(count);
        }
    }

    /// The allocated size in bytes.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.items.capacity() * size_of::<Item>() + self.ends.capacity() * size_of::<u32>()
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
            texts in proptest::collection::vec(any::<String>(), 1..40),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<String>()), 0..20),
            keep in 0_usize..40,
        ) {
            let (mut all, mut expected) = (Spans::default(), texts.clone());
            for (number, text) in texts.iter().enumerate() {
                prop_assert_eq!(all.push(text.as_bytes()), u32::try_from(number).ok());
            }
            for (index, text) in changes {
                let index = index.index(texts.len());
                prop_assert!(all.set(index as u32, text.as_bytes()).is_some());
                expected[index] = text;
            }
            all.truncate(keep);
            expected.truncate(keep);
            all.push(b"one more");
            expected.push("one more".to_owned());
            for (number, text) in expected.iter().enumerate() {
                prop_assert_eq!(all.text(number as u32), text);
            }
            let (joined, start, ends) = all.range(0, expected.len() as u32);
            prop_assert_eq!((start, ends.len()), (0, expected.len()));
            let expected = expected.concat();
            prop_assert_eq!(joined, expected.as_bytes());
            prop_assert_eq!(all.text(1000), "");
            prop_assert_eq!(all.set(1000, b"nobody"), None);
        }
    }
}

//! Sets of numbers that are small and dense, as those of rows are.

/// A set of numbers, one byte for each that there could be.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowSet(Vec<bool>);

impl RowSet {
    /// Returns whether it was not there.
    pub(crate) fn insert(&mut self, number: u32) -> bool {
        let index = number as usize;
        if self.0.len() <= index {
            self.0.resize(index + 1, false);
        }
        self.0
            .get_mut(index)
            .is_some_and(|is_in| !std::mem::replace(is_in, true))
    }

    /// Returns whether it was there.
    pub(crate) fn remove(&mut self, number: u32) -> bool {
        self.0.get_mut(number as usize).is_some_and(std::mem::take)
    }

    pub(crate) fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize) == Some(&true)
    }
}

//! Sets of small, dense numbers, such as rows.

/// A set of numbers, with one byte per possible number.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowSet(Vec<bool>);

impl RowSet {
    /// Returns whether it was absent.
    pub(crate) fn insert(&mut self, number: u32) -> bool {
        let index = number as usize;
        if self.0.len() <= index {
            self.0.resize(index + 1, false);
        }
        self.0
            .get_mut(index)
            .is_some_and(|is_in| !std::mem::replace(is_in, true))
    }

    /// Returns whether it was present.
    pub(crate) fn remove(&mut self, number: u32) -> bool {
        self.0.get_mut(number as usize).is_some_and(std::mem::take)
    }

    pub(crate) fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize) == Some(&true)
    }
}

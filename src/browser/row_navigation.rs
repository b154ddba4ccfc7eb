//! Keyboard navigation between rows, by row number: the next row may not be rendered yet.

use std::cell::RefCell;
use std::rc::Rc;

/// Where the focus moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowMove {
    /// To the next row.
    Next,
    /// To the row before.
    Previous,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl RowMove {
    /// The row to focus, out of `count`, starting from the focused row; without one, the first row. `None` if there are
    /// no rows.
    #[must_use]
    pub fn from(self, present: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, present) {
            (Self::Last, _) => last,
            (Self::First, _) | (Self::Next | Self::Previous, None) => 0,
            (Self::Next, Some(present)) => present.saturating_add(1).min(last),
            (Self::Previous, Some(present)) => present.saturating_sub(1).min(last),
        })
    }
}

/// Moves the focus and returns whether there is a row; `None` once the table is gone.
type MoveFocus = dyn Fn(RowMove) -> Option<bool>;

thread_local! {
    /// Row navigation of the current table. Type-erased to keep the table code out of the keyboard bundle.
    static CURRENT: RefCell<Option<Rc<MoveFocus>>> = const { RefCell::new(None) };
}

/// Makes this table the current one.
pub fn register(move_focus: Rc<MoveFocus>) {
    CURRENT.set(Some(move_focus));
}

/// Moves the focus to another row of the current table. `None` if there is no table; otherwise whether there is such a
/// row.
#[must_use]
pub fn move_focus(to: RowMove) -> Option<bool> {
    // Moving may render rows, which may register another table, so nothing may be borrowed here.
    let current = CURRENT.with_borrow(Option::clone)?;
    current(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_at_the_ends() {
        assert_eq!(RowMove::Next.from(None, 5), Some(0));
        assert_eq!(RowMove::Previous.from(None, 5), Some(0));
        assert_eq!(RowMove::Next.from(Some(3), 5), Some(4));
        assert_eq!(RowMove::Next.from(Some(4), 5), Some(4));
        assert_eq!(RowMove::Previous.from(Some(0), 5), Some(0));
        assert_eq!(
            RowMove::Previous.from(Some(9), 5),
            Some(4),
            "there are fewer than there were"
        );
        assert_eq!(RowMove::Last.from(Some(1), 5), Some(4));
        assert_eq!(RowMove::First.from(Some(3), 5), Some(0));
        for way in [RowMove::Next, RowMove::Previous, RowMove::First, RowMove::Last] {
            assert_eq!(way.from(Some(0), 0), None);
        }
    }
}

//! Going from row to row with the keyboard: by their numbers, because the next one may not be drawn yet.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::document;

use super::Shared;

/// Where to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the next row.
    Next,
    /// To the row before.
    Previous,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Way {
    /// The number of the row to go to, of so many, from the row that has the focus; from anywhere else, that is the first.
    /// None where there are no rows.
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

/// Goes there, where the table is still in the page; whether it has a row.
type Walk = dyn Fn(Way) -> Option<bool>;

thread_local! {
    /// How to go in the long table of the view: there is at most one. Behind a pointer, so that whoever reads keys does not
    /// load what draws rows.
    static PRESENT: RefCell<Option<Rc<Walk>>> = const { RefCell::new(None) };
}

pub(super) fn begin(shared: &Rc<Shared>) {
    let shared = Rc::downgrade(shared);
    PRESENT.set(Some(Rc::new(move |way| go(&*shared.upgrade()?, way))));
}

/// Goes to another row of the view's long table. None where there is no such table; else whether it has a row.
#[must_use]
pub fn walk(way: Way) -> Option<bool> {
    // Going there may draw rows, and nothing may be borrowed meanwhile.
    let walk = PRESENT.with_borrow(Option::clone)?;
    walk(way)
}

fn go(shared: &Shared, way: Way) -> Option<bool> {
    if shared.is_over.get() {
        return None;
    }
    let row = document()
        .active_element()
        .and_then(|active| active.closest("[aria-rowindex]").ok().flatten())
        .filter(|row| shared.body.contains(Some(row)));
    let number = row.and_then(|row| row.get_attribute("aria-rowindex")?.parse::<usize>().ok());
    let present = number.and_then(|number| number.checked_sub(1));
    let wanted = way.from(present, shared.count.get());
    if let Some(wanted) = wanted {
        shared.focus(wanted);
    }
    Some(wanted.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_at_the_ends() {
        assert_eq!(Way::Next.from(None, 5), Some(0));
        assert_eq!(Way::Previous.from(None, 5), Some(0));
        assert_eq!(Way::Next.from(Some(3), 5), Some(4));
        assert_eq!(Way::Next.from(Some(4), 5), Some(4));
        assert_eq!(Way::Previous.from(Some(0), 5), Some(0));
        assert_eq!(
            Way::Previous.from(Some(9), 5),
            Some(4),
            "there are fewer than there were"
        );
        assert_eq!(Way::Last.from(Some(1), 5), Some(4));
        assert_eq!(Way::First.from(Some(3), 5), Some(0));
        for way in [Way::Next, Way::Previous, Way::First, Way::Last] {
            assert_eq!(way.from(Some(0), 0), None);
        }
    }
}

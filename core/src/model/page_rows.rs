//! Which row of a table shows which item. Writing over a row costs a fraction of making one.

/// The rows in the page, in order. Each has a number for as long as it is there, and the key of the item that it shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRows {
    rows: Vec<(u64, u64)>,
    last: u64,
}

impl PageRows {
    /// The rows that show the items with these keys. With `keeps`, a row stays with its item, as it must while it has the
    /// focus; otherwise rows are written over from the first to the last.
    #[must_use]
    pub fn showing(&self, keys: &[u64], keeps: bool) -> Self {
        let mut free = self.rows.clone();
        let mut next = Self {
            rows: Vec::with_capacity(keys.len()),
            last: self.last,
        };
        for (place, key) in keys.iter().enumerate() {
            let known = if keeps {
                let at = free.iter().position(|(_, known)| known == key);
                at.map(|at| free.swap_remove(at))
            } else {
                self.rows.get(place).copied()
            };
            let number = known.map_or_else(
                || {
                    next.last += 1;
                    next.last
                },
                |(number, _)| number,
            );
            next.rows.push((number, *key));
        }
        next
    }

    /// The numbers of the rows.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        self.rows.iter().map(|(number, _)| *number)
    }

    /// The place of the row with this number, from 0.
    #[must_use]
    pub fn place(&self, number: u64) -> Option<usize> {
        self.numbers().position(|known| known == number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(rows: &PageRows) -> Vec<u64> {
        rows.numbers().collect()
    }

    #[test]
    fn rows_are_written_over_in_their_order() {
        let rows = PageRows::default().showing(&[10, 20, 30], false);
        assert_eq!(numbers(&rows), [1, 2, 3]);
        let rows = rows.showing(&[20, 50], false);
        assert_eq!(numbers(&rows), [1, 2]);
        let rows = rows.showing(&[20, 50, 60], false);
        assert_eq!(numbers(&rows), [1, 2, 4], "a row that is gone does not come back");
        assert_eq!((rows.place(4), rows.place(3)), (Some(2), None));
    }

    #[test]
    fn a_row_with_the_focus_stays_with_its_item() {
        let rows = PageRows::default().showing(&[10, 20, 30], false);
        let rows = rows.showing(&[5, 20, 30, 10], true);
        assert_eq!(numbers(&rows), [4, 2, 3, 1]);
        let rows = rows.showing(&[7, 7], true);
        assert_eq!(numbers(&rows), [5, 6], "no row is handed on");
    }

    proptest! {
        #[test]
        fn each_item_has_a_row_of_its_own(steps in proptest::collection::vec((proptest::collection::vec(0_u64..12, 0..8), any::<bool>()), 1..30)) {
            let mut rows = PageRows::default();
            for (keys, keeps) in steps {
                let next = rows.showing(&keys, keeps);
                let mut own = numbers(&next);
                prop_assert_eq!(own.len(), keys.len());
                for (place, number) in own.iter().enumerate() {
                    prop_assert_eq!(next.place(*number), Some(place));
                    let former = rows.rows.iter().find(|(known, _)| known == number);
                    if let Some((_, former)) = former {
                        prop_assert!(!keeps || *former == keys[place], "a row was handed on");
                    }
                    let is_known = |key: &u64| rows.rows.iter().any(|(_, known)| known == key);
                    let is_first = keys.iter().position(|key| *key == keys[place]) == Some(place);
                    prop_assert!(former.is_some() || !keeps || !is_first || !is_known(&keys[place]), "an item lost its row");
                }
                prop_assert!(keeps || own.iter().zip(numbers(&rows)).all(|(one, other)| *one == other));
                own.sort_unstable();
                own.dedup();
                prop_assert_eq!(own.len(), keys.len());
                rows = next;
            }
        }
    }
}

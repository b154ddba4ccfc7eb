//! What stands for a row in a page while rows may get other numbers.

use crate::list::rows::{Moves, Row};

/// In how many bits a row's number fits: more rows than that do not fit into the memory that a page gets.
const ROW_BITS: u32 = 27;

/// What stands for rows in a page: a thing leads to its row even when rows got other numbers after it was drawn, as long as
/// that happened once. A thing that is older leads nowhere, rather than to another secret, for thirty rounds more: each is a
/// refresh, after which the page is drawn anew.
#[derive(Debug, Clone, Default)]
pub struct Things {
    /// How often rows got other numbers.
    round: u32,
    moves: Moves,
}

impl Things {
    /// What stands for a row.
    #[must_use]
    pub fn of(&self, row: Row) -> u32 {
        self.round << ROW_BITS | row & rows()
    }

    /// The row that a thing stands for.
    #[must_use]
    pub fn row(&self, thing: u32) -> Option<Row> {
        let row = thing & rows();
        let age = self.round.wrapping_sub(thing >> ROW_BITS) & (u32::MAX >> ROW_BITS);
        match age {
            0 => Some(row),
            1 => self.moves.of(row),
            _ => None,
        }
    }

    /// The rows have other numbers now.
    pub fn renumber(&mut self, moves: Moves) {
        self.round = self.round.wrapping_add(1);
        self.moves = moves;
    }
}

/// The bits of a row's number.
const fn rows() -> u32 {
    (1 << ROW_BITS) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::{Facts, List};

    /// Changes every secret a few times, so that there is something to give back.
    fn change(list: &mut List) {
        for name in ["one", "two", "three"] {
            for id in ["a", "b", "c", "d"] {
                list.put(&Facts {
                    id,
                    name,
                    ..Facts::default()
                });
            }
        }
    }

    #[test]
    fn a_thing_leads_to_its_secret_or_nowhere() {
        let (mut list, mut things) = (List::default(), Things::default());
        change(&mut list);
        let row_of = |list: &List, id: &str| list.rows().find(id).expect("it is of the list");
        // More rounds than a thing can count, and one that was drawn before each of them.
        for _ in 0..70 {
            let first = things.of(row_of(&list, "a"));
            let last = things.of(row_of(&list, "d"));
            assert_eq!(things.row(first), Some(row_of(&list, "a")));
            let gone = row_of(&list, "b");
            list.remove("b");
            let drawn = things.of(gone);
            things.renumber(list.compact(0, &[]).expect("most rows are gone"));
            assert_eq!(things.row(first), Some(row_of(&list, "a")));
            assert_eq!(things.row(last), Some(row_of(&list, "d")));
            assert_ne!(things.of(row_of(&list, "d")), last);
            let restorable = things.row(drawn);
            assert!(
                restorable.is_none_or(|row| list.rows().id(row) == "b"),
                "never another secret"
            );
            change(&mut list);
            things.renumber(list.compact(0, &[]).expect("most rows are gone"));
            assert_eq!(things.row(first), None, "too old");
            change(&mut list);
        }
    }
}

//! Sorting row numbers, never rows.

use std::cmp::Ordering;

use crate::instant::{Instant, NEVER};
use crate::rows::{Row, Rows};

/// What the rows can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name, in any case.
    Name,
    /// The labels, key by key.
    Labels,
    /// The external ID.
    ExternalId,
    /// The bundle.
    Bundle,
    /// When it was created.
    Created,
    /// Who created it.
    Creator,
    /// When it was last changed.
    Updated,
    /// When it was last used.
    Used,
}

/// An order of rows. Rows that are alike stay as they stand; what a row has nothing of comes last, either way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// What it goes by.
    pub column: Column,
    /// Whether the largest comes first.
    pub is_descending: bool,
}

impl Order {
    /// Sorts rows.
    pub fn sort(self, rows: &Rows, order: &mut Vec<Row>) {
        match self.column {
            Column::Name => self.sort_by_name(rows, order),
            Column::Created => self.sort_by_instant(order, |row| rows.created(row)),
            Column::Updated => self.sort_by_instant(order, |row| rows.updated(row)),
            Column::Used => self.sort_by_instant(order, |row| rows.used(row)),
            Column::Labels | Column::ExternalId | Column::Bundle | Column::Creator => {
                order.sort_by(|one, other| self.compare(rows, *one, *other));
            }
        }
    }

    /// Puts sorted rows into sorted rows; of rows that are alike, the new ones come later.
    #[must_use]
    pub fn merge(self, rows: &Rows, known: &[Row], new: &[Row]) -> Vec<Row> {
        merge_by(known, new, |one, other| self.compare(rows, *one, *other))
    }

    /// How two rows stand to each other.
    #[must_use]
    pub fn compare(self, rows: &Rows, one: Row, other: Row) -> Ordering {
        match self.column {
            Column::Name => self.way(name(rows, one).cmp(name(rows, other))),
            Column::Created => self.compare_instants(rows.created(one), rows.created(other)),
            Column::Updated => self.compare_instants(rows.updated(one), rows.updated(other)),
            Column::Used => self.compare_instants(rows.used(one), rows.used(other)),
            Column::ExternalId => self.compare_texts(rows.external_id(one), rows.external_id(other)),
            Column::Bundle => self.compare_texts(rows.bundle(one), rows.bundle(other)),
            Column::Creator => self.compare_texts(rows.creator(one).display_name(), rows.creator(other).display_name()),
            Column::Labels => {
                let (mut ones, mut others) = (rows.labels(one), rows.labels(other));
                match (ones.len(), others.len()) {
                    (0, 0) => Ordering::Equal,
                    (0, _) => Ordering::Greater,
                    (_, 0) => Ordering::Less,
                    _ => self.way(ones.by_ref().cmp(others.by_ref())),
                }
            }
        }
    }

    fn way(self, ordering: Ordering) -> Ordering {
        if self.is_descending {
            ordering.reverse()
        } else {
            ordering
        }
    }

    fn compare_texts(self, one: &str, other: &str) -> Ordering {
        match (one.is_empty(), other.is_empty()) {
            (false, false) => self.way(one.cmp(other)),
            (one, other) => one.cmp(&other),
        }
    }

    fn compare_instants(self, one: Instant, other: Instant) -> Ordering {
        match (one == NEVER, other == NEVER) {
            (false, false) => self.way(one.cmp(&other)),
            (one, other) => one.cmp(&other),
        }
    }

    /// By sixteen bytes as a number, from where the names begin to differ, and only where those are alike by the rest: most
    /// pairs of names are told apart without looking at the names.
    fn sort_by_name(self, rows: &Rows, order: &mut Vec<Row>) {
        let mut alike = order.first().map_or(&[][..], |row| name(rows, *row));
        for row in order.iter() {
            let name = name(rows, *row);
            let differs = alike.iter().zip(name).position(|(one, other)| one != other);
            let length = differs.unwrap_or_else(|| alike.len().min(name.len()));
            alike = alike.get(..length).unwrap_or_default();
        }
        let skipped = alike.len();
        let keyed = |row: &Row| {
            let mut key = [0; 16];
            for (to, from) in key.iter_mut().zip(name(rows, *row).iter().skip(skipped)) {
                *to = *from;
            }
            (u128::from_be_bytes(key), *row)
        };
        let mut keyed: Vec<(u128, Row)> = order.iter().map(keyed).collect();
        keyed.sort_by(|(one_key, one), (other_key, other)| {
            let by_key = one_key.cmp(other_key);
            self.way(by_key.then_with(|| name(rows, *one).cmp(name(rows, *other))))
        });
        order.clear();
        order.extend(keyed.into_iter().map(|(_, row)| row));
    }

    fn sort_by_instant(self, order: &mut Vec<Row>, instant: impl Fn(Row) -> Instant) {
        let mut keyed: Vec<(Instant, Row)> = order.iter().map(|row| (instant(*row), *row)).collect();
        keyed.sort_by(|(one, _), (other, _)| self.compare_instants(*one, *other));
        order.clear();
        order.extend(keyed.into_iter().map(|(_, row)| row));
    }
}

/// The name in lower case, as it is in the haystack.
fn name(rows: &Rows, row: Row) -> &[u8] {
    let haystack = rows.haystack(row, row + 1).0;
    let end = memchr::memchr(crate::rows::BETWEEN, haystack).unwrap_or(haystack.len());
    haystack.get(..end).unwrap_or_default()
}

/// Merges two sorted lists; of what is alike, the first list's comes first.
pub(crate) fn merge_by<Item: Copy>(
    one: &[Item],
    other: &[Item],
    compare: impl Fn(&Item, &Item) -> Ordering,
) -> Vec<Item> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let (mut ones, mut others) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let next = match (ones.peek(), others.peek()) {
            (Some(one), Some(other)) if compare(one, other) == Ordering::Greater => others.next(),
            (Some(_), _) => ones.next(),
            (None, _) => others.next(),
        };
        match next {
            Some(item) => merged.push(*item),
            None => return merged,
        }
    }
}

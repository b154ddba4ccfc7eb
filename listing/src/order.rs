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

    /// By eight bytes at a time, as numbers: most names are told apart without looking at them more than once or twice.
    fn sort_by_name(self, rows: &Rows, order: &mut Vec<Row>) {
        let places = 0..u32::try_from(order.len()).unwrap_or(u32::MAX);
        let keyed = order.iter().zip(places).map(|(row, place)| Keyed {
            key: 0,
            place,
            row: *row,
        });
        let mut keyed: Vec<Keyed> = keyed.collect();
        // What is alike so far: from where to where, and in how many bytes.
        let mut alike = vec![(0, keyed.len(), 0)];
        while let Some((start, end, depth)) = alike.pop() {
            let Some(group) = keyed.get_mut(start..end) else {
                continue;
            };
            let mut has_ended = false;
            for item in &mut *group {
                let rest = name(rows, item.row).get(depth..).unwrap_or_default();
                has_ended |= rest.is_empty();
                let mut bytes = [0; 8];
                for (to, from) in bytes.iter_mut().zip(rest) {
                    *to = *from;
                }
                let key = u64::from_be_bytes(bytes);
                item.key = if self.is_descending { !key } else { key };
            }
            if has_ended || group.len() < 16 {
                let by_name = |item: &Keyed| name(rows, item.row);
                group.sort_unstable_by(|one, other| {
                    let by_key = one.key.cmp(&other.key);
                    let by_name = || self.way(by_name(one).cmp(by_name(other)));
                    by_key.then_with(by_name).then(one.place.cmp(&other.place))
                });
                continue;
            }
            group.sort_unstable_by_key(|item| item.key);
            let mut from = start;
            for same in group.chunk_by(|one, other| one.key == other.key) {
                if same.len() > 1 {
                    alike.push((from, from + same.len(), depth + 8));
                }
                from += same.len();
            }
        }
        order.clear();
        order.extend(keyed.into_iter().map(|item| item.row));
    }

    fn sort_by_instant(self, order: &mut Vec<Row>, instant: impl Fn(Row) -> Instant) {
        let mut keyed: Vec<(Instant, Row)> = order.iter().map(|row| (instant(*row), *row)).collect();
        keyed.sort_by(|(one, _), (other, _)| self.compare_instants(*one, *other));
        order.clear();
        order.extend(keyed.into_iter().map(|(_, row)| row));
    }
}

/// A row on its way to its place: eight bytes of its name as a number, and where it stood before.
#[derive(Debug, Clone, Copy)]
struct Keyed {
    key: u64,
    place: u32,
    row: Row,
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

//! Sorts row numbers, not rows.

use std::cmp::Ordering;

use crate::list::column::Column;
use crate::list::instant::{Instant, NEVER};
use crate::list::natural::{self, NameKeys};
use crate::list::row_set::RowSet;
use crate::list::rows::{Row, Rows};

/// How the rows of a view are arranged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Ranked by their text match; otherwise as they arrive from the server.
    #[default]
    Arrival,
    /// Ranked by their text match; otherwise by name, once the list is complete.
    ByName,
    /// By a column, whatever they match.
    Chosen(Order),
}

impl Arrangement {
    /// The order of rows that match equally well.
    #[must_use]
    pub fn order(self) -> Option<Order> {
        match self {
            Self::Arrival => None,
            Self::ByName => Some(Order {
                column: Column::Name,
                is_descending: false,
            }),
            Self::Chosen(order) => Some(order),
        }
    }

    /// Whether better matches come first.
    #[must_use]
    pub fn is_ranked(self) -> bool {
        !matches!(self, Self::Chosen(_))
    }
}

impl From<Option<Order>> for Arrangement {
    fn from(order: Option<Order>) -> Self {
        order.map_or(Self::Arrival, Self::Chosen)
    }
}

/// A sort order. The sort is stable; rows without a value come last in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column to sort by.
    pub column: Column,
    /// Whether the largest value comes first.
    pub is_descending: bool,
}

impl Order {
    /// Sorts rows. Returns whether the opposite order is just the reverse: all rows have a value, and all values differ.
    pub fn sort(self, rows: &Rows, order: &mut Vec<Row>) -> bool {
        match self.column {
            Column::Name => {
                let keys = NameKeys::of(rows, order);
                self.sort_by_keys(order, &|row, depth| {
                    let (bytes, count) = keys.eight(row, depth * AT_ONCE);
                    Some(packed(bytes, count))
                })
            }
            Column::ExternalId => self.sort_by_keys(order, &|row, depth| {
                let text = rows.external_id_bytes(row);
                (!text.is_empty()).then(|| text_key(text, depth))
            }),
            Column::Created => self.sort_by_keys(order, &|row, _| instant_key(rows.created(row))),
            Column::Updated => self.sort_by_keys(order, &|row, _| instant_key(rows.updated(row))),
            Column::LastUsed => self.sort_by_keys(order, &|row, _| instant_key(rows.used(row))),
            Column::UsedBy => self.sort_by_keys(order, &|row, _| Some((u64::from(rows.uses(row)?), false))),
            Column::Bundle => {
                let numbers = distinct(&mut order.iter().map(|row| rows.bundle_number(*row)));
                let ranks = Ranks::of(numbers, &|number| rows.words().get(number));
                self.sort_by_keys(order, &|row, _| ranks.key(rows.bundle_number(row)))
            }
            Column::CreatedBy => {
                let numbers = distinct(&mut order.iter().map(|row| rows.creator_number(*row)));
                let ranks = Ranks::of(numbers, &|number| rows.person(number).display_name());
                self.sort_by_keys(order, &|row, _| ranks.key(rows.creator_number(row)))
            }
            Column::Labels => {
                let pairs = distinct(&mut order.iter().flat_map(|row| rows.pairs_of(*row)).copied());
                let numbers = distinct(&mut pairs.iter().filter_map(|pair| rows.pair(*pair)).flatten());
                let ranks = Ranks::of(numbers, &|number| rows.words().get(number));
                self.sort_by_keys(order, &|row, depth| {
                    let pairs = rows.pairs_of(row);
                    let pair = pairs.get(depth).and_then(|pair| rows.pair(*pair));
                    // 0 is less than any label; an empty value has a rank, too.
                    let key = pair.map_or(0, |[key, value]| {
                        (1 + u64::from(ranks.get(key))) << 32 | u64::from(ranks.get(value))
                    });
                    (!pairs.is_empty()).then_some((key, depth + 1 < pairs.len()))
                })
            }
        }
    }

    /// Compares two rows.
    #[must_use]
    pub fn compare(self, rows: &Rows, one: Row, other: Row) -> Ordering {
        match self.column {
            Column::Name => self.way(natural::compare(rows, one, other)),
            Column::Created => self.compare_instants(rows.created(one), rows.created(other)),
            Column::Updated => self.compare_instants(rows.updated(one), rows.updated(other)),
            Column::LastUsed => self.compare_instants(rows.used(one), rows.used(other)),
            Column::UsedBy => match (rows.uses(one), rows.uses(other)) {
                (Some(one), Some(other)) => self.way(one.cmp(&other)),
                (one, other) => one.is_none().cmp(&other.is_none()),
            },
            Column::ExternalId => self.compare_texts(rows.external_id(one), rows.external_id(other)),
            Column::Bundle => self.compare_texts(rows.bundle(one), rows.bundle(other)),
            Column::CreatedBy => {
                self.compare_texts(rows.creator(one).display_name(), rows.creator(other).display_name())
            }
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

    /// Sorts by numeric keys, one part of the value at a time: most rows differ in the first part. `key` returns the
    /// number, and whether rows with an equal number may differ in a later part (at the next depth). Rows without a key
    /// come last. Returns the same as [`Self::sort`].
    fn sort_by_keys(self, order: &mut Vec<Row>, key: &dyn Fn(Row, usize) -> Option<(u64, bool)>) -> bool {
        let mut last = Vec::new();
        let mut keyed: Vec<Keyed> = Vec::with_capacity(order.len());
        let set = |item: &mut Keyed, (number, is_open): (u64, bool)| {
            item.key = if self.is_descending { !number } else { number };
            item.place = item.place & !OPEN | if is_open { OPEN } else { 0 };
        };
        for (place, row) in (0..).zip(order.iter()) {
            let Some(first) = key(*row, 0) else {
                last.push(*row);
                continue;
            };
            let mut item = Keyed::new(place, *row);
            set(&mut item, first);
            keyed.push(item);
        }
        let mut is_reversible = last.is_empty();
        // Ranges of rows that are equal so far, and the number of parts compared.
        let mut alike = vec![(0, keyed.len(), 0)];
        while let Some((start, end, depth)) = alike.pop() {
            let Some(group) = keyed.get_mut(start..end) else {
                continue;
            };
            if depth > 0 {
                for item in &mut *group {
                    set(item, key(item.row, depth).unwrap_or_default());
                }
            }
            sort_keyed(group);
            let mut from = start;
            for same in group.chunk_by_mut(|one, other| one.key == other.key) {
                let count = same.len();
                if count > 1 && same.iter().any(|item| item.place & OPEN != 0) {
                    alike.push((from, from + count, depth + 1));
                } else if count > 1 {
                    as_they_stood(same);
                    is_reversible = false;
                }
                from += count;
            }
        }
        order.clear();
        order.extend(keyed.into_iter().map(|item| item.row));
        order.extend(last);
        is_reversible
    }
}

/// Sorts rows by a number.
pub(crate) fn sort_by_number(order: &mut [Row], number: impl Fn(Row) -> u64) {
    let mut keyed: Vec<Keyed> = (0..).zip(&*order).map(|(place, row)| Keyed::new(place, *row)).collect();
    for item in &mut keyed {
        item.key = number(item.row);
    }
    sort_keyed(&mut keyed);
    for same in keyed.chunk_by_mut(|one, other| one.key == other.key) {
        as_they_stood(same);
    }
    for (to, item) in order.iter_mut().zip(keyed) {
        *to = item.row;
    }
}

/// A row being sorted: the number of a part of its value, and its previous place. Sixteen bytes, because sorting mostly
/// moves these.
#[derive(Debug, Clone, Copy)]
struct Keyed {
    key: u64,
    /// With [`OPEN`] set if rows with an equal number may differ.
    place: u32,
    row: Row,
}

/// The memory of a page holds fewer rows than this.
const OPEN: u32 = 1 << 31;

impl Keyed {
    fn new(place: u32, row: Row) -> Self {
        Self { key: 0, place, row }
    }
}

/// The only instance of the sort algorithm, because each adds a few kilobytes of code. Not stable.
fn sort_keyed(items: &mut [Keyed]) {
    items.sort_unstable_by_key(|item| item.key);
}

/// Restores the previous order of equal rows.
fn as_they_stood(items: &mut [Keyed]) {
    for item in &mut *items {
        item.key = u64::from(item.place & !OPEN);
    }
    sort_keyed(items);
}

/// The number of bytes of a text per key.
const AT_ONCE: usize = 7;

/// A part of a text as a number, and whether there is more.
fn text_key(text: &[u8], depth: usize) -> (u64, bool) {
    let rest = text.get(depth * AT_ONCE..).unwrap_or_default();
    if let Some(bytes) = rest.first_chunk() {
        return packed(*bytes, rest.len());
    }
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(rest) {
        *to = *from;
    }
    packed(bytes, rest.len())
}

/// Seven bytes of a text and how many there are, so that a text sorts before one that continues with zeros.
fn packed(bytes: [u8; 8], count: usize) -> (u64, bool) {
    let count = count.min(AT_ONCE + 1);
    (u64::from_be_bytes(bytes) & !0xff | count as u64, count > AT_ONCE)
}

fn instant_key(instant: Instant) -> Option<(u64, bool)> {
    // Maps signed to unsigned, preserving the order.
    (instant != NEVER).then_some((instant.cast_unsigned() ^ 1 << 63, false))
}

/// The distinct numbers.
fn distinct(numbers: &mut dyn Iterator<Item = u32>) -> Vec<u32> {
    let mut known = RowSet::default();
    numbers.filter(|number| known.insert(*number)).collect()
}

/// The ranks of numbered texts. An empty text has rank 0.
struct Ranks(Vec<u32>);

impl Ranks {
    fn of<'text>(mut numbers: Vec<u32>, text: &dyn Fn(u32) -> &'text str) -> Self {
        let ascending = Order {
            column: Column::Name,
            is_descending: false,
        };
        ascending.sort_by_keys(&mut numbers, &|number, depth| {
            Some(text_key(text(number).as_bytes(), depth))
        });
        let mut ranks = Vec::new();
        let (mut rank, mut former) = (0, "");
        for number in numbers {
            let text = text(number);
            // Two creators with the same name get the same rank.
            if former != text {
                rank += 1;
            }
            former = text;
            let index = number as usize;
            if ranks.len() <= index {
                ranks.resize(index + 1, 0);
            }
            if let Some(at) = ranks.get_mut(index) {
                *at = rank;
            }
        }
        Self(ranks)
    }

    fn get(&self, number: u32) -> u32 {
        self.0.get(number as usize).copied().unwrap_or_default()
    }

    fn key(&self, number: u32) -> Option<(u64, bool)> {
        Some((u64::from(self.get(number)), false)).filter(|(rank, _)| *rank > 0)
    }
}

/// Merges sorted rows into sorted rows, stably. Needs few comparisons for few new rows, and copies nothing if all of
/// them come last.
pub(crate) fn merge(known: &mut Vec<Row>, new: &[Row], compare: &dyn Fn(Row, Row) -> Ordering) {
    let is_after = |one: &Row, other: &Row| compare(*one, *other) == Ordering::Greater;
    let is_last = match (known.last(), new.first()) {
        (Some(last), Some(first)) => !is_after(last, first),
        _ => true,
    };
    if is_last {
        known.extend_from_slice(new);
        return;
    }
    let mut merged = Vec::with_capacity(known.len() + new.len());
    let mut rest = known.as_slice();
    for row in new {
        // Exponential search, because the next position is often near.
        let mut step = 1;
        while rest.get(step).is_some_and(|known| !is_after(known, row)) {
            step *= 2;
        }
        let near = rest.get(..=step).unwrap_or(rest);
        let (before, after) = rest.split_at(near.partition_point(|known| !is_after(known, row)));
        merged.extend_from_slice(before);
        merged.push(*row);
        rest = after;
    }
    merged.extend_from_slice(rest);
    *known = merged;
}

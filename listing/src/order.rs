//! Sorting row numbers, never rows.

use std::cmp::Ordering;

use crate::instant::NEVER;
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
            Column::Name => self.sort_by_text(order, |row| name(rows, row)),
            Column::ExternalId => {
                let (mut given, missing) = order.iter().partition(|row| !rows.external_id(**row).is_empty());
                self.sort_by_text(&mut given, |row| rows.external_id(row).as_bytes());
                *order = given;
                order.extend::<Vec<Row>>(missing);
            }
            Column::Created => self.sort_by_number(order, NEVER, |row| rows.created(row)),
            Column::Updated => self.sort_by_number(order, NEVER, |row| rows.updated(row)),
            Column::Used => self.sort_by_number(order, NEVER, |row| rows.used(row)),
            Column::Bundle => {
                let mut numbers: Vec<u32> = order.iter().map(|row| rows.bundle_number(*row)).collect();
                numbers.sort_unstable();
                numbers.dedup();
                let ranks = Ranks::of(numbers.into_iter().map(|number| (number, rows.words().get(number))), "");
                self.sort_by_number(order, 0, |row| ranks.get(rows.bundle_number(row)));
            }
            Column::Creator => {
                let names = rows.people().map(|person| person.display_name());
                let ranks = Ranks::of((0..).zip(names), "");
                self.sort_by_number(order, 0, |row| ranks.get(rows.creator_number(row)));
            }
            Column::Labels => self.sort_by_labels(rows, order),
        }
    }

    /// How two rows stand to each other.
    #[must_use]
    pub fn compare(self, rows: &Rows, one: Row, other: Row) -> Ordering {
        match self.column {
            Column::Name => self.way(name(rows, one).cmp(name(rows, other))),
            Column::Created => self.compare_numbers(rows.created(one), rows.created(other), NEVER),
            Column::Updated => self.compare_numbers(rows.updated(one), rows.updated(other), NEVER),
            Column::Used => self.compare_numbers(rows.used(one), rows.used(other), NEVER),
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

    /// By eight bytes at a time, as numbers: most texts are told apart without looking at them more than once or twice.
    fn sort_by_text<'text>(self, order: &mut Vec<Row>, text: impl Fn(Row) -> &'text [u8]) {
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
                let rest = text(item.row).get(depth..).unwrap_or_default();
                has_ended |= rest.is_empty();
                let mut bytes = [0; 8];
                for (to, from) in bytes.iter_mut().zip(rest) {
                    *to = *from;
                }
                let key = u64::from_be_bytes(bytes);
                item.key = if self.is_descending { !key } else { key };
            }
            if has_ended || group.len() < 16 {
                group.sort_unstable_by(|one, other| {
                    let by_key = one.key.cmp(&other.key);
                    let by_text = || self.way(text(one.row).cmp(text(other.row)));
                    by_key.then_with(by_text).then(one.place.cmp(&other.place))
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

    /// By the first two labels as one number: most rows are told apart by it. The texts of labels are compared once for
    /// each pair that there is, and not for each row.
    fn sort_by_labels(self, rows: &Rows, order: &mut Vec<Row>) {
        let ranks = Ranks::of((0..).zip(rows.pairs().map(Some)), None);
        let rank_at = |row: Row, index: usize| rows.pairs_of(row).get(index).map_or(0, |pair| ranks.get(*pair));
        let key = |row: Row| u64::from(rank_at(row, 0)) << 32 | u64::from(rank_at(row, 1));
        let rest = |row: Row| {
            let rest = rows.pairs_of(row).iter().skip(2);
            rest.map(|pair| ranks.get(*pair))
        };
        let mut keyed: Vec<(u64, Row)> = order.iter().map(|row| (key(*row), *row)).collect();
        keyed.sort_by(|(one, one_row), (other, other_row)| {
            let by_key = self.compare_numbers(*one, *other, 0);
            by_key.then_with(|| self.way(rest(*one_row).cmp(rest(*other_row))))
        });
        order.clear();
        order.extend(keyed.into_iter().map(|(_, row)| row));
    }

    /// By a number of each row; what has the number that says nothing comes last.
    fn sort_by_number<Number: Ord + Copy>(self, order: &mut Vec<Row>, nothing: Number, number: impl Fn(Row) -> Number) {
        let mut keyed: Vec<(Number, Row)> = order.iter().map(|row| (number(*row), *row)).collect();
        keyed.sort_by(|(one, _), (other, _)| self.compare_numbers(*one, *other, nothing));
        order.clear();
        order.extend(keyed.into_iter().map(|(_, row)| row));
    }

    fn compare_numbers<Number: Ord + Copy>(self, one: Number, other: Number, nothing: Number) -> Ordering {
        match (one == nothing, other == nothing) {
            (false, false) => self.way(one.cmp(&other)),
            (one, other) => one.cmp(&other),
        }
    }
}

/// How texts that have numbers stand to each other, by their numbers.
struct Ranks(Vec<u32>);

impl Ranks {
    /// Numbered texts, each once. The text that says nothing is the smallest there is, and has rank 0.
    fn of<Text: Ord + Copy>(texts: impl Iterator<Item = (u32, Text)>, nothing: Text) -> Self {
        let mut texts: Vec<(Text, u32)> = texts.map(|(number, text)| (text, number)).collect();
        texts.sort_unstable();
        let mut ranks = Vec::new();
        let (mut rank, mut former) = (0, nothing);
        for (text, number) in texts {
            // Two people may have the same name, and then neither comes first.
            if text != former {
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

/// Puts sorted items into sorted items; of what is alike, what was there comes first. Costs few comparisons where few are
/// new, and no copy where all of them come last.
pub(crate) fn merge_by<Item: Copy>(known: &mut Vec<Item>, new: &[Item], compare: impl Fn(&Item, &Item) -> Ordering) {
    let is_after = |one: &Item, other: &Item| compare(one, other) == Ordering::Greater;
    let (Some(last), Some(first)) = (known.last(), new.first()) else {
        known.extend_from_slice(new);
        return;
    };
    if !is_after(last, first) {
        known.extend_from_slice(new);
        return;
    }
    let mut merged = Vec::with_capacity(known.len() + new.len());
    let mut rest = known.as_slice();
    for item in new {
        // In steps that double, because the next place is often near.
        let mut step = 1;
        while rest.get(step).is_some_and(|known| !is_after(known, item)) {
            step *= 2;
        }
        let near = rest.get(..=step).unwrap_or(rest);
        let (before, after) = rest.split_at(near.partition_point(|known| !is_after(known, item)));
        merged.extend_from_slice(before);
        merged.push(*item);
        rest = after;
    }
    merged.extend_from_slice(rest);
    *known = merged;
}

//! The columns: what is known of each secret but its value, in as few allocations as there are columns.

mod compact;
mod numbers;

pub use crate::list::rows::compact::Moves;

use hashbrown::HashTable;

use crate::list::facts::{Creator, Facts};
use crate::list::fold::fold;
use crate::list::instant::{Instant, NEVER};
use crate::list::texts::{Groups, Pool, Texts, hash};

/// A row by its number. A number stays with one state of one secret: a secret that has changed is another row.
pub type Row = u32;

/// What is between the texts of a row in its haystack; no text that a person types holds it.
pub(crate) const BETWEEN: u8 = 0x1f;

/// All rows.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    ids: Texts,
    names: Texts,
    external_ids: Texts,
    /// Name and external ID without regard to case, one row behind the other: what is searched.
    haystack: Vec<u8>,
    haystack_ends: Vec<u32>,
    words: Pool,
    pairs: Groups<2>,
    labels: Vec<u32>,
    label_ends: Vec<u32>,
    bundles: Vec<u32>,
    people: Groups<4>,
    creators: Vec<u32>,
    created: Vec<Instant>,
    updated: Vec<Instant>,
    used: Vec<Instant>,
    has_info: Vec<bool>,
    /// The row is no longer of the list: deleted, or replaced by another state of its secret.
    is_gone: Vec<bool>,
    by_id: HashTable<Row>,
    /// Kept from row to row, so that reading a page allocates nothing for it.
    pair_scratch: Vec<u32>,
}

/// How long each column was: where to go back to.
pub(crate) struct Mark(Row);

impl Rows {
    /// The number of the next row. Gone ones count.
    #[must_use]
    pub fn end(&self) -> Row {
        u32::try_from(self.ids.len()).unwrap_or(Row::MAX)
    }

    /// Adds a row, which is not of the list before [`Self::enter`]. None where there is no more room.
    pub(crate) fn push(&mut self, facts: &Facts<'_>) -> Option<Row> {
        let mark = self.mark();
        let row = self.push_columns(facts);
        if row.is_none() {
            self.back_to(mark);
        }
        row
    }

    fn push_columns(&mut self, facts: &Facts<'_>) -> Option<Row> {
        let row = self.ids.push(facts.id)?;
        self.names.push(facts.name)?;
        self.external_ids.push(facts.external_id)?;
        fold(facts.name, &mut self.haystack);
        self.haystack.push(BETWEEN);
        fold(facts.external_id, &mut self.haystack);
        self.haystack.push(b'\n');
        self.haystack_ends.push(u32::try_from(self.haystack.len()).ok()?);
        self.pair_scratch.clear();
        for (key, value) in facts.labels {
            let pair = [self.words.number(key)?, self.words.number(value)?];
            self.pair_scratch.push(self.pairs.number(pair)?);
        }
        let (words, pairs) = (&self.words, &self.pairs);
        let key = |pair: &u32| pairs.get(*pair).map_or("", |[key, _]| words.get(key));
        self.pair_scratch
            .sort_unstable_by(|one, other| key(one).cmp(key(other)));
        self.labels.extend_from_slice(&self.pair_scratch);
        self.label_ends.push(u32::try_from(self.labels.len()).ok()?);
        let bundle = self.words.number(facts.bundle)?;
        self.bundles.push(bundle);
        let Creator { id, name, email, kind } = facts.creator;
        let person = [
            self.words.number(id)?,
            self.words.number(name)?,
            self.words.number(email)?,
            self.words.number(kind)?,
        ];
        let creator = self.people.number(person)?;
        self.creators.push(creator);
        self.created.push(facts.created);
        self.updated.push(facts.updated);
        self.used.push(facts.used);
        self.has_info.push(facts.has_info);
        self.is_gone.push(true);
        Some(row)
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark(self.end())
    }

    /// Forgets the rows since the mark; none of them may have entered.
    pub(crate) fn back_to(&mut self, Mark(row): Mark) {
        let count = row as usize;
        let end = |ends: &[u32]| match count.checked_sub(1) {
            Some(last) => ends.get(last).copied().unwrap_or_default() as usize,
            None => 0,
        };
        self.haystack.truncate(end(&self.haystack_ends));
        self.labels.truncate(end(&self.label_ends));
        self.ids.truncate(count);
        self.names.truncate(count);
        self.external_ids.truncate(count);
        self.haystack_ends.truncate(count);
        self.label_ends.truncate(count);
        self.bundles.truncate(count);
        self.creators.truncate(count);
        self.created.truncate(count);
        self.updated.truncate(count);
        self.used.truncate(count);
        self.has_info.truncate(count);
        self.is_gone.truncate(count);
    }

    /// The row is of the list from now on, in the place of the one that its secret had before, which is returned.
    pub(crate) fn enter(&mut self, row: Row) -> Option<Row> {
        if let Some(gone) = self.is_gone.get_mut(row as usize) {
            *gone = false;
        }
        let hash = hash(self.ids.get(row));
        let ids = &self.ids;
        let known = self.by_id.find_mut(hash, |known| ids.get(*known) == ids.get(row));
        if let Some(known) = known {
            let former = std::mem::replace(known, row);
            if former != row {
                self.leave(former);
            }
            return Some(former);
        }
        self.by_id
            .insert_unique(hash, row, |row| crate::list::rows::hash(ids.get(*row)));
        None
    }

    fn leave(&mut self, row: Row) {
        if let Some(gone) = self.is_gone.get_mut(row as usize) {
            *gone = true;
        }
    }

    /// The secret is no longer of the list.
    pub(crate) fn remove(&mut self, row: Row) {
        self.leave(row);
        let hash = hash(self.ids.get(row));
        if let Ok(entry) = self.by_id.find_entry(hash, |known| *known == row) {
            entry.remove();
        }
    }

    /// The row of a secret.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Row> {
        self.by_id.find(hash(id), |row| self.ids.get(*row) == id).copied()
    }

    /// How many secrets are of the list.
    #[must_use]
    pub fn count(&self) -> usize {
        self.by_id.len()
    }

    /// Whether the row is of the list.
    #[must_use]
    pub fn is_here(&self, row: Row) -> bool {
        self.is_gone.get(row as usize) == Some(&false)
    }

    /// Whether a row says nothing that another does not say, too: it says the same, or the same but for use and maker,
    /// which nobody asked about when it was read.
    pub(crate) fn is_told_by(&self, one: Row, other: Row) -> bool {
        fn at<Value: Copy>(column: &[Value], row: Row) -> Option<Value> {
            column.get(row as usize).copied()
        }
        let is_poorer = !self.has_info(one) && self.has_info(other);
        self.id(one) == self.id(other)
            && self.name(one) == self.name(other)
            && self.external_id(one) == self.external_id(other)
            && self.pairs_of(one) == self.pairs_of(other)
            && at(&self.bundles, one) == at(&self.bundles, other)
            && at(&self.created, one) == at(&self.created, other)
            && at(&self.updated, one) == at(&self.updated, other)
            && match is_poorer {
                true => self.creator(one).id == self.creator(other).id,
                false => {
                    at(&self.creators, one) == at(&self.creators, other)
                        && at(&self.used, one) == at(&self.used, other)
                        && at(&self.has_info, one) == at(&self.has_info, other)
                }
            }
    }

    /// The id.
    #[must_use]
    pub fn id(&self, row: Row) -> &str {
        self.ids.get(row)
    }

    /// The name.
    #[must_use]
    pub fn name(&self, row: Row) -> &str {
        self.names.get(row)
    }

    /// The external ID; empty where there is none.
    #[must_use]
    pub fn external_id(&self, row: Row) -> &str {
        self.external_ids.get(row)
    }

    /// The labels, by key.
    pub fn labels(&self, row: Row) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let words = &self.words;
        self.pairs_of(row).iter().map(move |pair| {
            let [key, value] = self.pairs.get(*pair).unwrap_or_default();
            (words.get(key), words.get(value))
        })
    }

    /// Every pair of key and value that any row has or had, by its number.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = &self.words;
        self.pairs
            .iter()
            .map(move |[key, value]| (words.get(*key), words.get(*value)))
    }

    /// The bundle; empty where there is none.
    #[must_use]
    pub fn bundle(&self, row: Row) -> &str {
        self.words.get(self.bundle_number(row))
    }

    /// Who created it.
    #[must_use]
    pub fn creator(&self, row: Row) -> Creator<'_> {
        self.person(self.creator_number(row))
    }

    /// When it was created; [`NEVER`] where that is not known.
    #[must_use]
    pub fn created(&self, row: Row) -> Instant {
        self.created.get(row as usize).copied().unwrap_or(NEVER)
    }

    /// When it was last changed; [`NEVER`] where it never was.
    #[must_use]
    pub fn updated(&self, row: Row) -> Instant {
        self.updated.get(row as usize).copied().unwrap_or(NEVER)
    }

    /// When it was last used; [`NEVER`] where it never was or where nobody asked ([`Self::has_info`]).
    #[must_use]
    pub fn used(&self, row: Row) -> Instant {
        self.used.get(row as usize).copied().unwrap_or(NEVER)
    }

    /// Whether the server said when it was last used.
    #[must_use]
    pub fn has_info(&self, row: Row) -> bool {
        self.has_info.get(row as usize) == Some(&true)
    }

    /// Name and external ID of some rows without regard to case, and where each row's end.
    pub(crate) fn haystack(&self, from: Row, to: Row) -> (&[u8], usize, &[u32]) {
        let (from, to) = (from as usize, to as usize);
        let start = match from.checked_sub(1) {
            Some(before) => self.haystack_ends.get(before).copied().unwrap_or_default() as usize,
            None => 0,
        };
        let ends = self.haystack_ends.get(from..to).unwrap_or_default();
        let end = ends.last().map_or(start, |end| *end as usize);
        (self.haystack.get(start..end).unwrap_or_default(), start, ends)
    }

    /// How many bytes the allocations hold.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let instants = self.created.capacity() + self.updated.capacity() + self.used.capacity();
        let numbers = self.haystack_ends.capacity()
            + self.labels.capacity()
            + self.label_ends.capacity()
            + self.bundles.capacity()
            + self.creators.capacity();
        self.ids.capacity()
            + self.names.capacity()
            + self.external_ids.capacity()
            + self.haystack.capacity()
            + self.words.capacity()
            + self.pairs.capacity()
            + self.people.capacity()
            + self.by_id.allocation_size()
            + instants * size_of::<Instant>()
            + numbers * size_of::<u32>()
            + self.has_info.capacity()
            + self.is_gone.capacity()
    }
}

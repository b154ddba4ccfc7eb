//! The columns: all data of each secret except its value, in a dozen allocations for each 1,024 secrets.

mod numbers;

use hashbrown::HashTable;

use crate::list::facts::{Creator, Facts};
use crate::list::fold::fold;
use crate::list::instant::{Instant, NEVER};
use crate::list::pieces::Pieces;
use crate::list::row_set::RowSet;
use crate::list::spans::Spans;
use crate::list::texts::{Groups, Pool, hash};

/// The number of a row. It belongs to one secret as long as the list exists, and is overwritten when the secret
/// changes.
pub type Row = u32;

/// Separates the texts of a row in its haystack; cannot be typed.
pub(crate) const BETWEEN: u8 = 0x1f;

/// All rows.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// By [`ID`], [`NAME`], [`EXTERNAL_ID`] and [`HAYSTACK`].
    texts: [Spans<u8>; 4],
    labels: Spans<u32>,
    fixed: Pieces<Fixed>,
    words: Pool,
    pairs: Groups<2>,
    people: Groups<4>,
    by_id: HashTable<Row>,
    hidden: RowSet,
    hidden_count: usize,
    /// How many tool sets refer to each secret, as far as that was set.
    uses: Vec<u32>,
    /// Reused for each row, so that decoding a page does not allocate.
    haystack_scratch: Vec<u8>,
    pair_scratch: Vec<u32>,
}

const ID: usize = 0;
const NAME: usize = 1;
const EXTERNAL_ID: usize = 2;
/// Name and external ID in lower case, for searching.
const HAYSTACK: usize = 3;

/// Not known where a secret is used.
const UNKNOWN: u32 = u32::MAX;

/// The fixed-width columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fixed {
    bundle: u32,
    creator: u32,
    /// The position of the row: see [`Rows::place`].
    place: u32,
    has_info: bool,
    created: Instant,
    updated: Instant,
    used: Instant,
}

/// The result of putting a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    New(Row),
    Changed(Row),
}

impl Rows {
    /// The number of the next row. Includes hidden rows.
    #[must_use]
    pub fn end(&self) -> Row {
        u32::try_from(self.fixed.len()).unwrap_or(Row::MAX)
    }

    /// Adds a secret or updates its row. `None` if there is no more room; then nothing changes.
    pub(crate) fn put(&mut self, facts: &Facts<'_>) -> Option<Put> {
        match self.slot(facts.id) {
            Some(row) => self.write(row, facts).map(|()| Put::Changed(row)),
            None => self.push(facts).map(Put::New),
        }
    }

    /// Adds a secret that has no row. `None` if there is no more room.
    pub(crate) fn push(&mut self, facts: &Facts<'_>) -> Option<Row> {
        let row = self.end();
        if self.push_columns(facts).is_none() {
            self.truncate(row);
            return None;
        }
        let ids = &self.texts[ID];
        self.by_id
            .insert_unique(hash(facts.id.as_bytes()), row, |row| hash(ids.get(*row)));
        Some(row)
    }

    fn push_columns(&mut self, facts: &Facts<'_>) -> Option<()> {
        let fixed = self.prepare(facts)?;
        self.texts[ID].push(facts.id.as_bytes())?;
        self.texts[NAME].push(facts.name.as_bytes())?;
        self.texts[EXTERNAL_ID].push(facts.external_id.as_bytes())?;
        self.texts[HAYSTACK].push(&self.haystack_scratch)?;
        self.labels.push(&self.pair_scratch)?;
        self.fixed.push(fixed);
        Some(())
    }

    /// Overwrites a row, except its id and its place.
    fn write(&mut self, row: Row, facts: &Facts<'_>) -> Option<()> {
        let fixed = self.prepare(facts)?;
        self.texts[NAME].set(row, facts.name.as_bytes())?;
        self.texts[EXTERNAL_ID].set(row, facts.external_id.as_bytes())?;
        self.texts[HAYSTACK].set(row, &self.haystack_scratch)?;
        self.labels.set(row, &self.pair_scratch)?;
        let place = self.place(row);
        if let Some(uses) = self.uses.get_mut(row as usize) {
            // It may have another name now.
            *uses = UNKNOWN;
        }
        *self.fixed.get_mut(row)? = Fixed { place, ..fixed };
        Some(())
    }

    /// Numbers the shared values and prepares the derived columns.
    fn prepare(&mut self, facts: &Facts<'_>) -> Option<Fixed> {
        self.haystack_scratch.clear();
        fold(facts.name, &mut self.haystack_scratch);
        self.haystack_scratch.push(BETWEEN);
        fold(facts.external_id, &mut self.haystack_scratch);
        self.haystack_scratch.push(b'\n');
        self.pair_scratch.clear();
        for (key, value) in facts.labels {
            let pair = [self.words.number(key)?, self.words.number(value)?];
            self.pair_scratch.push(self.pairs.number(pair)?);
        }
        let (words, pairs) = (&self.words, &self.pairs);
        let key = |pair: &u32| pairs.get(*pair).map_or("", |[key, _]| words.get(key));
        self.pair_scratch
            .sort_unstable_by(|one, other| key(one).cmp(key(other)));
        let Creator { id, name, email, kind } = facts.creator;
        let person = [
            self.words.number(id)?,
            self.words.number(name)?,
            self.words.number(email)?,
            self.words.number(kind)?,
        ];
        Some(Fixed {
            bundle: self.words.number(facts.bundle)?,
            creator: self.people.number(person)?,
            place: 0,
            has_info: facts.has_info,
            created: facts.created,
            updated: facts.updated,
            used: facts.used,
        })
    }

    /// Removes the rows from this one on, as if they had never been added.
    pub(crate) fn truncate(&mut self, end: Row) {
        for row in end..self.end() {
            let hash = hash(self.texts[ID].get(row));
            if let Ok(entry) = self.by_id.find_entry(hash, |known| *known == row) {
                entry.remove();
            }
        }
        let count = end as usize;
        self.texts.iter_mut().for_each(|texts| texts.truncate(count));
        self.labels.truncate(count);
        self.fixed.truncate(count);
        self.uses.truncate(count);
    }

    /// Hides a secret, or shows it again. Returns its row if that changed anything.
    pub(crate) fn set_hidden(&mut self, id: &str, is_hidden: bool) -> Option<Row> {
        let row = self.slot(id)?;
        if is_hidden && self.hidden.insert(row) {
            self.hidden_count += 1;
            Some(row)
        } else if !is_hidden && self.hidden.remove(row) {
            self.hidden_count -= 1;
            Some(row)
        } else {
            None
        }
    }

    /// The row of a secret, hidden or not.
    pub(crate) fn slot(&self, id: &str) -> Option<Row> {
        let is_it = |row: &Row| self.texts[ID].get(*row) == id.as_bytes();
        self.by_id.find(hash(id.as_bytes()), is_it).copied()
    }

    /// The row of a secret that is not hidden.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Row> {
        self.slot(id).filter(|row| self.is_here(*row))
    }

    /// The number of secrets that are not hidden.
    #[must_use]
    pub fn count(&self) -> usize {
        self.fixed.len() - self.hidden_count
    }

    /// Whether the row's secret is not hidden.
    #[must_use]
    pub fn is_here(&self, row: Row) -> bool {
        !self.hidden.contains(row)
    }

    /// Passes the data of a row as facts.
    pub(crate) fn with_facts<Answer>(&self, row: Row, act: impl FnOnce(&Facts<'_>) -> Answer) -> Answer {
        let labels: Vec<(&str, &str)> = self.labels(row).collect();
        act(&Facts {
            id: self.id(row),
            name: self.name(row),
            external_id: self.external_id(row),
            labels: &labels,
            bundle: self.bundle(row),
            creator: self.creator(row),
            created: self.created(row),
            updated: self.updated(row),
            used: self.used(row),
            has_info: self.has_info(row),
        })
    }

    /// The id.
    #[must_use]
    pub fn id(&self, row: Row) -> &str {
        self.texts[ID].text(row)
    }

    /// The name.
    #[must_use]
    pub fn name(&self, row: Row) -> &str {
        self.texts[NAME].text(row)
    }

    /// The name as bytes, which saves checking again that it is text.
    pub(crate) fn name_bytes(&self, row: Row) -> &[u8] {
        self.texts[NAME].get(row)
    }

    /// The external ID; empty if there is none.
    #[must_use]
    pub fn external_id(&self, row: Row) -> &str {
        self.texts[EXTERNAL_ID].text(row)
    }

    /// The external ID as bytes: see [`Self::name_bytes`].
    pub(crate) fn external_id_bytes(&self, row: Row) -> &[u8] {
        self.texts[EXTERNAL_ID].get(row)
    }

    /// The labels, by key.
    pub fn labels(&self, row: Row) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let words = &self.words;
        self.pairs_of(row).iter().map(move |pair| {
            let [key, value] = self.pairs.get(*pair).unwrap_or_default();
            (words.get(key), words.get(value))
        })
    }

    /// Every pair of key and value that any row has or had, in the order of their numbers.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = &self.words;
        self.pairs
            .iter()
            .map(move |[key, value]| (words.get(*key), words.get(*value)))
    }

    /// The bundle; empty if there is none.
    #[must_use]
    pub fn bundle(&self, row: Row) -> &str {
        self.words.get(self.bundle_number(row))
    }

    /// Who created it.
    #[must_use]
    pub fn creator(&self, row: Row) -> Creator<'_> {
        self.person(self.creator_number(row))
    }

    /// When it was created; [`NEVER`] if unknown.
    #[must_use]
    pub fn created(&self, row: Row) -> Instant {
        self.fixed(row).created
    }

    /// When it was last changed; [`NEVER`] if it was not.
    #[must_use]
    pub fn updated(&self, row: Row) -> Instant {
        self.fixed(row).updated
    }

    /// When it was last used; [`NEVER`] if it was not, or if unknown ([`Self::has_info`]).
    #[must_use]
    pub fn used(&self, row: Row) -> Instant {
        self.fixed(row).used
    }

    /// Whether the server sent the last use.
    #[must_use]
    pub fn has_info(&self, row: Row) -> bool {
        self.fixed(row).has_info
    }

    /// How many tool sets refer to it; `None` if that is not known.
    #[must_use]
    pub fn uses(&self, row: Row) -> Option<u32> {
        self.uses.get(row as usize).copied().filter(|uses| *uses != UNKNOWN)
    }

    /// Sets how many tool sets refer to each secret, by name. Returns whether that changed anything.
    pub(crate) fn set_uses(&mut self, count: &dyn Fn(&str) -> Option<u32>) -> bool {
        let uses: Vec<u32> = (0..self.end())
            .map(|row| count(self.name(row)).unwrap_or(UNKNOWN))
            .collect();
        let is_unknown = |uses: &[u32]| uses.iter().all(|uses| *uses == UNKNOWN);
        let is_new = uses != self.uses && !(is_unknown(&uses) && is_unknown(&self.uses));
        self.uses = uses;
        is_new
    }

    /// The position of the row in its list; smaller comes first.
    pub(crate) fn place(&self, row: Row) -> u32 {
        self.fixed(row).place
    }

    pub(crate) fn set_place(&mut self, row: Row, place: u32) {
        if let Some(fixed) = self.fixed.get_mut(row) {
            fixed.place = place;
        }
    }

    fn fixed(&self, row: Row) -> Fixed {
        self.fixed.get(row).copied().unwrap_or(Fixed {
            bundle: 0,
            creator: 0,
            place: 0,
            has_info: false,
            created: NEVER,
            updated: NEVER,
            used: NEVER,
        })
    }

    /// Name and external ID of a row in lower case.
    pub(crate) fn haystack(&self, row: Row) -> &[u8] {
        self.texts[HAYSTACK].get(row)
    }

    /// Name and external ID of rows in lower case, in pieces: the bytes, the offset of the first, and the end of each
    /// row.
    pub(crate) fn haystacks(&self, from: Row, to: Row) -> impl Iterator<Item = (&[u8], usize, &[u32])> {
        self.texts[HAYSTACK].range(from, to)
    }

    /// The allocated size in bytes.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.texts.iter().map(Spans::capacity).sum::<usize>()
            + self.labels.capacity()
            + self.fixed.capacity()
            + self.words.capacity()
            + self.pairs.capacity()
            + self.people.capacity()
            + self.by_id.allocation_size()
    }
}

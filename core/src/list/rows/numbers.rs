//! Shared values by number: texts of labels, bundles and creators are stored once.

use crate::list::facts::Creator;
use crate::list::row_set::RowSet;
use crate::list::rows::{Row, Rows};
use crate::list::texts::Pool;

/// More labels that all secrets share are shown in each row.
const MOST_SHARED: usize = 32;

impl Rows {
    /// The labels as numbers of pairs.
    pub(crate) fn pairs_of(&self, row: Row) -> &[u32] {
        self.labels.get(row)
    }

    /// The number of the bundle's name among the words; 0 if there is none.
    pub(crate) fn bundle_number(&self, row: Row) -> u32 {
        self.fixed(row).bundle
    }

    /// The interned texts of labels, bundles and creators.
    pub(crate) fn words(&self) -> &Pool {
        &self.words
    }

    /// The number of the creator.
    pub(crate) fn creator_number(&self, row: Row) -> u32 {
        self.fixed(row).creator
    }

    /// The creator with this number.
    pub(crate) fn person(&self, number: u32) -> Creator<'_> {
        let [id, name, email, kind] = self
            .people
            .get(number)
            .unwrap_or_default()
            .map(|word| self.words.get(word));
        Creator { id, name, email, kind }
    }

    /// The name of a creator of any row, by the id of the profile.
    #[must_use]
    pub fn creator_name(&self, id: &str) -> Option<&str> {
        self.people()
            .find(|creator| creator.id == id && !creator.name.is_empty())
            .map(|creator| creator.name)
    }

    /// All creators of any row, by number.
    pub(crate) fn people(&self) -> impl Iterator<Item = Creator<'_>> {
        (0..self.people.iter().count()).filter_map(|number| Some(self.person(u32::try_from(number).ok()?)))
    }

    /// The numbers of the key and the value of a pair, among the words.
    pub(crate) fn pair(&self, number: u32) -> Option<[u32; 2]> {
        self.pairs.get(number)
    }

    /// Whether each pair of key and value, by number, fits; keys and values are numbers of words.
    pub(crate) fn fitting_pairs(&self, fits: impl Fn(u32, u32) -> bool) -> Vec<bool> {
        self.pairs.iter().map(|[key, value]| fits(*key, *value)).collect()
    }

    /// The labels that all secrets of the list share, as numbers of pairs; at most [`MOST_SHARED`]. A single secret shares
    /// none.
    pub(crate) fn shared_pairs(&self) -> Vec<u32> {
        let mut here = (0..self.end()).filter(|row| self.is_here(*row));
        let (Some(first), Some(second)) = (here.next(), here.next()) else {
            return Vec::new();
        };
        let mut shared = self.pairs_of(first).to_vec();
        shared.retain(|pair| self.pair_texts(*pair).0 != contract::BUNDLE_LABEL);
        for row in std::iter::once(second).chain(here) {
            if shared.is_empty() {
                break;
            }
            let mut pairs = RowSet::default();
            for pair in self.pairs_of(row) {
                pairs.insert(*pair);
            }
            shared.retain(|pair| pairs.contains(*pair));
        }
        shared.truncate(MOST_SHARED);
        shared
    }

    /// Key and value of a pair.
    #[must_use]
    pub fn pair_texts(&self, pair: u32) -> (&str, &str) {
        let [key, value] = self.pair(pair).unwrap_or_default();
        (self.words().get(key), self.words().get(value))
    }

    /// The labels of a row by key, without those of these pairs and without its bundle, which has a column.
    pub fn labels_except(&self, row: Row, pairs: &[u32]) -> impl Iterator<Item = (&str, &str)> {
        let own = self.pairs_of(row).iter().filter(|pair| !pairs.contains(pair));
        let texts = own.map(|pair| self.pair_texts(*pair));
        texts.filter(|(key, _)| *key != contract::BUNDLE_LABEL)
    }

    /// How many these are.
    #[must_use]
    pub fn label_count_except(&self, row: Row, pairs: &[u32]) -> usize {
        self.pairs_of(row).iter().filter(|pair| !pairs.contains(pair)).count()
    }

    /// Every pair of key and value that a secret of the list has.
    pub fn pairs_in_use(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut known = RowSet::default();
        let here = (0..self.end()).filter(|row| self.is_here(*row));
        let pairs = here.flat_map(|row| self.pairs_of(row).iter().copied());
        let pairs = pairs.filter(move |pair| known.insert(*pair));
        pairs.filter_map(|pair| {
            let [key, value] = self.pair(pair)?;
            Some((self.words().get(key), self.words().get(value)))
        })
    }

    /// The creators of the secrets in the list.
    pub(crate) fn people_in_use(&self) -> impl Iterator<Item = Creator<'_>> {
        let mut known = RowSet::default();
        let here = (0..self.end()).filter(|row| self.is_here(*row));
        let numbers = here.map(|row| self.creator_number(row));
        numbers
            .filter(move |number| known.insert(*number))
            .map(|number| self.person(number))
    }
}

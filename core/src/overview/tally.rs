//! Counts the secrets of one loaded list.

use std::collections::BTreeMap;

use contract::BUNDLE_LABEL;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::list::Rows;
use crate::list::instant::{Instant, NEVER};

const DAY: Instant = 24 * 60 * 60 * 1000;

/// The ends of the spans of age, in days, with the words of the query: a span holds what is younger than its end, the
/// last one the rest.
pub(super) const AGE_ENDS: [(Instant, &str); 4] = [(30, "30d"), (90, "90d"), (180, "180d"), (365, "1y")];
/// The ends of the spans of the last use, likewise.
pub(super) const USE_ENDS: [(Instant, &str); 3] = [(30, "30d"), (90, "90d"), (180, "180d")];

/// The number of spans of age.
pub const AGES: usize = AGE_ENDS.len() + 1;
/// The number of spans of the last use; secrets that were never used are in none.
pub const USES: usize = USE_ENDS.len() + 1;

/// A creator, as the server names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person {
    /// The profile's id.
    pub id: String,
    /// The profile's name.
    pub name: String,
    /// The profile's email.
    pub email: String,
}

/// The secrets of one loaded list, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub total: usize,
    /// By age, youngest first.
    pub ages: [usize; AGES],
    /// Those of which the age is unknown.
    pub ageless: usize,
    /// By last use, latest first.
    pub uses: [usize; USES],
    /// Those that were never used.
    pub never_used: usize,
    /// Those of which the last use was not loaded.
    pub use_unknown: usize,
    /// By bundle.
    pub bundles: BTreeMap<String, usize>,
    /// Those that no bundle owns.
    pub unmanaged: usize,
    /// By creator.
    pub people: BTreeMap<Person, usize>,
    /// Those of which the creator is unknown.
    pub orphans: usize,
    /// By all of their labels together, as places in [`Self::labels`]. Far fewer than secrets, and enough to count those
    /// with some label or with none of several.
    pub combinations: Vec<(Vec<usize>, usize)>,
    /// The labels in use: key and value, without those of bundles.
    pub labels: Vec<(String, String)>,
    /// Those without a label.
    pub unlabelled: usize,
}

/// The span that a point in time is in: the first one that is longer ago than `ends` say.
fn span(instant: Instant, now: Instant, ends: &[(Instant, &str)]) -> usize {
    let is_over = |(days, _): &&(Instant, &str)| instant <= now.saturating_sub(days * DAY);
    ends.iter().take_while(is_over).count()
}

/// Whether something happened this many days ago or earlier.
pub(super) fn is_before(instant: Instant, now: Instant, days: Instant) -> bool {
    instant != NEVER && instant <= now.saturating_sub(days * DAY)
}

impl Tally {
    /// Counts the secrets of a list.
    #[must_use]
    pub fn of(rows: &Rows, now: Instant) -> Self {
        let mut tally = Self::default();
        let mut bundles: HashMap<u32, usize, FxBuildHasher> = HashMap::default();
        let mut people: HashMap<u32, usize, FxBuildHasher> = HashMap::default();
        let mut combinations: HashMap<&[u32], usize, FxBuildHasher> = HashMap::default();
        for row in (0..rows.end()).filter(|row| rows.is_here(*row)) {
            tally.total += 1;
            let created = rows.created(row);
            if created == NEVER {
                tally.ageless += 1;
            } else if let Some(count) = tally.ages.get_mut(span(created, now, &AGE_ENDS)) {
                *count += 1;
            }
            let used = rows.used(row);
            if used != NEVER {
                if let Some(count) = tally.uses.get_mut(span(used, now, &USE_ENDS)) {
                    *count += 1;
                }
            } else if rows.has_info(row) {
                tally.never_used += 1;
            } else {
                tally.use_unknown += 1;
            }
            *bundles.entry(rows.bundle_number(row)).or_default() += 1;
            *people.entry(rows.creator_number(row)).or_default() += 1;
            *combinations.entry(rows.pairs_of(row)).or_default() += 1;
        }
        for (bundle, count) in bundles {
            match rows.words().get(bundle) {
                "" => tally.unmanaged += count,
                name => *tally.bundles.entry(name.to_owned()).or_default() += count,
            }
        }
        for (number, count) in people {
            let creator = rows.person(number);
            if creator.display_name().is_empty() {
                tally.orphans += count;
            } else {
                let person = Person {
                    id: creator.id.to_owned(),
                    name: creator.name.to_owned(),
                    email: creator.email.to_owned(),
                };
                *tally.people.entry(person).or_default() += count;
            }
        }
        tally.add_labels(rows, combinations);
        tally
    }

    fn add_labels(&mut self, rows: &Rows, combinations: HashMap<&[u32], usize, FxBuildHasher>) {
        let mut places: HashMap<u32, usize, FxBuildHasher> = HashMap::default();
        let mut sorted: Vec<(&[u32], usize)> = combinations.into_iter().collect();
        sorted.sort_unstable();
        for (pairs, count) in sorted {
            let mut own = Vec::new();
            for pair in pairs {
                let (key, value) = rows.pair_texts(*pair);
                if key == BUNDLE_LABEL {
                    continue;
                }
                let place = *places.entry(*pair).or_insert_with(|| {
                    self.labels.push((key.to_owned(), value.to_owned()));
                    self.labels.len() - 1
                });
                own.push(place);
            }
            if own.is_empty() {
                self.unlabelled += count;
            } else {
                self.combinations.push((own, count));
            }
        }
    }
}

//! What a workspace has that a search finds.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use contract::BUNDLE_LABEL;
use strongroom_core::list::instant::Instant;
use strongroom_core::list::marks::marks;
use strongroom_core::list::{LoadedList, Query, Row};

/// The labels that a row shows.
const LABELS: usize = 3;

/// A result, as on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: String,
    pub name: String,
    pub marks: Vec<Range<usize>>,
    pub labels: Vec<(String, String)>,
    pub more_labels: usize,
    pub external_id: String,
    pub bundle: String,
    /// `None` if it is not known.
    pub used: Option<Instant>,
}

impl Found {
    #[must_use]
    pub fn of(query: &Query, loaded: &LoadedList, row: Row) -> Self {
        let rows = loaded.list().rows();
        let id = rows.id(row).to_owned();
        let name = match rows.name(row) {
            "" => id.clone(),
            name => name.to_owned(),
        };
        // A bundle has a column of its own.
        let labels = rows.labels(row).filter(|(key, _)| *key != BUNDLE_LABEL);
        let labels: Vec<_> = labels.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Self {
            marks: marks(query, &name),
            more_labels: labels.len().saturating_sub(LABELS),
            labels: labels.into_iter().take(LABELS).collect(),
            external_id: rows.external_id(row).to_owned(),
            bundle: rows.bundle(row).to_owned(),
            used: rows.has_info(row).then(|| rows.used(row)),
            id,
            name,
        }
    }
}

/// The results on screen, in order, each with a key that stays with its secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    pub keys: Vec<u64>,
    pub found: Vec<Found>,
}

impl Lines {
    #[must_use]
    pub fn new(found: impl Iterator<Item = Found>) -> Self {
        let found: Vec<Found> = found.collect();
        let key = |found: &Found| {
            let mut hasher = DefaultHasher::new();
            found.id.hash(&mut hasher);
            hasher.finish()
        };
        Self {
            keys: found.iter().map(key).collect(),
            found,
        }
    }
}

//! Changes made by this console that the server may not list yet: an overlay on every list of the workspace.

use std::collections::BTreeMap;

use contract::{ResourceMetadata, SecretId};

use crate::list::facts::{Creator, Info, millis};
use crate::list::rows::{Row, Rows};

/// A change that this console made and the server confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalChange {
    /// A secret was created or changed; its new state.
    Put(Box<ResourceMetadata>),
    /// A secret was deleted.
    Deleted(SecretId),
}

/// The changes that a reading may have missed: those made since it began, and earlier ones until it is complete. A page
/// that was requested before a write may show the state before it.
#[derive(Debug, Clone, Default)]
pub struct LocalChanges {
    puts: BTreeMap<String, Put>,
    gone: BTreeMap<String, Gone>,
    count: u32,
}

#[derive(Debug, Clone)]
struct Put {
    metadata: Box<ResourceMetadata>,
    /// Higher is later.
    number: u32,
    /// Made before the current reading began.
    is_old: bool,
}

/// A hidden secret: deleted, or about to be.
#[derive(Debug, Clone, Copy)]
struct Gone {
    /// Not confirmed by the server yet.
    is_pending: bool,
    /// Confirmed before the current reading began.
    is_old: bool,
}

impl LocalChanges {
    /// Adds a change.
    pub(crate) fn add(&mut self, change: &LocalChange) {
        match change {
            LocalChange::Put(metadata) => {
                self.count += 1;
                self.gone.remove(metadata.id.as_str());
                let put = Put {
                    metadata: metadata.clone(),
                    number: self.count,
                    is_old: false,
                };
                self.puts.insert(metadata.id.as_str().to_owned(), put);
            }
            LocalChange::Deleted(id) => {
                self.puts.remove(id.as_str());
                self.hide(id.as_str(), false);
            }
        }
    }

    /// Hides a secret whose delete is pending.
    pub(crate) fn hide_for_now(&mut self, id: &str) {
        self.hide(id, true);
    }

    fn hide(&mut self, id: &str, is_pending: bool) {
        let is_old = false;
        self.gone.insert(id.to_owned(), Gone { is_pending, is_old });
    }

    /// Shows a secret again whose delete was not confirmed. Returns whether it was hidden.
    pub(crate) fn unhide(&mut self, id: &str) -> bool {
        let is_pending = self.gone.get(id).is_some_and(|gone| gone.is_pending);
        is_pending && self.gone.remove(id).is_some()
    }

    /// The secrets that are hidden while their delete is pending.
    pub(crate) fn pending(&self) -> Vec<String> {
        let pending = self.gone.iter().filter(|(_, gone)| gone.is_pending);
        pending.map(|(id, _)| id.clone()).collect()
    }

    /// A reading begins: it sees every change confirmed so far.
    pub(crate) fn begin(&mut self) {
        for put in self.puts.values_mut() {
            put.is_old = true;
        }
        for gone in self.gone.values_mut() {
            gone.is_old = !gone.is_pending;
        }
    }

    /// The reading is complete: older changes are superseded by it.
    pub(crate) fn complete(&mut self) {
        self.puts.retain(|_, put| !put.is_old);
        self.gone.retain(|_, gone| !gone.is_old);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.gone.is_empty()
    }

    pub(crate) fn hides(&self, id: &str) -> bool {
        self.gone.contains_key(id)
    }

    /// The local state of a secret, if it is newer than the one listed with this time of change. If the times are equal
    /// (the same write, or unknown), a change made since the reading began counts as newer than the page.
    pub(crate) fn newer(&self, id: &str, listed: i64) -> Option<&ResourceMetadata> {
        let put = self.puts.get(id)?;
        let own = millis(put.metadata.updated_at);
        (own > listed || own == listed && !put.is_old).then_some(&*put.metadata)
    }

    /// The secrets put since the reading began, which it may have passed; latest last.
    pub(crate) fn new_puts(&self) -> Vec<&ResourceMetadata> {
        let mut puts: Vec<&Put> = self.puts.values().filter(|put| !put.is_old).collect();
        puts.sort_unstable_by_key(|put| put.number);
        puts.into_iter().map(|put| &*put.metadata).collect()
    }
}

impl Info {
    pub(crate) fn of(rows: &Rows, row: Row) -> Self {
        let Creator { id, name, email, kind } = rows.creator(row);
        let [id, name, email, kind] = [id, name, email, kind].map(str::to_owned);
        let used = rows.has_info(row).then(|| rows.used(row));
        Self {
            id,
            name,
            email,
            kind,
            used,
        }
    }
}

//! The secrets whose delete waits or is under way: lists strike them through.

use std::collections::BTreeSet;

use contract::WorkspaceId;
use leptos::prelude::*;

/// A set of secrets of all workspaces. A handle.
#[derive(Clone, Copy)]
pub struct PendingDeletes(StoredValue<BTreeSet<String>, LocalStorage>);

impl PendingDeletes {
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new_local(BTreeSet::new()))
    }

    /// Adds or removes these secrets.
    pub fn mark(self, workspace: &WorkspaceId, ids: &[String], is_marked: bool) {
        self.0.update_value(|set| {
            for key in ids.iter().map(|id| key(workspace, id)) {
                if is_marked {
                    set.insert(key);
                } else {
                    set.remove(&key);
                }
            }
        });
    }

    pub fn clear(self) {
        self.0.update_value(BTreeSet::clear);
    }

    #[must_use]
    pub fn has(self, workspace: &WorkspaceId, id: &str) -> bool {
        let has = |set: &BTreeSet<String>| !set.is_empty() && set.contains(&key(workspace, id));
        self.0.try_with_value(has) == Some(true)
    }
}

impl Default for PendingDeletes {
    fn default() -> Self {
        Self::new()
    }
}

/// Ids are unique within a workspace. No id contains a slash.
fn key(workspace: &WorkspaceId, id: &str) -> String {
    [workspace.as_str(), "/", id].concat()
}

//! The findings that are muted in this browser.

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::overview::findings::Rule;
use strongroom_core::overview::muted::Muted;

use crate::browser::published::Published;
use crate::browser::preferences::Preference;
use crate::browser::storage::{Area, Storage};

/// What is muted, and where that is stored. A handle.
#[derive(Clone, Copy)]
pub struct Muting {
    storage: Storage,
    muted: Published<Muted>,
    /// Whether the browser stored the last change.
    is_kept: Published<bool>,
}

impl Muting {
    /// What this browser has stored.
    #[must_use]
    pub fn new(storage: Storage) -> Self {
        Self {
            storage,
            muted: Published::new(read(storage)),
            is_kept: Published::new(true),
        }
    }

    #[must_use]
    pub fn muted(self) -> ReadSignal<Muted> {
        self.muted.read_only()
    }

    /// Whether a reload of the page leaves it as it is.
    #[must_use]
    pub fn is_kept(self) -> ReadSignal<bool> {
        self.is_kept.read_only()
    }

    /// Mutes a rule in a workspace, or no longer. What another tab has muted meanwhile stays so.
    pub fn set(self, workspace: &WorkspaceId, rule: Rule, is_muted: bool) {
        let mut muted = if self.is_kept.get_untracked() { read(self.storage) } else { self.muted.get_untracked() };
        muted.set(workspace, rule, is_muted);
        let name = Preference::Muted.name();
        let is_kept = if muted.is_empty() {
            self.storage.0.remove(Area::Browser, name);
            true
        } else {
            self.storage.0.write(Area::Browser, name, &muted.to_text())
        };
        self.is_kept.set(is_kept);
        self.muted.set(muted);
    }
}

fn read(storage: Storage) -> Muted {
    let text = storage.0.read(Area::Browser, Preference::Muted.name());
    Muted::parse(&text.unwrap_or_default())
}

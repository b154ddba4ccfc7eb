//! The loaded secrets, for searching them without a list on screen.

use std::rc::Rc;

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSecret {
    pub workspace: WorkspaceId,
    pub id: SecretId,
    pub name: String,
}

/// What a text finds in the loaded secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundLoaded {
    /// Secrets of all workspaces, those of the current one first, and best matches first.
    pub secrets: Vec<FoundSecret>,
    /// Labels of the current workspace: the label, and the condition to filter by it.
    pub labels: Vec<(String, String)>,
}

/// Finds secrets and labels, at most the given number of each. The workspace is the current one.
type Find = dyn Fn(Option<&WorkspaceId>, &str, usize) -> FoundLoaded;

/// Search in the loaded secrets. Type-erased, so that the code of the list is loaded with the list. A context of the app.
#[derive(Clone, Copy)]
pub struct LoadedSecrets {
    find: StoredValue<Option<Rc<Find>>, LocalStorage>,
    /// The name of the secret on the page.
    shown: StoredValue<Option<Signal<Option<String>>>>,
}

impl Default for LoadedSecrets {
    fn default() -> Self {
        Self {
            find: StoredValue::new_local(None),
            shown: StoredValue::new(None),
        }
    }
}

impl LoadedSecrets {
    /// Sets the search function.
    pub fn search_with(self, find: impl Fn(Option<&WorkspaceId>, &str, usize) -> FoundLoaded + 'static) {
        self.find.set_value(Some(Rc::new(find)));
    }

    /// A page shows the secret with this name, as long as it is mounted.
    pub fn show(self, name: Signal<Option<String>>) {
        self.shown.set_value(Some(name));
    }

    /// The name of the secret that a page shows.
    #[must_use]
    pub fn shown(self) -> Option<String> {
        self.shown.get_value()?.try_get_untracked().flatten()
    }

    /// What a text finds, at most `limit` of each kind.
    pub fn find(self, present: Option<&WorkspaceId>, text: &str, limit: usize) -> FoundLoaded {
        let find = self.find.get_value();
        find.map(|find| find(present, text, limit)).unwrap_or_default()
    }
}

/// The loaded secrets.
///
/// # Panics
///
/// If no app provides them.
pub fn use_loaded_secrets() -> LoadedSecrets {
    expect_context::<LoadedSecrets>()
}

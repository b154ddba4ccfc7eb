//! The loaded secrets of the current workspace, for searching them without a list on screen.

use std::rc::Rc;

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSecret {
    pub id: SecretId,
    pub name: String,
}

/// Finds secrets of a workspace by name, best match first, at most the given number.
type Find = dyn Fn(&WorkspaceId, &str, usize) -> Vec<FoundSecret>;

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
    pub fn search_with(self, find: impl Fn(&WorkspaceId, &str, usize) -> Vec<FoundSecret> + 'static) {
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

    /// The loaded secrets of a workspace whose names match, best first, at most `limit`.
    pub fn find(self, workspace: &WorkspaceId, text: &str, limit: usize) -> Vec<FoundSecret> {
        let find = self.find.get_value();
        find.map(|find| find(workspace, text, limit)).unwrap_or_default()
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

//! What is found in the loaded secrets, and the secret that a page shows.

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

/// The secret that a page shows. A context of the app.
#[derive(Clone, Copy)]
pub struct ShownSecret {
    name: StoredValue<Option<Signal<Option<String>>>>,
}

impl Default for ShownSecret {
    fn default() -> Self {
        Self {
            name: StoredValue::new(None),
        }
    }
}

impl ShownSecret {
    /// A page shows the secret with this name, as long as it is mounted.
    pub fn show(self, name: Signal<Option<String>>) {
        self.name.set_value(Some(name));
    }

    /// The name of the secret that a page shows.
    #[must_use]
    pub fn name(self) -> Option<String> {
        self.name.get_value()?.try_get_untracked().flatten()
    }
}

/// The secret that a page shows.
///
/// # Panics
///
/// If no app provides them.
pub fn use_shown_secret() -> ShownSecret {
    expect_context::<ShownSecret>()
}

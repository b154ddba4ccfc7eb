//! The theme: the user's choice, otherwise the system's. `index.html` does the same before the first paint.

use leptos::prelude::document;

use crate::browser::preferences::{self, Preference};

/// The choice of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Follows the system, also when it changes.
    System,
    Light,
    Dark,
}

impl Theme {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The theme stored in this browser.
#[must_use]
pub fn chosen() -> Theme {
    match preferences::read(Preference::Theme).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Applies a theme and stores it.
pub fn choose(theme: Theme) {
    match theme.name() {
        Some(name) => {
            preferences::write(Preference::Theme, name);
        }
        None => preferences::remove(Preference::Theme),
    }
    show(theme);
}

/// Applies a theme until the page is reloaded.
pub fn show(theme: Theme) {
    let Some(root) = document().document_element() else {
        return;
    };
    // A plain attribute name is always valid.
    let _ = match theme.name() {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    };
}

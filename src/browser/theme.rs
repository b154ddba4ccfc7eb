//! Light or dark: what the person chose, and otherwise what the browser says. `theme.js` does the same before the first
//! paint.

use leptos::prelude::document;

use crate::browser::preferences::{self, Preference};

/// A choice of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// What the browser says, now and when that changes.
    System,
    /// Light.
    Light,
    /// Dark.
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

/// What was chosen in this browser.
#[must_use]
pub fn chosen() -> Theme {
    match preferences::read(Preference::Theme).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Puts a theme in force, here and when the page is opened again.
pub fn choose(theme: Theme) {
    match theme.name() {
        Some(name) => {
            preferences::write(Preference::Theme, name);
        }
        None => preferences::remove(Preference::Theme),
    }
    show(theme);
}

/// Puts a theme in force until the page is opened again.
pub fn show(theme: Theme) {
    let Some(root) = document().document_element() else {
        return;
    };
    // A plain name is always a valid attribute.
    let _ = match theme.name() {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    };
}

//! The user's preferences, stored in this browser.
//!
//! Never secrets, and of the data only what the user saves a choice about: searches, and ids of workspaces. `localStorage`
//! outlives the tab and every session. Data of a single tab is in [`crate::browser::storage`].

use crate::browser::storage::{Area, Storage};

/// A preference. Its storage key must not change, or stored choices are lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// Light, dark or system theme.
    Theme,
    /// The language of the interface.
    Language,
    /// Whether single-key shortcuts are on.
    Shortcuts,
    /// The columns of the list of secrets.
    Columns,
    /// The row density of the list.
    Density,
    /// Saved views.
    Views,
    /// Whether the browser's find shortcut opens the list's search.
    Find,
    /// The findings of the overview that are muted, by rule and workspace id.
    Muted,
}

impl Preference {
    /// All preferences.
    #[cfg(any(test, feature = "testing"))]
    pub const ALL: [Self; 8] = [
        Self::Theme,
        Self::Language,
        Self::Shortcuts,
        Self::Columns,
        Self::Density,
        Self::Views,
        Self::Find,
        Self::Muted,
    ];

    /// The storage key. Prefixed, because other programs may share the origin.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Theme => "strongroom.theme",
            Self::Language => "strongroom.language",
            Self::Shortcuts => "strongroom.shortcuts",
            Self::Columns => "strongroom.columns",
            Self::Density => "strongroom.density",
            Self::Views => "strongroom.views",
            Self::Find => "strongroom.find",
            Self::Muted => "strongroom.muted",
        }
    }
}

/// Reads a preference. Not validated: anyone with access to this browser can write to its storage.
#[must_use]
pub fn read(preference: Preference) -> Option<String> {
    Storage::of_browser().0.read(Area::Browser, preference.name())
}

/// Stores a preference. Returns whether that worked; if not, the choice lasts until the page is reloaded.
pub fn write(preference: Preference, choice: &str) -> bool {
    Storage::of_browser().0.write(Area::Browser, preference.name(), choice)
}

/// Removes a preference, so that the default of the browser or the system applies.
pub fn remove(preference: Preference) {
    Storage::of_browser().0.remove(Area::Browser, preference.name());
}

/// Whether single-key shortcuts are on. They can be turned off (WCAG 2.2, 2.1.4), because speech input may trigger
/// them.
#[must_use]
pub fn has_single_keys() -> bool {
    read(Preference::Shortcuts).as_deref() != Some("off")
}

/// Turns single-key shortcuts on or off.
pub fn set_single_keys(are_on: bool) {
    if are_on {
        remove(Preference::Shortcuts);
    } else {
        write(Preference::Shortcuts, "off");
    }
}

/// The language tags configured in the browser, preferred first; empty if it reports none.
#[must_use]
pub fn browser_languages() -> Vec<String> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let navigator = window.navigator();
    let languages = navigator.languages();
    // Some privacy tools remove the list; iterating over a non-array would crash the app.
    let listed = js_sys::Array::is_array(&languages);
    let mut tags: Vec<String> = if listed {
        languages.iter().filter_map(|tag| tag.as_string()).collect()
    } else {
        Vec::new()
    };
    if tags.is_empty() {
        tags.extend(navigator.language());
    }
    tags
}

/// Sets the language of the page, for pronunciation and hyphenation.
pub fn set_page_language(tag: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // Fails only for a malformed attribute name.
        let _ = root.set_attribute("lang", tag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preference_has_a_name_of_its_own_and_ours_in_front() {
        let mut names = Preference::ALL.map(Preference::name);
        assert!(names.iter().all(|name| name.starts_with("strongroom.")));
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}

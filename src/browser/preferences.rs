//! How a person wants the console to be: kept in this browser, until they choose otherwise, and read from it.
//!
//! Never anything secret, and nothing about the data: `localStorage` outlives the tab and every session. What only this
//! tab may keep is in [`crate::browser::storage`].

/// What a person can prefer. Each is kept under a name of its own, which must not change: what is there would be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// Light, dark, or as the system is.
    Theme,
    /// The language of the interface.
    Language,
    /// Whether single keys are shortcuts.
    Shortcuts,
    /// Which columns the list of secrets has.
    Columns,
    /// How close the rows of the list are.
    Density,
    /// Lists that the person gave a name.
    Views,
    /// Whether the browser's own search is led to the list's.
    Find,
}

impl Preference {
    /// All of them.
    #[cfg(any(test, feature = "testing"))]
    pub const ALL: [Self; 7] = [
        Self::Theme,
        Self::Language,
        Self::Shortcuts,
        Self::Columns,
        Self::Density,
        Self::Views,
        Self::Find,
    ];

    /// The name under which it is kept. Other programs of the same origin see it too, hence ours in front.
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
        }
    }
}

fn browser() -> Option<web_sys::Storage> {
    // Browsers can be told to refuse storage; then nothing is kept, and nothing else breaks.
    web_sys::window()?.local_storage().ok().flatten()
}

/// What is kept. Anyone with this browser can have put anything there: whoever reads it must be ready for that.
#[must_use]
pub fn read(preference: Preference) -> Option<String> {
    browser()?.get_item(preference.name()).ok().flatten()
}

/// Keeps a preference. Returns whether that worked: if not, it holds until the page is loaded again.
pub fn write(preference: Preference, choice: &str) -> bool {
    browser().is_some_and(|storage| storage.set_item(preference.name(), choice).is_ok())
}

/// Forgets a preference: what the browser or the system says counts again.
pub fn remove(preference: Preference) {
    if let Some(storage) = browser() {
        // Removing what is not there is no error; a refusal leaves nothing to do.
        let _ = storage.remove_item(preference.name());
    }
}

/// Whether single-key shortcuts are on. They can be turned off (WCAG 2.2, 2.1.4): speech input types them by chance.
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

/// The tags of the languages that the person has chosen in the browser, most wanted first; none if it does not tell.
#[must_use]
pub fn browser_languages() -> Vec<String> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let navigator = window.navigator();
    let languages = navigator.languages();
    // Some programs against being tracked take the list away; going through what is not a list would stop the console.
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

/// Tells the browser and screen readers in which language the page is, so that they pronounce and hyphenate it right.
pub fn set_page_language(tag: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // Only a malformed name of an attribute is refused.
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

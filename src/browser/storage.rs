//! What the browser keeps for this tab: a session that the person chose to keep, and drafts, which are encrypted.
//! Preferences, which are no secret and outlive the tab, are in [`crate::browser::preferences`]. Beside them is one more thing for
//! all tabs: when one of them locked last.

/// Everything that the console keeps anywhere has a name that begins like this: others may share its origin.
const OURS: &str = "strongroom.";

/// Names under which something is kept; each exists once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name<'a> {
    /// The session of a person who chose to stay connected in this tab.
    Session,
    /// When that person was last seen to do something, in milliseconds since 1970.
    Active,
    /// When a tab locked last, as this one knew it: what it had to know when it was unlocked.
    Lock,
    /// What this tab is called where the keys of drafts are.
    Tab,
    /// The draft with this name, encrypted.
    Draft(&'a str),
}

impl Name<'_> {
    fn text(self) -> String {
        let (kind, name) = match self {
            Self::Session => ("session", ""),
            Self::Active => ("active", ""),
            Self::Lock => ("lock", ""),
            Self::Tab => ("tab", ""),
            Self::Draft(name) => ("draft.", name),
        };
        [OURS, kind, name].concat()
    }
}

fn tab() -> Option<web_sys::Storage> {
    // Browsers can be told to refuse storage; then nothing is kept, and nothing else breaks.
    web_sys::window()?.session_storage().ok().flatten()
}

/// What is kept under the name.
#[must_use]
pub fn read(name: Name<'_>) -> Option<String> {
    tab()?.get_item(&name.text()).ok().flatten()
}

/// Keeps a text for this tab. Returns whether that worked.
pub fn write(name: Name<'_>, text: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(&name.text(), text).is_ok())
}

/// Forgets what is kept under the name.
pub fn remove(name: Name<'_>) {
    if let Some(storage) = tab() {
        // Removing what is not there is no error; a refusal leaves nothing to do.
        let _ = storage.remove_item(&name.text());
    }
}

fn browser() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// When a tab of this browser locked last, in milliseconds since 1970; the first one to connect writes down when it did.
/// None where nobody did, where one has disconnected since, and where the browser keeps nothing.
pub fn last_lock() -> Option<u64> {
    let text = browser()?.get_item(&Name::Lock.text()).ok().flatten()?;
    text.parse().ok()
}

/// Writes down for all tabs that one has locked. Those that do not hear of it now find it here.
pub fn note_lock(now: u64) {
    if let Some(storage) = browser() {
        // Where nothing is kept, tabs know of each other only what they hear.
        let _ = storage.set_item(&Name::Lock.text(), &now.to_string());
    }
}

/// Forgets everything that the console has kept, for this tab and for all of this browser.
pub fn wipe() {
    for storage in tab().into_iter().chain(browser()) {
        let count = storage.length().unwrap_or_default();
        let names: Vec<String> = (0..count)
            .filter_map(|index| storage.key(index).ok().flatten())
            .collect();
        for name in names.iter().filter(|name| name.starts_with(OURS)) {
            // Removing what is not there is no error; a refusal leaves nothing to do.
            let _ = storage.remove_item(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ours_and_differ() {
        let names = [
            Name::Session,
            Name::Active,
            Name::Lock,
            Name::Tab,
            Name::Draft("tab"),
            Name::Draft(""),
        ]
        .map(Name::text);
        assert!(names.iter().all(|name| name.starts_with(OURS)));
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{name}");
        }
    }
}

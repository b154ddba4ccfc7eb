//! Storage for this tab: a session that the user chose to keep, and drafts, which are encrypted. Preferences, which are
//! not secret and outlive the tab, are in [`crate::browser::preferences`]. The time of the last lock is stored for all
//! tabs.

/// The prefix of all storage keys: other programs may share the origin.
const OURS: &str = "strongroom.";

/// The storage keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name<'a> {
    /// The session, if the user chose to stay connected in this tab.
    Session,
    /// The time of the user's last activity, in milliseconds since 1970.
    Active,
    /// The time of the last lock in any tab, as this tab knew it when it was unlocked.
    Lock,
    /// The name of this tab in the store of draft keys.
    Tab,
    /// The names of the workspaces of a stored session.
    Workspaces,
    /// The address of the first page of the list that was opened last in a stored session.
    FirstPage,
    /// The draft with this name, encrypted.
    Draft(&'a str),
    /// The value of that draft, encrypted.
    DraftValue(&'a str),
}

impl Name<'_> {
    fn text(self) -> String {
        let (kind, name) = match self {
            Self::Session => ("session", ""),
            Self::Active => ("active", ""),
            Self::Lock => ("lock", ""),
            Self::Tab => ("tab", ""),
            Self::Workspaces => ("workspaces", ""),
            Self::FirstPage => ("first-page", ""),
            Self::Draft(name) => ("draft.", name),
            Self::DraftValue(name) => ("value.", name),
        };
        [OURS, kind, name].concat()
    }
}

/// Where texts are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// This tab, until it is closed.
    Tab,
    /// All tabs of this browser.
    Browser,
}

/// Texts by key in two areas: the browser's storage, or a map in a test.
pub trait TextStore: Send + Sync {
    /// The text under a key.
    fn read(&self, area: Area, name: &str) -> Option<String>;
    /// Stores a text. Returns whether that worked.
    fn write(&self, area: Area, name: &str, text: &str) -> bool;
    /// Removes the text under a key.
    fn remove(&self, area: Area, name: &str);
    /// All keys, ours or not.
    fn names(&self, area: Area) -> Vec<String>;
}

/// The storage of the console.
#[derive(Clone, Copy)]
pub struct Storage(pub &'static dyn TextStore);

impl Storage {
    #[must_use]
    pub const fn of_browser() -> Self {
        Self(&BrowserStorage)
    }

    /// The text that this tab stores under the key.
    #[must_use]
    pub fn read(self, name: Name<'_>) -> Option<String> {
        self.0.read(Area::Tab, &name.text())
    }

    /// Stores a text for this tab. Returns whether that worked.
    pub fn write(self, name: Name<'_>, text: &str) -> bool {
        self.0.write(Area::Tab, &name.text(), text)
    }

    /// Removes the text that this tab stores under the key.
    pub fn remove(self, name: Name<'_>) {
        self.0.remove(Area::Tab, &name.text());
    }

    /// The labels of all drafts of this tab.
    #[must_use]
    pub fn draft_labels(self) -> Vec<String> {
        self.labels(&Name::Draft("").text())
    }

    /// Whether any draft of this tab has a value.
    #[must_use]
    pub fn has_draft_values(self) -> bool {
        !self.labels(&Name::DraftValue("").text()).is_empty()
    }

    /// Removes the values of all drafts of this tab.
    pub fn remove_draft_values(self) {
        for label in self.labels(&Name::DraftValue("").text()) {
            self.remove(Name::DraftValue(&label));
        }
    }

    fn labels(self, prefix: &str) -> Vec<String> {
        let names = self.0.names(Area::Tab).into_iter();
        names.filter_map(|name| name.strip_prefix(prefix).map(str::to_owned)).collect()
    }

    /// The time of the last lock in any tab of this browser, in milliseconds since 1970; the first tab to connect
    /// stores the time of connecting. `None` if nobody has connected, after a disconnect, and if the browser stores
    /// nothing.
    #[must_use]
    pub fn last_lock(self) -> Option<u64> {
        self.0.read(Area::Browser, &Name::Lock.text())?.parse().ok()
    }

    /// Stores that a tab has locked, for tabs that miss the message.
    pub fn note_lock(self, now: u64) {
        // Without storage, tabs only know what the channel tells them.
        self.0.write(Area::Browser, &Name::Lock.text(), &now.to_string());
    }

    /// Removes everything that the console has stored, for this tab and for all of this browser.
    pub fn wipe(self) {
        for area in [Area::Tab, Area::Browser] {
            for name in self.0.names(area).iter().filter(|name| name.starts_with(OURS)) {
                self.0.remove(area, name);
            }
        }
    }
}

struct BrowserStorage;

/// `None` if storage is disabled. Then nothing is stored, and everything else works.
fn area(area: Area) -> Option<web_sys::Storage> {
    let window = web_sys::window()?;
    let storage = match area {
        Area::Tab => window.session_storage(),
        Area::Browser => window.local_storage(),
    };
    storage.ok().flatten()
}

impl TextStore for BrowserStorage {
    fn read(&self, from: Area, name: &str) -> Option<String> {
        area(from)?.get_item(name).ok().flatten()
    }

    fn write(&self, to: Area, name: &str, text: &str) -> bool {
        area(to).is_some_and(|storage| storage.set_item(name, text).is_ok())
    }

    fn remove(&self, from: Area, name: &str) {
        if let Some(storage) = area(from) {
            // Removing an absent item is no error, and a refusal cannot be handled.
            let _ = storage.remove_item(name);
        }
    }

    fn names(&self, of: Area) -> Vec<String> {
        let Some(storage) = area(of) else {
            return Vec::new();
        };
        let count = storage.length().unwrap_or_default();
        (0..count)
            .filter_map(|index| storage.key(index).ok().flatten())
            .collect()
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
            Name::Workspaces,
            Name::Draft("tab"),
            Name::Draft(""),
            Name::DraftValue("tab"),
            Name::DraftValue(""),
        ]
        .map(Name::text);
        assert!(names.iter().all(|name| name.starts_with(OURS)));
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{name}");
        }
    }
}

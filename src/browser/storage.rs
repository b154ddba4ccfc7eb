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

/// Where texts are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// For this tab, until it is closed.
    Tab,
    /// For all tabs of this browser.
    Browser,
}

/// Texts by name in two areas: the browser's storage, or a map in a test.
pub trait TextStore: Send + Sync {
    /// The text under a name.
    fn read(&self, area: Area, name: &str) -> Option<String>;
    /// Keeps a text. Returns whether that worked.
    fn write(&self, area: Area, name: &str, text: &str) -> bool;
    /// Forgets the text under a name.
    fn remove(&self, area: Area, name: &str);
    /// All names, ours or not.
    fn names(&self, area: Area) -> Vec<String>;
}

/// What the console keeps in the browser.
#[derive(Clone, Copy)]
pub struct Storage(pub &'static dyn TextStore);

impl Storage {
    /// The browser's.
    #[must_use]
    pub const fn of_browser() -> Self {
        Self(&BrowserStorage)
    }

    /// What this tab keeps under the name.
    #[must_use]
    pub fn read(self, name: Name<'_>) -> Option<String> {
        self.0.read(Area::Tab, &name.text())
    }

    /// Keeps a text for this tab. Returns whether that worked.
    pub fn write(self, name: Name<'_>, text: &str) -> bool {
        self.0.write(Area::Tab, &name.text(), text)
    }

    /// Forgets what this tab keeps under the name.
    pub fn remove(self, name: Name<'_>) {
        self.0.remove(Area::Tab, &name.text());
    }

    /// The names of all drafts of this tab.
    #[must_use]
    pub fn draft_labels(self) -> Vec<String> {
        let prefix = Name::Draft("").text();
        let names = self.0.names(Area::Tab).into_iter();
        names.filter_map(|name| name.strip_prefix(&prefix).map(str::to_owned)).collect()
    }

    /// When a tab of this browser locked last, in milliseconds since 1970; the first one to connect writes down when it
    /// did. None where nobody did, where one has disconnected since, and where the browser keeps nothing.
    #[must_use]
    pub fn last_lock(self) -> Option<u64> {
        self.0.read(Area::Browser, &Name::Lock.text())?.parse().ok()
    }

    /// Writes down for all tabs that one has locked. Those that do not hear of it now find it here.
    pub fn note_lock(self, now: u64) {
        // Where nothing is kept, tabs know of each other only what they hear.
        self.0.write(Area::Browser, &Name::Lock.text(), &now.to_string());
    }

    /// Forgets everything that the console has kept, for this tab and for all of this browser.
    pub fn wipe(self) {
        for area in [Area::Tab, Area::Browser] {
            for name in self.0.names(area).iter().filter(|name| name.starts_with(OURS)) {
                self.0.remove(area, name);
            }
        }
    }
}

struct BrowserStorage;

/// None where the browser was told to refuse storage: then nothing is kept, and nothing else breaks.
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
            // Removing what is not there is no error; a refusal leaves nothing to do.
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

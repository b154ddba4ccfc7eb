//! What the browser keeps for this tab. Nothing but an explicitly kept session is ever put there; preferences, which
//! are no secret and outlive the tab, are in [`super::preferences`].

/// Names under which something is kept; each exists once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The session of a person who chose to stay connected in this tab.
    Session,
}

impl Name {
    fn as_str(self) -> &'static str {
        match self {
            Self::Session => "strongroom.session",
        }
    }
}

fn tab() -> Option<web_sys::Storage> {
    // Browsers can be told to refuse storage; then nothing is kept, and nothing else breaks.
    web_sys::window()?.session_storage().ok().flatten()
}

/// What is kept under the name.
#[must_use]
pub fn read(name: Name) -> Option<String> {
    tab()?.get_item(name.as_str()).ok().flatten()
}

/// Keeps a text for this tab. Returns whether that worked.
pub fn write(name: Name, text: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(name.as_str(), text).is_ok())
}

/// Forgets what is kept under the name.
pub fn remove(name: Name) {
    if let Some(storage) = tab() {
        // Removing what is not there is no error; a refusal leaves nothing to do.
        let _ = storage.remove_item(name.as_str());
    }
}

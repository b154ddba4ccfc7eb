//! The request to replace the value of a secret, from any view. The dialog is a part of the program and is shown above
//! the page.

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;

use crate::browser::published::Published;

/// The secret whose value is to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub workspace: WorkspaceId,
    pub id: SecretId,
    pub name: String,
}

/// A context of the app.
#[derive(Clone, Copy)]
pub struct ReplaceRequest {
    subject: Published<Option<Subject>>,
    saved: Trigger,
}

impl Default for ReplaceRequest {
    fn default() -> Self {
        Self {
            subject: Published::new(None),
            saved: Trigger::new(),
        }
    }
}

impl ReplaceRequest {
    /// Opens the dialog.
    pub fn open(self, workspace: WorkspaceId, id: SecretId, name: String) {
        self.subject.set(Some(Subject { workspace, id, name }));
    }

    /// Closes the dialog.
    pub fn close(self, is_saved: bool) {
        self.subject.set(None);
        if is_saved {
            self.saved.notify();
        }
    }

    pub fn subject(self) -> ReadSignal<Option<Subject>> {
        self.subject.read_only()
    }

    /// Tracks the saves of the dialog.
    pub fn track_saves(self) {
        self.saved.track();
    }
}

/// The request of the app.
///
/// # Panics
///
/// If no app provides it.
pub fn use_replace_request() -> ReplaceRequest {
    expect_context::<ReplaceRequest>()
}

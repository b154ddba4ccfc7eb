//! Hands what this console changed to the lists that show it.

use std::cell::Cell;

use contract::WorkspaceId;
pub use strongroom_core::list::LocalChange as Done;

use crate::store::secret_lists::SecretLists;

thread_local! {
    static LISTS: Cell<Option<SecretLists>> = const { Cell::new(None) };
}

/// Sets the lists that are told.
pub fn register(lists: SecretLists) {
    LISTS.set(Some(lists));
}

/// Notes what was done to a secret of a workspace.
pub fn note(workspace: &WorkspaceId, done: Done) {
    if let Some(lists) = LISTS.get() {
        lists.apply(workspace, &done);
    }
}

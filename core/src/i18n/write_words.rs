//! What is said of a write whose response was lost, and of what a look-up found.

use contract::Operation;

use crate::i18n::words;

/// The sentences about one kind of write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteWords {
    /// What is written.
    pub operation: Operation,
    /// It is being looked up.
    pub looking: &'static str,
    /// It is not visible yet, and will be looked up again.
    pub not_visible: &'static str,
    /// It was not carried out.
    pub nothing: &'static str,
    /// It is not visible, and may still be carried out.
    pub still_nothing: &'static str,
    /// The look-up failed.
    pub unreadable: &'static str,
    /// An update: someone else has changed the resource, too. Not used by other writes.
    pub changed: &'static str,
    /// A create: something with this name exists. Not used by other writes.
    pub found: &'static str,
    /// A create: an earlier attempt has made it. Not used by other writes.
    pub found_earlier: &'static str,
    /// A create: something with this external ID exists. Not used by other writes.
    pub found_external: &'static str,
}

impl WriteWords {
    /// No sentences: a kind of write has those that can come up.
    const fn none(operation: Operation) -> Self {
        Self {
            operation,
            looking: "",
            not_visible: "",
            nothing: "",
            still_nothing: "",
            unreadable: "",
            changed: "",
            found: "",
            found_earlier: "",
            found_external: "",
        }
    }

    /// Creating a secret.
    #[must_use]
    pub fn create_secret() -> Self {
        let words = words::create();
        Self {
            looking: words.looking,
            not_visible: words.not_visible,
            nothing: words.not_found,
            still_nothing: words.still_not_visible,
            unreadable: words.unreadable,
            found: words.found,
            found_earlier: words.found_earlier,
            found_external: words.found_external,
            ..Self::none(Operation::CreateSecret)
        }
    }

    /// Creating a workspace.
    #[must_use]
    pub fn create_workspace() -> Self {
        let words = words::workspace_form();
        Self {
            looking: words.looking,
            not_visible: words.not_visible,
            nothing: words.not_found,
            still_nothing: words.still_not_visible,
            unreadable: words.unreadable,
            found: words.found,
            found_earlier: words.found_earlier,
            found_external: words.found_external,
            ..Self::none(Operation::CreateWorkspace)
        }
    }

    /// Saving changes of a secret.
    #[must_use]
    pub fn edit_secret() -> Self {
        let words = words::edit();
        Self {
            changed: words.compare_title,
            looking: words.lost_looking,
            not_visible: words.lost_not_visible,
            nothing: words.lost_not_done,
            still_nothing: words.lost_still_not_visible,
            unreadable: words.lost_unreadable,
            ..Self::none(Operation::UpdateSecret)
        }
    }

    /// Saving changes of a workspace.
    #[must_use]
    pub fn edit_workspace() -> Self {
        Self {
            operation: Operation::UpdateWorkspace,
            changed: words::workspace_form().compare_title,
            ..Self::edit_secret()
        }
    }

    /// Archiving a workspace.
    #[must_use]
    pub fn archive() -> Self {
        let words = words::archive();
        Self {
            looking: words.looking,
            not_visible: words.not_visible,
            nothing: words.not_done,
            still_nothing: words.still_not_visible,
            unreadable: words.unreadable,
            ..Self::none(Operation::ArchiveWorkspace)
        }
    }

    /// Adding or removing a member.
    #[must_use]
    pub fn member() -> Self {
        let words = words::members();
        Self {
            looking: words.looking,
            not_visible: words.not_visible,
            nothing: words.not_done,
            still_nothing: words.still_not_visible,
            unreadable: words.unreadable,
            ..Self::none(Operation::AddMember)
        }
    }
}

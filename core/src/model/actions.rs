//! The actions of the console: their ids, and the registry of those that can be run now.

use crate::i18n::language::Language;

/// What a key, a menu or a line of the command palette runs. The palette lists actions in this order: those of the page
/// first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionId {
    /// Creates what the page lists.
    New,
    /// Edits what the page shows, or the row that has the focus.
    Edit,
    /// Replaces the value of what the page shows, or of the row that has the focus.
    ReplaceValue,
    /// Copies the name of what the page shows, or of the row that has the focus.
    CopyName,
    /// Copies the ID of what the page shows, or of the row that has the focus.
    CopyId,
    /// Reads the value of what the page shows, or of the row that has the focus, and copies it.
    CopyValue,
    /// Copies the reference `${NAME}` to what the page shows, or to the row that has the focus.
    CopyVariable,
    /// Copies the reference `{{ secrets.NAME }}`, likewise.
    CopyTemplate,
    /// Deletes what the page shows, the selection, or the row that has the focus.
    Delete,
    /// Archives the workspace that the page shows.
    Archive,
    /// Goes to the members of the workspace that the page shows.
    GoToMembers,
    /// Reads the list again.
    Refresh,
    /// Stops reading the list.
    StopLoading,
    /// Reads on where reading stopped.
    ResumeLoading,
    /// Moves the focus to the search box of the page.
    Search,
    /// Opens the panel with the columns and saved views of a list.
    ListView,
    /// Changes a label of the selected rows.
    LabelSelected,
    /// Deletes the selected rows.
    DeleteSelected,
    /// Selects all rows that the filter leaves.
    SelectAll,
    /// Deselects all rows.
    ClearSelection,
    /// Selects the row that has the focus, or deselects it.
    Select,
    /// Selects the row that has the focus and the next one, and moves the focus there.
    SelectNext,
    /// Selects the row that has the focus and the one before, and moves the focus there.
    SelectPrevious,
    /// Moves the focus to the next row.
    NextRow,
    /// Moves the focus to the previous row.
    PreviousRow,
    /// Moves the focus to the first row.
    FirstRow,
    /// Moves the focus to the last row.
    LastRow,
    /// Goes to the workspaces.
    GoToWorkspaces,
    /// Goes to the secrets of the current workspace.
    GoToSecrets,
    /// Saves the comparison as a file.
    ExportComparison,
    /// Opens the command palette.
    OpenPalette,
    /// Lists the keyboard shortcuts.
    ShowHelp,
    /// Turns single-key shortcuts on or off.
    ToggleSingleKeys,
    /// Follows the theme of the system.
    ThemeSystem,
    /// Turns the light theme on.
    ThemeLight,
    /// Turns the dark theme on.
    ThemeDark,
    /// Changes the language.
    Language(Language),
    /// Locks the console.
    LockNow,
    /// Ends the session.
    Disconnect,
}

/// The actions that views offer. An offer holds from [`Self::add`] to [`Self::remove`]; of several for one action the
/// latest counts.
#[derive(Debug)]
pub struct Registry<Offer> {
    offers: Vec<(u64, ActionId, Offer)>,
    last: u64,
}

impl<Offer> Default for Registry<Offer> {
    fn default() -> Self {
        Self {
            offers: Vec::new(),
            last: 0,
        }
    }
}

impl<Offer> Registry<Offer> {
    /// Adds an offer. Returns the ticket that removes it.
    pub fn add(&mut self, id: ActionId, offer: Offer) -> u64 {
        self.last += 1;
        self.offers.push((self.last, id, offer));
        self.last
    }

    /// Removes an offer.
    pub fn remove(&mut self, ticket: u64) {
        self.offers.retain(|(known, ..)| *known != ticket);
    }

    /// The current offer of an action.
    #[must_use]
    pub fn find(&self, id: ActionId) -> Option<&Offer> {
        let mut latest = self.offers.iter().rev();
        latest.find(|(_, known, _)| *known == id).map(|(.., offer)| offer)
    }

    /// Every action on offer, once, in the order of [`ActionId`].
    #[must_use]
    pub fn all(&self) -> Vec<(ActionId, &Offer)> {
        let mut ids: Vec<ActionId> = self.offers.iter().map(|(_, id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(|id| Some((id, self.find(id)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_offer_counts_and_the_earlier_one_returns() {
        let mut registry = Registry::default();
        let page = registry.add(ActionId::Delete, "page");
        let dialog = registry.add(ActionId::Delete, "dialog");
        assert_eq!(registry.find(ActionId::Delete), Some(&"dialog"));
        assert_eq!(registry.all(), [(ActionId::Delete, &"dialog")]);
        registry.remove(dialog);
        assert_eq!(registry.find(ActionId::Delete), Some(&"page"));
        registry.remove(page);
        assert_eq!(registry.find(ActionId::Delete), None);
        assert!(registry.all().is_empty());
    }

    #[test]
    fn a_new_page_may_register_before_the_old_one_is_gone() {
        let mut registry = Registry::default();
        let old = registry.add(ActionId::Edit, "old");
        registry.add(ActionId::Edit, "new");
        registry.remove(old);
        assert_eq!(registry.find(ActionId::Edit), Some(&"new"));
    }

    #[test]
    fn actions_of_the_page_are_listed_before_those_of_the_app() {
        let mut registry = Registry::default();
        for id in [
            ActionId::Disconnect,
            ActionId::ThemeDark,
            ActionId::Refresh,
            ActionId::New,
        ] {
            registry.add(id, ());
        }
        let ids: Vec<ActionId> = registry.all().into_iter().map(|(id, ())| id).collect();
        assert_eq!(
            ids,
            [
                ActionId::New,
                ActionId::Refresh,
                ActionId::ThemeDark,
                ActionId::Disconnect
            ]
        );
    }
}

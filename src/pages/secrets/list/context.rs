//! Shared state of the list page, passed to its lazily loaded parts.

use std::sync::Arc;

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::route::{Columns, ListState, Views};

use crate::browser::preferences::{self, Preference};
use crate::store::secret_list::SecretList;

/// Renders the lazily loaded parts of the page, once their code is loaded.
pub type Extras = Arc<dyn Fn(ListContext) -> AnyView + Send + Sync>;

/// The id of the suggestions for the search box.
pub const SUGGESTIONS: &str = "suggestions";

/// The id of the View panel.
pub const VIEW_PANEL: &str = "view-panel";

/// What the user opens over the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OverlayRequest {
    /// None.
    #[default]
    Nothing,
    /// The menu of the secret with this id.
    RowMenu(String),
    /// The question whether to delete the secret with this id.
    DeleteRow(String),
    /// The panel of columns, density and saved views.
    ViewPanel,
    /// The same panel, to save the current view.
    SaveView,
    /// Suggestions for the word in the search box.
    Suggestions,
    /// The same, and common filters if the box is empty.
    Starters,
}

/// The state of the list page. A handle.
#[derive(Clone, Copy)]
pub struct ListContext {
    /// The list.
    pub list: SecretList,
    /// The workspace of the list.
    pub workspace: StoredValue<WorkspaceId>,
    /// The text in the search box; the address follows when typing pauses.
    pub typed: RwSignal<String>,
    /// The state of the list in the address.
    pub state: Memo<ListState>,
    /// Changes the state of the list in the address.
    pub change: Callback<ListState>,
    /// The visible columns.
    pub columns: Memo<Columns>,
    /// The columns of this browser, for addresses that do not name any.
    pub own: RwSignal<Columns>,
    /// The saved views of this browser, as text for [`Views::parse`].
    pub views: RwSignal<String>,
    /// The overlay to open; reset once it is open or closed.
    pub request: RwSignal<OverlayRequest>,
}

impl ListContext {
    /// Opens something over the list.
    pub fn open(self, request: OverlayRequest) {
        self.request.set(request);
    }

    /// Changes the columns, and the rest of the address. The choice is stored for this browser and replaces that of a
    /// link.
    pub fn arrange(self, change: &dyn Fn(&mut Columns), state: ListState) {
        let mut columns = self.columns.get_untracked();
        change(&mut columns);
        preferences::write(Preference::Columns, &columns.to_text());
        self.own.set(columns);
        let state = ListState { columns: None, ..state };
        if self.state.with_untracked(|present| *present != state) {
            self.change.run(state);
        }
    }

    /// The saved views.
    #[must_use]
    pub fn views(self) -> Views {
        self.views.with(|text| Views::parse(text))
    }

    /// Whether the lazily loaded parts are needed now.
    #[must_use]
    pub fn needs_extras(self) -> bool {
        self.request.with(|request| *request != OverlayRequest::Nothing) || self.list.selected().get() > 0
    }
}

//! Shared state of the list page, passed to its lazily loaded parts.

use std::sync::Arc;

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::route::{Columns, ListState, Views};

use crate::browser::preferences::{self, Preference};
use crate::store::secret_list::SecretList;

/// Makes the lazily loaded parts of the page, once their code is here.
pub type Extras = Arc<dyn Fn(ListContext) -> AnyView + Send + Sync>;

/// What the user opens over the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OverlayRequest {
    /// Nothing.
    #[default]
    Nothing,
    /// The menu of the secret with this id.
    RowMenu(String),
    /// The panel of columns, density and saved views.
    ViewPanel,
    /// Suggestions for the word in the search box.
    Suggestions,
}

/// The state of the list page. A handle.
#[derive(Clone, Copy)]
pub struct ListContext {
    /// The list.
    pub list: SecretList,
    /// The workspace that it is of.
    pub workspace: StoredValue<WorkspaceId>,
    /// What is in the search box; the address follows when the typing rests.
    pub typed: RwSignal<String>,
    /// What the address asks for.
    pub state: Memo<ListState>,
    /// Changes what the address asks for.
    pub change: Callback<ListState>,
    /// The columns that are shown.
    pub columns: Memo<Columns>,
    /// The columns that this browser shows where an address says nothing of them.
    pub own: RwSignal<Columns>,
    /// The saved views, as this browser keeps them: what [`Views::parse`] reads.
    pub views: RwSignal<String>,
    /// What to open; back to nothing once it is open or closed.
    pub request: RwSignal<OverlayRequest>,
}

impl ListContext {
    /// Opens something over the list.
    pub fn open(self, request: OverlayRequest) {
        self.request.set(request);
    }

    /// Changes the columns, and with them what else the address asks for. What is chosen here is this browser's own, and no
    /// longer what a link said.
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

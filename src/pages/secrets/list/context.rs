//! Shared state of the list page, passed to its lazily loaded parts.

use std::sync::Arc;

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::list::{Column, query};
use strongroom_core::route::{Columns, Density, ListState, Views};

use crate::browser::density;
use crate::browser::preferences::{self, Preference};
use crate::store::secret_list::SecretList;

/// Renders the lazily loaded parts of the page, once their code is loaded.
pub type Extras = Arc<dyn Fn(ListContext) -> AnyView + Send + Sync>;

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
    /// All labels of the secret with this id.
    Labels(String),
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
    /// Whether the last use is loaded only if the user asks for it.
    pub is_on_demand: Signal<bool>,
    /// Whether it is known where the secrets are used.
    pub is_use_known: Signal<bool>,
    /// The density of this browser, for addresses that do not name one.
    pub own_density: RwSignal<Density>,
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

    /// Changes the columns, in the address with the rest of its state and for this browser.
    pub fn arrange(self, change: &dyn Fn(&mut Columns), mut state: ListState) {
        let mut shown = self.columns.get_untracked();
        change(&mut shown);
        let mut chosen = self.state.with_untracked(|state| state.columns.clone());
        // With the last use, even if that is not loaded now.
        let columns = chosen.get_or_insert_with(|| self.own.get_untracked());
        change(columns);
        if self.is_on_demand.get_untracked() {
            state.info = shown.has(Column::LastUsed);
            if !state.info {
                // Without its data, a column cannot be sorted by.
                state.sort = state.sort.filter(|(column, _)| *column != Column::LastUsed);
            }
        }
        preferences::write(Preference::Columns, &columns.to_text());
        self.own.set(columns.clone());
        state.columns = chosen;
        self.change_if_other(state);
    }

    /// The density of the rows.
    #[must_use]
    pub fn density(self) -> Density {
        let chosen = self.state.with(|state| state.density);
        chosen.unwrap_or_else(|| self.own_density.get())
    }

    /// Changes the density, in the address and for this browser.
    pub fn set_density(self, wanted: Density) {
        density::choose(wanted);
        self.own_density.set(wanted);
        self.change_if_other(ListState {
            density: Some(wanted),
            ..self.state.get_untracked()
        });
    }

    fn change_if_other(self, state: ListState) {
        if self.state.with_untracked(|present| *present != state) {
            self.change.run(state);
        }
    }

    /// Filters by a label, in addition to the present filter.
    pub fn filter_by(self, word: &str) {
        let mut state = self.state.get_untracked();
        // Includes the latest keystrokes, which reach the address only when typing pauses.
        state.search = query::with(&self.typed.get_untracked(), word);
        self.typed.set(state.search.clone());
        self.change.run(state);
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

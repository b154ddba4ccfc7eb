//! The list as its helpers see it: what is beside the table is loaded when it is first wanted, and is handed this.

use std::sync::Arc;

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::route::{Columns, ListState, Views};

use crate::browser::preferences::{self, Preference};
use crate::store::secret_list::SecretList;

/// Makes the helpers of a list, once their part is here.
pub type Extras = Arc<dyn Fn(Desk) -> AnyView + Send + Sync>;

/// What was asked for beside the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Wish {
    /// Nothing.
    #[default]
    Nothing,
    /// What can be done with the secret with this id.
    Row(String),
    /// How the list looks, and the lists that were given a name.
    Panel,
    /// What could be written in the search box.
    Suggestions,
}

/// A list of secrets and what is around it. A handle.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The list.
    pub list: SecretList,
    /// Where it is.
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
    /// The lists that were given a name, as this browser keeps them: what [`Views::parse`] reads.
    pub views: RwSignal<String>,
    /// What is asked for and not done yet.
    pub wish: RwSignal<Wish>,
}

impl Desk {
    /// Asks for something.
    pub fn wish(self, wish: Wish) {
        self.wish.set(wish);
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

    /// The lists that were given a name.
    #[must_use]
    pub fn views(self) -> Views {
        self.views.with(|text| Views::parse(text))
    }

    /// Whether anything is wanted that is not the table itself.
    #[must_use]
    pub fn is_wanted(self) -> bool {
        self.wish.with(|wish| *wish != Wish::Nothing) || self.list.selected().get() > 0
    }
}

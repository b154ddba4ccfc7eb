//! What helps with the list and is loaded when it is first wanted: what can be done with a row and with what is selected,
//! and how the list looks.

mod bulk;
mod panel;
mod row;
mod selected;
mod suggestions;
mod views;

use leptos::prelude::*;

use crate::pages::secrets::list::context::ListContext;

/// What could be searched for, the menu of a row, the bar of the selection and the panel of the view.
#[component]
pub fn ListTools(
    /// The list.
    context: ListContext,
) -> impl IntoView {
    view! {
        <suggestions::Suggestions context />
        <row::RowMenu context />
        <selected::SelectionBar context />
        <panel::ViewPanel context />
    }
    .into_any()
}

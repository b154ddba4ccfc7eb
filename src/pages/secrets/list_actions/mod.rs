//! Lazily loaded parts of the list page: actions on a row and on the selection, and the view panel.

mod bulk;
mod bulk_label;
mod labels;
mod panel;
mod row;
mod selected;
mod suggestions;
mod views;

use leptos::prelude::*;

use crate::pages::secrets::list::context::ListContext;

/// The search suggestions, the row menu, the selection bar and the view panel.
#[component]
pub fn ListTools(
    context: ListContext,
) -> impl IntoView {
    view! {
        <suggestions::Suggestions context />
        <row::RowMenu context />
        <labels::LabelsPopover context />
        <selected::SelectionBar context />
        <panel::ViewPanel context />
    }
    .into_any()
}

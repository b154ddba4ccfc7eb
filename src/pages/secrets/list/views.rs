//! The views of the list, one link each: ready-made ones and those saved in this browser.

use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::list::Column;
use strongroom_core::route::{Direction, ListState, Route};

use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::ui::button::IconButton;
use crate::ui::erased::{dynamic, moving_word};
use crate::ui::icon::Glyph;

/// The links, with the current one marked, and a button to save the current view.
#[component]
pub fn ViewLinks(context: ListContext) -> impl IntoView {
    let link = move |(name, view): (String, ListState)| {
        let wanted = view.clone();
        let is_on = moving_word(move || context.state.with(|state| is_shown(state, &wanted)).then_some("true"));
        let route = context.workspace.with_value(|workspace| Route::Secrets(workspace.clone(), view));
        view! { <li><a class="view-link" href=route.to_path() aria-current=is_on>{name}</a></li> }.into_any()
    };
    let links = dynamic(move || {
        let saved = context.views();
        let saved = saved.all().iter().filter_map(|view| Some((view.view.clone()?, view.clone())));
        ready_made(context).into_iter().chain(saved).map(link).collect::<Vec<_>>()
    });
    view! {
        <ul class="views" aria-label=words::filters().views>
            {links}
            <li>
                <IconButton glyph=Glyph::PLUS label=words::filters().save_view on_click=move |()| context.open(OverlayRequest::SaveView) />
            </li>
        </ul>
    }
    .into_any()
}

fn ready_made(context: ListContext) -> [(String, ListState); 3] {
    let search = |search: &str| ListState {
        search: search.to_owned(),
        ..ListState::default()
    };
    // With the column that it is sorted by.
    let mut columns = context.columns.get();
    let has_column = columns.has(Column::Updated);
    columns.set(Column::Updated, true);
    let changed = ListState {
        sort: Some((Column::Updated, Direction::Descending)),
        columns: (!has_column).then_some(columns),
        ..search("updated:<7d")
    };
    [
        (words::filters().all.to_owned(), ListState::default()),
        (words::filters().never_used.to_owned(), search("is:unused")),
        (words::filters().changed_this_week.to_owned(), changed),
    ]
}

/// Whether a view is on screen. A ready-made one is its search text, however the rows are arranged.
fn is_shown(state: &ListState, view: &ListState) -> bool {
    state.view == view.view && state.search.trim() == view.search
}

//! `/workspaces/{workspaceId}/secrets`: the list.

pub mod context;
mod filter;
mod status;
pub mod table;

use contract::calls::SecretQuery;
use contract::{Failure, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::reading::State;
use strongroom_core::list::server_filter::server_part;
use strongroom_core::list::{Column, Order, Query};
use strongroom_core::model::actions::ActionId;
use strongroom_core::route::{Columns, Direction, ListState, Route};

use crate::browser::history::use_navigation;
use crate::browser::preferences::{self, Preference};
use crate::browser::{density, page};
use crate::components::permission::why_not_send;
use crate::components::breadcrumbs::{Breadcrumbs, steps};
use crate::components::actions::{offer, offer_unless};
use crate::components::error_note::FailureNote;
use crate::components::messages::explained_reading;
use crate::pages::secrets::list::context::{ListContext, Extras, OverlayRequest};
use crate::pages::secrets::list::filter::FilterWords;
use crate::pages::secrets::list::status::ListStatus;
use crate::pages::secrets::list::table::SecretTable;
use crate::store::loaded_secrets::use_loaded_secrets;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::use_writes;
use crate::ui::button::{Button, Rank};
use crate::ui::choice::Checkbox;
use crate::ui::empty::Empty;
use crate::ui::erased::{When, dynamic};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::search_box::SearchBox;
use crate::ui::skeleton::Skeleton;

/// The secrets of a workspace.
#[component]
pub fn SecretsPage(
    /// The workspace.
    workspace: WorkspaceId,
    /// The state of the list in the address.
    state: Memo<ListState>,
    /// The lazily loaded parts of the page.
    extras: Extras,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let navigation = use_navigation();
    // The form itself shows a missing scope and lets the user try anyway.
    let refusal = why_not_send(&workspace);
    let own = preferences::read(Preference::Columns).and_then(|text| Columns::parse(&text));
    let own = RwSignal::new(own.unwrap_or_default());
    let columns = Memo::new(move |_| state.with(|state| state.columns.clone()).unwrap_or_else(|| own.get()));
    let typed = RwSignal::new(state.with_untracked(|state| state.search.clone()));
    let asked = Memo::new(move |_| columns.with(|columns| state.with(|state| asked(state, columns))));
    let lists = use_secret_lists();
    let list = lists.open(&workspace, asked.into());
    // The rows follow each keystroke; the address and the server follow once typing pauses.
    let order = Memo::new(move |_| state.with(|state| row_order(state.sort)));
    let search = Memo::new(move |_| state.with(|state| server_part(&Query::parse(&state.search))));
    list.follow(
        Signal::derive(move || (typed.with(|typed| Query::parse(typed)), order.get())),
        search.into(),
    );
    let progress = list.progress();
    let named = workspace.clone();
    let trail = Signal::derive(move || steps(&workspaces.name(&named), &named, false));
    let new_address = Route::NewSecret(workspace.clone()).to_path();
    let create = new_address.clone();
    let go = new_address.clone();
    offer_unless(refusal, ActionId::New, words::common().new_secret, move || navigation.go(&go));
    offer(ActionId::Search, words::list().search, || page::focus_first(page::SEARCH));
    use_loaded_secrets().search_with(move |workspace, text, limit| lists.find_loaded(workspace, text, limit));
    let place = StoredValue::new(workspace);
    let change = Callback::new(move |next: ListState| {
        let next = state.with_untracked(|present| next.named_after(present));
        navigation.replace(&place.with_value(|workspace| Route::Secrets(workspace.clone(), next).to_path()));
    });
    let context = ListContext {
        list,
        workspace: place,
        typed,
        state,
        change,
        columns,
        own,
        views: RwSignal::new(preferences::read(Preference::Views).unwrap_or_default()),
        request: RwSignal::new(OverlayRequest::default()),
    };
    density::show(density::chosen());
    let on_search = move |search: String| {
        // The box may be ahead of the address, which then only learns of it here.
        typed.set(search.clone());
        change.run(ListState {
            search,
            ..state.get_untracked()
        })
    };
    let on_sort = move |column| change.run(sorted_by(state.get_untracked(), column));
    let has_rows = Memo::new(move |_| progress.with(|progress| progress.shown > 0));
    let failure = move || progress.with(|progress| progress.failure().cloned());
    let writes = use_writes();
    let has_run = move || place.with_value(|workspace| writes.run_in(workspace)).is_some();
    let has_extras = Memo::new(move |was: Option<&bool>| was == Some(&true) || context.needs_extras() || has_run());
    view! {
        <Breadcrumbs steps=trail />
        <div class="bar">
            <Heading text=words::common().secrets.to_owned() />
            <Button rank=Rank::Primary glyph=Glyph::PLUS refusal=refusal shortcut="n" on_click=move |_| navigation.go(&new_address)>
                {words::common().new_secret}
            </Button>
        </div>
        <div class="tools">
            <SearchBox
                label=words::list().search
                hint=words::list().search_hint
                text=Signal::derive(move || state.with(|state| state.search.clone()))
                typed
                on_type=move |_| context.open(OverlayRequest::Suggestions)
                on_search
            />
            <AskLastUsed context />
            <ListButtons context />
        </div>
        <FilterWords typed on_change=on_search />
        {dynamic(move || foreign_view(context))}
        <ListStatus progress state />
        {dynamic(move || failure().map(|failure| {
            // The banner is removed, and the focused button with it.
            let retry = move |()| {
                list.resume();
                page::focus_first(page::SEARCH);
            };
            view! { <FailureNote explanation=explained_reading(&failure) on_retry=retry /> }
        }))}
        <When condition=has_rows otherwise=move || nothing(context, typed, &create)>
            <SecretTable context on_sort />
        </When>
        <When condition=has_extras>{extras(context)}</When>
    }
    .into_any()
}

/// The server query: the whole list, with last use and creators only if a column or the filter needs them.
fn asked(state: &ListState, columns: &Columns) -> SecretQuery {
    // Last use is shown by default, but requested only if the user asks for it.
    let is_shown = |column: &Column| column.needs_info() && (state.info || *column != Column::LastUsed);
    let is_order = state.sort.is_some_and(|(column, _)| column.needs_info());
    SecretQuery {
        order: state.order,
        include_info: columns.shown().iter().any(is_shown) || is_order || Query::parse(&state.search).needs_info(),
        ..SecretQuery::default()
    }
}

/// The sort order of an address.
fn row_order(sort: Option<(Column, Direction)>) -> Option<Order> {
    sort.map(|(column, direction)| Order {
        column,
        is_descending: direction == Direction::Descending,
    })
}

/// Clicking a header sorts by its column, then reverses the order, then removes it.
fn sorted_by(mut state: ListState, column: Column) -> ListState {
    state.sort = match state.sort {
        Some((sorted, Direction::Ascending)) if sorted == column => Some((column, Direction::Descending)),
        Some((sorted, Direction::Descending)) if sorted == column => None,
        _ => Some((column, Direction::Ascending)),
    };
    if column == Column::LastUsed {
        // Sorting by a column needs its data.
        state.info = true;
    }
    state
}

#[component]
fn AskLastUsed(context: ListContext) -> impl IntoView {
    let is_shown = move |columns: &Columns| columns.has(Column::LastUsed);
    let on_info = move |info| {
        let mut state = context.state.get_untracked();
        state.info = info;
        if !info {
            // Without its data, a column cannot be sorted by.
            state.sort = state.sort.filter(|(column, _)| *column != Column::LastUsed);
        }
        if info && !context.columns.with_untracked(is_shown) {
            context.arrange(&|columns| columns.set(Column::LastUsed, true), state);
        } else {
            context.change.run(state);
        }
    };
    view! {
        <Checkbox
            id="last-used"
            label=words::list().ask_last_used
            is_checked=Signal::derive(move || context.state.with(ListState::wants_last_use) && context.columns.with(is_shown))
            on_change=on_info
        />
    }
    .into_any()
}

#[component]
fn ListButtons(context: ListContext) -> impl IntoView {
    let list = context.list;
    let progress = list.progress();
    let is_at = move |is_it: fn(&State<Failure>) -> bool| {
        Signal::derive(move || progress.with(|progress| is_it(&progress.state)))
    };
    offer(ActionId::Refresh, words::list().refresh, move || list.refresh());
    offer(ActionId::ListView, words::list().view, move || context.open(OverlayRequest::ViewPanel));
    view! {
        <Button glyph=Glyph::REFRESH on_click=move |_| list.refresh()>{words::list().refresh}</Button>
        <When condition=is_at(|state| matches!(state, State::Reading | State::Waiting(_)))>
            {leave_focus(".stop-loading")}
            {offer(ActionId::StopLoading, words::list().stop_loading, move || list.stop())}
            <span class="stop-loading">
                <Button on_click=move |_| list.stop()>{words::list().stop_loading}</Button>
            </span>
        </When>
        <When condition=is_at(|state| matches!(state, State::Stopped | State::Waiting(_)))>
            {leave_focus(".resume-loading")}
            {offer(ActionId::ResumeLoading, words::list().resume_loading, move || list.resume())}
            <span class="resume-loading">
                <Button on_click=move |_| list.resume()>{words::list().resume_loading}</Button>
            </span>
        </When>
        <Button glyph=Glyph::CHEVRON_DOWN on_click=move |_| context.open(OverlayRequest::ViewPanel)>{words::list().view}</Button>
    }
    .into_any()
}

/// Focuses the search box when an element that may hold the focus is removed.
fn leave_focus(place: &'static str) {
    on_cleanup(move || {
        if page::is_within(place) {
            page::focus_first(page::SEARCH);
        }
    });
}

/// A link brought a named view that is not saved here, or that differs from the saved one of that name.
fn foreign_view(context: ListContext) -> Option<impl IntoView + use<>> {
    let state = context.state.get();
    let name = state.view.clone()?;
    if let Some(known) = context.views().find(&name) {
        let columns = state.columns.clone().or_else(|| known.columns.clone());
        if *known == (ListState { columns, ..state }) {
            return None;
        }
    }
    let text = fill(words::list().view_import, &[("name", &name)]);
    Some(view! {
        <p class="note">
            <span>{text}" "</span>
            <Button on_click=move |_| context.open(OverlayRequest::ViewPanel)>{words::list().view_import_save}</Button>
        </p>
    })
}

/// Shown instead of the table while there are no rows: loading, none yet, or no match.
fn nothing(context: ListContext, typed: RwSignal<String>, create: &str) -> AnyView {
    let create = create.to_owned();
    let progress = context.list.progress();
    let shape = Memo::new(move |_| progress.with(|progress| (progress.state.clone(), progress.loaded == 0)));
    dynamic(move || {
        let search = typed.get();
        let create = create.clone();
        let clear = move |_| {
            typed.set(String::new());
            context.change.run(ListState {
                search: String::new(),
                ..context.state.get_untracked()
            });
            page::focus_first(page::SEARCH);
        };
        match shape.get() {
            (State::Complete, true) => view! {
                <Empty title=words::list().empty_title text=words::list().empty>
                    <a href=create class="button button-primary">{words::common().new_secret}</a>
                </Empty>
            }
            .into_any(),
            (State::Complete, false) => view! {
                <Empty title=words::list().no_match_title text=fill(words::list().no_match, &[("search", &search)])>
                    <Button on_click=clear>{words::list().clear_search}</Button>
                </Empty>
            }
            .into_any(),
            (State::Idle | State::Reading, _) => view! { <Skeleton lines=8 /> }.into_any(),
            (_, true) => ().into_any(),
            (_, false) => view! {
                <Empty title=words::list().none_yet_title text=fill(words::list().none_yet, &[("search", &search)])>
                    <Button on_click=clear>{words::list().clear_search}</Button>
                </Empty>
            }
            .into_any(),
        }
    })
}

//! `/workspaces/{workspaceId}/secrets`: the list.

pub mod context;
mod filter;
mod status;
pub mod table;

use contract::calls::SecretQuery;
use contract::{Failure, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, list_words as words};
use strongroom_core::list::Query;
use strongroom_core::list::reading::State;
use strongroom_core::list::server_filter::server_part;
use strongroom_core::route::{Column, Columns, Direction, ListState, Route};

use crate::api::session::{self, use_session};
use crate::browser::history::use_navigation;
use crate::browser::preferences::{self, Preference};
use crate::browser::{density, page, tasks};
use crate::components::breadcrumbs::Breadcrumbs;
use crate::components::error_note::FailureNote;
use crate::components::messages::explained_reading;
use crate::components::shared::{steps, why_not_send};
use crate::pages::secrets::list::context::{Desk, Extras, Wish};
use crate::pages::secrets::list::filter::FilterWords;
use crate::pages::secrets::list::status::ListStatus;
use crate::pages::secrets::list::table::{SecretTable, row_order};
use crate::store::secret_list::{Progress, SecretList};
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
    /// Where.
    workspace: WorkspaceId,
    /// What the address asks for.
    state: Memo<ListState>,
    /// What helps with the list and is loaded when it is first wanted.
    extras: Extras,
) -> impl IntoView {
    let words = words();
    let session = use_session();
    let workspaces = use_workspaces();
    let navigation = use_navigation();
    // The form says what the key may not do, and lets it be tried again.
    let refusal = why_not_send(&workspace);
    let own = preferences::read(Preference::Columns).and_then(|text| Columns::parse(&text));
    let own = RwSignal::new(own.unwrap_or_default());
    let columns = Memo::new(move |_| state.with(|state| state.columns.clone()).unwrap_or_else(|| own.get()));
    let typed = RwSignal::new(state.with_untracked(|state| state.search.clone()));
    let asked = Memo::new(move |_| columns.with(|columns| state.with(|state| asked(state, columns))));
    let list = SecretList::new(session, workspace.clone(), asked.get_untracked());
    let progress = list.progress();
    let named = workspace.clone();
    let trail = Signal::derive(move || steps(&workspaces.name(&named), &named, false));
    let new_address = Route::NewSecret(workspace.clone()).to_path();
    let create = new_address.clone();
    let place = StoredValue::new(workspace);
    let change = Callback::new(move |next: ListState| {
        let next = state.with_untracked(|present| next.named_after(present));
        navigation.replace(&place.with_value(|workspace| Route::Secrets(workspace.clone(), next).to_path()));
    });
    let desk = Desk {
        list,
        workspace: place,
        typed,
        state,
        change,
        columns,
        own,
        views: RwSignal::new(preferences::read(Preference::Views).unwrap_or_default()),
        wish: RwSignal::new(Wish::default()),
    };
    density::show(density::chosen());
    // The address follows the letters only when they rest; what is shown follows each of them.
    tasks::follow(move || {
        let order = row_order(state.with(|state| state.sort));
        list.show(typed.with(|typed| Query::parse(typed)), order);
    });
    tasks::follow(move || list.ask(asked.get()));
    // A new key is there for what the old one could not read.
    tasks::follow(move || {
        let is_connected = session
            .state()
            .with(|state| matches!(state, session::State::Connected(_)));
        let has_expired = |progress: &Progress| failure(progress).is_some_and(|failure| failure.http() == Some(401));
        if is_connected && progress.with_untracked(has_expired) {
            list.resume();
        }
    });
    tasks::follow(move || list.search(state.with(|state| server_part(&Query::parse(&state.search)))));
    let on_search = move |search: String| {
        // The box may be ahead of the address: then only this tells it.
        typed.set(search.clone());
        change.run(ListState {
            search,
            ..state.get_untracked()
        })
    };
    let on_sort = move |column| change.run(sorted_by(state.get_untracked(), column));
    let has_rows = Memo::new(move |_| progress.with(|progress| progress.shown > 0));
    let failure = move || progress.with(failure);
    let writes = use_writes();
    let has_run = move || place.with_value(|workspace| writes.run_in(workspace)).is_some();
    let is_wanted = Memo::new(move |was: Option<&bool>| was == Some(&true) || desk.is_wanted() || has_run());
    view! {
        <Breadcrumbs steps=trail />
        <div class="bar">
            <Heading text=words.secrets.to_owned() />
            <Button rank=Rank::Primary glyph=Glyph::PLUS refusal=refusal shortcut="n" on_click=move |_| navigation.go(&new_address)>
                {words.new_secret}
            </Button>
        </div>
        <div class="tools">
            <SearchBox
                label=words.search_secrets
                hint=words.search_hint
                text=Signal::derive(move || state.with(|state| state.search.clone()))
                typed
                on_type=move |_| desk.wish(Wish::Suggestions)
                on_search
            />
            <AskLastUsed desk />
            <ListButtons desk />
        </div>
        <FilterWords typed on_change=on_search />
        {dynamic(move || foreign_view(desk))}
        <ListStatus progress state />
        {dynamic(move || failure().map(|failure| {
            // The note goes, and its button with it.
            let retry = move |()| {
                list.resume();
                page::focus_first(page::SEARCH);
            };
            view! { <FailureNote explanation=explained_reading(&failure) on_retry=retry /> }
        }))}
        <When condition=has_rows otherwise=move || nothing(desk, typed, &create)>
            <SecretTable desk on_sort />
        </When>
        <When condition=is_wanted>{extras(desk)}</When>
    }
    .into_any()
}

/// What the server is asked for: the whole list, with use and makers only where something shows or needs them.
fn asked(state: &ListState, columns: &Columns) -> SecretQuery {
    let is_shown = state.info && columns.has(Column::LastUsed) || columns.has(Column::CreatedBy);
    let is_order = matches!(state.sort, Some((Column::LastUsed | Column::CreatedBy, _)));
    SecretQuery {
        order: state.order,
        include_info: is_shown || is_order || Query::parse(&state.search).needs_info(),
        ..SecretQuery::default()
    }
}

/// Pressing a header sorts by its column, then the other way round, then no more.
fn sorted_by(mut state: ListState, column: Column) -> ListState {
    state.sort = match state.sort {
        Some((sorted, Direction::Ascending)) if sorted == column => Some((column, Direction::Descending)),
        Some((sorted, Direction::Descending)) if sorted == column => None,
        _ => Some((column, Direction::Ascending)),
    };
    if column == Column::LastUsed {
        // Nothing can be sorted by what nobody asked for.
        state.info = true;
    }
    state
}

#[component]
fn AskLastUsed(desk: Desk) -> impl IntoView {
    let is_shown = move |columns: &Columns| columns.has(Column::LastUsed);
    let on_info = move |info| {
        let mut state = desk.state.get_untracked();
        state.info = info;
        if !info {
            // What is not asked for orders nothing.
            state.sort = state.sort.filter(|(column, _)| *column != Column::LastUsed);
        }
        if info && !desk.columns.with_untracked(is_shown) {
            desk.arrange(&|columns| columns.set(Column::LastUsed, true), state);
        } else {
            desk.change.run(state);
        }
    };
    view! {
        <Checkbox
            id="last-used"
            label=words().ask_last_used
            is_checked=Signal::derive(move || desk.state.with(ListState::wants_last_use) && desk.columns.with(is_shown))
            on_change=on_info
        />
    }
    .into_any()
}

#[component]
fn ListButtons(desk: Desk) -> impl IntoView {
    let words = words();
    let list = desk.list;
    let progress = list.progress();
    let is_at = move |is_it: fn(&State<Failure>) -> bool| {
        Signal::derive(move || progress.with(|progress| is_it(&progress.state)))
    };
    view! {
        <Button glyph=Glyph::REFRESH on_click=move |_| list.refresh()>{words.refresh}</Button>
        <When condition=is_at(|state| matches!(state, State::Reading | State::Waiting(_)))>
            {leave_focus(".stop-loading")}
            <span class="stop-loading">
                <Button on_click=move |_| list.stop()>{words.stop_loading}</Button>
            </span>
        </When>
        <When condition=is_at(|state| matches!(state, State::Stopped | State::Waiting(_)))>
            {leave_focus(".resume-loading")}
            <span class="resume-loading">
                <Button on_click=move |_| list.resume()>{words.resume_loading}</Button>
            </span>
        </When>
        <Button glyph=Glyph::CHEVRON_DOWN on_click=move |_| desk.wish(Wish::Panel)>{words.view_button}</Button>
    }
    .into_any()
}

/// What goes from the page, pressed or by itself, leaves the focus to the search box.
fn leave_focus(place: &'static str) {
    on_cleanup(move || {
        if page::is_within(place) {
            page::focus_first(page::SEARCH);
        }
    });
}

/// A link brought a list that has a name and is not among those that are kept here, or is another one by that name.
fn foreign_view(desk: Desk) -> Option<impl IntoView + use<>> {
    let words = words();
    let state = desk.state.get();
    let name = state.view.clone()?;
    if let Some(known) = desk.views().find(&name) {
        let columns = state.columns.clone().or_else(|| known.columns.clone());
        if *known == (ListState { columns, ..state }) {
            return None;
        }
    }
    let text = fill(words.view_import, &[("name", &name)]);
    Some(view! {
        <p class="note">
            <span>{text}" "</span>
            <Button on_click=move |_| desk.wish(Wish::Panel)>{words.view_import_save}</Button>
        </p>
    })
}

fn failure(progress: &Progress) -> Option<Failure> {
    match &progress.state {
        State::Failed(failure) => Some(failure.clone()),
        _ => None,
    }
}

/// In place of the table while there are no rows: being loaded, none yet, or none that match.
fn nothing(desk: Desk, typed: RwSignal<String>, create: &str) -> AnyView {
    let words = words();
    let create = create.to_owned();
    let progress = desk.list.progress();
    let shape = Memo::new(move |_| progress.with(|progress| (progress.state.clone(), progress.loaded == 0)));
    dynamic(move || {
        let search = typed.get();
        let create = create.clone();
        let clear = move |_| {
            typed.set(String::new());
            desk.change.run(ListState {
                search: String::new(),
                ..desk.state.get_untracked()
            });
            page::focus_first(page::SEARCH);
        };
        match shape.get() {
            (State::Complete, true) => view! {
                <Empty title=words.list_empty_title text=words.list_empty>
                    <a href=create class="button button-primary">{words.new_secret}</a>
                </Empty>
            }
            .into_any(),
            (State::Complete, false) => view! {
                <Empty title=words.list_no_match_title text=fill(words.list_no_match, &[("search", &search)])>
                    <Button on_click=clear>{words.clear_search}</Button>
                </Empty>
            }
            .into_any(),
            (State::Idle | State::Reading, _) => view! { <Skeleton lines=8 /> }.into_any(),
            (_, true) => ().into_any(),
            (_, false) => view! {
                <Empty title=words.list_none_yet_title text=fill(words.list_none_yet, &[("search", &search)])>
                    <Button on_click=clear>{words.clear_search}</Button>
                </Empty>
            }
            .into_any(),
        }
    })
}

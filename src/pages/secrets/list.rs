//! `/workspaces/{workspaceId}/secrets`: the list.

pub mod context;
mod status;
pub mod table;
mod views;

use contract::calls::SecretQuery;
use contract::{Failure, SecretId, WorkspaceId};
use leptos::prelude::*;
use site::LastUsed;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::nearest::nearest;
use strongroom_core::list::reading::State;
use strongroom_core::list::server_filter::server_part;
use strongroom_core::list::{Arrangement, Column, LoadedList, Order, Query, Selection};
use strongroom_core::model::actions::ActionId;
use strongroom_core::route::{Columns, Direction, ListState, Prefill, ReferencesState, Route, SearchState, Show};

use crate::browser::tasks::{ViewTasks, memo};
use crate::browser::history::use_navigation;
use crate::browser::preferences::{self, Preference};
use crate::api::config::use_last_used;
use crate::browser::clock::use_clock;
use crate::browser::keyboard::{self, SearchKey};
use crate::browser::row_navigation::RowMove;
use crate::browser::{density, intl, page, popover, tasks};
use crate::components::actions::{offer, offer_unless};
use crate::components::breadcrumbs::{Tab, WorkspaceTabs};
use crate::components::error_note::FailureNote;
use crate::components::filter_notes::FilterNotes;
use crate::components::permission::{explained_reading_in, why_not_send};
use crate::components::search_suggestions::SUGGESTIONS;
use crate::pages::secrets::list::context::{Extras, ListContext, OverlayRequest, VIEW_PANEL};
use crate::pages::secrets::list::status::ListStatus;
use crate::pages::secrets::list::table::SecretTable;
use crate::pages::secrets::list::views::ViewLinks;
use crate::store::references::{Progress, use_references};
use crate::store::secret_lists::use_secret_lists;
use crate::ui::button::{Button, Rank, ToolButton};
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
    let navigation = use_navigation();
    // The form itself shows a missing scope and lets the user try anyway.
    let refusal = why_not_send(&workspace);
    let own = preferences::read(Preference::Columns).and_then(|text| Columns::parse(&text));
    let own = RwSignal::new(own.unwrap_or_default());
    let lists = use_secret_lists();
    let is_configured = use_last_used() == LastUsed::OnDemand;
    let is_on_demand = Signal::derive(move || is_configured || lists.is_info_limited().get());
    let references = use_references().of(&workspace);
    let is_use_known = memo(move |_| references.progress().with(Progress::is_complete));
    let columns = memo(move |_| {
        state.with(|state| columns_of(state, &own.get(), is_on_demand.get(), is_use_known.get()))
    });
    let typed = RwSignal::new(state.with_untracked(|state| state.search.clone()));
    let asked = memo(move |_| columns.with(|columns| state.with(|state| asked(state, columns))));
    let list = lists.open(&workspace, asked.into());
    tasks::follow(move || {
        list.set_info_optional(columns.with(|columns| state.with(|state| !needs_info(state, columns))));
    });
    // The rows follow each keystroke; the address and the server follow once typing pauses.
    let arrangement = memo(move |_| state.with(arrangement));
    let search = memo(move |_| state.with(|state| server_part(&Query::parse(&state.search))));
    list.follow(
        Signal::derive(move || (typed.with(|typed| Query::parse(typed)), arrangement.get())),
        search.into(),
    );
    let progress = list.progress();
    let mut was_known = false;
    // Changes with the rows, not with the filter: a key in the search must not count the uses of all rows again.
    let rows_version = memo(move |_| {
        list.shown().track();
        list.with(LoadedList::version)
    });
    tasks::follow(move || {
        let is_known = is_use_known.get();
        // Once for each change of the complete list: while it is read, there is a change with each page.
        let _ = rows_version.get();
        let is_complete = progress.with(|progress| progress.state == State::Complete);
        if !is_complete || (!is_known && !was_known) {
            return;
        }
        was_known = is_known;
        references.with_count(|count| {
            let count = |name: &str| count(name).map(|sets| u32::try_from(sets).unwrap_or(u32::MAX - 1));
            list.set_uses(&|name| count(name).filter(|_| is_known));
        });
    });
    let own_id = workspace.clone();
    let new_address = Route::NewSecret(workspace.clone(), Prefill::default()).to_path();
    let create = StoredValue::new(new_address.clone());
    let go = new_address.clone();
    offer_unless(refusal, ActionId::New, words::common().new_secret, move || navigation.go(&go));
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
        is_on_demand,
        is_use_known: is_use_known.into(),
        own_density: RwSignal::new(density::chosen()),
        views: RwSignal::new(preferences::read(Preference::Views).unwrap_or_default()),
        request: RwSignal::new(OverlayRequest::default()),
    };
    tasks::follow(move || density::show(context.density()));
    offer(ActionId::Search, words::list().search, move || {
        page::focus_first(page::SEARCH);
        context.open(OverlayRequest::Starters);
    });
    offer_row_actions(context, refusal);
    keyboard::on_search_key(move |key| {
        // The suggestions come first while they are open.
        key == SearchKey::Down && !popover::is_open(SUGGESTIONS) && keyboard::move_row(RowMove::First)
    });
    let on_search = move |search: String| {
        // The box may be ahead of the address, which then only learns of it here.
        typed.set(search.clone());
        change.run(ListState {
            search,
            ..state.get_untracked()
        })
    };
    let on_sort = move |column| {
        let is_by_name = progress.with_untracked(|progress| progress.is_by_name);
        change.run(sorted_by(state.get_untracked(), column, is_by_name));
    };
    let is_info_limited = Signal::derive(move || lists.is_info_limited().get() && !state.with(ListState::wants_last_use));
    let has_rows = memo(move |_| progress.with(|progress| progress.shown > 0));
    let explanation = memo(move |_| {
        let explain = |failure: &Failure| {
            let explain = |workspace: &WorkspaceId| explained_reading_in(workspace, failure);
            context.workspace.with_value(explain)
        };
        progress.with(|progress| progress.failure().map(explain))
    });
    let needs_extras = memo(move |was: Option<&bool>| was == Some(&true) || context.needs_extras());
    let view_tasks = ViewTasks::until_unmount();
    // Asking for a part takes some milliseconds; the effect of the first key must be on screen before that.
    let has_extras = RwSignal::new(false);
    tasks::follow(move || {
        if needs_extras.get() {
            view_tasks.spawn(async move {
                tasks::after_frame().await;
                has_extras.set(true);
            });
        }
    });
    let on_enter = move |()| {
        let is_text = typed.with_untracked(|typed| Query::parse(typed)).has_text();
        let first = list.at(0, |loaded, row| SecretId::parse(loaded.list().rows().id(row)).ok()).flatten();
        if let Some(first) = first.filter(|_| keyboard::move_row(RowMove::First) && is_text) {
            navigation.go(&Route::Secret(place.get_value(), first).to_path());
        }
    };
    let has_selection = memo(move |_| list.selected().get() > 0);
    // In a separate task: on a slow phone, page and table at once are a task of a fifth of a second.
    let is_begun = RwSignal::new(false);
    view_tasks.spawn(async move {
        tasks::next_turn().await;
        is_begun.set(true);
    });
    view! {
        <div class="bar">
            <div class="list-head">
                <Heading text=words::common().secrets.to_owned() />
                <ListStatus progress state is_info_limited />
                <LoadingButtons context />
            </div>
            <div class="actions">
                <WorkspaceTabs workspace=own_id current=Tab::Secrets />
                <Button rank=Rank::Primary glyph=Glyph::PLUS refusal=refusal shortcut="n" on_click=move |_| navigation.go(&new_address)>
                    {words::common().new_secret}
                </Button>
            </div>
        </div>
        <div class="tools">
            <SearchBox
                label=words::list().search
                hint=words::list().search_hint
                text=Signal::derive(move || state.with(|state| state.search.clone()))
                typed
                on_type=move |_| context.open(OverlayRequest::Suggestions)
                on_open=move |()| context.open(OverlayRequest::Starters)
                on_enter
                on_search
            />
            <ViewLinks context />
            <div class="tool-buttons">
                <ToolButton glyph=Glyph::REFRESH label=words::list().refresh shortcut="r" on_click=move |()| list.refresh() />
                <ToolButton glyph=Glyph::SLIDERS label=words::list().view popover=VIEW_PANEL on_click=move |()| open_panel(context) />
            </div>
        </div>
        <FilterNotes typed />
        {dynamic(move || references_note(context))}
        {dynamic(move || workspace_note(context))}
        {dynamic(move || foreign_view(context))}
        {dynamic(move || explanation.get().map(|explanation| {
            // The banner is removed, and the focused button with it.
            let retry = move |()| {
                list.resume();
                page::focus_first(page::SEARCH);
            };
            view! { <FailureNote explanation on_retry=retry /> }
        }))}
        <When condition=is_begun>
            <When condition=has_rows otherwise=move || nothing(context, typed, &create.get_value())>
                <SecretTable context on_sort />
            </When>
        </When>
        <When condition=has_extras>{extras(context)}</When>
        <When condition=has_selection>{offer_clearing(context)}</When>
    }
    .into_any()
}

/// The visible columns. On demand, the last use is one of them only if the address asks for it.
fn columns_of(state: &ListState, own: &Columns, is_on_demand: bool, is_use_known: bool) -> Columns {
    let mut columns = state.columns.clone().unwrap_or_else(|| own.clone());
    // The number of tool sets is shown once it is known, unless other columns were chosen.
    let is_default = columns == Columns::default();
    columns.set(Column::UsedBy, is_use_known && (is_default || columns.has(Column::UsedBy)));
    if is_on_demand {
        columns.set(Column::LastUsed, state.wants_last_use());
    }
    columns
}

/// The server query: the whole list, with last use and creators only if a column or the filter needs them.
fn asked(state: &ListState, columns: &Columns) -> SecretQuery {
    SecretQuery {
        order: state.order,
        include_info: columns.has(Column::LastUsed) || needs_info(state, columns),
        ..SecretQuery::default()
    }
}

/// Whether the user asked for something that the server sends only when it is asked for.
fn needs_info(state: &ListState, columns: &Columns) -> bool {
    let is_order = state.sort.is_some_and(|(column, _)| column.needs_info());
    state.info || is_order || columns.has(Column::CreatedBy) || Query::parse(&state.search).needs_info()
}

/// The arrangement of an address: by a column, as the server orders them if it names that, otherwise by name.
fn arrangement(state: &ListState) -> Arrangement {
    match (state.sort, state.order) {
        (Some((column, direction)), _) => Arrangement::Chosen(Order {
            column,
            is_descending: direction == Direction::Descending,
        }),
        (None, Some(_)) => Arrangement::Arrival,
        (None, None) => Arrangement::ByName,
    }
}

/// Clicking a header sorts by its column, then reverses the order, then restores the default: by name.
fn sorted_by(mut state: ListState, column: Column, is_by_name: bool) -> ListState {
    let present = state.sort.or(is_by_name.then_some((Column::Name, Direction::Ascending)));
    state.sort = match present {
        Some((sorted, Direction::Ascending)) if sorted == column => Some((column, Direction::Descending)),
        Some((sorted, Direction::Descending)) if sorted == column => None,
        _ => Some((column, Direction::Ascending)),
    };
    state
}

/// A filter by use finds nothing before it is known where secrets are used, and names without a secret never.
fn references_note(context: ListContext) -> Option<impl IntoView + use<>> {
    let is_missing = context.typed.with(|typed| Query::parse(typed)).needs_references()?;
    if !is_missing && context.is_use_known.get() {
        return None;
    }
    let (text, show) = if is_missing {
        (words::list().ref_missing, Show::Missing)
    } else {
        (words::list().ref_unknown, Show::All)
    };
    let state = ReferencesState {
        show,
        ..ReferencesState::default()
    };
    let address = context.workspace.with_value(|workspace| Route::References(workspace.clone(), state).to_path());
    Some(view! { <p class="note"><span>{text}" "</span><a href=address>{words::common().references}</a></p> })
}

/// A condition on the workspace leads to the search across workspaces, with the whole text.
fn workspace_note(context: ListContext) -> Option<impl IntoView + use<>> {
    let typed = context.typed.get();
    Query::parse(&typed).names_workspaces().then(|| {
        let address = Route::Search(SearchState::of(&typed)).to_path();
        view! { <p class="note"><span>{words::list().workspace_no_effect}" "</span><a href=address>{words::list().search_all}</a></p> }
    })
}

/// Offers what can be done with the list, its selection, and the row that has the focus.
fn offer_row_actions(context: ListContext, refusal: Signal<Option<String>>) {
    let list = context.list;
    offer(ActionId::Refresh, words::list().refresh, move || list.refresh());
    offer(ActionId::ListView, words::list().view, move || context.open(OverlayRequest::ViewPanel));
    offer(ActionId::SelectAll, words::list().select_all, move || list.select(Selection::add));
    offer_unless(refusal, ActionId::Delete, words::common().delete, move || {
        let row = keyboard::row_link().and_then(|(link, _)| Route::parse_local(&link));
        if let Some(Route::Secret(_, id)) = row {
            context.open(OverlayRequest::DeleteRow(id.as_str().to_owned()));
        }
    });
}

/// Offers to deselect all rows.
fn offer_clearing(context: ListContext) {
    offer(ActionId::ClearSelection, words::list().clear_selection, move || {
        leave_focus_of(".selection");
        context.list.select(|selection, _| selection.clear());
    });
}

/// Opens the View panel the first time, when it is not in the page yet. From then on its button does.
fn open_panel(context: ListContext) {
    if !popover::is_there(VIEW_PANEL) {
        context.open(OverlayRequest::ViewPanel);
    }
}

#[component]
fn LoadingButtons(context: ListContext) -> impl IntoView {
    let list = context.list;
    let progress = list.progress();
    let is_at = move |is_it: fn(&State<Failure>) -> bool| {
        Signal::derive(move || progress.with(|progress| is_it(&progress.state)))
    };
    view! {
        <When condition=is_at(|state| matches!(state, State::Reading | State::Waiting(_)))>
            {leave_focus(".stop-loading")}
            {offer(ActionId::StopLoading, words::list().stop_loading, move || list.stop())}
            <span class="stop-loading">
                <Button rank=Rank::Quiet on_click=move |_| list.stop()>{words::list().stop_loading}</Button>
            </span>
        </When>
        <When condition=is_at(|state| matches!(state, State::Stopped | State::Waiting(_)))>
            {leave_focus(".resume-loading")}
            {offer(ActionId::ResumeLoading, words::list().resume_loading, move || list.resume())}
            <span class="resume-loading">
                <Button rank=Rank::Quiet on_click=move |_| list.resume()>{words::list().resume_loading}</Button>
            </span>
        </When>
    }
    .into_any()
}

/// Focuses the search box when an element that may hold the focus is removed.
fn leave_focus(place: &'static str) {
    on_cleanup(move || leave_focus_of(place));
}

fn leave_focus_of(place: &str) {
    if page::is_within(place) {
        page::focus_first(page::SEARCH);
    }
}

/// A link brought a named view that is not saved here, or that differs from the saved one of that name.
fn foreign_view(context: ListContext) -> Option<impl IntoView + use<>> {
    let state = context.state.get();
    let name = state.view.clone()?;
    if let Some(known) = context.views().find(&name) {
        let columns = state.columns.clone().or_else(|| known.columns.clone());
        let density = state.density.or(known.density);
        if *known == (ListState { columns, density, ..state }) {
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
    let shape = memo(move |_| progress.with(|progress| (progress.state.clone(), progress.loaded == 0)));
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
                <Empty title=fill(words::list().no_match_title, &[("search", &search)]) text=String::new()>
                    {nearest_button(context, typed, &search)}
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

/// The nearest search that finds something, as a button.
fn nearest_button(context: ListContext, typed: RwSignal<String>, search: &str) -> Option<AnyView> {
    let now = use_clock().now().timestamp_millis();
    let found = context.list.with(|loaded| nearest(search, loaded.list().rows(), now)).flatten()?;
    let text = fill(
        plural(found.count, words::list().nearest_one, words::list().nearest),
        &[("filter", &found.search), ("count", &intl::count(found.count))],
    );
    let take = move |_| {
        typed.set(found.search.clone());
        context.change.run(ListState {
            search: found.search.clone(),
            ..context.state.get_untracked()
        });
        page::focus_first(page::SEARCH);
    };
    Some(view! { <Button on_click=take>{text}</Button> }.into_any())
}

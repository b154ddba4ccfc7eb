//! `/workspaces/{workspaceId}/secrets`: the list.

use contract::calls::{self, SecretQuery, SortOrder};
use contract::{Failure, Page, WorkspaceId};
use leptos::prelude::*;

use super::shared::{steps, why_not};
use super::table::SecretTable;
use super::words::explained;
use crate::domain::secret::SecretFacts;
use crate::route::{Column, Direction, ListState, Route};
use crate::state::loader::{Loader, Phase};
use crate::text::{fill, plural, words};
use crate::ui::breadcrumbs::Breadcrumbs;
use crate::ui::button::{Button, Rank};
use crate::ui::choice::{Checkbox, Select, SelectOption};
use crate::ui::empty::Empty;
use crate::ui::erased::{When, dynamic};
use crate::ui::failure_note::FailureNote;
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::search_box::SearchBox;
use crate::ui::skeleton::Skeleton;
use crate::web::intl;
use crate::web::navigation::use_navigation;
use crate::web::paged::{List, Paged, paged};
use crate::web::session::{Session, use_session};
use crate::web::workspaces::use_workspaces;

/// Secrets on a page.
const LIMIT: u32 = 50;

/// What the server is asked for.
type Key = (WorkspaceId, SecretQuery);

/// The secrets of a workspace.
#[component]
pub fn SecretsPage(
    /// Where.
    workspace: WorkspaceId,
    /// What the address asks for.
    state: Memo<ListState>,
) -> impl IntoView {
    let words = words();
    let session = use_session();
    let workspaces = use_workspaces();
    let navigation = use_navigation();
    let refusal = why_not(&workspace);
    let asked = workspace.clone();
    let query = move || {
        state.with(|state| SecretQuery {
            text: Some(state.search.clone()).filter(|text| !text.trim().is_empty()),
            order: state.order,
            include_info: state.info,
            ..SecretQuery::default()
        })
    };
    let list = paged(
        move || (asked.clone(), query()),
        |secret: &SecretFacts| secret.metadata.id.as_str(),
        move |key, cursor| read_page(session, key, cursor),
    );
    let loaded = list.state();
    let named = workspace.clone();
    let trail = Signal::derive(move || steps(&workspaces.name(&named), &named, false));
    let new_address = Route::NewSecret(workspace.clone()).to_path();
    let create = new_address.clone();
    let table_place = workspace.clone();
    let change = Callback::new(move |state: ListState| {
        navigation.replace(&Route::Secrets(workspace.clone(), state).to_path());
    });
    let on_search = move |search| {
        change.run(ListState {
            search,
            ..state.get_untracked()
        })
    };
    let on_sort = move |column| change.run(sorted_by(state.get_untracked(), column));
    let is_empty = Memo::new(move |_| loaded.with(|list| list.count() == 0));
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
                on_search
            />
            <ListOptions state change />
            <ListButtons list />
        </div>
        <p class="list-status" role="status" aria-label=words.list_status>
            {dynamic(move || loaded.with(|list| status(list, state)))}
        </p>
        {dynamic(move || loaded.with(failure).map(|failure| {
            view! { <FailureNote explanation=explained(&failure) on_retry=move |()| list.more() /> }
        }))}
        <When condition=Signal::derive(move || !is_empty.get()) otherwise=move || nothing(loaded, state, change, &create)>
            <SecretTable workspace=table_place.clone() list=loaded state on_sort />
        </When>
        <When condition=Signal::derive(move || loaded.with(|list| matches!(list.phase(), Phase::Paused) && list.has_answered()))>
            <div class="actions more">
                <Button on_click=move |_| list.more()>{words.load_more}</Button>
            </div>
        </When>
    }
    .into_any()
}

async fn read_page(
    session: Session,
    (workspace, query): Key,
    cursor: Option<contract::Cursor>,
) -> Result<Page<SecretFacts>, Failure> {
    let page = session
        .send(calls::list_secrets(&workspace, &query, LIMIT, cursor.as_ref()))
        .await?;
    // Values, where a server sends them in lists, end here.
    let items = page.items.into_iter().map(SecretFacts::from).collect();
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
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
fn ListOptions(state: Memo<ListState>, change: Callback<ListState>) -> impl IntoView {
    let words = words();
    let orders = [
        ("", words.order_default),
        (SortOrder::Descending.as_str(), words.order_newest),
        (SortOrder::Ascending.as_str(), words.order_oldest),
    ];
    let option = |(value, text): (&str, &'static str)| SelectOption {
        value: value.to_owned(),
        text: text.to_owned(),
        language: None,
    };
    let options = orders.map(option).to_vec();
    let chosen = Signal::derive(move || {
        let order = state.with(|state| state.order);
        order.map_or_else(String::new, |order| order.as_str().to_owned())
    });
    let on_order = move |text: String| {
        change.run(ListState {
            order: SortOrder::parse(&text),
            ..state.get_untracked()
        });
    };
    let on_info = move |info| {
        change.run(ListState {
            info,
            ..state.get_untracked()
        })
    };
    view! {
        <Select id="order" label=words.order is_label_hidden=true options chosen on_choose=on_order />
        <Checkbox
            id="last-used"
            label=words.ask_last_used
            is_checked=Signal::derive(move || state.with(|state| state.info))
            on_change=on_info
        />
    }
    .into_any()
}

#[component]
fn ListButtons(list: Paged<Key, SecretFacts>) -> impl IntoView {
    let words = words();
    let loaded = list.state();
    let is_stopped = move || loaded.with(|list| matches!(list.phase(), Phase::Paused) && !list.has_answered());
    view! {
        <Button glyph=Glyph::REFRESH on_click=move |_| list.refresh()>{words.refresh}</Button>
        <When condition=Signal::derive(move || loaded.with(Loader::is_loading))>
            <Button on_click=move |_| list.stop()>{words.stop_loading}</Button>
        </When>
        <When condition=Signal::derive(is_stopped)>
            <Button on_click=move |_| list.more()>{words.resume_loading}</Button>
        </When>
    }
    .into_any()
}

/// What is loaded, and whether that is all: never more than is known.
fn status(list: &List<SecretFacts>, state: Memo<ListState>) -> String {
    let words = words();
    let (is_sorted, is_searched) = state.with(|state| (state.sort.is_some(), !state.search.trim().is_empty()));
    let count = list.count();
    let with_count = |sentence: &str| fill(sentence, &[("count", &intl::count(count))]);
    let mut status = match list.phase() {
        Phase::Idle => words.list_loading_first.to_owned(),
        Phase::Loading if !list.has_answered() && !list.is_stale() => words.list_loading_first.to_owned(),
        Phase::Loading if list.is_stale() => words.refreshing.to_owned(),
        Phase::Loading => with_count(words.list_loading),
        Phase::Paused if !list.has_answered() && count == 0 => words.list_stopped_first.to_owned(),
        Phase::Paused if !list.has_answered() => with_count(words.list_stopped_refresh),
        Phase::Paused => with_count(plural(count, words.list_paused_one, words.list_paused)),
        Phase::Complete if count == 0 && is_searched => return words.list_no_match_status.to_owned(),
        Phase::Complete => return with_count(plural(count, words.list_complete_one, words.list_complete)),
        Phase::Failed(_) if count == 0 => words.list_failed_first.to_owned(),
        Phase::Failed(_) => with_count(words.list_failed),
        Phase::Repeated => with_count(words.list_repeated),
    };
    if is_sorted && count > 0 {
        status.push(' ');
        status.push_str(words.list_sorted_part);
    }
    status
}

fn failure(list: &List<SecretFacts>) -> Option<Failure> {
    match list.phase() {
        Phase::Failed(failure) => Some(failure.clone()),
        _ => None,
    }
}

/// In place of the table while there are no rows: being loaded, none yet, or none that match.
fn nothing(
    loaded: ReadSignal<List<SecretFacts>>,
    state: Memo<ListState>,
    change: Callback<ListState>,
    create: &str,
) -> AnyView {
    let words = words();
    let create = create.to_owned();
    dynamic(move || {
        let search = state.with(|state| state.search.clone());
        let create = create.clone();
        loaded.with(|list| match list.phase() {
            Phase::Idle | Phase::Loading => view! { <Skeleton lines=8 /> }.into_any(),
            Phase::Failed(_) | Phase::Paused | Phase::Repeated => ().into_any(),
            Phase::Complete if search.trim().is_empty() => view! {
                <Empty title=words.list_empty_title text=words.list_empty>
                    <a href=create class="button button-primary">{words.new_secret}</a>
                </Empty>
            }
            .into_any(),
            Phase::Complete => view! {
                <Empty title=words.list_no_match_title text=fill(words.list_no_match, &[("search", &search)])>
                    <Button on_click=move |_| {
                        change.run(ListState { search: String::new(), ..state.get_untracked() });
                    }>{words.clear_search}</Button>
                </Empty>
            }
            .into_any(),
        })
    })
}

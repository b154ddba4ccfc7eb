//! `/workspaces`: the workspaces of the key's profile, or all of the account for an admin.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use contract::Workspace;
use leptos::prelude::*;
use strongroom_core::i18n::failure::explain;
use strongroom_core::i18n::foreign::{marked, shown};
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::workspace_table::{WorkspaceRow, arranged, listed_count, total, unknown_words};
use strongroom_core::route::{Direction, Route, WorkspaceColumn, WorkspacesState};

use crate::browser::tasks::memo;
use crate::api::session::use_session;
use crate::browser::clock::use_clock;
use crate::browser::history::use_navigation;
use crate::browser::keyboard::{self, SearchKey};
use crate::browser::row_navigation::RowMove;
use crate::browser::{intl, page};
use crate::components::actions::offer;
use crate::components::breadcrumbs::list_address;
use crate::components::error_note::FailureNote;
use crate::components::label_editor::label_chips;
use crate::components::unreadable::unreadable_note;
use crate::components::workspace_status::status_in_words;
use crate::store::account_workspaces::{AccountWorkspaces, Whose};
use crate::store::secret_lists::{SecretLists, use_secret_lists};
use crate::pages::workspaces::actions::NewWorkspace;
use crate::store::workspaces::use_workspaces;
use crate::ui::button::{Button, ToolButton};
use crate::ui::choice::{Select, SelectOption};
use crate::ui::empty::Empty;
use crate::ui::erased::{When, dynamic, moving_note, numbered};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::moment::Moment;
use crate::ui::portions::more_button;
use crate::ui::search_box::SearchBox;
use crate::ui::skeleton::Skeleton;
use crate::ui::table::{SortHeader, Sorted, Table};

/// Rows that are drawn at first.
const FIRST: usize = 200;

/// The rows on screen, in order, by a number that stays with its workspace: a row keeps its focus while its facts change.
#[derive(Debug, Clone, Default, PartialEq)]
struct Rows {
    numbers: Vec<u64>,
    rows: HashMap<u64, WorkspaceRow>,
}

impl Rows {
    fn new<'a>(shown: impl Iterator<Item = &'a WorkspaceRow>) -> Self {
        let mut rows = Self::default();
        for row in shown {
            let mut hasher = DefaultHasher::new();
            row.workspace.metadata.id.as_str().hash(&mut hasher);
            let number = hasher.finish();
            if rows.rows.insert(number, row.clone()).is_none() {
                rows.numbers.push(number);
            }
        }
        rows
    }
}

/// The workspaces.
#[component]
pub fn WorkspacesPage(
    /// The state of the list in the address.
    state: Memo<WorkspacesState>,
) -> impl IntoView {
    let (navigation, clock, lists) = (use_navigation(), use_clock(), use_secret_lists());
    let wants_archived = Signal::derive(move || state.with(|state| state.archived));
    let listed = AccountWorkspaces::open(use_session(), use_workspaces(), wants_archived);
    let typed = RwSignal::new(state.with_untracked(|state| state.search.clone()));
    let all = memo(move |_| listed.rows());
    let shown = memo(move |_| {
        let state = WorkspacesState {
            search: typed.get(),
            ..state.get()
        };
        let secrets = |id: &_| lists.loaded_count(id).map(|(count, _)| count);
        all.with(|all| Rows::new(arranged(all, &state, &secrets, clock.now().timestamp_millis()).into_iter()))
    });
    // Of all that are loaded, those that would be shown without a search.
    let count = memo(move |_| all.with(|all| state.with(|state| listed_count(all, state))));
    let change = move |next: WorkspacesState| navigation.replace(&Route::Workspaces(next).to_path());
    // The box may be ahead of the address, which then learns of it here.
    let present = move || WorkspacesState {
        search: typed.get_untracked(),
        ..state.get_untracked()
    };
    offer(ActionId::Search, words::workspaces().search, || page::focus_first(page::SEARCH));
    offer(ActionId::Refresh, words::workspaces().refresh, move || listed.refresh());
    keyboard::on_search_key(move |key| key == SearchKey::Down && keyboard::move_row(RowMove::First));
    let toggle_archived = move |_| {
        let present = present();
        change(WorkspacesState { archived: !present.archived, ..present });
    };
    let no_archived = Signal::derive(move || {
        let is_refused = listed.whose() == Whose::Own && !wants_archived.get();
        is_refused.then(|| words::workspaces().archived_refused.to_owned())
    });
    let archived_text = move || {
        if wants_archived.get() { words::workspaces().hide_archived } else { words::workspaces().show_archived }
    };
    let unreadable = memo(move |_| listed.unreadable());
    let failure = memo(move |_| listed.failure());
    let failure = dynamic(move || {
        let explanation = explain(&failure.get()?);
        Some(view! { <FailureNote explanation on_retry=move |()| listed.retry() /> })
    });
    let has_rows = memo(move |_| shown.with(|shown| !shown.numbers.is_empty()));
    let on_sort = Callback::new(move |column| change(present().sorted_by(column)));
    let clear = Callback::new(move |()| {
        typed.set(String::new());
        change(WorkspacesState { search: String::new(), ..state.get_untracked() });
        page::focus_first(page::SEARCH);
    });
    view! {
        <div class="bar">
            <div class="list-head">
                <Heading text=words::common().workspaces.to_owned() />
                {status(listed, count, shown)}
            </div>
            <div class="actions"><NewWorkspace /></div>
        </div>
        <div class="tools">
            <SearchBox
                label=words::workspaces().search
                hint=words::workspaces().search
                text=Signal::derive(move || state.with(|state| state.search.clone()))
                typed
                on_search=move |search| change(WorkspacesState { search, ..state.get_untracked() })
            />
            <div class="workspace-sort">{sort_select(state, Callback::new(change))}</div>
            <div class="tool-buttons">
                <a class="button" href=Route::Overview(None).to_path()>{words::common().overview}</a>
                <Button refusal=no_archived on_click=toggle_archived>{dynamic(archived_text)}</Button>
                <ToolButton glyph=Glyph::REFRESH label=words::workspaces().refresh shortcut="r" on_click=move |()| listed.refresh() />
            </div>
        </div>
        {dynamic(move || {
            let unknown = typed.with(|typed| unknown_words(typed));
            (!unknown.is_empty()).then(|| {
                let text = fill(words::workspaces().unknown_words, &[("text", &unknown.join(" "))]);
                view! { <p class="field-hint">{text}</p> }
            })
        })}
        {failure}
        <When condition=has_rows otherwise=move || nothing(listed, count, clear)>
            {table(lists, shown, state, on_sort)}
        </When>
        <When condition=Signal::derive(move || listed.is_cut_short())>
            <p class="note" role="status">{words::workspaces().repeated}</p>
        </When>
        {dynamic(move || unreadable.with(|names| unreadable_note(names)))}
    }
    .into_any()
}

/// How many there are, how many of them the filter leaves, and whose they are.
fn status(listed: AccountWorkspaces, count: Memo<usize>, shown: Memo<Rows>) -> AnyView {
    let text = memo(move |_| {
        let count = count.get();
        let is_reading = listed.is_reading();
        if count == 0 && is_reading {
            return words::workspaces().loading.to_owned();
        }
        let matching = shown.with(|shown| shown.numbers.len());
        let sentence = if is_reading {
            words::workspaces().count_loading
        } else if matching == count {
            plural(count, words::workspaces().count_one, words::workspaces().count)
        } else {
            words::workspaces().count_shown
        };
        let mut text = fill(sentence, &[("shown", &intl::count(matching)), ("count", &intl::count(count))]);
        let whose = match listed.whose() {
            Whose::Own => words::workspaces().whose_own,
            Whose::All => words::workspaces().whose_all,
            Whose::Unknown => return text,
        };
        text.push_str(" · ");
        text.push_str(whose);
        text
    });
    view! { <p class="list-status" role="status" aria-label=words::workspaces().list_status>{dynamic(move || text.get())}</p> }.into_any()
}

/// The order as a select, for narrow pages, which have no column headers.
fn sort_select(state: Memo<WorkspacesState>, change: Callback<WorkspacesState>) -> AnyView {
    let option = |(column, direction): (WorkspaceColumn, Direction)| {
        let way = match direction {
            Direction::Ascending => "↑",
            Direction::Descending => "↓",
        };
        SelectOption {
            value: value_of(Some((column, direction))),
            text: [column_name(column), " ", way].concat(),
            ..SelectOption::default()
        }
    };
    let both = |column| [(column, Direction::Ascending), (column, Direction::Descending)];
    let options = WorkspaceColumn::ALL.into_iter().flat_map(both).map(option).collect();
    let on_choose = move |value: String| {
        let wanted = WorkspaceColumn::ALL.into_iter().flat_map(both).find(|sort| value_of(Some(*sort)) == value);
        let sort = wanted.filter(|sort| *sort != (WorkspaceColumn::Name, Direction::Ascending));
        change.run(WorkspacesState { sort, ..state.get_untracked() });
    };
    view! {
        <Select
            id="workspace-sort"
            label=words::workspaces().sort
            is_label_hidden=true
            options
            chosen=Signal::derive(move || value_of(state.with(|state| state.sort)))
            on_choose
        />
    }
    .into_any()
}

fn value_of(sort: Option<(WorkspaceColumn, Direction)>) -> String {
    let (column, direction) = sort.unwrap_or((WorkspaceColumn::Name, Direction::Ascending));
    [column.key(), " ", direction.as_str()].concat()
}

/// Shown instead of the table while there are no rows: loading, none yet, or no match.
fn nothing(listed: AccountWorkspaces, count: Memo<usize>, clear: Callback<()>) -> AnyView {
    let shape = memo(move |_| (count.get() == 0, listed.is_reading(), listed.failure().is_some()));
    dynamic(move || match shape.get() {
        (true, true, false) => view! { <Skeleton lines=5 /> }.into_any(),
        (true, _, true) => ().into_any(),
        (true, false, false) => {
            view! { <Empty glyph=Glyph::LAYERS title=words::workspaces().empty_title text=words::workspaces().empty /> }.into_any()
        }
        (false, ..) => view! {
            <Empty glyph=Glyph::SEARCH title=words::workspaces().no_match text=String::new()>
                <Button on_click=move |_| clear.run(())>{words::workspaces().clear_search}</Button>
            </Empty>
        }
        .into_any(),
    })
}

fn column_name(column: WorkspaceColumn) -> &'static str {
    match column {
        WorkspaceColumn::Name => words::fields().name,
        WorkspaceColumn::Status => words::workspaces().status,
        WorkspaceColumn::Labels => words::fields().labels,
        WorkspaceColumn::Created => words::fields().created,
        WorkspaceColumn::Agents => words::workspaces().agents,
        WorkspaceColumn::Variations => words::workspaces().column_variations,
        WorkspaceColumn::Tools => words::workspaces().column_tools,
        WorkspaceColumn::Memory => words::workspaces().column_memory,
        WorkspaceColumn::Secrets => words::common().secrets,
    }
}

fn column_class(column: WorkspaceColumn) -> &'static str {
    match column {
        WorkspaceColumn::Variations | WorkspaceColumn::Memory => "cell-number cell-wide",
        column if column.is_number() => "cell-number",
        _ => "",
    }
}

fn table(lists: SecretLists, shown: Memo<Rows>, state: Memo<WorkspacesState>, on_sort: Callback<WorkspaceColumn>) -> AnyView {
    let header = move |column: WorkspaceColumn| {
        let sorted = Signal::derive(move || {
            let sort = state.with(|state| state.sort).unwrap_or((WorkspaceColumn::Name, Direction::Ascending));
            match sort {
                (by, Direction::Ascending) if by == column => Sorted::Ascending,
                (by, Direction::Descending) if by == column => Sorted::Descending,
                _ => Sorted::Not,
            }
        });
        view! { <SortHeader name=column_name(column) class=column_class(column) sorted on_sort=move |()| on_sort.run(column) /> }
            .into_any()
    };
    let headers: Vec<AnyView> = WorkspaceColumn::ALL.into_iter().map(header).collect();
    let columns = view! {
        {headers}
        <th scope="col"><span class="visually-hidden">{words::common().details}</span></th>
    };
    let drawn = RwSignal::new(FIRST);
    let count = memo(move |_| shown.with(|shown| shown.numbers.len()));
    let numbers = move || shown.with(|shown| shown.numbers.iter().take(drawn.get()).copied().collect());
    let rows = numbered(numbers, move |number| {
        row(lists, memo(move |_| shown.with(|shown| shown.rows.get(&number).cloned())))
    });
    view! {
        <Table
            label=words::common().workspaces
            row_count=Signal::derive(move || count.get())
            columns=columns.into_any()
            rows
        />
        {more_button(Signal::derive(move || count.get().saturating_sub(drawn.get())), drawn)}
    }
    .into_any()
}

fn name_of(workspace: &Workspace) -> &str {
    if workspace.metadata.name.is_empty() {
        workspace.metadata.id.as_str()
    } else {
        &workspace.metadata.name
    }
}

fn row(lists: SecretLists, row: Memo<Option<WorkspaceRow>>) -> AnyView {
    // The link and its text by themselves, so that they keep the focus while other facts arrive.
    let name = memo(move |_| row.with(|row| row.as_ref().map(|row| name_of(&row.workspace).to_owned())).unwrap_or_default());
    let id = row.with_untracked(|row| row.as_ref().map(|row| row.workspace.metadata.id.clone()));
    let Some(id) = id else { return ().into_any() };
    let description = memo(move |_| row.with(|row| row.as_ref()?.workspace.spec.description.clone()));
    let about = dynamic(move || description.get().map(|text| view! { <span class="workspace-about">{marked(&text).into_owned()}</span> }));
    let details = moving_note(move || Some(format!("{}: {}", words::common().details, shown(&name.get()))));
    let counted = id.clone();
    let facts = dynamic(move || {
        let row = row.get()?;
        Some(facts(&row, lists.loaded_count(&counted)))
    });
    view! {
        <tr class="workspace">
            <th scope="row" class="cell-name">
                // Lies over the whole row, so it has what is cut off below it.
                <a href=list_address(&id) title=moving_note(move || Some(marked(&description.get()?).into_owned()))>{dynamic(move || shown(&name.get()).into_owned())}</a>
                {about}
            </th>
            {facts}
            <td class="cell-actions">
                <a href=Route::Workspace(id).to_path() class="button button-quiet" aria-label=details>
                    {words::common().details}
                </a>
            </td>
        </tr>
    }
    .into_any()
}

fn facts(row: &WorkspaceRow, secrets: Option<(usize, bool)>) -> AnyView {
    let workspace = &row.workspace;
    let created = workspace.metadata.created_at.map(|instant| view! { <Moment instant is_short=true /> });
    let labels = &workspace.metadata.labels;
    let labels = (!labels.is_empty()).then(|| label_chips(labels.iter()));
    let secrets = secrets.map(|(count, is_all)| [&*intl::count(count), if is_all { "" } else { "+" }].concat());
    let number = |column: WorkspaceColumn, number: Option<String>| {
        let text = match number {
            Some(number) => number.into_any(),
            None => view! { <span class="muted">"–"</span> }.into_any(),
        };
        view! { <td data-label=column_name(column) class=column_class(column)>{text}</td> }.into_any()
    };
    let totals = [WorkspaceColumn::Agents, WorkspaceColumn::Variations, WorkspaceColumn::Tools, WorkspaceColumn::Memory];
    let total = |column| {
        let total = total(workspace, column).and_then(|total| usize::try_from(total).ok());
        number(column, total.map(intl::count))
    };
    let totals: Vec<AnyView> = totals.into_iter().map(total).collect();
    view! {
        <td data-label=words::workspaces().status class="cell-status">
            {status_in_words(&workspace.status)}
            {(!row.is_own).then(|| view! { <span class="muted">{words::workspaces().not_member}</span> })}
        </td>
        <td data-label=words::fields().labels class="cell-labels">{labels}</td>
        <td data-label=words::fields().created class="cell-time">{created}</td>
        {totals}
        {number(WorkspaceColumn::Secrets, secrets)}
    }
    .into_any()
}

//! `/search`: one box over the secrets of several workspaces.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::Query;
use strongroom_core::list::completion::{Completion, completions, merged, workspace_completions};
use strongroom_core::list::reading::State;
use strongroom_core::list::server_filter::server_part;
use strongroom_core::model::actions::ActionId;
use strongroom_core::route::{Route, SearchState};

use crate::browser::tasks::{memo, unsubscribe_with_view};
use crate::browser::history::use_navigation;
use crate::browser::keyboard::{self, SearchKey};
use crate::browser::{page, popover};
use crate::browser::row_navigation::RowMove;
use crate::components::actions::offer;
use crate::components::error_note::FailureNote;
use crate::components::filter_notes::FilterNotes;
use crate::components::messages::explained_reading;
use crate::components::retry_all::RetryAll;
use crate::components::search_suggestions::{SUGGESTIONS, SearchSuggestions, Wanted};
use crate::components::workspace_picker::WorkspacePicker;
use crate::pages::search::group::{GroupContext, group};
use crate::pages::search::summary::{Summary, SummaryStatus};
use crate::store::across::{Across, WorkspaceReading, use_across_with};
use crate::store::workspaces::use_workspaces;
use crate::ui::button::{Button, Rank};
use crate::ui::empty::Empty;
use crate::ui::erased::{When, dynamic, handle_event, moving_flag, numbered};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::search_box::SearchBox;
use crate::ui::skeleton::Skeleton;

/// The workspaces that are searched, by a number that changes with what their headings say.
type Groups = BTreeMap<u64, WorkspaceReading>;

/// The search across workspaces.
#[component]
pub fn SearchPage() -> impl IntoView {
    let navigation = use_navigation();
    let address = navigation.address();
    let state = memo(move |present: Option<&SearchState>| {
        match address.with(|(path, query)| Route::parse(path, query)) {
            Route::Search(state) => state,
            // Another view is about to take the place of this one.
            _ => present.cloned().unwrap_or_default(),
        }
    });
    let typed = RwSignal::new(state.with_untracked(|state| state.search.clone()));
    let query = memo(move |_| typed.with(|typed| Query::parse(typed)));
    let asked = memo(move |_| state.with(|state| Query::parse(&state.search)));
    let chosen = memo(move |_| state.with(|state| state.workspaces.clone()));
    let wanted = Signal::derive(move || Some(chosen.get()).filter(|chosen| !chosen.is_empty()));
    // It costs rate limit, so it is read on request.
    let has_use = RwSignal::new(false);
    let needs_info = memo(move |_| has_use.get() || asked.with(Query::needs_info));
    let across = use_across_with(wanted, needs_info.into());
    let change = move |next: SearchState| navigation.replace(&Route::Search(next).to_path());
    let on_search = Callback::new(move |search: String| {
        // The box may be ahead of the address, which then only learns of it here.
        typed.set(search.clone());
        change(SearchState { search, ..state.get_untracked() });
    });
    let on_choose = move |workspaces: Vec<WorkspaceId>| change(SearchState { workspaces, ..state.get_untracked() });
    let searched = searched(across, query);
    let summary = memo(move |_| {
        let is_search = query.with(Query::is_about_secrets);
        searched.with(|searched| Summary::of(searched.iter(), is_search))
    });
    // Fewer of each, the more there are: what is in the page at once stays small.
    let limit = memo(move |_| match searched.with(Vec::len) {
        0..=3 => 20,
        4..=6 => 10,
        _ => 5,
    });
    let context = GroupContext {
        across,
        typed,
        query,
        search: memo(move |_| asked.with(server_part)),
        limit,
        has_use: needs_info,
    };
    let wanted_words = RwSignal::new(Wanted::Nothing);
    offer(ActionId::Search, words::across().search, move || {
        page::focus_first(page::SEARCH);
        wanted_words.set(Wanted::Starters);
    });
    offer(ActionId::Refresh, words::list().refresh, move || across.refresh());
    keyboard::on_search_key(move |key| {
        // The suggestions come first while they are open.
        key == SearchKey::Down && !popover::is_open(SUGGESTIONS) && keyboard::move_row(RowMove::First)
    });
    let on_enter = move |()| {
        if query.with_untracked(Query::is_about_secrets)
            && keyboard::move_row(RowMove::First)
            && let Some((link, _)) = keyboard::row_link()
        {
            navigation.go(&link);
        }
    };
    view! {
        <div class="bar">
            <div class="list-head">
                <Heading text=words::common().search.to_owned() />
                <SummaryStatus summary search=Signal::derive(move || state.with(|state| state.search.clone())) />
                <LoadingButtons across summary />
            </div>
            <RetryAll across />
        </div>
        <div class="tools">
            <SearchBox
                label=words::across().search
                hint=words::across().hint
                text=Signal::derive(move || state.with(|state| state.search.clone()))
                typed
                on_type=move |_| wanted_words.set(Wanted::Word)
                on_open=move |()| wanted_words.set(Wanted::Starters)
                on_enter
                on_search
            />
            <WorkspacePicker chosen=chosen.into() on_change=on_choose />
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=moving_flag(move || needs_info.get())
                    on:change=handle_event(move |event| has_use.set(event_target_checked(&event)))
                />
                <span>{words::fields().last_used}</span>
            </label>
        </div>
        <SearchSuggestions
            typed
            wanted=wanted_words
            complete=move |(text, caret): (String, usize)| completed(across, &text, caret)
            is_across=true
            on_search
        />
        <FilterNotes typed />
        {dynamic(move || query.with(|query| query.needs_references().is_some()).then(|| {
            view! { <p class="note">{words::across().references_unknown}</p> }
        }))}
        {without_results(across, searched, summary, typed, on_search)}
        {groups(searched, context)}
    }
    .into_any()
}

/// What could be written at the caret: of all workspaces that are read, and their names.
fn completed(across: Across, text: &str, caret: usize) -> Vec<Completion> {
    across.readings().with_untracked(|readings| {
        let names: Vec<String> = readings.iter().map(|reading| reading.name().to_owned()).collect();
        let lists = readings.iter().filter_map(|reading| {
            reading.list?.with(|loaded| completions(text, caret, loaded.list().rows()))
        });
        merged(lists.chain([workspace_completions(text, caret, &names)]))
    })
}

/// The workspaces that the search is about: the chosen ones, or of them those that `workspace:` names.
fn searched(across: Across, query: Memo<Query>) -> Memo<Vec<WorkspaceReading>> {
    let readings = across.readings();
    let searched = move || {
        let is_searched = |reading: &&WorkspaceReading| {
            query.with(|query| query.is_for_workspace(reading.id().as_str(), reading.name()))
        };
        readings.with(|readings| readings.iter().filter(is_searched).cloned().collect::<Vec<_>>())
    };
    // Its users compare what they take from it.
    let searched = move |_: Option<&Vec<WorkspaceReading>>| {
        unsubscribe_with_view();
        searched()
    };
    Memo::new_with_compare(searched, |_, _| true)
}

fn groups(searched: Memo<Vec<WorkspaceReading>>, context: GroupContext) -> AnyView {
    let numbered_groups = move || -> (Vec<u64>, Groups) {
        searched.with(|searched| {
            let number = |reading: &WorkspaceReading| {
                let mut hasher = DefaultHasher::new();
                (reading.id().as_str(), reading.name(), reading.list.is_some()).hash(&mut hasher);
                hasher.finish()
            };
            let groups = searched.iter().map(|reading| (number(reading), reading.clone()));
            (searched.iter().map(number).collect(), groups.collect())
        })
    };
    let numbers = memo(move |_| numbered_groups().0);
    let draw = move |number: u64| {
        let reading = untrack(|| numbered_groups().1.remove(&number));
        reading.map(|reading| group(reading, context)).into_any()
    };
    let groups = numbered(move || numbers.get(), draw);
    view! { <div class="across">{groups}</div> }.into_any()
}

/// What is said in place of results: loading, no workspace, the workspaces failed, no workspace matches, no secret does.
fn without_results(
    across: Across,
    searched: Memo<Vec<WorkspaceReading>>,
    summary: Memo<Summary>,
    typed: RwSignal<String>,
    on_search: Callback<String>,
) -> AnyView {
    let workspaces = use_workspaces();
    let known = workspaces.known();
    let state = memo(move |_| known.with(|known| known.state.clone()));
    let shape = memo(move |_| {
        let summary = summary.get();
        let is_end = summary.is_search && summary.found == 0 && !summary.is_under_way();
        (across.readings().with(Vec::is_empty), searched.with(Vec::is_empty), is_end && summary.complete > 0)
    });
    let failure = dynamic(move || match state.get() {
        State::Failed(failure) => {
            let explanation = explained_reading(&failure);
            Some(view! { <FailureNote explanation on_retry=move |()| workspaces.retry() /> })
        }
        _ => None,
    });
    let clear = move |_| {
        on_search.run(String::new());
        page::focus_first(page::SEARCH);
    };
    let nothing = dynamic(move || match shape.get() {
        (true, ..) => match state.get() {
            State::Idle | State::Reading | State::Waiting(_) => Some(view! { <Skeleton lines=6 /> }.into_any()),
            State::Complete => {
                Some(view! { <Empty glyph=Glyph::LAYERS title=words::across().empty_title text=words::across().empty /> }.into_any())
            }
            State::Stopped | State::Failed(_) | State::Repeated => None,
        },
        (false, true, _) => Some(
            view! { <Empty glyph=Glyph::LAYERS title=words::across().no_workspace_title text=words::across().no_workspace /> }.into_any(),
        ),
        (false, false, true) => {
            let title = fill(words::across().no_match_title, &[("search", &typed.get())]);
            Some(
                view! {
                    <Empty title text=String::new()>
                        <Button on_click=clear>{words::list().clear_search}</Button>
                    </Empty>
                }
                .into_any(),
            )
        }
        (false, false, false) => None,
    });
    view! {
        {failure}
        {nothing}
    }
    .into_any()
}

#[component]
fn LoadingButtons(across: Across, summary: Memo<Summary>) -> impl IntoView {
    let is_under_way = Signal::derive(move || summary.with(Summary::is_under_way));
    let can_resume = Signal::derive(move || summary.with(|summary| summary.stopped > 0 || summary.waiting > 0));
    view! {
        <When condition=is_under_way>
            {leave_focus(".stop-loading")}
            {offer(ActionId::StopLoading, words::list().stop_loading, move || across.stop())}
            <span class="stop-loading">
                <Button rank=Rank::Quiet on_click=move |_| across.stop()>{words::list().stop_loading}</Button>
            </span>
        </When>
        <When condition=can_resume>
            {leave_focus(".resume-loading")}
            {offer(ActionId::ResumeLoading, words::list().resume_loading, move || across.resume())}
            <span class="resume-loading">
                <Button rank=Rank::Quiet on_click=move |_| across.resume()>{words::list().resume_loading}</Button>
            </span>
        </When>
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

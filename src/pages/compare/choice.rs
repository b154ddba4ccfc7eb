//! Which workspaces are compared, and how far each is loaded.

use contract::{Workspace, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::i18n::foreign::marked;
use strongroom_core::list::reading::State;
use strongroom_core::route::{CompareBy, CompareState, FEWEST, MOST};

use crate::browser::tasks::memo;
use crate::browser::{intl, page};
use crate::components::error_note::FailureNote;
use crate::components::messages::explained_reading;
use crate::components::permission::explained_reading_in;
use crate::components::retry_all::RetryAll;
use crate::components::workspace_status::{badge_of_read, status_badge};
use crate::pages::compare::comparison::Comparison;
use crate::store::across::{Across, Progress, WorkspaceReading};
use crate::store::workspaces::use_workspaces;
use crate::ui::button::{Button, IconButton, Rank};
use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note};
use crate::ui::icon::Glyph;

/// With more workspaces than this, they can be filtered.
const FEW: usize = 8;

/// The chosen workspaces with their status, and the list to choose from.
#[component]
pub fn Choice(
    comparison: Comparison,
    /// Called with the next state of the address.
    #[prop(into)]
    on_change: Callback<CompareState>,
) -> impl IntoView {
    let across = comparison.across();
    let state = comparison.state();
    let chosen = dynamic(move || {
        let readings = across.readings().get();
        let items: Vec<AnyView> = readings.iter().map(|reading| item(comparison, reading, on_change)).collect();
        let label = words::compare().workspaces;
        (!items.is_empty()).then(|| view! { <ul class="compare-chosen" aria-label=label>{items}</ul> })
    });
    let is_few = state.with_untracked(|state| state.workspaces.len() < FEWEST);
    let count = move || {
        let count = state.with(|state| state.workspaces.len());
        fill(words::compare().chosen, &[("count", &intl::count(count)), ("most", &intl::count(MOST))])
    };
    view! {
        <div class="compare-choice">
            {chosen}
            <details class="compare-choose" open=is_few>
                <summary>{words::compare().choose}" · "<span class="muted">{dynamic(count)}</span></summary>
                <Candidates comparison on_change />
            </details>
        </div>
        <RetryAll across />
        {dynamic(move || {
            let readings = across.readings().get();
            readings.into_iter().map(|reading| failure(across, reading)).collect::<Vec<AnyView>>()
        })}
    }
    .into_any()
}

/// A chosen workspace.
fn item(comparison: Comparison, reading: &WorkspaceReading, on_change: Callback<CompareState>) -> AnyView {
    let name = reading.name().to_owned();
    let progress = reading.progress;
    let joined = comparison.joined();
    let id = reading.id().clone();
    let state = comparison.state();
    let text = move || {
        let told = progress.with(told);
        let is_by_external_id = state.with(|state| state.by == CompareBy::ExternalId);
        let left_out = joined.with(|joined| {
            let column = joined.ids.iter().position(|known| *known == id);
            column.map(|column| joined.grid.unjoined(column)).unwrap_or_default()
        });
        let left_out = (is_by_external_id && left_out > 0).then(|| {
            let sentence = plural(left_out, words::compare().unjoined_one, words::compare().unjoined);
            fill(sentence, &[("count", &intl::count(left_out))])
        });
        [Some(told), left_out].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let removed = reading.id().clone();
    let remove = move |()| {
        on_change.run(state.get_untracked().with_workspace(&removed, false));
        page::focus_if_lost(".compare-choose summary");
    };
    let label = fill(words::compare().remove, &[("workspace", &name)]);
    view! {
        <li class="compare-workspace">
            <bdi class="compare-name">{marked(&name).into_owned()}</bdi>
            {badge_of_read(reading.id())}
            <span class="muted">{dynamic(text)}</span>
            <IconButton glyph=Glyph::CLOSE label on_click=remove />
        </li>
    }
    .into_any()
}

/// How far a workspace is loaded.
fn told(progress: &Progress) -> String {
    let words = words::compare();
    let counted = |sentence: &str, loaded: usize| fill(sentence, &[("count", &intl::count(loaded))]);
    match progress {
        Progress::Loading { loaded } | Progress::Waiting { loaded, .. } => counted(words.loaded, *loaded),
        Progress::Complete { loaded } => counted(plural(*loaded, words.complete_one, words.complete), *loaded),
        Progress::Stopped { loaded } => counted(words.stopped, *loaded),
        Progress::NoAccess(_) => words.no_access.to_owned(),
        Progress::NotFound(_) => words.not_found.to_owned(),
        Progress::Archived => words.archived.to_owned(),
        Progress::Failed { .. } => words.failed.to_owned(),
    }
}

/// Why a workspace could not be read.
fn failure(across: Across, reading: WorkspaceReading) -> AnyView {
    let progress = reading.progress;
    let failure = memo(move |_| {
        progress.with(|progress| match progress {
            Progress::Failed { failure, .. } | Progress::NoAccess(failure) | Progress::NotFound(failure) => Some(failure.clone()),
            _ => None,
        })
    });
    dynamic(move || {
        let explained = explained_reading_in(reading.id(), &failure.get()?);
        let explanation = Explanation {
            title: reading.name().to_owned(),
            ..explained
        };
        let id = reading.id().clone();
        Some(view! { <FailureNote explanation on_retry=move |()| across.retry(&id) /> })
    })
}

/// The workspaces to choose from.
#[component]
fn Candidates(comparison: Comparison, on_change: Callback<CompareState>) -> impl IntoView {
    let workspaces = use_workspaces();
    let filter = RwSignal::new(String::new());
    let all = memo(move |_| {
        let facts = |Workspace { metadata, .. }| {
            let name = if metadata.name.is_empty() { metadata.id.to_string() } else { metadata.name };
            (metadata.id, name)
        };
        workspaces.all().into_iter().map(facts).collect::<Vec<_>>()
    });
    let is_many = memo(move |_| all.with(Vec::len) > FEW);
    let search = dynamic(move || {
        is_many.get().then(|| {
            view! {
                <input
                    class="input"
                    type="text"
                    aria-label=words::compare().filter_workspaces
                    placeholder=words::compare().filter_workspaces
                    autocomplete="off"
                    spellcheck="false"
                    on:input=handle_event(move |event| filter.set(event_target_value(&event)))
                />
            }
        })
    });
    let list = dynamic(move || {
        let wanted = filter.with(|filter| filter.trim().to_lowercase());
        let found = all.with(|all| {
            let found = all.iter().filter(|(_, name)| name.to_lowercase().contains(&wanted));
            found.cloned().collect::<Vec<_>>()
        });
        if found.is_empty() {
            let is_loading = workspaces.known().with(|known| matches!(known.state, State::Idle | State::Reading));
            let text = if is_loading { words::compare().loading_workspaces } else { words::compare().no_workspaces };
            return view! { <p class="muted">{text}</p> }.into_any();
        }
        let items: Vec<AnyView> = found.into_iter().map(|found| candidate(comparison, found, on_change)).collect();
        view! { <ul class="compare-candidates" aria-label=words::compare().choose>{items}</ul> }.into_any()
    });
    let failure = dynamic(move || {
        let failure = workspaces.known().with(|known| match &known.state {
            State::Failed(failure) => Some(failure.clone()),
            _ => None,
        })?;
        let explanation = explained_reading(&failure);
        Some(view! { <FailureNote explanation on_retry=move |()| workspaces.retry() /> })
    });
    view! { {search} {list} {failure} }.into_any()
}

fn candidate(
    comparison: Comparison,
    (id, name): (WorkspaceId, String),
    on_change: Callback<CompareState>,
) -> AnyView {
    let state = comparison.state();
    let badge = status_badge(&id);
    let chosen = id.clone();
    let is_chosen = memo(move |_| state.with(|state| state.workspaces.contains(&chosen)));
    let is_full = memo(move |_| state.with(|state| state.workspaces.len() >= MOST));
    let is_refused = move || is_full.get() && !is_chosen.get();
    let change = move |event: web_sys::Event| {
        on_change.run(state.get_untracked().with_workspace(&id, event_target_checked(&event)));
    };
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=moving_flag(move || is_chosen.get())
                    disabled=moving_flag(is_refused)
                    title=moving_note(move || is_refused().then(|| words::compare().choose_most.to_owned()))
                    on:change=handle_event(change)
                />
                <bdi>{marked(&name).into_owned()}</bdi>
                {badge}
            </label>
        </li>
    }
    .into_any()
}

/// Stops or resumes the reading of all.
#[component]
pub fn ReadingButtons(across: Across) -> impl IntoView {
    let shape = memo(move |_| {
        let readings = across.readings().get();
        let is_any = |is_it: fn(&Progress) -> bool| readings.iter().any(|reading| reading.progress.with(is_it));
        (is_any(Progress::is_under_way), is_any(|progress| matches!(progress, Progress::Stopped { .. })))
    });
    dynamic(move || {
        let keep_focus = || request_animation_frame(|| page::focus_if_lost(".compare-reading button"));
        let (is_reading, is_stopped) = shape.get();
        let stop = move |_| {
            across.stop();
            keep_focus();
        };
        let resume = move |_| {
            across.resume();
            keep_focus();
        };
        view! {
            <span class="compare-reading">
                {is_reading.then(|| view! { <Button rank=Rank::Quiet on_click=stop>{words::compare().stop}</Button> })}
                {(is_stopped && !is_reading).then(|| {
                    view! { <Button rank=Rank::Quiet on_click=resume>{words::compare().resume}</Button> }
                })}
            </span>
        }
    })
}

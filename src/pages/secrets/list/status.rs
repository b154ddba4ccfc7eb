//! The loading status of the list in words. Never claims more than is known.

use std::mem::discriminant;

use contract::{Failure, Timestamp};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::Unreadable;
use strongroom_core::list::reading::State;
use strongroom_core::model::announce::Telling;
use strongroom_core::route::ListState;

use crate::browser::tasks::memo;
use crate::browser::clock::{use_clock, use_minutes};
use crate::browser::intl;
use crate::store::secret_list::Progress;
use crate::ui::erased::dynamic;
use crate::ui::spoken_status::spoken_status;

/// A list that was loaded longer ago than this shows when, in milliseconds.
const RECENT: i64 = 60_000;

/// The status of the list. Only relevant changes are announced: announcing each of a hundred pages would drown
/// everything else.
#[component]
pub fn ListStatus(
    progress: ReadSignal<Progress>,
    /// The state of the list in the address.
    state: Memo<ListState>,
    /// Whether the list does without the last use because of the server's rate limit.
    is_info_limited: Signal<bool>,
) -> impl IntoView {
    let clock = use_clock();
    let minutes = use_minutes();
    let text = memo(move |_| {
        let now = minutes.now();
        let mut text = progress.with(|progress| state.with(|state| status(progress, state, now)));
        if is_info_limited.get() {
            text.push_str(" · ");
            text.push_str(words::list().last_use_limited);
        }
        text
    });
    let unreadable = memo(move |_| progress.with(|progress| progress.unreadable.clone()));
    let mut telling = Telling::default();
    let is_due = move || {
        text.track();
        let kind = progress.with_untracked(|progress| state.with_untracked(|state| kind(progress, state)));
        let is_under_way = progress.with_untracked(|progress| matches!(progress.state, State::Idle | State::Reading));
        telling.is_due(kind, is_under_way, clock.now().timestamp_millis())
    };
    view! {
        <p class="list-status">
            {spoken_status(words::list().status, text, Box::new(is_due))}
            {dynamic(move || wait_words(progress))}
        </p>
        {dynamic(move || unreadable.with(unreadable_note))}
    }
    .into_any()
}

/// How many secrets are missing from the list because they can't be read, and which.
fn unreadable_note(unreadable: &Unreadable) -> Option<AnyView> {
    let count = unreadable.count;
    if count == 0 {
        return None;
    }
    let sentence = plural(count, words::list().unreadable_one, words::list().unreadable);
    let sentence = fill(sentence, &[("count", &intl::count(count))]);
    let ids = unreadable.ids.join(", ");
    Some(view! { <p class="note note-warning">{sentence} " " <code>{ids}</code></p> }.into_any())
}

/// What is announced when it changes: everything but the number of loaded secrets.
fn kind(progress: &Progress, state: &ListState) -> impl PartialEq + use<> {
    (
        discriminant(&progress.state),
        progress.found.as_ref().map(discriminant),
        (progress.loaded > 0, progress.is_refresh),
        (state.search.clone(), state.sort),
    )
}

/// What is loaded, whether that is all, and how much of it is shown.
fn status(progress: &Progress, state: &ListState, now: Timestamp) -> String {
    let count = progress.loaded;
    let with_count = |sentence: &str| fill(sentence, &[("count", &intl::count(count))]);
    let mut sentences = Vec::new();
    let is_complete = progress.state == State::Complete;
    let is_filtered = count > 0 && (!state.search.trim().is_empty() || progress.shown != count);
    let shown = intl::count(progress.shown);
    if is_filtered && !is_complete {
        sentences.push(fill(words::list().matching, &[("shown", &shown)]));
    }
    sentences.push(match &progress.state {
        State::Idle | State::Reading if count == 0 => words::list().loading_first.to_owned(),
        State::Idle | State::Reading if progress.is_refresh => words::list().refreshing.to_owned(),
        State::Idle | State::Reading => with_count(words::list().loading),
        State::Waiting(failure) => with_count(waiting(failure)),
        State::Stopped if progress.is_refresh => with_count(words::list().stopped_refresh),
        State::Stopped if count == 0 => words::list().stopped_first.to_owned(),
        State::Stopped => with_count(words::list().stopped),
        State::Failed(_) if count == 0 => words::list().failed_first.to_owned(),
        State::Failed(_) if progress.is_refresh => with_count(words::list().failed_refresh),
        State::Failed(_) => with_count(words::list().failed),
        State::Repeated => with_count(words::list().repeated),
        State::Complete => {
            let all = with_count(plural(count, words::list().complete_one, words::list().complete));
            if is_filtered {
                fill(words::list().complete_matching, &[("shown", &shown), ("all", &all)])
            } else {
                all
            }
        }
    });
    let is_old_shown = is_complete || (progress.is_refresh && matches!(progress.state, State::Failed(_)));
    if let Some(at) = progress.read_at.filter(|_| is_old_shown)
        && (!is_complete || now.timestamp_millis() - at > RECENT)
    {
        let when = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
        // Short, so that the line stays one line on a phone.
        let is_today = intl::date(when) == intl::date(now);
        let when = if is_today { intl::time(when) } else { intl::date_and_time(when) };
        sentences.push(fill(words::list().read_at, &[("when", &when)]));
    }
    if progress.is_restarted && !is_complete {
        sentences.push(words::list().restarted.to_owned());
    }
    match &progress.found {
        Some(State::Complete) => sentences.push(words::list().found.to_owned()),
        Some(State::Failed(_) | State::Repeated) => sentences.push(words::list().not_found.to_owned()),
        Some(_) => sentences.push(words::list().finding.to_owned()),
        None => {}
    }
    if state.sort.is_some() && count > 0 && !is_complete {
        sentences.push(words::list().sorted_part.to_owned());
    }
    sentences.join(" · ")
}

fn waiting(failure: &Failure) -> &'static str {
    match failure.http() {
        Some(429) => words::list().waiting_limit,
        Some(503) => words::list().waiting_busy,
        _ => words::list().waiting_again,
    }
}

/// The remaining wait of a paused list. The countdown is not announced.
fn wait_words(progress: ReadSignal<Progress>) -> AnyView {
    let wait = memo(move |_| {
        progress.with(|progress| match &progress.state {
            State::Waiting(_) => Some(progress.wait.div_ceil(1000)),
            _ => None,
        })
    });
    dynamic(move || {
        let wait = wait.get()?;
        let left = RwSignal::new(wait);
        let tick = set_interval_with_handle(
            move || {
                left.update(|left| *left = left.saturating_sub(1));
            },
            std::time::Duration::from_secs(1),
        );
        on_cleanup(move || {
            if let Ok(tick) = tick {
                tick.clear();
            }
        });
        Some(view! {
            " · "
            <span>{dynamic(move || fill(words::list().waits, &[("seconds", &left.get().to_string())]))}</span>
        })
    })
}

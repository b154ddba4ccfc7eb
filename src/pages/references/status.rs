//! How far the reading of tool sets is, in words, and the buttons that control it.

use contract::Kind;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::reading::State;

use crate::browser::tasks::memo;
use crate::api::session::{State as SessionState, use_session};
use crate::browser::{intl, page, tasks};
use crate::components::error_note::FailureNote;
use crate::components::permission::{explained_reading_in, why_not_read};
use crate::components::unreadable::unreadable_note;
use crate::store::references::{Progress, WorkspaceReferences};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{dynamic, handle_event, moving_flag};
use crate::ui::progress::Progress as ProgressBar;

/// The status, the progress bar, the buttons, and what is missing from the result.
#[component]
pub fn ReadingStatus(
    references: WorkspaceReferences,
    /// The name of the button that reads everything.
    read: &'static str,
) -> impl IntoView {
    let progress = references.progress();
    let text = memo(move |_| progress.with(status));
    let is_reading = memo(move |_| progress.with(Progress::is_reading));
    let read_at = dynamic(move || {
        let at = progress.with(|progress| progress.read_at).and_then(chrono::DateTime::from_timestamp_millis)?;
        let when = fill(words::references().read_at, &[("when", &intl::date_and_time(at))]);
        Some(view! { <span>" · "{when}</span> })
    });
    let session = use_session();
    tasks::follow(move || {
        let has_key = session.state().with(|state| matches!(state, SessionState::Connected(_)));
        let is_refused = |progress: &Progress| matches!(&progress.state, State::Failed(failure) if failure.http() == Some(401));
        if has_key && progress.with_untracked(is_refused) {
            references.resume();
        }
    });
    let bar = dynamic(move || {
        is_reading.get().then(|| {
            let done = Signal::derive(move || progress.with(done));
            let text = Signal::derive(move || progress.with(reading));
            view! { <ProgressBar text done /> }
        })
    });
    let failure = memo(move |_| {
        progress.with(|progress| match &progress.state {
            State::Failed(failure) => Some(failure.clone()),
            _ => None,
        })
    });
    let failure = dynamic(move || {
        let explanation = explained_reading_in(&references.workspace(), &failure.get()?);
        Some(view! { <FailureNote explanation on_retry=move |()| references.resume() /> })
    });
    let unreadable = memo(move |_| references.index().with(|index| index.unreadable().to_vec()));
    let unreadable = dynamic(move || unreadable.with(|names| unreadable_note(names)));
    view! {
        <div class="reading">
            <p class="reading-text">
                <span role="status" aria-label=words::references().status>{dynamic(move || text.get())}</span>
                {read_at}
            </p>
            <div class="actions reading-actions"><Buttons references read /></div>
            {bar}
        </div>
        {failure}
        {unreadable}
    }
    .into_any()
}

#[component]
fn Buttons(references: WorkspaceReferences, read: &'static str) -> impl IntoView {
    let progress = references.progress();
    let refusal = why_not_read(&references.workspace());
    let shape = memo(move |_| {
        progress.with(|progress| {
            let can_resume = matches!(progress.state, State::Stopped | State::Failed(_));
            (progress.is_reading(), can_resume, progress.has_archived)
        })
    });
    let archived = move |is_included: bool| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=moving_flag(move || is_included)
                    on:change=handle_event(move |event| references.read(event_target_checked(&event)))
                />
                <span>{words::references().include_archived}</span>
            </label>
        }
    };
    dynamic(move || {
        let (is_reading, can_resume, has_archived) = shape.get();
        // A button that disappears with the focus leaves it to the next one.
        let keep_focus = || request_animation_frame(|| page::focus_if_lost(".reading-actions button"));
        if is_reading {
            let stop = move |_| {
                references.stop();
                keep_focus();
            };
            return view! { <Button rank=Rank::Quiet on_click=stop>{words::references().stop}</Button> }.into_any();
        }
        let begin = move |_| {
            references.read(has_archived);
            keep_focus();
        };
        let resume = can_resume.then(|| {
            let resume = move |_| {
                references.resume();
                keep_focus();
            };
            view! { <Button refusal on_click=resume>{words::references().resume}</Button> }
        });
        view! {
            {archived(has_archived)}
            {resume}
            <Button refusal on_click=begin>{read}</Button>
        }
        .into_any()
    })
}

fn done(progress: &Progress) -> Option<f64> {
    let as_number = |count: usize| u32::try_from(count).ok().map(f64::from);
    let (all, done) = (as_number(progress.sets)?, as_number(progress.sets_read)?);
    (progress.is_listed && all > 0.0).then(|| done / all)
}

/// What is being read.
fn reading(progress: &Progress) -> String {
    let counts = [("done", &*intl::count(progress.sets_read)), ("all", &*intl::count(progress.sets))];
    if progress.is_listed {
        fill(words::references().reading, &counts)
    } else {
        words::references().listing.to_owned()
    }
}

/// What the result is worth. Without counts while it is read: each of them would be announced.
fn status(progress: &Progress) -> String {
    let words = words::references();
    let (done, all) = (intl::count(progress.sets_read), intl::count(progress.sets));
    let counted = |sentence: &str| fill(sentence, &[("done", &done), ("all", &all)]);
    let mut sentences = vec![match &progress.state {
        State::Idle => words.not_read.to_owned(),
        State::Reading => words.under_way.to_owned(),
        State::Waiting(failure) if failure.kind() == Kind::RateLimited => words.waiting_limit.to_owned(),
        State::Waiting(_) => words.waiting_again.to_owned(),
        State::Stopped if !progress.is_listed => words.stopped_first.to_owned(),
        State::Stopped => counted(words.stopped),
        State::Failed(_) if !progress.is_listed => words.failed_first.to_owned(),
        State::Failed(_) => counted(words.failed),
        State::Repeated => words.endless.to_owned(),
        State::Complete => {
            let sentence = plural(progress.sets, words.complete_one, words.complete);
            fill(sentence, &[("count", &all)])
        }
    }];
    let is_any_known = progress.is_listed || progress.sets > 0;
    if is_any_known && !progress.is_reading() && !progress.has_archived {
        sentences.push(words.archived_out.to_owned());
    }
    sentences.join(" · ")
}

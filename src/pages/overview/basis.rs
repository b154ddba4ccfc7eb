//! What the overview is based on: how many secrets, whether that is all, and what is not known of them.

use contract::Kind;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::instant::Instant;
use strongroom_core::overview::told::{self, Coverage};

use crate::browser::tasks::memo;
use crate::browser::{intl, page};
use crate::components::error_note::FailureNote;
use crate::components::permission::explained_reading_in;
use crate::components::retry_all::RetryAll;
use crate::pages::overview::analysis::{
    Analysed, ReferenceReading, coverage, read_references, reference_reading, stop_references, total,
};
use crate::store::across::{Across, Progress, WorkspaceReading};
use crate::store::references::References;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::ui::progress::Progress as ProgressBar;

/// What the parts of the view share.
#[derive(Clone, Copy)]
pub struct Basis {
    pub across: Across,
    pub readings: Signal<Vec<WorkspaceReading>>,
    pub analysed: Memo<Vec<Analysed>>,
    pub references: References,
    /// Whether the last use is asked for.
    pub wants_use: RwSignal<bool>,
    pub is_of_all: bool,
    /// Why nothing of the only workspace can be read.
    pub refusal: Signal<Option<String>>,
}

/// How far the reading of all workspaces is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Reading {
    is_under_way: bool,
    is_limited: bool,
    is_stopped: bool,
    /// Whether only a part of the secrets of a workspace is loaded, and no more come by themselves.
    is_partial: bool,
    coverage: Coverage,
}

fn reading(readings: &[WorkspaceReading]) -> Reading {
    let mut all = Reading {
        coverage: coverage(readings),
        ..Reading::default()
    };
    for reading in readings {
        reading.progress.with(|progress| {
            all.is_under_way |= progress.is_under_way();
            all.is_limited |= matches!(progress, Progress::Waiting { failure, .. } if failure.kind() == Kind::RateLimited);
            all.is_stopped |= matches!(progress, Progress::Stopped { .. });
            let is_ended = matches!(progress, Progress::Stopped { .. } | Progress::Failed { .. });
            all.is_partial |= is_ended && progress.known().is_some();
        });
    }
    all
}

/// The status, its buttons, and notes on what is not known.
pub fn basis(basis: Basis) -> AnyView {
    let Basis {
        across,
        readings,
        analysed,
        is_of_all,
        ..
    } = basis;
    let reading = memo(move |_| readings.with(|readings| reading(readings)));
    let references = basis.references;
    let references_at = memo(move |_| {
        let known = readings.with(|readings| reference_reading(readings, references));
        known.oldest.filter(|_| known.unread == 0)
    });
    let text = memo(move |_| {
        analysed.with(|analysed| status(analysed, reading.get(), references_at.get(), is_of_all))
    });
    // Not each count while it is read: only the result is announced.
    let announced = move || (!reading.get().is_under_way).then(|| text.get());
    let keep_focus = || request_animation_frame(|| page::focus_if_lost(".reading button"));
    let buttons = dynamic(move || {
        let reading = reading.get();
        if reading.is_under_way {
            let stop = move |_| {
                across.stop();
                keep_focus();
            };
            return Some(view! { <Button rank=Rank::Quiet on_click=stop>{words::overview().stop}</Button> });
        }
        let resume = move |_| {
            across.resume();
            keep_focus();
        };
        reading.is_stopped.then(|| view! { <Button on_click=resume>{words::overview().resume}</Button> })
    });
    view! {
        <div class="reading">
            <p class="list-status">
                <span role="status" aria-live="off" aria-label=words::overview().status>{dynamic(move || text.get())}</span>
                <span class="visually-hidden" aria-live="polite">{dynamic(announced)}</span>
            </p>
            {buttons}
            <RetryAll across />
        </div>
        {use_note(basis, reading)}
        {references_note(basis)}
    }
    .into_any()
}

fn status(analysed: &[Analysed], reading: Reading, references_at: Option<Instant>, is_of_all: bool) -> String {
    let words = words::overview();
    let total = total(analysed);
    if total == 0 && reading.is_under_way {
        return words.checking.to_owned();
    }
    let mut parts = told::based_on(reading.coverage, total, is_of_all, intl::count);
    if reading.is_limited {
        parts.push(words.is_waiting.to_owned());
    } else if reading.is_under_way {
        parts.push(words.still_loading.to_owned());
    } else if reading.is_partial {
        parts.push(words.is_stopped.to_owned());
    }
    let dated = |sentence: &str, at: Instant| {
        let when = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
        fill(sentence, &[("when", &intl::date_and_time(when))])
    };
    let oldest = analysed.iter().filter_map(|one| one.read_at).min();
    parts.extend(oldest.filter(|_| !reading.is_under_way && !reading.is_partial).map(|at| dated(words.as_of, at)));
    if total > 0 && analysed.iter().all(|one| one.analysis.tally.use_unknown == 0) {
        parts.push(words.use_loaded.to_owned());
    }
    parts.extend(references_at.map(|at| dated(words.references_as_of, at)));
    parts.join(" · ")
}

/// The last use costs more of the rate limit, so it may have to be asked for.
fn use_note(basis: Basis, reading: Memo<Reading>) -> AnyView {
    let is_missing = memo(move |_| {
        let unknown: usize = basis.analysed.with(|all| all.iter().map(|one| one.analysis.tally.use_unknown).sum());
        unknown > 0 && !basis.wants_use.get() && !reading.get().is_under_way
    });
    dynamic(move || {
        is_missing.get().then(|| {
            let load = move |_| {
                basis.wants_use.set(true);
                request_animation_frame(|| page::focus_if_lost(".reading button"));
            };
            view! {
                <div class="note overview-note">
                    <p>{words::overview().use_not_loaded}</p>
                    <Button on_click=load>{words::overview().load_use}</Button>
                </div>
            }
        })
    })
}

fn references_note(basis: Basis) -> AnyView {
    let Basis {
        readings, references, ..
    } = basis;
    let known = memo(move |_| readings.with(|readings| reference_reading(readings, references)));
    let shape = memo(move |_| known.with(|known| (known.unread, known.reading > 0)));
    let keep_focus = || request_animation_frame(|| page::focus_if_lost(".overview-references button"));
    let note = dynamic(move || {
        let words = words::overview();
        let (unread, is_reading) = shape.get();
        if is_reading {
            let stop = move |_| {
                readings.with_untracked(|readings| stop_references(readings, references));
                keep_focus();
            };
            let text = Signal::derive(move || known.with(reading_text));
            let done = Signal::derive(move || known.with(done));
            return Some(view! {
                <div class="note overview-note">
                    <ProgressBar text done />
                    <Button rank=Rank::Quiet on_click=stop>{words.stop}</Button>
                </div>
            }.into_any());
        }
        (unread > 0).then(|| {
            let text = if basis.is_of_all {
                fill(words.references_unread_in, &[("count", &intl::count(unread))])
            } else {
                words.references_unread.to_owned()
            };
            let read = move |_| {
                readings.with_untracked(|readings| read_references(readings, references));
                keep_focus();
            };
            view! {
                <div class="note overview-note">
                    <p>{text}</p>
                    <Button refusal=basis.refusal on_click=read>{words.read_references}</Button>
                </div>
            }
            .into_any()
        })
    });
    let failed = memo(move |_| known.with(|known| known.failed.clone()));
    let failure = dynamic(move || {
        let (workspace, failure) = failed.get()?;
        let explanation = explained_reading_in(&workspace, &failure);
        let retry = move |()| readings.with_untracked(|readings| read_references(readings, references));
        Some(view! { <FailureNote explanation on_retry=retry /> })
    });
    view! { <div class="overview-references">{note}{failure}</div> }.into_any()
}

fn reading_text(known: &ReferenceReading) -> String {
    let counts = [("done", &*intl::count(known.sets_read)), ("all", &*intl::count(known.sets))];
    fill(words::overview().references_reading, &counts)
}

fn done(known: &ReferenceReading) -> Option<f64> {
    let as_number = |count: usize| u32::try_from(count).ok().map(f64::from);
    let (all, done) = (as_number(known.sets)?, as_number(known.sets_read)?);
    (all > 0.0).then(|| done / all)
}

//! Runs that wait, go on or have ended: each with what can be done about it. Loaded with the first.

use contract::SecretId;
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::words;
use strongroom_core::jobs::bulk::Counts;
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::browser::{keyboard, page};
use crate::components::error_note::{CopyDetails, facts};
use crate::store::writes::{RunId, RunState, Stage, Writes, use_writes};
use crate::ui::button::{Button, IconButton};
use crate::ui::erased::{dynamic, moving_flag, numbered};
use crate::ui::icon::{Glyph, icon};
use crate::ui::progress::Progress;

/// The maximum number of secrets listed that are not done.
const MOST: usize = 50;

/// The runs of the present account, oldest first.
#[component]
pub fn RunNotices() -> impl IntoView {
    let writes = use_writes();
    let numbers = move || writes.shown_runs().into_iter().map(|run| run.0).collect();
    numbered(numbers, move |number| notice(writes, RunId(number)))
}

fn notice(writes: Writes, run: RunId) -> AnyView {
    let state = memo(move |_| writes.run_state(run));
    let stage = memo(move |_| state.with(|state| state.as_ref().map(|state| state.stage)));
    let label = state.with_untracked(|state| state.as_ref().map(|state| state.label));
    let id = format!("run-{}", run.0);
    let place = StoredValue::new(format!("#{id}"));
    // A focused button is removed with its stage.
    let leave = move || {
        on_cleanup(move || {
            if place.try_with_value(|place| page::is_within(place)) == Some(true) {
                page::focus_first(".heading");
            }
        });
    };
    let content = dynamic(move || {
        leave();
        match stage.get() {
            Some(Stage::Waiting) => waiting(writes, run, state, place),
            Some(Stage::Running) => running(writes, run, state),
            // It changes when secrets are found that may have been created.
            Some(Stage::Ended) => dynamic(move || {
                state.track();
                ended(writes, run)
            }),
            None => ().into_any(),
        }
    });
    // One line with a button.
    let is_line = move || match stage.get() {
        Some(Stage::Waiting) => true,
        Some(Stage::Running) => state.with(|state| state.as_ref().is_some_and(|state| state.counts.all > 1)),
        _ => false,
    };
    view! {
        <div class="notice" class:notice-line=moving_flag(is_line) id=id role="group" aria-label=label>
            {content}
        </div>
    }
    .into_any()
}

fn text(state: Memo<Option<RunState>>) -> AnyView {
    dynamic(move || state.with(|state| state.as_ref().map(|state| state.text.clone())))
}

/// The seconds left to undo.
fn waiting(writes: Writes, run: RunId, state: Memo<Option<RunState>>, place: StoredValue<String>) -> AnyView {
    let said = untrack(|| writes.with_run(run, |run| run.undo_offer()));
    let was_selected = untrack(|| writes.with_run(run, |run| run.was_selected)) == Some(true);
    // What had the focus in a row.
    let before = StoredValue::new(None::<String>);
    // After the view that may open now, and its heading.
    request_animation_frame(move || {
        request_animation_frame(move || {
            if !page::is_within("dialog") {
                before.try_set_value(keyboard::focus_in_row());
                place.try_with_value(|place| page::focus_first(&format!("{place} button")));
            }
        });
    });
    let undo = move |_| {
        if let Some((workspace, id)) = writes.undo_run(run)
            && let Ok(id) = SecretId::parse(id)
        {
            let spared = format!("main tbody th a[href='{}']", Route::Secret(workspace, id).to_path());
            let selection = was_selected.then(|| DELETE_SELECTED.to_owned());
            focus_back(before.try_get_value().flatten().or(selection).unwrap_or(spared));
        }
    };
    view! {
        {icon(Glyph::TRASH)}
        // Announced once, not every second.
        <p class="visually-hidden">{said}</p>
        <p aria-hidden="true">{text(state)}</p>
        <Button on_click=undo>{words::common().undo}</Button>
    }
    .into_any()
}

/// The button that deletes the selected rows.
const DELETE_SELECTED: &str = ".selection .button-danger";

/// The focused button is removed: the focus goes back to where it was before the delete, or to the heading.
fn focus_back(selector: String) {
    let focus = move || keyboard::find_all(&selector).first().map(page::focus).is_some();
    if !focus() {
        // The bar of the selection is in the page only after this task.
        request_animation_frame(move || {
            if !focus() {
                page::focus_first(".heading");
            }
        });
    }
}

fn running(writes: Writes, run: RunId, state: Memo<Option<RunState>>) -> AnyView {
    let counts = move || state.with(|state| state.as_ref().map(|state| state.counts).unwrap_or_default());
    let is_many = untrack(counts).all > 1;
    let part = Signal::derive(move || {
        let Counts { all, done, failed, .. } = counts();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 secrets")]
        let part = (done + failed) as f64 / all.max(1) as f64;
        Some(part)
    });
    let words = move || state.with(|state| state.as_ref().map(|state| state.text.clone()).unwrap_or_default());
    let progress = if is_many {
        view! { <Progress text=Signal::derive(words) done=part /> }.into_any()
    } else {
        view! { <p>{text(state)}</p> }.into_any()
    };
    let stop = is_many.then(|| view! { <Button on_click=move |_| writes.stop_run(run)>{words::runs().stop}</Button> });
    view! {
        {icon(Glyph::REFRESH)}
        // Its end is announced, not each step.
        <div aria-live="off">{progress}</div>
        {stop}
    }
    .into_any()
}

/// What is not done, and why.
fn ended(writes: Writes, run: RunId) -> AnyView {
    let ended = untrack(|| writes.with_run(run, |run| (run.state(), run.problems(MOST), run.details())));
    let Some((RunState { text, counts, can_resume, can_look, is_looking, .. }, problems, support)) = ended else {
        return ().into_any();
    };
    let again = if counts.left == 0 || counts.all == 1 { words::common().retry } else { words::runs().resume };
    let has_details = counts.all > 1 || !support.is_empty();
    let details = has_details.then(|| {
        let line = |(name, why): (String, String)| view! { <li><code>{shown(&name).into_owned()}</code>": "{why}</li> };
        let list = (counts.all > 1).then(|| {
            let lines: Vec<_> = problems.into_iter().map(line).collect();
            view! { <ul class="reasons" aria-label=words::runs().not_done>{lines}</ul> }
        });
        let support = (!support.is_empty()).then(|| {
            view! {
                {facts(&support)}
                <div class="actions"><CopyDetails details=support /></div>
            }
        });
        view! {
            <details>
                <summary>{words::common().details}</summary>
                {list}
                {support}
            </details>
        }
    });
    let again = can_resume.then(|| {
        view! { <div class="actions"><Button on_click=move |_| writes.resume_run(run)>{again}</Button></div> }
    });
    let look = can_look.then(|| {
        let look = move |_| writes.look_for_all_created(run);
        let is_busy = Signal::stored(is_looking);
        view! { <div class="actions"><Button is_busy on_click=look>{words::common().look_again}</Button></div> }
    });
    let close = move |()| writes.dismiss_run(run);
    view! {
        {icon(Glyph::ERROR)}
        <p role="alert">{text}</p>
        <IconButton glyph=Glyph::CLOSE label=words::common().dismiss.to_owned() on_click=close />
        {details}
        {again}
        {look}
    }
    .into_any()
}

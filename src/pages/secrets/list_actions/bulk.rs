//! Deletes the selected secrets: asks once, then shows progress and failures.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::jobs::bulk::{Bulk, Counts, Step};
use strongroom_core::list::instant::NEVER;
use strongroom_core::model::delete_warnings::{WarningCounts, is_typed};

use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::pages::secrets::list::context::ListContext;
use crate::store::writes::{BulkItem, RunId, Writes, use_writes};
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{When, dynamic};
use crate::ui::field::TextField;
use crate::ui::progress::Progress;

/// The maximum number of names in the confirmation.
const NAMED: usize = 5;

/// The maximum number of failures shown; the count includes all.
const MOST: usize = 50;

/// Asks once, deletes, and reports the outcome of each.
#[component]
pub fn BulkDelete(
    context: ListContext,
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let writes = use_writes();
    let (items, has_warning, facts) = selected(context);
    let count = items.len();
    let names: Vec<String> = items.iter().take(NAMED).map(|item| item.name.clone()).collect();
    let number = is_typed(count, has_warning).then_some(count);
    let items = StoredValue::new(items);
    let run = RwSignal::new(None::<RunId>);
    // The run continues when the page is left.
    on_cleanup(move || {
        if let Some(run) = run.get_untracked() {
            writes.release_run(run);
        }
    });
    let question = fill(
        plural(count, words::bulk().question_one, words::bulk().question),
        &[("count", &intl::count(count))],
    );
    let begin = Callback::new(move |()| {
        run.set(Some(writes.delete_many(context.workspace.get_value(), items.get_value())));
    });
    // Escape does not hide a running delete.
    let cancel = move |()| {
        let is_running = run.get_untracked().and_then(|run| writes.with_run(run, Bulk::is_running));
        if is_running != Some(true) {
            on_close.run(());
        }
    };
    let content = dynamic(move || match run.get() {
        Some(run) => report(writes, run, on_close),
        None => ask(question.clone(), (names.clone(), count), facts.clone(), number, begin, on_close),
    });
    view! {
        <Dialog label=words::bulk().title id="delete-secrets" is_alert=true on_cancel=cancel>{content}</Dialog>
    }
    .into_any()
}

/// A run that continues after its page was left, shown while the list of its workspace is on screen.
#[component]
pub fn BackgroundRun(context: ListContext) -> impl IntoView {
    let writes = use_writes();
    let run = Memo::new(move |_| context.workspace.with_value(|workspace| writes.run_in(workspace)));
    dynamic(move || {
        let run = run.get()?;
        let counts = counts(writes, run);
        Some(view! {
            <section class="selection" aria-label=words::bulk().title>
                <span role="status" class="selection-count">{dynamic(move || told(&counts.get(), true))}</span>
                <Button on_click=move |_| writes.stop_run(run)>{words::bulk().stop}</Button>
            </section>
        })
    })
}

fn counts(writes: Writes, run: RunId) -> Memo<Counts> {
    Memo::new(move |_| writes.with_run(run, Bulk::counts).unwrap_or_default())
}

/// The progress of a run, in words.
fn told(counts: &Counts, is_running: bool) -> String {
    let sentence = match (is_running, counts.failed + counts.left) {
        (true, _) => words::bulk().running,
        (false, 0) => words::bulk().done,
        (false, _) => words::bulk().ended,
    };
    let [done, all, failed, left] = [counts.done, counts.all, counts.failed, counts.left].map(intl::count);
    let gaps = [("done", done.as_str()), ("all", &all), ("failed", &failed), ("left", &left)];
    fill(sentence, &gaps)
}

/// The confirmation; `number` has to be typed, if given.
fn ask(
    question: String,
    (names, count): (Vec<String>, usize),
    facts: Vec<String>,
    number: Option<usize>,
    begin: Callback<()>,
    on_close: Callback<()>,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    let refusal = Signal::derive(move || {
        let is_confirmed = number.is_none_or(|number| typed.with(|typed| typed.trim().parse() == Ok(number)));
        (!is_confirmed).then(|| words::bulk().number_differs.to_owned())
    });
    let facts: Vec<_> = facts.into_iter().map(|fact| view! { <li>{fact}</li> }).collect();
    let more = count.saturating_sub(names.len());
    let more = (more > 0).then(|| {
        view! { <li>{fill(words::bulk().more, &[("count", &intl::count(more))])}</li> }
    });
    let names: Vec<_> = names
        .into_iter()
        .map(|name| view! { <li><code>{name}</code></li> })
        .collect();
    let confirm = number.is_some().then(|| {
        view! {
            <TextField
                id="confirm-number"
                label=words::bulk().type_number
                value=typed
                on_input=move |text| typed.set(text)
                is_code=true
            />
        }
    });
    view! {
        <p>{question}</p>
        <ul class="reasons" aria-label=words::bulk().names>{names}{more}</ul>
        <ul class="reasons">{facts}</ul>
        {confirm}
        <div class="actions">
            <Button rank=Rank::Danger refusal=refusal on_click=move |_| begin.run(())>{words::common().delete}</Button>
            <Button on_click=move |_| on_close.run(())>{words::common().cancel}</Button>
        </div>
    }
    .into_any()
}

/// The progress, and the outcome of each item.
fn report(writes: Writes, run: RunId, on_close: Callback<()>) -> AnyView {
    let counts = counts(writes, run);
    let is_running = Memo::new(move |_| writes.with_run(run, Bulk::is_running) == Some(true));
    let is_left = Memo::new(move |_| !is_running.get() && counts.with(|counts| counts.failed + counts.left > 0));
    let text = Signal::derive(move || told(&counts.get(), is_running.get()));
    let part = Signal::derive(move || {
        let Counts { all, done, failed, .. } = counts.get();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 secrets")]
        let part = (done + failed) as f64 / all.max(1) as f64;
        Some(part)
    });
    // The items are read only when there is a new failure, because there may be many.
    let failed = Memo::new(move |_| counts.with(|counts| counts.failed));
    let failures = dynamic(move || {
        if failed.get() == 0 {
            return None;
        }
        let failures = untrack(|| {
            writes.with_run(run, |work| {
                let failures = work.items().iter().filter_map(|(item, step)| match step {
                    Step::Failed(error) => Some((item.name.clone(), error.explained(false))),
                    _ => None,
                });
                failures.take(MOST).collect::<Vec<_>>()
            })
        });
        let line = |(name, why): (String, String)| view! { <li><code>{name}</code>": "{why}</li> };
        let lines: Vec<_> = failures.unwrap_or_default().into_iter().map(line).collect();
        Some(view! { <ul class="reasons" aria-label=words::bulk().failures>{lines}</ul> })
    });
    view! {
        <div role="status"><Progress text done=part /></div>
        {failures}
        <div class="actions">
            <When condition=is_running>
                <Button on_click=move |_| writes.stop_run(run)>{words::bulk().stop}</Button>
            </When>
            <When condition=is_left>
                <Button on_click=move |_| writes.resume_run(run)>{words::bulk().again}</Button>
            </When>
            <When condition=Signal::derive(move || !is_running.get())>
                <Button on_click=move |_| on_close.run(())>{words::common().close}</Button>
            </When>
        </div>
    }
    .into_any()
}

/// The selected secrets, whether there are warnings, and their texts.
fn selected(context: ListContext) -> (Vec<BulkItem>, bool, Vec<String>) {
    let now = use_clock().now().timestamp_millis();
    let mut counts = WarningCounts::default();
    let items = context.list.with(|loaded| {
        let rows = loaded.list().rows();
        let item = |row| {
            let last_use = Some(rows.used(row)).filter(|used| *used != NEVER);
            counts.add(rows.has_info(row).then_some(last_use), !rows.bundle(row).is_empty(), now);
            let (id, name) = (rows.id(row), rows.name(row));
            BulkItem {
                id: id.to_owned(),
                name: if name.is_empty() { id } else { name }.to_owned(),
            }
        };
        loaded.selection().rows().map(item).collect::<Vec<_>>()
    });
    let fact = |count: usize, one: &str, other: &str| {
        (count > 0).then(|| fill(plural(count, one, other), &[("count", &intl::count(count))]))
    };
    let hidden = context.list.selected().get_untracked();
    let hidden = hidden.saturating_sub(context.list.selected_shown().get_untracked());
    let facts = [
        fact(hidden, words::bulk().hidden_one, words::bulk().hidden),
        fact(counts.used, words::bulk().used_one, words::bulk().used),
        fact(counts.managed, words::bulk().managed_one, words::bulk().managed),
        fact(counts.usage_unknown, words::bulk().unknown_one, words::bulk().unknown),
    ];
    let has_warning = hidden > 0 || counts.is_any();
    (items.unwrap_or_default(), has_warning, facts.into_iter().flatten().collect())
}

//! Deleting what is selected: asked once, done one after the other, with what became of each.

use contract::{Failure, Kind, SecretId, calls, retry};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::{fill, list_words as words, plural};
use strongroom_core::jobs::bulk::{Bulk, Counts, Step};
use strongroom_core::list::instant::{Instant, NEVER};

use crate::api::session::{Session, use_session};
use crate::browser::history::use_navigation;
use crate::browser::clock::{Clock, use_clock};
use crate::browser::{intl, page, tasks};
use crate::components::messages::explained;
use crate::components::notices::{Notices, use_notices};
use crate::pages::secrets::list::context::Desk;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{When, dynamic};
use crate::ui::field::TextField;
use crate::ui::progress::Progress;

/// A secret that is to be deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    id: String,
    name: String,
}

type Work = RwSignal<Bulk<Item, Failure>>;

/// What deleting takes.
#[derive(Clone, Copy)]
struct Doing {
    desk: Desk,
    session: Session,
    notices: Notices,
    clock: Clock,
}

/// As many requests are under way at once.
const AT_ONCE: usize = 3;

/// As many are confirmed by their number, whatever they are.
const MANY: usize = 10;

/// As many are named before it is asked.
const NAMED: usize = 5;

/// What was used since so many milliseconds ago is in use, as far as anyone can tell: 30 days.
const IN_USE: Instant = 30 * 24 * 60 * 60 * 1000;

/// Failures that are shown; the count says how many there are.
const MOST: usize = 50;

/// Asks once, deletes, and says what became of each.
#[component]
pub fn BulkDelete(
    desk: Desk,
    /// The person is done with it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let words = words();
    let doing = Doing {
        desk,
        session: use_session(),
        notices: use_notices(),
        clock: use_clock(),
    };
    let (items, facts) = selected(desk, doing.clock);
    let count = items.len();
    let names: Vec<String> = items.iter().take(NAMED).map(|item| item.name.clone()).collect();
    // Many at once, or what something speaks against, is confirmed by its number: a slip of the hand must not be enough.
    let asks = count >= MANY || !facts.is_empty();
    let work: Work = RwSignal::new(Bulk::new(items));
    let has_begun = RwSignal::new(false);
    let question = fill(
        plural(count, words.bulk_question_one, words.bulk_question),
        &[("count", &intl::count(count))],
    );
    let begin = Callback::new(move |()| {
        has_begun.set(true);
        start(doing, work);
    });
    let again = Callback::new(move |()| {
        work.update(Bulk::resume);
        start(doing, work);
    });
    let is_at_work =
        move || has_begun.try_get_untracked() == Some(true) && work.try_with_untracked(Bulk::is_running) == Some(true);
    use_navigation().guard_begun(move || {
        let left = work.try_with_untracked(Bulk::counts)?.left;
        is_at_work().then(|| {
            fill(
                plural(left, words.bulk_leaving_one, words.bulk_leaving),
                &[("count", &intl::count(left))],
            )
        })
    });
    page::ask_before_leaving(is_at_work);
    // While it goes on, Escape does not hide it.
    let cancel = move |()| {
        if !has_begun.get_untracked() || !work.with_untracked(Bulk::is_running) {
            on_close.run(());
        }
    };
    view! {
        <Dialog label=words.delete_secrets id="delete-secrets" is_alert=true on_cancel=cancel>
            <When
                condition=has_begun
                otherwise=move || ask(question.clone(), (names.clone(), count), facts.clone(), asks.then_some(count), begin, on_close)
            >
                {report(work, again, on_close)}
            </When>
        </Dialog>
    }
    .into_any()
}

/// What it means, and whether to do it; `number` is what has to be typed first.
fn ask(
    question: String,
    (names, count): (Vec<String>, usize),
    facts: Vec<String>,
    number: Option<usize>,
    begin: Callback<()>,
    on_close: Callback<()>,
) -> AnyView {
    let words = words();
    let typed = RwSignal::new(String::new());
    let refusal = Signal::derive(move || {
        let is_confirmed = number.is_none_or(|number| typed.with(|typed| typed.trim().parse() == Ok(number)));
        (!is_confirmed).then(|| words.bulk_number_differs.to_owned())
    });
    let facts: Vec<_> = facts.into_iter().map(|fact| view! { <li>{fact}</li> }).collect();
    let more = count.saturating_sub(names.len());
    let more = (more > 0).then(|| {
        view! { <li>{fill(words.bulk_more, &[("count", &intl::count(more))])}</li> }
    });
    let names: Vec<_> = names
        .into_iter()
        .map(|name| view! { <li><code>{name}</code></li> })
        .collect();
    let confirm = number.is_some().then(|| {
        view! {
            <TextField
                id="confirm-number"
                label=words.bulk_type_number
                value=typed
                on_input=move |text| typed.set(text)
                is_code=true
            />
        }
    });
    view! {
        <p>{question}</p>
        <ul class="reasons" aria-label=words.bulk_names>{names}{more}</ul>
        <ul class="reasons">{facts}</ul>
        {confirm}
        <div class="actions">
            <Button rank=Rank::Danger refusal=refusal on_click=move |_| begin.run(())>{words.delete}</Button>
            <Button on_click=move |_| on_close.run(())>{words.cancel}</Button>
        </div>
    }
    .into_any()
}

/// How far it is and what became of each.
fn report(work: Work, again: Callback<()>, on_close: Callback<()>) -> AnyView {
    let words = words();
    let counts = Memo::new(move |_| work.with(Bulk::counts));
    let is_running = Memo::new(move |_| work.with(Bulk::is_running));
    let is_left = Memo::new(move |_| !is_running.get() && counts.with(|counts| counts.failed + counts.left > 0));
    let text = Signal::derive(move || {
        let Counts {
            all,
            done,
            failed,
            left,
        } = counts.get();
        let sentence = match (is_running.get(), failed + left) {
            (true, _) => words.bulk_running,
            (false, 0) => words.bulk_done,
            (false, _) => words.bulk_ended,
        };
        let number = |count: usize| intl::count(count);
        let gaps = [
            ("done", &number(done)),
            ("all", &number(all)),
            ("failed", &number(failed)),
            ("left", &number(left)),
        ];
        fill(sentence, &gaps.map(|(name, text)| (name, text.as_str())))
    });
    let part = Signal::derive(move || {
        let Counts { all, done, failed, .. } = counts.get();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 secrets")]
        let part = (done + failed) as f64 / all.max(1) as f64;
        Some(part)
    });
    // Looked for anew only when there is another one: there may be many that did not fail.
    let failed = Memo::new(move |_| counts.with(|counts| counts.failed));
    let failures = dynamic(move || {
        if failed.get() == 0 {
            return None;
        }
        let failed = work.with_untracked(|work| {
            let failed = work.items().iter().filter_map(|(item, step)| match step {
                Step::Failed(failure) => Some((item.name.clone(), explained(failure))),
                _ => None,
            });
            failed.take(MOST).collect::<Vec<_>>()
        });
        let line = |(name, why): (String, Explanation)| view! { <li><code>{name}</code>": "{why.reason}</li> };
        let lines: Vec<_> = failed.into_iter().map(line).collect();
        Some(view! { <ul class="reasons" aria-label=words.bulk_failures>{lines}</ul> })
    });
    view! {
        <div role="status"><Progress text done=part /></div>
        {failures}
        <div class="actions">
            <When condition=is_running>
                <Button on_click=move |_| work.update(Bulk::stop)>{words.bulk_stop}</Button>
            </When>
            <When condition=is_left>
                <Button on_click=move |_| again.run(())>{words.bulk_again}</Button>
            </When>
            <When condition=Signal::derive(move || !is_running.get())>
                <Button on_click=move |_| on_close.run(())>{words.close}</Button>
            </When>
        </div>
    }
    .into_any()
}

/// What is selected, and what speaks against deleting it.
fn selected(desk: Desk, clock: Clock) -> (Vec<Item>, Vec<String>) {
    let words = words();
    let now = clock.now().timestamp_millis();
    let (mut managed, mut used, mut unknown) = (0, 0, 0);
    let items = desk.list.with_selection(|list, selection| {
        let rows = list.rows();
        let item = |row| {
            managed += usize::from(!rows.bundle(row).is_empty());
            used += usize::from(rows.used(row) != NEVER && now - rows.used(row) < IN_USE);
            unknown += usize::from(!rows.has_info(row));
            let (id, name) = (rows.id(row), rows.name(row));
            Item {
                id: id.to_owned(),
                name: if name.is_empty() { id } else { name }.to_owned(),
            }
        };
        selection.rows().map(item).collect()
    });
    let fact = |count: usize, one: &str, other: &str| {
        (count > 0).then(|| fill(plural(count, one, other), &[("count", &intl::count(count))]))
    };
    let hidden = desk.list.selected().get_untracked();
    let hidden = hidden.saturating_sub(desk.list.selected_shown().get_untracked());
    let facts = [
        fact(hidden, words.bulk_hidden_one, words.bulk_hidden),
        fact(used, words.bulk_used_one, words.bulk_used),
        fact(managed, words.bulk_managed_one, words.bulk_managed),
        fact(unknown, words.bulk_unknown_one, words.bulk_unknown),
    ];
    (items.unwrap_or_default(), facts.into_iter().flatten().collect())
}

/// Deletes a few at a time, until nothing waits.
fn start(doing: Doing, work: Work) {
    for _ in 0..AT_ONCE {
        tasks::spawn_for_page(async move {
            while let Some(Some((index, id))) = work.try_update(|work| {
                let index = work.take()?;
                Some((index, work.items().get(index)?.0.id.clone()))
            }) {
                delete(doing, work, index, &id).await;
            }
        });
    }
}

async fn delete(doing: Doing, work: Work, index: usize, id: &str) {
    let Doing {
        desk,
        session,
        notices,
        clock,
    } = doing;
    let (Ok(secret), Some(workspace)) = (SecretId::parse(id), desk.workspace.try_get_value()) else {
        return;
    };
    // It goes from the list at once, and comes back where it was if the server does not agree.
    let taken = desk.list.take_out(&[id.to_owned()]);
    let result = match session.send(calls::delete_secret(&workspace, &secret)).await {
        Ok(contract::Nothing) => Ok(()),
        // Someone else was faster: it is gone, which is what was wanted.
        Err(failure) if failure.http() == Some(404) => Ok(()),
        Err(failure) => Err(failure),
    };
    let patience = result.as_ref().err().and_then(|failure| {
        let is_refused = failure.kind() == Kind::RateLimited;
        failure
            .retry_after
            .filter(|wait| is_refused && *wait <= retry::LONGEST_WAIT)
    });
    if let Some(wait) = patience {
        // The server did nothing and said when to come again: until then the secret is there, even when nobody goes on.
        for id in &taken {
            desk.list.put_back(id);
        }
        // It waits like those whose turn has not come, so that whoever stops now does not wait for it.
        let _ = work.try_update(|work| work.postpone(index));
        clock.sleep(wait).await;
        return;
    }
    if result.is_ok() {
        desk.list.settle(&taken, &workspace, &secret);
    } else {
        for id in &taken {
            desk.list.put_back(id);
        }
    }
    let failure = result.as_ref().err().cloned();
    let is_left = work.try_update(|work| work.end(index, result)).is_none();
    if let Some(failure) = failure.filter(|_| is_left) {
        // Nobody looks at the report any more.
        notices.failed_late(explained(&failure));
    }
}

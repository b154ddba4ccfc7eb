//! Deletes the selected secrets. Asks first if there is something to warn about; the undo covers the rest.

use contract::{Failure, Kind, SecretId, calls};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::instant::{Instant, NEVER};
use strongroom_core::model::delete_warnings::{WarningCounts, is_typed};
use strongroom_core::model::secret_facts::SecretFacts;

use crate::browser::tasks::memo;
use crate::api::session::use_session;
use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::browser::tasks::ViewTasks;
use crate::components::error_note::FailureNote;
use crate::components::permission::explained_in;
use crate::components::uses::{UseView, Uses};
use crate::pages::secrets::list::context::ListContext;
use crate::store::writes::{BulkItem, Writes, use_writes};
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{dynamic, handle_submit};
use crate::ui::field::TextField;

/// The maximum number of names in the confirmation.
const NAMED: usize = 5;

/// The number of concurrent requests while last use is checked.
const AT_ONCE: usize = 3;

/// A selected secret, as far as its delete is concerned.
#[derive(Debug, Clone)]
pub struct Candidate {
    item: BulkItem,
    /// When it was last used: `None` if unknown, `Some(None)` if never.
    last_use: Option<Option<Instant>>,
    is_managed: bool,
}

/// The selected secrets that are not being deleted already.
pub fn candidates(context: ListContext) -> Vec<Candidate> {
    let candidates = context.list.with(|loaded| {
        let rows = loaded.list().rows();
        let candidate = |row| {
            let (id, name) = (rows.id(row), rows.name(row));
            let last_use = Some(rows.used(row)).filter(|used| *used != NEVER);
            Candidate {
                item: BulkItem {
                    id: id.to_owned(),
                    name: if name.is_empty() { id } else { name }.to_owned(),
                    ..BulkItem::default()
                },
                last_use: rows.has_info(row).then_some(last_use),
                is_managed: !rows.bundle(row).is_empty(),
            }
        };
        let selected = loaded.selection().rows();
        let selected = selected.filter(|row| !context.list.is_delete_pending(rows.id(*row)));
        selected.map(candidate).collect()
    });
    candidates.unwrap_or_default()
}

fn count_warnings(candidates: &[Candidate]) -> WarningCounts {
    let now = use_clock().now().timestamp_millis();
    let mut counts = WarningCounts::default();
    for candidate in candidates {
        counts.add(candidate.last_use, candidate.is_managed, now);
    }
    counts
}

/// The number of selected secrets that the filter hides.
fn hidden(context: ListContext) -> usize {
    let selected = context.list.selected().get_untracked();
    selected.saturating_sub(context.list.selected_shown().get_untracked())
}

/// Whether a delete of these is confirmed first.
pub fn is_asked(context: ListContext, candidates: &[Candidate]) -> bool {
    let has_warning = hidden(context) > 0 || count_warnings(candidates).is_any();
    is_typed(candidates.len(), has_warning)
}

/// Starts the delete, which waits for an undo.
pub fn delete(context: ListContext, writes: Writes, candidates: Vec<Candidate>) {
    let items = candidates.into_iter().map(|candidate| candidate.item).collect();
    let _ = writes.delete_selected(context.workspace.get_value(), items);
    context.list.select(|selection, _| selection.clear());
}

/// The warnings and the confirmation.
#[component]
pub fn BulkDelete(
    context: ListContext,
    candidates: Vec<Candidate>,
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let writes = use_writes();
    let count = candidates.len();
    let hidden = hidden(context);
    let names: Vec<String> = candidates.iter().take(NAMED).map(|it| shown(&it.item.name).into_owned()).collect();
    let candidates = RwSignal::new(candidates);
    let counts = memo(move |_| candidates.with(|candidates| count_warnings(candidates)));
    let asks = memo(move |_| is_typed(count, hidden > 0 || counts.get().is_any()));
    let typed = RwSignal::new(String::new());
    let refusal = Signal::derive(move || {
        let is_confirmed = !asks.get() || typed.with(|typed| typed.trim().parse() == Ok(count));
        (!is_confirmed).then(|| words::bulk().number_differs.to_owned())
    });
    let begin = Callback::new(move |()| {
        if refusal.with_untracked(Option::is_none) {
            delete(context, writes, candidates.get_untracked());
            on_close.run(());
        }
    });
    let workspace = context.workspace.get_value();
    let names_of_all = candidates.with_untracked(|all| all.iter().map(|it| it.item.name.clone()).collect());
    let uses = view! { <Uses view=UseView::Delete { workspace, names: names_of_all } /> };
    let question = plural(count, words::bulk().question_one, words::bulk().question);
    let names: Vec<_> = names.into_iter().map(|name| view! { <li><code>{name}</code></li> }).collect();
    let more = count.saturating_sub(names.len());
    let more = (more > 0).then(|| {
        view! { <li>{fill(words::bulk().more, &[("count", &intl::count(more))])}</li> }
    });
    let fact = |count: usize, one: &str, other: &str| {
        (count > 0).then(|| fill(plural(count, one, other), &[("count", &intl::count(count))]))
    };
    let facts = dynamic(move || {
        let counts = counts.get();
        let facts = [
            fact(hidden, words::bulk().hidden_one, words::bulk().hidden),
            fact(counts.used, words::bulk().used_one, words::bulk().used),
            fact(counts.managed, words::bulk().managed_one, words::bulk().managed),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().map(|fact| view! { <li>{fact}</li> }).collect();
        view! { <ul class="reasons">{facts}</ul> }
    });
    let confirm = dynamic(move || {
        asks.get().then(|| {
            view! {
                <TextField
                    id="confirm-number"
                    label=words::bulk().type_number
                    value=typed
                    on_input=move |text| typed.set(text)
                    is_code=true
                    has_focus=true
                />
            }
        })
    });
    view! {
        <Dialog label=words::bulk().title id="delete-secrets" is_alert=true on_cancel=on_close>
            <p>{fill(question, &[("count", &intl::count(count))])}</p>
            <ul class="reasons" aria-label=words::bulk().names>{names}{more}</ul>
            {facts}
            {uses}
            <UsageCheck context candidates />
            <form class="form" on:submit=handle_submit(move || begin.run(())) novalidate>
                {confirm}
                <div class="actions">
                    <Button on_click=move |_| on_close.run(())>{words::common().cancel}</Button>
                    <Button rank=Rank::Danger refusal=refusal on_click=move |_| begin.run(())>{words::common().delete}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// For how many the last use is unknown, and a button that asks the server.
#[component]
fn UsageCheck(context: ListContext, candidates: RwSignal<Vec<Candidate>>) -> impl IntoView {
    let session = use_session();
    let tasks = ViewTasks::until_unmount();
    let unknown = memo(move |_| {
        candidates.with(|candidates| candidates.iter().filter(|it| it.last_use.is_none()).count())
    });
    // The number to check, while that is under way.
    let checking = RwSignal::new(None::<usize>);
    let failure = RwSignal::new(None::<Failure>);
    let queue = StoredValue::new(Vec::<String>::new());
    let workers = StoredValue::new(0_usize);
    let learn = move |id: &str, last_use: Option<Instant>| {
        candidates.update(|candidates| {
            if let Some(candidate) = candidates.iter_mut().find(|it| it.item.id == id) {
                candidate.last_use = Some(last_use);
            }
        });
    };
    let check = move |_| {
        let ids = candidates.with_untracked(|candidates| {
            let unknown = candidates.iter().filter(|it| it.last_use.is_none());
            unknown.map(|it| it.item.id.clone()).collect::<Vec<_>>()
        });
        checking.set(Some(ids.len()));
        failure.set(None);
        queue.set_value(ids);
        workers.set_value(AT_ONCE);
        for _ in 0..AT_ONCE {
            tasks.spawn(async move {
                while let Some(id) = queue.try_update_value(Vec::pop).flatten() {
                    // An id that no address can hold can't be deleted either.
                    let Ok(secret) = SecretId::parse(id.as_str()) else { continue };
                    let call = calls::read_secret(&context.workspace.get_value(), &secret);
                    match session.send(call).await.map(SecretFacts::from) {
                        Ok(secret) => {
                            if let Some(info) = secret.info {
                                learn(&id, info.last_use().map(|at| at.timestamp_millis()));
                            }
                        }
                        Err(failed) if failed.kind() == Kind::NotFound => learn(&id, None),
                        Err(failed) => {
                            queue.set_value(Vec::new());
                            failure.set(Some(failed));
                        }
                    }
                }
                workers.update_value(|workers| *workers -= 1);
                if workers.get_value() == 0 {
                    checking.set(None);
                }
            });
        }
    };
    let told = move || {
        let unknown = unknown.get();
        match checking.get() {
            Some(all) => {
                let done = intl::count(all.saturating_sub(unknown));
                Some(fill(words::bulk().checking, &[("done", &done), ("all", &intl::count(all))]))
            }
            None => (unknown > 0).then(|| fill(words::bulk().unknown, &[("count", &intl::count(unknown))])),
        }
    };
    let is_checking = Signal::derive(move || checking.get().is_some());
    let is_any = memo(move |_| unknown.get() > 0 || checking.get().is_some());
    dynamic(move || {
        is_any.get().then(|| {
            view! {
                <div class="note note-warning note-line">
                    <p role="status">{dynamic(told)}</p>
                    <Button is_busy=is_checking on_click=check>{words::bulk().check}</Button>
                </div>
                {dynamic(move || {
                    let explain = |failure: &Failure| context.workspace.with_value(|workspace| explained_in(workspace, failure));
                    failure.get().map(|failure| view! { <FailureNote explanation=explain(&failure) /> })
                })}
            }
        })
    })
}

//! A run that creates several secrets, as the form shows it that started it: what became of each, its end and its result.
//! The run belongs to the app and goes on when the form is left.

use std::collections::BTreeMap;

use contract::{Kind, SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::jobs::bulk::Step;
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::browser::{intl, tasks};
use crate::components::unknown_outcome;
use crate::store::writes::{BulkError, LostCreate, RunId, Writes, use_writes};
use crate::ui::button::{Button, SubmitButton};
use crate::ui::erased::dynamic;

/// The latest run of a form, and what all its runs have created: a retry is another run. A handle.
#[derive(Clone, Copy)]
pub struct CreateRun {
    writes: Writes,
    /// The latest run, and the numbers of the items that it creates.
    run: RwSignal<Option<(RunId, Vec<usize>)>>,
    created: StoredValue<Vec<RwSignal<Option<SecretId>>>>,
    /// Creates of earlier runs that may have arrived, by the numbers of their items.
    lost: StoredValue<BTreeMap<usize, LostCreate>>,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    None,
    Waiting,
    Creating,
    Created(SecretId),
    Failed(String),
    /// It may have been created, and it can be looked for again.
    Unknown(String),
    Looking,
}

impl CreateRun {
    /// For the view that is being created, with this many items. `on_created` gets the number of an item that was created,
    /// and its name as the server has it.
    #[must_use]
    pub fn new(count: usize, on_created: impl Fn(usize, String) + 'static) -> Self {
        let run = Self {
            writes: use_writes(),
            run: RwSignal::new(None),
            created: StoredValue::new((0..count).map(|_| RwSignal::new(None)).collect()),
            lost: StoredValue::new(BTreeMap::new()),
        };
        tasks::follow(move || {
            for (number, created) in run.created.get_value().into_iter().enumerate() {
                if let Some((Outcome::Created(id), name)) = run.step(number)
                    && created.with_untracked(Option::is_none)
                {
                    on_created(number, name);
                    created.set(Some(id));
                }
            }
        });
        on_cleanup(move || run.release());
        run
    }

    /// Whether an item is created. Tracked.
    #[must_use]
    pub fn is_created(self, number: usize) -> bool {
        self.created(number).is_some()
    }

    fn created(self, number: usize) -> Option<SecretId> {
        self.created.with_value(|created| created.get(number).copied())?.get()
    }

    /// How many items are created. Tracked.
    #[must_use]
    pub fn created_count(self) -> usize {
        self.created.get_value().iter().filter(|created| created.with(Option::is_some)).count()
    }

    /// Whether nothing was sent yet. Tracked.
    #[must_use]
    pub fn is_unsent(self) -> bool {
        self.run.with(Option::is_none)
    }

    /// Whether secrets are being created. Tracked.
    #[must_use]
    pub fn is_running(self) -> bool {
        let run = self.run.with(|run| run.as_ref().map(|(run, _)| *run));
        run.and_then(|run| self.writes.with_run(run, |run| run.is_running())) == Some(true)
    }

    /// Whether a secret that may have been created is looked for. Tracked.
    #[must_use]
    pub fn is_looking(self) -> bool {
        let run = self.run.with(|run| run.as_ref().map(|(run, _)| *run));
        run.and_then(|run| self.writes.with_run(run, |run| run.is_looking())) == Some(true)
    }

    /// Looks again for an item that may have been created.
    pub fn look_again(self, number: usize) {
        if let Some((run, place)) = untrack(|| self.place(number)) {
            self.writes.look_for_created(run, place);
        }
    }

    /// Begins a run for the items with these numbers. `begin` gets the creates of them that may have arrived. Returns whether
    /// it began.
    pub fn start(
        self,
        numbers: Vec<usize>,
        begin: impl FnOnce(Writes, Vec<Option<LostCreate>>) -> Option<RunId>,
    ) -> bool {
        if untrack(|| self.is_looking()) {
            return false;
        }
        self.remember_lost();
        let lost = self.lost.with_value(|lost| numbers.iter().map(|number| lost.get(number).cloned()).collect());
        self.release();
        let run = begin(self.writes, lost);
        self.run.set(run.map(|run| (run, numbers)));
        run.is_some()
    }

    /// Which creates of the latest run may have arrived.
    fn remember_lost(self) {
        let Some((run, numbers)) = self.run.get_untracked() else { return };
        let lost = untrack(|| {
            self.writes.with_run(run, |run| {
                let lost = run.work.items().iter().map(|(item, step)| match step {
                    Step::Failed(error) if error.may_be_created() => item.lost.clone(),
                    // It was not sent again.
                    Step::Waiting => item.lost.clone(),
                    _ => None,
                });
                lost.collect::<Vec<_>>()
            })
        });
        self.lost.update_value(|known| {
            for (number, lost) in numbers.into_iter().zip(lost.unwrap_or_default()) {
                known.remove(&number);
                known.extend(lost.map(|lost| (number, lost)));
            }
        });
    }

    /// What is not sent yet is not created.
    pub fn stop(self) {
        if let Some((run, _)) = self.run.get_untracked() {
            self.writes.stop_run(run);
        }
    }

    /// This view shows the latest run no more.
    fn release(self) {
        if let Some(Some((run, _))) = self.run.try_get_untracked() {
            self.writes.unwatch_run(run);
        }
    }

    /// The latest run, and the index of an item in it. Tracked.
    fn place(self, number: usize) -> Option<(RunId, usize)> {
        self.run.with(|run| {
            let (run, numbers) = run.as_ref()?;
            Some((*run, numbers.iter().position(|of| *of == number)?))
        })
    }

    /// What the latest run made of an item, and the name of its secret. Tracked.
    fn step(self, number: usize) -> Option<(Outcome, String)> {
        let (run, place) = self.place(number)?;
        let step = self.writes.with_run(run, |run| {
            let (item, step) = run.work.items().get(place)?;
            let outcome = match step {
                Step::UnderWay => Outcome::Creating,
                Step::Waiting if run.is_running() => Outcome::Waiting,
                Step::Waiting => Outcome::None,
                Step::Failed(_) if item.is_looked_for => Outcome::Looking,
                Step::Failed(error) if error.may_be_created() => Outcome::Unknown(reason(error)),
                Step::Failed(error) => Outcome::Failed(reason(error)),
                Step::Done(_) => Outcome::Created(SecretId::parse(item.id.as_str()).ok()?),
            };
            Some((outcome, item.name.clone()))
        });
        step.flatten()
    }

    /// What became of an item. Tracked.
    #[must_use]
    pub fn outcome(self, number: usize) -> Outcome {
        let created = self.created(number).map(Outcome::Created);
        created.or_else(|| self.step(number).map(|(outcome, _)| outcome)).unwrap_or(Outcome::None)
    }
}

fn reason(error: &BulkError) -> String {
    match error {
        BulkError::LookedUp(looked_up) if looked_up.failure.kind() != Kind::Taken || looked_up.is_earlier_attempt() => {
            unknown_outcome::sentence(looked_up, WriteWords::create_secret())
        }
        error => error.explained(),
    }
}

/// What became of an item of a workspace, beside it. `otherwise`: what is said before.
pub fn outcome_note(
    run: CreateRun,
    number: usize,
    outcome: Outcome,
    workspace: &WorkspaceId,
    otherwise: Option<String>,
) -> AnyView {
    match outcome {
        Outcome::None => otherwise.map(|text| view! { <span class="muted">{text}</span> }).into_any(),
        Outcome::Waiting => view! { <span class="muted">{words::create().import_waiting}</span> }.into_any(),
        Outcome::Creating => view! { <span>{words::create().creating}</span> }.into_any(),
        Outcome::Looking => look_again(run, number, words::create().looking.to_owned(), true),
        Outcome::Unknown(reason) => look_again(run, number, reason, false),
        Outcome::Failed(reason) => view! { <span class="field-error">{reason}</span> }.into_any(),
        Outcome::Created(id) => {
            let address = Route::Secret(workspace.clone(), id).to_path();
            view! { <a href=address>{words::create().import_is_created}</a> }.into_any()
        }
    }
}

/// The same elements before and while it is looked for, so that the button keeps the focus.
fn look_again(run: CreateRun, number: usize, text: String, is_looking: bool) -> AnyView {
    let class = if is_looking { "" } else { "field-error" };
    let is_busy = Signal::stored(is_looking);
    view! {
        <span class=class role="status">{text}</span>
        <Button is_busy on_click=move |_| run.look_again(number)>{words::common().look_again}</Button>
    }
    .into_any()
}

/// The button that starts a run, until everything is created. `label`: what it says of one, and of several, that are
/// `chosen`.
pub fn create_button(
    run: CreateRun,
    chosen: Signal<usize>,
    label: [&'static str; 2],
    refusal: Signal<Option<String>>,
) -> AnyView {
    let is_done = memo(move |_| chosen.get() == 0 && run.created_count() > 0);
    let is_running = memo(move |_| run.is_running());
    let refusal = Signal::derive(move || {
        let is_looking = run.is_looking();
        refusal.get().or_else(|| is_looking.then(|| words::create().looking.to_owned()))
    });
    let label = move || {
        if is_running.get() {
            return words::create().creating.to_owned();
        }
        let [one, many] = label;
        fill(plural(chosen.get(), one, many), &[("count", &intl::count(chosen.get()))])
    };
    dynamic(move || {
        (!is_done.get()).then(|| view! { <SubmitButton is_busy=is_running refusal>{dynamic(label)}</SubmitButton> })
    })
}

/// The button that stops a run while it is under way; otherwise what `end` shows in its place.
pub fn end_button(run: CreateRun, end: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_running = memo(move |_| run.is_running());
    dynamic(move || {
        if is_running.get() {
            view! { <Button on_click=move |_| run.stop()>{words::create().import_stop}</Button> }.into_any()
        } else {
            end()
        }
    })
}

/// How many secrets are created so far.
pub fn created_status(run: CreateRun) -> AnyView {
    let text = move || {
        let created = run.created_count();
        let sentence = plural(created, words::create().import_created_one, words::create().import_created);
        (created > 0).then(|| fill(sentence, &[("count", &intl::count(created))]))
    };
    view! { <p class="muted" role="status">{dynamic(text)}</p> }.into_any()
}

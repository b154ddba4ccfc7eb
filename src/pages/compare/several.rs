//! One secret for several workspaces: one value that is entered once, one request for each, a result for each. Shown
//! before anything is sent. The run belongs to the app and goes on when the dialog is closed.

use contract::{MetadataFields, SecretId, SecretText, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::compare::grid::Known;
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::jobs::bulk::Step;
use strongroom_core::route::Route;

use crate::browser::history::{Unsaved, use_navigation};
use crate::browser::{intl, tasks};
use crate::components::permission::why_not_send;
use crate::components::value_input::{ValueHandle, ValueInput};
use crate::pages::compare::comparison::Joined;
use crate::store::writes::{NewSecret, RunId, Writes, use_writes};
use crate::ui::button::{Button, SubmitButton};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{dynamic, handle_event, handle_submit, moving_flag};

/// Whether a secret can be created in a workspace: everything is loaded, and it is missing.
#[must_use]
pub fn is_creatable(joined: &Joined, line: usize, column: usize) -> bool {
    joined.known.get(column) == Some(&Known::Complete) && joined.grid.cell(line, column).times() == 0
}

/// A workspace of the form.
#[derive(Clone)]
pub struct Target {
    pub id: WorkspaceId,
    pub name: String,
    refusal: Signal<Option<String>>,
    is_chosen: RwSignal<bool>,
    created: RwSignal<Option<SecretId>>,
}

impl Target {
    /// Chosen, unless `refusal` says why it can't be created there, as far as the comparison knows.
    #[must_use]
    pub fn new(id: WorkspaceId, name: String, refusal: Option<&'static str>) -> Self {
        let permission = why_not_send(&id);
        let refusal = Signal::derive(move || refusal.map(str::to_owned).or_else(|| permission.get()));
        Self {
            id,
            name,
            refusal,
            is_chosen: RwSignal::new(refusal.with_untracked(Option::is_none)),
            created: RwSignal::new(None),
        }
    }
}

/// The form. A handle.
#[derive(Clone, Copy)]
pub struct Several {
    writes: Writes,
    fields: StoredValue<MetadataFields>,
    /// The workspace whose labels and external ID are taken over.
    like: StoredValue<Option<String>>,
    is_like: RwSignal<bool>,
    targets: StoredValue<Vec<Target>>,
    /// The latest run, and the numbers of its workspaces.
    run: RwSignal<Option<(RunId, Vec<usize>)>>,
}

/// What became of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    None,
    Waiting,
    Creating,
    Created(SecretId),
    Failed(String),
}

impl Several {
    /// To be called by a view.
    #[must_use]
    pub fn new(fields: MetadataFields, like: Option<String>, targets: Vec<Target>) -> Self {
        let several = Self {
            writes: use_writes(),
            is_like: RwSignal::new(like.is_some()),
            like: StoredValue::new(like),
            fields: StoredValue::new(fields),
            targets: StoredValue::new(targets),
            run: RwSignal::new(None),
        };
        // Remembered by the workspace, because a retry is another run.
        tasks::follow(move || {
            for (number, target) in several.targets.get_value().into_iter().enumerate() {
                if let Some(Outcome::Created(id)) = several.step(number)
                    && target.created.with_untracked(Option::is_none)
                {
                    target.created.set(Some(id));
                }
            }
        });
        on_cleanup(move || several.release());
        several
    }

    /// The numbers of the chosen workspaces in which it is not created yet. Tracked.
    #[must_use]
    pub fn chosen(self) -> Vec<usize> {
        let is_chosen = |target: &Target| {
            target.is_chosen.get() && target.created.with(Option::is_none) && target.refusal.with(Option::is_none)
        };
        let targets = self.targets.get_value();
        (0..targets.len()).filter(|number| targets.get(*number).is_some_and(is_chosen)).collect()
    }

    /// Tracked.
    #[must_use]
    pub fn is_running(self) -> bool {
        let run = self.run.with(|run| run.as_ref().map(|(run, _)| *run));
        run.and_then(|run| self.writes.with_run(run, |run| run.is_running())) == Some(true)
    }

    fn created_count(self) -> usize {
        self.targets.get_value().iter().filter(|target| target.created.with(Option::is_some)).count()
    }

    /// Whether it is created wherever it was wanted. Tracked.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.created_count() > 0 && self.chosen().is_empty()
    }

    /// What is sent beside the value.
    fn fields(self) -> MetadataFields {
        let fields = self.fields.get_value();
        if self.is_like.get_untracked() {
            fields
        } else {
            MetadataFields { name: fields.name, ..MetadataFields::default() }
        }
    }

    /// Creates it in the chosen workspaces. The value is in the run only. Returns whether that was possible.
    pub fn start(self, value: Option<SecretText>) -> bool {
        let (chosen, is_running) = untrack(|| (self.chosen(), self.is_running()));
        if is_running || chosen.is_empty() {
            return false;
        }
        let targets = self.targets.get_value();
        let places = chosen.iter().filter_map(|number| targets.get(*number));
        let places = places.map(|target| (target.id.clone(), target.name.clone())).collect();
        self.release();
        let secret = NewSecret { fields: self.fields(), value };
        let run = self.writes.create_in_several(places, secret);
        self.run.set(run.map(|run| (run, chosen)));
        run.is_some()
    }

    pub fn stop(self) {
        if let Some((run, _)) = self.run.get_untracked() {
            self.writes.stop_run(run);
        }
    }

    fn release(self) {
        if let Some(Some((run, _))) = self.run.try_get_untracked() {
            self.writes.unwatch_run(run);
        }
    }

    /// What the latest run made of a workspace. Tracked.
    fn step(self, number: usize) -> Option<Outcome> {
        let (run, place) = self.run.with(|run| {
            let (run, numbers) = run.as_ref()?;
            Some((*run, numbers.iter().position(|of| *of == number)?))
        })?;
        let step = self.writes.with_run(run, |run| {
            let (item, step) = run.work.items().get(place)?;
            Some(match step {
                Step::UnderWay => Outcome::Creating,
                Step::Waiting if run.is_running() => Outcome::Waiting,
                Step::Waiting => Outcome::None,
                Step::Failed(error) => Outcome::Failed(error.explained()),
                Step::Done(_) => Outcome::Created(SecretId::parse(item.id.as_str()).ok()?),
            })
        });
        step.flatten()
    }

    /// What became of a workspace. Tracked.
    #[must_use]
    pub fn outcome(self, number: usize) -> Outcome {
        let created = self.targets.get_value().get(number).and_then(|target| target.created.get());
        created.map(Outcome::Created).or_else(|| self.step(number)).unwrap_or(Outcome::None)
    }
}

/// The dialog.
#[component]
pub fn SeveralForm(
    several: Several,
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let value = ValueHandle::new();
    // Changes with the value, which no signal holds.
    let has_value = RwSignal::new(false);
    let name = several.fields.with_value(|fields| fields.name.clone());
    let is_running = Memo::new(move |_| several.is_running());
    let is_done = Memo::new(move |_| several.is_done());
    let refusal = Signal::derive(move || {
        (several.chosen().is_empty() && !several.is_running()).then(|| words::compare().several_choose.to_owned())
    });
    let is_unsaved = move || has_value.get_untracked() && !is_done.get_untracked() && !is_running.get_untracked();
    use_navigation().guard(move || {
        is_unsaved().then(|| Unsaved { text: words::compare().several_leave.to_owned(), is_kept: false })
    });
    let submit = move || {
        several.start(value.take().filter(|value: &SecretText| !value.is_empty()));
    };
    let escape = move |()| {
        // What is typed goes only with the button.
        if !is_unsaved() {
            on_close.run(());
        }
    };
    let count = several.targets.with_value(Vec::len);
    let rows: Vec<AnyView> = (0..count).map(|number| target(several, number, is_running)).collect();
    let planned = name.clone();
    let plan = move || {
        let count = several.chosen().len();
        (count > 0 && !is_running.get()).then(|| {
            let sentence = plural(count, words::compare().several_plan_one, words::compare().several_plan);
            fill(sentence, &[("count", &intl::count(count)), ("name", &planned)])
        })
    };
    let told = move || {
        let created = several.created_count();
        let sentence = plural(created, words::compare().several_done_one, words::compare().several_done);
        (created > 0).then(|| fill(sentence, &[("count", &intl::count(created))]))
    };
    let label = move || {
        let count = several.chosen().len();
        if is_running.get() {
            words::compare().several_creating.to_owned()
        } else {
            let sentence = plural(count, words::compare().several_create_one, words::compare().several_create);
            fill(sentence, &[("count", &intl::count(count))])
        }
    };
    let end = move || {
        if is_running.get() {
            view! { <Button on_click=move |_| several.stop()>{words::compare().several_stop}</Button> }.into_any()
        } else {
            let text = if is_done.get() { words::common().close } else { words::common().cancel };
            view! { <Button on_click=move |_| on_close.run(())>{text}</Button> }.into_any()
        }
    };
    view! {
        <Dialog
            label=fill(words::compare().several_title, &[("name", &name)])
            id="compare-several"
            on_cancel=escape
            starts_at_heading=true
        >
            <form class="form" on:submit=handle_submit(submit) novalidate>
                {facts(several, is_running)}
                <div hidden=moving_flag(move || is_done.get())>
                    <ValueInput
                        id="several-value"
                        label=words::fields().value
                        value
                        on_change=move |()| has_value.set(value.byte_count() > 0)
                        error=Signal::stored(None::<String>)
                        is_optional=true
                        is_away=is_done
                    />
                    <p class="field-hint">{words::compare().several_value}</p>
                </div>
                <fieldset class="fieldset">
                    <legend class="field-label">{words::compare().several_where}</legend>
                    <ul class="compare-targets">{rows}</ul>
                </fieldset>
                <p class="muted">{dynamic(plan)}</p>
                <p class="muted" role="status">{dynamic(told)}</p>
                <div class="actions">
                    {dynamic(end)}
                    {dynamic(move || (!is_done.get()).then(|| view! {
                        <SubmitButton is_busy=is_running refusal>{dynamic(label)}</SubmitButton>
                    }))}
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The labels and the external ID that are taken over.
fn facts(several: Several, is_running: Memo<bool>) -> AnyView {
    let fields = several.fields.get_value();
    let Some(like) = several.like.get_value() else {
        return ().into_any();
    };
    if fields.labels.is_empty() && fields.external_id.is_none() {
        return view! { <p class="muted">{words::compare().several_plain}</p> }.into_any();
    }
    let chip = |(key, value): (&String, &String)| {
        view! { <li class="chip"><span><span class="chip-key">{marked(key).into_owned()}"="</span>{marked(value).into_owned()}</span></li> }
    };
    let chips: Vec<_> = fields.labels.iter().map(chip).collect();
    let external_id = fields.external_id.as_ref().map(|id| {
        view! { <p><span class="muted">{words::fields().external_id}": "</span><code>{marked(id).into_owned()}</code></p> }
    });
    view! {
        <div class="compare-facts">
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=moving_flag(move || several.is_like.get())
                    disabled=moving_flag(move || is_running.get())
                    on:change=handle_event(move |event| several.is_like.set(event_target_checked(&event)))
                />
                <span>{fill(words::compare().several_like, &[("workspace", &like)])}</span>
            </label>
            {(!chips.is_empty()).then(|| view! { <ul class="chips compare-chips">{chips}</ul> })}
            {external_id}
        </div>
    }
    .into_any()
}

fn target(several: Several, number: usize, is_running: Memo<bool>) -> AnyView {
    let Some(target) = several.targets.with_value(|targets| targets.get(number).cloned()) else {
        return ().into_any();
    };
    let Target { id, name, refusal, is_chosen, created } = target;
    let outcome = Memo::new(move |_| several.outcome(number));
    let is_fixed = move || is_running.get() || refusal.with(Option::is_some) || created.with(Option::is_some);
    let shown = move || match outcome.get() {
        Outcome::None => {
            let refusal = refusal.get().filter(|_| created.with(Option::is_none));
            view! { <span class="muted">{refusal}</span> }.into_any()
        }
        Outcome::Waiting => view! { <span class="muted">{words::compare().several_waiting}</span> }.into_any(),
        Outcome::Creating => view! { <span>{words::compare().several_creating}</span> }.into_any(),
        Outcome::Failed(reason) => view! { <span class="field-error">{reason}</span> }.into_any(),
        Outcome::Created(secret) => {
            let address = Route::Secret(id.clone(), secret).to_path();
            view! { <a href=address>{words::compare().several_created}</a> }.into_any()
        }
    };
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=moving_flag(move || is_chosen.get())
                    disabled=moving_flag(is_fixed)
                    on:change=handle_event(move |event| is_chosen.set(event_target_checked(&event)))
                />
                <bdi>{marked(&name).into_owned()}</bdi>
            </label>
            {dynamic(shown)}
        </li>
    }
    .into_any()
}

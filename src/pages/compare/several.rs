//! One secret for several workspaces: one value that is entered once, one request for each, a result for each. Shown
//! before anything is sent. The run belongs to the app and goes on when the dialog is closed.

use contract::{MetadataFields, SecretText, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::compare::grid::Known;
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::{fill, plural, words};

use crate::browser::tasks::memo;
use crate::browser::history::{Unsaved, use_navigation};
use crate::browser::intl;
use crate::components::create_run::{CreateRun, Outcome, create_button, created_status, end_button, outcome_note};
use crate::components::permission::why_not_send;
use crate::components::value_input::{ValueHandle, ValueInput};
use crate::pages::compare::comparison::Joined;
use crate::store::writes::NewSecret;
use crate::ui::button::Button;
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
        }
    }
}

/// The form. A handle.
#[derive(Clone, Copy)]
pub struct Several {
    fields: StoredValue<MetadataFields>,
    /// The workspace whose labels and external ID are taken over.
    like: StoredValue<Option<String>>,
    is_like: RwSignal<bool>,
    targets: StoredValue<Vec<Target>>,
    pub run: CreateRun,
}

impl Several {
    /// To be called by a view.
    #[must_use]
    pub fn new(fields: MetadataFields, like: Option<String>, targets: Vec<Target>) -> Self {
        Self {
            is_like: RwSignal::new(like.is_some()),
            like: StoredValue::new(like),
            fields: StoredValue::new(fields),
            run: CreateRun::new(targets.len(), |_, _| ()),
            targets: StoredValue::new(targets),
        }
    }

    /// The numbers of the chosen workspaces in which it is not created yet. Tracked.
    #[must_use]
    pub fn chosen(self) -> Vec<usize> {
        let targets = self.targets.get_value();
        let is_chosen = |number: &usize| {
            let is_wanted = |target: &Target| target.is_chosen.get() && target.refusal.with(Option::is_none);
            targets.get(*number).is_some_and(is_wanted) && !self.run.is_created(*number)
        };
        (0..targets.len()).filter(is_chosen).collect()
    }

    /// Whether it is created wherever it was wanted. Tracked.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.run.created_count() > 0 && self.chosen().is_empty()
    }

    /// Whether what would be copied is only the start of a text. Tracked.
    fn is_shortened(self) -> bool {
        self.is_like.track();
        self.fields().is_shortened()
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
        let (chosen, is_running) = untrack(|| (self.chosen(), self.run.is_running()));
        if is_running || chosen.is_empty() {
            return false;
        }
        let targets = self.targets.get_value();
        let places = chosen.iter().filter_map(|number| targets.get(*number));
        let places = places.map(|target| (target.id.clone(), target.name.clone())).collect();
        let secret = NewSecret { fields: self.fields(), value };
        self.run.start(chosen, |writes, lost| writes.create_in_several(places, secret, lost))
    }

    /// What became of a workspace. Tracked.
    #[must_use]
    pub fn outcome(self, number: usize) -> Outcome {
        self.run.outcome(number)
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
    let run = several.run;
    let is_running = memo(move |_| run.is_running());
    let is_done = memo(move |_| several.is_done());
    let refusal = Signal::derive(move || {
        if several.is_shortened() {
            return Some(words::compare().several_shortened.to_owned());
        }
        (several.chosen().is_empty() && !run.is_running()).then(|| words::compare().several_choose.to_owned())
    });
    let is_unsaved = move || has_value.get_untracked() && !is_done.get_untracked() && !is_running.get_untracked();
    let navigation = use_navigation();
    navigation.guard(move || {
        is_unsaved().then(|| Unsaved { text: words::compare().several_leave.to_owned(), is_kept: false })
    });
    let submit = move || {
        several.start(value.take().filter(|value: &SecretText| !value.is_empty()));
    };
    // The value goes with the dialog, so closing it asks like leaving the view.
    let close = move || navigation.ask(move || on_close.run(()));
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
    let label = [words::compare().several_create_one, words::compare().several_create];
    let end = move || {
        let text = if is_done.get() { words::common().close } else { words::common().cancel };
        view! { <Button on_click=move |_| close()>{text}</Button> }.into_any()
    };
    view! {
        <Dialog
            label=fill(words::compare().several_title, &[("name", &name)])
            id="compare-several"
            on_cancel=move |()| close()
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
                {created_status(run)}
                <div class="actions">
                    {end_button(run, end)}
                    {create_button(run, Signal::derive(move || several.chosen().len()), label, refusal)}
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
    let Target { id, name, refusal, is_chosen } = target;
    let outcome = memo(move |_| several.outcome(number));
    let is_fixed = move || is_running.get() || refusal.with(Option::is_some) || several.run.is_created(number);
    let shown = move || outcome_note(several.run, number, outcome.get(), &id, refusal.get());
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

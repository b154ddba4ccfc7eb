//! The fields of a secret as controls.

use contract::FieldPath;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::form::{Form, Input, LabelRow, RowProblem};
use super::words::row_problem;
use crate::text::label::name_error;
use crate::text::{fill, words};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{
    dynamic, handle_click, handle_event, moving_flag, moving_note, moving_text, moving_word, numbered,
};
use crate::ui::field::{Field, TextField, described_by};

/// Name, external ID and labels.
#[component]
pub(super) fn SecretFieldInputs(
    /// The form.
    #[prop(into)]
    form: Signal<Form>,
    /// What the person does to it.
    #[prop(into)]
    on_input: Callback<Input>,
) -> impl IntoView {
    let words = words();
    let name_error = Signal::derive(move || {
        form.with(|form| {
            let own = form.name_problem().map(|problem| name_error(words, problem));
            own.or_else(|| form.violation(FieldPath::Name).map(str::to_owned))
        })
    });
    let external_id_error =
        Signal::derive(move || form.with(|form| form.violation(FieldPath::ExternalId).map(str::to_owned)));
    view! {
        <TextField
            id="name"
            label=words.field_name
            value=Signal::derive(move || form.with(|form| form.name.clone()))
            on_input=move |text| on_input.run(Input::Name(text))
            error=name_error
            is_code=true
        />
        <TextField
            id="external-id"
            label=words.field_external_id
            hint=words.external_id_hint
            value=Signal::derive(move || form.with(|form| form.external_id.clone()))
            on_input=move |text| on_input.run(Input::ExternalId(text))
            error=external_id_error
            is_optional=true
            is_code=true
        />
        <LabelInputs form on_input />
    }
    .into_any()
}

#[component]
fn LabelInputs(form: Signal<Form>, on_input: Callback<Input>) -> impl IntoView {
    let words = words();
    let numbers = Memo::new(move |_| form.with(|form| form.labels.iter().map(|row| row.number).collect::<Vec<_>>()));
    let server_error = move || form.with(|form| form.violation(FieldPath::Labels).map(str::to_owned));
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">{words.field_labels}</legend>
            <p class="field-hint">{words.labels_hint}</p>
            {numbered(move || numbers.get(), move |number| view! { <LabelInput number form on_input /> }.into_any())}
            {dynamic(move || server_error().map(|error| view! { <p class="field-error" role="alert">{error}</p> }))}
            <Button rank=Rank::Quiet on_click=move |_| on_input.run(Input::AddLabel)>
                {words.add_label}
            </Button>
        </fieldset>
    }
    .into_any()
}

#[component]
fn LabelInput(number: u64, form: Signal<Form>, on_input: Callback<Input>) -> impl IntoView {
    let words = words();
    let row = Memo::new(move |_| form.with(|form| form.labels.iter().find(|row| row.number == number).cloned()));
    let text = move |part: fn(&LabelRow) -> &String| row.with(|row| row.as_ref().map(|row| part(row).clone()));
    let problem = Memo::new(move |_| {
        form.with(|form| {
            form.labels
                .iter()
                .find(|row| row.number == number)
                .and_then(|row| form.row_problem(row))
        })
    });
    let error = Memo::new(move |_| problem.get().map(row_problem));
    // Of the two controls, the one that is wrong says so.
    let is_value_wrong = move || matches!(problem.get(), Some(RowProblem::Value(_)));
    let is_key_wrong = move || problem.with(Option::is_some) && !is_value_wrong();
    let error_id = format!("label-{number}-error");
    let key_error = error_id.clone();
    let value_error = error_id.clone();
    view! {
        <div class="label-row">
            <input
                class="input input-code"
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=words.label_key
                placeholder=words.label_key
                aria-invalid=moving_word(move || is_key_wrong().then_some("true"))
                aria-describedby=moving_note(move || is_key_wrong().then(|| key_error.clone()))
                prop:value=moving_text(move || text(|row| &row.key).unwrap_or_default())
                on:input=handle_event(move |event| on_input.run(Input::LabelKey(number, event_target_value(&event))))
            />
            <input
                class="input input-code"
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=words.label_value
                placeholder=words.label_value
                aria-invalid=moving_word(move || is_value_wrong().then_some("true"))
                aria-describedby=moving_note(move || is_value_wrong().then(|| value_error.clone()))
                prop:value=moving_text(move || text(|row| &row.value).unwrap_or_default())
                on:input=handle_event(move |event| on_input.run(Input::LabelValue(number, event_target_value(&event))))
            />
            <button
                type="button"
                class="button button-quiet"
                aria-label=moving_text(move || fill(words.remove_label, &[("key", &text(|row| &row.key).unwrap_or_default())]))
                on:click=handle_click(move |_| on_input.run(Input::RemoveLabel(number)))
            >
                "×"
            </button>
            <p class="field-error label-row-error" id=error_id hidden=moving_flag(move || error.with(Option::is_none))>
                {dynamic(move || error.get())}
            </p>
        </div>
    }
    .into_any()
}

/// The text field for a value. What is in it stays in it: no signal holds it.
#[component]
pub(super) fn ValueInput(
    /// The id of the control.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// The control, which alone holds the value.
    input: NodeRef<Textarea>,
    /// Something was typed; what, is nobody's business yet.
    #[prop(into)]
    on_input: Callback<()>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Whether it may stay empty.
    #[prop(optional)]
    is_optional: bool,
) -> impl IntoView {
    view! {
        <Field id label hint=words().value_hint error is_optional>
            <textarea
                id=id
                class="input input-code input-value"
                rows="4"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                node_ref=input
                aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                aria-describedby=moving_note(move || described_by(id, true, error.with(Option::is_some)))
                on:input=handle_event(move |_| on_input.run(()))
            ></textarea>
        </Field>
    }
    .into_any()
}

//! The fields of a secret as controls.

use contract::FieldPath;
use leptos::prelude::*;

use super::form::{Form, Input, RowProblem};
use super::words::row_problem;
use crate::text::label::name_error;
use crate::text::words;
use crate::ui::field::TextField;
use crate::ui::label::{LabelDraft, LabelEditor, LabelInput, LabelPart};

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
    let numbers = Memo::new(move |_| form.with(|form| form.labels.iter().map(|row| row.number).collect::<Vec<_>>()));
    let server_error = Signal::derive(move || form.with(|form| form.violation(FieldPath::Labels).map(str::to_owned)));
    let draft = Callback::new(move |number: u64| {
        form.with(|form| {
            let Some(row) = form.labels.iter().find(|row| row.number == number) else {
                return LabelDraft::default();
            };
            let problem = form.row_problem(row).map(|problem| {
                let part = match problem {
                    RowProblem::Value(_) => LabelPart::Value,
                    RowProblem::Key(_) | RowProblem::Duplicate => LabelPart::Key,
                };
                (part, row_problem(problem))
            });
            LabelDraft {
                key: row.key.clone(),
                value: row.value.clone(),
                problem,
            }
        })
    });
    let on_input = move |input: LabelInput| {
        on_input.run(match input {
            LabelInput::Add => Input::AddLabel,
            LabelInput::Remove(number) => Input::RemoveLabel(number),
            LabelInput::Type(number, LabelPart::Key, text) => Input::LabelKey(number, text),
            LabelInput::Type(number, LabelPart::Value, text) => Input::LabelValue(number, text),
        });
    };
    view! { <LabelEditor numbers draft error=server_error on_input /> }
}

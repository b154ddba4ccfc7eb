//! The fields for name, external ID and labels of a secret or a workspace.

use contract::{FieldPath, LabelPart};
use leptos::prelude::*;
use strongroom_core::i18n::label::name_error;
use strongroom_core::i18n::words;
use strongroom_core::model::metadata_form::{FormInput, MetadataForm, RowProblem};
use strongroom_core::model::{label_paste, label_words};

use crate::browser::tasks::memo;
use crate::browser::clipboard::Paste;
use crate::browser::pause::Pause;
use crate::browser::tasks;
use crate::components::label_editor::{LabelDraft, LabelEditor, LabelInput};
use crate::components::messages::{row_problem, suspicious_characters};
use crate::ui::erased::dynamic;
use crate::ui::field::TextField;

/// Name, what the resource has besides its metadata, labels and external ID; in two columns where there is space.
#[component]
pub fn MetadataInputs(
    /// The labels in use, for suggestions.
    #[prop(into)]
    known_labels: Callback<(), Vec<(String, String)>>,
    /// The form.
    #[prop(into)]
    form: Signal<MetadataForm>,
    /// The hint of the external ID.
    external_id_hint: &'static str,
    /// Called for each edit.
    #[prop(into)]
    on_input: Callback<FormInput>,
    /// What to point out about a name; asked when typing pauses.
    #[prop(optional, into)]
    warn_of_name: Option<Callback<String, Vec<String>>>,
    /// Shown below the name.
    #[prop(optional, into)]
    name_note: ViewFn,
    /// The fields after the name.
    children: Children,
) -> impl IntoView {
    let external_id_error = Signal::derive(move || {
        form.with(|form| {
            let own = form.external_id_problem().map(name_error);
            own.or_else(|| form.violation(FieldPath::ExternalId).map(str::to_owned))
        })
    });
    let name_error = Signal::derive(move || {
        form.with(|form| {
            let own = form.name_problem().map(name_error);
            own.or_else(|| form.violation(FieldPath::Name).map(str::to_owned))
        })
    });
    let name = Signal::derive(move || form.with(|form| form.name.clone()));
    let external_id = Signal::derive(move || form.with(|form| form.external_id.clone()));
    view! {
        <div class="form-columns">
            <div class="form">
                <WithOddities text=name warn=warn_of_name note=name_note>
                    <TextField
                        id="name"
                        label=words::fields().name
                        value=name
                        on_input=move |text| on_input.run(FormInput::Name(text))
                        error=name_error
                        is_code=true
                    />
                </WithOddities>
                {children()}
            </div>
            <div class="form">
                <LabelInputs known_labels form on_input />
                <WithOddities text=external_id>
                    <TextField
                        id="external-id"
                        label=words::fields().external_id
                        hint=external_id_hint
                        value=external_id
                        on_input=move |text| on_input.run(FormInput::ExternalId(text))
                        error=external_id_error
                        is_optional=true
                        is_code=true
                    />
                </WithOddities>
            </div>
        </div>
    }
    .into_any()
}

/// A text field with warnings about suspicious characters below it. They appear when typing pauses, in space that is
/// reserved for them.
#[component]
fn WithOddities(
    text: Signal<String>,
    #[prop(optional_no_strip)]
    warn: Option<Callback<String, Vec<String>>>,
    #[prop(optional)]
    note: ViewFn,
    children: Children,
) -> impl IntoView {
    let text = memo(move |_| text.get());
    let look = move || {
        let warnings = warn.map(|warn| warn.run(text.get_untracked())).unwrap_or_default();
        let mut lines = text.with_untracked(|text| suspicious_characters(text));
        lines.extend(warnings);
        lines
    };
    let lines = RwSignal::new(look());
    let pause = Pause::until_unmount();
    tasks::follow(move || {
        text.track();
        pause.then(move || {
            let _ = lines.try_set(look());
        });
    });
    let told = move || {
        let line = |line: String| view! { <p>{line}</p> }.into_any();
        lines.get().into_iter().map(line).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="with-findings">
            {children()}
            <div class="findings-space">
                {note.run()}
                <div class="findings" role="status">{dynamic(told)}</div>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn LabelInputs(
    known_labels: Callback<(), Vec<(String, String)>>,
    form: Signal<MetadataForm>,
    on_input: Callback<FormInput>,
) -> impl IntoView {
    // Asked for once, when the user first types.
    let known = StoredValue::new(None::<Vec<(String, String)>>);
    let suggest = Callback::new(move |(number, part): (u64, LabelPart)| {
        known.update_value(|known| {
            known.get_or_insert_with(|| known_labels.run(()));
        });
        let row = form.with_untracked(|form| form.labels.iter().find(|row| row.number == number).cloned());
        let row = row.unwrap_or_default();
        known.with_value(|known| {
            let known = known.as_deref().unwrap_or_default();
            match part {
                LabelPart::Prefix | LabelPart::Key => label_words::keys(known, &row.key),
                LabelPart::Value => label_words::values(known, &row.key, &row.value),
            }
        })
    });
    let paste = Callback::new(move |(number, part, paste): (u64, LabelPart, Paste)| {
        let pasted = label_paste::read(&paste.text)?;
        let end = paste.place.0 + pasted.rest.encode_utf16().count();
        on_input.run(FormInput::Paste(number, part, pasted, paste.place));
        Some(end)
    });
    let numbers = memo(move |_| form.with(|form| form.labels.iter().map(|row| row.number).collect::<Vec<_>>()));
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
            LabelInput::Add => FormInput::AddLabel,
            LabelInput::Remove(number) => FormInput::RemoveLabel(number),
            LabelInput::Type(number, LabelPart::Prefix | LabelPart::Key, text) => FormInput::LabelKey(number, text),
            LabelInput::Type(number, LabelPart::Value, text) => FormInput::LabelValue(number, text),
        });
    };
    view! { <LabelEditor numbers draft error=server_error on_input on_paste=paste suggest /> }
}

/// The violations of fields that the form does not have.
pub fn other_violations(form: &MetadataForm, part: FieldPath) -> AnyView {
    let violation = |violation: &contract::FieldViolation| {
        view! { <li><code>{violation.field.clone()}</code>": "{violation.description.clone()}</li> }
    };
    let items: Vec<_> = form.other_violations(part).map(violation).collect();
    if items.is_empty() {
        ().into_any()
    } else {
        view! { <ul class="field-error">{items}</ul> }.into_any()
    }
}

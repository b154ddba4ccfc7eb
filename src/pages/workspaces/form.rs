//! What the forms for a workspace share: its fields.

use contract::FieldPath;
use contract::long_text::is_shortened;
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::metadata_form::{FormInput, MetadataForm};

use crate::components::metadata_fields::MetadataInputs;
use crate::store::workspaces::use_workspaces;
use crate::ui::field::TextArea;

/// Name, description, labels and external ID.
#[component]
pub fn WorkspaceFields(
    #[prop(into)]
    form: Signal<MetadataForm>,
    #[prop(into)]
    description: Signal<String>,
    #[prop(into)]
    on_input: Callback<FormInput>,
    #[prop(into)]
    on_describe: Callback<String>,
    /// What to point out about a name.
    #[prop(into)]
    warn_of_name: Callback<String, Vec<String>>,
) -> impl IntoView {
    let workspaces = use_workspaces();
    // Their labels are the suggestions.
    let known_labels = move |()| {
        let known = untrack(|| workspaces.all());
        let labels = known.iter().flat_map(|workspace| &workspace.metadata.labels);
        labels.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    let error = Signal::derive(move || {
        let refused = form.with(|form| form.violation(FieldPath::Description).map(str::to_owned));
        let is_shortened = description.with(|description| is_shortened(description));
        refused.or_else(|| is_shortened.then(|| words::workspace_form().description_shortened.to_owned()))
    });
    view! {
        <MetadataInputs
            known_labels
            external_id_hint=words::workspace_form().external_id_hint
            form
            on_input
            warn_of_name
        >
            <TextArea
                id="description"
                label=words::workspaces().description
                value=description
                on_input=on_describe
                error
                is_optional=true
            />
        </MetadataInputs>
    }
    .into_any()
}

//! What will be sent, before it is.

use contract::{FieldChange, Kind, PlannedValue, UpdatePreview};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, secret_words as words};
use strongroom_core::model::edit_flow::{Intent, Step};

use crate::components::error_note::FailureNote;
use crate::components::messages::{change, explained};
use crate::pages::secrets::edit::controller::Editor;
use crate::ui::button::{Button, Rank, SubmitButton};
use crate::ui::erased::dynamic;

/// Field by field and as the request that it will be; of a value only its size.
#[component]
pub fn Review(editor: Editor, refusal: Signal<Option<String>>) -> impl IntoView {
    let words = words();
    let state = editor.state;
    let changes = Memo::new(move |_| match state.with(|state| state.step.clone()) {
        Step::Reviewing(changes) | Step::Saving { changes, .. } => changes,
        _ => Vec::new(),
    });
    let busy = Memo::new(move |_| {
        state.with(|state| match state.step {
            Step::Saving { is_sent: false, .. } => Some(words.checking),
            Step::Saving { is_sent: true, .. } => Some(words.saving),
            _ => None,
        })
    });
    let is_busy = Signal::derive(move || busy.with(Option::is_some));
    // Why one cannot go back now; it is not what is at work.
    let wait = Signal::derive(move || busy.get().map(str::to_owned));
    let failure = dynamic(move || {
        let failure = state.with(|state| state.failure.clone())?;
        let told = if failure.kind() == Kind::NotFound {
            words.gone_meanwhile
        } else {
            words.nothing_sent
        };
        Some(view! {
            <FailureNote explanation=explained(&failure) />
            <p>{told}</p>
        })
    });
    view! {
        <div class="review">
            <h2 id="step-title" tabindex="-1">{words.review_changes}</h2>
            <p>{words.changes_intro}</p>
            <ul class="changes" aria-label=words.changes>
                {dynamic(move || changes.get().iter().map(|it| view! { <li>{change(it)}</li> }).collect_view())}
            </ul>
            <p class="muted">{words.update_mask}": "<code>{dynamic(move || mask(&changes.get()))}</code></p>
            <Request editor changes />
            <p class="field-hint">{words.review_hint}</p>
            {failure}
            <div class="actions">
                <SubmitButton is_busy refusal>
                    {dynamic(move || busy.get().unwrap_or(words.save_changes))}
                </SubmitButton>
                <Button rank=Rank::Secondary refusal=wait on_click=move |_| editor.act(Intent::WentBack)>
                    {words.back_to_editing}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

fn mask(changes: &[FieldChange]) -> String {
    let mask: contract::FieldMask = changes.iter().map(FieldChange::path).collect();
    mask.to_string()
}

/// Method, path and body, with words in the place of the value.
#[component]
fn Request(editor: Editor, changes: Memo<Vec<FieldChange>>) -> impl IntoView {
    let words = words();
    let request = dynamic(move || {
        let bytes = changes.with(|changes| {
            changes.iter().find_map(|change| match change {
                FieldChange::ValueReplaced(bytes) => Some(*bytes),
                _ => None,
            })
        });
        let (workspace, id) = editor.subject();
        let preview = editor.state.with(|state| {
            let planned = state.planned(bytes);
            UpdatePreview::between(&workspace, &id, &state.before.fields, &state.form.fields(), planned)
                .map(|preview| (preview, planned))
        });
        let (preview, planned) = preview?;
        let shown = match planned {
            PlannedValue::Replace(bytes) => {
                let sentence = plural(bytes, words.request_value_one, words.request_value);
                fill(sentence, &[("bytes", &bytes.to_string())])
            }
            PlannedValue::Keep | PlannedValue::Clear => String::new(),
        };
        let line = format!("{} {}", preview.method.as_str(), preview.path);
        let rest = preview.body_after_value;
        Some(view! {
            <pre class="code-block" translate="no">
                {line}"\n"{preview.body}
                {rest.map(|rest| view! { <em class="code-words">{shown}</em>{rest} })}
            </pre>
        })
    });
    view! {
        <details class="request">
            <summary>{words.request}</summary>
            {request}
        </details>
    }
    .into_any()
}

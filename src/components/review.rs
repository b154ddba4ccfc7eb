//! Review of an update before it is sent.

use std::sync::Arc;

use contract::{Failure, FieldChange, Kind, UpdatePreview};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::label_changes::LabelChanges;

use crate::browser::tasks::memo;
use crate::components::error_note::FailureNote;
use crate::components::label_editor::label_chips;
use crate::ui::button::{Button, Rank, SubmitButton};
use crate::ui::erased::dynamic;
use crate::ui::portions::portions;

/// Shows an update field by field and as the request that will be sent; of a value only what is said about it.
#[component]
pub fn Review(
    /// The message for a failed save.
    explain: Arc<dyn Fn(&Failure) -> Explanation + Send + Sync>,
    /// The changes.
    #[prop(into)]
    changes: Signal<Vec<FieldChange>>,
    /// What to point out before it is saved.
    #[prop(optional, into)]
    warning: Signal<Option<String>>,
    /// What is said about a new value.
    #[prop(optional, into)]
    new_value: Signal<String>,
    /// The request.
    #[prop(into)]
    request: Signal<Option<UpdatePreview>>,
    /// Whether the save was sent; `None` if nothing is being saved.
    #[prop(into)]
    is_sent: Signal<Option<bool>>,
    /// Why nothing was sent.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
    /// Why it cannot be saved now.
    refusal: Signal<Option<String>>,
    /// Goes back to the form.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let busy = memo(move |_| is_sent.get().map(|is_sent| if is_sent { words::edit().saving } else { words::edit().checking }));
    let is_busy = Signal::derive(move || busy.with(Option::is_some));
    // Why the user cannot go back now. The button itself is not busy.
    let wait = Signal::derive(move || busy.get().map(str::to_owned));
    let failure = dynamic(move || {
        let failure = failure.get()?;
        let told = if failure.kind() == Kind::NotFound {
            words::secret().gone_meanwhile
        } else {
            words::edit().nothing_sent
        };
        Some(view! {
            <FailureNote explanation=explain(&failure) />
            <p>{told}</p>
        })
    });
    let row = move |change: &FieldChange| row(change, new_value);
    view! {
        <div
            class="review"
            role="group"
            aria-label=words::edit().review_changes
            aria-describedby="review-diff review-warning"
        >
            <div class="diff" id="review-diff">
                <div class="diff-row diff-head" aria-hidden="true">
                    <span>{words::edit().field}</span>
                    <span>{words::edit().before}</span>
                    <span>{words::edit().after}</span>
                </div>
                <ul class="diff-rows" role="list" aria-label=words::edit().changes>
                    {dynamic(move || changes.with(|changes| changes.iter().map(row).collect::<Vec<AnyView>>()))}
                </ul>
            </div>
            {dynamic(move || warning.get().map(|warning| view! { <p class="note note-warning" id="review-warning">{warning}</p> }))}
            <Request request changes />
            <p class="field-hint">{words::edit().review_hint}</p>
            {failure}
            <div class="actions form-footer">
                <SubmitButton is_busy refusal>
                    {dynamic(move || busy.get().unwrap_or(words::edit().save_changes))}
                </SubmitButton>
                <Button rank=Rank::Secondary refusal=wait on_click=move |_| on_back.run(())>
                    {words::edit().back_to_editing}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// A field before and after.
fn row(change: &FieldChange, new_value: Signal<String>) -> AnyView {
    let text = |text: &str| view! { <code>{shown(text).into_owned()}</code> }.into_any();
    let or_absent = |given: &Option<String>| given.as_deref().map_or_else(absent, text);
    let mut rest = None;
    let (name, before, after) = match change {
        FieldChange::Name(before, after) => (words::fields().name, text(before), text(after)),
        FieldChange::ExternalId(before, after) => (words::fields().external_id, or_absent(before), or_absent(after)),
        FieldChange::Description(before, after) => (words::workspaces().description, or_absent(before), or_absent(after)),
        FieldChange::Labels(before, after) => {
            let changes = LabelChanges::between(before, after);
            rest = unchanged(&changes.unchanged);
            (words::fields().labels, signed("−", &changes.removed), signed("+", &changes.added))
        }
        FieldChange::ValueReplaced(_) => (words::fields().value, hidden(), view! { <span>{dynamic(move || new_value.get())}</span> }.into_any()),
        FieldChange::ValueCleared => (words::fields().value, hidden(), view! { <span>{words::edit().value_cleared}</span> }.into_any()),
    };
    view! {
        <li class="diff-row">
            <span class="diff-field">{name}</span>
            <div class="diff-cell diff-before"><span class="diff-label">{words::edit().before}": "</span>{before}</div>
            <div class="diff-cell"><span class="diff-label">{words::edit().after}": "</span>{after}</div>
            {rest}
        </li>
    }
    .into_any()
}

fn absent() -> AnyView {
    view! { <span class="muted">{words::edit().absent}</span> }.into_any()
}

/// A value, which is never shown here.
fn hidden() -> AnyView {
    view! { <span class="muted">"••••••••"</span> }.into_any()
}

/// Labels with a sign in front of each.
fn signed(sign: &'static str, labels: &[(String, String)]) -> AnyView {
    if labels.is_empty() {
        return view! { <span class="muted">"–"</span> }.into_any();
    }
    let class = if sign == "+" { "chip chip-added" } else { "chip chip-removed" };
    let labels = labels.to_vec();
    let chip = move |(key, value): &(String, String)| {
        let value = (!value.is_empty()).then(|| format!("={}", shown(value)));
        view! { <span class=class><span>{sign}" "<span class="chip-key">{shown(key).into_owned()}</span>{value}</span></span> }.into_any()
    };
    let chips = portions(labels.len(), move |index| labels.get(index).map(chip).into_any());
    view! { <span class="chips">{chips}</span> }.into_any()
}

fn unchanged(labels: &[(String, String)]) -> Option<AnyView> {
    let count = labels.len();
    let sentence = plural(count, words::edit().unchanged_one, words::edit().unchanged);
    let summary = fill(sentence, &[("count", &count.to_string())]);
    let chips = label_chips(labels.iter().map(|(key, value)| (key, value)));
    let view = view! { <details class="diff-rest request"><summary>{summary}</summary>{chips}</details> };
    (count > 0).then(|| view.into_any())
}

fn mask(changes: &[FieldChange]) -> String {
    let mask: contract::FieldMask = changes.iter().map(FieldChange::path).collect();
    mask.to_string()
}

/// Method, path and body, with a placeholder instead of the value.
#[component]
pub fn Request(request: Signal<Option<UpdatePreview>>, changes: Signal<Vec<FieldChange>>) -> impl IntoView {
    let request = dynamic(move || {
        let preview = request.get()?;
        let bytes = changes.with(|changes| {
            changes.iter().find_map(|change| match change {
                FieldChange::ValueReplaced(bytes) => Some(*bytes),
                _ => None,
            })
        });
        let shown = bytes.map(|bytes| {
            let sentence = plural(bytes, words::edit().request_value_one, words::edit().request_value);
            fill(sentence, &[("bytes", &bytes.to_string())])
        });
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
            <summary>{words::edit().request}</summary>
            <p class="muted">{words::edit().update_mask}": "<code>{dynamic(move || mask(&changes.get()))}</code></p>
            {request}
        </details>
    }
    .into_any()
}

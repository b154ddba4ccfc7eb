//! Review of an update before it is sent.

use contract::{Failure, FieldChange, Kind, UpdatePreview};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};

use crate::components::error_note::FailureNote;
use crate::components::messages::{change, explained};
use crate::ui::button::{Button, Rank, SubmitButton};
use crate::ui::erased::dynamic;

/// Shows an update field by field and as the request that will be sent; only the size of a value.
#[component]
pub fn Review(
    /// The name of the resource.
    #[prop(into)]
    name: Signal<String>,
    /// The changes.
    #[prop(into)]
    changes: Signal<Vec<FieldChange>>,
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
    let busy = Memo::new(move |_| is_sent.get().map(|is_sent| if is_sent { words::edit().saving } else { words::edit().checking }));
    let is_busy = Signal::derive(move || busy.with(Option::is_some));
    // Why the user cannot go back now. The button itself is not busy.
    let wait = Signal::derive(move || busy.get().map(str::to_owned));
    let intro = move || {
        let count = changes.with(Vec::len);
        let sentence = plural(count, words::edit().changes_intro_one, words::edit().changes_intro);
        fill(sentence, &[("count", &count.to_string()), ("name", &name.get())])
    };
    let failure = dynamic(move || {
        let failure = failure.get()?;
        let told = if failure.kind() == Kind::NotFound {
            words::secret().gone_meanwhile
        } else {
            words::edit().nothing_sent
        };
        Some(view! {
            <FailureNote explanation=explained(&failure) />
            <p>{told}</p>
        })
    });
    view! {
        <div class="review">
            <h2 id="step-title" tabindex="-1">{words::edit().review_changes}</h2>
            <p>{dynamic(intro)}</p>
            <ul class="changes" aria-label=words::edit().changes>
                {dynamic(move || changes.get().iter().map(|it| view! { <li>{change(it)}</li> }).collect_view())}
            </ul>
            <p class="muted">{words::edit().update_mask}": "<code>{dynamic(move || mask(&changes.get()))}</code></p>
            <Request request changes />
            <p class="field-hint">{words::edit().review_hint}</p>
            {failure}
            <div class="actions">
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
            {request}
        </details>
    }
    .into_any()
}

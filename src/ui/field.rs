//! Form fields: a label, a control, a hint and an error that belong together for eyes and screen readers.

use leptos::prelude::*;

use crate::text::words;
use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note, moving_text, moving_word};

/// The parts of a field that are not its control, and the ids that tie them together.
#[component]
pub fn Field(
    /// The id of the control.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with what is in it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it may stay empty.
    #[prop(optional)]
    is_optional: bool,
    /// The control, described by [`described_by`].
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            {is_optional.then(|| view! { <span class="field-optional" aria-hidden="true">{words().optional}</span> })}
            {children()}
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            <p class="field-error" id=format!("{id}-error") hidden=moving_flag(move || error.with(Option::is_none))>
                {dynamic(move || error.get())}
            </p>
        </div>
    }
}

/// What describes the control with this id: its hint and, while there is one, its error.
#[must_use]
pub fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    let hint = has_hint.then(|| format!("{id}-hint"));
    let error = has_error.then(|| format!("{id}-error"));
    let parts: Vec<String> = error.into_iter().chain(hint).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A line of text.
#[component]
pub fn TextField(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// What was typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is wrong with what is in it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it may stay empty.
    #[prop(optional)]
    is_optional: bool,
    /// Whether it holds something to be read character by character.
    #[prop(optional)]
    is_code: bool,
) -> impl IntoView {
    view! {
        <Field id label hint error is_optional>
            <input
                id=id
                class="input"
                class:input-code=is_code
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=moving_text(move || value.get())
                on:input=handle_event(move |event| on_input.run(event_target_value(&event)))
                aria-required=(!is_optional).then_some("true")
                aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                aria-describedby=moving_note(move || described_by(id, !hint.is_empty(), error.with(Option::is_some)))
            />
        </Field>
    }
}

//! Form fields: a label, a control, a hint and an error that belong together for eyes and screen readers.

use leptos::html::Input;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::browser::secret_textarea::SecretTextarea;
use crate::browser::tasks;
use crate::ui::button::IconButton;
use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note, moving_text, moving_word};
use crate::ui::icon::Glyph;

/// The parts of a field that are not its control, and the ids that tie them together: the label names the control, hint
/// and error describe it. The error is in the page only while there is one.
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
    /// How much is in it, such as "12 of 63".
    #[prop(optional_no_strip)]
    counter: Option<Signal<String>>,
    /// The control, described by [`described_by`].
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            {is_optional.then(|| view! { <span class="field-optional" aria-hidden="true">{words::common().optional}</span> })}
            {children()}
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            {counter.map(|counter| view! { <p class="field-counter">{dynamic(move || counter.get())}</p> })}
            <p class="field-error" id=format!("{id}-error") hidden=moving_flag(move || error.with(Option::is_none))>
                {dynamic(move || error.get())}
            </p>
        </div>
    }
    .into_any()
}

/// What describes the control with this id: its hint and, while there is one, its error.
#[must_use]
pub fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    let hint = has_hint.then(|| format!("{id}-hint"));
    let error = has_error.then(|| format!("{id}-error"));
    let parts: Vec<String> = error.into_iter().chain(hint).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A line of text. What is typed is never altered: no trimming, no capitals, no corrections by the browser.
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
    /// The most characters that it may hold: it counts them, and never cuts off what was typed.
    #[prop(optional)]
    most: Option<usize>,
) -> impl IntoView {
    let counter = most.map(|most| counter(value, most));
    view! {
        <Field id label hint error is_optional counter=counter>
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
    .into_any()
}

fn counter(value: Signal<String>, most: usize) -> Signal<String> {
    Signal::derive(move || {
        let count = value.with(|text| text.chars().count());
        fill(
            words::common().counter,
            &[("count", &count.to_string()), ("most", &most.to_string())],
        )
    })
}

/// A line that nobody should read over a shoulder, such as a key: dots until one asks to see it. What is in it stays in
/// the control: no signal holds it, and it is not filled in or kept by the browser.
#[component]
pub fn SecretField(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// The control, which alone holds the text.
    input: NodeRef<Input>,
    /// Something was typed; what, is nobody's business yet.
    #[prop(into)]
    on_input: Callback<()>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    view! {
        <Field id label hint error>
            <div class="input-group">
                <input
                    id=id
                    class="input input-code"
                    type=moving_text(move || if is_shown.get() { "text" } else { "password" }.to_owned())
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    node_ref=input
                    aria-required="true"
                    aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                    aria-describedby=moving_note(move || described_by(id, !hint.is_empty(), error.with(Option::is_some)))
                    on:input=handle_event(move |_| on_input.run(()))
                />
                <ShowOrHide label is_shown />
            </div>
        </Field>
    }
    .into_any()
}

/// Several lines that one types oneself and may hide from whoever looks over the shoulder. What is in it stays in the
/// control, byte for byte: no signal holds it. While it is hidden, the control is empty and cannot be typed in; the
/// focus, and what is pasted, still finds it there.
#[component]
pub fn SecretArea(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// The control, which alone holds the text.
    field: SecretTextarea,
    /// What it says while the text is hidden.
    when_hidden: &'static str,
    /// Something was typed; what, is nobody's business yet.
    #[prop(into)]
    on_input: Callback<()>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it may stay empty.
    #[prop(optional)]
    is_optional: bool,
    /// Whether it is in a part of the page that is hidden. The text is not in the page then either.
    #[prop(optional, into)]
    is_away: Signal<bool>,
    /// The id of what else describes it.
    #[prop(optional)]
    more: String,
) -> impl IntoView {
    let is_shown = field.is_shown();
    tasks::follow(move || {
        if is_shown.get() && !is_away.get() {
            field.show();
        } else {
            field.hide();
        }
    });
    let described = move || {
        let described = described_by(id, !hint.is_empty(), error.with(Option::is_some));
        let more = (!more.is_empty()).then(|| more.clone());
        let parts: Vec<String> = described.into_iter().chain(more).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    view! {
        <Field id label hint error is_optional>
            <div class="input-group">
                <textarea
                    id=id
                    class="input input-code input-area"
                    readonly=moving_flag(move || !is_shown.get())
                    placeholder=moving_note(move || (!is_shown.get()).then(|| when_hidden.to_owned()))
                    rows="4"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    node_ref=field.node_ref()
                    aria-required=(!is_optional).then_some("true")
                    aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                    aria-describedby=moving_note(described)
                    on:input=handle_event(move |_| on_input.run(()))
                ></textarea>
                <ShowOrHide label is_shown />
            </div>
        </Field>
    }
    .into_any()
}

#[component]
fn ShowOrHide(label: &'static str, is_shown: RwSignal<bool>) -> impl IntoView {
    let glyph = Signal::derive(move || if is_shown.get() { Glyph::EYE_OFF } else { Glyph::EYE });
    let name = Signal::derive(move || {
        let sentence = if is_shown.get() {
            words::common().hide_what
        } else {
            words::common().show_what
        };
        fill(sentence, &[("what", label)])
    });
    view! { <IconButton glyph label=name on_click=move |()| is_shown.update(|is_shown| *is_shown = !*is_shown) /> }
}

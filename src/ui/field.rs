//! Form fields: a label, a control, a hint and an error, tied together for screen readers.

use leptos::html::Input;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::browser::secret_textarea::SecretTextarea;
use crate::browser::{page, tasks};
use crate::ui::button::IconButton;
use crate::ui::erased::{Handler, dynamic, handle_event, moving_flag, moving_note, moving_text, moving_word};
use crate::ui::icon::Glyph;

/// A field without its control. The label names the control, hint and error describe it. The error is in the page only
/// while there is one.
#[component]
pub fn Field(
    /// The id of the control.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The hint.
    #[prop(optional)]
    hint: &'static str,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it may be empty.
    #[prop(optional)]
    is_optional: bool,
    /// The length of the text, such as "12 of 63".
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

/// The `aria-describedby` of the control with this id: its hint and, while there is one, its error.
#[must_use]
pub fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    let hint = has_hint.then(|| format!("{id}-hint"));
    let error = has_error.then(|| format!("{id}-error"));
    let parts: Vec<String> = error.into_iter().chain(hint).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A single-line text field. The text is never altered: no trimming, no capitalisation, no corrections by the browser.
#[component]
pub fn TextField(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The hint.
    #[prop(optional)]
    hint: &'static str,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new text.
    #[prop(into)]
    on_input: Callback<String>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it may be empty.
    #[prop(optional)]
    is_optional: bool,
    /// Whether the text is shown in code type.
    #[prop(optional)]
    is_code: bool,
    /// The maximum number of characters: it shows a counter, and never truncates.
    #[prop(optional)]
    most: Option<usize>,
    /// Whether a dialog starts here.
    #[prop(optional)]
    has_focus: bool,
) -> impl IntoView {
    let counter = most.map(|most| counter(value, most));
    view! {
        <Field id label hint error is_optional counter=counter>
            <input
                id=id
                class="input"
                class:input-code=is_code
                type="text"
                autofocus=has_focus
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

/// A multi-line text field. The text is never altered.
#[component]
pub fn TextArea(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new text.
    #[prop(into)]
    on_input: Callback<String>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it may be empty.
    #[prop(optional)]
    is_optional: bool,
) -> impl IntoView {
    view! {
        <Field id label error is_optional>
            <textarea
                id=id
                class="input input-area"
                rows="3"
                prop:value=moving_text(move || value.get())
                on:input=handle_event(move |event| on_input.run(event_target_value(&event)))
                aria-required=(!is_optional).then_some("true")
                aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                aria-describedby=moving_note(move || described_by(id, false, error.with(Option::is_some)))
            ></textarea>
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

/// A masked field, such as for a key, with a button to show it. The text stays in the control and in no signal, and the
/// browser neither fills it in nor stores it: where a style can mask it, it is no password field, because browsers and
/// password managers offer to save what is in one, and fill it in for another server.
#[component]
pub fn SecretField(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The hint.
    #[prop(optional)]
    hint: &'static str,
    /// The control, which alone holds the text.
    input: NodeRef<Input>,
    /// Called on input, without the text.
    #[prop(into)]
    on_input: Callback<()>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let is_masked_by_style = page::can_mask_text();
    input.on_load(|input| page::opt_out_of_aids(&input));
    let kind = move || if is_masked_by_style || is_shown.get() { "text" } else { "password" }.to_owned();
    view! {
        <Field id label hint error>
            <div class="input-group">
                <input
                    id=id
                    class="input input-code"
                    class:input-masked=moving_flag(move || is_masked_by_style && !is_shown.get())
                    type=moving_text(kind)
                    autocomplete=if is_masked_by_style { "off" } else { "new-password" }
                    autocapitalize="off"
                    spellcheck="false"
                    on:copy=handle_copy(is_shown)
                    on:cut=handle_copy(is_shown)
                    node_ref=input
                    aria-required="true"
                    aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                    aria-describedby=moving_note(move || described_by(id, !hint.is_empty(), error.with(Option::is_some)))
                    on:input=handle_event(move |_| on_input.run(()))
                />
                <ShowOrHide label=label.to_owned() is_shown />
            </div>
        </Field>
    }
    .into_any()
}

/// What is masked is not copied either, as in a password field.
fn handle_copy(is_shown: RwSignal<bool>) -> Handler<web_sys::ClipboardEvent> {
    Box::new(move |event| {
        if !is_shown.get_untracked() {
            event.prevent_default();
        }
    })
}

/// A multi-line field whose text can be hidden. The text stays in the control, byte for byte, and in no signal. While
/// hidden, the control is empty and read-only, but can still be focused and pasted into.
#[component]
pub fn SecretArea(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The hint.
    #[prop(optional)]
    hint: &'static str,
    /// The control, which alone holds the text.
    field: SecretTextarea,
    /// The placeholder while the text is hidden.
    when_hidden: &'static str,
    /// Called on input, without the text.
    #[prop(into)]
    on_input: Callback<()>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it may be empty.
    #[prop(optional)]
    is_optional: bool,
    /// Whether it is in a hidden part of the page. The text is not in the page then either.
    #[prop(optional, into)]
    is_away: Signal<bool>,
    /// The id of a further description.
    #[prop(optional)]
    more: String,
) -> impl IntoView {
    let described = Signal::derive(move || {
        let described = described_by(id, !hint.is_empty(), error.with(Option::is_some));
        let more = (!more.is_empty()).then(|| more.clone());
        let parts: Vec<String> = described.into_iter().chain(more).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    view! {
        <Field id label hint error is_optional>
            <SecretControl
                id=id.to_owned()
                label=label.to_owned()
                field
                when_hidden
                on_input
                is_wrong=Signal::derive(move || error.with(Option::is_some))
                is_required=!is_optional
                is_away
                described
                rows="4"
            />
        </Field>
    }
    .into_any()
}

/// The control of a [`SecretArea`] and its button, named by the label of the field around it, or by its own.
#[component]
pub fn SecretControl(
    /// The id of the control, unique in the page.
    id: String,
    /// The name of the text, for the button.
    label: String,
    /// Whether the control is named by that, too, for lack of a label element.
    #[prop(optional)]
    is_own_name: bool,
    /// The control, which alone holds the text.
    field: SecretTextarea,
    /// The placeholder while the text is hidden.
    when_hidden: &'static str,
    /// Called on input, without the text.
    on_input: Callback<()>,
    /// Whether the text is invalid.
    is_wrong: Signal<bool>,
    /// Whether it must not be empty.
    is_required: bool,
    /// Whether it is in a hidden part of the page. The text is not in the page then either.
    #[prop(optional, into)]
    is_away: Signal<bool>,
    /// The ids of its descriptions.
    described: Signal<Option<String>>,
    /// The height in lines.
    rows: &'static str,
) -> impl IntoView {
    let is_shown = field.is_shown();
    field.node_ref().on_load(|field| page::opt_out_of_aids(&field));
    tasks::follow(move || {
        if is_shown.get() && !is_away.get() {
            field.show();
        } else {
            field.hide();
        }
    });
    view! {
        <div class="input-group">
            <textarea
                id=id
                class="input input-code input-area"
                readonly=moving_flag(move || !is_shown.get())
                placeholder=moving_note(move || (!is_shown.get()).then(|| when_hidden.to_owned()))
                rows=rows
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                node_ref=field.node_ref()
                aria-label=is_own_name.then(|| label.clone())
                aria-required=is_required.then_some("true")
                aria-invalid=moving_word(move || is_wrong.get().then_some("true"))
                aria-describedby=moving_note(move || described.get())
                on:input=handle_event(move |_| on_input.run(()))
            ></textarea>
            <ShowOrHide label is_shown />
        </div>
    }
    .into_any()
}

#[component]
fn ShowOrHide(label: String, is_shown: RwSignal<bool>) -> impl IntoView {
    let glyph = Signal::derive(move || if is_shown.get() { Glyph::EYE_OFF } else { Glyph::EYE });
    let name = Signal::derive(move || {
        let sentence = if is_shown.get() {
            words::common().hide_what
        } else {
            words::common().show_what
        };
        fill(sentence, &[("what", &label)])
    });
    view! { <IconButton glyph label=name on_click=move |()| is_shown.update(|is_shown| *is_shown = !*is_shown) /> }
}

//! Labels: to read and to edit.

use leptos::prelude::*;

use crate::text::{fill, words};
use crate::ui::button::{Button, IconButton, Rank};
use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note, moving_text, moving_word, numbered};
use crate::ui::icon::Glyph;
use crate::web::page;

/// A label as it is read: `key=value`, or the key alone. With `on_remove` it can be taken away.
#[component]
pub fn LabelChip(
    /// The key.
    name: String,
    /// The value; may be empty.
    value: String,
    /// Takes it away.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
) -> impl IntoView {
    let remove = on_remove.map(|on_remove| {
        let label = fill(words().remove_label, &[("key", &name)]);
        view! { <IconButton glyph=Glyph::CLOSE label on_click=on_remove /> }
    });
    let value = (!value.is_empty()).then(|| format!("={value}"));
    view! { <span class="chip"><span><span class="chip-key">{name}</span>{value}</span>{remove}</span> }.into_any()
}

/// The labels of one thing, as chips.
pub fn label_chips<'a>(labels: impl Iterator<Item = (&'a String, &'a String)>) -> AnyView {
    let chips: Vec<AnyView> = labels
        .map(|(name, value)| view! { <LabelChip name=name.clone() value=value.clone() /> }.into_any())
        .collect();
    view! { <span class="chips">{chips}</span> }.into_any()
}

/// A label while it is edited: what is typed, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelDraft {
    /// The key as typed.
    pub key: String,
    /// The value as typed.
    pub value: String,
    /// What is wrong, and with which of the two.
    pub problem: Option<(LabelPart, String)>,
}

/// One of the two parts of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelPart {
    /// What stands before the equals sign.
    Key,
    /// What stands behind it.
    Value,
}

/// What a person does to labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelInput {
    /// Wants one more.
    Add,
    /// Wants this one gone.
    Remove(u64),
    /// Types a part of this one.
    Type(u64, LabelPart, String),
}

/// The labels of one thing, to be edited: a key and a value in each row. Adding a row moves the focus into it, taking one
/// away moves it to the button that adds. What is wrong stands under its row and belongs to the control it is about.
#[component]
pub fn LabelEditor(
    /// The rows by their numbers, in order; a row keeps its number.
    #[prop(into)]
    numbers: Signal<Vec<u64>>,
    /// What is in a row.
    draft: Callback<u64, LabelDraft>,
    /// What is wrong with all of them.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What the person does.
    #[prop(into)]
    on_input: Callback<LabelInput>,
) -> impl IntoView {
    let words = words();
    let add = move |_| {
        on_input.run(LabelInput::Add);
        request_animation_frame(|| page::focus_first(".label-row:last-of-type .input"));
    };
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">{words.field_labels}</legend>
            <p class="field-hint">{words.labels_hint}</p>
            {numbered(move || numbers.get(), move |number| view! { <LabelRow number draft on_input /> }.into_any())}
            {dynamic(move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> }))}
            <Button rank=Rank::Quiet glyph=Glyph::PLUS on_click=add>{words.add_label}</Button>
        </fieldset>
    }
    .into_any()
}

#[component]
fn LabelRow(number: u64, draft: Callback<u64, LabelDraft>, on_input: Callback<LabelInput>) -> impl IntoView {
    let words = words();
    let draft = Memo::new(move |_| draft.run(number));
    let error = Memo::new(move |_| draft.with(|draft| draft.problem.as_ref().map(|(_, problem)| problem.clone())));
    let error_id = format!("label-{number}-error");
    let part = |part: LabelPart, name: &'static str| {
        let is_wrong = move || draft.with(|draft| draft.problem.as_ref().is_some_and(|(wrong, _)| *wrong == part));
        let text = move || {
            draft.with(|draft| match part {
                LabelPart::Key => draft.key.clone(),
                LabelPart::Value => draft.value.clone(),
            })
        };
        let error_id = error_id.clone();
        view! {
            <input
                class="input input-code"
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=name
                placeholder=name
                aria-invalid=moving_word(move || is_wrong().then_some("true"))
                aria-describedby=moving_note(move || is_wrong().then(|| error_id.clone()))
                prop:value=moving_text(text)
                on:input=handle_event(move |event| on_input.run(LabelInput::Type(number, part, event_target_value(&event))))
            />
        }
        .into_any()
    };
    let remove = move |()| {
        on_input.run(LabelInput::Remove(number));
        request_animation_frame(|| page::focus_first(".fieldset:has(legend + .field-hint) > .button"));
    };
    let label = Signal::derive(move || draft.with(|draft| fill(words.remove_label, &[("key", &draft.key)])));
    view! {
        <div class="label-row">
            {part(LabelPart::Key, words.label_key)}
            {part(LabelPart::Value, words.label_value)}
            <IconButton glyph=Glyph::CLOSE label on_click=remove />
            <p class="field-error label-row-error" id=error_id.clone() hidden=moving_flag(move || error.with(Option::is_none))>
                {dynamic(move || error.get())}
            </p>
        </div>
    }
    .into_any()
}

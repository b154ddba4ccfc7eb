//! Checkboxes, radio groups and selects.

use leptos::prelude::*;

use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note, moving_word};
use crate::ui::icon::{Glyph, icon};

/// A checkbox. The whole line is clickable, and the hint is its description.
#[component]
pub fn Checkbox(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The hint.
    #[prop(optional)]
    hint: &'static str,
    /// Whether it is ticked.
    #[prop(into)]
    is_checked: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <div class="choice">
            <label class="check" for=id>
                <input
                    id=id
                    type="checkbox"
                    aria-describedby=described
                    prop:checked=moving_flag(move || is_checked.get())
                    on:change=handle_event(move |event| on_change.run(event_target_checked(&event)))
                />
                {label}
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// An option of a [`RadioGroup`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choice {
    /// The id of its control, unique in the page.
    pub id: &'static str,
    /// The label.
    pub label: &'static str,
    /// The hint; may be empty.
    pub hint: &'static str,
    /// An icon before the label; only in segments.
    pub glyph: Option<Glyph>,
}

/// The layout of a [`RadioGroup`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// A vertical list with hints.
    #[default]
    List,
    /// A segmented control, for two or three short words.
    Segments,
}

/// A radio group. Arrow keys move and select, as usual.
#[component]
pub fn RadioGroup(
    /// The name of the controls, unique in the page.
    name: &'static str,
    /// The label of the group.
    label: &'static str,
    /// The options.
    choices: Vec<Choice>,
    /// The index of the selected option.
    #[prop(into)]
    chosen: Signal<usize>,
    /// Called with the index of the new option.
    #[prop(into)]
    on_choose: Callback<usize>,
    /// The layout.
    #[prop(optional)]
    shape: Shape,
    /// The error. In the page only while there is one.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let label_id = format!("{name}-label");
    let labelled_by = label_id.clone();
    let error_id = format!("{name}-error");
    let described_by = error_id.clone();
    let radio = move |(index, choice): (usize, Choice)| {
        let described = (!choice.hint.is_empty()).then(|| format!("{}-hint", choice.id));
        let hint_id = described.clone();
        let control = view! {
            <input
                id=choice.id
                type="radio"
                name=name
                aria-describedby=described
                prop:checked=moving_flag(move || chosen.get() == index)
                on:change=handle_event(move |_| on_choose.run(index))
            />
        };
        match shape {
            Shape::List => view! {
                <div class="choice">
                    <label class="check" for=choice.id>{control}{choice.label}</label>
                    {hint_id.map(|id| view! { <p class="field-hint" id=id>{choice.hint}</p> })}
                </div>
            }
            .into_any(),
            Shape::Segments => view! {
                <label class="segment" for=choice.id>
                    {control}
                    <span>{choice.glyph.map(icon)}{choice.label}</span>
                </label>
            }
            .into_any(),
        }
    };
    let radios: Vec<AnyView> = choices.into_iter().enumerate().map(radio).collect();
    let class = match shape {
        Shape::List => "choices",
        Shape::Segments => "segments",
    };
    view! {
        <fieldset
            class="fieldset"
            role="radiogroup"
            // Focusable while invalid, because the focus moves to the first error.
            tabindex=moving_word(move || error.with(Option::is_some).then_some("-1"))
            aria-labelledby=labelled_by
            aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
            aria-describedby=moving_note(move || error.with(Option::is_some).then(|| described_by.clone()))
        >
            <legend class="field-label" id=label_id>{label}</legend>
            <div class=class>{radios}</div>
            {dynamic(move || {
                let id = error_id.clone();
                error.get().map(|error| view! { <p class="field-error" id=id>{error}</p> })
            })}
        </fieldset>
    }
    .into_any()
}

/// An option of a [`Select`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// The value.
    pub value: String,
    /// The text.
    pub text: String,
    /// The language of the text, if it is not that of the page.
    pub language: Option<&'static str>,
}

/// A native select.
#[component]
pub fn Select(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// Whether the label is only for screen readers, because the options explain themselves.
    #[prop(optional)]
    is_label_hidden: bool,
    /// The options.
    options: Vec<SelectOption>,
    /// The selected value.
    #[prop(into)]
    chosen: Signal<String>,
    /// Called with the new value.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let option = |option: SelectOption| {
        let value = option.value.clone();
        let is_chosen = moving_flag(move || chosen.with(|chosen| *chosen == value));
        view! { <option value=option.value lang=option.language prop:selected=is_chosen>{option.text}</option> }
            .into_any()
    };
    let options: Vec<AnyView> = options.into_iter().map(option).collect();
    let control = view! {
        <select
            id=id
            class="input"
            class:input-small=is_label_hidden
            aria-label=is_label_hidden.then_some(label)
            on:change=handle_event(move |event| on_choose.run(event_target_value(&event)))
        >
            {options}
        </select>
    };
    if is_label_hidden {
        return control.into_any();
    }
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            {control}
        </div>
    }
    .into_any()
}

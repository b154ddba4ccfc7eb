//! Choosing: a checkbox, one of a few, one of many.

use leptos::prelude::*;

use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note, moving_word};
use crate::ui::icon::{Glyph, icon};

/// Yes or no. The whole line can be pressed, and the hint is its description.
#[component]
pub fn Checkbox(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// What it means.
    #[prop(optional)]
    hint: &'static str,
    /// Whether it is ticked.
    #[prop(into)]
    is_checked: Signal<bool>,
    /// What the person wants.
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

/// One of the things to choose from in a [`RadioGroup`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choice {
    /// The id of its control, unique in the page.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it means; may be empty.
    pub hint: &'static str,
    /// A picture before the name; only in segments.
    pub glyph: Option<Glyph>,
}

/// How a [`RadioGroup`] looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// One below the other, with hints.
    #[default]
    List,
    /// Side by side in one frame, for two or three short words.
    Segments,
}

/// Exactly one of a few. Arrows move and choose, as in every radio group of the browser.
#[component]
pub fn RadioGroup(
    /// The name of the group of controls, unique in the page.
    name: &'static str,
    /// What is asked.
    label: &'static str,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// Which is chosen, counted from 0.
    #[prop(into)]
    chosen: Signal<usize>,
    /// What the person wants, counted from 0.
    #[prop(into)]
    on_choose: Callback<usize>,
    /// How it looks.
    #[prop(optional)]
    shape: Shape,
    /// What is wrong with what is chosen. It is in the page only while there is something.
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
            // The focus goes there where something is wrong.
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

/// One of the things to choose from in a [`Select`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// What stands for it.
    pub value: String,
    /// What it is called.
    pub text: String,
    /// In which language it is called that, where not in the one of the page.
    pub language: Option<&'static str>,
}

/// Exactly one of many, by the browser's own control.
#[component]
pub fn Select(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// Whether only a screen reader is told what it is called: where the choice says it.
    #[prop(optional)]
    is_label_hidden: bool,
    /// What there is to choose from.
    options: Vec<SelectOption>,
    /// What is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// What the person wants.
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

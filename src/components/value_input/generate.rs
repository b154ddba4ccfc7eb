//! Generates a value.

use contract::SecretText;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::value_generator::{Alphabet, LONGEST, Recipe};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

use crate::browser::{intl, keyboard, random};
use crate::ui::button::Button;
use crate::ui::choice::{Select, SelectOption};
use crate::ui::erased::dynamic;
use crate::ui::number_field::NumberField;

/// Length, alphabet, entropy, and the button.
#[component]
pub fn Generator(
    /// Takes the generated value and the message about it.
    put: Callback<(SecretText, String)>,
    /// Takes the reason if no value could be generated.
    #[prop(into)]
    on_failure: Callback<String>,
) -> impl IntoView {
    let recipe = RwSignal::new(Recipe {
        length: 32,
        alphabet: Alphabet::default(),
    });
    let with_bits = move |sentence: &str, recipe: Recipe| fill(sentence, &[("bits", &intl::count(recipe.entropy_bits()))]);
    let generate = move || {
        let recipe = recipe.get_untracked();
        // The number field shows what is wrong with the length.
        if recipe.length == 0 {
            return;
        }
        match recipe.generate(&mut random::fill) {
            Some(value) => put.run((value, with_bits(words::value_input().generated, recipe))),
            None => on_failure.run(words::value_input().not_generated.to_owned()),
        }
    };
    // Enter in the length generates; it must not submit the form around the panel.
    let on_key: Box<dyn FnMut(KeyboardEvent) + Send> = Box::new(move |event| {
        let is_in_input = event
            .target()
            .is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some());
        if keyboard::key_of(&event) == "Enter" && is_in_input {
            event.prevent_default();
            generate();
        }
    });
    let options = [words::value_input().alphabet_letters_and_digits, words::value_input().alphabet_symbols]
        .iter()
        .enumerate()
        .map(|(index, name)| SelectOption {
            value: index.to_string(),
            text: (*name).to_owned(),
            language: None,
        })
        .collect();
    let chosen = move || {
        let alphabet = recipe.get().alphabet;
        let index = Alphabet::ALL.iter().position(|it| *it == alphabet);
        index.unwrap_or_default().to_string()
    };
    let on_choose = move |index: String| {
        let alphabet = index.parse().ok().and_then(|index: usize| Alphabet::ALL.get(index));
        recipe.update(|recipe| recipe.alphabet = alphabet.copied().unwrap_or_default());
    };
    view! {
        <details class="generator">
            <summary>{words::value_input().generate_title}</summary>
            <div class="generator-body" on:keydown=on_key>
                <NumberField
                    id="generate-length"
                    label=words::value_input().generate_length
                    value=Signal::derive(move || recipe.get().length)
                    on_input=move |length| recipe.update(|recipe| recipe.length = length)
                    most=LONGEST
                />
                <Select
                    id="generate-alphabet"
                    label=words::value_input().generate_alphabet
                    options
                    chosen=Signal::derive(chosen)
                    on_choose
                />
                <p class="field-hint">{dynamic(move || with_bits(words::value_input().generate_bits, recipe.get()))}</p>
                <div class="actions"><Button on_click=move |_| generate()>{words::value_input().generate}</Button></div>
                <p class="field-hint">{words::value_input().generate_hint}</p>
            </div>
        </details>
    }
    .into_any()
}

//! Makes a value by chance.

use contract::SecretText;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, secret_words as words};
use strongroom_core::model::value_generator::{Alphabet, MOST, Recipe};

use crate::browser::{intl, random};
use crate::ui::button::Button;
use crate::ui::choice::{Choice, RadioGroup, Select, SelectOption, Shape};
use crate::ui::erased::{When, dynamic};
use crate::ui::number_field::NumberField;

/// What can stand between words; none of it means anything to a shell.
const SEPARATORS: [char; 4] = ['-', '.', '_', ' '];

/// What a person has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wanted {
    has_words: bool,
    length: usize,
    alphabet: usize,
    count: usize,
    separator: usize,
}

impl Wanted {
    /// More than 128 bits, which nobody can guess, and 60 for what has to be read out.
    const FIRST: Self = Self {
        has_words: false,
        length: 32,
        alphabet: 0,
        count: 6,
        separator: 0,
    };

    fn recipe(self) -> Recipe {
        if self.has_words {
            Recipe::Words {
                count: self.count,
                separator: SEPARATORS.get(self.separator).copied().unwrap_or('-'),
            }
        } else {
            Recipe::Characters {
                length: self.length,
                alphabet: Alphabet::ALL.get(self.alphabet).copied().unwrap_or_default(),
            }
        }
    }
}

/// Asks what to make, says how hard it is to guess, and makes it.
#[component]
pub fn Generator(
    /// Takes what was made, and what is said of it.
    put: Callback<(SecretText, String)>,
    /// Nothing could be made, and why.
    #[prop(into)]
    on_failure: Callback<String>,
) -> impl IntoView {
    let words = words();
    let wanted = RwSignal::new(Wanted::FIRST);
    let bits = move || fill(words.generate_bits, &[("bits", &whole_bits(&wanted.get().recipe()))]);
    let make = move || {
        let recipe = wanted.get_untracked().recipe();
        // What is no number is told at its field.
        if recipe.bits() < 1.0 {
            return;
        }
        match recipe.make(&mut random::fill) {
            Some(value) => put.run((value, fill(words.generated, &[("bits", &whole_bits(&recipe))]))),
            None => on_failure.run(words.not_generated.to_owned()),
        }
    };
    // Enter in a number makes a value; it must not send the form that the panel is in.
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(move |event| {
        let is_in_number = event.target().is_some_and(|target| {
            use wasm_bindgen::JsCast;
            target.dyn_ref::<web_sys::HtmlInputElement>().is_some()
        });
        if event.key() == "Enter" && is_in_number {
            event.prevent_default();
            make();
        }
    });
    let kinds = vec![
        choice("generate-characters", words.generate_characters),
        choice("generate-words", words.generate_words),
    ];
    view! {
        <details class="generator">
            <summary>{words.generate_title}</summary>
            <div class="generator-body" on:keydown=on_key>
                <RadioGroup
                    name="generate-kind"
                    label=words.generate_kind
                    choices=kinds
                    chosen=Signal::derive(move || usize::from(wanted.get().has_words))
                    on_choose=move |index| wanted.update(|wanted| wanted.has_words = index == 1)
                    shape=Shape::Segments
                />
                <When
                    condition=Signal::derive(move || wanted.get().has_words)
                    otherwise=move || view! { <OfCharacters wanted /> }
                >
                    <OfWords wanted />
                </When>
                <p class="field-hint">{dynamic(bits)}</p>
                <div class="actions"><Button on_click=move |_| make()>{words.generate}</Button></div>
                <p class="field-hint">{words.generate_hint}</p>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn OfCharacters(wanted: RwSignal<Wanted>) -> impl IntoView {
    let words = words();
    let names = [
        words.alphabet_letters_and_digits,
        words.alphabet_symbols,
        words.alphabet_url_safe,
        words.alphabet_hex,
        words.alphabet_digits,
        words.alphabet_lower,
        words.alphabet_upper,
    ];
    view! {
        <NumberField
            id="generate-length"
            label=words.generate_length
            value=Signal::derive(move || wanted.get().length)
            on_input=move |length| wanted.update(|wanted| wanted.length = length)
            most=MOST
        />
        <Select
            id="generate-alphabet"
            label=words.generate_alphabet
            options=options(&names)
            chosen=Signal::derive(move || wanted.get().alphabet.to_string())
            on_choose=move |text: String| wanted.update(|wanted| wanted.alphabet = text.parse().unwrap_or_default())
        />
    }
    .into_any()
}

#[component]
fn OfWords(wanted: RwSignal<Wanted>) -> impl IntoView {
    let words = words();
    let names = [
        words.separator_hyphen,
        words.separator_dot,
        words.separator_underscore,
        words.separator_space,
    ];
    view! {
        <NumberField
            id="generate-count"
            label=words.generate_count
            value=Signal::derive(move || wanted.get().count)
            on_input=move |count| wanted.update(|wanted| wanted.count = count)
            most=MOST
        />
        <Select
            id="generate-separator"
            label=words.generate_separator
            options=options(&names)
            chosen=Signal::derive(move || wanted.get().separator.to_string())
            on_choose=move |text: String| wanted.update(|wanted| wanted.separator = text.parse().unwrap_or_default())
        />
    }
    .into_any()
}

fn choice(id: &'static str, label: &'static str) -> Choice {
    Choice {
        id,
        label,
        ..Choice::default()
    }
}

/// The names of what can be chosen, by their numbers.
fn options(names: &[&'static str]) -> Vec<SelectOption> {
    let option = |(number, name): (usize, &&'static str)| SelectOption {
        value: number.to_string(),
        text: (*name).to_owned(),
        language: None,
    };
    names.iter().enumerate().map(option).collect()
}

fn whole_bits(recipe: &Recipe) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most ten thousand bits, and a part of one counts for none"
    )]
    let bits = recipe.bits() as usize;
    intl::count(bits)
}

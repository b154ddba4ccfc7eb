//! A field for a number.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::ui::erased::{handle_event, moving_note, moving_text, moving_word};
use crate::ui::field::{Field, described_by};

/// A field for a whole number from 1 to a maximum. Other input is kept as typed, shown as an error and reported as 0.
#[component]
pub fn NumberField(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// The number.
    #[prop(into)]
    value: Signal<usize>,
    /// Called with the number, or 0 if it is invalid.
    #[prop(into)]
    on_input: Callback<usize>,
    /// The maximum.
    most: usize,
) -> impl IntoView {
    let typed = RwSignal::new(value.get_untracked().to_string());
    let read = move |text: &str| text.trim().parse().ok().filter(|number| (1..=most).contains(number));
    let error = Signal::derive(move || {
        let is_wrong = typed.with(|typed| read(typed).is_none());
        is_wrong.then(|| fill(words::common().number_from_to, &[("most", &most.to_string())]))
    });
    let take = move |text: String| {
        on_input.run(read(&text).unwrap_or_default());
        typed.set(text);
    };
    view! {
        <Field id label error>
            <input
                id=id
                class="input"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                prop:value=moving_text(move || typed.get())
                on:input=handle_event(move |event| take(event_target_value(&event)))
                aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                aria-describedby=moving_note(move || described_by(id, false, error.with(Option::is_some)))
            />
        </Field>
    }
    .into_any()
}

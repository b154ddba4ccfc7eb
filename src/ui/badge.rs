//! Small words in a frame.

use leptos::prelude::*;

/// What a badge's colour means; the word says it too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// To be careful with.
    Caution,
}

/// A word in a frame.
#[component]
pub fn Badge(
    /// What its colour means.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let class = match tone {
        Tone::Plain => "badge",
        Tone::Good => "badge badge-good",
        Tone::Caution => "badge badge-caution",
    };
    view! { <span class=class>{text}</span> }
}

/// A key and its value.
#[component]
pub fn Pair(
    /// The key.
    name: String,
    /// The value; may be empty.
    value: String,
) -> impl IntoView {
    let value = (!value.is_empty()).then(|| view! { <span class="chip-value">{format!("={value}")}</span> });
    view! { <span class="chip"><span class="chip-key">{name}</span>{value}</span> }
}

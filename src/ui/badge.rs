//! Small words in a frame.

use leptos::prelude::*;

/// What a colour means; a word beside it says it too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// As it should be.
    Success,
    /// To be careful with.
    Warning,
}

impl Tone {
    /// A dot in this tone. It says nothing to a screen reader: a word must stand beside it.
    pub fn dot(self) -> AnyView {
        let class = match self {
            Self::Plain => "dot",
            Self::Success => "dot dot-success",
            Self::Warning => "dot dot-warning",
        };
        view! { <span class=class aria-hidden="true"></span> }.into_any()
    }
}

/// A word in a frame: the state of a thing, never something to press.
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
        Tone::Success => "badge badge-success",
        Tone::Warning => "badge badge-warning",
    };
    view! { <span class=class>{text}</span> }.into_any()
}

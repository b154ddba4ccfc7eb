//! Badges.

use leptos::prelude::*;

/// The meaning of a colour; a word next to it says the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neutral.
    #[default]
    Plain,
    /// Good.
    Success,
    /// Needs attention.
    Warning,
}

impl Tone {
    /// A dot in this tone. Hidden from screen readers, so a word must stand next to it.
    pub fn dot(self) -> AnyView {
        let class = match self {
            Self::Plain => "dot",
            Self::Success => "dot dot-success",
            Self::Warning => "dot dot-warning",
        };
        view! { <span class=class aria-hidden="true"></span> }.into_any()
    }
}

/// A word in a frame, such as a status. Not interactive.
#[component]
pub fn Badge(
    /// The meaning of its colour.
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

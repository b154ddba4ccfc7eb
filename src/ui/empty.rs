//! The empty state of a view.

use leptos::prelude::*;

use crate::ui::icon::{Glyph, icon};

/// Says that there is nothing, why, and what to do.
#[component]
pub fn Empty(
    /// An icon above it.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// The title; omitted if the heading of the view says it.
    #[prop(optional, into)]
    title: String,
    /// Why, or what to do; may be empty.
    #[prop(into)]
    text: String,
    /// Links or buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {glyph.map(icon)}
            {(!title.is_empty()).then(|| view! { <p class="empty-title">{title}</p> })}
            {(!text.is_empty()).then(|| view! { <p class="empty-text">{text}</p> })}
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

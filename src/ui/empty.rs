//! What a view shows when there is nothing to show.

use leptos::prelude::*;

/// Says that there is nothing, why, and what one can do.
#[component]
pub fn Empty(
    /// That there is nothing; left out where the heading of the view says so.
    #[prop(optional)]
    title: &'static str,
    /// Why, or what to do.
    #[prop(into)]
    text: String,
    /// The way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {(!title.is_empty()).then(|| view! { <p class="empty-title">{title}</p> })}
            <p class="empty-text">{text}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

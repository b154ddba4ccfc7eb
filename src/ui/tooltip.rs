//! Tooltips.

use leptos::prelude::*;

/// What is said about a thing when it is pointed at or has the focus. Escape takes it away ([`crate::browser::keyboard`]).
///
/// It is for what is *not* a control: it takes the focus itself, so that it can be read without a mouse. Controls carry
/// their tooltip as an attribute, as [`crate::ui::button::IconButton`] does. Its text is the thing's description for a screen
/// reader.
#[component]
pub fn Tooltip(
    /// What is said.
    #[prop(into)]
    text: String,
    /// What it is said about: a word or two.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="tip" tabindex="0" data-tip=text.clone() aria-description=text>
            {children()}
        </span>
    }
    .into_any()
}

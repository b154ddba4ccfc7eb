//! Facts about one thing.

use leptos::prelude::*;

/// A description list.
#[component]
pub fn Facts(
    /// [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact: what it is called and what it is.
#[component]
pub fn Fact(
    /// What it is called.
    name: &'static str,
    /// What it is.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

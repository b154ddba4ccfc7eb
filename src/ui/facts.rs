//! Description lists.

use leptos::prelude::*;

/// A description list.
#[component]
pub fn Facts(
    /// Whether a value is below its name instead of beside it.
    #[prop(optional)]
    is_stacked: bool,
    /// [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts" class:facts-stacked=is_stacked>{children()}</dl> }
}

/// An entry: a name and a value.
#[component]
pub fn Fact(
    /// The name.
    name: &'static str,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

//! Buttons.

use crate::ui::erased::{handle_click, moving_flag, moving_note, moving_word};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// How much a button stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rank {
    /// The one thing to do here.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Something that destroys.
    Danger,
    /// Part of a sentence or a dense row.
    Quiet,
}

impl Rank {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// A button that does something on this page. One that cannot act stays where it is and says why.
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    rank: Rank,
    /// What happens.
    #[prop(into)]
    on_click: Callback<MouseEvent>,
    /// It is at work: a second click does nothing.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// Why it cannot act now.
    #[prop(optional, into)]
    refusal: Signal<Option<String>>,
    /// The key that presses it from anywhere in the view.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    // Not `disabled`: that would take the button, and the reason, away from keyboard and screen reader.
    let is_inert = move || is_busy.get() || refusal.with(Option::is_some);
    view! {
        <button
            type="button"
            class=rank.class()
            aria-keyshortcuts=shortcut
            class:button-busy=moving_flag(move || is_busy.get())
            aria-disabled=moving_word(move || is_inert().then_some("true"))
            aria-description=moving_note(move || refusal.get())
            title=moving_note(move || refusal.get())
            on:click=handle_click(move |event| {
                if !is_inert() {
                    on_click.run(event);
                }
            })
        >
            {children()}
        </button>
    }
}

/// The button that sends a form.
#[component]
pub fn SubmitButton(
    /// It is at work: a second click does nothing.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// Why it cannot act now.
    #[prop(optional, into)]
    refusal: Signal<Option<String>>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let is_inert = move || is_busy.get() || refusal.with(Option::is_some);
    view! {
        <button
            type="submit"
            class=Rank::Primary.class()
            class:button-busy=moving_flag(move || is_busy.get())
            aria-disabled=moving_word(move || is_inert().then_some("true"))
            aria-description=moving_note(move || refusal.get())
            title=moving_note(move || refusal.get())
            on:click=handle_click(move |event| {
                if is_inert() {
                    event.prevent_default();
                }
            })
        >
            {children()}
        </button>
    }
}

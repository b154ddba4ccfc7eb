//! Buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::ui::erased::{dynamic, handle_click, moving_flag, moving_note, moving_text, moving_word};
use crate::ui::icon::{Glyph, icon};

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

/// A button that does something on this page. One that cannot act stays where it is and says why; one that is at work
/// turns a ring, and a second click does nothing.
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    rank: Rank,
    /// A picture before what it says.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
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
            {glyph.map(icon)}
            {children()}
        </button>
    }
    .into_any()
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
    .into_any()
}

/// A small button with a picture in place of a word: in a field, a row or a notice. Its name is also its tooltip, so that
/// whoever does not know the picture finds out, by pointer or by keyboard.
#[component]
pub fn IconButton(
    /// What it shows.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// What happens.
    #[prop(into)]
    on_click: Callback<()>,
    /// Why it cannot act now: then it stays where it is, and its tooltip says this.
    #[prop(optional, into)]
    refusal: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button-quiet button-icon button-small tip tip-end"
            aria-label=moving_text(move || label.get())
            aria-disabled=moving_word(move || refusal.with(Option::is_some).then_some("true"))
            aria-description=moving_note(move || refusal.get())
            data-tip=moving_text(move || refusal.get().unwrap_or_else(|| label.get()))
            on:click=handle_click(move |_| {
                if refusal.with_untracked(Option::is_none) {
                    on_click.run(());
                }
            })
        >
            {dynamic(move || icon(glyph.get()))}
        </button>
    }
    .into_any()
}

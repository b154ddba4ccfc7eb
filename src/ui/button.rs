//! Buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::ui::erased::{dynamic, handle_click, moving_flag, moving_note, moving_text, moving_word};
use crate::ui::icon::{Glyph, icon};

/// The visual weight of a button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rank {
    /// The main action.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// A destructive action.
    Danger,
    /// For use within a sentence or a dense row.
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

/// A button. If it is refused, it stays focusable and gives the reason; while it is busy, it shows a spinner and
/// ignores clicks.
#[component]
pub fn Button(
    /// Its visual weight.
    #[prop(optional)]
    rank: Rank,
    /// An icon before the label.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    #[prop(into)]
    on_click: Callback<MouseEvent>,
    /// Busy: clicks are ignored.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// Why it is refused now.
    #[prop(optional, into)]
    refusal: Signal<Option<String>>,
    /// The shortcut that clicks it from anywhere in the view.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// Whether it has the focus when its dialog opens, though it is not the first button.
    #[prop(optional)]
    has_focus: bool,
    /// The label.
    children: Children,
) -> impl IntoView {
    // Not `disabled`, which would hide the button and the reason from keyboard and screen reader.
    let is_inert = move || is_busy.get() || refusal.with(Option::is_some);
    view! {
        <button
            type="button"
            class=rank.class()
            aria-keyshortcuts=shortcut
            autofocus=has_focus
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

/// The submit button of a form.
#[component]
pub fn SubmitButton(
    /// Busy: clicks are ignored.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// Why it is refused now.
    #[prop(optional, into)]
    refusal: Signal<Option<String>>,
    /// The label.
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

/// An icon button of a toolbar. Its accessible name is also its tooltip, followed by its key.
#[component]
pub fn ToolButton(
    glyph: Glyph,
    /// The accessible name.
    label: &'static str,
    /// The key that does the same.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// The id of the popover that it opens and closes.
    #[prop(optional)]
    popover: Option<&'static str>,
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    let tip = shortcut.map_or_else(|| label.to_owned(), |key| format!("{label} ({key})"));
    view! {
        <button
            type="button"
            class="button button-icon tip tip-end"
            aria-label=label
            aria-keyshortcuts=shortcut
            aria-haspopup=popover.map(|_| "dialog")
            popovertarget=popover
            data-tip=tip
            on:click=handle_click(move |_| on_click.run(()))
        >
            {icon(glyph)}
        </button>
    }
    .into_any()
}

/// A small icon button, for a field, a row or a notice. Its accessible name is also its tooltip, on hover and on focus.
#[component]
pub fn IconButton(
    /// The icon.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)]
    on_click: Callback<()>,
    /// Why it is refused now; shown in the tooltip.
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

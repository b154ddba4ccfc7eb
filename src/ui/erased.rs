//! One shape for each kind of moving part of a view.
//!
//! The framework compiles its code for a moving part (a child, an attribute, a handler) once for each closure type,
//! some 3 KB each. Here closures are boxed first, so that it is compiled once for all of them: thin generic shells over
//! concrete bodies. docs/performance.md says what that is worth.

use std::sync::Arc;

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;

/// A moving attribute or property that is there or not.
pub type Flag = Box<dyn FnMut() -> bool + Send>;
/// A moving attribute or property with a text.
pub type Text = Box<dyn FnMut() -> String + Send>;
/// A moving attribute with a text, or none.
pub type Note = Box<dyn FnMut() -> Option<String> + Send>;
/// A moving attribute with a word, or none.
pub type Word = Box<dyn FnMut() -> Option<&'static str> + Send>;
/// What happens on an event.
pub type Handler<Event> = Box<dyn FnMut(Event) + Send>;

/// A part of a view that changes.
pub fn dynamic<View: IntoAny>(view: impl Fn() -> View + Send + 'static) -> AnyView {
    dynamic_body(Box::new(move || view().into_any()))
}

fn dynamic_body(view: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    view.into_any()
}

/// See [`Flag`].
pub fn moving_flag(flag: impl FnMut() -> bool + Send + 'static) -> Flag {
    Box::new(flag)
}

/// See [`Text`].
pub fn moving_text(text: impl FnMut() -> String + Send + 'static) -> Text {
    Box::new(text)
}

/// See [`Note`].
pub fn moving_note(note: impl FnMut() -> Option<String> + Send + 'static) -> Note {
    Box::new(note)
}

/// See [`Word`].
pub fn moving_word(word: impl FnMut() -> Option<&'static str> + Send + 'static) -> Word {
    Box::new(word)
}

/// What happens on a click.
pub fn handle_click(act: impl FnMut(MouseEvent) + Send + 'static) -> Handler<MouseEvent> {
    Box::new(act)
}

/// What happens when something was typed or chosen.
pub fn handle_event(act: impl FnMut(web_sys::Event) + Send + 'static) -> Handler<web_sys::Event> {
    Box::new(act)
}

/// What happens when a form is sent, in place of what the browser would do.
pub fn handle_submit(mut act: impl FnMut() + Send + 'static) -> Handler<SubmitEvent> {
    Box::new(move |event| {
        event.prevent_default();
        act();
    })
}

/// One part of a view for each number, in the order of the numbers; a number that stays keeps its part.
pub fn numbered(
    numbers: impl Fn() -> Vec<u64> + Send + Sync + 'static,
    part: impl Fn(u64) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    numbered_body(Box::new(numbers), Arc::new(part))
}

type Numbers = Box<dyn Fn() -> Vec<u64> + Send + Sync>;
type Part = Arc<dyn Fn(u64) -> AnyView + Send + Sync>;

fn numbered_body(numbers: Numbers, part: Part) -> AnyView {
    view! { <For each=numbers key=|number| *number children=move |number| part(number) /> }.into_any()
}

/// A part of a view that is there while a condition holds.
#[component]
pub fn When(
    /// The condition.
    #[prop(into)]
    condition: Signal<bool>,
    /// What is there otherwise.
    #[prop(optional, into)]
    otherwise: ViewFn,
    /// What is there while it holds.
    children: ChildrenFn,
) -> impl IntoView {
    // The part is drawn again when the condition turns, not each time that it is looked at.
    let is_met = Memo::new(move |_| condition.get());
    dynamic(move || if is_met.get() { children() } else { otherwise.run() })
}

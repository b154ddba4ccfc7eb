//! Type-erased dynamic parts of a view.
//!
//! The framework is compiled once per closure type of a dynamic part (a child, an attribute, a handler), about 3 KB
//! each. Boxing the closures first compiles it once for all: thin generic shells over concrete bodies.
//! docs/performance.md has the numbers.

use std::sync::Arc;

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;

use crate::browser::tasks::{memo, unsubscribe_with_view};

/// A dynamic boolean attribute or property.
pub type Flag = Box<dyn FnMut() -> bool + Send>;
/// A dynamic text attribute or property.
pub type Text = Box<dyn FnMut() -> String + Send>;
/// A dynamic optional text attribute.
pub type Note = Box<dyn FnMut() -> Option<String> + Send>;
/// A dynamic optional attribute from a fixed set of words.
pub type Word = Box<dyn FnMut() -> Option<&'static str> + Send>;
/// An event handler.
pub type Handler<Event> = Box<dyn FnMut(Event) + Send>;

/// A dynamic child.
pub fn dynamic<View: IntoAny>(view: impl Fn() -> View + Send + 'static) -> AnyView {
    dynamic_body(Box::new(move || view().into_any()))
}

fn dynamic_body(view: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    until_unmount(view).into_any()
}

/// What the framework runs in an effect, with its subscriptions ended when it is unmounted.
fn until_unmount<T: 'static>(mut act: Box<dyn FnMut() -> T + Send>) -> Box<dyn FnMut() -> T + Send> {
    Box::new(move || {
        unsubscribe_with_view();
        act()
    })
}

pub fn moving_flag(flag: impl FnMut() -> bool + Send + 'static) -> Flag {
    until_unmount(Box::new(flag))
}

pub fn moving_text(text: impl FnMut() -> String + Send + 'static) -> Text {
    until_unmount(Box::new(text))
}

pub fn moving_note(note: impl FnMut() -> Option<String> + Send + 'static) -> Note {
    until_unmount(Box::new(note))
}

pub fn moving_word(word: impl FnMut() -> Option<&'static str> + Send + 'static) -> Word {
    until_unmount(Box::new(word))
}

/// A click handler.
pub fn handle_click(act: impl FnMut(MouseEvent) + Send + 'static) -> Handler<MouseEvent> {
    Box::new(act)
}

/// A handler of input and change events.
pub fn handle_event(act: impl FnMut(web_sys::Event) + Send + 'static) -> Handler<web_sys::Event> {
    Box::new(act)
}

/// A submit handler that prevents the browser's default.
pub fn handle_submit(mut act: impl FnMut() + Send + 'static) -> Handler<SubmitEvent> {
    Box::new(move |event| {
        event.prevent_default();
        act();
    })
}

/// One child per number, keyed by the number.
pub fn numbered(
    numbers: impl Fn() -> Vec<u64> + Send + Sync + 'static,
    part: impl Fn(u64) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    numbered_body(Box::new(numbers), Arc::new(part))
}

type Numbers = Box<dyn Fn() -> Vec<u64> + Send + Sync>;
type Part = Arc<dyn Fn(u64) -> AnyView + Send + Sync>;

fn numbered_body(numbers: Numbers, part: Part) -> AnyView {
    let each = move || {
        unsubscribe_with_view();
        numbers()
    };
    view! { <For each key=|number| *number children=move |number| part(number) /> }.into_any()
}

/// A child that is mounted while a condition holds.
#[component]
pub fn When(
    /// The condition.
    #[prop(into)]
    condition: Signal<bool>,
    /// The fallback.
    #[prop(optional, into)]
    otherwise: ViewFn,
    /// The child.
    children: ChildrenFn,
) -> impl IntoView {
    // Memoised, so that the child is rendered again only when the condition changes.
    let is_met = memo(move |_| condition.get());
    dynamic(move || if is_met.get() { children() } else { otherwise.run() })
}

//! A long list in portions: a secret can have any number of labels, and the page has to stay usable.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::browser::intl;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{dynamic, numbered};

/// How many items are drawn at first.
pub const FIRST: usize = 100;
/// How many more on each request.
const MORE: usize = 500;

/// The first items, and a button for more. `draw` draws the item with an index.
pub fn portions(count: usize, draw: impl Fn(usize) -> AnyView + Send + Sync + 'static) -> AnyView {
    let drawn = RwSignal::new(FIRST);
    let numbers = move || (0..drawn.get().min(count) as u64).collect();
    let draw = move |number: u64| usize::try_from(number).map(&draw).into_any();
    view! {
        {numbered(numbers, draw)}
        {more_button(Signal::derive(move || count.saturating_sub(drawn.get())), drawn)}
    }
    .into_any()
}

/// The button for more items, while some are not drawn.
pub fn more_button(hidden: Signal<usize>, drawn: RwSignal<usize>) -> AnyView {
    let button = move || {
        let text = fill(words::common().show_more, &[("count", &intl::count(hidden.get()))]);
        let more = move |_| drawn.update(|drawn| *drawn += MORE);
        (hidden.get() > 0).then(|| view! { <Button rank=Rank::Quiet on_click=more>{text}</Button> })
    };
    dynamic(button)
}

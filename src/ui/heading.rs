//! The heading of a view.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::browser::{page, tasks};
use crate::ui::erased::dynamic;

/// The one `h1` of a view. It is the title of the document and takes the focus when the view opens, so that a screen
/// reader announces the view. On the first view of a page load the browser keeps its own focus.
#[component]
pub fn Heading(
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    tasks::follow(move || page::set_title(&fill(words::common().title_after, &[("heading", &text.get())])));
    page::enter_view();
    view! { <h1 class="heading" tabindex="-1">{dynamic(move || text.get())}</h1> }
}

//! The heading of a view.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::browser::{page, tasks};
use crate::ui::erased::dynamic;

/// The one `h1` of a view. It names the document and takes the focus when the view opens, so that a screen reader
/// announces where one is. The first view of a page load leaves the focus to the browser.
#[component]
pub fn Heading(
    /// What the view is called.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    tasks::follow(move || page::set_title(&fill(words::common().title_after, &[("heading", &text.get())])));
    page::enter_view();
    view! { <h1 class="heading" tabindex="-1">{dynamic(move || text.get())}</h1> }
}

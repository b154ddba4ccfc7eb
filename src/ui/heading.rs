//! The heading of a view.

use leptos::prelude::*;
use strongroom_core::i18n::foreign::isolated;
use strongroom_core::i18n::{fill, words};

use crate::browser::{page, tasks};
use crate::ui::erased::dynamic;

/// The name of the view's workspace, for the title of the document; none while it is unknown. A context of the app.
#[derive(Clone, Copy)]
pub struct TitleWorkspace(pub Signal<Option<String>>);

/// The one `h1` of a view. It is the title of the document, with the workspace of the view, and takes the focus when the
/// view opens, so that a screen reader announces the view. On the first view of a page load the browser keeps its own
/// focus.
#[component]
pub fn Heading(
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let workspace = use_context::<TitleWorkspace>();
    tasks::follow(move || {
        let heading = text.get();
        let workspace = workspace.and_then(|workspace| workspace.0.get());
        // The page of the workspace itself is named after it.
        page::set_title(&match workspace.filter(|workspace| *workspace != heading) {
            Some(workspace) => fill(
                words::common().title_in,
                &[("heading", &isolated(&heading)), ("workspace", &workspace)],
            ),
            None => fill(words::common().title_after, &[("heading", &isolated(&heading))]),
        });
    });
    page::enter_view();
    view! { <h1 class="heading" tabindex="-1" dir="auto">{dynamic(move || text.get())}</h1> }
}

//! Suggestions for the search box: qualifiers, and values of the loaded secrets.

use leptos::prelude::*;
use strongroom_core::list::completion::completions;
use strongroom_core::route::ListState;

use crate::browser::tasks;
use crate::components::search_suggestions::{SearchSuggestions, Wanted};
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};

/// The suggestions of the list.
#[component]
pub fn Suggestions(context: ListContext) -> impl IntoView {
    let wanted = RwSignal::new(Wanted::Nothing);
    tasks::follow(move || {
        let request = match context.request.get() {
            OverlayRequest::Suggestions => Wanted::Word,
            OverlayRequest::Starters => Wanted::Starters,
            _ => return,
        };
        context.request.set(OverlayRequest::Nothing);
        wanted.set(request);
    });
    let complete = move |(text, caret): (String, usize)| {
        let found = context.list.with(|loaded| completions(&text, caret, loaded.list().rows()));
        found.unwrap_or_default()
    };
    let on_search = move |search: String| {
        context.change.run(ListState {
            search,
            ..context.state.get_untracked()
        });
    };
    view! { <SearchSuggestions typed=context.typed wanted complete on_search /> }.into_any()
}

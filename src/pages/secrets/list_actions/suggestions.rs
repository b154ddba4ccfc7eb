//! Suggestions for the search box: qualifiers, and values of the loaded secrets.

use leptos::prelude::*;
use strongroom_core::list::completion::{Completion, completions};
use strongroom_core::route::ListState;

use crate::browser::keyboard::{self, SearchKey};
use crate::browser::{page, tasks};
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::ui::suggested::{self, Suggested};

/// The id of the list, and the prefix of the suggestions' ids.
const ID: &str = "suggestions";

/// Suggestions for the word at the caret, anchored to the search box. The down arrow moves the focus to them.
#[component]
pub fn Suggestions(context: ListContext) -> impl IntoView {
    let found = StoredValue::new(Vec::<Completion>::new());
    let offered = RwSignal::new(Vec::<String>::new());
    let close = move || offered.set(Vec::new());
    let look = move || {
        let looked = context.typed.with_untracked(|text| {
            let caret = page::caret_in_search(text)?;
            context.list.with(|loaded| completions(text, caret, loaded.list().rows()))
        });
        let looked = looked.unwrap_or_default();
        offered.set(looked.iter().map(|completion| completion.word.clone()).collect());
        found.set_value(looked);
    };
    tasks::follow(move || {
        if context.request.get() == OverlayRequest::Suggestions {
            context.request.set(OverlayRequest::Nothing);
            // Nothing to suggest for an empty box, unless the user presses the down arrow.
            if context.typed.with_untracked(String::is_empty) {
                close();
            } else {
                look();
            }
        }
    });
    keyboard::on_search_key(move |key| match key {
        SearchKey::Down => {
            if offered.with_untracked(Vec::is_empty) {
                look();
            }
            suggested::enter(ID, offered)
        }
        SearchKey::Escape => {
            let is_any = !offered.with_untracked(Vec::is_empty);
            close();
            is_any
        }
    });
    page::on_focus_outside(&format!("#{ID}, {}", page::SEARCH), close);
    let take = move |completion: &Completion| {
        let search = context.typed.with_untracked(|text| completion.apply(text));
        context.typed.set(search.clone());
        context.change.run(ListState {
            search,
            ..context.state.get_untracked()
        });
        close();
        let is_whole = completion.is_whole;
        request_animation_frame(move || {
            page::focus_first(page::SEARCH);
            if !is_whole {
                look();
            }
        });
    };
    let on_take = move |word: String| {
        let taken = found.with_value(|found| found.iter().find(|completion| completion.word == word).cloned());
        if let Some(completion) = taken {
            take(&completion);
        }
    };
    let on_leave = move |()| {
        page::focus_first(page::SEARCH);
        close();
    };
    view! { <Suggested id=ID.to_owned() class="suggestions" offered on_take on_leave /> }.into_any()
}

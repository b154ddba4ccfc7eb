//! What could be written in the search box: qualifiers, and what the loaded secrets have.

use leptos::prelude::*;
use listing::completion::{Completion, completions};

use crate::pages::secrets::desk::{Desk, Wish};
use crate::route::ListState;
use crate::text::{fill, plural, words};
use crate::ui::erased::{dynamic, handle_click};
use crate::web::keyboard::{self, SearchKey};
use crate::web::{intl, page, popover, tasks};

/// The id of the list; the suggestions have this and their number.
const ID: &str = "suggestions";

/// The suggestions for the word that is being written: they hang from the search box, and the down arrow leads to them.
#[component]
pub(super) fn Suggestions(desk: Desk) -> impl IntoView {
    let words = words();
    let offered = RwSignal::new(Vec::<Completion>::new());
    let close = move || offered.set(Vec::new());
    let look = move || {
        let found = desk.typed.with_untracked(|text| {
            let caret = page::caret_in_search(text)?;
            desk.list.with(|list, _| completions(text, caret, list.rows()))
        });
        offered.set(found.unwrap_or_default());
    };
    tasks::follow(move || {
        if desk.wish.get() == Wish::Suggestions {
            desk.wish.set(Wish::Nothing);
            // An empty box says nothing of what is wanted; the down arrow asks.
            if desk.typed.with_untracked(String::is_empty) {
                close();
            } else {
                look();
            }
        }
    });
    tasks::follow(move || {
        if offered.with(Vec::is_empty) {
            popover::close(ID);
        } else {
            popover::open(ID);
        }
    });
    keyboard::on_search_key(move |key| match key {
        SearchKey::Down => {
            if offered.with_untracked(Vec::is_empty) {
                look();
            }
            let is_any = !offered.with_untracked(Vec::is_empty);
            if is_any {
                request_animation_frame(|| page::focus_id(&format!("{ID}-0")));
            }
            is_any
        }
        SearchKey::Escape => {
            let is_any = !offered.with_untracked(Vec::is_empty);
            close();
            is_any
        }
    });
    page::on_focus_outside(&format!("#{ID}, {}", page::SEARCH), close);
    let take = move |completion: &Completion| {
        let search = desk.typed.with_untracked(|text| completion.apply(text));
        desk.typed.set(search.clone());
        desk.change.run(ListState {
            search,
            ..desk.state.get_untracked()
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
    let item = move |(number, completion): (usize, Completion)| {
        let word = completion.word.clone();
        let on_click = handle_click(move |_| take(&completion));
        view! {
            <button type="button" class="menu-item" id=format!("{ID}-{number}") on:click=on_click>
                <code>{word}</code>
            </button>
        }
        .into_any()
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            page::focus_first(page::SEARCH);
            close();
        } else if let Some(next) = keyboard::move_in_column(&event, &format!("{ID}-"), offered.with_untracked(Vec::len))
        {
            event.prevent_default();
            page::focus_id(&format!("{ID}-{next}"));
        }
    };
    let said = move || {
        let count = offered.with(Vec::len);
        let sentence = plural(count, words.suggestions_one, words.suggestions_many);
        (count > 0).then(|| fill(sentence, &[("count", &intl::count(count))]))
    };
    view! {
        <span role="status" class="visually-hidden">{dynamic(said)}</span>
        <div
            popover="manual"
            id=ID
            class="popover popover-start menu suggestions"
            role="group"
            aria-label=words.suggestions
            on:keydown=on_key
        >
            {dynamic(move || offered.get().into_iter().enumerate().map(item).collect::<Vec<_>>())}
        </div>
    }
    .into_any()
}

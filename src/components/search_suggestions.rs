//! Suggestions for the search box of a view: qualifiers, and values of what is loaded.

use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::list::completion::{Completion, all_qualifiers, starters};
use strongroom_core::list::query::Tokens;

use crate::browser::keyboard::{self, SearchKey};
use crate::browser::{page, tasks};
use crate::ui::suggested::{self, Suggested};

/// The id of the suggestions.
pub const SUGGESTIONS: &str = "suggestions";

/// What a search box asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    #[default]
    Nothing,
    /// Suggestions for the word at the caret.
    Word,
    /// The same, and common filters if the box is empty.
    Starters,
}

/// Suggestions for the word at the caret, and starters for an empty box, anchored to the search box. The down arrow moves
/// the focus to them.
#[component]
pub fn SearchSuggestions(
    /// The text in the search box.
    typed: RwSignal<String>,
    /// Reset once it is answered.
    wanted: RwSignal<Wanted>,
    /// The completions of a text at a caret.
    #[prop(into)]
    complete: Callback<(String, usize), Vec<Completion>>,
    /// Whether several workspaces are searched.
    #[prop(optional)]
    is_across: bool,
    /// Called with the search text after a suggestion was taken.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let found = StoredValue::new(Vec::<Completion>::new());
    let offered = RwSignal::new(Vec::<String>::new());
    let close = move || offered.set(Vec::new());
    let offer = move |looked: Vec<Completion>, more: Option<&str>| {
        let words = looked.iter().map(|completion| completion.word.clone());
        offered.set(words.chain(more.map(str::to_owned)).collect());
        found.set_value(looked);
    };
    // The search text, of which the input shows the end.
    let text = move || {
        let text = typed.get_untracked();
        if text.is_empty() || !page::is_search_empty() { text } else { text + " " }
    };
    let look = move |is_open: bool| {
        let text = text();
        let Some(caret) = page::caret_in_search(&text) else { return close() };
        let before = text.get(..caret).unwrap_or_default();
        if !before.chars().next_back().is_none_or(char::is_whitespace) {
            offer(complete.run((text.clone(), caret)), None);
        } else if is_open {
            offer(starters(caret), Some(words::filters().all_filters));
        } else {
            close();
        }
    };
    tasks::follow(move || {
        let now = wanted.get();
        if now != Wanted::Nothing {
            wanted.set(Wanted::Nothing);
            look(now == Wanted::Starters);
        }
    });
    keyboard::on_search_key(move |key| match key {
        SearchKey::Down => suggested::enter(SUGGESTIONS, offered),
        SearchKey::Escape => {
            let is_any = !offered.with_untracked(Vec::is_empty);
            close();
            is_any
        }
    });
    page::on_focus_outside(&format!("#{SUGGESTIONS}, {}", page::SEARCH), close);
    let take = move |completion: &Completion| {
        let search = completion.apply(&text());
        // The address has no space at its end.
        let search = if completion.is_whole { Tokens::of(&search, false).text() } else { search };
        typed.set(search.clone());
        on_search.run(search);
        close();
        let is_whole = completion.is_whole;
        request_animation_frame(move || {
            page::focus_first(page::SEARCH);
            if !is_whole {
                look(false);
            }
        });
    };
    let on_take = move |word: String| {
        if word == words::filters().all_filters {
            page::focus_first(page::SEARCH);
            return offer(all_qualifiers(text().len(), is_across), None);
        }
        let taken = found.with_value(|found| found.iter().find(|completion| completion.word == word).cloned());
        if let Some(completion) = taken {
            take(&completion);
        }
    };
    let on_leave = move |()| {
        page::focus_first(page::SEARCH);
        close();
    };
    view! { <Suggested id=SUGGESTIONS.to_owned() class="suggestions" offered describe=described on_take on_leave /> }.into_any()
}

/// What a filter means.
fn described(word: &str) -> Option<&'static str> {
    let words = words::filters();
    Some(match word.trim_start_matches('-') {
        "is:unused" => words.never_used,
        "is:managed" => words.managed,
        "has:external-id" => words.has_external_id,
        "updated:<7d" => words.changed_this_week,
        qualifier => return words::filters().of_qualifier(qualifier.strip_suffix(':')?),
    })
}

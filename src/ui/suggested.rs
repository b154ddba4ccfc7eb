//! Suggestions for a text field.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};

use crate::browser::{intl, keyboard, page, popover, tasks};
use crate::ui::erased::{dynamic, handle_click};

/// Suggestions for a field, as a popover anchored to it. The focus stays in the field: the down arrow moves it into the
/// list ([`enter`]), Escape back. The number of suggestions is announced.
#[component]
pub fn Suggested(
    /// The id of the list, and the prefix of the suggestions' ids.
    id: String,
    /// The class that names the anchor.
    class: &'static str,
    /// The suggestions; empty closes the list.
    offered: RwSignal<Vec<String>>,
    /// The description of a suggestion.
    #[prop(optional)]
    describe: Option<fn(&str) -> Option<&'static str>>,
    /// Called with the selected suggestion. The caller moves the focus back to the field.
    #[prop(into)]
    on_take: Callback<String>,
    /// Called when the user leaves the list without selecting.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let own = StoredValue::new(id.clone());
    tasks::follow(move || {
        let is_any = offered.with(|offered| !offered.is_empty());
        own.with_value(|id| if is_any { popover::open(id) } else { popover::close(id) });
    });
    let item = move |(number, word): (usize, String)| {
        let shown = word.clone();
        let described = describe.and_then(|describe| describe(&word));
        let take = handle_click(move |_| on_take.run(word.clone()));
        let id = own.with_value(|id| format!("{id}-{number}"));
        let note = described.map(|text| view! { <span class="menu-note" aria-hidden="true">{text}</span> });
        view! {
            <button type="button" class="menu-item" id=id aria-description=described on:click=take>
                <code>{shown}</code>
                {note}
            </button>
        }
        .into_any()
    };
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(move |event| {
        let prefix = own.with_value(|id| format!("{id}-"));
        if keyboard::key_of(&event) == "Escape" {
            event.prevent_default();
            on_leave.run(());
        } else if let Some(next) = keyboard::move_in_column(&event, &prefix, offered.with_untracked(Vec::len)) {
            event.prevent_default();
            page::focus_id(&format!("{prefix}{next}"));
        }
    });
    let said = move || {
        let count = offered.with(Vec::len);
        let sentence = plural(count, words::common().suggestions_one, words::common().suggestions_many);
        (count > 0).then(|| fill(sentence, &[("count", &intl::count(count))]))
    };
    view! {
        <span role="status" class="visually-hidden">{dynamic(said)}</span>
        <div
            popover="manual"
            id=id
            class=format!("popover popover-start menu {class}")
            role="group"
            aria-label=words::common().suggestions
            on:keydown=on_key
        >
            {dynamic(move || offered.get().into_iter().enumerate().map(item).collect::<Vec<_>>())}
        </div>
    }
    .into_any()
}

/// Moves the focus into the list with this id. Returns whether it has any suggestions.
#[must_use]
pub fn enter(id: &str, offered: RwSignal<Vec<String>>) -> bool {
    let is_any = offered.with_untracked(|offered| !offered.is_empty());
    if is_any {
        let first = format!("{id}-0");
        // The list is in the page only after this task.
        request_animation_frame(move || page::focus_id(&first));
    }
    is_any
}

//! What could stand in a field of text, to be taken instead of typed.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};

use crate::browser::{intl, keyboard, page, popover, tasks};
use crate::ui::erased::{dynamic, handle_click};

/// What is offered for a field, as a popover that hangs from the place around it. The focus stays in the field: the down
/// arrow leads into the list ([`enter`]), Escape back. How many there are is announced.
#[component]
pub fn Suggested(
    /// The id of the list; each suggestion has it and its number.
    id: String,
    /// Where it hangs from is what this class names as its anchor.
    class: &'static str,
    /// What is offered; nothing closes the list.
    offered: RwSignal<Vec<String>>,
    /// What was taken. The focus goes back to the field by the caller, who knows it.
    #[prop(into)]
    on_take: Callback<String>,
    /// The person goes back without taking any.
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
        let take = handle_click(move |_| on_take.run(word.clone()));
        let id = own.with_value(|id| format!("{id}-{number}"));
        view! { <button type="button" class="menu-item" id=id on:click=take><code>{shown}</code></button> }.into_any()
    };
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(move |event| {
        let prefix = own.with_value(|id| format!("{id}-"));
        if event.key() == "Escape" {
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

/// Leads the focus into the list with this id. Returns whether there is anything in it.
#[must_use]
pub fn enter(id: &str, offered: RwSignal<Vec<String>>) -> bool {
    let is_any = offered.with_untracked(|offered| !offered.is_empty());
    if is_any {
        let first = format!("{id}-0");
        // It is in the page only after this turn.
        request_animation_frame(move || page::focus_id(&first));
    }
    is_any
}

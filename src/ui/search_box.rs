//! A search box that never drops keystrokes.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock::use_clock;
use crate::browser::tasks;
use crate::ui::erased::{handle_event, handle_submit, moving_text};
use crate::ui::icon::{Glyph, icon};

/// The debounce of a search.
const REST: Duration = Duration::from_millis(200);

/// A search box whose text is owned by someone else (the address). While the user types, the input stays, however late
/// the owner follows; if the owner's text changes otherwise, the box follows.
#[component]
pub fn SearchBox(
    /// The label.
    label: &'static str,
    /// The placeholder.
    hint: &'static str,
    /// The owner's text.
    #[prop(into)]
    text: Signal<String>,
    /// The current text of the box. Setting it replaces what the user is typing.
    #[prop(optional)]
    typed: Option<RwSignal<String>>,
    /// Called for each keystroke, for what can be answered locally.
    #[prop(optional, into)]
    on_type: Option<Callback<String>>,
    /// Called with the text once typing pauses.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let typed = typed.unwrap_or_else(|| RwSignal::new(text.get_untracked()));
    let clock = use_clock();
    let sent = StoredValue::new(text.get_untracked());
    let waiting = StoredValue::new_local(None::<futures::future::AbortHandle>);
    tasks::follow(move || {
        let text = text.get();
        if sent.get_value() != text {
            sent.set_value(text.clone());
            typed.set(text);
        }
    });
    let stop_waiting = move || {
        if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
            handle.abort();
        }
    };
    let search = move || {
        stop_waiting();
        if let Some(text) = typed.try_get_untracked().filter(|text| *text != sent.get_value()) {
            sent.set_value(text.clone());
            on_search.run(text);
        }
    };
    let on_input = move |text: String| {
        if let Some(on_type) = on_type {
            on_type.run(text.clone());
        }
        typed.set(text);
        stop_waiting();
        let handle = tasks::spawn(async move {
            clock.sleep(REST).await;
            waiting.try_update_value(Option::take);
            search();
        });
        waiting.set_value(Some(handle));
    };
    on_cleanup(stop_waiting);
    view! {
        <form class="search" role="search" on:submit=handle_submit(search)>
            <div class="input-group">
            {icon(Glyph::SEARCH)}
            <input
                class="input"
                type="search"
                aria-keyshortcuts="/"
                aria-label=label
                placeholder=hint
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=moving_text(move || typed.get())
                on:input=handle_event(move |event| on_input(event_target_value(&event)))
            />
            </div>
        </form>
    }
}

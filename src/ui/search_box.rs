//! A search box that never loses a letter.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock::use_clock;
use crate::browser::tasks;
use crate::ui::erased::{handle_event, handle_submit, moving_text};
use crate::ui::icon::{Glyph, icon};

/// How long typing must rest before it is searched for.
const REST: Duration = Duration::from_millis(200);

/// A search box whose text is owned by someone else (the address). While a person types, their letters stay, however
/// late the owner catches up; when the owner's text changes by itself, the box follows.
#[component]
pub fn SearchBox(
    /// What it is called.
    label: &'static str,
    /// What it searches in.
    hint: &'static str,
    /// The text in force.
    #[prop(into)]
    text: Signal<String>,
    /// The letters in the box, for whoever follows each of them. Another text put here overrules what is being typed.
    #[prop(optional)]
    typed: Option<RwSignal<String>>,
    /// Hears each letter at once, for what can be answered without asking anyone.
    #[prop(optional, into)]
    on_type: Option<Callback<String>>,
    /// What to search for now.
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

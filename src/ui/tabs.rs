//! One of several views of the same thing.

use leptos::prelude::*;

use crate::browser::{keyboard, page};
use crate::ui::erased::{dynamic, handle_click, moving_word};

/// One tab.
#[derive(Clone)]
pub struct Tab {
    /// What it is called.
    pub name: &'static str,
    /// What it shows; only while it is chosen.
    pub panel: ViewFn,
}

/// Tabs: one stop for the tab key; arrows, Home and End move and choose at once, for every panel is there at once.
#[component]
pub fn Tabs(
    /// The id, unique in the page.
    id: &'static str,
    /// What they are the views of.
    label: &'static str,
    /// The tabs.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let count = tabs.len();
    let on_key = move |event: web_sys::KeyboardEvent| {
        let present = chosen.get_untracked();
        let Some(next) = keyboard::move_in_line(&event, present, count) else {
            return;
        };
        event.prevent_default();
        chosen.set(next);
        page::focus_id(&format!("{id}-tab-{next}"));
    };
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(on_key);
    let tab = |(index, tab): (usize, &Tab)| {
        let is_chosen = move || chosen.get() == index;
        view! {
            <button
                type="button"
                class="tab"
                id=format!("{id}-tab-{index}")
                role="tab"
                aria-controls=format!("{id}-panel")
                aria-selected=moving_word(move || Some(if is_chosen() { "true" } else { "false" }))
                tabindex=moving_word(move || Some(if is_chosen() { "0" } else { "-1" }))
                on:click=handle_click(move |_| chosen.set(index))
            >
                {tab.name}
            </button>
        }
        .into_any()
    };
    let heads: Vec<AnyView> = tabs.iter().enumerate().map(tab).collect();
    let panel = dynamic(move || tabs.get(chosen.get()).map(|tab| tab.panel.run()));
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>{heads}</div>
        <div
            class="tab-panel"
            id=format!("{id}-panel")
            role="tabpanel"
            tabindex="0"
            aria-labelledby=crate::ui::erased::moving_text(move || format!("{id}-tab-{}", chosen.get()))
        >
            {panel}
        </div>
    }
    .into_any()
}

//! A search box that never drops keystrokes.

use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::query::Tokens;

use crate::browser::tasks::memo;
use crate::browser::clock::use_clock;
use crate::browser::{keyboard, page, tasks};
use crate::ui::button::IconButton;
use crate::ui::erased::{Handler, dynamic, handle_click, handle_event, handle_submit, moving_text};
use crate::ui::icon::{Glyph, icon};

/// The debounce of a search.
const REST: Duration = Duration::from_millis(200);

/// A search box whose text is owned by someone else (the address). While the user types, the input stays, however late
/// the owner follows; if the owner's text changes otherwise, the box follows.
///
/// A whole condition, such as `is:unused`, becomes a chip in front of the input, which holds the rest of the text. The
/// text of the box is always the chips followed by the input.
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
    /// Called when the user clicks into the input.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// Called on Enter, after the search; not when Enter ends a condition.
    #[prop(optional, into)]
    on_enter: Option<Callback<()>>,
    /// Called with the text once typing pauses.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let typed = typed.unwrap_or_else(|| RwSignal::new(text.get_untracked()));
    let tokens = RwSignal::new(Tokens::default());
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
    tasks::follow(move || {
        let text = typed.get();
        if tokens.with_untracked(|tokens| tokens.text() != text) {
            let divided = Tokens::of(&text, false);
            let text = divided.text();
            tokens.set(divided);
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
    let write = move |tokens_now: Tokens| {
        let text = tokens_now.text();
        if let Some(on_type) = on_type {
            on_type.run(text.clone());
        }
        tokens.set(tokens_now);
        typed.set(text);
    };
    // The text of the input, whose whole conditions become chips. Returns the rest if there are any.
    let read = move |input: &str, is_typing: bool| {
        let divided = Tokens::of(input, is_typing);
        let rest = (!divided.chips.is_empty()).then(|| divided.rest.clone());
        let mut next = tokens.get_untracked();
        next.chips.extend(divided.chips);
        next.rest = divided.rest;
        write(next);
        rest
    };
    let on_input = move |event: web_sys::Event| {
        if let Some(rest) = read(&event_target_value(&event), true) {
            // Directly: for the framework the text may not have changed.
            event_target::<web_sys::HtmlInputElement>(&event).set_value(&rest);
        }
        stop_waiting();
        let handle = tasks::spawn(async move {
            clock.sleep(REST).await;
            waiting.try_update_value(Option::take);
            search();
        });
        waiting.set_value(Some(handle));
    };
    let remove = move |number: Option<usize>| {
        let mut next = tokens.get_untracked();
        match number {
            Some(number) if number < next.chips.len() => {
                next.chips.remove(number);
            }
            _ => {
                next.chips.pop();
            }
        }
        write(next);
        search();
    };
    let on_key: Handler<web_sys::KeyboardEvent> = Box::new(move |event| {
        let is_at_start = || {
            let input = event_target::<web_sys::HtmlInputElement>(&event);
            let place = |at: Result<Option<u32>, _>| at.ok().flatten();
            place(input.selection_start()) == Some(0) && place(input.selection_end()) == Some(0)
        };
        let is_back = keyboard::key_of(&event) == "Backspace" && !event.repeat();
        if is_back && tokens.with_untracked(|tokens| !tokens.chips.is_empty()) && is_at_start() {
            event.prevent_default();
            remove(None);
        }
    });
    let submit = move || {
        let rest = tokens.with_untracked(|tokens| tokens.rest.clone());
        let is_condition = !Tokens::of(&rest, false).chips.is_empty();
        if is_condition {
            read(&rest, false);
        }
        search();
        if let Some(on_enter) = on_enter.filter(|_| !is_condition) {
            on_enter.run(());
        }
    };
    on_cleanup(stop_waiting);
    let chips = memo(move |_| tokens.with(|tokens| tokens.chips.clone()));
    let chip = move |(number, word): (usize, String)| {
        let label = fill(words::list().remove_filter, &[("filter", &word)]);
        let on_click = move |()| {
            remove(Some(number));
            // The focused chip is removed, and the others are rendered again.
            page::focus_first(page::SEARCH);
        };
        view! { <li class="chip"><span>{word}</span><IconButton glyph=Glyph::CLOSE label on_click /></li> }.into_any()
    };
    let chips = dynamic(move || {
        let chips: Vec<AnyView> = chips.get().into_iter().enumerate().map(chip).collect();
        (!chips.is_empty()).then(|| view! { <ul class="filter" aria-label=words::list().filter>{chips}</ul> })
    });
    view! {
        <form class="search" role="search" on:submit=handle_submit(submit)>
            {icon(Glyph::SEARCH)}
            {chips}
            <input
                class="input search-input"
                type="search"
                aria-keyshortcuts="/"
                aria-label=label
                placeholder=hint
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=moving_text(move || tokens.with(|tokens| tokens.rest.clone()))
                on:input=handle_event(on_input)
                on:keydown=on_key
                // Not only after the pause: Back from a result that was opened at once leads to this search, too.
                on:change=handle_event(move |_| search())
                on:click=handle_click(move |_| {
                    if let Some(on_open) = on_open {
                        on_open.run(());
                    }
                })
            />
        </form>
    }
}

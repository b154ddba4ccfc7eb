//! A text field that filters a list of options.

use std::sync::Arc;

use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, words};

use crate::browser::tasks::memo;
use crate::browser::keyboard;
use crate::ui::badge::Tone;
use crate::ui::icon::{Glyph, icon};
use crate::ui::erased::{dynamic, handle_click, handle_event, moving_flag, moving_note, moving_text, moving_word};

/// An option that matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Its number, passed to `on_choose`.
    pub number: usize,
    /// The text.
    pub text: String,
    /// A short note beside the text.
    pub note: String,
    /// A dot beside the note, in this tone.
    pub dot: Option<Tone>,
    /// Whether it can't be selected; the note says why.
    pub is_disabled: bool,
    /// The heading of its group; empty if there are no groups.
    pub group: String,
    /// Whether Tab leads to more about it.
    pub has_more: bool,
    /// An icon before the text.
    pub glyph: Option<Glyph>,
    /// The keys that do the same.
    pub keys: Vec<&'static str>,
}

/// What is typed and which option is current. The caller may keep it, to show the control again as it was.
#[derive(Clone, Copy)]
pub struct Typing {
    pub text: RwSignal<String>,
    pub chosen: RwSignal<usize>,
}

impl Default for Typing {
    fn default() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            chosen: RwSignal::new(0),
        }
    }
}

/// Returns the matching options, best first.
pub type Find = Arc<dyn Fn(&str) -> Vec<Found> + Send + Sync>;

/// A text field with a list of matching options below it. The focus stays in the field: up and down move through the
/// list, Home and End move the caret, Enter selects. The number of matches is announced. Moving alone selects nothing.
/// Tab leads to more about an option that has more; Shift Tab and Escape lead back from there.
#[component]
pub fn Combobox(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// The label and placeholder.
    #[prop(into)]
    label: String,
    /// The accessible name of the list.
    list_label: &'static str,
    /// The search function.
    find: Find,
    /// Called with the number of the selected option.
    #[prop(into)]
    on_choose: Callback<usize>,
    /// What is typed at first.
    #[prop(optional)]
    typing: Option<Typing>,
    /// Called on Tab with the number of an option that has more.
    #[prop(optional, into)]
    on_more: Option<Callback<usize>>,
    /// Called on Shift Tab and Escape.
    #[prop(optional, into)]
    on_back: Option<Callback<()>>,
    /// The id of the element that says which keys there are.
    #[prop(optional)]
    keys_id: &'static str,
) -> impl IntoView {
    let Typing { text: typed, chosen } = typing.unwrap_or_default();
    let found = memo(move |_| typed.with(|typed| find(typed)));
    let run = move |position: usize| {
        let chosen = found.with_untracked(|found| found.get(position).map(|found| (found.number, found.is_disabled)));
        if let Some((number, false)) = chosen {
            on_choose.run(number);
        }
    };
    let option_id = move |position: usize| format!("{id}-{position}");
    let more = move || {
        let current = |found: &Vec<Found>| found.get(chosen.get_untracked()).filter(|it| it.has_more).map(|it| it.number);
        Some((on_more?, found.with_untracked(current)?))
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let present = chosen.get_untracked();
        let next = match keyboard::key_of(&event).as_str() {
            "ArrowDown" if count > 0 => (present + 1) % count,
            "ArrowUp" if count > 0 => (present + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                return run(present);
            }
            "Tab" if !event.shift_key() => {
                if let Some((on_more, number)) = more() {
                    event.prevent_default();
                    on_more.run(number);
                }
                return;
            }
            // Before the dialog around it closes.
            "Tab" | "Escape" => {
                if let Some(on_back) = on_back {
                    event.prevent_default();
                    on_back.run(());
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        keyboard::show(&option_id(next));
    };
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(on_key);
    let on_input = move |text: String| {
        typed.set(text);
        chosen.set(0);
    };
    let option = move |(position, found): (usize, &Found)| {
        let dot = found.dot.map(Tone::dot);
        let keys = found.keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect::<Vec<_>>();
        view! {
            <div
                id=option_id(position)
                class="option"
                role="option"
                aria-disabled=found.is_disabled.then_some("true")
                aria-selected=moving_word(move || Some(if chosen.get() == position { "true" } else { "false" }))
                on:click=handle_click(move |_| run(position))
            >
                {found.glyph.map(icon)}
                <span class="option-text">{shown(&found.text).into_owned()}</span>
                <span class="muted">{dot}{shown(&found.note).into_owned()}{keys}</span>
            </div>
        }
        .into_any()
    };
    let options = dynamic(move || {
        found.with(|found| {
            let mut position = 0;
            let groups = found.chunk_by(|one, next| one.group == next.group).map(|group| {
                let options: Vec<AnyView> = (position..).zip(group).map(option).collect();
                position += group.len();
                match group.first().map(|first| shown(&first.group).into_owned()).unwrap_or_default() {
                    name if name.is_empty() => options.into_any(),
                    name => view! {
                        <div role="group" aria-label=name.clone()>
                            <p class="option-head" aria-hidden="true">{name.clone()}</p>
                            {options}
                        </div>
                    }
                    .into_any(),
                }
            });
            groups.collect::<Vec<AnyView>>()
        })
    });
    let status = dynamic(move || {
        found.with(|found| match found.len() {
            0 => words::palette().none.to_owned(),
            count => fill(words::palette().found, &[("count", &count.to_string())]),
        })
    });
    let list_id = format!("{id}-list");
    view! {
        <input
            id=id
            class="input"
            type="text"
            role="combobox"
            aria-label=label.clone()
            placeholder=label
            aria-describedby=(!keys_id.is_empty()).then_some(keys_id)
            aria-expanded="true"
            aria-controls=list_id.clone()
            aria-autocomplete="list"
            aria-activedescendant=moving_note(move || found.with(|found| (!found.is_empty()).then(|| option_id(chosen.get()))))
            autocomplete="off"
            spellcheck="false"
            prop:value=moving_text(move || typed.get())
            on:input=handle_event(move |event| on_input(event_target_value(&event)))
            on:keydown=on_key
        />
        <div class="options" id=list_id role="listbox" aria-label=list_label>{options}</div>
        <p class="muted" class:visually-hidden=moving_flag(move || found.with(|found| !found.is_empty())) role="status">
            {status}
        </p>
    }
    .into_any()
}

//! Labels: display and editing.

use contract::LabelPart;
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, words};

use crate::browser::tasks::memo;
use crate::browser::keyboard;
use crate::browser::clipboard::{self, Paste};
use crate::browser::page;
use crate::ui::button::{Button, IconButton, Rank};
use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note, moving_text, moving_word, numbered};
use crate::ui::icon::Glyph;
use crate::ui::portions::{FIRST, more_button, portions};
use crate::ui::suggested::{self, Suggested};

/// A label as `key=value`, or the key alone. With `on_remove` it can be removed.
#[component]
pub fn LabelChip(
    /// The key.
    name: String,
    /// The value; may be empty.
    value: String,
    /// Removes it.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
) -> impl IntoView {
    let remove = on_remove.map(|on_remove| {
        let label = fill(words::metadata().remove_label, &[("key", &name)]);
        view! { <IconButton glyph=Glyph::CLOSE label on_click=on_remove /> }
    });
    let value = (!value.is_empty()).then(|| format!("={}", shown(&value)));
    view! { <span class="chip"><span><span class="chip-key">{shown(&name).into_owned()}</span>{value}</span>{remove}</span> }.into_any()
}

/// The labels of a resource, as chips.
pub fn label_chips<'a>(labels: impl Iterator<Item = (&'a String, &'a String)>) -> AnyView {
    let labels: Vec<(String, String)> = labels.map(|(name, value)| (name.clone(), value.clone())).collect();
    let chip = |(name, value): &(String, String)| view! { <LabelChip name=name.clone() value=value.clone() /> };
    let chips = portions(labels.len(), move |index| labels.get(index).map(chip).into_any());
    view! { <span class="chips">{chips}</span> }.into_any()
}

/// A label being edited: the input and its error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelDraft {
    /// The key as typed.
    pub key: String,
    /// The value as typed.
    pub value: String,
    /// The error, and which part it is about.
    pub problem: Option<(LabelPart, String)>,
}

/// An edit of the labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelInput {
    /// Adds a row.
    Add,
    /// Removes this row.
    Remove(u64),
    /// Changes a part of this row.
    Type(u64, LabelPart, String),
}

/// Handles a paste into a part of a row. Returns the end of the inserted text in UTF-16 units, or `None` to let the
/// browser paste it as text.
pub type TakePaste = Callback<(u64, LabelPart, Paste), Option<usize>>;
/// Suggestions for a part of a row.
pub type Suggest = Callback<(u64, LabelPart), Vec<String>>;

/// Edits the labels of a resource: a key and a value per row. Adding a row moves the focus into it; removing one moves
/// the focus to the add button. Enter goes from a key to its value, and from there to a new row. Errors are shown under
/// their row and describe their control. Suggestions open while typing and on the down arrow.
#[component]
pub fn LabelEditor(
    /// The rows by their numbers, in order; a row keeps its number.
    #[prop(into)]
    numbers: Signal<Vec<u64>>,
    /// The content of a row.
    draft: Callback<u64, LabelDraft>,
    /// An error about the labels as a whole.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called for each edit.
    #[prop(into)]
    on_input: Callback<LabelInput>,
    /// Without it, pasted labels are plain text.
    #[prop(optional)]
    on_paste: Option<TakePaste>,
    /// Without it, there are no suggestions.
    #[prop(optional)]
    suggest: Option<Suggest>,
) -> impl IntoView {
    // What was there at first is drawn in portions; a row that the user adds is drawn wherever it is.
    let drawn = RwSignal::new(FIRST);
    let last = numbers.with_untracked(|numbers| numbers.iter().copied().max().unwrap_or_default());
    let shown = move || {
        numbers.with(|numbers| {
            let rows = numbers.iter().enumerate();
            let is_drawn = |(place, number): &(usize, &u64)| *place < drawn.get() || **number > last;
            rows.filter(is_drawn).map(|(_, number)| *number).collect::<Vec<_>>()
        })
    };
    let hidden = Signal::derive(move || numbers.with(Vec::len) - shown().len());
    let row = move |number| view! { <LabelRow number draft on_input on_paste=on_paste suggest=suggest /> }.into_any();
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">{words::fields().labels}</legend>
            <p class="field-hint">{words::metadata().labels_hint}</p>
            {numbered(shown, row)}
            {more_button(hidden, drawn)}
            {dynamic(move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> }))}
            <Button rank=Rank::Quiet glyph=Glyph::PLUS on_click=move |_| add_row(on_input)>{words::metadata().add_label}</Button>
        </fieldset>
    }
    .into_any()
}

#[component]
fn LabelRow(
    number: u64,
    draft: Callback<u64, LabelDraft>,
    on_input: Callback<LabelInput>,
    on_paste: Option<TakePaste>,
    suggest: Option<Suggest>,
) -> impl IntoView {
    let draft = memo(move |_| draft.run(number));
    let error = memo(move |_| draft.with(|draft| draft.problem.as_ref().map(|(_, problem)| problem.clone())));
    let remove = move |()| {
        on_input.run(LabelInput::Remove(number));
        request_animation_frame(|| page::focus_first(".fieldset:has(legend + .field-hint) > .button"));
    };
    let label = Signal::derive(move || draft.with(|draft| fill(words::metadata().remove_label, &[("key", &draft.key)])));
    view! {
        <div class="label-row">
            <Part number part=LabelPart::Key draft on_input on_paste suggest />
            <Part number part=LabelPart::Value draft on_input on_paste suggest />
            <IconButton glyph=Glyph::CLOSE label on_click=remove />
            <p
                class="field-error label-row-error"
                id=format!("label-{number}-error")
                hidden=moving_flag(move || error.with(Option::is_none))
            >
                {dynamic(move || error.get())}
            </p>
        </div>
    }
    .into_any()
}

/// One field of a row, and the suggestions below it.
#[component]
fn Part(
    number: u64,
    part: LabelPart,
    draft: Memo<LabelDraft>,
    on_input: Callback<LabelInput>,
    on_paste: Option<TakePaste>,
    suggest: Option<Suggest>,
) -> impl IntoView {
    let name = match part {
        LabelPart::Prefix | LabelPart::Key => words::metadata().label_key,
        LabelPart::Value => words::metadata().label_value,
    };
    let offer = Offer {
        number,
        part,
        words: RwSignal::new(Vec::new()),
        suggest,
    };
    let is_wrong = move || draft.with(|draft| draft.problem.as_ref().is_some_and(|(wrong, _)| *wrong == part));
    let text = move || {
        draft.with(|draft| match part {
            LabelPart::Prefix | LabelPart::Key => draft.key.clone(),
            LabelPart::Value => draft.value.clone(),
        })
    };
    let typed = move |text: String| {
        on_input.run(LabelInput::Type(number, part, text));
        offer.make();
    };
    let on_paste: Box<dyn FnMut(web_sys::ClipboardEvent) + Send> = Box::new(move |event| {
        let take = |paste| on_paste.and_then(|on_paste| on_paste.run((number, part, paste)));
        if let Some(end) = clipboard::pasted(&event).and_then(take) {
            event.prevent_default();
            offer.close();
            // Setting the text by script moves the caret to its end.
            request_animation_frame(move || page::put_caret(&part_id(number, part), end));
        }
    });
    // Enter continues with the next field instead of submitting the form.
    let go_on = move || {
        offer.close();
        match part {
            LabelPart::Prefix | LabelPart::Key => page::focus_id(&part_id(number, LabelPart::Value)),
            LabelPart::Value if draft.with_untracked(|draft| draft.key.is_empty() && draft.value.is_empty()) => {}
            LabelPart::Value => add_row(on_input),
        }
        true
    };
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(move |event| {
        let is_command = event.ctrl_key() || event.meta_key();
        let is_taken = match keyboard::key_of(&event).as_str() {
            "ArrowDown" => {
                offer.make();
                suggested::enter(&offer.list_id(), offer.words)
            }
            "Escape" => offer.close(),
            "Enter" if !is_command => go_on(),
            _ => false,
        };
        if is_taken {
            event.prevent_default();
        }
    });
    let suggestions = suggest.map(|_| {
        page::on_focus_outside(&format!("#{}", offer.box_id()), move || {
            offer.close();
        });
        let take = move |word: String| {
            on_input.run(LabelInput::Type(number, part, word));
            offer.leave();
        };
        let leave = move |()| offer.leave();
        view! { <Suggested id=offer.list_id() class="label-suggestions" offered=offer.words on_take=take on_leave=leave /> }
    });
    view! {
        <div class="label-part" id=offer.box_id()>
            <input
                id=part_id(number, part)
                class="input input-code"
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=name
                placeholder=name
                aria-invalid=moving_word(move || is_wrong().then_some("true"))
                aria-describedby=moving_note(move || is_wrong().then(|| format!("label-{number}-error")))
                prop:value=moving_text(text)
                on:input=handle_event(move |event| typed(event_target_value(&event)))
                on:paste=on_paste
                on:keydown=on_key
            />
            {suggestions}
        </div>
    }
    .into_any()
}

/// Adds a row and moves the focus into it.
fn add_row(on_input: Callback<LabelInput>) {
    on_input.run(LabelInput::Add);
    request_animation_frame(|| page::focus_first(".label-row:last-of-type .input"));
}

fn part_id(number: u64, part: LabelPart) -> String {
    let part = match part {
        LabelPart::Prefix | LabelPart::Key => "key",
        LabelPart::Value => "value",
    };
    format!("label-{number}-{part}")
}

/// The open suggestions of a field.
#[derive(Debug, Clone, Copy)]
struct Offer {
    number: u64,
    part: LabelPart,
    words: RwSignal<Vec<String>>,
    suggest: Option<Suggest>,
}

impl Offer {
    fn list_id(self) -> String {
        format!("{}-suggestions", part_id(self.number, self.part))
    }

    fn box_id(self) -> String {
        format!("{}-box", part_id(self.number, self.part))
    }

    fn make(self) {
        if let Some(suggest) = self.suggest {
            self.words.set(suggest.run((self.number, self.part)));
        }
    }

    /// Returns whether there was anything to close.
    fn close(self) -> bool {
        self.words.try_update(|words| !std::mem::take(words).is_empty()) == Some(true)
    }

    /// Moves the focus back to the field.
    fn leave(self) {
        self.close();
        page::focus_id(&part_id(self.number, self.part));
    }
}

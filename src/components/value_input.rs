//! The field for a value: what is typed, pasted, dropped, taken from a file or made by chance is sent byte for byte, and
//! what is odd about it is pointed out.
//!
//! The value is in the text field and nowhere else; while it is hidden it is not even there, but set aside by
//! [`value_text`]. What a signal holds beside it are numbers, kinds and places.

mod generate;
mod inspection_view;

use contract::SecretText;
use leptos::html::Input;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, secret_words as words};
use strongroom_core::model::line_ends::LineEnds;
use strongroom_core::model::value_inspection::ValueFacts;
use web_sys::{ClipboardEvent, DragEvent, File, InputEvent};

use crate::browser::secret_textarea::{self, Dropped};
use crate::browser::tasks;
use crate::components::value_input::generate::Generator;
use crate::components::value_input::inspection_view::{Told, not_taken, too_long};
use crate::ui::button::Button;
use crate::ui::erased::{dynamic, handle_event};
use crate::ui::field::SecretArea;

/// A value that is being typed: a handle for who owns the form.
#[derive(Debug, Clone, Copy)]
pub struct ValueHandle {
    field: secret_textarea::Field,
    facts: RwSignal<ValueFacts>,
}

impl Default for ValueHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl ValueHandle {
    /// One that is empty; its field is not in the page yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            field: secret_textarea::Field::new(),
            facts: RwSignal::new(ValueFacts::default()),
        }
    }

    /// The value as it is to be sent; none while the field is not in the page. It stays in the field.
    #[must_use]
    pub fn take(self) -> Option<SecretText> {
        let ends = self.facts.try_with_untracked(|facts| facts.ends.clone())?;
        secret_textarea::look(self.field, |text| ends.apply(text))
    }

    /// How many bytes would be sent; none while the field is not in the page.
    #[must_use]
    pub fn byte_count(self) -> Option<usize> {
        self.take().map(|value| value.byte_count())
    }

    /// Whether it has more bytes than are accepted, which is told at the field.
    #[must_use]
    pub fn is_too_long(self) -> bool {
        self.facts.try_with_untracked(ValueFacts::is_too_long) == Some(true)
    }

    /// Puts a value into the field. Returns whether there is one in the page.
    #[must_use]
    pub fn set(self, value: &SecretText) -> bool {
        // The browser tells of the change first, and then what is known of it is set right.
        let Some(mut facts) = self.facts.try_get_untracked() else {
            return false;
        };
        facts.is_typing = false;
        let is_there = secret_textarea::write(self.field, value, |text| facts.replace(text)).is_some();
        is_there && self.facts.try_set(facts).is_none()
    }

    /// Puts a value into the field that nobody has typed now, and leaves the focus where it is. Returns whether there is a
    /// field in the page.
    #[must_use]
    pub fn place(self, value: &SecretText) -> bool {
        let Some(mut facts) = self.facts.try_get_untracked() else {
            return false;
        };
        facts.is_typing = false;
        let is_there = secret_textarea::place(self.field, value, |text| facts.replace(text)).is_some();
        is_there && self.facts.try_set(facts).is_none()
    }

    /// Whether the person wants to see the value; follows what they say of it.
    #[must_use]
    pub fn is_shown(self) -> bool {
        self.field.is_shown().get()
    }

    /// The same, asked once.
    #[must_use]
    pub fn was_shown(self) -> bool {
        self.field.is_shown().try_get_untracked() != Some(false)
    }

    /// Hides the value, as the person does with the button beside it.
    pub fn hide(self) {
        self.field.hide();
        let _ = self.field.is_shown().try_set(false);
    }

    fn follow(self, change: Change) {
        secret_textarea::look(self.field, |text| {
            self.facts.try_update(|facts| {
                facts.is_typing = change == Change::Typed;
                match change {
                    Change::Typed => facts.follow(text),
                    Change::Pasted => facts.pasted(text),
                    Change::Undone => facts.go_back(text),
                }
            })
        });
    }

    /// The person has left the field, and is done with it.
    fn rest(self) {
        let _ = self
            .facts
            .try_maybe_update(|facts| (std::mem::take(&mut facts.is_typing), ()));
    }

    /// A text is about to be pasted. The browser puts it into the field and makes LF of its line ends.
    fn expect_paste(self, event: &ClipboardEvent) {
        let Some(pasted) = secret_textarea::pasted(event) else {
            return;
        };
        let ends = secret_textarea::look_at(&pasted, LineEnds::of);
        let Some(selection) = secret_textarea::selection(self.field) else {
            return;
        };
        secret_textarea::look(self.field, |text| {
            self.facts
                .try_update_untracked(|facts| facts.expect_paste(text, selection, &ends))
        });
    }

    fn is_empty(self) -> bool {
        secret_textarea::look(self.field, str::is_empty) == Some(true)
    }
}

/// What the next change of the field is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Change {
    /// It is typed, and may go on.
    #[default]
    Typed,
    /// It is pasted, and whole.
    Pasted,
    /// Something is undone, or done again.
    Undone,
}

/// What became of a file, or of chance: said aloud, and shown where it failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Outcome {
    done: String,
    failed: Option<String>,
}

impl Outcome {
    fn done(text: String) -> Self {
        Self {
            done: text,
            failed: None,
        }
    }

    fn failed(text: String) -> Self {
        Self {
            done: String::new(),
            failed: Some(text),
        }
    }
}

/// Asks for a value.
#[component]
pub fn ValueInput(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// The value.
    value: ValueHandle,
    /// The value is another one.
    #[prop(into)]
    on_change: Callback<()>,
    /// What is wrong with it, beside its length.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Whether it may stay empty.
    #[prop(optional)]
    is_optional: bool,
    /// Whether it is in a part of the page that is hidden.
    #[prop(optional, into)]
    is_away: Signal<bool>,
) -> impl IntoView {
    let words = words();
    let facts = value.facts;
    facts.set(ValueFacts::default());
    secret_textarea::empty_with_view(value.field);
    let outcome = RwSignal::new(Outcome::default());
    let change = move |told: Outcome| {
        outcome.set(told);
        on_change.run(());
    };
    let put = Callback::new(move |(text, told): (SecretText, String)| {
        let _ = value.set(&text);
        change(Outcome::done(told));
    });
    let next = StoredValue::new(Change::Typed);
    let on_input = move |()| {
        value.follow(next.try_update_value(std::mem::take).unwrap_or_default());
        change(Outcome::default());
    };
    let on_paste: Box<dyn FnMut(ClipboardEvent) + Send> = Box::new(move |event| {
        if !value.field.is_target(&event) {
            return;
        }
        if !value.field.is_hidden() {
            next.set_value(Change::Pasted);
            value.expect_paste(&event);
        } else if let Some(text) = secret_textarea::pasted(&event) {
            event.prevent_default();
            put.run((text, words.value_pasted_hidden.to_owned()));
        }
    });
    let on_before: Box<dyn FnMut(InputEvent) + Send> = Box::new(move |event| {
        if event.input_type().starts_with("history") {
            next.set_value(Change::Undone);
        }
    });
    let on_drag: Box<dyn FnMut(DragEvent) + Send> = Box::new(move |event| {
        // Nothing falls by itself into a field that is hidden.
        if secret_textarea::has_files(&event) || (value.field.is_hidden() && value.field.is_target(&event)) {
            event.prevent_default();
        }
    });
    let on_drop: Box<dyn FnMut(DragEvent) + Send> = Box::new(move |event| match secret_textarea::dropped(&event) {
        Some(Dropped::File(file)) => {
            event.prevent_default();
            take_file(file, put, outcome);
        }
        Some(Dropped::Files) => {
            event.prevent_default();
            outcome.set(Outcome::failed(words.value_files.to_owned()));
        }
        // What falls on another control beside the field is none of its business.
        Some(Dropped::Text(text)) if value.field.is_target(&event) => take_text(value, &event, text, put),
        Some(Dropped::Text(_)) | None => {}
    });
    let error = Signal::derive(move || {
        let too_long = facts.with(|facts| facts.is_too_long().then(|| too_long(facts.bytes)));
        too_long.or_else(|| error.get())
    });
    let facts_id = format!("{id}-facts");
    view! {
        <div class="value-input" on:beforeinput=on_before on:paste=on_paste on:dragover=on_drag on:drop=on_drop on:focusout=move |_| value.rest()>
            <SecretArea id label hint=words.value_hint field=value.field when_hidden=words.value_is_hidden on_input error is_optional is_away more=facts_id.clone() />
            <Told id=facts_id facts on_lf=move |()| { facts.update(ValueFacts::make_lf); on_change.run(()); } />
            <Sources put outcome />
            <Generator put on_failure=move |text| outcome.set(Outcome::failed(text)) />
        </div>
    }
    .into_any()
}

/// Where a value can come from but the keyboard, and what became of it.
#[component]
fn Sources(put: Callback<(SecretText, String)>, outcome: RwSignal<Outcome>) -> impl IntoView {
    let words = words();
    let control = NodeRef::<Input>::new();
    let on_choice = move |_| {
        if let Some(file) = secret_textarea::chosen(control) {
            take_file(file, put, outcome);
        }
    };
    let failed = move || {
        let failed = outcome.with(|outcome| outcome.failed.clone());
        failed.map(|text| view! { <p class="field-error" role="alert">{text}</p> })
    };
    view! {
        <div class="actions">
            <Button on_click=move |_| secret_textarea::choose(control)>{words.value_file}</Button>
            <span class="field-hint">{words.value_file_hint}</span>
        </div>
        // The button above stands for it; this one looks different in each browser.
        <input type="file" hidden node_ref=control on:change=handle_event(on_choice) />
        {dynamic(failed)}
        <p class="visually-hidden" role="status">{dynamic(move || outcome.with(|outcome| outcome.done.clone()))}</p>
    }
    .into_any()
}

fn take_file(file: File, put: Callback<(SecretText, String)>, outcome: RwSignal<Outcome>) {
    tasks::spawn_for_page(async move {
        let name = file.name();
        // The view may be gone by then, and with it whoever wanted the file.
        match secret_textarea::read(&file).await {
            Ok(text) => {
                let _ = put.try_run((text, fill(words().value_file_taken, &[("name", &name)])));
            }
            Err(reason) => {
                let _ = outcome.try_set(Outcome::failed(not_taken(&name, reason)));
            }
        }
    });
}

/// A text is dropped. The browser puts it where it fell, with LF at the end of each line; where others would be lost, it
/// is put there by hand if nothing else is there, and otherwise the loss is told.
fn take_text(value: ValueHandle, event: &DragEvent, text: SecretText, put: Callback<(SecretText, String)>) {
    if value.field.is_hidden() {
        event.prevent_default();
        put.run((text, words().value_pasted_hidden.to_owned()));
        return;
    }
    if !secret_textarea::look_at(&text, |text| LineEnds::of(text).has_return()) {
        return;
    }
    if value.is_empty() {
        event.prevent_default();
        put.run((text, String::new()));
    } else {
        let _ = value.facts.try_update_untracked(|facts| facts.has_lost_ends = true);
    }
}

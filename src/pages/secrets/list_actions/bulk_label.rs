//! Adds, changes or removes a label of the selected secrets.

use leptos::prelude::*;
use strongroom_core::i18n::label::label_error;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::jobs::label_change::{self, LabelChange, LabelEffect, LabelPreview};
use strongroom_core::model::label_words;

use crate::browser::tasks::memo;
use crate::browser::{intl, keyboard, page};
use crate::pages::secrets::list::context::ListContext;
use crate::store::writes::{BulkItem, use_writes};
use crate::ui::button::{Button, SubmitButton};
use crate::ui::choice::{Choice, RadioGroup, Shape};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{dynamic, handle_event, handle_submit, moving_note, moving_text, moving_word};

const KEY: &str = "bulk-label-key";
const VALUE: &str = "bulk-label-value";

/// A selected secret and its labels.
#[derive(Debug, Clone)]
struct Labeled {
    id: String,
    name: String,
    labels: Vec<(String, String)>,
}

impl Labeled {
    fn value_of(&self, key: &str) -> Option<&str> {
        self.labels.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// Asks for the label, shows what would change, and starts the change.
#[component]
pub fn BulkLabel(
    context: ListContext,
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let writes = use_writes();
    let selected = StoredValue::new(selected(context));
    let all_labels = StoredValue::new(context.list.labels_in_use());
    let own_labels = StoredValue::new(selected.with_value(|selected| {
        selected.iter().flat_map(|it| it.labels.clone()).collect::<Vec<_>>()
    }));
    let key = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let is_removal = RwSignal::new(false);
    let has_tried = RwSignal::new(false);
    let change = memo(move |_| {
        let (key, value) = (key.get(), value.get());
        LabelChange::of(key.trim(), value.trim(), is_removal.get()).map_err(label_error)
    });
    let preview = memo(move |_| {
        let mut preview = LabelPreview::default();
        if let Ok(change) = change.get() {
            selected.with_value(|selected| {
                for secret in selected {
                    preview.add(change.effect(secret.value_of(change.key())));
                }
            });
        }
        preview
    });
    let error = Signal::derive(move || change.get().err().filter(|_| has_tried.get()));
    let submit = move || {
        has_tried.set(true);
        let Ok(change) = change.get_untracked() else {
            page::focus_first(&format!("#{KEY}[aria-invalid='true']"));
            return;
        };
        if preview.get_untracked().affected() == 0 {
            return;
        }
        let item = |secret: &Labeled| {
            let label = secret.value_of(change.key());
            (change.effect(label) != LabelEffect::Nothing).then(|| BulkItem {
                id: secret.id.clone(),
                name: secret.name.clone(),
                label: label.map(str::to_owned),
                ..BulkItem::default()
            })
        };
        let items = selected.with_value(|selected| selected.iter().filter_map(item).collect());
        if let LabelChange::Set { key, .. } = &change {
            context.list.show_label_first(key);
        }
        let _ = writes.label_many(context.workspace.get_value(), items, change.clone());
        on_close.run(());
    };
    let known_keys = move || {
        let known = if is_removal.get() { own_labels } else { all_labels };
        known.with_value(|known| label_words::keys(known, &key.get()))
    };
    let known_values = move || all_labels.with_value(|known| label_words::values(known, key.get().trim(), &value.get()));
    let type_key = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        match label_change::split(&text) {
            // `team=payments`, typed or pasted into the first field, fills both.
            Some((typed, rest)) if !is_removal.get_untracked() => {
                // The signal may hold this text already, and then changes no field.
                event_target::<web_sys::HtmlInputElement>(&event).set_value(typed);
                key.set(typed.to_owned());
                value.set(rest.to_owned());
                page::focus_id(VALUE);
            }
            _ => key.set(text),
        }
    };
    let enter_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(move |event| {
        let is_unfinished = !is_removal.get_untracked() && value.with_untracked(String::is_empty);
        if keyboard::key_of(&event) == "Enter" && is_unfinished && key.with_untracked(|key| !key.is_empty()) {
            event.prevent_default();
            page::focus_id(VALUE);
        }
    });
    let choice = |id, label| Choice {
        id,
        label,
        ..Choice::default()
    };
    let modes = vec![
        choice("bulk-label-set", words::bulk().label_mode_set),
        choice("bulk-label-remove", words::bulk().label_mode_remove),
    ];
    let values = dynamic(move || {
        (!is_removal.get()).then(|| {
            view! {
                <label class="field">
                    <span class="field-label">{words::metadata().label_value}</span>
                    <input
                        id=VALUE
                        class="input input-code"
                        type="text"
                        list="bulk-label-values"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        prop:value=moving_text(move || value.get())
                        on:input=handle_event(move |event| value.set(event_target_value(&event)))
                    />
                </label>
            }
        })
    });
    view! {
        <Dialog label=words::bulk().label_title id="label-secrets" on_cancel=on_close>
            <form class="form" on:submit=handle_submit(submit) novalidate>
                <div class="label-pair">
                    <label class="field">
                        <span class="field-label">{words::metadata().label_key}</span>
                        <input
                            id=KEY
                            class="input input-code"
                            type="text"
                            list="bulk-label-keys"
                            autocomplete="off"
                            autocapitalize="off"
                            spellcheck="false"
                            aria-invalid=moving_word(move || error.with(Option::is_some).then_some("true"))
                            aria-describedby=moving_note(|| Some("bulk-label-preview".to_owned()))
                            prop:value=moving_text(move || key.get())
                            on:input=handle_event(type_key)
                            on:keydown=enter_key
                        />
                    </label>
                    {values}
                </div>
                {options("bulk-label-keys", known_keys)}
                {options("bulk-label-values", known_values)}
                <RadioGroup
                    name="bulk-label-mode"
                    label=words::bulk().label_mode
                    choices=modes
                    chosen=Signal::derive(move || usize::from(is_removal.get()))
                    on_choose=move |chosen| is_removal.set(chosen == 1)
                    shape=Shape::Segments
                />
                <p id="bulk-label-preview" class="field-hint" role="status">
                    {dynamic(move || error.get().unwrap_or_else(|| told(change.get().is_ok(), preview.get())))}
                </p>
                <div class="actions">
                    <Button on_click=move |_| on_close.run(())>{words::common().cancel}</Button>
                    <SubmitButton>
                        {dynamic(move || if is_removal.get() { words::bulk().label_remove } else { words::bulk().label_set })}
                    </SubmitButton>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// Suggestions for a field, by the browser's own list.
fn options(id: &'static str, known: impl Fn() -> Vec<String> + Send + 'static) -> AnyView {
    let options = dynamic(move || {
        let option = |value: String| view! { <option value=value></option> }.into_any();
        known().into_iter().map(option).collect::<Vec<_>>()
    });
    view! { <datalist id=id>{options}</datalist> }.into_any()
}

/// The preview in words: "Adds to 4, changes 1".
fn told(is_change: bool, preview: LabelPreview) -> String {
    let words = words::bulk();
    if !is_change {
        return String::new();
    }
    if preview.affected() == 0 {
        return words.label_no_effect.to_owned();
    }
    let (same_one, same) = match preview.removed {
        0 => (words.label_has_one, words.label_has),
        _ => (words.label_lacks_one, words.label_lacks),
    };
    let parts = [
        (preview.added, words.label_adds),
        (preview.changed, words.label_changes),
        (preview.removed, words.label_removes),
        (preview.unaffected, plural(preview.unaffected, same_one, same)),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let text = parts.map(|(count, part)| fill(part, &[("count", &intl::count(count))]));
    let text = text.collect::<Vec<_>>().join(", ");
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The selected secrets, without those that are being deleted.
fn selected(context: ListContext) -> Vec<Labeled> {
    let selected = context.list.with(|loaded| {
        let rows = loaded.list().rows();
        let labeled = |row| {
            let (id, name) = (rows.id(row), rows.name(row));
            let label = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
            Labeled {
                id: id.to_owned(),
                name: if name.is_empty() { id } else { name }.to_owned(),
                labels: rows.labels(row).map(label).collect(),
            }
        };
        let selected = loaded.selection().rows();
        let selected = selected.filter(|row| !context.list.is_delete_pending(rows.id(*row)));
        selected.map(labeled).collect()
    });
    selected.unwrap_or_default()
}

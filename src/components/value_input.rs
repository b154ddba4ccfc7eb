//! The field for a value: typed, pasted, dropped, from a file or generated. Warns about suspicious content.
//!
//! The value is in the text field alone, or beside it while it is hidden ([`secret_textarea`]). Signals hold numbers, kinds
//! and positions.

mod generate;
mod inspection_view;

use contract::SecretText;
use leptos::html::Input;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::value_inspection::{self, Fix, ValueInspection};
use web_sys::{ClipboardEvent, DragEvent, File};

use crate::browser::secret_textarea::{self, Dropped, SecretTextarea};
use crate::browser::pause::Pause;
use crate::browser::tasks;
use crate::components::value_input::generate::Generator;
use crate::components::value_input::inspection_view::{InspectionView, file_error};
use crate::ui::button::Button;
use crate::ui::erased::{dynamic, handle_event};
use crate::ui::field::{SecretArea, SecretControl};

/// The value of a form, as a handle for its page.
#[derive(Debug, Clone, Copy)]
pub struct ValueHandle {
    field: SecretTextarea,
    inspection: RwSignal<ValueInspection>,
    /// The inspection whose findings are shown: that of the last pause.
    settled: RwSignal<ValueInspection>,
    /// Whether the draft had a value that was not kept.
    is_lost: bool,
}

impl Default for ValueHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl ValueHandle {
    /// Empty; its field is not in the page yet.
    #[must_use]
    pub fn new() -> Self {
        Self::with(None, true)
    }

    /// Starts with the value of a draft, byte for byte; its field is not in the page yet.
    #[must_use]
    pub fn with(value: Option<&SecretText>, is_shown: bool) -> Self {
        let inspection = value.map(|value| secret_textarea::inspect(value, ValueInspection::of));
        let inspection = inspection.unwrap_or_default();
        Self {
            field: SecretTextarea::with(value, is_shown),
            inspection: RwSignal::new(inspection.clone()),
            settled: RwSignal::new(inspection),
            is_lost: false,
        }
    }

    /// The same, of a draft whose value a lock has removed: the field says so while it is empty.
    #[must_use]
    pub fn lost(self, is_lost: bool) -> Self {
        Self { is_lost, ..self }
    }

    /// A copy of the value as it is sent. None while the field is not in the page.
    #[must_use]
    pub fn take(self) -> Option<SecretText> {
        let line_ends = self.inspection.try_with_untracked(|it| it.line_ends.clone())?;
        self.field.inspect(|text| line_ends.apply(text))
    }

    /// The size of the value as it is sent.
    #[must_use]
    pub fn byte_count(self) -> usize {
        self.inspection.try_with_untracked(|it| it.bytes).unwrap_or_default()
    }

    /// Replaces the value so that the user can undo it. Returns whether the field is in the page.
    #[must_use]
    pub fn set(self, value: &SecretText) -> bool {
        self.field.replace(value) && self.inspect(value)
    }

    /// Sets the value without moving the focus. Returns whether the field is in the page.
    #[must_use]
    pub fn place(self, value: &SecretText) -> bool {
        self.field.set(value) && self.inspect(value)
    }

    /// Whether the user wants to see the value. Tracked.
    #[must_use]
    pub fn is_shown(self) -> bool {
        self.field.is_shown().get()
    }

    /// Like [`Self::is_shown`], untracked.
    #[must_use]
    pub fn was_shown(self) -> bool {
        self.field.is_shown().try_get_untracked() != Some(false)
    }

    /// What the user should look at, one sentence each. Tracked.
    #[must_use]
    pub fn findings(self) -> Vec<String> {
        self.inspection.with(inspection_view::sentences)
    }

    /// The number of characters. Tracked.
    #[must_use]
    pub fn character_count(self) -> usize {
        self.inspection.with(|inspection| inspection.length)
    }

    /// The field holds this value now, whatever its input event made of it.
    fn inspect(self, value: &SecretText) -> bool {
        let inspection = secret_textarea::inspect(value, ValueInspection::of);
        self.inspection.try_set(inspection).is_none()
    }

    fn settle(self) {
        if let Some(inspection) = self.inspection.try_get_untracked() {
            let _ = self.settled.try_set(inspection);
        }
    }

    /// The user has changed the field.
    fn edit(self) {
        self.field
            .inspect(|text| self.inspection.try_update(|inspection| inspection.edit(text)));
    }

    /// The browser is about to put this text into the field.
    fn expect_paste(self, text: &SecretText) {
        let expect = |text: &str| self.inspection.try_update_untracked(|it| it.expect_paste(text));
        secret_textarea::inspect(text, expect);
    }

    /// Takes a paste. The browser pastes by itself, except into a hidden field, which is read-only. Returns whether the
    /// paste was handled.
    fn paste(self, text: &SecretText) -> bool {
        // A clipboard without text, such as a picture, must not empty the hidden value.
        if text.is_empty() {
            return false;
        }
        let is_hidden = self.field.is_hidden();
        if is_hidden && self.place(text) {
            self.expect_paste(text);
            self.edit();
        } else if !is_hidden {
            self.expect_paste(text);
        }
        is_hidden
    }

    /// Corrects the value; the user can undo it.
    fn fix(self, fix: Fix) {
        let fixed = self.take().map(|value| secret_textarea::inspect(&value, |text| value_inspection::fixed(text, fix)));
        if let Some(fixed) = fixed {
            let _ = self.set(&fixed);
            self.settle();
        }
    }
}

/// The result of taking a value from a file, the generator or a paste.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum SourceStatus {
    #[default]
    None,
    /// Announced.
    Done(String),
    /// Shown as an alert.
    Failed(String),
}

impl SourceStatus {
    fn done(&self) -> Option<String> {
        match self {
            Self::Done(text) => Some(text.clone()),
            Self::None | Self::Failed(_) => None,
        }
    }

    fn failed(&self) -> Option<String> {
        match self {
            Self::Failed(text) => Some(text.clone()),
            Self::None | Self::Done(_) => None,
        }
    }
}

/// The field for a value.
#[component]
pub fn ValueInput(
    /// The id of the control, unique in the page.
    id: &'static str,
    /// Its accessible name.
    label: &'static str,
    /// The value.
    value: ValueHandle,
    /// Runs after each change of the value.
    #[prop(into)]
    on_change: Callback<()>,
    /// The error about it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Whether it may stay empty.
    #[prop(optional)]
    is_optional: bool,
    /// Whether the part of the page that it is in is hidden.
    #[prop(optional, into)]
    is_away: Signal<bool>,
    /// Asked about the text of a file before it becomes the value. Returns whether it was taken for something else.
    #[prop(optional, into)]
    take_text: Option<Callback<SecretText, bool>>,
) -> impl IntoView {
    let inspection = value.inspection;
    value.field.clear_with_view();
    let status = RwSignal::new(SourceStatus::None);
    let changed = move |now: SourceStatus| {
        status.set(now);
        on_change.run(());
    };
    let put = Callback::new(move |(text, message): (SecretText, String)| {
        let _ = value.set(&text);
        changed(SourceStatus::Done(message));
    });
    let put_file = Callback::new(move |(text, message): (SecretText, String)| {
        if !take_text.is_some_and(|take| take.run(text.duplicate())) {
            put.run((text, message));
        }
    });
    let on_input = move |()| {
        value.edit();
        changed(SourceStatus::None);
    };
    let paste = move |text: SecretText| {
        let is_handled = value.paste(&text);
        if is_handled {
            changed(SourceStatus::Done(words::value_input().pasted_hidden.to_owned()));
        }
        is_handled
    };
    let on_paste: Box<dyn FnMut(ClipboardEvent) + Send> = Box::new(move |event| {
        if value.field.is_target(&event)
            && let Some(text) = secret_textarea::pasted(&event)
            && paste(text)
        {
            event.prevent_default();
        }
    });
    let on_drag: Box<dyn FnMut(DragEvent) + Send> = Box::new(move |event| {
        // The browser drops nothing into a read-only field unless the page accepts it.
        if secret_textarea::has_files(&event) || (value.field.is_hidden() && value.field.is_target(&event)) {
            event.prevent_default();
        }
    });
    let on_drop: Box<dyn FnMut(DragEvent) + Send> = Box::new(move |event| match secret_textarea::dropped(&event) {
        Some(Dropped::File(file)) => {
            event.prevent_default();
            take_file(file, put_file, status);
        }
        Some(Dropped::Files) => {
            event.prevent_default();
            status.set(SourceStatus::Failed(words::value_input().files.to_owned()));
        }
        Some(Dropped::Text(text)) if value.field.is_target(&event) => {
            if paste(text) {
                event.prevent_default();
            }
        }
        Some(Dropped::Text(_)) | None => {}
    });
    let on_fix = move |fix| {
        value.fix(fix);
        on_change.run(());
    };
    let pause = Pause::until_unmount();
    tasks::follow(move || {
        inspection.track();
        pause.then(move || value.settle());
    });
    let inspection_id = format!("{id}-facts");
    let lost = move || {
        let is_told = value.is_lost && inspection.with(|it| it.bytes == 0);
        is_told.then(|| view! { <p class="note note-warning" role="status">{words::value_input().lost}</p> })
    };
    view! {
        <div
            class="value-input"
            on:paste=on_paste
            on:dragover=on_drag
            on:drop=on_drop
        >
            <SecretArea
                id
                label
                hint=words::value_input().hint
                field=value.field
                when_hidden=words::value_input().is_hidden
                on_input
                error
                is_optional
                is_away
                more=inspection_id.clone()
            />
            {dynamic(lost)}
            <InspectionView id=inspection_id inspection settled=value.settled on_fix />
            <Sources put=put_file status />
            <Generator put on_failure=move |text| status.set(SourceStatus::Failed(text)) />
        </div>
    }
    .into_any()
}

/// A value of several: its text, hidden unless it is asked for, and what is said about it, in one line.
#[component]
pub fn ValueLine(
    /// The id of the control, unique in the page.
    id: String,
    /// Its accessible name.
    label: String,
    /// The value.
    value: ValueHandle,
) -> impl IntoView {
    let inspection = value.inspection;
    value.field.clear_with_view();
    let on_paste: Box<dyn FnMut(ClipboardEvent) + Send> = Box::new(move |event| {
        if let Some(text) = secret_textarea::pasted(&event)
            && value.paste(&text)
        {
            event.prevent_default();
        }
    });
    let facts_id = format!("{id}-facts");
    let described = facts_id.clone();
    let told = move || inspection.with(inspection_view::summary);
    view! {
        <div class="value-row" on:paste=on_paste>
            <SecretControl
                id
                label
                is_own_name=true
                field=value.field
                when_hidden=words::value().hidden
                on_input=Callback::new(move |()| value.edit())
                is_wrong=Signal::derive(|| false)
                is_required=false
                described=Signal::derive(move || Some(described.clone()))
                rows="1"
            />
            <p class="field-hint" id=facts_id>{dynamic(told)}</p>
        </div>
    }
    .into_any()
}

/// Choosing a file, and the result of the last source.
#[component]
fn Sources(put: Callback<(SecretText, String)>, status: RwSignal<SourceStatus>) -> impl IntoView {
    let control = NodeRef::<Input>::new();
    let on_choice = move |_| {
        if let Some(file) = secret_textarea::chosen(control) {
            take_file(file, put, status);
        }
    };
    let failed = move || {
        let failed = status.with(SourceStatus::failed);
        failed.map(|text| view! { <p class="field-error" role="alert">{text}</p> })
    };
    view! {
        <div class="actions">
            <Button on_click=move |_| secret_textarea::choose(control)>{words::value_input().file}</Button>
            <span class="field-hint">{words::value_input().file_hint}</span>
        </div>
        // The button above opens it; the control itself looks different in each browser.
        <input type="file" hidden node_ref=control on:change=handle_event(on_choice) />
        {dynamic(failed)}
        <p class="visually-hidden" role="status">{dynamic(move || status.with(SourceStatus::done))}</p>
    }
    .into_any()
}

fn take_file(file: File, put: Callback<(SecretText, String)>, status: RwSignal<SourceStatus>) {
    tasks::spawn_for_page(async move {
        let name = file.name();
        // The view may be gone when the file has been read.
        match secret_textarea::read(&file).await {
            Ok(text) => {
                let _ = put.try_run((text, fill(words::value_input().file_taken, &[("name", &name)])));
            }
            Err(error) => {
                let _ = status.try_set(SourceStatus::Failed(file_error(&name, error)));
            }
        }
    });
}

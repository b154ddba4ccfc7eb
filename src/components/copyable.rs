//! Text to be read character by character and copied.

use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::reference_text::Spelling;

use crate::browser::clipboard::{Clipboard, use_clipboard};
use crate::browser::clock::use_clock;
use crate::browser::tasks;
use crate::store::notices::{Notices, use_notices};
use crate::ui::button::IconButton;
use crate::ui::icon::Glyph;

/// How long the button shows that it has copied.
const STAY: Duration = Duration::from_secs(2);

/// A text in code type with a copy button. Reports success only if the browser did. Not for values: the text is in the
/// page.
#[component]
pub fn Copyable(
    /// What the text is, for the label of the button: "Copy {what}".
    what: &'static str,
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let (notices, clipboard, clock) = (use_notices(), use_clipboard(), use_clock());
    let is_copied = RwSignal::new(false);
    let copied = text.clone();
    let copy = move |()| {
        let text = copied.clone();
        tasks::spawn_for_page(async move {
            if !clipboard.copy(&text).await {
                return notices.failed(words::common().not_copied);
            }
            notices.done(fill(words::common().copied, &[("what", what)]));
            let _ = is_copied.try_set(true);
            clock.sleep(STAY).await;
            let _ = is_copied.try_set(false);
        });
    };
    let glyph = Signal::derive(move || if is_copied.get() { Glyph::CHECK } else { Glyph::COPY });
    view! {
        <span class="copyable">
            <code>{text}</code>
            <IconButton glyph label=fill(words::common().copy, &[("what", what)]) on_click=copy />
        </span>
    }
    .into_any()
}

/// Copies a text and reports whether that worked.
pub fn copy(clipboard: Clipboard, notices: Notices, what: &str, text: String) {
    let what = what.to_owned();
    tasks::spawn_for_page(async move {
        if clipboard.copy(&text).await {
            notices.done(fill(words::common().copied, &[("what", &*what)]));
        } else {
            notices.failed(words::common().not_copied);
        }
    });
}

/// Copies a reference to a secret. Its notice names the reference, which is what was copied.
pub fn copy_reference(clipboard: Clipboard, notices: Notices, spelling: Spelling, name: &str) {
    let text = spelling.of(name);
    copy(clipboard, notices, &text.clone(), text);
}

//! The clipboard. What is a value is taken out of it again, as far as the browser lets the page, and what became of that
//! is told as it is. The page never reads the clipboard: the site's own policy forbids it (`site/src/headers.rs`).

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{document, window, window_event_listener_untyped};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser::tasks;

/// What became of a value in the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The browser says that the clipboard is empty now. A history that the system keeps of it is another matter.
    Emptied,
    /// Not emptied: the page was not in front. It is tried again when it is.
    Unfocused,
    /// Not emptied: the browser did not let the page. It is tried again at the next click or key.
    Refused,
}

type Told = Rc<dyn Fn(Outcome)>;

/// A value that is in the clipboard, as far as the page knows.
struct Held {
    number: u64,
    told: Told,
    has_failed: bool,
    is_under_way: bool,
    /// Tries to empty the clipboard. Handed over like this, the code for that is loaded only with what copies values.
    empty: fn(u64),
}

thread_local! {
    /// How many values were copied.
    static COUNT: Cell<u64> = const { Cell::new(0) };
    /// How often all was to be emptied at once.
    static ENDS: Cell<u64> = const { Cell::new(0) };
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// Copies a text that is no value. Returns whether the browser said that it did.
pub async fn copy(text: &str) -> bool {
    let is_copied = write(text).await;
    if is_copied {
        // What was in there before is gone.
        HELD.set(None);
    }
    is_copied
}

/// Copies a value, and empties the clipboard after so many seconds; what becomes of that is told. Returns whether the
/// browser said that it copied.
pub async fn copy_value(value: &str, seconds: u32, told: impl Fn(Outcome) + 'static) -> bool {
    let ends = ENDS.get();
    if !write(value).await {
        return false;
    }
    let number = HELD.with_borrow_mut(|held| {
        let number = COUNT.get() + 1;
        COUNT.set(number);
        *held = Some(Held {
            number,
            told: Rc::new(told),
            has_failed: false,
            is_under_way: false,
            empty: begin_to_empty,
        });
        number
    });
    if ENDS.get() != ends {
        // The page was locked while the browser wrote.
        begin_to_empty(number);
    }
    tasks::spawn_for_page(async move {
        gloo_timers::future::sleep(Duration::from_secs(seconds.into())).await;
        empty(number).await;
    });
    true
}

/// Empties the clipboard now, where a value is in it: the page is locked, or the session ends.
pub fn empty_now() {
    ENDS.set(ENDS.get() + 1);
    let held = HELD.with_borrow(|held| held.as_ref().map(|held| (held.empty, held.number)));
    if let Some((empty, number)) = held {
        empty(number);
    }
}

fn begin_to_empty(number: u64) {
    tasks::spawn_for_page(empty(number));
}

async fn empty(number: u64) {
    let begun = HELD.with_borrow_mut(|held| {
        let held = held
            .as_mut()
            .filter(|held| held.number == number && !held.is_under_way)?;
        held.is_under_way = true;
        Some(Rc::clone(&held.told))
    });
    let Some(told) = begun else { return };
    let outcome = try_to_empty().await;
    let is_done = outcome == Outcome::Emptied;
    let is_news = HELD.with_borrow_mut(|held| {
        let Some(present) = held.as_mut().filter(|held| held.number == number) else {
            return false;
        };
        present.is_under_way = false;
        let is_first = !std::mem::replace(&mut present.has_failed, true);
        if is_done {
            *held = None;
        }
        is_done || is_first
    });
    if is_news {
        told(outcome);
        if !is_done {
            try_again_when_asked(number);
        }
    }
}

async fn try_to_empty() -> Outcome {
    if !document().has_focus().unwrap_or_default() {
        Outcome::Unfocused
    } else if write("").await {
        Outcome::Emptied
    } else {
        Outcome::Refused
    }
}

/// Some browsers let a page write only in answer to a person, and all only when it is in front.
fn try_again_when_asked(number: u64) {
    for event in ["focus", "pointerup", "keyup"] {
        // It stays, and does nothing once the value is out: there is no other end that it could hear of.
        std::mem::forget(window_event_listener_untyped(event, move |_| begin_to_empty(number)));
    }
}

async fn write(text: &str) -> bool {
    // Outside a secure context there is no clipboard object at all, whatever its type says.
    let navigator: JsValue = window().navigator().into();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    has_clipboard
        && JsFuture::from(window().navigator().clipboard().write_text(text))
            .await
            .is_ok()
}

/// What is about to be pasted into a line; for what is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paste {
    /// The text.
    pub text: String,
    /// What is selected of the line, from where to where in units of UTF-16: the text takes its place.
    pub place: (usize, usize),
}

/// What is about to be pasted. Where the browser does not tell what is selected, it is the end.
#[must_use]
pub fn pasted(event: &web_sys::ClipboardEvent) -> Option<Paste> {
    let text = event.clipboard_data()?.get_data("text/plain").ok()?;
    let line: Option<web_sys::HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    let place =
        |end: Option<Result<Option<u32>, _>>| end.and_then(Result::ok).flatten().map_or(usize::MAX, |at| at as usize);
    Some(Paste {
        text,
        place: (
            place(line.as_ref().map(web_sys::HtmlInputElement::selection_start)),
            place(line.as_ref().map(web_sys::HtmlInputElement::selection_end)),
        ),
    })
}

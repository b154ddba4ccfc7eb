//! The clipboard. A copied value is cleared again as far as the browser allows, and the outcome is reported as it is.
//! The page never reads the clipboard: the site's own policy forbids it (`site/src/headers.rs`). So it clears only what
//! can't be anything else: once the user has left the page or copied by other means, the user is asked.

use std::rc::Rc;
use std::time::Duration;

use contract::SecretText;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser::clock::Clock;
use crate::browser::tasks;

/// The outcome of clearing a value from the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The browser reports that the clipboard is empty. A clipboard history of the system may still hold the value.
    Emptied,
    /// Not cleared because it may hold something else by now: see [`Clipboard::clear`].
    Unsure,
    /// Not cleared because the browser refused. Retried at the next click or key press.
    Refused,
}

type Told = Rc<dyn Fn(Outcome)>;

/// The system clipboard: the browser's, or a test's.
pub trait Board: Send + Sync {
    /// Writes a text. Returns whether the browser reported success.
    fn write<'a>(&'a self, text: &'a str) -> LocalBoxFuture<'a, bool>;
    /// Writes a value that is not there yet; nothing if there is none. To be called straight from a press: some browsers let
    /// the page write only then.
    fn write_when<'a>(&'a self, value: LocalBoxFuture<'static, Option<SecretText>>) -> LocalBoxFuture<'a, bool> {
        Box::pin(write_after(async |text| self.write(text).await, value))
    }
    /// Whether the page is focused; only then can it write.
    fn is_in_front(&self) -> bool;
    /// Runs `act` whenever writing may be allowed. Some browsers allow it only during a user gesture.
    fn on_chance(&self, act: Box<dyn Fn()>);
    /// Runs `act` whenever the clipboard may have changed without the page: the page is left, or the user copies in it.
    fn on_foreign_copy(&self, act: Box<dyn Fn()>);
}

/// A value that is in the clipboard, as far as the page knows.
struct Held {
    number: u64,
    told: Told,
    has_failed: bool,
    is_under_way: bool,
    /// Whether nothing else can have been copied since.
    is_certain: bool,
    /// Tries to clear the clipboard. A function pointer, so that its code is loaded only with the code that copies
    /// values.
    empty: fn(Clipboard, u64),
}

/// The clipboard, and whether it holds one of our values. A handle.
#[derive(Clone, Copy)]
pub struct Clipboard {
    board: &'static dyn Board,
    clock: Clock,
    state: StoredValue<State, LocalStorage>,
}

#[derive(Default)]
struct State {
    /// The number of values copied.
    count: u64,
    /// The number of times that all values were to be cleared at once.
    ends: u64,
    held: Option<Held>,
    is_watching: bool,
}

/// The clipboard of the app.
///
/// # Panics
///
/// If no app provides one. A programming error, caught by the first test.
#[must_use]
pub fn use_clipboard() -> Clipboard {
    expect_context()
}

impl Clipboard {
    /// Holds no value yet.
    #[must_use]
    pub fn new(board: &'static dyn Board, clock: Clock) -> Self {
        Self {
            board,
            clock,
            state: StoredValue::new_local(State::default()),
        }
    }

    /// Copies a text that is not a value. Returns whether the browser reported success.
    pub async fn copy(self, text: &str) -> bool {
        let is_copied = self.board.write(text).await;
        if is_copied {
            // The previous content is gone.
            self.state.try_update_value(|state| state.held = None);
        }
        is_copied
    }

    /// Copies a value and clears the clipboard after `seconds`; reports the outcome of clearing. Returns whether the
    /// browser reported that it copied.
    #[cfg(any(test, feature = "testing"))]
    pub async fn copy_value(self, value: &str, seconds: u32, told: impl Fn(Outcome) + 'static) -> bool {
        self.hold(self.board.write(value), seconds, Rc::new(told)).await
    }

    /// The same for a value that is not there yet.
    pub async fn copy_value_when(
        self,
        value: LocalBoxFuture<'static, Option<SecretText>>,
        seconds: u32,
        told: impl Fn(Outcome) + 'static,
    ) -> bool {
        self.hold(self.board.write_when(value), seconds, Rc::new(told)).await
    }

    async fn hold(self, write: LocalBoxFuture<'_, bool>, seconds: u32, told: Told) -> bool {
        let ends = self.ends();
        if !write.await {
            return false;
        }
        if self.state.try_update_value(|state| std::mem::replace(&mut state.is_watching, true)) == Some(false) {
            self.board.on_foreign_copy(Box::new(move || self.set_certain(false)));
        }
        let number = self.state.try_update_value(|state| {
            state.count += 1;
            state.held = Some(Held {
                number: state.count,
                told,
                has_failed: false,
                is_under_way: false,
                // The page was left during the write: something else may have been copied since.
                is_certain: self.board.is_in_front(),
                empty: begin_to_empty,
            });
            state.count
        });
        let Some(number) = number else { return true };
        if self.ends() != ends {
            // The page was locked during the write.
            begin_to_empty(self, number);
        }
        tasks::spawn_for_page(async move {
            self.clock.sleep(Duration::from_secs(seconds.into())).await;
            empty(self, number).await;
        });
        true
    }

    /// Clears the clipboard now if it holds a value, because the page is locked or the session ends.
    pub fn empty_now(self) {
        let held = self.state.try_update_value(|state| {
            state.ends += 1;
            state.held.as_ref().map(|held| (held.empty, held.number))
        });
        if let Some(Some((empty, number))) = held {
            empty(self, number);
        }
    }

    /// Clears the clipboard, whatever it holds: the user has said so after [`Outcome::Unsure`].
    pub fn clear(self) {
        self.set_certain(true);
        let number = self.state.try_with_value(|state| state.held.as_ref().map(|held| held.number));
        if let Some(Some(number)) = number {
            begin_to_empty(self, number);
        }
    }

    fn set_certain(self, is_certain: bool) {
        self.state.try_update_value(|state| {
            if let Some(held) = &mut state.held {
                held.is_certain = is_certain;
                held.has_failed &= !is_certain;
            }
        });
    }

    fn ends(self) -> Option<u64> {
        self.state.try_with_value(|state| state.ends)
    }
}

fn begin_to_empty(clipboard: Clipboard, number: u64) {
    tasks::spawn_for_page(empty(clipboard, number));
}

async fn empty(clipboard: Clipboard, number: u64) {
    let begun = clipboard.state.try_update_value(|state| {
        let held = state.held.as_mut();
        let held = held.filter(|held| held.number == number && !held.is_under_way)?;
        held.is_under_way = true;
        Some((Rc::clone(&held.told), held.is_certain))
    });
    let Some(Some((told, is_certain))) = begun else { return };
    let outcome = try_to_empty(clipboard.board, is_certain).await;
    let is_done = outcome == Outcome::Emptied;
    let is_news = clipboard.state.try_update_value(|state| {
        let Some(present) = state.held.as_mut().filter(|held| held.number == number) else {
            return false;
        };
        present.is_under_way = false;
        let is_first = !std::mem::replace(&mut present.has_failed, true);
        if is_done {
            state.held = None;
        }
        is_done || is_first
    });
    if is_news == Some(true) {
        told(outcome);
        if outcome == Outcome::Refused {
            clipboard
                .board
                .on_chance(Box::new(move || begin_to_empty(clipboard, number)));
        }
    }
}

async fn try_to_empty(board: &dyn Board, is_certain: bool) -> Outcome {
    if !is_certain || !board.is_in_front() {
        Outcome::Unsure
    } else if board.write("").await {
        Outcome::Emptied
    } else {
        Outcome::Refused
    }
}

/// The browser's clipboard.
pub struct BrowserBoard;
impl Board for BrowserBoard {
    fn write<'a>(&'a self, text: &'a str) -> LocalBoxFuture<'a, bool> {
        Box::pin(async move {
            // Outside a secure context there is no clipboard object, although its type is not optional.
            let navigator: JsValue = window().navigator().into();
            let has_clipboard =
                js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
            has_clipboard
                && JsFuture::from(window().navigator().clipboard().write_text(text))
                    .await
                    .is_ok()
        })
    }

    fn write_when<'a>(&'a self, value: LocalBoxFuture<'static, Option<SecretText>>) -> LocalBoxFuture<'a, bool> {
        match Promised::new() {
            Some(promised) => promised.write(value),
            None => Box::pin(write_after(async |text| self.write(text).await, value)),
        }
    }

    fn is_in_front(&self) -> bool {
        document().has_focus().unwrap_or_default()
    }

    fn on_chance(&self, act: Box<dyn Fn()>) {
        let act: Rc<dyn Fn()> = act.into();
        for event in ["focus", "pointerup", "keyup"] {
            let act = Rc::clone(&act);
            // Never removed: it is a no-op once the value is cleared, and nothing signals an end.
            std::mem::forget(window_event_listener_untyped(event, move |_| act()));
        }
    }

    fn on_foreign_copy(&self, act: Box<dyn Fn()>) {
        let act: Rc<dyn Fn()> = act.into();
        for event in ["blur", "visibilitychange", "copy", "cut"] {
            let act = Rc::clone(&act);
            // Never removed: asked for once, for the page.
            std::mem::forget(window_event_listener_untyped(event, move |_| act()));
        }
    }
}

async fn write_after(
    write: impl AsyncFnOnce(&str) -> bool,
    value: LocalBoxFuture<'static, Option<SecretText>>,
) -> bool {
    match value.await {
        Some(value) => write(value.expose()).await,
        None => false,
    }
}

/// What is needed to write a text that is promised, where the browser has it.
struct Promised {
    clipboard: JsValue,
    write: js_sys::Function,
    item: js_sys::Function,
}

impl Promised {
    fn new() -> Option<Self> {
        let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok().filter(|it| !it.is_undefined());
        let clipboard = get(&window().navigator().into(), "clipboard")?;
        let write = get(&clipboard, "write")?.dyn_into().ok()?;
        let item = get(&window().into(), "ClipboardItem")?.dyn_into().ok()?;
        Some(Self { clipboard, write, item })
    }

    /// Calls the browser now, and waits for it later.
    fn write(self, value: LocalBoxFuture<'static, Option<SecretText>>) -> LocalBoxFuture<'static, bool> {
        const TEXT: &str = "text/plain";
        let data = wasm_bindgen_futures::future_to_promise(async move {
            let value = value.await.ok_or(JsValue::NULL)?;
            let options = web_sys::BlobPropertyBag::new();
            options.set_type(TEXT);
            let parts = js_sys::Array::of1(&value.expose().into());
            web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).map(JsValue::from)
        });
        let begin = || {
            let types = js_sys::Object::new();
            js_sys::Reflect::set(&types, &TEXT.into(), &data)?;
            let item = js_sys::Reflect::construct(&self.item, &js_sys::Array::of1(&types))?;
            self.write.call1(&self.clipboard, &js_sys::Array::of1(&item))
        };
        let written = begin().map(|written| js_sys::Promise::resolve(&written));
        Box::pin(async move {
            match written {
                Ok(written) => JsFuture::from(written).await.is_ok(),
                Err(_) => false,
            }
        })
    }
}

/// A paste into a single-line field; not for values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paste {
    pub text: String,
    /// The selected range that the text replaces, in UTF-16 units.
    pub place: (usize, usize),
}

/// Reads a paste event. If the browser does not report the selection, it is the end of the text.
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

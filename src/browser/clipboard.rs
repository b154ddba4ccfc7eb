//! The clipboard. What is a value is taken out of it again, as far as the browser lets the page, and what became of that
//! is told as it is. The page never reads the clipboard: the site's own policy forbids it (`site/src/headers.rs`).

use std::rc::Rc;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser::clock::Clock;
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

/// The clipboard of the system: the browser's, or a test's.
pub trait Board: Send + Sync {
    /// Puts a text into it. Returns whether the browser said that it did.
    fn write<'a>(&'a self, text: &'a str) -> LocalBoxFuture<'a, bool>;
    /// Whether the page is in front: only then can it write.
    fn is_in_front(&self) -> bool;
    /// Runs `act` whenever the browser may let the page write: some do only in answer to a person.
    fn on_chance(&self, act: Box<dyn Fn()>);
}

/// A value that is in the clipboard, as far as the page knows.
struct Held {
    number: u64,
    told: Told,
    has_failed: bool,
    is_under_way: bool,
    /// Tries to empty the clipboard. Handed over like this, the code for that is loaded only with what copies values.
    empty: fn(Clipboard, u64),
}

/// The clipboard, and whether a value of ours is in it. A handle.
#[derive(Clone, Copy)]
pub struct Clipboard {
    board: &'static dyn Board,
    clock: Clock,
    state: StoredValue<State, LocalStorage>,
}

#[derive(Default)]
struct State {
    /// How many values were copied.
    count: u64,
    /// How often all was to be emptied at once.
    ends: u64,
    held: Option<Held>,
}

/// The clipboard of the app.
///
/// # Panics
///
/// Where no app provides one: a fault of the program, found by its first test.
#[must_use]
pub fn use_clipboard() -> Clipboard {
    expect_context()
}

impl Clipboard {
    /// Nothing of ours is in it yet.
    #[must_use]
    pub fn new(board: &'static dyn Board, clock: Clock) -> Self {
        Self {
            board,
            clock,
            state: StoredValue::new_local(State::default()),
        }
    }

    /// Copies a text that is no value. Returns whether the browser said that it did.
    pub async fn copy(self, text: &str) -> bool {
        let is_copied = self.board.write(text).await;
        if is_copied {
            // What was in there before is gone.
            self.state.try_update_value(|state| state.held = None);
        }
        is_copied
    }

    /// Copies a value, and empties the clipboard after so many seconds; what becomes of that is told. Returns whether the
    /// browser said that it copied.
    pub async fn copy_value(self, value: &str, seconds: u32, told: impl Fn(Outcome) + 'static) -> bool {
        let ends = self.ends();
        if !self.board.write(value).await {
            return false;
        }
        let told: Told = Rc::new(told);
        let number = self.state.try_update_value(|state| {
            state.count += 1;
            state.held = Some(Held {
                number: state.count,
                told,
                has_failed: false,
                is_under_way: false,
                empty: begin_to_empty,
            });
            state.count
        });
        let Some(number) = number else { return true };
        if self.ends() != ends {
            // The page was locked while the browser wrote.
            begin_to_empty(self, number);
        }
        tasks::spawn_for_page(async move {
            self.clock.sleep(Duration::from_secs(seconds.into())).await;
            empty(self, number).await;
        });
        true
    }

    /// Empties the clipboard now, where a value is in it: the page is locked, or the session ends.
    pub fn empty_now(self) {
        let held = self.state.try_update_value(|state| {
            state.ends += 1;
            state.held.as_ref().map(|held| (held.empty, held.number))
        });
        if let Some(Some((empty, number))) = held {
            empty(self, number);
        }
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
        Some(Rc::clone(&held.told))
    });
    let Some(Some(told)) = begun else { return };
    let outcome = try_to_empty(clipboard.board).await;
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
        if !is_done {
            clipboard
                .board
                .on_chance(Box::new(move || begin_to_empty(clipboard, number)));
        }
    }
}

async fn try_to_empty(board: &dyn Board) -> Outcome {
    if !board.is_in_front() {
        Outcome::Unfocused
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
            // Outside a secure context there is no clipboard object at all, whatever its type says.
            let navigator: JsValue = window().navigator().into();
            let has_clipboard =
                js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
            has_clipboard
                && JsFuture::from(window().navigator().clipboard().write_text(text))
                    .await
                    .is_ok()
        })
    }

    fn is_in_front(&self) -> bool {
        document().has_focus().unwrap_or_default()
    }

    fn on_chance(&self, act: Box<dyn Fn()>) {
        let act: Rc<dyn Fn()> = act.into();
        for event in ["focus", "pointerup", "keyup"] {
            let act = Rc::clone(&act);
            // It stays, and does nothing once the value is out: there is no other end that it could hear of.
            std::mem::forget(window_event_listener_untyped(event, move |_| act()));
        }
    }
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

//! The clipboard. What is a value is taken out of it again, as far as the browser lets the page, and what became of that
//! is told as it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{ArrayBuffer, Object, Reflect, Uint8Array};
use leptos::prelude::{document, window, window_event_listener_untyped};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, PermissionState, PermissionStatus};
use zeroize::Zeroizing;

use super::tasks;

/// What became of a value in the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The browser says that the clipboard is empty now. A history that the system keeps of it is another matter.
    Emptied,
    /// It holds something else by now, and was left alone.
    Other,
    /// Not emptied: the page was not in front. It is tried again when it is.
    Unfocused,
    /// Not emptied: the browser did not let the page. It is tried again at the next click or key.
    Refused,
}

type Told = Rc<dyn Fn(Outcome)>;

/// A value that is in the clipboard, as far as the page knows.
struct Held {
    number: u64,
    /// By what to know it again, where the page may read the clipboard; not the value itself.
    mark: Option<Mark>,
    told: Told,
    has_failed: bool,
    is_under_way: bool,
    /// Tries to empty the clipboard. Handed over like this, the code for that is loaded only with what copies values.
    empty: fn(u64),
}

/// What is left of a value when it has to be compared: a hash, with chance in front of it.
#[derive(Clone, PartialEq, Eq)]
struct Mark {
    chance: [u8; 16],
    hash: Vec<u8>,
}

thread_local! {
    /// How many values were copied.
    static COUNT: Cell<u64> = const { Cell::new(0) };
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
    if !write(value).await {
        return false;
    }
    let mark = if may_read().await {
        mark_of(value, None).await.ok()
    } else {
        None
    };
    let number = HELD.with_borrow_mut(|held| {
        let number = COUNT.get() + 1;
        COUNT.set(number);
        *held = Some(Held {
            number,
            mark,
            told: Rc::new(told),
            has_failed: false,
            is_under_way: false,
            empty: begin_to_empty,
        });
        number
    });
    tasks::spawn_for_page(async move {
        gloo_timers::future::sleep(Duration::from_secs(seconds.into())).await;
        empty(number).await;
    });
    true
}

/// Empties the clipboard now, where a value is in it: the page is locked, or the session ends.
pub fn empty_now() {
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
        Some((held.mark.clone(), Rc::clone(&held.told)))
    });
    let Some((mark, told)) = begun else { return };
    let outcome = try_to_empty(mark).await;
    let is_done = matches!(outcome, Outcome::Emptied | Outcome::Other);
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

async fn try_to_empty(mark: Option<Mark>) -> Outcome {
    if !document().has_focus().unwrap_or_default() {
        return Outcome::Unfocused;
    }
    if let Some(mark) = mark
        && let Some(present) = read().await
        && mark_of(&present, Some(mark.chance)).await.is_ok_and(|now| now != mark)
    {
        return Outcome::Other;
    }
    if write("").await {
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

/// Outside a secure context there is no clipboard object at all, whatever its type says.
fn clipboard() -> Option<Clipboard> {
    let navigator = window().navigator();
    let found = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    found.is_object().then(|| navigator.clipboard())
}

async fn write(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// Whether the page may read the clipboard without anybody being asked.
async fn may_read() -> bool {
    let asked = async {
        let description = Object::new();
        Reflect::set(&description, &"name".into(), &"clipboard-read".into())?;
        let promise = window().navigator().permissions()?.query(&description)?;
        JsFuture::from(promise).await
    };
    let answer = asked
        .await
        .ok()
        .and_then(|answer| answer.dyn_into::<PermissionStatus>().ok());
    answer.is_some_and(|answer| answer.state() == PermissionState::Granted)
}

async fn read() -> Option<Zeroizing<String>> {
    if !may_read().await {
        return None;
    }
    let text = JsFuture::from(clipboard()?.read_text()).await.ok()?;
    text.as_string().map(Zeroizing::new)
}

async fn mark_of(text: &str, chance: Option<[u8; 16]>) -> Result<Mark, JsValue> {
    let crypto = window().crypto()?;
    let chance = match chance {
        Some(chance) => chance,
        None => {
            let mut chance = [0; 16];
            crypto.get_random_values_with_u8_array(&mut chance)?;
            chance
        }
    };
    let marked = Zeroizing::new([&chance[..], text.as_bytes()].concat());
    let promise = crypto.subtle().digest_with_str_and_u8_array("SHA-256", &marked)?;
    let hash: ArrayBuffer = JsFuture::from(promise).await?.dyn_into()?;
    Ok(Mark {
        chance,
        hash: Uint8Array::new(&hash).to_vec(),
    })
}

/// The text that is about to be pasted; for what is no value.
#[must_use]
pub fn pasted(event: &web_sys::ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok()
}

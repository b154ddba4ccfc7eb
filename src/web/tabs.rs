//! The other tabs of the console in this browser: what they are told, and what they tell. Never anything about the data.

use std::cell::RefCell;

use leptos::prelude::{window, window_event_listener};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// What one tab tells all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Someone did something, at this time on the wall.
    Active(u64),
    /// Lock.
    Lock,
    /// I have locked, because nobody did anything for too long. Unless you know better.
    Idle,
}

impl Word {
    fn text(self) -> String {
        match self {
            Self::Active(at) => at.to_string(),
            Self::Lock => "lock".to_owned(),
            Self::Idle => "idle".to_owned(),
        }
    }

    /// A word of another version of the console that this one does not know is none.
    fn read(text: &str) -> Option<Self> {
        match text {
            "lock" => Some(Self::Lock),
            "idle" => Some(Self::Idle),
            other => other.parse().ok().map(Self::Active),
        }
    }
}

/// What the channel is called; and, where a browser has none, what is written to storage and taken out again at once, of
/// which other tabs hear, too.
const NAME: &str = "strongroom";
const STORED: &str = "strongroom.word";

thread_local! {
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Hears other tabs, for as long as the page is open.
pub fn listen(hear: impl Fn(Word) + 'static) {
    let hear = move |text: Option<String>| {
        if let Some(word) = text.and_then(|text| Word::read(&text)) {
            hear(word);
        }
    };
    if let Ok(channel) = BroadcastChannel::new(NAME) {
        let on_message: Closure<dyn Fn(MessageEvent)> =
            Closure::new(move |event: MessageEvent| hear(event.data().as_string()));
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        CHANNEL.set(Some(channel));
    } else {
        let listener = window_event_listener(leptos::ev::storage, move |event| {
            if event.key().as_deref() == Some(STORED) {
                hear(event.new_value());
            }
        });
        // It ends with the page.
        std::mem::forget(listener);
    }
}

/// Tells all other tabs.
pub fn tell(word: Word) {
    let text = word.text();
    let is_told = CHANNEL.with_borrow(|channel| {
        let channel = channel.as_ref();
        channel.is_some_and(|channel| channel.post_message(&text.as_str().into()).is_ok())
    });
    if is_told {
        return;
    }
    if let Ok(Some(storage)) = window().local_storage() {
        // A browser that has neither lets tabs know nothing of each other; then each locks by itself.
        let _ = storage.set_item(STORED, &text);
        let _ = storage.remove_item(STORED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_arrive_as_they_were_said() {
        for word in [Word::Active(0), Word::Active(1_790_000_000_000), Word::Lock, Word::Idle] {
            assert_eq!(Word::read(&word.text()), Some(word));
        }
        assert_eq!(Word::read("something of a later version"), None);
    }
}

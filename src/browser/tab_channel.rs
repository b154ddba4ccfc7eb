//! Messages between the tabs of the console in this browser. They never contain data.

use std::sync::Mutex;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A message from one tab to all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// User activity, at this wall-clock time.
    Active(u64),
    /// Lock now.
    Lock,
    /// This tab locked for inactivity; others lock unless they saw newer activity.
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

    /// `None` for an unknown message, for example of another version of the console.
    fn read(text: &str) -> Option<Self> {
        match text {
            "lock" => Some(Self::Lock),
            "idle" => Some(Self::Idle),
            other => other.parse().ok().map(Self::Active),
        }
    }
}

/// The name of the channel. Every browser with `dialog` and `popover`, which the console needs, supports
/// `BroadcastChannel`.
const NAME: &str = "strongroom";

/// The other tabs: the browser's channel, or a test that simulates several tabs.
pub trait TabChannel: Send + Sync {
    /// Calls `hear` for each message of another tab, as long as the page is open.
    fn listen(&self, hear: Box<dyn Fn(Word)>);
    /// Sends a message to all other tabs.
    fn tell(&self, word: Word);
}

/// The browser's channel, once someone listens.
pub struct BrowserChannel(Mutex<Option<BroadcastChannel>>);

/// The channel of this page.
pub static CHANNEL: BrowserChannel = BrowserChannel(Mutex::new(None));

impl TabChannel for BrowserChannel {
    fn listen(&self, hear: Box<dyn Fn(Word)>) {
        let Ok(channel) = BroadcastChannel::new(NAME) else {
            return;
        };
        let on_message: Closure<dyn Fn(MessageEvent)> = Closure::new(move |event: MessageEvent| {
            if let Some(word) = event.data().as_string().and_then(|text| Word::read(&text)) {
                hear(word);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        if let Ok(mut own) = self.0.lock() {
            *own = Some(channel);
        }
    }

    fn tell(&self, word: Word) {
        if let Ok(channel) = self.0.lock()
            && let Some(channel) = channel.as_ref()
        {
            // Sending a string cannot fail.
            let _ = channel.post_message(&word.text().into());
        }
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

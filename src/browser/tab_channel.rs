//! The other tabs of the console in this browser: what they are told, and what they tell. Never anything about the data.

use std::sync::Mutex;

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

/// What the channel is called. Every browser that has the elements the console is made of (`dialog`, `popover`) has
/// channels, too.
const NAME: &str = "strongroom";

/// The other tabs: the browser's channel, or a test that plays several tabs.
pub trait TabChannel: Send + Sync {
    /// Hears other tabs, for as long as the page is open.
    fn listen(&self, hear: Box<dyn Fn(Word)>);
    /// Tells all other tabs.
    fn tell(&self, word: Word);
}

/// The browser's channel, once somebody listens.
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
            // A text can always be sent.
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

//! Reveals a value: for a limited time, in one element, and nowhere else.
//!
//! A hidden value is absent: not in the page, not in attributes, not in any signal. It is read from the server on
//! demand, written straight into one text node, and removed when the time is up, when the page is left or hidden, or
//! when the user hides it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use contract::{Failure, SecretText};
use futures::future::{AbortHandle, Abortable, LocalBoxFuture};
use leptos::html::Pre;
use leptos::prelude::*;

use crate::browser::published::Published;
use crate::api::config::use_limits;
use crate::api::lifecycle::LifecycleHooks;
use crate::browser::clipboard::{Clipboard, Outcome, use_clipboard};
use crate::browser::clock::{Clock, use_clock};
use crate::browser::tasks;

/// The visibility of a value. Contains nothing of the value itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exposure {
    /// Nothing.
    Hidden,
    /// It is loading.
    Reading,
    /// It is shown, for this many more seconds.
    Shown(u32),
    /// It could not be loaded.
    Failed(Failure),
    /// The server has no value.
    Missing,
}

/// The outcome of copying a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// The browser reported success.
    Done,
    /// The browser refused.
    Refused,
    /// The server has no value.
    Missing,
    /// The view was unmounted or the page locked before the value arrived: nothing was copied.
    Left,
}

/// Reads the value from the server; `None` if there is none.
type Read = dyn Fn() -> LocalBoxFuture<'static, Result<Option<SecretText>, Failure>>;

/// Reveals one value in one element.
#[derive(Clone, Copy)]
pub struct Reveal {
    exposure: Published<Exposure>,
    place: NodeRef<Pre>,
    read: StoredValue<Rc<Read>, LocalStorage>,
    countdown: StoredValue<Option<AbortHandle>, LocalStorage>,
    copying: StoredValue<Option<AbortHandle>, LocalStorage>,
    clipboard: Clipboard,
    clock: Clock,
    /// How long it is shown, in seconds.
    seconds: u32,
}

impl Reveal {
    /// A value that can be shown in the element of [`Reveal::place`]. Hidden when the view is unmounted.
    #[must_use]
    pub fn new(
        hooks: LifecycleHooks,
        read: impl Fn() -> LocalBoxFuture<'static, Result<Option<SecretText>, Failure>> + 'static,
    ) -> Self {
        let reveal = Self {
            exposure: Published::new(Exposure::Hidden),
            place: NodeRef::new(),
            read: StoredValue::new_local(Rc::new(read)),
            countdown: StoredValue::new_local(None),
            copying: StoredValue::new_local(None),
            clipboard: use_clipboard(),
            clock: use_clock(),
            seconds: use_limits().reveal_seconds,
        };
        let on_hidden = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if document().hidden() {
                reveal.hide();
            }
        });
        let on_blur = window_event_listener(leptos::ev::blur, move |_| reveal.hide());
        let leave = move || {
            reveal.stop_copying();
            reveal.hide();
        };
        // The view is unmounted only some time after the lock.
        hooks.before_lock(leave);
        on_cleanup(move || {
            leave();
            on_hidden.remove();
            on_blur.remove();
        });
        reveal
    }

    #[must_use]
    pub fn exposure(&self) -> ReadSignal<Exposure> {
        self.exposure.read_only()
    }

    /// Where it is copied to.
    #[must_use]
    pub fn clipboard(&self) -> Clipboard {
        self.clipboard
    }

    /// The element that shows the value.
    #[must_use]
    pub fn place(&self) -> NodeRef<Pre> {
        self.place
    }

    /// Reads the value and shows it until the countdown ends.
    pub fn show(self) {
        self.stop();
        self.exposure.set(Exposure::Reading);
        let Some(read) = self.read.try_get_value() else { return };
        let handle = tasks::spawn(async move {
            match read().await {
                Ok(Some(value)) => self.count_down(value).await,
                Ok(None) => self.tell(Exposure::Missing),
                Err(failure) => self.tell(Exposure::Failed(failure)),
            }
        });
        self.countdown.set_value(Some(handle));
    }

    /// Removes the value from the page.
    pub fn hide(&self) {
        self.stop();
        self.empty();
        if self
            .exposure
            .try_get_untracked()
            .is_some_and(|exposure| exposure != Exposure::Hidden)
        {
            self.tell(Exposure::Hidden);
        }
    }

    /// Copies the value, while the view is mounted: the one that is shown, or else one that is read for it and not shown.
    /// After `seconds` the clipboard is cleared, and the outcome is reported. The first poll has to come straight from the
    /// press: some browsers let the page write into the clipboard only then.
    ///
    /// # Errors
    ///
    /// Why the value could not be read.
    pub async fn copy(self, seconds: u32, told: impl Fn(Outcome) + 'static) -> Result<Copied, Failure> {
        let Some(read) = self.read.try_get_value() else {
            return Ok(Copied::Left);
        };
        // Only the read is aborted. A clipboard write must finish, so that the clipboard can be cleared again.
        let (handle, registration) = AbortHandle::new_pair();
        self.stop_copying();
        let _ = self.copying.try_set_value(Some(handle));
        let shown = self.shown();
        // Why there is no value.
        let missing = Rc::new(RefCell::new(None));
        let why = Rc::clone(&missing);
        let value = Box::pin(async move {
            if shown.is_some() {
                return shown;
            }
            let reason = match Abortable::new(read(), registration).await {
                Err(_) => Ok(Copied::Left),
                Ok(_) if self.copying.try_get_value().is_none() => Ok(Copied::Left),
                Ok(Err(failure)) => Err(failure),
                Ok(Ok(None)) => Ok(Copied::Missing),
                Ok(Ok(Some(value))) => return Some(value),
            };
            *why.borrow_mut() = Some(reason);
            None
        });
        let is_copied = self.clipboard.copy_value_when(value, seconds, told).await;
        let reason = missing.borrow_mut().take();
        reason.unwrap_or(Ok(if is_copied { Copied::Done } else { Copied::Refused }))
    }

    /// Whether the value is on screen.
    #[must_use]
    pub fn is_shown(self) -> bool {
        let is_shown = |exposure: &Exposure| matches!(exposure, Exposure::Shown(_));
        self.exposure.try_with_untracked(is_shown) == Some(true)
    }

    /// The value on screen.
    fn shown(self) -> Option<SecretText> {
        let place = self.place.try_get_untracked().flatten().filter(|_| self.is_shown())?;
        place.text_content().map(SecretText::new)
    }

    fn stop_copying(&self) {
        if let Some(Some(handle)) = self.copying.try_update_value(Option::take) {
            handle.abort();
        }
    }

    async fn count_down(self, value: SecretText) {
        self.tell(Exposure::Shown(self.seconds));
        if let Some(place) = self.place.try_get_untracked().flatten() {
            place.set_text_content(Some(value.expose()));
        }
        // From here on only the page holds the value.
        drop(value);
        for left in (0..self.seconds).rev() {
            self.clock.sleep(Duration::from_secs(1)).await;
            if left > 0 {
                self.tell(Exposure::Shown(left));
            }
        }
        self.empty();
        self.tell(Exposure::Hidden);
    }

    fn empty(&self) {
        if let Some(place) = self.place.try_get_untracked().flatten() {
            place.set_text_content(None);
        }
    }

    fn stop(&self) {
        if let Some(Some(handle)) = self.countdown.try_update_value(Option::take) {
            handle.abort();
        }
    }

    fn tell(&self, exposure: Exposure) {
        // The view may be unmounted.
        let _ = self.exposure.try_set(exposure);
    }
}

//! Acting once input has paused.

use std::time::Duration;

use futures::future::AbortHandle;
use leptos::prelude::{LocalStorage, StoredValue, UpdateValue as _, on_cleanup};

use crate::browser::clock::{Clock, use_clock};
use crate::browser::{page, tasks};

/// The pause of input that counts as its end.
const REST: Duration = Duration::from_millis(400);

/// Waits for a pause of input, and until no pointer is down: what appears during a press could move its target.
#[derive(Clone, Copy)]
pub struct Pause {
    clock: Clock,
    pending: StoredValue<Option<AbortHandle>, LocalStorage>,
}

impl Pause {
    /// For the view that is being created.
    #[must_use]
    pub fn until_unmount() -> Self {
        let pause = Self {
            clock: use_clock(),
            pending: StoredValue::new_local(None),
        };
        on_cleanup(move || pause.replace(None));
        pause
    }

    /// Runs `act` after the next pause, unless there is more input before.
    pub fn then(self, act: impl FnOnce() + 'static) {
        let act: Box<dyn FnOnce()> = Box::new(act);
        self.replace(Some(tasks::spawn(async move {
            self.clock.sleep(REST).await;
            while page::is_pressed() {
                self.clock.sleep(REST / 4).await;
            }
            act();
        })));
    }

    fn replace(self, handle: Option<AbortHandle>) {
        let before = self.pending.try_update_value(|pending| std::mem::replace(pending, handle));
        if let Some(Some(before)) = before {
            before.abort();
        }
    }
}

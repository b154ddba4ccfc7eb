//! Fills a [`Remote`] from the server, by key.

use std::future::Future;

use contract::Failure;
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::model::remote::Remote;

use crate::browser::published::Published;
use crate::browser::tasks::memo;
use crate::api::session::{Session, State};
use crate::browser::tasks;

/// Remote data under a key that can change.
///
/// A new key starts at once, the superseded request is aborted, and late answers are dropped by ticket. (Leptos'
/// `LocalResource` is serial: it waits for the old answer and shows it first.)
pub struct Query<Data: Send + Sync + 'static> {
    state: Published<Remote<Data, Failure>>,
    again: Trigger,
}

impl<Data: Send + Sync + 'static> Clone for Query<Data> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Data: Send + Sync + 'static> Copy for Query<Data> {}

impl<Data: Send + Sync + 'static> Query<Data> {
    #[must_use]
    pub fn state(&self) -> ReadSignal<Remote<Data, Failure>> {
        self.state.read_only()
    }

    /// Reloads the same key; old data stays on screen.
    pub fn reload(&self) {
        self.again.notify();
    }

    /// Retries after connecting again, if the load failed for a rejected key.
    #[must_use]
    pub fn again_with_key(self, session: Session) -> Self {
        let has_key = memo(move |_| session.state().with(|state| matches!(state, State::Connected(_))));
        tasks::follow(move || {
            if has_key.get() && self.state.with_untracked(|known| known.error.is_some()) {
                self.reload();
            }
        });
        self
    }
}

/// Loads remote data now and whenever the key changes; aborted when the view is unmounted.
pub fn query<Key, Data, Answer>(key: impl Fn() -> Key + 'static, fetch: impl Fn(Key) -> Answer + 'static) -> Query<Data>
where
    Key: PartialEq + Clone + 'static,
    Data: Send + Sync + 'static,
    Answer: Future<Output = Result<Data, Failure>> + 'static,
{
    let state = Published::new(Remote::default());
    let again = Trigger::new();
    let under_way = StoredValue::new_local(None::<AbortHandle>);
    let mut former = None;
    tasks::follow(move || {
        again.track();
        let key = key();
        let is_same = former.as_ref() == Some(&key);
        former = Some(key.clone());
        let ticket = state.try_update(|state| {
            if is_same {
                state.start_again()
            } else {
                state.start_anew()
            }
        });
        let Some(ticket) = ticket else { return };
        let answer = fetch(key);
        let handle = tasks::spawn(async move {
            let answer = answer.await;
            let _ = state.try_update(|state| state.finish(ticket, answer));
        });
        if let Some(Some(superseded)) = under_way.try_update_value(|under_way| under_way.replace(handle)) {
            superseded.abort();
        }
    });
    on_cleanup(move || {
        if let Some(Some(handle)) = under_way.try_update_value(Option::take) {
            handle.abort();
        }
    });
    Query { state, again }
}

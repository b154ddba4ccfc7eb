//! The account that the loaded data belongs to.

use contract::ProfileId;
use leptos::prelude::*;

use crate::api::session::{Session, State};
use crate::browser::tasks;

/// The server and the profile of the session.
pub type Account = (String, Option<ProfileId>);

/// An account, and the key that it was connected with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    account: Account,
    key: u32,
}

/// What the session means for what was loaded in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It goes: the session has ended, or belongs to another account.
    Other {
        /// Whether there is another account.
        is_any: bool,
    },
    /// It stays, and there is a key.
    SameWithKey,
}

/// Calls `act` from now on, as long as the owner lives; once for each `is_watching`.
pub fn watch(session: Session, is_watching: StoredValue<bool>, act: impl Fn(Change) + Copy + 'static) {
    if is_watching.get_value() {
        return;
    }
    is_watching.set_value(true);
    session.hooks().on_end(move |_| act(Change::Other { is_any: false }));
    let account = account(session);
    let mut former = None;
    tasks::follow(move || {
        let present = account.get();
        let has_key = session.state().with(|state| matches!(state, State::Connected(_)));
        let is_other = is_other(former.as_ref(), present.as_ref());
        former.clone_from(&present);
        if is_other {
            act(Change::Other { is_any: present.is_some() });
        } else if has_key {
            act(Change::SameWithKey);
        }
    });
}

/// Whether what was loaded for an account is not for the present one.
fn is_other(former: Option<&Connected>, present: Option<&Connected>) -> bool {
    former.is_some_and(|former| !present.is_some_and(|present| former.is_same(present)))
}

impl Connected {
    /// Whether both are the same account, as far as is known. A profile that is not known yet is that of its key.
    fn is_same(&self, other: &Self) -> bool {
        let is_known = self.account.1.is_some() && other.account.1.is_some();
        self.account.0 == other.account.0
            && if is_known { self.account.1 == other.account.1 } else { self.key == other.key }
    }
}

/// Changes when the session belongs to another account, or to none. Loaded data stays while a new key is asked for.
/// While the profile is not known yet, the account counts as unchanged, unless another key is entered.
#[must_use]
pub fn account(session: Session) -> Memo<Option<Connected>> {
    let is_other = |old: Option<&Option<Connected>>, new: Option<&Option<Connected>>| match (old, new) {
        (Some(Some(old)), Some(Some(new))) => !old.is_same(new),
        _ => old != new,
    };
    let account = move |_: Option<&Option<Connected>>| {
        tasks::unsubscribe_with_view();
        match session.state().get() {
            State::Connected(connection) | State::Expired(connection) => {
                let profile = connection.profile.map(|profile| profile.metadata.id);
                Some(Connected {
                    account: (connection.base.to_string(), profile),
                    key: session.key_number(),
                })
            }
            State::Absent | State::Locked(_) => None,
        }
    };
    Memo::new_with_compare(account, is_other)
}

//! The account that the loaded data belongs to.

use contract::ProfileId;
use leptos::prelude::*;

use crate::api::session::{Session, State};

/// The server and the profile of the session.
pub type Account = (String, Option<ProfileId>);

/// Changes when the session belongs to another account, or to none. Loaded data stays while a new key is asked for.
/// While the profile is not known yet, the account counts as unchanged.
#[must_use]
pub fn account(session: Session) -> Memo<Option<Account>> {
    let is_other = |old: Option<&Option<Account>>, new: Option<&Option<Account>>| match (old, new) {
        (Some(Some((old, None))), Some(Some((new, _)))) => old != new,
        _ => old != new,
    };
    let account = move |_: Option<&Option<Account>>| match session.state().get() {
        State::Connected(connection) | State::Expired(connection) => {
            let profile = connection.profile.map(|profile| profile.metadata.id);
            Some((connection.base.to_string(), profile))
        }
        State::Absent | State::Locked(_) => None,
    };
    Memo::new_with_compare(account, is_other)
}

//! Whether the server returns values, as far as its answers have shown. A server either returns all or none.

use contract::SecretText;
use leptos::prelude::*;

use crate::api::session::Session;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Seen {
    /// An answer held a value.
    value: bool,
    /// An answer held none: the secret has none, or the server returns none.
    none: bool,
}

/// A context of the app.
#[derive(Clone, Copy)]
pub struct ValueAccess(RwSignal<Seen>);

impl ValueAccess {
    /// Nothing is known at the beginning of a session.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let seen = RwSignal::new(Seen::default());
        session.hooks().on_end(move |_| seen.set(Seen::default()));
        Self(seen)
    }

    /// Notes whether an answer held a value, and passes it on.
    pub fn learn(self, value: Option<SecretText>) -> Option<SecretText> {
        self.note(value.is_some());
        value
    }

    /// Notes whether an answer held a value.
    pub fn note(self, has_value: bool) {
        let seen = Seen {
            value: has_value,
            none: !has_value,
        };
        let _ = self.0.try_maybe_update(|known| {
            let next = Seen {
                value: known.value || seen.value,
                none: known.none || seen.none,
            };
            let is_new = *known != next;
            *known = next;
            (is_new, ())
        });
    }

    /// Whether a value can be asked for. Tracked.
    #[must_use]
    pub fn may_return(self) -> bool {
        self.0.with(|seen| seen.value || !seen.none)
    }
}

/// The knowledge of the app.
///
/// # Panics
///
/// If no app provides it.
#[must_use]
pub fn use_value_access() -> ValueAccess {
    expect_context::<ValueAccess>()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn one_value_shows_that_the_server_returns_them() {
        Owner::new().with(|| {
            let access = ValueAccess(RwSignal::new(Seen::default()));
            assert!(access.may_return(), "nothing is known yet");
            access.note(false);
            assert!(!access.may_return());
            access.note(true);
            access.note(false);
            assert!(access.may_return(), "this secret has none");
        });
    }
}

//! The session as views see it, without the key.

use contract::{BaseUrl, Profile, Scope};
use site::Auth;

/// A server, and the profile that is connected to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The display name of the server, if the configuration has one.
    pub server: Option<String>,
    /// Base URL of the API.
    pub base: BaseUrl,
    /// Who adds the key.
    pub auth: Auth,
    /// The owner of the key, once loaded.
    pub profile: Option<Profile>,
    /// Scopes that the server has refused and not granted since. A key does not list its scopes; only a 403 reveals a
    /// missing one.
    pub refused: Vec<Scope>,
    /// Whether the user chose to stay connected in this tab.
    pub is_kept: bool,
}

/// Whether there is a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// No session.
    Absent,
    /// A session that can send requests.
    Connected(Connection),
    /// The server rejected the key. It is wiped, the pages stay, and a new key is asked for.
    Expired(Connection),
    /// Locked for inactivity or by the user. Key and pages are gone until a key is entered.
    Locked(Connection),
}

impl State {
    /// The connection, whether connected, expired or locked.
    #[must_use]
    pub fn connection(&self) -> Option<&Connection> {
        match self {
            Self::Absent => None,
            Self::Connected(connection) | Self::Expired(connection) | Self::Locked(connection) => Some(connection),
        }
    }

    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.connection().is_some_and(|connection| connection.is_kept)
    }

    /// Whether the server has refused this scope, and not granted it since.
    pub fn refuses(&self, scope: Scope) -> bool {
        self.connection()
            .is_some_and(|connection| connection.refused.contains(&scope))
    }

    /// Records that the server has refused this scope, or granted it.
    pub fn learn(&mut self, scope: Scope, is_refused: bool) {
        if let Self::Connected(connection) = self {
            connection.refused.retain(|known| *known != scope);
            if is_refused {
                connection.refused.push(scope);
            }
        }
    }

    /// Whether there is a session whose pages are visible.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Connected(_) | Self::Expired(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_granted_is_no_longer_refused() {
        let mut state = State::Connected(Connection {
            server: None,
            base: BaseUrl::parse("https://example.com").unwrap(),
            auth: Auth::Bearer,
            profile: None,
            refused: Vec::new(),
            is_kept: false,
        });
        for _ in 0..2 {
            state.learn(Scope::SecretsManage, true);
        }
        assert!(state.refuses(Scope::SecretsManage) && !state.refuses(Scope::WorkspacesRead));
        state.learn(Scope::SecretsManage, false);
        assert!(!state.refuses(Scope::SecretsManage));
    }
}

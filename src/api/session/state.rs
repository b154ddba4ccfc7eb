//! What views see of the session. It has no key.

use contract::{BaseUrl, Profile, Scope};
use site::Auth;

/// A server that this session talks to, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// What the person calls the server, where the configuration names it.
    pub server: Option<String>,
    /// Where its API is.
    pub base: BaseUrl,
    /// Who adds the key.
    pub auth: Auth,
    /// Who the key belongs to, once the server has told.
    pub profile: Option<Profile>,
    /// Scopes that the server has refused, and not granted since. Keys do not tell what they may do; a 403 does.
    pub refused: Vec<Scope>,
    /// Whether the person chose to stay connected in this tab.
    pub is_kept: bool,
}

/// Whether there is a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// None.
    Absent,
    /// One that can make requests.
    Connected(Connection),
    /// The server refused the key: it is wiped, the pages stay, and a new key is asked for.
    Expired(Connection),
    /// Nobody was there, or the person asked for it: key and pages are gone until a key comes.
    Locked(Connection),
}

impl State {
    /// The connection, working or not.
    #[must_use]
    pub fn connection(&self) -> Option<&Connection> {
        match self {
            Self::Absent => None,
            Self::Connected(connection) | Self::Expired(connection) | Self::Locked(connection) => Some(connection),
        }
    }

    /// Whether the person chose to stay connected in this tab.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.connection().is_some_and(|connection| connection.is_kept)
    }

    /// Whether the server has refused this scope, and not granted it since.
    pub fn refuses(&self, scope: Scope) -> bool {
        self.connection()
            .is_some_and(|connection| connection.refused.contains(&scope))
    }

    /// The server has refused this scope, or granted it.
    pub fn learn(&mut self, scope: Scope, is_refused: bool) {
        if let Self::Connected(connection) = self {
            connection.refused.retain(|known| *known != scope);
            if is_refused {
                connection.refused.push(scope);
            }
        }
    }

    /// Whether there is a session whose pages can be seen.
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

//! The one place that holds the key.

use std::rc::Rc;

use contract::{BaseUrl, Call, Failure, Kind, Profile, Scope, SecretText, calls, retry};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use site::Auth;
use zeroize::Zeroizing;

use super::client::Client;
use super::client::fetch::FetchTransport;
use super::clock::BrowserClock;
use super::storage::{self, Name};

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
    /// Scopes that the server has refused. Keys do not tell what they may do; a 403 does.
    pub refused: Vec<Scope>,
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
}

impl State {
    /// The connection, working or not.
    #[must_use]
    pub fn connection(&self) -> Option<&Connection> {
        match self {
            Self::Absent => None,
            Self::Connected(connection) | Self::Expired(connection) => Some(connection),
        }
    }
}

/// The session of this tab. The key is in here and nowhere else; views see only [`State`].
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    key: StoredValue<Option<SecretText>, LocalStorage>,
    client: StoredValue<Option<Client>, LocalStorage>,
}

/// What is kept in the tab's storage for a person who chose to stay connected.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept<'a> {
    server: Option<String>,
    base_url: String,
    is_proxy: bool,
    key: std::borrow::Cow<'a, str>,
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        if let std::borrow::Cow::Owned(key) = &mut self.key {
            zeroize::Zeroize::zeroize(key);
        }
    }
}

impl Session {
    /// The session that this tab kept, or none. No request is made: the first one that needs the key proves it.
    #[must_use]
    pub fn resume() -> Self {
        let session = Self {
            state: RwSignal::new(State::Absent),
            key: StoredValue::new_local(None),
            client: StoredValue::new_local(None),
        };
        if let Some((connection, key)) = read_kept() {
            session.establish(connection, key);
        }
        session
    }

    /// Whether there is a session, for views.
    #[must_use]
    pub fn state(&self) -> ReadSignal<State> {
        self.state.read_only()
    }

    /// Proves a key with `whoami` and, when the server knows it, makes this the session. On failure nothing changes.
    /// Returns what to call the key's owner.
    ///
    /// # Errors
    ///
    /// Why the server could not be asked, or did not accept the key.
    pub async fn connect(
        self,
        mut connection: Connection,
        key: Option<SecretText>,
        keep: bool,
    ) -> Result<String, Failure> {
        let key = Rc::new(key);
        // A person waits for this one and can press the button again.
        let client = client_for(&connection, Rc::clone(&key)).with_policy(retry::Policy::once());
        let profile = client.send(&connection.base, calls::who_am_i()).await?;
        drop(client);
        let name = profile.display_name().to_owned();
        connection.profile = Some(profile);
        let key = Rc::try_unwrap(key).unwrap_or_else(|shared| shared.as_ref().as_ref().map(SecretText::duplicate));
        if keep {
            write_kept(&connection, key.as_ref());
        } else {
            storage::remove(Name::Session);
        }
        self.establish(connection, key);
        Ok(name)
    }

    /// Asks again whom the key belongs to, after a reload.
    pub async fn identify(self) {
        let Ok(profile) = self.send(calls::who_am_i()).await else {
            return;
        };
        let _ = self.state.try_update(|state| {
            if let State::Connected(connection) = state {
                connection.profile = Some(profile);
            }
        });
    }

    /// Sends a call as this session.
    ///
    /// # Errors
    ///
    /// The failure of the call; without a session, that there is no key.
    pub async fn send<A: contract::Answer>(self, call: Call<A>) -> Result<A, Failure> {
        let base = self.state.try_with_untracked(|state| match state {
            State::Connected(connection) => Some(connection.base.clone()),
            State::Absent | State::Expired(_) => None,
        });
        let client = self.client.try_get_value().flatten();
        let (Some(Some(base)), Some(client)) = (base, client) else {
            let cause = contract::Cause::Refused {
                http: 401,
                status: None,
            };
            return Err(Failure::new(call.request.operation, cause));
        };
        let answer = client.send(&base, call).await;
        if let Err(failure) = &answer {
            self.learn(failure);
        }
        answer
    }

    /// What a failure tells of the key.
    fn learn(&self, failure: &Failure) {
        match (failure.kind(), failure.operation.scope()) {
            (Kind::Unauthenticated, _) => self.expire(),
            (Kind::Denied, Some(scope)) => {
                let _ = self.state.try_update(|state| {
                    if let State::Connected(connection) = state
                        && !connection.refused.contains(&scope)
                    {
                        connection.refused.push(scope);
                    }
                });
            }
            _ => {}
        }
    }

    /// The server refused the key: wipes it and asks for another, leaving what is on screen.
    pub fn expire(&self) {
        let connection = self.state.with_untracked(|state| match state {
            State::Connected(connection) => Some(connection.clone()),
            State::Absent | State::Expired(_) => None,
        });
        if let Some(connection) = connection {
            self.wipe();
            self.state.set(State::Expired(connection));
        }
    }

    /// Ends the session: nothing of it stays in memory or storage.
    pub fn disconnect(&self) {
        self.wipe();
        self.state.set(State::Absent);
    }

    fn establish(&self, connection: Connection, key: Option<SecretText>) {
        self.key.set_value(key);
        let keyholder = self.key;
        let transport = match connection.auth {
            Auth::Bearer => FetchTransport::bearer(Rc::new(move || {
                keyholder.try_with_value(|key| key.as_ref().map(header)).flatten()
            })),
            Auth::Proxy => FetchTransport::proxy(),
        };
        self.client
            .set_value(Some(Client::new(Rc::new(transport), Rc::new(BrowserClock))));
        self.state.set(State::Connected(connection));
    }

    fn wipe(&self) {
        self.key.set_value(None);
        self.client.set_value(None);
        storage::remove(Name::Session);
    }
}

/// The session of the app.
///
/// # Panics
///
/// Where no app provides one: a fault of the program, found by its first test.
#[must_use]
pub fn use_session() -> Session {
    expect_context::<Session>()
}

fn client_for(connection: &Connection, key: Rc<Option<SecretText>>) -> Client {
    let transport = match connection.auth {
        Auth::Bearer => FetchTransport::bearer(Rc::new(move || key.as_ref().as_ref().map(header))),
        Auth::Proxy => FetchTransport::proxy(),
    };
    Client::new(Rc::new(transport), Rc::new(BrowserClock))
}

fn header(key: &SecretText) -> Zeroizing<String> {
    Zeroizing::new(format!("Bearer {}", key.expose()))
}

fn write_kept(connection: &Connection, key: Option<&SecretText>) {
    let kept = Kept {
        server: connection.server.clone(),
        base_url: connection.base.to_string(),
        is_proxy: connection.auth == Auth::Proxy,
        key: key.map_or("", SecretText::expose).into(),
    };
    if let Ok(text) = serde_json::to_string(&kept).map(Zeroizing::new) {
        storage::write(Name::Session, &text);
    }
}

fn read_kept() -> Option<(Connection, Option<SecretText>)> {
    let text = Zeroizing::new(storage::read(Name::Session)?);
    let kept = serde_json::from_slice::<Kept<'_>>(text.as_bytes()).ok()?;
    let base = BaseUrl::parse(&kept.base_url).ok()?;
    let auth = if kept.is_proxy { Auth::Proxy } else { Auth::Bearer };
    let key = (auth == Auth::Bearer).then(|| SecretText::new(kept.key.as_ref()));
    Some((
        Connection {
            server: kept.server.clone(),
            base,
            auth,
            profile: None,
            refused: Vec::new(),
        },
        key,
    ))
}

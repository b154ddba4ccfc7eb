//! The one place that holds the key.

mod early;
mod state;
mod stored;

pub use crate::api::session::state::{Connection, State};

use std::cell::RefCell;
use std::rc::Rc;

use contract::{BaseUrl, Call, Failure, Kind, Operation, Request, Scope, SecretText, WhoAmI, WorkspaceId, calls, retry};
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use site::Auth;
use strongroom_core::model::idle::has_missed_a_lock;
use strongroom_core::model::permissions::AdminAccess;
use zeroize::Zeroizing;

use crate::api::client::{Authority, Client, Grant, Incoming, Transport, decoded};
use crate::api::lifecycle::{End, LifecycleHooks};
use crate::api::session::early::Early;
use crate::browser::clock::Clock;
use crate::browser::published::Published;
use crate::browser::storage::{Name, Storage};

/// The session of this tab. The key is in here and nowhere else; views see only [`State`].
#[derive(Clone, Copy)]
pub struct Session {
    state: Published<State>,
    live: StoredValue<Option<Rc<Live>>, LocalStorage>,
    hooks: LifecycleHooks,
    is_identifying: Published<bool>,
    is_failing: Published<bool>,
    /// Signals a refusal that names no scope: the workspace may be archived.
    unexplained: Trigger,
    /// Whether the profile of the present key is an account admin.
    admin: Published<AdminAccess>,
    /// Whether a call that tells has been sent with the present key.
    is_admin_asked: StoredValue<bool>,
    /// The workspace that the server named at the last `whoami`.
    default_workspace: StoredValue<Option<WorkspaceId>>,
    keys: StoredValue<u32>,
    seams: &'static Seams,
}

/// External dependencies of a session. Stored once per page, to keep the handle small.
struct Seams {
    transport: &'static dyn Transport,
    clock: Clock,
    storage: Storage,
}

/// The client and the key, from connecting until the key is wiped. A request still pending after that keeps this one:
/// it never gets a later key and cannot change a later session.
struct Live {
    base: BaseUrl,
    client: Client,
    key: Rc<Key>,
    early: RefCell<Option<Early>>,
}

/// Grants the session's requests.
struct Key(RefCell<Grantor>);

enum Grantor {
    Bearer(Option<SecretText>),
    Proxy,
    Wiped,
}

impl Key {
    fn wipe(&self) {
        self.0.replace(Grantor::Wiped);
    }

    /// Returns whether the browser keeps it.
    fn keep(&self, storage: Storage, connection: &Connection) -> bool {
        let grantor = self.0.borrow();
        let key = match &*grantor {
            Grantor::Bearer(key) => key.as_ref(),
            Grantor::Proxy | Grantor::Wiped => None,
        };
        stored::write(storage, connection, key.map_or("", SecretText::expose))
    }
}

impl Authority for Key {
    fn grant(&self) -> Grant {
        match &*self.0.borrow() {
            Grantor::Bearer(key) => Grant::Header(key.as_ref().map(header)),
            Grantor::Proxy => Grant::Cookies,
            Grantor::Wiped => Grant::Over,
        }
    }
}

impl Session {
    /// Restores the session that this tab stored, if any. Sends nothing: the first request that needs the key validates
    /// it.
    #[must_use]
    pub fn new(transport: &'static dyn Transport, clock: Clock, storage: Storage) -> Self {
        let session = Self {
            state: Published::new(State::Absent),
            live: StoredValue::new_local(None),
            hooks: LifecycleHooks::new(),
            is_identifying: Published::new(false),
            is_failing: Published::new(false),
            unexplained: Trigger::new(),
            admin: Published::new(AdminAccess::Unknown),
            is_admin_asked: StoredValue::new(false),
            default_workspace: StoredValue::new(None),
            keys: StoredValue::new(0),
            seams: Box::leak(Box::new(Seams {
                transport,
                clock,
                storage,
            })),
        };
        if let Some((connection, key)) = stored::read(storage) {
            let live = session.make_live(&connection, key);
            session.establish(connection, live);
        }
        session
    }

    fn make_live(self, connection: &Connection, key: Option<SecretText>) -> Live {
        let key = Rc::new(Key(RefCell::new(match connection.auth {
            Auth::Bearer => Grantor::Bearer(key),
            Auth::Proxy => Grantor::Proxy,
        })));
        Live {
            base: connection.base.clone(),
            client: Client::new(self.seams.transport, Rc::clone(&key) as Rc<dyn Authority>, self.seams.clock),
            key,
            early: RefCell::new(None),
        }
    }

    /// The number of keys so far, of which the last one is in use. Two sessions with different numbers may belong to
    /// different accounts.
    #[must_use]
    pub fn key_number(self) -> u32 {
        self.keys.get_value()
    }

    /// What runs before and after this session ends, and how many have ended.
    #[must_use]
    pub fn hooks(self) -> LifecycleHooks {
        self.hooks
    }

    /// Whether there is a session, for views.
    #[must_use]
    pub fn state(&self) -> ReadSignal<State> {
        self.state.read_only()
    }

    /// Validates a key with `whoami` and, if the server accepts it, makes this the session. On failure nothing changes.
    /// If the browser could not store it, [`Connection::is_kept`] is false.
    /// Returns the display name of the key's owner. `None` if the console was locked or disconnected, in this tab or
    /// another, while the request was pending; then nothing changes either.
    ///
    /// # Errors
    ///
    /// Why the server could not be asked, or did not accept the key.
    pub async fn connect(self, mut connection: Connection, key: Option<SecretText>) -> Result<Option<String>, Failure> {
        let live = self.make_live(&connection, key);
        let before = self.endings();
        // The user is waiting and can submit again.
        let client = live.client.clone().with_policy(retry::Policy::once());
        let WhoAmI {
            profile,
            default_workspace,
        } = client.send(&connection.base, calls::who_am_i()).await?;
        if self.has_ended_since(before) {
            live.key.wipe();
            return Ok(None);
        }
        let name = profile.display_name().to_owned();
        connection.profile = Some(profile);
        if connection.is_kept {
            connection.is_kept = live.key.keep(self.seams.storage, &connection);
        } else {
            self.seams.storage.remove(Name::Session);
        }
        self.establish(connection, live);
        self.default_workspace.set_value(default_workspace);
        Ok(Some(name))
    }

    /// Signals when the server refuses something and names no scope: the workspace may be archived.
    #[must_use]
    pub fn unexplained_refusals(self) -> Trigger {
        self.unexplained
    }

    /// Whether the profile of the present key is an account admin, as far as answers have shown.
    #[must_use]
    pub fn admin_access(self) -> ReadSignal<AdminAccess> {
        self.admin.read_only()
    }

    /// Whether no call has been sent with the present key that tells whether its profile is an account admin. From then on
    /// one counts as sent.
    #[must_use]
    pub fn begin_asking_for_admin(self) -> bool {
        self.is_admin_asked.try_update_value(|is_asked| !std::mem::replace(is_asked, true)) == Some(true)
    }

    /// The workspace to start with after connecting, if the server named one.
    #[must_use]
    pub fn default_workspace(self) -> Option<WorkspaceId> {
        self.default_workspace.get_value()
    }

    /// Reloads the profile of the key, after a page reload.
    pub async fn identify(self) {
        let asked = self.live();
        let _ = self.is_identifying.try_set(true);
        let answer = self.send(calls::who_am_i()).await;
        let _ = self.is_identifying.try_set(false);
        let Ok(WhoAmI { profile, .. }) = answer else { return };
        if !is_same(asked.as_ref(), self.live().as_ref()) {
            return;
        }
        let _ = self.state.try_update(|state| {
            if let State::Connected(connection) = state {
                connection.profile = Some(profile);
            }
        });
    }

    /// Whether the profile of the key is being loaded.
    #[must_use]
    pub fn is_identifying(self) -> ReadSignal<bool> {
        self.is_identifying.read_only()
    }

    /// Whether the last request got no answer, or a server error.
    #[must_use]
    pub fn is_failing(self) -> ReadSignal<bool> {
        self.is_failing.read_only()
    }

    fn live(self) -> Option<Rc<Live>> {
        self.live.try_get_value().flatten()
    }

    /// Sends a call as this session.
    ///
    /// # Errors
    ///
    /// The failure of the call; without a session, that there is no key.
    pub async fn send<A: contract::Answer>(self, call: Call<A>) -> Result<A, Failure> {
        let answer = self.exchange(&call.request, None).await?;
        decoded(call.request.operation, answer)
    }

    /// Sends a call once and returns the raw response body, for callers with their own decoder and retry policy. The
    /// bytes may hold values; they are wiped when dropped.
    ///
    /// # Errors
    ///
    /// The failure of the call; without a session, that there is no key.
    pub async fn read_once<A: contract::Answer>(self, call: Call<A>) -> Result<Incoming, Failure> {
        match self.take_early(&call.request) {
            Some(answer) => answer.await,
            None => self.exchange_once(&call.request).await,
        }
    }

    /// Asks for the first page of a workspace's list as the list did before the page was reloaded. [`Self::read_once`] hands the
    /// answer to the list, if it asks for the same page.
    pub fn ask_early(self, workspace: &WorkspaceId) {
        let (Some(live), Some(url)) = (self.live(), self.seams.storage.read(Name::FirstPage)) else {
            return;
        };
        if let Some(request) = early::page(&url, &live.base, workspace) {
            let answer = Box::pin(async move { self.exchange_once(&request).await });
            let sent = Early::send(url, answer, self.seams.clock.now());
            live.early.replace(Some(sent));
        }
    }

    fn take_early(self, request: &Request) -> Option<LocalBoxFuture<'static, Result<Incoming, Failure>>> {
        let live = self.live()?;
        let url = request.url(&live.base);
        let early = live.early.borrow_mut().take_if(|early| early.is_of(&url))?;
        early.answer(self.seams.clock.now())
    }

    /// A list asks for its first page: leaves the address for after a reload, if the tab keeps the session.
    pub fn remember_first_page(self, request: &Request) {
        let is_kept = self.state.with_untracked(State::is_kept);
        if let Some(live) = self.live().filter(|_| is_kept) {
            self.seams.storage.write(Name::FirstPage, &request.url(&live.base));
        }
    }

    fn exchange_once(self, request: &Request) -> LocalBoxFuture<'_, Result<Incoming, Failure>> {
        self.exchange(request, Some(retry::Policy::once()))
    }

    /// Everything but the decoding, so that only the decoding is compiled once per answer type.
    fn exchange(
        self,
        request: &Request,
        policy: Option<retry::Policy>,
    ) -> LocalBoxFuture<'_, Result<Incoming, Failure>> {
        Box::pin(async move {
            let Some(live) = self.live() else {
                let cause = contract::Cause::Refused {
                    http: 401,
                    status: None,
                };
                return Err(Failure::new(request.operation, cause));
            };
            if request.operation == Operation::ListAccountWorkspaces {
                self.is_admin_asked.try_set_value(true);
            }
            let client = live.client.clone();
            let client = policy.map_or_else(|| client.clone(), |policy| client.clone().with_policy(policy));
            let answer = client.exchange(&live.base, request).await;
            if is_same(Some(&live), self.live().as_ref()) {
                let failure = answer.as_ref().err();
                self.learn(request.operation, failure);
                let is_failing = matches!(failure.map(Failure::kind), Some(Kind::Server | Kind::NoAnswer));
                if self.is_failing.try_get_untracked() == Some(!is_failing) {
                    let _ = self.is_failing.try_set(is_failing);
                }
            }
            answer
        })
    }

    /// Records what an answer says about the key: that it was rejected, or whether it has a scope.
    fn learn(&self, operation: Operation, failure: Option<&Failure>) {
        if let Some(told) = AdminAccess::told_by(operation, failure)
            && self.admin.try_get_untracked().is_some_and(|known| known != told)
        {
            let _ = self.admin.try_set(told);
        }
        let is_refused = match failure.map(Failure::kind) {
            Some(Kind::Unauthenticated) => return self.expire(),
            Some(Kind::Denied) => true,
            None => false,
            Some(_) => return,
        };
        let in_workspace = [Scope::SecretsManage, Scope::ToolsRead, Scope::AgentsRead];
        let is_in_workspace = operation.scope().is_some_and(|scope| in_workspace.contains(&scope));
        if is_refused && is_in_workspace && failure.is_some_and(Failure::is_unexplained_refusal) {
            self.unexplained.notify();
        }
        // A 403 says nothing about scopes unless it names one: the workspace may be archived, or only an admin may do it.
        let scope = match failure {
            Some(failure) => failure
                .missing_scope()
                .and_then(|missing| Scope::named(&missing.required)),
            None => operation.scope(),
        };
        if let Some(scope) = scope
            && self.state.try_with_untracked(|state| state.refuses(scope)) == Some(!is_refused)
        {
            let _ = self.state.try_update(|state| state.learn(scope, is_refused));
        }
    }

    /// The server rejected the key: wipes it and asks for another. The pages stay.
    pub fn expire(&self) {
        let connection = self.state.with_untracked(|state| match state {
            State::Connected(connection) => Some(connection.clone()),
            State::Absent | State::Expired(_) | State::Locked(_) => None,
        });
        if let Some(connection) = connection {
            self.wipe();
            self.state.set(State::Expired(connection));
        }
    }

    /// Wipes the key and all loaded data, from memory, storage and page. The server address stays, and so do drafts,
    /// which are encrypted. What a lock wipes, and what it cannot: docs/decisions/0503.
    ///
    /// Does nothing without a session, except that it cancels one that is being established.
    pub fn lock(&self) {
        self.hooks.cancel_connecting();
        let connection = self.state.with_untracked(|state| match state {
            State::Connected(connection) | State::Expired(connection) => Some(connection.clone()),
            State::Absent | State::Locked(_) => None,
        });
        if let Some(connection) = connection {
            self.hooks.run_before_lock();
            self.leave();
            self.hooks.run_on_end(End::Locked);
            self.state.set(State::Locked(Connection {
                profile: None,
                refused: Vec::new(),
                ..connection
            }));
        }
    }

    /// Ends the session and deletes everything that the console keeps in memory or in this browser. Other tabs are
    /// locked: docs/decisions/0501.
    pub fn disconnect(&self) {
        self.hooks.cancel_connecting();
        self.leave();
        self.hooks.run_on_end(End::Disconnected);
        self.seams.storage.wipe();
        self.state.set(State::Absent);
    }

    /// Everything that ends together with the pages.
    fn leave(&self) {
        self.hooks.next_generation();
        self.wipe();
    }

    fn establish(&self, connection: Connection, live: Live) {
        self.end_requests();
        self.live.set_value(Some(Rc::new(live)));
        self.keys.update_value(|keys| *keys = keys.wrapping_add(1));
        self.is_failing.set(false);
        self.admin.set(AdminAccess::Unknown);
        self.is_admin_asked.set_value(false);
        self.state.set(State::Connected(connection));
    }

    fn wipe(&self) {
        self.end_requests();
        self.seams.storage.remove(Name::Session);
        self.seams.storage.remove(Name::Active);
        self.seams.storage.remove(Name::Workspaces);
        self.seams.storage.remove(Name::FirstPage);
        self.seams.storage.remove(Name::Lock);
    }

    fn endings(self) -> Endings {
        Endings {
            cancellations: self.hooks.cancellations(),
            lock: self.seams.storage.last_lock(),
        }
    }

    /// Whether this tab was locked or disconnected since, or missed (perhaps while frozen) that another tab was.
    fn has_ended_since(self, before: Endings) -> bool {
        before.cancellations != self.hooks.cancellations()
            || has_missed_a_lock(before.lock, self.seams.storage.last_lock())
    }

    fn end_requests(&self) {
        if let Some(live) = self.live() {
            live.key.wipe();
        }
        self.live.set_value(None);
    }
}

/// Taken before a session is established and compared once the server has answered.
struct Endings {
    cancellations: u32,
    lock: Option<u64>,
}

fn is_same(one: Option<&Rc<Live>>, other: Option<&Rc<Live>>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if Rc::ptr_eq(one, other))
}

/// The session of the app.
///
/// # Panics
///
/// If no app provides one. A programming error, caught by the first test.
#[must_use]
pub fn use_session() -> Session {
    expect_context::<Session>()
}

fn header(key: &SecretText) -> Zeroizing<String> {
    Zeroizing::new(format!("Bearer {}", key.expose()))
}

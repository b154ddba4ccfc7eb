//! Whole stories on the host: the services of the console with a server, a clock and a browser that the test plays.
//!
//! A [`World`] is one tab. It has the services as `app` makes them, and everything around them in its hands:
//!
//! - [`World::script`] sets a response of the server; a request without one fails the test.
//! - [`World::run`] runs a future, and all that follows from it, as far as it gets without time.
//! - [`World::start`] begins one that waits for something; [`Task::answer`] is what came of it.
//! - [`World::turn_clock`] lets time pass, timer by timer, and [`World::run_until_idle`] what needs no time.
//! - [`World::second_tab`] opens another tab of the same browser, [`World::reload`] the same tab again.
//!
//! No views are drawn: a story drives services and controllers. It is compiled into the library's own tests, so that
//! the modules can stay private.

mod across;
mod browser;
mod compare;
mod connecting;
mod cursors;
mod drafts;
mod early;
mod events;
mod hostile;
mod lists;
mod locking;
mod matrix;
mod names;
mod overview;
mod pace;
mod pool;
mod references;
mod replacing;
mod requests;
mod runs;
mod server;
mod tabs;
mod workspace_writes;
mod workspaces;
mod writes;

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use any_spawner::Executor;
use contract::{BaseUrl, Failure, Method, SecretText};
use leptos::prelude::*;
use site::Auth;

use crate::api::session::{Connection, Session, State};
use crate::app::services::{Platform, Services};
use crate::browser::clipboard::{Clipboard, use_clipboard};
use crate::browser::clock::Clock;
use crate::browser::storage::Storage;
use crate::flows::browser::{Browser, Tab};
use crate::flows::server::{Reply, Sent, Server};
use crate::store::drafts::{DraftStore, Drafts, use_drafts};
use crate::store::idle_lock::Idle;

/// Where the server of the stories is.
const BASE: &str = "https://api.example";

/// Scripted for `whoami`.
const ALICE: &str = r#"{"metadata": {"id": "profile_alice", "name": "Alice"}}"#;
const BOB: &str = r#"{"metadata": {"id": "profile_bob", "name": "Bob"}}"#;

/// One tab of the console, and what is around it.
struct World {
    owner: Owner,
    services: Services,
    /// All tabs of the browser, and its clock.
    browser: &'static Browser,
    tab: &'static Tab,
    server: &'static Server,
}

impl World {
    /// A browser in which nothing is kept, with one tab, and a server without secrets and workspaces.
    fn new() -> Self {
        let server = Server::new();
        let browser = Browser::new();
        Self::open(browser, browser.new_tab(), server)
    }

    fn open(browser: &'static Browser, tab: &'static Tab, server: &'static Server) -> Self {
        pool::start();
        let owner = Owner::new();
        let platform = Platform {
            transport: server.transport(browser),
            clock: Clock(browser.time()),
            storage: Storage(tab),
            keys: tab,
            vault: Some(tab),
            channel: tab,
            board: browser,
        };
        let services = owner.with(|| Services::provide(platform));
        let world = Self {
            owner,
            services,
            browser,
            tab,
            server,
        };
        world.run_until_idle();
        world
    }

    /// Another tab of the same browser, with the same server.
    fn second_tab(&self) -> Self {
        Self::open(self.browser, self.browser.new_tab(), self.server)
    }

    /// The same tab after a reload.
    fn reload(self) -> Self {
        self.tab.close();
        let (browser, tab, server) = (self.browser, self.tab, self.server);
        drop(self);
        Self::open(browser, tab, server)
    }

    /// The next request with this method whose path contains `path` gets this reply; several get theirs in turn.
    fn script(&self, method: Method, path: &'static str, reply: Reply) {
        self.server.script(method, path, reply);
    }

    /// What was sent since this was last asked; without what the tabs ask for by themselves.
    fn sent(&self) -> Vec<Sent> {
        self.server.sent()
    }

    /// Runs everything that needs no time.
    fn run_until_idle(&self) {
        loop {
            Executor::poll_local();
            if !self.browser.fire_due_timers() {
                return;
            }
        }
    }

    /// Lets time pass. Each timer goes off at its own time, and what follows from it comes before the next.
    fn turn_clock(&self, by: Duration) {
        self.run_until_idle();
        let end = self.browser.running() + by;
        while let Some(next) = self.browser.next_timer().filter(|next| *next <= end) {
            self.browser.set_running(next);
            self.run_until_idle();
        }
        self.browser.set_running(end);
        self.run_until_idle();
    }

    /// The machine sleeps: the time of day goes on, and no timer does.
    fn suspend(&self, by: Duration) {
        self.browser.suspend(by);
    }

    /// Begins a future; it gets as far as it can without time.
    fn start<Answer: 'static>(&self, future: impl Future<Output = Answer> + 'static) -> Task<Answer> {
        let task = Task(Rc::new(RefCell::new(None)));
        let answer = Rc::clone(&task.0);
        Executor::spawn_local(async move {
            let came = future.await;
            *answer.borrow_mut() = Some(came);
        });
        self.run_until_idle();
        task
    }

    /// Runs a future that needs no time to its end.
    fn run<Answer: 'static>(&self, future: impl Future<Output = Answer> + 'static) -> Answer {
        self.start(future).answer().expect("it waits for something")
    }

    /// Runs `act` where the services are contexts, as in a component.
    fn with<Answer>(&self, act: impl FnOnce() -> Answer) -> Answer {
        self.owner.with(act)
    }

    fn session(&self) -> Session {
        self.services.session
    }

    fn state(&self) -> State {
        self.session().state().get_untracked()
    }

    fn is_connected(&self) -> bool {
        matches!(self.state(), State::Connected(_))
    }

    fn is_locked(&self) -> bool {
        matches!(self.state(), State::Locked(_))
    }

    fn draft_store(&self) -> DraftStore {
        self.with(use_drafts)
    }

    /// The drafts of the connected account.
    fn drafts(&self) -> Option<Drafts> {
        self.draft_store().of(self.state().connection()?)
    }

    fn clipboard(&self) -> Clipboard {
        self.with(use_clipboard)
    }

    /// Locks after this many idle minutes, as the frame does.
    fn watch_idle(&self, minutes: u32) -> Idle {
        let mut limits = site::Limits::default();
        limits.idle_lock_minutes = minutes;
        let idle = self.with(|| self.services.watch_idle(limits, || true));
        self.run_until_idle();
        idle
    }

    /// Connects with a key, of which the server says whose it is.
    fn connect_as(&self, key: &str, profile: &'static str, is_kept: bool) -> Option<String> {
        self.script(Method::Get, "/v1/whoami", Reply::json(200, profile));
        self.run(connect(self.session(), key, is_kept))
            .expect("the server accepts the key")
    }

    /// A tab in which Alice is connected.
    fn connected() -> Self {
        let world = Self::new();
        world.connect_as("key_alice", ALICE, false);
        assert!(world.is_connected());
        world.sent();
        world
    }
}

/// Nothing that a service keeps may keep the owner of all services: then nothing would ever be cleaned up.
#[test]
fn the_services_go_with_their_owner() {
    let world = World::new();
    let is_cleaned = Rc::new(std::cell::Cell::new(false));
    let told = StoredValue::new_local(Rc::clone(&is_cleaned));
    world.with(|| on_cleanup(move || told.with_value(|told| told.set(true))));
    drop(world);
    assert!(is_cleaned.get());
}

/// A future that was begun.
struct Task<Answer>(Rc<RefCell<Option<Answer>>>);

impl<Answer> Task<Answer> {
    /// What came of it, once; none while it waits.
    fn answer(&self) -> Option<Answer> {
        self.0.borrow_mut().take()
    }

    fn is_done(&self) -> bool {
        self.0.borrow().is_some()
    }
}

/// What the form of the connect page does with a key.
fn connect(
    session: Session,
    key: &str,
    is_kept: bool,
) -> impl Future<Output = Result<Option<String>, Failure>> + use<> {
    let connection = Connection {
        server: None,
        base: BaseUrl::parse(BASE).unwrap(),
        auth: Auth::Bearer,
        profile: None,
        refused: Vec::new(),
        is_kept,
    };
    session.connect(connection, Some(SecretText::new(key)))
}

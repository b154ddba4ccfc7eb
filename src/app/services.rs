//! The services of the console, created once per page.

use leptos::prelude::*;
use site::{Auth, Limits};

use crate::api::client::Transport;
use crate::api::client::fetch::FetchTransport;
use crate::api::lifecycle::End;
use crate::api::session::Session;
use crate::browser::clipboard::{Board, BrowserBoard, Clipboard};
use crate::browser::clock::{Clock, Minutes};
use crate::browser::storage::Storage;
use crate::browser::tab_channel::{CHANNEL, TabChannel, Word};
use crate::browser::vault::{VAULT, Vault, VaultKeys};
use crate::store::drafts::DraftStore;
use crate::store::idle_lock::{self, Idle};
use crate::store::notices::Notices;
use crate::store::read_limit::ReadLimit;
use crate::store::references::References;
use crate::store::secret_lists::SecretLists;
use crate::store::workspaces::Workspaces;
use crate::store::writes::Writes;

/// External dependencies of the console: the browser, or a test that fakes it (`tests/flows`).
#[derive(Clone, Copy)]
pub struct Platform {
    pub transport: &'static dyn Transport,
    pub clock: Clock,
    pub storage: Storage,
    pub keys: &'static dyn VaultKeys,
    /// `None` uses the browser's vault.
    pub vault: Option<&'static dyn Vault>,
    pub channel: &'static dyn TabChannel,
    pub board: &'static dyn Board,
}

impl Platform {
    pub fn of_browser() -> Self {
        Self {
            transport: &FetchTransport,
            clock: Clock::of_browser(),
            storage: Storage::of_browser(),
            keys: &VAULT,
            vault: None,
            channel: &CHANNEL,
            board: &BrowserBoard,
        }
    }
}

/// The services that need no DOM. Each is a context.
#[derive(Clone, Copy)]
pub struct Services {
    pub platform: Platform,
    pub session: Session,
    pub writes: Writes,
}

impl Services {
    /// Creates the services, restores the session that the tab stored, and provides each service as a context.
    pub fn provide(platform: Platform) -> Self {
        let session = Session::new(platform.transport, platform.clock, platform.storage);
        let drafts = DraftStore::new(platform.storage, platform.keys, platform.vault, platform.clock);
        let clipboard = Clipboard::new(platform.board, platform.clock);
        session.hooks().on_end(move |end| {
            clipboard.empty_now();
            drafts.lock();
            if end == End::Disconnected {
                drafts.wipe();
                platform.channel.tell(Word::Lock);
            }
        });
        provide_context(platform.clock);
        provide_context(Minutes::new(platform.clock));
        provide_context(session);
        provide_context(drafts);
        provide_context(clipboard);
        // Before the stores, which read as soon as there is a session.
        idle_lock::lock_if_outdated(session, platform.clock, platform.storage);
        let notices = Notices::new(session.hooks(), platform.clock);
        let limit = ReadLimit::new(platform.clock);
        let lists = SecretLists::new(session, limit);
        let workspaces = Workspaces::new(session, limit, platform.storage);
        let writes = Writes::new(session, notices, lists, workspaces, platform.clock);
        provide_context(notices);
        provide_context(lists);
        provide_context(References::new(session, limit));
        provide_context(writes);
        provide_context(workspaces);
        Self {
            platform,
            session,
            writes,
        }
    }

    /// The page is left: deletes that wait are not carried out. A page that the browser keeps, to show it again on Back,
    /// locks; where the user stays connected in this tab, or has signed in at a proxy, when it is shown again
    /// ([`Self::come_back`]): the next page may be of the console, too, or the sign-in that leads back to it, and a lock
    /// removes the values of drafts.
    pub fn leave(self, is_kept: bool) {
        let locks_later = self.session.state().with_untracked(|state| {
            let is_proxied = state.connection().is_some_and(|connection| connection.auth == Auth::Proxy);
            is_proxied || state.is_kept()
        });
        if is_kept && !locks_later {
            // Tells of what it cancels.
            self.session.lock();
        }
        self.writes.cancel_waiting();
    }

    /// The page is shown again as the browser has kept it.
    pub fn come_back(self) {
        self.session.lock();
    }

    /// Locks an idle session after the configured time. `is_seen`: whether the page is visible.
    pub fn watch_idle(self, limits: Limits, is_seen: fn() -> bool) -> Idle {
        let Platform {
            clock,
            storage,
            channel,
            ..
        } = self.platform;
        let writes = self.writes;
        let idle = Idle::new(self.session, clock, storage, channel, limits, is_seen, move || writes.is_any_pending());
        provide_context(limits);
        provide_context(idle);
        idle
    }
}

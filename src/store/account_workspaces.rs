//! The workspaces of the account, for a view that lists them: those of the profile with their totals, which any key may
//! read, and all of the account, which only an admin may.

use std::rc::Rc;

use contract::calls::{self, AccountWorkspaceQuery, WorkspaceQuery};
use contract::{Failure, Operation};
use leptos::prelude::*;
use strongroom_core::list::reading::State;
use strongroom_core::model::permissions::AdminAccess;
use strongroom_core::model::workspace_table::{WorkspaceRow, merged};

use crate::browser::tasks::memo;
use crate::api::session::{Session, State as SessionState};
use crate::browser::tasks;
use crate::store::account::account;
use crate::store::workspace_reading::WorkspaceReading;
use crate::store::workspaces::Workspaces;

/// Whose workspaces are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Not known yet, or some could not be read.
    Unknown,
    /// Those that the profile is a member of: only an admin sees the others.
    Own,
    /// All of the account.
    All,
}

/// The workspaces for a view. Read while it is mounted. A handle.
#[derive(Clone, Copy)]
pub struct AccountWorkspaces {
    workspaces: Workspaces,
    session: Session,
    with_totals: WorkspaceReading,
    account: WorkspaceReading,
}

impl AccountWorkspaces {
    /// Reads them for the current view. `wants_archived`: whether archived ones are read, too.
    #[must_use]
    pub fn open(session: Session, workspaces: Workspaces, wants_archived: Signal<bool>) -> Self {
        let totals = Rc::new(|limit, cursor: Option<&contract::Cursor>| {
            let query = WorkspaceQuery {
                include_info: true,
                ..WorkspaceQuery::default()
            };
            calls::list_workspaces_matching(&query, limit, cursor)
        });
        let all = Rc::new(move |limit, cursor: Option<&contract::Cursor>| {
            let query = AccountWorkspaceQuery {
                include_archived: wants_archived.get_untracked(),
                ..AccountWorkspaceQuery::default()
            };
            calls::list_account_workspaces(&query, limit, cursor)
        });
        let opened = Self {
            workspaces,
            session,
            with_totals: workspaces.reading(Operation::ListWorkspaces, totals),
            account: workspaces.reading(Operation::ListAccountWorkspaces, all),
        };
        workspaces.refresh_if_old();
        let present = account(session);
        tasks::follow(move || {
            let is_there = present.with(Option::is_some);
            opened.with_totals.clear();
            opened.account.clear();
            if is_there {
                opened.with_totals.read();
                // What was refused is not asked for on each visit. Refreshing asks again.
                if session.admin_access().get_untracked() != AdminAccess::Refused {
                    opened.account.read();
                }
            }
        });
        let mut wanted = wants_archived.get_untracked();
        tasks::follow(move || {
            // They stay loaded when they are no longer shown.
            if wants_archived.get() && !std::mem::replace(&mut wanted, true) {
                opened.account.read();
            }
        });
        // Not whenever the session learns something.
        let has_key = memo(move |_| session.state().with(|state| matches!(state, SessionState::Connected(_))));
        tasks::follow(move || {
            // After connecting again with a key of the same account.
            if has_key.get() {
                opened.with_totals.retry();
                if untrack(|| opened.failure()).is_some() {
                    opened.account.retry();
                }
            }
        });
        tasks::follow(move || opened.account.known().with(|known| workspaces.note(&known.items)));
        on_cleanup(move || {
            opened.with_totals.clear();
            opened.account.clear();
        });
        opened
    }

    /// All that are loaded, by name.
    #[must_use]
    pub fn rows(self) -> Vec<WorkspaceRow> {
        self.workspaces.known().with(|own| {
            let mut rows = self.with_totals.known().with(|totals| {
                self.account.known().with(|account| merged(&own.items, &totals.items, &account.items))
            });
            // Until all of them are read, any may be one of them.
            if own.state != State::Complete {
                rows.iter_mut().for_each(|row| row.is_own = true);
            }
            rows
        })
    }

    /// Whose workspaces they are.
    #[must_use]
    pub fn whose(self) -> Whose {
        match self.session.admin_access().get() {
            AdminAccess::Refused => Whose::Own,
            AdminAccess::Unknown | AdminAccess::Allowed => match self.account.known().with(|known| known.state.clone()) {
                State::Complete => Whose::All,
                _ => Whose::Unknown,
            },
        }
    }

    /// The readings that the list waits for: without the totals, which come into the rows.
    fn states(self) -> [State<Failure>; 2] {
        [self.workspaces.known().with(|known| known.state.clone()), self.account.known().with(|known| known.state.clone())]
    }

    /// Whether more may come.
    #[must_use]
    pub fn is_reading(self) -> bool {
        let is_reading = |state: &State<Failure>| matches!(state, State::Reading | State::Waiting(_));
        self.states().iter().any(is_reading)
    }

    /// Why some could not be read; none if only an admin could have.
    #[must_use]
    pub fn failure(self) -> Option<Failure> {
        let totals = self.with_totals.known().with(|known| known.state.clone());
        let [own, account] = self.states();
        [own, account, totals].into_iter().find_map(|state| match state {
            State::Failed(failure) if !(failure.operation.is_admin_only() && failure.is_unexplained_refusal()) => Some(failure),
            _ => None,
        })
    }

    /// Whether the server repeated a cursor, so that some may be missing.
    #[must_use]
    pub fn is_cut_short(self) -> bool {
        self.states().contains(&State::Repeated)
    }

    /// The names or ids of those that can't be read.
    #[must_use]
    pub fn unreadable(self) -> Vec<String> {
        let mut names = self.workspaces.known().with(|own| own.unreadable.clone());
        names.extend(self.account.known().with(|account| account.unreadable.clone()));
        names.sort();
        names.dedup();
        names
    }

    /// Reads everything again.
    pub fn refresh(self) {
        self.workspaces.refresh();
        self.with_totals.read();
        self.account.read();
    }

    /// Retries what failed.
    pub fn retry(self) {
        self.workspaces.retry();
        self.with_totals.retry();
        self.account.retry();
    }
}

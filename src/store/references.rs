//! Where secrets are used, as far as it was read in this session. What reads it is in [`reader`], which only the views
//! that start a reading load.

mod listing;
pub mod reader;

use std::collections::BTreeMap;

use contract::{Failure, ToolSetId, WorkspaceId};
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::list::instant::Instant;
use strongroom_core::list::reading::State;
use strongroom_core::references::index::ReferenceIndex;

use crate::api::session::Session;
use crate::browser::published::Published;
use crate::store::account::{self, Change};
use crate::store::read_limit::ReadLimit;
use crate::store::references::listing::Listing;

/// The readings of the session, one for each workspace. In memory only.
#[derive(Clone, Copy)]
pub struct References {
    session: Session,
    limit: ReadLimit,
    /// The app's owner. Weak, because it owns this.
    owner: StoredValue<WeakOwner>,
    kept: StoredValue<Vec<(WorkspaceId, WorkspaceReferences)>, LocalStorage>,
    is_watching: StoredValue<bool>,
}

/// The status of a reading, for views.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    pub state: State<Failure>,
    /// The number of tool sets, as far as they were listed.
    pub sets: usize,
    /// The number of tool sets whose tools were read.
    pub sets_read: usize,
    /// Whether all tool sets were listed, so that their number is known.
    pub is_listed: bool,
    /// Whether archived tool sets are read, too.
    pub has_archived: bool,
    /// When the reading was complete, in milliseconds since 1970.
    pub read_at: Option<Instant>,
}

impl Progress {
    /// Whether a reading was started in this session.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.state != State::Idle
    }

    #[must_use]
    pub fn is_reading(&self) -> bool {
        matches!(self.state, State::Reading | State::Waiting(_))
    }

    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.state == State::Complete
    }
}

/// The agents that use a tool set: name and variation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agents {
    Reading,
    Read(Vec<(String, String)>),
    Failed(Failure),
}

/// The number of tool sets that refer to a secret.
type Count = fn(&ReferenceIndex, &str) -> usize;

/// What was read of one workspace. A handle.
#[derive(Clone, Copy)]
pub struct WorkspaceReferences {
    session: Session,
    limit: ReadLimit,
    workspace: StoredValue<WorkspaceId>,
    progress: Published<Progress>,
    index: Published<ReferenceIndex>,
    /// Set by the [`reader`], with which its code is loaded: a list needs it only once something was read.
    count: StoredValue<Option<Count>>,
    agents: Published<BTreeMap<ToolSetId, Agents>>,
    listing: StoredValue<Listing>,
    /// The reading, and the readings of agents.
    under_way: StoredValue<Vec<AbortHandle>, LocalStorage>,
}

impl References {
    #[must_use]
    pub fn new(session: Session, limit: ReadLimit) -> Self {
        Self {
            session,
            limit,
            owner: StoredValue::new(Owner::current().unwrap_or_default().downgrade()),
            kept: StoredValue::new_local(Vec::new()),
            is_watching: StoredValue::new(false),
        }
    }

    /// What is known of a workspace. Reads nothing.
    #[must_use]
    pub fn of(self, workspace: &WorkspaceId) -> WorkspaceReferences {
        let find = |kept: &Vec<(WorkspaceId, WorkspaceReferences)>| {
            kept.iter().find(|(known, _)| known == workspace).map(|(_, references)| *references)
        };
        if let Some(known) = self.kept.with_value(find) {
            return known;
        }
        self.owner.get_value().upgrade().unwrap_or_default().with(|| {
            self.watch_session();
            let references = WorkspaceReferences {
                session: self.session,
                limit: self.limit,
                workspace: StoredValue::new(workspace.clone()),
                progress: Published::new(Progress::default()),
                index: Published::new(ReferenceIndex::default()),
                count: StoredValue::new(None),
                agents: Published::new(BTreeMap::new()),
                listing: StoredValue::new(Listing::default()),
                under_way: StoredValue::new_local(Vec::new()),
            };
            self.kept.update_value(|kept| kept.push((workspace.clone(), references)));
            references
        })
    }

    /// Drops what was read when the session ends or belongs to another account.
    fn watch_session(self) {
        account::watch(self.session, self.is_watching, move |change| {
            if matches!(change, Change::Other { .. }) {
                self.forget();
            }
        });
    }

    fn forget(self) {
        let all = |kept: &Vec<(WorkspaceId, WorkspaceReferences)>| kept.iter().map(|(_, it)| *it).collect::<Vec<_>>();
        self.kept
            .try_with_value(all)
            .unwrap_or_default()
            .into_iter()
            .for_each(WorkspaceReferences::forget);
    }
}

impl WorkspaceReferences {
    #[must_use]
    pub fn progress(self) -> ReadSignal<Progress> {
        self.progress.read_only()
    }

    /// What was read so far.
    #[must_use]
    pub fn index(self) -> ReadSignal<ReferenceIndex> {
        self.index.read_only()
    }

    /// Passes on what tells how many tool sets refer to a secret; `None` if nothing was read.
    pub fn with_count(self, act: impl FnOnce(&dyn Fn(&str) -> Option<usize>)) {
        let count = self.count.get_value();
        self.index.with(|index| act(&|name| count.map(|count| count(index, name))));
    }

    /// The agents of the tool sets for which they were asked.
    #[must_use]
    pub fn agents(self) -> ReadSignal<BTreeMap<ToolSetId, Agents>> {
        self.agents.read_only()
    }

    #[must_use]
    pub fn workspace(self) -> WorkspaceId {
        self.workspace.get_value()
    }

    /// Aborts what is under way.
    fn abort(self) {
        let handles = self.under_way.try_update_value(std::mem::take).unwrap_or_default();
        handles.iter().for_each(AbortHandle::abort);
        let _ = self.agents.try_maybe_update(|agents| {
            let before = agents.len();
            agents.retain(|_, agents| *agents != Agents::Reading);
            (agents.len() != before, ())
        });
    }

    fn forget(self) {
        self.abort();
        let _ = self.progress.try_set(Progress::default());
        let _ = self.index.try_set(ReferenceIndex::default());
        let _ = self.agents.try_set(BTreeMap::new());
        self.listing.try_set_value(Listing::default());
    }
}

/// The readings of the app.
///
/// # Panics
///
/// If no app provides them.
#[must_use]
pub fn use_references() -> References {
    expect_context::<References>()
}

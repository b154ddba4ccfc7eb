//! The secrets of several workspaces at once, for views across workspaces. Each workspace has its list
//! ([`SecretLists`]), so all share one limit: four requests at once, one pause after a 429. A workspace that fails stops
//! no other.

use contract::calls::SecretQuery;
use contract::{AccountResourceMetadata, Cause, Failure, Kind, Labels, Operation, Workspace, WorkspaceId, WorkspaceSpec, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::list::reading::State;
use strongroom_core::model::workspace_table::name_key;

use crate::browser::published::Published;
use crate::browser::tasks::memo;
use crate::browser::tasks;
use crate::store::secret_list::{self, SecretList};
use crate::store::secret_lists::{SecretLists, use_secret_lists};
use crate::store::workspace_reading::Known;
use crate::store::workspaces::{Workspaces, use_workspaces};

/// What is known about the reading of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// More secrets are being read.
    Loading { loaded: usize },
    /// The server asked to wait, or a page failed and is requested again; it goes on by itself.
    Waiting { loaded: usize, failure: Failure },
    /// All secrets are loaded.
    Complete { loaded: usize },
    /// The user stopped it.
    Stopped { loaded: usize },
    /// The key may not read its secrets.
    NoAccess(Failure),
    /// There is no workspace with this id.
    NotFound(Failure),
    /// It is archived, or was archived while it was read (then its status may not say so: the profile can't see it any more).
    Archived,
    /// A page could not be read. [`Across::retry`] requests it again.
    Failed { loaded: usize, failure: Failure },
}

impl Progress {
    /// Whether it failed, and may succeed later.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::Failed { .. })
    }

    /// The number of loaded secrets.
    #[must_use]
    pub fn loaded(&self) -> usize {
        match self {
            Self::Loading { loaded }
            | Self::Waiting { loaded, .. }
            | Self::Complete { loaded }
            | Self::Stopped { loaded }
            | Self::Failed { loaded, .. } => *loaded,
            Self::NoAccess(_) | Self::NotFound(_) | Self::Archived => 0,
        }
    }

    /// The number of loaded secrets; `None` before the first, and where none can be read.
    #[must_use]
    pub fn known(&self) -> Option<usize> {
        Some(self.loaded()).filter(|loaded| *loaded > 0 || self.is_complete())
    }

    /// Whether it goes on by itself.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Loading { .. } | Self::Waiting { .. })
    }

    /// Whether all secrets are loaded.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Complete { .. })
    }
}

/// What is said about a workspace beside its list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Standing {
    is_archived: bool,
    /// It was among the workspaces of the profile, and is not any more.
    is_gone: bool,
}

/// One workspace of the view.
#[derive(Clone)]
pub struct WorkspaceReading {
    /// The known facts; only its id and name, if it is not among the workspaces of the profile.
    pub workspace: Workspace,
    /// Its secrets. `None` if it was archived from the start, so that it is not read.
    pub list: Option<SecretList>,
    pub progress: Signal<Progress>,
}

impl WorkspaceReading {
    #[must_use]
    pub fn id(&self) -> &WorkspaceId {
        &self.workspace.metadata.id
    }

    /// Its name, or its id while the name is unknown.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.workspace.metadata.name.as_str() {
            "" => self.id().as_str(),
            name => name,
        }
    }
}

/// A workspace of the view, and what ends when it is no longer one.
struct Opened {
    id: WorkspaceId,
    list: Option<(SecretList, Owner)>,
    is_member: RwSignal<bool>,
    progress: Signal<Progress>,
}

/// The reading of several workspaces. A handle.
#[derive(Clone, Copy)]
pub struct Across {
    workspaces: Workspaces,
    lists: SecretLists,
    readings: Published<Vec<WorkspaceReading>>,
    opened: StoredValue<Vec<Opened>, LocalStorage>,
    /// The owner of the view. Weak, because it owns this.
    view: StoredValue<WeakOwner>,
    wants_info: Signal<bool>,
}

/// Reads the lists of these workspaces while the view is mounted. Follows the signal; `None` are all of the profile. The
/// last use and the creators cost rate limit, so a view says whether it needs them. Once needed, they stay so: asking again
/// without them would read everything anew.
pub fn use_across_with(chosen: Signal<Option<Vec<WorkspaceId>>>, wants_info: Signal<bool>) -> Across {
    let across = Across {
        workspaces: use_workspaces(),
        lists: use_secret_lists(),
        readings: Published::new(Vec::new()),
        opened: StoredValue::new_local(Vec::new()),
        view: StoredValue::new(Owner::current().unwrap_or_default().downgrade()),
        wants_info,
    };
    across.workspaces.refresh_if_old();
    let known = across.workspaces.known();
    // Now, so that the server works while the page renders.
    untrack(|| across.follow(chosen.get().as_deref(), &known.get()));
    tasks::follow(move || {
        let chosen = chosen.get();
        known.with(|known| across.follow(chosen.as_deref(), known));
    });
    across
}

impl Across {
    /// The workspaces, in the order in which they were chosen, or by name.
    #[must_use]
    pub fn readings(self) -> ReadSignal<Vec<WorkspaceReading>> {
        self.readings.read_only()
    }

    /// Continues after a failure of this workspace.
    pub fn retry(self, id: &WorkspaceId) {
        self.workspaces.retry();
        self.workspaces.refresh_if_old();
        if let Some(list) = self.list(id) {
            retry(list);
        }
    }

    /// Continues after the failures of all workspaces; not those that are archived, refused or gone.
    pub fn retry_failed(self) {
        for reading in self.readings().get_untracked() {
            if reading.progress.with_untracked(Progress::is_failed) {
                self.retry(reading.id());
            }
        }
    }

    /// Reads all workspaces again. What is loaded stays until then.
    pub fn refresh(self) {
        self.workspaces.retry();
        self.workspaces.refresh_if_old();
        self.each(|list, _| list.refresh());
    }

    /// Stops reading all workspaces.
    pub fn stop(self) {
        self.each(|list, state| {
            if matches!(state, State::Reading | State::Waiting(_)) {
                list.stop();
            }
        });
    }

    /// Resumes reading those that were stopped, and ends the pause of those that wait.
    pub fn resume(self) {
        self.each(|list, state| {
            if matches!(state, State::Stopped | State::Waiting(_)) {
                list.resume();
            }
        });
    }

    fn list(self, id: &WorkspaceId) -> Option<SecretList> {
        let find = |opened: &Vec<Opened>| {
            let opened = opened.iter().find(|opened| opened.id == *id)?;
            opened.list.as_ref().map(|(list, _)| *list)
        };
        self.opened.try_with_value(find).flatten()
    }

    fn each(self, act: impl Fn(SecretList, &State<Failure>)) {
        let lists = |opened: &Vec<Opened>| {
            let lists = opened.iter().filter_map(|opened| opened.list.as_ref());
            lists.map(|(list, _)| *list).collect::<Vec<_>>()
        };
        for list in self.opened.try_with_value(lists).unwrap_or_default() {
            if let Some(progress) = list.progress().try_get_untracked() {
                act(list, &progress.state);
            }
        }
    }

    /// Opens and closes lists, so that they are those of the chosen workspaces.
    fn follow(self, chosen: Option<&[WorkspaceId]>, known: &Known) {
        let mut wanted: Vec<(WorkspaceId, Option<&Workspace>)> = match chosen {
            Some(ids) => {
                let find = |id: &WorkspaceId| known.items.iter().find(|workspace| workspace.metadata.id == *id);
                ids.iter().map(|id| (id.clone(), find(id))).collect()
            }
            None => known.items.iter().map(|workspace| (workspace.metadata.id.clone(), Some(workspace))).collect(),
        };
        if chosen.is_none() && known.state == State::Complete {
            // Archived while the view was open: it stays, and says so.
            let gone = self.readings.with_untracked(|readings| {
                let is_gone = |id: &WorkspaceId| !wanted.iter().any(|(wanted, _)| wanted == id);
                let ids = readings.iter().map(|reading| reading.id().clone());
                ids.filter(is_gone).collect::<Vec<_>>()
            });
            wanted.extend(gone.into_iter().map(|id| (id, None)));
        }
        let Some(view) = self.view.try_get_value().and_then(|view| view.upgrade()) else {
            return;
        };
        let mut former = self.opened.try_update_value(std::mem::take).unwrap_or_default();
        let known_facts: Vec<Workspace> = self.readings.with_untracked(|readings| {
            readings.iter().map(|reading| reading.workspace.clone()).collect()
        });
        let (mut opened, mut readings) = (Vec::new(), Vec::new());
        for (id, found) in wanted {
            let place = former.iter().position(|opened| opened.id == id);
            let mut one = match place {
                Some(place) => former.remove(place),
                None => view.with(|| self.opened(&id)),
            };
            if let Some(found) = found {
                one.is_member.set(true);
                self.read_unless_archived(&view, &mut one, &found.status);
            } else if one.list.is_none() {
                self.read_unless_archived(&view, &mut one, &WorkspaceStatus::Unknown(String::new()));
            }
            let facts = known_facts.iter().find(|known| known.metadata.id == id);
            readings.push(WorkspaceReading {
                workspace: found.or(facts).cloned().unwrap_or_else(|| unlisted(&id, &self.workspaces.name(&id))),
                list: one.list.as_ref().map(|(list, _)| *list),
                progress: one.progress,
            });
            opened.push(one);
        }
        self.opened.try_update_value(|place| *place = opened);
        if chosen.is_none() {
            // What is gone stays at its place.
            readings.sort_by_cached_key(|reading| name_key(&reading.workspace));
        }
        self.readings.set(readings);
        // Last: until now the view may have used them.
        for (_, owner) in former.into_iter().filter_map(|opened| opened.list) {
            owner.cleanup();
        }
    }

    /// A workspace that is not read yet.
    fn opened(self, id: &WorkspaceId) -> Opened {
        let is_member = RwSignal::new(false);
        Opened {
            id: id.clone(),
            list: None,
            is_member,
            // Replaced with the list.
            progress: Signal::stored(Progress::Archived),
        }
    }

    fn read_unless_archived(self, view: &Owner, opened: &mut Opened, status: &WorkspaceStatus) {
        if *status == WorkspaceStatus::Archived {
            // While it was read: what is loaded stays, and no more is requested.
            if let Some((list, _)) = &opened.list {
                list.stop();
            }
            return;
        }
        if opened.list.is_some() {
            return;
        }
        let owner = view.child();
        let asked = self.lists.last_asked(&opened.id);
        let wants_info = self.wants_info;
        let list = owner.with(|| {
            let query = memo(move |last: Option<&SecretQuery>| {
                let mut query = last.cloned().unwrap_or_else(|| asked.clone());
                query.include_info |= wants_info.get();
                query
            });
            self.lists.open(&opened.id, query.into())
        });
        let (id, is_member) = (opened.id.clone(), opened.is_member);
        let known = self.workspaces.known();
        // Of the view, which may look at it once more after the list is closed.
        opened.progress = view.with(|| {
            let standing = memo(move |last: Option<&Standing>| {
                known.with(|known| {
                    let found = known.items.iter().find(|workspace| workspace.metadata.id == id);
                    // While the workspaces are read again, what is gone stays gone.
                    let is_known = known.state == State::Complete || last.is_some_and(|last| last.is_gone);
                    Standing {
                        is_archived: found.is_some_and(|workspace| workspace.status == WorkspaceStatus::Archived),
                        is_gone: found.is_none() && is_known && is_member.get(),
                    }
                })
            });
            let progress = memo(move |_| list.progress().with(|progress| present(progress, standing.get())));
            progress.into()
        });
        opened.list = Some((list, owner));
    }
}

fn retry(list: SecretList) {
    match list.progress().try_with_untracked(|progress| progress.state.clone()) {
        // Its cursors lead in a circle, so only a new reading helps.
        Some(State::Repeated) => list.refresh(),
        Some(State::Failed(_) | State::Stopped | State::Waiting(_)) => list.resume(),
        Some(State::Idle | State::Reading | State::Complete) | None => {}
    }
}

fn present(progress: &secret_list::Progress, standing: Standing) -> Progress {
    let loaded = progress.loaded;
    if standing.is_archived || standing.is_gone {
        return Progress::Archived;
    }
    match &progress.state {
        // All are here, and are being read anew.
        State::Idle | State::Reading | State::Waiting(_) | State::Stopped if progress.is_refresh => Progress::Complete { loaded },
        State::Idle | State::Reading => Progress::Loading { loaded },
        State::Waiting(failure) => Progress::Waiting {
            loaded,
            failure: failure.clone(),
        },
        State::Stopped => Progress::Stopped { loaded },
        State::Complete => Progress::Complete { loaded },
        State::Failed(failure) if failure.kind() == Kind::Denied => Progress::NoAccess(failure.clone()),
        State::Failed(failure) if failure.kind() == Kind::NotFound => Progress::NotFound(failure.clone()),
        State::Failed(failure) => Progress::Failed {
            loaded,
            failure: failure.clone(),
        },
        State::Repeated => {
            let cause = Cause::Undecodable {
                http: 200,
                detail: "the cursor of the next page is one that was used before".to_owned(),
            };
            Progress::Failed {
                loaded,
                failure: Failure::new(Operation::ListSecrets, cause),
            }
        }
    }
}

/// A workspace that is not among those of the profile.
fn unlisted(id: &WorkspaceId, name: &str) -> Workspace {
    Workspace {
        metadata: AccountResourceMetadata {
            id: id.clone(),
            account_id: String::new(),
            name: name.to_owned(),
            profile_id: None,
            external_id: None,
            labels: Labels::new(),
            created_at: None,
        },
        spec: WorkspaceSpec::default(),
        status: WorkspaceStatus::Unknown(String::new()),
        info: None,
    }
}

//! The lists of secrets by workspace, cached for the session.

use contract::{ProfileId, SecretId, WorkspaceId};
use contract::calls::SecretQuery;
use leptos::prelude::*;
use strongroom_core::list::find::Fit;
use strongroom_core::list::reading::State;
use strongroom_core::list::{LoadedList, LocalChange, Row};
use strongroom_core::model::server_names::ServerNames;

use crate::api::session::Session;
use crate::browser::tasks;
use crate::store::account::{self, Change};
use crate::store::loaded_secrets::{FoundLoaded, FoundSecret};
use crate::store::pending_deletes::PendingDeletes;
use crate::store::read_limit::ReadLimit;
use crate::store::secret_list::SecretList;

/// Lists that are not on screen are kept while all lists together hold no more secrets than this, which is about 90 MB.
const MOST_SECRETS: usize = if cfg!(test) { 60 } else { 300_000 };

/// All lists of the session. In memory only, without values.
#[derive(Clone, Copy)]
pub struct SecretLists {
    session: Session,
    limit: ReadLimit,
    /// The app's owner. Weak, because it owns this.
    owner: StoredValue<WeakOwner>,
    /// Ordered by when they were opened, latest last.
    lists: StoredValue<Vec<Kept>, LocalStorage>,
    pending_deletes: PendingDeletes,
    /// Whether the session is being watched. Starts with the first list, so that the code to drop and refresh lists is
    /// loaded with the views that show them.
    is_watching: StoredValue<bool>,
}

struct Kept {
    workspace: WorkspaceId,
    list: SecretList,
    /// Owns the list's signals.
    owner: Owner,
    /// The number of views that show it.
    views: usize,
}

impl SecretLists {
    /// The lists of a session. Dropped when it ends or belongs to another account.
    #[must_use]
    pub fn new(session: Session, limit: ReadLimit) -> Self {
        Self {
            session,
            limit,
            owner: StoredValue::new(Owner::current().unwrap_or_default().downgrade()),
            lists: StoredValue::new_local(Vec::new()),
            pending_deletes: PendingDeletes::new(),
            is_watching: StoredValue::new(false),
        }
    }

    fn watch_session(self) {
        account::watch(self.session, self.is_watching, move |change| match change {
            Change::Other { is_any } => {
                self.forget();
                if is_any {
                    self.each(SecretList::refresh);
                }
            }
            // A cursor of the same account may be continued.
            Change::SameWithKey => self.each_open(SecretList::resume_with_key),
        });
    }

    /// Whether the server's rate limit was reached by a list with the last use: lists do without it, unless the user asks
    /// for it.
    #[must_use]
    pub fn is_info_limited(self) -> ReadSignal<bool> {
        self.limit.is_info_limited().read_only()
    }

    /// The list of a workspace for a view. It is read with this query while the view is mounted.
    #[must_use]
    pub fn open(self, workspace: &WorkspaceId, query: Signal<SecretQuery>) -> SecretList {
        let list = self.take(workspace);
        list.open(query.get_untracked(), self.views(workspace) > 1);
        tasks::follow(move || list.ask(query.get()));
        let workspace = workspace.clone();
        on_cleanup(move || self.leave(&workspace));
        list
    }

    /// The list of a workspace for a view that takes it as it was last asked for.
    #[must_use]
    pub fn open_as_asked(self, workspace: &WorkspaceId) -> SecretList {
        self.open(workspace, Signal::stored(self.last_asked(workspace)))
    }

    /// The query that the list of a workspace was last read with.
    #[must_use]
    pub fn last_asked(self, workspace: &WorkspaceId) -> SecretQuery {
        self.find(workspace).and_then(SecretList::query).unwrap_or_default()
    }

    /// The cached list or a new one. Evicts those that were opened longest ago, if there are too many secrets.
    fn take(self, workspace: &WorkspaceId) -> SecretList {
        if let Some(owner) = self.owner.get_value().upgrade() {
            owner.with(|| self.watch_session());
        }
        let take = |lists: &mut Vec<Kept>| {
            let known = lists.iter().position(|kept| kept.workspace == *workspace);
            known.map(|at| lists.remove(at))
        };
        let mut kept = self.lists.try_update_value(take).flatten().unwrap_or_else(|| {
            let owner = self.owner.get_value().upgrade().unwrap_or_default().child();
            Kept {
                workspace: workspace.clone(),
                list: owner.with(|| SecretList::new(self.session, self.limit, workspace.clone(), self.pending_deletes)),
                owner,
                views: 0,
            }
        });
        kept.views += 1;
        let list = kept.list;
        let dropped = self.lists.try_update_value(|lists| {
            lists.push(kept);
            let size = |kept: &Kept| kept.list.with(|loaded| loaded.list().rows().count()).unwrap_or_default();
            let mut secrets: usize = lists.iter().map(size).sum();
            let mut dropped = Vec::new();
            while secrets > MOST_SECRETS
                && let Some(at) = lists.iter().position(|kept| kept.views == 0)
            {
                let spare = lists.remove(at);
                secrets -= size(&spare);
                dropped.push(spare);
            }
            dropped
        });
        for dropped in dropped.unwrap_or_default() {
            dropped.owner.cleanup();
        }
        list
    }

    /// The number of views that show a list.
    fn views(self, workspace: &WorkspaceId) -> usize {
        let views = |lists: &Vec<Kept>| {
            let kept = lists.iter().find(|kept| kept.workspace == *workspace);
            kept.map_or(0, |kept| kept.views)
        };
        self.lists.try_with_value(views).unwrap_or_default()
    }

    fn leave(self, workspace: &WorkspaceId) {
        let left = self.lists.try_update_value(|lists| {
            let kept = lists.iter_mut().find(|kept| kept.workspace == *workspace)?;
            kept.views = kept.views.saturating_sub(1);
            (kept.views == 0).then_some(kept.list)
        });
        if let Some(Some(list)) = left {
            list.close();
        }
    }

    /// Applies a change made by this console. A list that is not cached is read when it is opened, which is later.
    pub fn apply(self, workspace: &WorkspaceId, change: &LocalChange) {
        if let Some(list) = self.find(workspace) {
            list.apply(change);
        }
    }

    /// Drops the list of a workspace that was archived. On screen it becomes empty.
    pub fn drop_list(self, workspace: &WorkspaceId) {
        let dropped = self.lists.try_update_value(|lists| {
            let at = lists.iter().position(|kept| kept.workspace == *workspace && kept.views == 0)?;
            Some(lists.remove(at))
        });
        match dropped.flatten() {
            Some(dropped) => dropped.owner.cleanup(),
            None => {
                if let Some(list) = self.find(workspace) {
                    list.forget();
                }
            }
        }
    }

    /// Hides a secret whose delete is pending.
    pub fn hide(self, workspace: &WorkspaceId, id: &SecretId) {
        if let Some(list) = self.find(workspace) {
            list.hide(id.as_str());
        }
    }

    /// Shows a secret again, because it was not deleted.
    pub fn unhide(self, workspace: &WorkspaceId, id: &SecretId) {
        if let Some(list) = self.find(workspace) {
            list.unhide(id.as_str());
        }
    }

    /// Marks secrets whose delete waits or is under way, or no longer.
    pub fn mark_pending_deletes(self, workspace: &WorkspaceId, ids: &[String], is_marked: bool) {
        self.pending_deletes.mark(workspace, ids, is_marked);
        if let Some(list) = self.find(workspace) {
            list.redraw();
        }
    }

    /// Selects secrets again whose delete was undone.
    pub fn select(self, workspace: &WorkspaceId, ids: &[String]) {
        if let Some(list) = self.find(workspace) {
            list.select_ids(ids);
        }
    }

    /// No delete waits or is under way any more.
    pub fn clear_pending_deletes(self) {
        self.pending_deletes.clear();
        self.each(SecretList::redraw);
    }

    /// What a text finds in the loaded secrets.
    #[must_use]
    pub fn find_loaded(self, present: Option<&WorkspaceId>, text: &str, limit: usize) -> FoundLoaded {
        let lists = |lists: &Vec<Kept>| {
            let lists = lists.iter().map(|kept| (kept.workspace.clone(), kept.list));
            lists.collect::<Vec<_>>()
        };
        let mut lists = self.lists.try_with_value(lists).unwrap_or_default();
        lists.sort_by_key(|(workspace, _)| Some(workspace) != present);
        let mut found: Vec<(Fit, FoundSecret)> = Vec::new();
        for (_, list) in &lists {
            found.extend(list.find_loaded(text, limit));
        }
        found.sort_by_key(|(fit, _)| *fit);
        found.truncate(limit);
        let present = present.and_then(|present| self.find(present));
        FoundLoaded {
            secrets: found.into_iter().map(|(_, secret)| secret).collect(),
            labels: present.map(|list| list.labels_with(text, limit)).unwrap_or_default(),
        }
    }

    /// The secrets before and after a secret, in the order on screen. `None` if it is not in a loaded list.
    #[must_use]
    pub fn neighbours(self, workspace: &WorkspaceId, id: &SecretId) -> Option<(Option<SecretId>, Option<SecretId>)> {
        self.find(workspace)?.neighbours(id.as_str())
    }

    /// What the server makes of names: as its answers to writes showed, or else as the loaded names of a workspace show. Only
    /// a server that keeps names has one in lower case.
    #[must_use]
    pub fn server_names(self, workspace: &WorkspaceId, learned: ServerNames) -> ServerNames {
        let is_kept = |loaded: &LoadedList| {
            let rows = loaded.list().rows();
            let is_lower = |row: Row| rows.name(row).bytes().any(|byte| byte.is_ascii_lowercase());
            loaded.list().order().any(is_lower)
        };
        let list = self.find(workspace).filter(|_| learned == ServerNames::Unknown);
        match list.and_then(|list| list.with(is_kept)) {
            Some(true) => ServerNames::Kept,
            _ => learned,
        }
    }

    /// The name of a loaded secret that takes the place of a new one with this name, on a server that does this to names.
    #[must_use]
    pub fn taken_name(self, workspace: &WorkspaceId, name: &str, names: ServerNames) -> Option<String> {
        let taken = |loaded: &LoadedList| {
            let rows = loaded.list().rows();
            let is_taken = |row: &Row| names.is_taken_by(name, rows.name(*row));
            loaded.list().order().find(is_taken).map(|row| rows.name(row).to_owned())
        };
        self.find(workspace)?.with(taken).flatten()
    }

    /// How many secrets of a workspace are loaded, and whether these are all; none if none were read. Tracked.
    #[must_use]
    pub fn loaded_count(self, workspace: &WorkspaceId) -> Option<(usize, bool)> {
        let progress = self.find(workspace)?.progress();
        let known = progress.try_with(|progress| (progress.loaded, progress.state == State::Complete))?;
        (known.0 > 0 || known.1).then_some(known)
    }

    /// The name of someone who created a secret that is loaded with its creator. Not tracked.
    #[must_use]
    pub fn creator_name(self, id: &ProfileId) -> Option<String> {
        let lists = |lists: &Vec<Kept>| lists.iter().map(|kept| kept.list).collect::<Vec<_>>();
        let lists = self.lists.try_with_value(lists).unwrap_or_default();
        let name = |loaded: &LoadedList| loaded.list().rows().creator_name(id.as_str()).map(str::to_owned);
        lists.into_iter().find_map(|list| list.with(name).flatten())
    }

    /// The labels of the loaded secrets of a workspace.
    #[must_use]
    pub fn labels_in_use(self, workspace: &WorkspaceId) -> Vec<(String, String)> {
        self.find(workspace).map(SecretList::labels_in_use).unwrap_or_default()
    }

    fn find(self, workspace: &WorkspaceId) -> Option<SecretList> {
        let find = |lists: &Vec<Kept>| {
            let kept = lists.iter().find(|kept| kept.workspace == *workspace);
            kept.map(|kept| kept.list)
        };
        self.lists.try_with_value(find).flatten()
    }

    fn each(self, act: impl Fn(SecretList)) {
        self.each_of(|_| true, act);
    }

    /// The lists on screen.
    fn each_open(self, act: impl Fn(SecretList)) {
        self.each_of(|kept| kept.views > 0, act);
    }

    fn each_of(self, is_wanted: fn(&Kept) -> bool, act: impl Fn(SecretList)) {
        let lists = |lists: &Vec<Kept>| {
            let wanted = lists.iter().filter(|kept| is_wanted(kept));
            wanted.map(|kept| kept.list).collect::<Vec<_>>()
        };
        self.lists
            .try_with_value(lists)
            .unwrap_or_default()
            .into_iter()
            .for_each(act);
    }

    /// Drops all data. A list on screen becomes empty.
    fn forget(self) {
        self.limit.is_info_limited().set(false);
        let dropped = self.lists.try_update_value(|lists| {
            let (open, dropped): (Vec<Kept>, Vec<Kept>) = lists.drain(..).partition(|kept| kept.views > 0);
            *lists = open;
            dropped
        });
        for kept in dropped.unwrap_or_default() {
            kept.owner.cleanup();
        }
        self.each(SecretList::forget);
    }
}

/// The lists of the app.
///
/// # Panics
///
/// If no app provides them. A programming error, caught by the first test.
#[must_use]
pub fn use_secret_lists() -> SecretLists {
    expect_context::<SecretLists>()
}

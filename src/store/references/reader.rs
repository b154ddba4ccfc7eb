//! Reads all tool sets of a workspace and their tools, and the agents of some tool sets.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use contract::{Answer, Call, Cursor, Failure, Kind, Listed, Page, Tool, ToolSetId, ToolSetState, calls};
use futures::future::try_join_all;
use leptos::prelude::*;
use strongroom_core::list::reading::State;
use strongroom_core::references::pages::{Endless, Pages};

use crate::api::client::decoded;
use crate::browser::tasks;
use crate::store::page_reader::wait_before_retry;
use crate::store::references::listing::Listing;
use crate::store::references::{Agents, WorkspaceReferences};

/// Tool sets that are read at the same time. The limit of all reading is the same.
const AT_ONCE: usize = 4;
/// Items of a page. A tool can be long, so fewer than of secrets.
const LIMIT: u32 = 200;

/// Why a reading ended early.
enum Ended {
    Failed(Failure),
    Endless,
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Endless> for Ended {
    fn from(_: Endless) -> Self {
        Self::Endless
    }
}

impl WorkspaceReferences {
    /// Reads everything, from the start. Agents that were read are read again when they are asked for.
    pub fn read(self, has_archived: bool) {
        self.forget();
        self.count.set_value(Some(|index, name| index.count_of(name).sets));
        self.progress.update(|progress| progress.has_archived = has_archived);
        let archived = has_archived.then_some(Some(ToolSetState::Archived));
        let listing = Listing {
            // Without a state: the active ones are the server's default.
            states: std::iter::once(None).chain(archived).collect(),
            ..Listing::default()
        };
        self.listing.set_value(listing);
        self.resume();
    }

    /// Reads on where it was stopped or failed.
    pub fn resume(self) {
        self.limit.end_pause();
        self.abort();
        self.set_state(State::Reading);
        self.spawn(async move {
            let state = match self.read_rest().await {
                Ok(()) => State::Complete,
                Err(Ended::Failed(failure)) => State::Failed(failure),
                Err(Ended::Endless) => State::Repeated,
            };
            let now = self.limit.now();
            let _ = self.progress.try_update(|progress| {
                progress.read_at = (state == State::Complete).then_some(now);
                progress.state = state;
            });
        });
    }

    /// Stops; what was read stays.
    pub fn stop(self) {
        self.abort();
        self.set_state(State::Stopped);
    }

    /// Reads the agents of these tool sets, except those that are known.
    pub fn read_agents(self, sets: impl IntoIterator<Item = ToolSetId>) {
        let is_unknown = |set: &ToolSetId| {
            let is_known = |agents: &Agents| !matches!(agents, Agents::Failed(_));
            self.agents.with_untracked(|agents| !agents.get(set).is_some_and(is_known))
        };
        for set in sets.into_iter().filter(is_unknown).collect::<Vec<_>>() {
            self.agents.update(|agents| _ = agents.insert(set.clone(), Agents::Reading));
            self.spawn(async move {
                let agents = match self.agents_of(&set).await {
                    Ok(agents) => Agents::Read(agents),
                    // The tool set was deleted meanwhile.
                    Err(failure) if failure.kind() == Kind::NotFound => Agents::Read(Vec::new()),
                    Err(failure) => Agents::Failed(failure),
                };
                let _ = self.agents.try_update(|all| _ = all.insert(set, agents));
            });
        }
    }

    fn spawn(self, future: impl Future<Output = ()> + 'static) {
        let handle = tasks::spawn(future);
        self.under_way.update_value(|handles| {
            handles.retain(|handle| !handle.is_aborted());
            handles.push(handle);
        });
    }

    fn set_state(self, state: State<Failure>) {
        let _ = self.progress.try_maybe_update(|progress| {
            let is_new = progress.state != state;
            progress.state = state;
            (is_new, ())
        });
    }

    /// Shows how far the reading is.
    fn publish(self) {
        let counts = self.index.try_with_untracked(|index| (index.sets(), index.sets_read()));
        let is_listed = self.listing.try_with_value(|listing| listing.states.is_empty());
        if let (Some((sets, sets_read)), Some(is_listed)) = (counts, is_listed) {
            let _ = self.progress.try_update(|progress| {
                progress.sets = sets;
                progress.sets_read = sets_read;
                progress.is_listed = is_listed;
            });
        }
    }

    async fn read_rest(self) -> Result<(), Ended> {
        self.list_sets().await?;
        let unread = self.index.try_with_untracked(strongroom_core::references::index::ReferenceIndex::unread_sets);
        let queue = Rc::new(RefCell::new(VecDeque::from(unread.unwrap_or_default())));
        let workers = (0..AT_ONCE).map(|_| {
            let queue = Rc::clone(&queue);
            async move {
                loop {
                    let next = queue.borrow_mut().pop_front();
                    match next {
                        Some(set) => self.read_tools(&set).await?,
                        None => return Ok::<(), Ended>(()),
                    }
                }
            }
        });
        try_join_all(workers).await.map(|_| ())
    }

    /// Lists the tool sets that were not listed yet.
    async fn list_sets(self) -> Result<(), Ended> {
        while let Some((state, cursor)) = self.next_of_listing() {
            let workspace = self.workspace.get_value();
            let call = || calls::list_tool_sets(&workspace, state.as_ref(), LIMIT, cursor.as_ref());
            let page = match self.page(call).await {
                Ok(page) => page,
                // The cursor has expired.
                Err(failure) if failure.is_cursor_refused() => {
                    let restarted = self.listing.try_update_value(|listing| {
                        self.index.update(|index| index.forget_unreadable(listing.unreadable_before));
                        listing.pages.restart()
                    });
                    if restarted == Some(true) {
                        continue;
                    }
                    return Err(failure.into());
                }
                Err(failure) => return Err(failure.into()),
            };
            self.index.update(|index| {
                for item in &page.items {
                    match item {
                        Listed::Item(set) => index.add_set(set),
                        Listed::Unreadable(name) => index.add_unreadable(name.clone()),
                    }
                }
            });
            let advanced = self.listing.try_update_value(|listing| {
                let has_more = listing.pages.advance(page.items.is_empty(), page.next_cursor)?;
                if !has_more {
                    listing.states.pop_front();
                    listing.pages = Pages::default();
                    listing.unreadable_before = self.index.with_untracked(|index| index.unreadable().len());
                }
                Ok::<(), Endless>(())
            });
            self.publish();
            advanced.unwrap_or(Ok(()))?;
        }
        Ok(())
    }

    fn next_of_listing(self) -> Option<(Option<ToolSetState>, Option<Cursor>)> {
        self.listing
            .try_with_value(|listing| Some((listing.states.front()?.clone(), listing.pages.cursor().cloned())))?
    }

    /// Reads the tools of a tool set. One that was deleted meanwhile has none.
    async fn read_tools(self, set: &ToolSetId) -> Result<(), Ended> {
        let workspace = self.workspace.get_value();
        let mut pages = Pages::default();
        let mut tools: Vec<Tool> = Vec::new();
        let mut unreadable = Vec::new();
        loop {
            let call = || calls::list_tools(&workspace, set, LIMIT, pages.cursor());
            let page = match self.page(call).await {
                Ok(page) => page,
                Err(failure) if failure.kind() == Kind::NotFound => break,
                // The cursor has expired.
                Err(failure) if failure.is_cursor_refused() && pages.restart() => {
                    tools.clear();
                    unreadable.clear();
                    continue;
                }
                Err(failure) => return Err(failure.into()),
            };
            let is_empty = page.items.is_empty();
            for item in page.items {
                match item {
                    Listed::Item(tool) => tools.push(tool),
                    Listed::Unreadable(name) => unreadable.push(name),
                }
            }
            if !pages.advance(is_empty, page.next_cursor)? {
                break;
            }
        }
        self.index.update(|index| {
            unreadable.into_iter().for_each(|name| index.add_unreadable(name));
            index.add_tools(set, &tools);
        });
        self.publish();
        Ok(())
    }

    async fn agents_of(self, set: &ToolSetId) -> Result<Vec<(String, String)>, Failure> {
        let workspace = self.workspace.get_value();
        let mut agents = Vec::new();
        let mut pages = Pages::default();
        loop {
            let call = || calls::list_tool_set_usage(&workspace, set, LIMIT, pages.cursor());
            let page = match self.page(call).await {
                // The cursor has expired. An agent that is read twice is shown once.
                Err(failure) if failure.is_cursor_refused() && pages.restart() => continue,
                page => page?,
            };
            let is_empty = page.items.is_empty();
            agents.extend(page.items.into_iter().filter_map(|item| match item {
                Listed::Item(usage) if usage.agent.is_empty() => Some((usage.agent_id, usage.variation)),
                Listed::Item(usage) => Some((usage.agent, usage.variation)),
                Listed::Unreadable(_) => None,
            }));
            // What is known by then is shown: an endless list of agents has no end to wait for.
            if !pages.advance(is_empty, page.next_cursor).unwrap_or_default() {
                agents.sort();
                agents.dedup();
                return Ok(agents);
            }
        }
    }

    /// Reads a page, with the waits that the server asks for.
    async fn page<Item>(self, call: impl Fn() -> Call<Page<Listed<Item>>>) -> Result<Page<Listed<Item>>, Failure>
    where
        Page<Listed<Item>>: Answer,
    {
        let mut tried = 0;
        loop {
            let call = call();
            let operation = call.request.operation;
            let request = async {
                let answer = self.session.read_once(call).await?;
                self.limit.learn(answer.quota);
                decoded(operation, answer)
            };
            match self.limit.run(true, || self.limit.now(), request).await {
                Ok(page) => {
                    if self.progress.with_untracked(|progress| matches!(progress.state, State::Waiting(_))) {
                        self.set_state(State::Reading);
                    }
                    return Ok(page);
                }
                Err(failure) => {
                    tried += 1;
                    let Some(wait) = wait_before_retry(&failure, tried, self.limit) else {
                        return Err(failure);
                    };
                    if self.progress.with_untracked(|progress| progress.state == State::Reading) {
                        self.set_state(State::Waiting(failure));
                    }
                    self.limit.clock().sleep(Duration::from_millis(wait)).await;
                }
            }
        }
    }
}

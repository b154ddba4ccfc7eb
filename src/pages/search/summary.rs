//! How far the search across workspaces is, in one line.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::announce::Telling;

use crate::browser::tasks::memo;
use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::store::across::{Progress, WorkspaceReading};
use crate::ui::spoken_status::spoken_status;

/// The workspaces that are searched, counted by how far each is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub is_search: bool,
    pub workspaces: usize,
    /// Secrets that match; without a search all that are loaded.
    pub found: usize,
    pub loading: usize,
    pub waiting: usize,
    pub complete: usize,
    pub stopped: usize,
    pub failed: usize,
    pub no_access: usize,
    pub not_found: usize,
    pub archived: usize,
}

impl Summary {
    /// Tracks the readings.
    pub fn of<'a>(readings: impl Iterator<Item = &'a WorkspaceReading>, is_search: bool) -> Self {
        let mut summary = Self {
            is_search,
            ..Self::default()
        };
        for reading in readings {
            summary.workspaces += 1;
            let shown = reading.list.map(|list| list.shown().get());
            let place = match reading.progress.get() {
                Progress::Loading { .. } => &mut summary.loading,
                Progress::Waiting { .. } => &mut summary.waiting,
                Progress::Complete { .. } => &mut summary.complete,
                Progress::Stopped { .. } => &mut summary.stopped,
                Progress::Failed { .. } => &mut summary.failed,
                Progress::NoAccess(_) => &mut summary.no_access,
                Progress::NotFound(_) => &mut summary.not_found,
                Progress::Archived => &mut summary.archived,
            };
            *place += 1;
            summary.found += shown.unwrap_or_default();
        }
        summary
    }

    /// Whether more may come by itself.
    pub fn is_under_way(&self) -> bool {
        self.loading > 0 || self.waiting > 0
    }

    /// What is found, and what is missing from it.
    fn text(&self) -> String {
        let words = words::across();
        let count = |sentence: &str, count: usize| fill(sentence, &[("count", &intl::count(count))]);
        let workspaces = count(plural(self.workspaces, words.workspaces_one, words.workspaces), self.workspaces);
        let sentence = if self.is_search {
            plural(self.found, words.matches_one, words.matches)
        } else {
            plural(self.found, words.all_one, words.all)
        };
        let mut sentences = vec![fill(sentence, &[("count", &intl::count(self.found)), ("workspaces", &workspaces)])];
        for (number, sentence) in [
            (self.loading, words.loading_some),
            (self.waiting, words.waiting),
            (self.stopped, words.stopped_some),
            (self.failed, words.failed_some),
            (self.no_access, words.no_access_some),
            (self.not_found, words.not_found_some),
            (self.archived, words.archived_some),
        ] {
            if number > 0 {
                sentences.push(count(sentence, number));
            }
        }
        sentences.join(" · ")
    }

    /// What is announced when it changes: everything but the number of secrets found so far.
    fn kind(&self, search: String) -> impl PartialEq + use<> {
        (search, self.is_under_way(), self.failed, self.no_access, self.not_found, self.archived)
    }
}

/// The summary. Only relevant changes are announced.
#[component]
pub fn SummaryStatus(
    summary: Memo<Summary>,
    /// The search in the address, which follows once typing pauses.
    search: Signal<String>,
) -> impl IntoView {
    let clock = use_clock();
    let text = memo(move |_| summary.with(|summary| if summary.workspaces > 0 { summary.text() } else { String::new() }));
    let mut telling = Telling::default();
    let is_due = move || {
        let search = search.get();
        // Not for each keystroke: what is typed is announced once it is in the address.
        let (kind, is_under_way) = summary.with(|summary| (summary.kind(search), summary.is_under_way()));
        telling.is_due(kind, is_under_way, clock.now().timestamp_millis())
    };
    view! {
        <p class="list-status">
            {spoken_status(words::across().status, text, Box::new(is_due))}
        </p>
    }
    .into_any()
}

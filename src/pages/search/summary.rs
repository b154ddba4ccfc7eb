//! How far the search across workspaces is, in one line.

use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::announce::Telling;

use crate::browser::clock::use_clock;
use crate::browser::{intl, tasks};
use crate::store::across::{Progress, WorkspaceReading};
use crate::ui::erased::dynamic;

/// How long an announcement stays in the page, so that a screen reader can read it.
const SPOKEN: std::time::Duration = std::time::Duration::from_secs(3);

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
            let shown = reading.list.and_then(|list| list.shown().try_get());
            let place = match reading.progress.get() {
                Progress::Loading { .. } => &mut summary.loading,
                Progress::Waiting { .. } => &mut summary.waiting,
                Progress::Complete { .. } => &mut summary.complete,
                Progress::Stopped { .. } => &mut summary.stopped,
                Progress::Failed { .. } => &mut summary.failed,
                Progress::NoAccess(_) => &mut summary.no_access,
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
        (search, self.is_under_way(), self.failed, self.no_access, self.archived)
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
    let text = Memo::new(move |_| summary.with(|summary| if summary.workspaces > 0 { summary.text() } else { String::new() }));
    let announced = RwSignal::new(String::new());
    let clearing = StoredValue::new_local(None::<AbortHandle>);
    let clear_later = move |handle| {
        clearing.update_value(|clearing| {
            if let Some(former) = std::mem::replace(clearing, handle) {
                former.abort();
            }
        });
    };
    on_cleanup(move || clear_later(None));
    let mut telling = Telling::default();
    tasks::follow(move || {
        let search = search.get();
        // Not for each keystroke: what is typed is announced once it is in the address.
        let (kind, is_under_way) = summary.with(|summary| (summary.kind(search), summary.is_under_way()));
        if telling.is_due(kind, is_under_way, clock.now().timestamp_millis()) {
            announced.set(text.get_untracked());
            // Removed later, so that reading line by line does not find an outdated announcement next to the status.
            clear_later(Some(tasks::spawn(async move {
                clock.sleep(SPOKEN).await;
                announced.set(String::new());
            })));
        }
    });
    view! {
        <p class="list-status">
            <span role="status" aria-live="off" aria-label=words::across().status>{dynamic(move || text.get())}</span>
            <span class="visually-hidden" aria-live="polite">{dynamic(move || announced.get())}</span>
        </p>
    }
    .into_any()
}

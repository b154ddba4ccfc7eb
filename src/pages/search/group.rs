//! The results of one workspace.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use contract::calls::SecretQuery;
use contract::{BUNDLE_LABEL, SecretId, WorkspaceId, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::{marked, shown};
use strongroom_core::i18n::moment::short_age;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::instant::{Instant, NEVER};
use strongroom_core::list::marks::{marks, parts};
use strongroom_core::list::query::without_workspaces;
use strongroom_core::list::{Arrangement, LoadedList, Query, Row};
use strongroom_core::route::{ListState, Route};

use crate::browser::tasks::memo;
use crate::browser::clock::use_clock;
use crate::browser::{intl, tasks};
use crate::components::error_note::FailureNote;
use crate::components::permission::explained_reading_in;
use crate::store::across::{Across, Progress, WorkspaceReading};
use crate::store::secret_list::SecretList;
use crate::ui::button::Button;
use crate::ui::erased::{dynamic, moving_text, numbered};
use crate::ui::icon::{Glyph, icon};
use crate::ui::table::Table;

/// The labels that a row shows.
const LABELS: usize = 3;

/// What all groups share. A handle.
#[derive(Clone, Copy)]
pub struct GroupContext {
    pub across: Across,
    /// The text in the search box.
    pub typed: RwSignal<String>,
    /// The same, parsed.
    pub query: Memo<Query>,
    /// What the server is asked while a list is incomplete; follows once typing pauses.
    pub search: Memo<Option<SecretQuery>>,
    /// The most rows of a group.
    pub limit: Memo<usize>,
}

/// A result, as on screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Found {
    id: String,
    name: String,
    marks: Vec<Range<usize>>,
    labels: Vec<(String, String)>,
    more_labels: usize,
    external_id: String,
    bundle: String,
    /// `None` if it is not known.
    used: Option<Instant>,
}

impl Found {
    fn of(query: &Query, loaded: &LoadedList, row: Row) -> Self {
        let rows = loaded.list().rows();
        let id = rows.id(row).to_owned();
        let name = match rows.name(row) {
            "" => id.clone(),
            name => name.to_owned(),
        };
        // A bundle has a column of its own.
        let labels = rows.labels(row).filter(|(key, _)| *key != BUNDLE_LABEL);
        let labels: Vec<_> = labels.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Self {
            marks: marks(query, &name),
            more_labels: labels.len().saturating_sub(LABELS),
            labels: labels.into_iter().take(LABELS).collect(),
            external_id: rows.external_id(row).to_owned(),
            bundle: rows.bundle(row).to_owned(),
            used: rows.has_info(row).then(|| rows.used(row)),
            id,
            name,
        }
    }
}

/// The results on screen, in order, by a number that changes with what they say: a row that stays the same keeps its focus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Lines {
    numbers: Vec<u64>,
    found: BTreeMap<u64, Found>,
}

impl Lines {
    fn new(found: impl Iterator<Item = Found>) -> Self {
        let mut lines = Self::default();
        for found in found {
            let mut hasher = DefaultHasher::new();
            found.hash(&mut hasher);
            let number = hasher.finish();
            if lines.found.insert(number, found).is_none() {
                lines.numbers.push(number);
            }
        }
        lines
    }
}

/// The region of a workspace: its name, how far it is read, and its first results.
pub fn group(reading: WorkspaceReading, context: GroupContext) -> AnyView {
    let id = StoredValue::new(reading.id().clone());
    let name = reading.name().to_owned();
    let is_archived = reading.workspace.status == WorkspaceStatus::Archived;
    let progress = reading.progress;
    let list = reading.list;
    if let Some(list) = list {
        list.follow(
            Signal::derive(move || (context.query.get(), Arrangement::ByName)),
            context.search.into(),
        );
        tasks::follow(move || {
            // A keystroke moves the rows anyway.
            context.query.track();
            list.settle();
        });
    }
    let matches = memo(move |_| list.map(|list| list.shown().get()).unwrap_or_default());
    let is_search = memo(move |_| context.query.with(Query::is_about_secrets));
    let status = memo(move |_| {
        let matches = is_search.get().then(|| matches.get());
        progress.with(|progress| status(progress, matches, is_archived))
    });
    let address = memo(move |_| {
        let search = context.typed.with(|typed| without_workspaces(typed));
        let state = ListState {
            search,
            ..ListState::default()
        };
        id.with_value(|id| Route::Secrets(id.clone(), state).to_path())
    });
    let rest = {
        let text = fill(words::across().show_all, &[("workspace", &name)]);
        dynamic(move || {
            let has_more = is_search.get() && matches.get() > context.limit.get();
            let text = text.clone();
            has_more.then(|| view! { <p class="across-more"><a href=moving_text(move || address.get())>{text}</a></p> })
        })
    };
    view! {
        <section class="across-group" aria-label=shown(&name).into_owned()>
            <div class="across-head">
                <h2 class="across-name"><a href=moving_text(move || address.get())>{shown(&name).into_owned()}</a></h2>
                <span class="across-status" role="status" aria-live="off">{dynamic(move || status.get())}</span>
            </div>
            {trouble(context.across, id, progress)}
            {list.map(|list| results(id, list, is_search, context))}
            {rest}
        </section>
    }
    .into_any()
}

/// Why there is nothing, or not everything, and a way to try again.
fn trouble(across: Across, id: StoredValue<WorkspaceId>, progress: Signal<Progress>) -> AnyView {
    let failure = memo(move |_| {
        progress.with(|progress| match progress {
            Progress::Failed { failure, .. } => Some((failure.clone(), true)),
            Progress::NoAccess(failure) => Some((failure.clone(), false)),
            _ => None,
        })
    });
    dynamic(move || {
        let (failure, is_failed) = failure.get()?;
        let explanation = id.with_value(|id| explained_reading_in(id, &failure));
        let retry = move |()| id.with_value(|id| across.retry(id));
        Some(if is_failed {
            view! { <FailureNote explanation on_retry=retry /> }.into_any()
        } else {
            view! {
                <p class="note note-line">
                    <span>{explanation.reason}</span>
                    <Button on_click=move |_| retry(())>{words::common().retry}</Button>
                </p>
            }
            .into_any()
        })
    })
}

/// How far a workspace is read, after the number of its matches if something is searched.
fn status(progress: &Progress, matches: Option<usize>, is_archived: bool) -> String {
    let words = words::across();
    let count = |sentence: &str, count: usize| fill(sentence, &[("count", &intl::count(count))]);
    let state = match progress {
        Progress::Loading { loaded: 0 } => words.loading_first.to_owned(),
        Progress::Loading { loaded } => count(words.loading, *loaded),
        Progress::Waiting { loaded, failure } => {
            let sentence = match failure.http() {
                Some(429) => words::list().waiting_limit,
                Some(503) => words::list().waiting_busy,
                _ => words::list().waiting_again,
            };
            count(sentence, *loaded)
        }
        Progress::Complete { loaded } => count(plural(*loaded, words.complete_one, words.complete), *loaded),
        Progress::Stopped { loaded } => count(words.stopped, *loaded),
        Progress::Failed { loaded: 0, .. } => words.failed_first.to_owned(),
        Progress::Failed { loaded, .. } => count(words.failed, *loaded),
        Progress::NoAccess(_) => words.no_access.to_owned(),
        Progress::Archived if is_archived => words.archived.to_owned(),
        Progress::Archived => words.archived_meanwhile.to_owned(),
    };
    let is_any_known = progress.loaded() > 0 || progress.is_complete();
    match matches.filter(|_| is_any_known) {
        Some(0) if progress.is_complete() => [words.group_none, &state].join(" · "),
        Some(0) | None => state,
        Some(matches) => [count(plural(matches, words.group_one, words.group), matches), state].join(" · "),
    }
}

/// The first results, as a table.
fn results(id: StoredValue<WorkspaceId>, list: SecretList, is_search: Memo<bool>, context: GroupContext) -> AnyView {
    let lines = memo(move |_| {
        let limit = context.limit.get();
        // The list signals after it has followed the query.
        let is_any = list.shown().get() > 0;
        if !is_search.get() || !is_any {
            return Lines::default();
        }
        let found = list.with(|loaded| {
            context.query.with_untracked(|query| {
                let found = loaded.shown().iter().take(limit);
                Lines::new(found.map(|row| Found::of(query, loaded, *row)))
            })
        });
        found.unwrap_or_default()
    });
    let is_any = memo(move |_| lines.with(|lines| !lines.numbers.is_empty()));
    dynamic(move || {
        is_any.get().then(|| {
            let draw = move |number: u64| {
                let found = lines.with_untracked(|lines| lines.found.get(&number).cloned());
                found.map(|found| id.with_value(|id| row(id, &found))).into_any()
            };
            let rows = numbered(move || lines.with(|lines| lines.numbers.clone()), draw);
            let column = |name: &'static str| view! { <th scope="col">{name}</th> };
            let columns = view! {
                {column(words::fields().name)}
                {column(words::fields().labels)}
                {column(words::fields().external_id)}
                {column(words::fields().bundle)}
                {column(words::fields().last_used)}
            };
            view! { <Table label=words::common().secrets columns=columns.into_any() rows /> }
        })
    })
}

fn row(workspace: &WorkspaceId, found: &Found) -> AnyView {
    // Cannot fail for an id from the server that an address can hold.
    let address = SecretId::parse(&found.id).map(|id| Route::Secret(workspace.clone(), id).to_path());
    let labels = found.labels.iter().map(|(key, value)| {
        let value = (!value.is_empty()).then(|| format!("={}", shown(value)));
        view! { <span class="chip"><span class="chip-key">{shown(key).into_owned()}</span>{value}</span> }.into_any()
    });
    let labels: Vec<AnyView> = labels.collect();
    let more = (found.more_labels > 0).then(|| view! { <span class="muted">{format!("+{}", found.more_labels)}</span> });
    let labels = (!labels.is_empty()).then(|| view! { <span class="chips">{labels}{more}</span> });
    let bundle = (!found.bundle.is_empty()).then(|| {
        view! { <span class="across-bundle">{icon(Glyph::PACKAGE)}{shown(&found.bundle).into_owned()}</span> }
    });
    view! {
        <tr>
            <th scope="row" class="cell-name">
                <a href=address.unwrap_or_default() data-name=found.name.clone()><bdi>{name(found)}</bdi></a>
            </th>
            <td data-label=words::fields().labels>{labels}</td>
            <td data-label=words::fields().external_id class="cell-code">{shown(&found.external_id).into_owned()}</td>
            <td data-label=words::fields().bundle class="cell-text">{bundle}</td>
            <td data-label=words::fields().last_used class="cell-time">{used(found.used)}</td>
        </tr>
    }
    .into_any()
}

/// The name with what the search matches marked.
fn name(found: &Found) -> AnyView {
    let text = marked(&found.name);
    if *text != *found.name {
        // Its odd characters are marked instead.
        return text.into_owned().into_any();
    }
    let part = |(part, is_marked): (&str, bool)| {
        let part = part.to_owned();
        if is_marked { view! { <mark>{part}</mark> }.into_any() } else { part.into_any() }
    };
    let parts: Vec<AnyView> = parts(&found.name, &found.marks).into_iter().map(part).collect();
    parts.into_any()
}

/// The last use, if it is known.
fn used(used: Option<Instant>) -> Option<AnyView> {
    let used = used?;
    if used == NEVER {
        return Some(words::fields().never.into_any());
    }
    let instant = chrono::DateTime::from_timestamp_millis(used)?;
    let words = short_age(instant, use_clock().now()).unwrap_or_else(|| intl::date(instant));
    Some(view! { <time datetime=instant.to_rfc3339()>{words}</time> }.into_any())
}

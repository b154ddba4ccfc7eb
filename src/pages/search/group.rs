//! The results of one workspace.

use contract::calls::SecretQuery;
use contract::{WorkspaceId, WorkspaceStatus};
use leptos::html;
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::query::without_workspaces;
use strongroom_core::list::{Arrangement, Query};
use strongroom_core::route::{ListState, Route};

use crate::browser::tasks::memo;
use crate::browser::{intl, page, tasks};
use crate::components::error_note::FailureNote;
use crate::components::permission::explained_reading_in;
use crate::components::workspace_status::badge_of_read;
use crate::pages::search::found::{Found, Lines};
use crate::pages::search::row::FoundRow;
use crate::store::across::{Across, Progress, WorkspaceReading};
use crate::store::secret_list::SecretList;
use crate::ui::button::Button;
use crate::ui::erased::{dynamic, moving_text};
use crate::ui::page_rows::keep_rows;

/// The rows of all groups.
const ROW: &str = ".across-group tbody tr";

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
    /// Whether the last use is read, and so has a column.
    pub has_use: Memo<bool>,
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
        settle_unseen(list, progress, context.query);
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
                {badge_of_read(reading.id())}
                <span class="across-status" role="status" aria-live="off">{dynamic(move || status.get())}</span>
            </div>
            {trouble(context.across, id, progress)}
            {list.map(|list| results(id, list, is_search, context))}
            {rest}
        </section>
    }
    .into_any()
}

/// Arranges a complete list by name when that moves no row on screen: before there is a search, so that its first keystroke
/// sorts nothing, and with each keystroke, which moves the rows anyway.
pub fn settle_unseen(list: SecretList, progress: Signal<Progress>, query: Memo<Query>) {
    tasks::follow(move || {
        query.track();
        list.settle();
    });
    tasks::follow(move || {
        if progress.with(Progress::is_complete) {
            // Not in the frame that says so: to sort 100,000 rows takes longer than a frame.
            tasks::spawn_for_page(async move {
                tasks::after_frame().await;
                if query.try_with_untracked(Query::is_about_secrets) == Some(false) {
                    list.settle();
                }
            });
        }
    });
}

/// Why there is nothing, or not everything, and a way to try again.
fn trouble(across: Across, id: StoredValue<WorkspaceId>, progress: Signal<Progress>) -> AnyView {
    let failure = memo(move |_| {
        progress.with(|progress| match progress {
            Progress::Failed { failure, .. } => Some((failure.clone(), true)),
            Progress::NoAccess(failure) | Progress::NotFound(failure) => Some((failure.clone(), false)),
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
        Progress::NotFound(_) => words.not_found.to_owned(),
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
    let is_any = memo(move |_| lines.with(|lines| !lines.found.is_empty()));
    dynamic(move || {
        is_any.get().then(|| {
            let body = NodeRef::<html::Tbody>::new();
            let wanted = move || (lines.with(|lines| lines.keys.clone()), page::is_within(ROW));
            keep_rows(body, None, wanted, move |place, row: &mut FoundRow| {
                let has_use = context.has_use.get();
                lines.with(|lines| {
                    if let Some(found) = lines.found.get(place) {
                        id.with_value(|id| row.write(id, found, has_use));
                    }
                });
            });
            let column = |name: &'static str| view! { <th scope="col">{name}</th> };
            view! {
                <table class="table" aria-label=words::common().secrets>
                    <thead>
                        <tr>
                            {column(words::fields().name)}
                            {column(words::fields().labels)}
                            {column(words::fields().external_id)}
                            {column(words::fields().bundle)}
                            {dynamic(move || context.has_use.get().then(|| column(words::fields().last_used)))}
                        </tr>
                    </thead>
                    <tbody node_ref=body></tbody>
                </table>
            }
        })
    })
}

//! `/workspaces/{workspaceId}/references`: which secret is used where.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use contract::{Failure, SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::reading::State;
use strongroom_core::model::actions::ActionId;
use strongroom_core::references::findings::{Finding, findings};
use strongroom_core::route::{Prefill, ReferencesState, Route, Show};

use crate::browser::tasks::memo;
use crate::browser::history::use_navigation;
use crate::browser::keyboard::{self, SearchKey};
use crate::browser::row_navigation::RowMove;
use crate::browser::{intl, page, tasks};
use crate::components::actions::{offer, offer_unless};
use crate::components::breadcrumbs::{Tab, WorkspaceTabs};
use crate::components::error_note::FailureNote;
use crate::components::permission::{explained_reading_in, why_not_read};
use crate::pages::references::status::ReadingStatus;
use crate::pages::references::uses::{places, set_name};
use crate::store::references::{Progress, WorkspaceReferences, use_references};
use crate::store::secret_list::SecretList;
use crate::store::secret_lists::use_secret_lists;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::erased::{dynamic, moving_word, numbered};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::search_box::SearchBox;
use crate::ui::table::Table;

/// Lines that are shown at first. Each step shows twice as many, and [`LARGEST_STEP`] more at most.
const FIRST: usize = 200;
const LARGEST_STEP: usize = 1_000;

/// The lines on screen, in order, by a number that changes with what they say: a line that stays the same keeps its focus
/// and what is open in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Lines {
    numbers: Vec<u64>,
    findings: BTreeMap<u64, Finding>,
}

impl Lines {
    fn new<'a>(findings: impl Iterator<Item = &'a Finding>, is_complete: bool) -> Self {
        let mut lines = Self::default();
        for finding in findings {
            let mut hasher = DefaultHasher::new();
            (&finding.name, &finding.id, finding.count.sets, finding.count.shadowed, is_complete).hash(&mut hasher);
            let number = hasher.finish();
            if lines.findings.insert(number, finding.clone()).is_none() {
                lines.numbers.push(number);
            }
        }
        lines
    }
}

/// All secrets of a workspace with the tool sets that refer to them, and the names that no secret has.
#[component]
pub fn ReferencesPage(
    workspace: WorkspaceId,
    /// The filters in the address.
    state: Memo<ReferencesState>,
) -> impl IntoView {
    let navigation = use_navigation();
    let references = use_references().of(&workspace);
    let list = use_secret_lists().open_as_asked(&workspace);
    let place = StoredValue::new(workspace.clone());
    let progress = references.progress();
    offer(ActionId::Search, words::references().search, || page::focus_first(page::SEARCH));
    offer_unless(why_not_read(&workspace), ActionId::Refresh, words::references().read, move || {
        references.read(progress.with_untracked(|progress| progress.has_archived));
    });
    keyboard::on_search_key(move |key| key == SearchKey::Down && keyboard::move_row(RowMove::First));
    // Not for each tool set that is read: on a large workspace that would be work for nobody.
    let version = memo(move |_| {
        progress.with(|progress| (progress.sets_read / 20, progress.is_listed, progress.is_reading(), progress.read_at))
    });
    let all = memo(move |_| {
        // Not `track`, which doesn't run a memo that nobody reads.
        let _ = version.get();
        list.shown().track();
        list.progress().track();
        let found = list.with(|loaded| {
            let rows = loaded.list().rows();
            let secrets = loaded.list().order().map(|row| (rows.name(row), rows.id(row)));
            references.index().with_untracked(|index| findings(index, secrets))
        });
        found.unwrap_or_default()
    });
    // Until everything is read, a name without references may still get one.
    let is_complete = memo(move |_| progress.with(Progress::is_complete));
    let shown = memo(move |_| {
        let state = state.get();
        let is_complete = is_complete.get();
        let wanted = state.search.trim().to_lowercase();
        let is_known = is_complete || state.show != Show::Unused;
        let is_shown = |finding: &&Finding| {
            is_known && finding.is_shown(state.show) && finding.name.to_lowercase().contains(&wanted)
        };
        all.with(|all| all.iter().filter(is_shown).cloned().collect::<Vec<_>>())
    });
    let change = move |next: ReferencesState| {
        navigation.replace(&place.with_value(|workspace| address(workspace, next)));
    };
    let on_search = move |search: String| change(ReferencesState { search, ..state.get_untracked() });
    view! {
        <div class="bar">
            <Heading text=words::references().title.to_owned() />
            <div class="actions"><WorkspaceTabs workspace current=Tab::References /></div>
        </div>
        <ReadingStatus references read=words::references().read />
        <div class="tools">
            <SearchBox
                label=words::references().search
                hint=words::references().search
                text=Signal::derive(move || state.with(|state| state.search.clone()))
                on_search
            />
            {filters(place, state, all, is_complete)}
        </div>
        {secrets_note(list, place)}
        {lines(references, list, place, state, shown, all, is_complete)}
    }
    .into_any()
}

fn address(workspace: &WorkspaceId, state: ReferencesState) -> String {
    Route::References(workspace.clone(), state).to_path()
}

/// The filters as links, each with the number of its lines once that is known.
fn filters(
    place: StoredValue<WorkspaceId>,
    state: Memo<ReferencesState>,
    all: Memo<Vec<Finding>>,
    is_complete: Memo<bool>,
) -> AnyView {
    let link = move |show: Show| {
        let name = match show {
            Show::All => words::references().show_all,
            Show::Missing => words::references().show_missing,
            Show::Unused => words::references().show_unused,
            Show::Shadowed => words::references().show_shadowed,
        };
        let count = memo(move |_| {
            let is_known = is_complete.get() || show == Show::All;
            is_known.then(|| all.with(|all| all.iter().filter(|finding| finding.is_shown(show)).count()))
        });
        let text = move || match count.get() {
            Some(count) => [name, " ", &intl::count(count)].concat(),
            None => name.to_owned(),
        };
        let address = Signal::derive(move || {
            let state = ReferencesState { show, ..state.get() };
            place.with_value(|workspace| address(workspace, state))
        });
        let is_on = moving_word(move || state.with(|state| state.show == show).then_some("true"));
        view! {
            <li>
                <a class="view-link" href=crate::ui::erased::moving_text(move || address.get()) aria-current=is_on>
                    {dynamic(text)}
                </a>
            </li>
        }
        .into_any()
    };
    let links: Vec<AnyView> = Show::ALL.into_iter().map(link).collect();
    view! { <ul class="views" aria-label=words::references().show>{links}</ul> }.into_any()
}

/// What is missing from the lines while the list of secrets is not complete.
fn secrets_note(list: SecretList, place: StoredValue<WorkspaceId>) -> AnyView {
    let state = memo(move |_| list.progress().with(|progress| progress.state.clone()));
    dynamic(move || match state.get() {
        State::Complete => None,
        State::Failed(failure) => {
            let explanation = place.with_value(|workspace| explained_reading_in(workspace, &failure));
            Some(view! { <FailureNote explanation on_retry=move |()| list.resume() /> }.into_any())
        }
        State::Stopped | State::Repeated => {
            Some(view! { <p class="note note-warning">{words::references().secrets_part}</p> }.into_any())
        }
        State::Idle | State::Reading | State::Waiting(_) => {
            Some(view! { <p class="muted">{words::references().secrets_reading}</p> }.into_any())
        }
    })
}

/// What is said if no line is shown; nothing where a failure explains it, or where names may follow.
fn without_lines(secrets: &State<Failure>, references: &State<Failure>, has_names: bool) -> Option<&'static str> {
    let has_failed = [secrets, references].into_iter().any(|state| matches!(state, State::Failed(_)));
    match has_names {
        _ if has_failed => None,
        true => Some(words::references().no_lines),
        false => (*secrets == State::Complete).then_some(words::references().no_secrets),
    }
}

fn lines(
    references: WorkspaceReferences,
    list: SecretList,
    place: StoredValue<WorkspaceId>,
    state: Memo<ReferencesState>,
    shown: Memo<Vec<Finding>>,
    all: Memo<Vec<Finding>>,
    is_complete: Memo<bool>,
) -> AnyView {
    let most = RwSignal::new(FIRST);
    // Another filter begins anew.
    tasks::follow(move || {
        state.track();
        most.set(FIRST);
    });
    let count = memo(move |_| shown.with(Vec::len));
    let on_screen = memo(move |_| {
        let (most, is_complete) = (most.get(), is_complete.get());
        shown.with(|shown| Lines::new(shown.iter().take(most), is_complete))
    });
    let draw = move |number: u64| {
        let finding = on_screen.with_untracked(|lines| lines.findings.get(&number).cloned());
        let row = finding.map(|finding| row(references, place, &finding, is_complete.get_untracked()));
        row.into_any()
    };
    let rows = numbered(move || on_screen.with(|lines| lines.numbers.clone()), draw);
    let rows = StoredValue::new_local(Some(rows));
    let has_rows = memo(move |_| count.get() > 0);
    let next_step = move || most.get().min(LARGEST_STEP).min(count.get().saturating_sub(most.get()));
    let more = move |_| {
        let first = most.get_untracked() + 1;
        most.update(|most| *most += (*most).min(LARGEST_STEP));
        // The first new line takes the focus, so that reading goes on where it was.
        request_animation_frame(move || {
            page::focus_first(&format!(".reference-lines tbody tr:nth-child({first}) th a"));
        });
    };
    let more = dynamic(move || {
        let step = next_step();
        (step > 0).then(|| {
            let counts = [
                ("count", &*intl::count(step)),
                ("shown", &*intl::count(most.get())),
                ("all", &*intl::count(count.get())),
            ];
            let told = fill(words::references().shown_of, &counts);
            let text = fill(words::references().show_more, &counts);
            view! { <p class="reference-more"><span class="muted">{told}</span><Button on_click=more>{text}</Button></p> }
        })
    });
    let empty = memo(move |_| {
        let has_names = all.with(|all| !all.is_empty());
        list.progress().with(|secrets| {
            references.progress().with(|references| without_lines(&secrets.state, &references.state, has_names))
        })
    });
    let empty = dynamic(move || {
        let text = empty.get().filter(|_| !has_rows.get())?;
        Some(view! { <Empty glyph=Glyph::SEARCH text /> })
    });
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    let columns = view! {
        {column(words::fields().name)}
        {column(words::references().finding)}
        {column(words::references().used_by)}
    };
    let table = view! {
        <Table
            label=words::references().title
            row_count=Signal::derive(move || count.get())
            columns=columns.into_any()
            rows=rows.try_update_value(Option::take).flatten().into_any()
        />
    };
    view! {
        <div class="reference-lines">{table}</div>
        {empty}
        {more}
    }
    .into_any()
}

fn row(references: WorkspaceReferences, place: StoredValue<WorkspaceId>, finding: &Finding, is_complete: bool) -> AnyView {
    let workspace = place.get_value();
    let name = finding.name.clone();
    let text = marked(&name).into_owned();
    let id = finding.id.as_deref().and_then(|id| SecretId::parse(id).ok());
    let link = match id {
        Some(id) => {
            let address = Route::Secret(workspace, id).to_path();
            view! { <a href=address><bdi>{text}</bdi></a> }.into_any()
        }
        None => {
            let address = Route::NewSecret(workspace, Prefill::named(&name)).to_path();
            let label = fill(words::references().create_named, &[("name", &name)]);
            view! {
                <bdi>{text}</bdi>
                " "
                <a class="button button-quiet" href=address aria-label=label>{words::references().create}</a>
            }
            .into_any()
        }
    };
    let badge = |tone: Tone, text: &'static str| view! { <Badge tone text /> };
    let words = words::references();
    let is_known = is_complete && finding.id.is_some();
    let badges = view! {
        <span class="chips">
            {finding.id.is_none().then(|| badge(Tone::Warning, words.missing))}
            {(is_known && finding.count.sets == 0).then(|| badge(Tone::Plain, words.unused))}
            {(finding.count.shadowed > 0).then(|| badge(Tone::Warning, words.shadowed))}
        </span>
    };
    let used_by = match finding.count.sets {
        0 if is_complete => view! { <span class="muted">"0"</span> }.into_any(),
        0 => view! { <span class="muted">"–"</span> }.into_any(),
        sets => used_by(references, name, sets),
    };
    view! {
        <tr>
            <th scope="row" class="cell-name">{link}</th>
            <td data-label=words.finding>{badges}</td>
            <td data-label=words.used_by>{used_by}</td>
        </tr>
    }
    .into_any()
}

/// The tool sets that refer to a name. What they say is rendered when it is opened.
fn used_by(references: WorkspaceReferences, name: String, sets: usize) -> AnyView {
    let is_open = RwSignal::new(false);
    let text = fill(plural(sets, words::references().sets_one, words::references().sets), &[("count", &intl::count(sets))]);
    let inside = dynamic(move || {
        is_open.get().then(|| {
            let uses = references.index().with(|index| index.uses_of(&name));
            let item = |found: &strongroom_core::references::index::Use| {
                view! { <li class="use"><div class="use-head">{set_name(found)}</div>{places(&found.places)}</li> }.into_any()
            };
            let items: Vec<AnyView> = uses.iter().map(item).collect();
            view! { <ul class="use-list">{items}</ul> }
        })
    });
    let on_toggle: Box<dyn FnMut(web_sys::Event) + Send> = Box::new(move |_| is_open.update(|is_open| *is_open = !*is_open));
    view! {
        <details class="used-by" on:toggle=on_toggle>
            <summary>{text}</summary>
            {inside}
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use contract::{Cause, Operation};

    use super::*;

    #[test]
    fn nothing_is_said_to_be_empty_that_was_not_read() {
        let failed = || State::Failed(Failure::new(Operation::ListSecrets, Cause::Unreachable));
        let (empty, no_match) = (words::references().no_secrets, words::references().no_lines);
        assert_eq!(without_lines(&State::Complete, &State::Idle, false), Some(empty));
        assert_eq!(without_lines(&State::Reading, &State::Idle, false), None, "secrets may follow");
        assert_eq!(without_lines(&State::Complete, &State::Complete, true), Some(no_match));
        for has_names in [true, false] {
            assert_eq!(without_lines(&failed(), &State::Idle, has_names), None, "the failure is shown");
            assert_eq!(without_lines(&State::Complete, &failed(), has_names), None, "the failure is shown");
        }
    }
}

//! The workspaces of the overview of all: what each has, and how far its reading is.

use contract::{Failure, WorkspaceId, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, words};
use strongroom_core::overview::findings::Outcome;
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::browser::intl;
use crate::components::error_note::FailureNote;
use crate::components::permission::explained_reading_in;
use crate::components::workspace_status::badge_of_read;
use crate::pages::overview::analysis::Analysed;
use crate::pages::overview::basis::Basis;
use crate::pages::overview::muting::Muting;
use crate::store::across::{Progress, WorkspaceReading};
use crate::store::workspaces::use_workspaces;
use crate::ui::erased::dynamic;
use crate::ui::table::Table;

/// The workspaces as a table: name, secrets, findings, status.
pub fn table(basis: Basis, muting: Muting) -> AnyView {
    let rows = dynamic(move || {
        let rows = basis.readings.with(|readings| readings.iter().map(|reading| row(basis, reading, muting)).collect());
        let rows: Vec<AnyView> = rows;
        rows.into_any()
    });
    let words = words::overview();
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    let columns = view! {
        {column(words::fields().name)}
        {column(words.number)}
        {column(words.findings)}
        {column(words.loaded)}
    };
    view! {
        <div class="overview-workspaces">
            <h2 class="overview-title">{words.workspaces}</h2>
            <Table label=words.workspaces columns=columns.into_any() rows />
        </div>
    }
    .into_any()
}

fn row(basis: Basis, reading: &WorkspaceReading, muting: Muting) -> AnyView {
    let words = words::overview();
    let address = Route::Overview(Some(reading.id().clone())).to_path();
    let name = shown(reading.name()).into_owned();
    let progress = reading.progress;
    let id = reading.id().clone();
    let counted = |count: Option<usize>| match count {
        Some(count) => intl::count(count).into_any(),
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    let secrets = dynamic(move || counted(progress.with(Progress::known)));
    let found = dynamic(move || {
        let count = basis.analysed.with(|all| all.iter().find(|one| one.id == id).and_then(|one| unmuted(one, muting)));
        counted(count)
    });
    let status = dynamic(move || progress.with(status));
    view! {
        <tr>
            <th scope="row" class="cell-workspace"><a href=address>{name}</a>" "{badge_of_read(reading.id())}</th>
            <td data-label=words.number>{secrets}</td>
            <td data-label=words.findings>{found}</td>
            <td data-label=words.loaded class="cell-text">{status}</td>
        </tr>
    }
    .into_any()
}

/// The number of rules that found something and are not muted; `None` while no rule can be checked.
fn unmuted(one: &Analysed, muting: Muting) -> Option<usize> {
    let is_any_known = one.analysis.checked.iter().any(|(_, outcome)| *outcome != Outcome::Unknown);
    let is_told = |(rule, outcome): &&_| {
        let outcome: &Outcome = outcome;
        matches!(outcome, Outcome::Found(_)) && !muting.muted().with(|muted| muted.has(&one.id, *rule))
    };
    is_any_known.then(|| one.analysis.checked.iter().filter(is_told).count())
}

/// How far a workspace is read.
pub fn status(progress: &Progress) -> String {
    let words = words::overview();
    let counted = |sentence: &str, count: usize| fill(sentence, &[("count", &intl::count(count))]);
    match progress {
        Progress::Loading { loaded: 0 } => words.loading_first.to_owned(),
        Progress::Stopped { loaded: 0 } => words.based_on_nothing.to_owned(),
        Progress::Failed { loaded: 0, .. } => words.failed_first.to_owned(),
        Progress::Loading { loaded } => counted(words.loading_of, *loaded),
        Progress::Waiting { .. } => words.waiting.to_owned(),
        Progress::Complete { .. } => words.complete.to_owned(),
        Progress::Stopped { loaded } => counted(words.stopped_of, *loaded),
        Progress::NoAccess(_) => words.no_access.to_owned(),
        Progress::NotFound(_) => words.not_found.to_owned(),
        Progress::Archived => words.archived.to_owned(),
        Progress::Failed { loaded, .. } => counted(words.failed_of, *loaded),
    }
}

/// Why a workspace is not read.
#[derive(Clone, PartialEq)]
struct Refused {
    id: WorkspaceId,
    name: String,
    failure: Failure,
}

/// Why workspaces can't be read, each with a retry where that may help.
pub fn failures(basis: Basis) -> AnyView {
    // Not with each count of the others: each of these notes is announced.
    let refused = memo(move |_| {
        // Which are archived is said by the table, and by the frame if there is only one.
        basis.readings.with(|readings| readings.iter().filter_map(refused).collect::<Vec<_>>())
    });
    // The workspace is no longer listed, and it is not known to be archived, so the frame says nothing.
    let workspaces = use_workspaces();
    let gone = memo(move |_| {
        basis.readings.with(|readings| {
            let reading = readings.first().filter(|_| !basis.is_of_all)?;
            let is_gone = reading.progress.with(|progress| *progress == Progress::Archived);
            match workspaces.status(reading.id()) {
                _ if !is_gone => None,
                Some(WorkspaceStatus::Archived) => None,
                Some(_) => Some(words::errors().refused_not_member),
                None => Some(words::errors().refused_missing),
            }
        })
    });
    dynamic(move || {
        if let Some(text) = gone.get() {
            return view! { <p class="note note-warning" role="status">{text}</p> }.into_any();
        }
        let notes: Vec<AnyView> = refused.get().into_iter().map(|refused| note(basis, refused)).collect();
        notes.into_any()
    })
}

fn refused(reading: &WorkspaceReading) -> Option<Refused> {
    let failure = reading.progress.with(|progress| match progress {
        Progress::NoAccess(failure) | Progress::NotFound(failure) | Progress::Failed { failure, .. } => {
            Some(failure.clone())
        }
        _ => None,
    })?;
    Some(Refused {
        id: reading.id().clone(),
        name: reading.name().to_owned(),
        failure,
    })
}

fn note(basis: Basis, refused: Refused) -> AnyView {
    let Refused { id, name, failure } = refused;
    let explanation = explained_reading_in(&id, &failure);
    let title = if basis.is_of_all {
        [shown(&name).as_ref(), ": ", &explanation.title].concat()
    } else {
        explanation.title
    };
    let explanation = Explanation { title, ..explanation };
    let retry = move |()| basis.across.retry(&id);
    view! { <FailureNote explanation on_retry=retry /> }.into_any()
}

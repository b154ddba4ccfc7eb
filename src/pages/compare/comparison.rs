//! The comparison: reads the chosen workspaces, joins them, and keeps the lines that the filter leaves.

use std::time::Duration;

use contract::{MetadataFields, SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::compare::csv::{self, Exported};
use strongroom_core::compare::grid::{Column, Grid, Known, Shown, join};
use strongroom_core::compare::told::{self, Workspace};
use strongroom_core::i18n::moment::short_age;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::instant::NEVER;
use strongroom_core::list::{LoadedList, Row, Rows};
use strongroom_core::references::index::ReferenceIndex;
use strongroom_core::route::{CompareBy, CompareShow, CompareState};

use crate::browser::published::Published;
use crate::browser::tasks::memo;
use crate::browser::clock::{Clock, use_clock};
use crate::browser::tasks::{self, ViewTasks};
use crate::store::across::{Across, Progress, WorkspaceReading, use_across_with};
use crate::store::references::{References, WorkspaceReferences, use_references};
use crate::store::secret_list::SecretList;

/// Pages that come in are joined at most this often. Joining takes at most a fifth of the time, so that a slow machine reads on.
const PAUSE: Duration = Duration::from_millis(400);

/// The joined lists, and how far each workspace was known then.
#[derive(Clone, Default)]
pub struct Joined {
    pub grid: Grid,
    pub known: Vec<Known>,
    pub names: Vec<String>,
    pub ids: Vec<WorkspaceId>,
    lists: Vec<Option<SecretList>>,
    /// Row numbers are those of these versions.
    versions: Vec<u32>,
}

/// The comparison of a view. A handle.
#[derive(Clone, Copy)]
pub struct Comparison {
    state: Signal<CompareState>,
    across: Across,
    references: References,
    clock: Clock,
    tasks: ViewTasks,
    joined: Published<Joined>,
    /// When pages that come in may be joined again.
    next_join: StoredValue<u64>,
    is_due: StoredValue<bool>,
    /// What is typed into the search box.
    pub typed: RwSignal<String>,
    /// Whether the last use is asked for.
    pub has_use: RwSignal<bool>,
    pub lines: Memo<Vec<u32>>,
}

impl Comparison {
    /// For the view that is being created. Reads nothing while fewer than two workspaces are chosen.
    #[must_use]
    pub fn new(state: Signal<CompareState>) -> Self {
        let has_use = RwSignal::new(false);
        let chosen = memo(move |_| state.with(|state| state.workspaces.clone()));
        let across = use_across_with(Signal::derive(move || Some(chosen.get())), has_use.into());
        let joined = Published::new(Joined::default());
        let typed = RwSignal::new(state.with_untracked(|state| state.search.clone()));
        let show = memo(move |_| state.with(|state| state.show.clone()));
        let lines = memo(move |_| {
            let (search, show) = (typed.get(), show.get());
            joined.with(|joined| joined.grid.shown(&search, joined.shown(&show), &joined.known))
        });
        let comparison = Self {
            state,
            across,
            references: use_references(),
            clock: use_clock(),
            tasks: ViewTasks::until_unmount(),
            joined,
            next_join: StoredValue::new(0),
            is_due: StoredValue::new(false),
            typed,
            has_use,
            lines,
        };
        let by = memo(move |_| state.with(|state| state.by));
        tasks::follow(move || comparison.follow(by.get()));
        comparison
    }

    #[must_use]
    pub fn state(self) -> Signal<CompareState> {
        self.state
    }

    #[must_use]
    pub fn across(self) -> Across {
        self.across
    }

    #[must_use]
    pub fn joined(self) -> ReadSignal<Joined> {
        self.joined.read_only()
    }

    /// Joins now, or soon if only more rows came. The first and the last ones do not wait.
    fn follow(self, by: CompareBy) {
        let readings = self.across.readings().get();
        for reading in &readings {
            reading.progress.track();
            if let Some(list) = reading.list {
                list.shown().track();
            }
            self.references.of(reading.id()).progress().track();
        }
        let is_end = readings.iter().all(|reading| known(reading) != Known::Loading);
        let is_same = self.joined.with_untracked(|joined| {
            joined.grid.has_secrets()
                && !(is_end && joined.known.contains(&Known::Loading))
                && joined.grid.by() == by
                && joined.ids.len() == readings.len()
                && joined.ids.iter().zip(&readings).all(|(id, reading)| id == reading.id())
                && joined.lists.iter().zip(&readings).all(|(list, reading)| list.is_some() == reading.list.is_some())
                && joined.versions == versions(&readings)
        });
        let wait = self.next_join.get_value().saturating_sub(self.clock.running());
        if !is_same || wait == 0 {
            self.join();
        } else if !self.is_due.get_value() {
            self.is_due.set_value(true);
            self.tasks.spawn(async move {
                self.clock.sleep(Duration::from_millis(wait)).await;
                if self.is_due.get_value() {
                    self.join();
                }
            });
        }
    }

    fn join(self) {
        self.is_due.set_value(false);
        let begun = self.clock.running();
        let readings = self.across.readings().get_untracked();
        let by = self.state.with_untracked(|state| state.by);
        let known: Vec<Known> = readings.iter().map(known).collect();
        let references: Vec<WorkspaceReferences> =
            readings.iter().map(|reading| self.references.of(reading.id())).collect();
        let sources: Vec<(Option<SecretList>, Option<WorkspaceReferences>)> =
            readings.iter().zip(references).map(|(reading, references)| {
                let is_read = references.progress().with_untracked(|progress| progress.is_begun());
                (reading.list, is_read.then_some(references))
            }).collect();
        let grid = with_sources(&sources, Vec::new(), &mut |sources| {
            let columns: Vec<Option<Column<'_>>> = sources.iter().zip(&known).map(|((list, references), known)| {
                Some(Column { list: list.as_ref()?.list(), known: *known, references: *references })
            }).collect();
            join(&columns, by)
        });
        self.joined.set(Joined {
            grid,
            known,
            names: readings.iter().map(|reading| reading.name().to_owned()).collect(),
            ids: readings.iter().map(|reading| reading.id().clone()).collect(),
            lists: readings.iter().map(|reading| reading.list).collect(),
            versions: versions(&readings),
        });
        let now = self.clock.running();
        let pause = milliseconds(PAUSE).max(4 * now.saturating_sub(begun));
        self.next_join.set_value(now + pause);
    }

    /// The shown lines as CSV, and their number.
    #[must_use]
    pub fn export(self) -> (String, usize) {
        let lines = self.lines.get_untracked();
        let csv = self.joined.with_untracked(|joined| {
            joined.with_rows(&mut |rows| {
                let workspaces: Vec<Exported<'_>> = joined.workspaces(rows).into_iter().map(|workspace| Exported {
                    name: workspace.name,
                    known: workspace.known,
                    rows: workspace.rows,
                }).collect();
                csv::export(&joined.grid, &lines, &workspaces)
            })
        });
        (csv, lines.len())
    }

    /// Short for the last use in a cell, now.
    #[must_use]
    pub fn now(self) -> contract::Timestamp {
        self.clock.now()
    }
}

impl Joined {
    /// Accesses the rows of all lists at once.
    pub fn with_rows<Answer>(&self, act: &mut dyn FnMut(&[Option<&Rows>]) -> Answer) -> Answer {
        let sources: Vec<_> = self.lines_of_lists();
        with_sources(&sources, Vec::new(), &mut |sources| {
            let rows: Vec<Option<&Rows>> = sources.iter().map(|(list, _)| Some(list.as_ref()?.list().rows())).collect();
            act(&rows)
        })
    }

    fn lines_of_lists(&self) -> Vec<(Option<SecretList>, Option<WorkspaceReferences>)> {
        self.lists.iter().map(|list| (*list, None)).collect()
    }

    fn workspaces<'a>(&'a self, rows: &[Option<&'a Rows>]) -> Vec<Workspace<'a>> {
        let columns = self.names.iter().zip(&self.known).zip(rows);
        columns.map(|((name, known), rows)| Workspace { name, known: *known, rows: *rows }).collect()
    }

    /// A filter of the address, with a workspace as the number of its column.
    #[must_use]
    pub fn shown(&self, show: &CompareShow) -> Shown {
        match show {
            CompareShow::All => Shown::All,
            CompareShow::Missing => Shown::Missing,
            CompareShow::Differs => Shown::Differs,
            CompareShow::Only(id) => {
                let column = self.ids.iter().position(|known| known == id);
                column.map_or(Shown::All, Shown::Only)
            }
        }
    }

    /// Everything about a cell, in words.
    #[must_use]
    pub fn details(&self, rows: &[Option<&Rows>], line: usize, column: usize, now: contract::Timestamp) -> String {
        let used = self.used(rows, line, column, now).map(|used| used.told());
        told::details(&self.grid, line, column, &self.workspaces(rows), used.as_deref())
    }

    /// The last use of a cell's secret, if it is known.
    #[must_use]
    pub fn used(&self, rows: &[Option<&Rows>], line: usize, column: usize, now: contract::Timestamp) -> Option<Use> {
        let rows = rows.get(column).copied().flatten()?;
        let row = self.grid.cell(line, column).row()?;
        match rows.used(row) {
            NEVER if rows.has_info(row) => Some(Use::Never),
            NEVER => None,
            at => {
                let at = chrono::DateTime::from_timestamp_millis(at)?;
                let age = short_age(at, now).unwrap_or_else(|| at.format("%Y-%m-%d").to_string());
                Some(Use::At(age))
            }
        }
    }

    /// The secrets of a cell, as far as their ids can be part of an address.
    #[must_use]
    pub fn secrets(&self, line: usize, column: usize) -> Vec<SecretId> {
        let list = self.lists.get(column).copied().flatten();
        let ids = list.and_then(|list| {
            list.with(|loaded| {
                let rows = loaded.list().rows();
                let found = self.grid.rows(line, loaded.list());
                found.into_iter().filter_map(|row| SecretId::parse(rows.id(row)).ok()).collect()
            })
        });
        ids.unwrap_or_default()
    }

    /// The secret of a cell that has exactly one.
    #[must_use]
    pub fn only_secret(&self, line: usize, column: usize) -> Option<SecretId> {
        let cell = self.grid.cell(line, column);
        let row = cell.row().filter(|_| cell.times() == 1)?;
        let list = self.lists.get(column).copied().flatten()?;
        list.with(|loaded| SecretId::parse(loaded.list().rows().id(row)).ok()).flatten()
    }

    /// Everything but the value of the first secret of a line, and the column that it is from; only the name of a line
    /// without secrets.
    #[must_use]
    pub fn model(&self, line: usize) -> (MetadataFields, Option<usize>) {
        let base = self.grid.base(line);
        let found = base.and_then(|column| {
            let row: Row = self.grid.cell(line, column).row()?;
            let list = self.lists.get(column).copied().flatten()?;
            list.with(|loaded| fields(loaded.list().rows(), row))
        });
        let fields = found.unwrap_or_else(|| MetadataFields {
            name: self.grid.title(line).map(|title| title.text.to_string()).unwrap_or_default(),
            ..MetadataFields::default()
        });
        (fields, base)
    }
}

/// When a secret was last used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Use {
    Never,
    At(String),
}

impl Use {
    /// In words.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Never => words::compare().never.to_owned(),
            Self::At(when) => fill(words::compare().used, &[("when", when)]),
        }
    }
}

/// A bundle is owned by whatever made it, so a secret created by hand is not part of one.
fn fields(rows: &Rows, row: Row) -> MetadataFields {
    let external_id = rows.external_id(row);
    let labels = rows.labels(row).filter(|(key, _)| *key != contract::BUNDLE_LABEL);
    MetadataFields {
        name: rows.name(row).to_owned(),
        external_id: (!external_id.is_empty()).then(|| external_id.to_owned()),
        labels: labels.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
    }
}

fn known(reading: &WorkspaceReading) -> Known {
    reading.progress.with_untracked(|progress| match progress {
        Progress::Loading { .. } | Progress::Waiting { .. } => Known::Loading,
        Progress::Complete { .. } => Known::Complete,
        Progress::Stopped { .. } => Known::Stopped,
        Progress::NoAccess(_) => Known::NoAccess,
        Progress::NotFound(_) => Known::NotFound,
        Progress::Archived => Known::Archived,
        Progress::Failed { .. } => Known::Failed,
    })
}

fn versions(readings: &[WorkspaceReading]) -> Vec<u32> {
    let version = |reading: &WorkspaceReading| reading.list.and_then(|list| list.with(LoadedList::version));
    readings.iter().map(|reading| version(reading).unwrap_or_default()).collect()
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

type Source<'a> = (Option<&'a LoadedList>, Option<&'a ReferenceIndex>);

/// Accesses all lists and references at once, one within the other.
fn with_sources<Answer>(
    rest: &[(Option<SecretList>, Option<WorkspaceReferences>)],
    known: Vec<Source<'_>>,
    act: &mut dyn FnMut(&[Source<'_>]) -> Answer,
) -> Answer {
    let Some(((list, references), rest)) = rest.split_first() else {
        return act(&known);
    };
    let mut answer = None;
    let mut go_on = |source: Source<'_>| {
        let mut known = known.clone();
        known.push(source);
        answer = Some(with_sources(rest, known, act));
    };
    match (list, references) {
        (Some(list), Some(references)) => {
            let _ = list.with(|loaded| references.index().with_untracked(|index| go_on((Some(loaded), Some(index)))));
        }
        (Some(list), None) => {
            let _ = list.with(|loaded| go_on((Some(loaded), None)));
        }
        (None, _) => {}
    }
    match answer {
        Some(answer) => answer,
        // Without a list, or it is gone.
        None => {
            let mut known = known;
            known.push((None, None));
            with_sources(rest, known, act)
        }
    }
}

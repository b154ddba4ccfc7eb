//! Counts and checks what is loaded, as rarely as possible.

use std::sync::Arc;

use contract::{Failure, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::list::LoadedList;
use strongroom_core::list::instant::Instant;
use strongroom_core::list::reading::State;
use strongroom_core::overview::figures::{Figure, figures};
use strongroom_core::overview::findings::{Outcome, Rule, check};
use strongroom_core::overview::tally::Tally;
use strongroom_core::overview::told::Coverage;

use crate::browser::tasks::memo;
use crate::browser::clock::Clock;
use crate::store::across::{Progress, WorkspaceReading};
use crate::store::references::References;

/// The secrets of one workspace, counted and checked.
#[derive(Debug, Default)]
pub struct Analysis {
    pub tally: Tally,
    pub checked: Vec<(Rule, Outcome)>,
}

/// What an analysis was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    version: u32,
    loaded: usize,
    is_complete: bool,
    /// When all references had been read, if they were.
    references_at: Option<Instant>,
}

impl Made {
    /// Whether an analysis of this still serves for `now`. While a list is read, not for each page: all secrets are counted
    /// each time, so only once there are a quarter more.
    fn serves(self, now: Self) -> bool {
        let is_alike = Self { loaded: now.loaded, ..self } == now;
        let is_enough = if now.is_complete { self.loaded == now.loaded } else { now.loaded <= self.loaded + self.loaded / 4 };
        is_alike && is_enough && now.loaded >= self.loaded
    }
}

/// A workspace that is read, with its analysis.
#[derive(Clone)]
pub struct Analysed {
    pub id: WorkspaceId,
    pub name: String,
    /// When the whole list was read, in milliseconds since 1970; `None` while it is not complete.
    pub read_at: Option<Instant>,
    pub analysis: Arc<Analysis>,
    made: Made,
}

impl PartialEq for Analysed {
    fn eq(&self, other: &Self) -> bool {
        let is_same = (&self.id, &self.name, self.read_at) == (&other.id, &other.name, other.read_at);
        is_same && Arc::ptr_eq(&self.analysis, &other.analysis)
    }
}

/// The workspaces of these readings, analysed. What did not change is not counted again.
pub fn analyse(readings: Signal<Vec<WorkspaceReading>>, references: References, clock: Clock) -> Memo<Vec<Analysed>> {
    memo(move |last: Option<&Vec<Analysed>>| {
        let last = last.map(Vec::as_slice).unwrap_or_default();
        readings.with(|readings| {
            let one = |reading: &WorkspaceReading| {
                let known = last.iter().find(|known| known.id == *reading.id());
                analysed(reading, known, references, clock)
            };
            readings.iter().filter_map(one).collect()
        })
    })
}

fn analysed(
    reading: &WorkspaceReading,
    known: Option<&Analysed>,
    references: References,
    clock: Clock,
) -> Option<Analysed> {
    let list = reading.list?;
    // What was loaded before its workspace was archived, or the key lost access to it, counts no longer.
    reading.progress.with(Progress::known)?;
    // Tells of changes of rows, too.
    list.shown().track();
    let is_complete = reading.progress.with(|progress| progress.is_complete());
    let read_at = list.progress().with(|progress| progress.read_at).filter(|_| is_complete);
    let references = references.of(reading.id());
    let references_at = references.progress().with(|progress| progress.read_at.filter(|_| progress.is_complete()));
    let make = |loaded: &LoadedList| {
        let rows = loaded.list().rows();
        let made = Made {
            version: loaded.version(),
            loaded: rows.count(),
            is_complete,
            references_at,
        };
        if let Some(known) = known.filter(|known| known.made.serves(made)) {
            return (known.made, Arc::clone(&known.analysis));
        }
        let now = clock.now().timestamp_millis();
        let checked = references.index().with_untracked(|index| {
            let index = references_at.map(|_| index);
            check(rows, now, is_complete, index)
        });
        let tally = Tally::of(rows, now);
        (made, Arc::new(Analysis { tally, checked }))
    };
    let (made, analysis) = list.with(make)?;
    Some(Analysed {
        id: reading.id().clone(),
        name: reading.name().to_owned(),
        read_at,
        analysis,
        made,
    })
}

/// How many of these workspaces are counted, and why the others are not. Tracked.
pub fn coverage(readings: &[WorkspaceReading]) -> Coverage {
    let mut all = Coverage {
        workspaces: readings.len(),
        ..Coverage::default()
    };
    for reading in readings {
        reading.progress.with(|progress| {
            all.counted += usize::from(progress.known().is_some());
            match progress {
                Progress::Failed { .. } => all.failed += 1,
                Progress::NoAccess(_) | Progress::NotFound(_) => all.no_access += 1,
                Progress::Archived => all.archived += 1,
                Progress::Loading { .. } | Progress::Waiting { .. } | Progress::Complete { .. } | Progress::Stopped { .. } => {}
            }
        });
    }
    all
}

/// All pictures of these workspaces.
pub fn pictures(analysed: &[Analysed]) -> Vec<Figure> {
    figures(analysed.iter().map(|one| &one.analysis.tally))
}

/// How many secrets the pictures count.
pub fn total(analysed: &[Analysed]) -> usize {
    analysed.iter().map(|one| one.analysis.tally.total).sum()
}

/// How far the reading of the references of all workspaces is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceReading {
    /// Workspaces of which not all was read.
    pub unread: usize,
    /// When the first of those that are read was read.
    pub oldest: Option<Instant>,
    /// Workspaces that are being read.
    pub reading: usize,
    /// Tool sets of these.
    pub sets: usize,
    /// The tool sets of these whose tools were read.
    pub sets_read: usize,
    /// The first reading that failed.
    pub failed: Option<(WorkspaceId, Failure)>,
}

/// How far the reading of the references of these workspaces is. Tracked.
pub fn reference_reading(readings: &[WorkspaceReading], references: References) -> ReferenceReading {
    let mut all = ReferenceReading::default();
    for reading in readings.iter().filter(|reading| reading.list.is_some()) {
        references.of(reading.id()).progress().with(|progress| {
            all.unread += usize::from(!progress.is_complete());
            if let Some(at) = progress.read_at.filter(|_| progress.is_complete()) {
                all.oldest = Some(all.oldest.map_or(at, |oldest| oldest.min(at)));
            }
            if progress.is_reading() {
                all.reading += 1;
                all.sets += progress.sets;
                all.sets_read += progress.sets_read;
            }
            if let (State::Failed(failure), None) = (&progress.state, &all.failed) {
                all.failed = Some((reading.id().clone(), failure.clone()));
            }
        });
    }
    all
}

/// Reads the references of the workspaces where they are not known; goes on where a reading was stopped or failed.
pub fn read_references(readings: &[WorkspaceReading], references: References) {
    for reading in readings.iter().filter(|reading| reading.list.is_some()) {
        let one = references.of(reading.id());
        match one.progress().with_untracked(|progress| progress.state.clone()) {
            State::Idle | State::Repeated => one.read(false),
            State::Stopped | State::Failed(_) => one.resume(),
            State::Reading | State::Waiting(_) | State::Complete => {}
        }
    }
}

/// Stops the readings of references.
pub fn stop_references(readings: &[WorkspaceReading], references: References) {
    for reading in readings {
        let one = references.of(reading.id());
        if one.progress().with_untracked(|progress| progress.is_reading()) {
            one.stop();
        }
    }
}

//! The join: one line for each secret of any workspace, one cell for each workspace.
//!
//! It takes time in proportion to the number of secrets: 12 workspaces of 10,000 take some 50 ms natively (`cargo test
//! --release -p strongroom-core compare::tests::twelve_times_ten_thousand -- --nocapture`). While lists are still being
//! read, a view joins them again every so often, not for each page.

use std::cmp::Ordering;

use contract::BUNDLE_LABEL;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::list::{List, Row, Rows, natural};
use crate::references::index::ReferenceIndex;
use crate::route::CompareBy;

/// How far the secrets of a workspace are known, and so what the absence of one means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Known {
    /// They are being read.
    #[default]
    Loading,
    /// All are loaded.
    Complete,
    /// Reading them was stopped.
    Stopped,
    /// The key may not read them.
    NoAccess,
    /// There is no such workspace.
    NotFound,
    /// The workspace is archived, so they can't be read.
    Archived,
    /// Reading them failed.
    Failed,
}

impl Known {
    /// Whether more secrets may still come.
    #[must_use]
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Loading | Self::Stopped)
    }
}

/// A workspace to be joined.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its secrets, as far as they are loaded.
    pub list: &'a List,
    /// How far they are known.
    pub known: Known,
    /// Where its secrets are used, if that was read.
    pub references: Option<&'a ReferenceIndex>,
}

/// A secret, or its absence, in one workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    row: Row,
    times: u16,
    marks: u8,
}

const ABSENT: Cell = Cell {
    row: 0,
    times: 0,
    marks: 0,
};

const LABELS: u8 = 1;
const EXTERNAL_ID: u8 = 1 << 1;
const NAME: u8 = 1 << 2;
const BUNDLE: u8 = 1 << 3;
const MANAGED: u8 = 1 << 4;
const REFERRED: u8 = 1 << 5;
const DIFFERENCES: u8 = LABELS | EXTERNAL_ID | NAME | BUNDLE;

impl Cell {
    /// The row of the secret in its list, the first one if there are several; `None` if there is no secret.
    #[must_use]
    pub fn row(self) -> Option<Row> {
        (self.times > 0).then_some(self.row)
    }

    /// How many secrets there are.
    #[must_use]
    pub fn times(self) -> usize {
        usize::from(self.times)
    }

    /// Whether its labels differ from those of the first workspace that has it.
    #[must_use]
    pub fn has_other_labels(self) -> bool {
        self.marks & LABELS != 0
    }

    /// Whether its external ID differs, likewise.
    #[must_use]
    pub fn has_other_external_id(self) -> bool {
        self.marks & EXTERNAL_ID != 0
    }

    /// Whether its name differs, likewise.
    #[must_use]
    pub fn has_other_name(self) -> bool {
        self.marks & NAME != 0
    }

    /// Whether its bundle differs, likewise.
    #[must_use]
    pub fn has_other_bundle(self) -> bool {
        self.marks & BUNDLE != 0
    }

    /// Whether anything of it differs.
    #[must_use]
    pub fn differs(self) -> bool {
        self.marks & DIFFERENCES != 0
    }

    /// Whether it belongs to a bundle.
    #[must_use]
    pub fn is_managed(self) -> bool {
        self.marks & MANAGED != 0
    }

    /// Whether there is none and a tool set refers to it.
    #[must_use]
    pub fn is_referred_to(self) -> bool {
        self.marks & REFERRED != 0
    }
}

/// What a line is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The name, or the external ID.
    pub text: Box<str>,
    /// The bundle; empty if there is none, or if it is not what joins.
    pub bundle: Box<str>,
}

/// Which lines are shown. The workspace of `Only` is the number of its column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// All.
    #[default]
    All,
    /// Those that are missing in a workspace of which everything is loaded.
    Missing,
    /// Those with secrets that differ, or with several in one workspace.
    Differs,
    /// Those that only this workspace has, among those that can be read.
    Only(usize),
}

/// The joined lists. Lines are in the natural order of their titles.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    by: CompareBy,
    width: usize,
    titles: Vec<Title>,
    /// The titles in lower case.
    folded: Vec<Box<str>>,
    /// Line by line.
    cells: Vec<Cell>,
    unjoined: Vec<usize>,
}

/// Joins workspaces. `None` is one without a list.
#[must_use]
pub fn join(columns: &[Option<Column<'_>>], by: CompareBy) -> Grid {
    let width = columns.len();
    let mut lines: HashMap<(&str, &str), usize, FxBuildHasher> = HashMap::default();
    let mut keys: Vec<(&str, &str)> = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    let mut unjoined = vec![0; width];
    for (at, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let rows = column.list.rows();
        for row in column.list.order() {
            let key = key_of(rows, row, by);
            if key.1.is_empty() {
                if let Some(count) = unjoined.get_mut(at) {
                    *count += 1;
                }
                continue;
            }
            let line = *lines.entry(key).or_insert_with(|| {
                keys.push(key);
                cells.resize(cells.len() + width, ABSENT);
                keys.len() - 1
            });
            if let Some(cell) = cells.get_mut(line * width + at) {
                if cell.times == 0 {
                    cell.row = row;
                    cell.marks = if rows.bundle(row).is_empty() { 0 } else { MANAGED };
                }
                cell.times = cell.times.saturating_add(1);
            }
        }
    }
    let missing = referred_to(columns, by, &lines, &cells);
    let mut titles: Vec<Title> = keys.iter().map(|(bundle, text)| Title::of(text, bundle)).collect();
    let mut added: HashMap<&str, usize, FxBuildHasher> = HashMap::default();
    for (at, name) in &missing {
        // A server that upper-cases names has it under another spelling.
        let upper = name.to_uppercase();
        let known = [&**name, &*upper]
            .iter()
            .find_map(|name| lines.get(&("", *name)).copied());
        let line = known.unwrap_or_else(|| {
            *added.entry(name).or_insert_with(|| {
                titles.push(Title::of(name, ""));
                cells.resize(cells.len() + width, ABSENT);
                titles.len() - 1
            })
        });
        if let Some(cell) = cells.get_mut(line * width + at) {
            cell.marks |= REFERRED;
        }
    }
    for line in cells.chunks_exact_mut(width.max(1)) {
        mark_differences(line, columns, by);
    }
    arranged(by, width, &titles, &cells, unjoined)
}

fn key_of(rows: &Rows, row: Row, by: CompareBy) -> (&str, &str) {
    match by {
        CompareBy::Name => ("", rows.name(row)),
        CompareBy::ExternalId => ("", rows.external_id(row)),
        CompareBy::Bundle => (rows.bundle(row), rows.name(row)),
    }
}

/// The names that tool sets of a workspace refer to and that no secret of it has, with the number of the workspace. Tool
/// sets refer to names, so nothing is known of external IDs and bundles.
fn referred_to(
    columns: &[Option<Column<'_>>],
    by: CompareBy,
    lines: &HashMap<(&str, &str), usize, FxBuildHasher>,
    cells: &[Cell],
) -> Vec<(usize, String)> {
    let mut missing = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let Some(column) = column.filter(|column| by == CompareBy::Name && column.known == Known::Complete) else {
            continue;
        };
        let Some(index) = column.references else { continue };
        let has_secret = |name: &str| {
            let cell = lines
                .get(&("", name))
                .and_then(|line| cells.get(line * columns.len() + at));
            cell.is_some_and(|cell| cell.times > 0)
        };
        missing.extend(index.missing(has_secret).into_iter().map(|(name, _)| (at, name)));
    }
    missing
}

/// Compares the secrets of a line with the first one.
fn mark_differences(line: &mut [Cell], columns: &[Option<Column<'_>>], by: CompareBy) {
    let mut base: Option<(&Rows, Row)> = None;
    for (cell, column) in line.iter_mut().zip(columns) {
        let (Some(row), Some(column)) = (cell.row(), column) else {
            continue;
        };
        let rows = column.list.rows();
        let Some((other, first)) = base else {
            base = Some((rows, row));
            continue;
        };
        let mut mark = |is_other: bool, mark: u8| {
            if is_other {
                cell.marks |= mark;
            }
        };
        mark(!labels(rows, row).eq(labels(other, first)), LABELS);
        mark(rows.external_id(row) != other.external_id(first), EXTERNAL_ID);
        mark(by == CompareBy::ExternalId && rows.name(row) != other.name(first), NAME);
        mark(rows.bundle(row) != other.bundle(first), BUNDLE);
    }
}

/// The labels of a secret but the one that stands for its bundle, by key.
pub(super) fn labels(rows: &Rows, row: Row) -> impl Iterator<Item = (&str, &str)> {
    rows.labels(row).filter(|(key, _)| *key != BUNDLE_LABEL)
}

/// Sorts the lines by their titles.
fn arranged(by: CompareBy, width: usize, titles: &[Title], cells: &[Cell], unjoined: Vec<usize>) -> Grid {
    let mut keys = Vec::new();
    let mut ends = vec![0];
    for title in titles {
        natural::append_key(&title.text, &mut keys);
        ends.push(keys.len());
    }
    let key = |line: usize| {
        let (start, end) = (ends.get(line).copied(), ends.get(line + 1).copied());
        let range = start.zip(end).and_then(|(start, end)| keys.get(start..end));
        range.unwrap_or_default()
    };
    let exact = |line: usize| titles.get(line).map(|title| (&title.text, &title.bundle));
    let compare = |one: &usize, other: &usize| -> Ordering {
        key(*one).cmp(key(*other)).then_with(|| exact(*one).cmp(&exact(*other)))
    };
    let mut order: Vec<usize> = (0..titles.len()).collect();
    order.sort_unstable_by(compare);
    let mut grid = Grid {
        by,
        width,
        titles: Vec::with_capacity(titles.len()),
        folded: Vec::with_capacity(titles.len()),
        cells: Vec::with_capacity(cells.len()),
        unjoined,
    };
    for line in order {
        let Some(title) = titles.get(line) else { continue };
        let folded = [&*title.text, " ", &title.bundle].concat().to_lowercase();
        grid.folded.push(folded.into());
        grid.titles.push(title.clone());
        let end = (line + 1) * width;
        grid.cells.extend(cells.get(line * width..end).unwrap_or_default());
    }
    grid
}

impl Title {
    fn of(text: &str, bundle: &str) -> Self {
        Self {
            text: text.into(),
            bundle: bundle.into(),
        }
    }
}

impl Grid {
    /// What joined the secrets.
    #[must_use]
    pub fn by(&self) -> CompareBy {
        self.by
    }

    /// The number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether there are no lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// Whether any workspace has a secret, be it one that has nothing to be joined by.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        !self.is_empty() || self.unjoined.iter().any(|count| *count > 0)
    }

    /// The number of workspaces.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The title of a line.
    #[must_use]
    pub fn title(&self, line: usize) -> Option<&Title> {
        self.titles.get(line)
    }

    /// The line with this title.
    #[must_use]
    pub fn find(&self, title: &Title) -> Option<usize> {
        self.titles.iter().position(|known| known == title)
    }

    /// The cells of a line.
    #[must_use]
    pub fn cells(&self, line: usize) -> &[Cell] {
        let start = line * self.width;
        self.cells.get(start..start + self.width).unwrap_or_default()
    }

    /// One cell.
    #[must_use]
    pub fn cell(&self, line: usize, column: usize) -> Cell {
        self.cells(line).get(column).copied().unwrap_or(ABSENT)
    }

    /// The column that the secrets of a line are compared with: the first one that has it.
    #[must_use]
    pub fn base(&self, line: usize) -> Option<usize> {
        self.cells(line).iter().position(|cell| cell.times > 0)
    }

    /// The number of secrets of a workspace that have nothing to be joined by.
    #[must_use]
    pub fn unjoined(&self, column: usize) -> usize {
        self.unjoined.get(column).copied().unwrap_or_default()
    }

    /// All secrets of a cell, by their rows.
    #[must_use]
    pub fn rows(&self, line: usize, list: &List) -> Vec<Row> {
        let Some(title) = self.title(line) else {
            return Vec::new();
        };
        let rows = list.rows();
        let wanted = (&*title.bundle, &*title.text);
        list.order()
            .filter(|row| key_of(rows, *row, self.by) == wanted)
            .collect()
    }

    /// Whether a line is among those shown. `known` is how far each workspace is known now.
    #[must_use]
    pub fn is_shown(&self, line: usize, shown: Shown, known: &[Known]) -> bool {
        let cells = self.cells(line);
        let known = |column: usize| known.get(column).copied().unwrap_or_default();
        match shown {
            Shown::All => true,
            Shown::Missing => {
                let mut cells = cells.iter().enumerate();
                cells.any(|(column, cell)| cell.times == 0 && known(column) == Known::Complete)
            }
            Shown::Differs => cells.iter().any(|cell| cell.differs() || cell.times > 1),
            Shown::Only(wanted) => cells.iter().enumerate().all(|(column, cell)| {
                if column == wanted {
                    cell.times > 0
                } else {
                    cell.times == 0 && !known(column).is_pending()
                }
            }),
        }
    }

    /// How many lines a filter shows, without a search.
    #[must_use]
    pub fn count(&self, shown: Shown, known: &[Known]) -> usize {
        (0..self.len())
            .filter(|line| self.is_shown(*line, shown, known))
            .count()
    }

    /// The lines that a filter and a search leave, in order. All words of the search have to be in the title.
    #[must_use]
    pub fn shown(&self, search: &str, shown: Shown, known: &[Known]) -> Vec<u32> {
        let search = search.to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        let lines = self.folded.iter().enumerate();
        let found = lines.filter(|(line, folded)| {
            words.iter().all(|word| folded.contains(word)) && self.is_shown(*line, shown, known)
        });
        found.filter_map(|(line, _)| u32::try_from(line).ok()).collect()
    }

    /// The allocated size in bytes.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let texts = self
            .titles
            .iter()
            .map(|title| title.text.len() + title.bundle.len())
            .sum::<usize>();
        let folded = self.folded.iter().map(|folded| folded.len()).sum::<usize>();
        texts
            + folded
            + self.titles.capacity() * size_of::<Title>()
            + self.folded.capacity() * size_of::<Box<str>>()
            + self.cells.capacity() * size_of::<Cell>()
    }
}

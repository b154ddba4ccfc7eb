//! Matches rows against a filter and ranks them.

use memchr::memmem;

use crate::list::fold::folded;
use crate::list::instant::{Instant, NEVER};
use crate::list::query::{Bound, Kind, Query, Span, Term, UseTest};
use crate::list::rows::{BETWEEN, Row, Rows};

/// The rank of a match: 0 is best. Rows of equal rank keep their order.
pub type Fit = u8;

/// No match.
pub const UNFIT: Fit = Fit::MAX;

/// The best rank of a text match.
const WHOLE_NAME: Fit = 0;
const START_OF_NAME: Fit = 1;
const START_OF_WORD: Fit = 2;
const IN_NAME: Fit = 3;
const IN_EXTERNAL_ID: Fit = 4;
const IN_LABEL: Fit = 5;
const IN_BUNDLE: Fit = 6;
const IS_ID: Fit = 7;

/// A filter, prepared for the present rows.
#[derive(Debug)]
pub struct Finder {
    tests: Vec<(bool, Test)>,
    now: Instant,
}

/// A condition, with everything precomputed that does not depend on the row.
#[derive(Debug)]
enum Test {
    Text(Box<Text>),
    Prefix(Vec<u8>),
    /// Whether rows with this pair (by number) match.
    Pairs(Vec<bool>),
    /// The number of the bundle; `None` if no row has it.
    Bundle(Option<u32>),
    Managed,
    HasExternalId,
    Unused,
    Used(Span),
    Created(Span),
    Updated(Span),
    /// Whether rows by this creator (by number) match.
    People(Vec<bool>),
    Id(Box<memmem::Finder<'static>>),
    Rows(Vec<Row>),
    Uses(UseTest),
}

/// A text to find in a row.
#[derive(Debug)]
struct Text {
    needle: memmem::Finder<'static>,
    /// Whether labels with this pair (by number) contain it.
    pairs: Vec<bool>,
    /// Whether this word (by number) contains it.
    words: Vec<bool>,
    /// The row with this id.
    row: Option<Row>,
}

impl Text {
    fn new(text: &str, rows: &Rows) -> Self {
        let folded = folded(text);
        let needle = memmem::Finder::new(&folded).into_owned();
        let words = rows.words().holding(&needle);
        let holds = |word: u32| words.get(word as usize) == Some(&true);
        let pairs = match memchr::memchr(b'=', &folded).map(|at| folded.split_at(at)) {
            // As a label is written on screen.
            Some((key, value)) => {
                let value = value.get(1..).unwrap_or_default();
                let of_word = |word: u32| rows.words().folded(word);
                rows.fitting_pairs(|own_key, own_value| {
                    of_word(own_key).ends_with(key) && of_word(own_value).starts_with(value)
                })
            }
            None => {
                // A bundle is searched as such: nobody who types "key" means the label `bundle_key`.
                let bundle = rows.words().find(contract::BUNDLE_LABEL);
                rows.fitting_pairs(|key, value| Some(key) != bundle && (holds(key) || holds(value)))
            }
        };
        Self {
            needle,
            pairs,
            words,
            row: rows.find(text),
        }
    }

    /// The rank of a match outside of name and external ID.
    fn other_fit(&self, rows: &Rows, row: Row) -> Fit {
        if is_any(&self.pairs, rows.pairs_of(row)) {
            IN_LABEL
        } else if self.words.get(rows.bundle_number(row) as usize) == Some(&true) {
            IN_BUNDLE
        } else if self.row == Some(row) {
            IS_ID
        } else {
            UNFIT
        }
    }
}

/// Whether any of these numbers is marked.
fn is_any(marks: &[bool], numbers: &[u32]) -> bool {
    numbers.iter().any(|number| marks.get(*number as usize) == Some(&true))
}

impl Finder {
    /// Prepares a filter. It does not know labels and creators that are added later: prepare it again for new rows.
    #[must_use]
    pub fn new(query: &Query, rows: &Rows, now: Instant) -> Self {
        let terms = query.terms.iter();
        let tests = terms.filter_map(|term| Some((term.is_negated, test(term, rows)?)));
        Self {
            tests: tests.collect(),
            now,
        }
    }

    /// The rank of each row in `from..to`; [`UNFIT`] if it does not match or is not in the list.
    #[must_use]
    pub fn fits(&self, rows: &Rows, from: Row, to: Row) -> Vec<Fit> {
        let mut fits: Vec<Fit> = (from..to)
            .map(|row| if rows.is_here(row) { 0 } else { UNFIT })
            .collect();
        for (is_negated, test) in &self.tests {
            if let (false, Test::Text(text)) = (is_negated, test) {
                fit_text(text, rows, from, to, &mut fits);
                continue;
            }
            for (fit, row) in fits.iter_mut().zip(from..to) {
                if *fit != UNFIT && self.is_met(test, rows, row) == *is_negated {
                    *fit = UNFIT;
                }
            }
        }
        fits
    }

    /// The rank of a row; `None` if it does not match.
    #[must_use]
    pub fn fit(&self, rows: &Rows, row: Row) -> Option<Fit> {
        let fit = self.fits(rows, row, row + 1).first().copied();
        fit.filter(|fit| *fit != UNFIT)
    }

    fn is_met(&self, test: &Test, rows: &Rows, row: Row) -> bool {
        let is_in = |span: &Span, instant: Instant| {
            instant != NEVER
                && match span {
                    Span::After(bound) => instant > bound.instant(self.now),
                    Span::Before(Bound::At(day)) => instant < *day,
                    Span::Before(ago) => instant <= ago.instant(self.now),
                }
        };
        match test {
            Test::Text(text) => text.needle.find(rows.haystack(row)).is_some() || text.other_fit(rows, row) != UNFIT,
            Test::Prefix(prefix) => rows.haystack(row).starts_with(prefix),
            Test::Pairs(fitting) => is_any(fitting, rows.pairs_of(row)),
            Test::Bundle(bundle) => *bundle == Some(rows.bundle_number(row)),
            Test::Managed => rows.bundle_number(row) != 0,
            Test::HasExternalId => !rows.external_id(row).is_empty(),
            // Without info, the last use is unknown.
            Test::Unused => rows.has_info(row) && rows.used(row) == NEVER,
            Test::Used(span) => is_in(span, rows.used(row)),
            Test::Created(span) => is_in(span, rows.created(row)),
            // A secret that was never changed counts as changed when it was created.
            Test::Updated(span) => {
                let updated = rows.updated(row);
                is_in(span, if updated == NEVER { rows.created(row) } else { updated })
            }
            Test::People(fitting) => fitting.get(rows.creator_number(row) as usize) == Some(&true),
            Test::Id(needle) => needle.find(rows.id(row).as_bytes()).is_some(),
            Test::Rows(fitting) => fitting.contains(&row),
            // Before it is known, none matches.
            Test::Uses(test) => rows.uses(row).is_some_and(|uses| match test {
                UseTest::Exactly(count) => uses == *count,
                UseTest::MoreThan(count) => uses > *count,
                UseTest::FewerThan(count) => uses < *count,
                UseTest::Missing => false,
            }),
        }
    }
}

/// `None` for a condition that every row of a workspace meets, negated or not.
fn test(term: &Term, rows: &Rows) -> Option<Test> {
    let needle = |text: &[u8]| Box::new(memmem::Finder::new(text).into_owned());
    Some(match &term.kind {
        Kind::Text(text) => Test::Text(Box::new(Text::new(text, rows))),
        Kind::Prefix(text) => Test::Prefix(folded(text)),
        Kind::Label(key, value) => {
            let (key, value) = (folded(key), folded(value.as_deref().unwrap_or_default()));
            let of_word = |word: u32| rows.words().folded(word);
            Test::Pairs(
                rows.fitting_pairs(|own_key, own_value| {
                    of_word(own_key) == key && of_word(own_value).starts_with(&value)
                }),
            )
        }
        Kind::ExactLabel(key, value) => {
            let pair = [rows.words().find(key), rows.words().find(value)];
            Test::Pairs(rows.fitting_pairs(|key, value| pair == [Some(key), Some(value)]))
        }
        Kind::Bundle(bundle) => Test::Bundle(rows.words().find(bundle)),
        Kind::Managed => Test::Managed,
        Kind::HasExternalId => Test::HasExternalId,
        Kind::HasLabel => {
            let bundle = rows.words().find(contract::BUNDLE_LABEL);
            Test::Pairs(rows.fitting_pairs(|key, _| Some(key) != bundle))
        }
        Kind::HasCreator => Test::People(rows.people().map(|person| !person.display_name().is_empty()).collect()),
        Kind::Unused => Test::Unused,
        Kind::Used(span) => Test::Used(*span),
        Kind::Created(span) => Test::Created(*span),
        Kind::Updated(span) => Test::Updated(*span),
        Kind::By(who) | Kind::ExactBy(who) => {
            let is_exact = matches!(term.kind, Kind::ExactBy(_));
            let who = folded(who);
            let is_it = |text: &str| folded(text) == who;
            let holds = |text: &str| is_it(text) || (!is_exact && memmem::find(&folded(text), &who).is_some());
            let fits = rows
                .people()
                .map(|person| holds(person.name) || holds(person.email) || is_it(person.id));
            Test::People(fits.collect())
        }
        Kind::Id(id) => Test::Id(needle(id.as_bytes())),
        Kind::Ids(ids) => Test::Rows(ids.iter().filter_map(|id| rows.slot(id)).collect()),
        Kind::References(uses) => Test::Uses(*uses),
        Kind::Workspace(_) => return None,
    })
}

/// A pass over the texts of all rows, because starting a search per row would cost more than the search.
fn fit_text(text: &Text, rows: &Rows, first: Row, to: Row, fits: &mut [Fit]) {
    let mut best = Vec::with_capacity(fits.len());
    for (haystack, start, ends) in rows.haystacks(first, to) {
        find_in_piece(&text.needle, haystack, start, ends, &mut best);
    }
    for ((fit, best), row) in fits.iter_mut().zip(best).zip(first..to) {
        if *fit == UNFIT {
            continue;
        }
        let best = if best == UNFIT { text.other_fit(rows, row) } else { best };
        *fit = if best == UNFIT {
            UNFIT
        } else {
            fit.saturating_add(best).min(UNFIT - 1)
        };
    }
}

/// Appends the best rank of a text in each row of a piece.
fn find_in_piece(needle: &memmem::Finder<'_>, haystack: &[u8], start: usize, ends: &[u32], best: &mut Vec<Fit>) {
    let length = needle.needle().len();
    let mut index = best.len();
    let first = index;
    best.resize(first + ends.len(), UNFIT);
    let mut row_start = 0;
    let mut from = 0;
    while let Some(at) = haystack
        .get(from..)
        .and_then(|rest| needle.find(rest))
        .map(|at| from + at)
    {
        while let Some(end) = ends.get(index - first).map(|end| *end as usize - start)
            && end <= at
        {
            row_start = end;
            index += 1;
        }
        let (Some(best), Some(end)) = (best.get_mut(index), ends.get(index - first)) else {
            break;
        };
        let end = *end as usize - start;
        let text = haystack.get(row_start..end).unwrap_or_default();
        *best = (*best).min(fit_at(text, at - row_start, length));
        // After a match in the name, only a match at the start of a word can rank better.
        from = if *best == IN_NAME { at + 1 } else { end };
    }
}

/// The rank of a text match at a position of a row's haystack.
fn fit_at(haystack: &[u8], at: usize, length: usize) -> Fit {
    let is_in_name = haystack.get(..at).is_some_and(|before| !before.contains(&BETWEEN));
    let is_end = |byte: Option<&u8>| byte == Some(&BETWEEN);
    let before = at.checked_sub(1).and_then(|before| haystack.get(before));
    if !is_in_name {
        IN_EXTERNAL_ID
    } else if at == 0 && is_end(haystack.get(length)) {
        WHOLE_NAME
    } else if at == 0 {
        START_OF_NAME
    } else if before.is_some_and(|before| before.is_ascii() && !before.is_ascii_alphanumeric()) {
        START_OF_WORD
    } else {
        IN_NAME
    }
}

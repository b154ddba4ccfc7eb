//! Rules that the secrets of a workspace are checked by.

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;

use crate::list::instant::{Instant, NEVER};
use crate::list::{Row, Rows};
use crate::overview::names::{is_upper_snake, skeleton};
use crate::overview::query_words::of_ids;
use crate::overview::tally::is_before;
use crate::references::index::ReferenceIndex;

/// Groups that a finding names; the others are in the list that it links to.
pub const FIRST: usize = 5;
/// Ids in a link: an address has room for a few thousand characters.
const MOST_IDS: usize = 60;
/// Secrets that are older, or unused for longer, are found. In days.
const OLD: Instant = 90;

/// A rule, in the order on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A tool set refers to a name that no secret has.
    Missing,
    /// Several secrets have the same external ID.
    SharedExternalId,
    /// Names that are easily taken for another.
    LookAlike,
    /// Names that are not written as most are.
    Unconventional,
    /// Never used and older than 90 days.
    NeverUsed,
    /// Not used for 90 days.
    Stale,
    /// No tool set refers to it.
    Unreferenced,
    /// Without labels.
    Unlabelled,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Missing,
        Self::SharedExternalId,
        Self::LookAlike,
        Self::Unconventional,
        Self::NeverUsed,
        Self::Stale,
        Self::Unreferenced,
        Self::Unlabelled,
    ];

    /// Its name in the browser's storage. Must not change, or what was muted is told again.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::SharedExternalId => "shared-external-id",
            Self::LookAlike => "look-alike",
            Self::Unconventional => "unconventional",
            Self::NeverUsed => "never-used",
            Self::Stale => "stale",
            Self::Unreferenced => "unreferenced",
            Self::Unlabelled => "unlabelled",
        }
    }

    /// Whether it needs to know where secrets are used.
    #[must_use]
    pub fn needs_references(self) -> bool {
        matches!(self, Self::Missing | Self::Unreferenced)
    }

    /// Whether it needs the last use of secrets.
    #[must_use]
    pub fn needs_last_use(self) -> bool {
        matches!(self, Self::NeverUsed | Self::Stale)
    }
}

/// A secret, or a name that no secret has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name.
    pub name: String,
    /// The id of the secret.
    pub id: Option<String>,
}

/// Where the whole list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// In the list of secrets, filtered by this search text. It shows this many.
    List(String, usize),
    /// Among the references: the names that no secret has.
    MissingReferences,
    /// Nowhere: no condition can name them.
    Nowhere,
}

/// Secrets that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// How many secrets or names.
    pub count: usize,
    /// The first of them. What belongs together, such as two names that look alike, is one group.
    pub first: Vec<Vec<Item>>,
    /// Where all of them are.
    pub target: Target,
}

/// What a rule came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It found something.
    Found(Finding),
    /// It found nothing.
    Clear,
    /// What it needs is not known.
    Unknown,
}

/// Checks the secrets of a list. `is_complete`: whether these are all secrets of the workspace. `references`: where they are
/// used, if all of that was read.
#[must_use]
pub fn check(
    rows: &Rows,
    now: Instant,
    is_complete: bool,
    references: Option<&ReferenceIndex>,
) -> Vec<(Rule, Outcome)> {
    let all: Vec<Row> = (0..rows.end()).filter(|row| rows.is_here(*row)).collect();
    let checked = Checked { rows, all };
    // A name that is not loaded yet is not missing.
    let references = references.filter(|_| is_complete);
    let outcome = |rule: Rule| match rule {
        Rule::Missing => references.map_or(Outcome::Unknown, |index| checked.missing(index)),
        Rule::Unreferenced => references.map_or(Outcome::Unknown, |index| {
            checked.rule(rule, "ref:none", |row| index.count_of(rows.name(row)).sets == 0)
        }),
        Rule::SharedExternalId => checked.groups(rule, |row| Some(rows.external_id(row)).filter(|id| !id.is_empty())),
        Rule::LookAlike => checked.groups(rule, |row| Some(skeleton(rows.name(row)))),
        Rule::Unconventional => checked.unconventional(),
        Rule::NeverUsed => checked.by_use(rule, "is:unused created:>90d", |row| {
            rows.has_info(row) && rows.used(row) == NEVER && is_before(rows.created(row), now, OLD)
        }),
        Rule::Stale => checked.by_use(rule, "used:>90d", |row| is_before(rows.used(row), now, OLD)),
        Rule::Unlabelled => checked.rule(rule, "-has:label", |row| {
            rows.labels(row).all(|(key, _)| key == contract::BUNDLE_LABEL)
        }),
    };
    Rule::ALL.into_iter().map(|rule| (rule, outcome(rule))).collect()
}

/// The secrets that are checked.
struct Checked<'rows> {
    rows: &'rows Rows,
    all: Vec<Row>,
}

impl Checked<'_> {
    fn item(&self, row: Row) -> Item {
        Item {
            name: self.rows.name(row).to_owned(),
            id: Some(self.rows.id(row).to_owned()),
        }
    }

    /// The secrets that break a rule, which a query finds as well.
    fn rule(&self, rule: Rule, query: &str, is_broken: impl Fn(Row) -> bool) -> Outcome {
        let mut first = Vec::new();
        let mut count = 0;
        for row in self.all.iter().copied().filter(|row| is_broken(*row)) {
            count += 1;
            if first.len() < FIRST {
                first.push(vec![self.item(row)]);
            }
        }
        if count == 0 {
            return Outcome::Clear;
        }
        Outcome::Found(Finding {
            rule,
            count,
            first,
            target: Target::List(query.to_owned(), count),
        })
    }

    /// Like [`Self::rule`], unless the last use of no secret is known.
    fn by_use(&self, rule: Rule, query: &str, is_broken: impl Fn(Row) -> bool) -> Outcome {
        let is_known = |row: &Row| self.rows.has_info(*row) || self.rows.used(*row) != NEVER;
        if !self.all.is_empty() && !self.all.iter().any(is_known) {
            return Outcome::Unknown;
        }
        self.rule(rule, query, is_broken)
    }

    /// Secrets that share something with another one.
    fn groups<Key: std::hash::Hash + Eq>(&self, rule: Rule, key: impl Fn(Row) -> Option<Key>) -> Outcome {
        let mut by_key: HashMap<Key, Vec<Row>, FxBuildHasher> = HashMap::default();
        for row in &self.all {
            if let Some(key) = key(*row) {
                by_key.entry(key).or_default().push(*row);
            }
        }
        let mut groups: Vec<Vec<Row>> = by_key.into_values().filter(|rows| rows.len() > 1).collect();
        groups.sort_by(|one, other| {
            let name = |rows: &[Row]| rows.first().map(|row| self.rows.name(*row));
            name(one).cmp(&name(other)).then_with(|| one.cmp(other))
        });
        self.found(rule, &groups)
    }

    /// Names that are not `UPPER_SNAKE_CASE` although most are.
    fn unconventional(&self) -> Outcome {
        let others = self
            .all
            .iter()
            .copied()
            .filter(|row| !is_upper_snake(self.rows.name(*row)));
        let others: Vec<Vec<Row>> = others.map(|row| vec![row]).collect();
        if others.len() * 2 >= self.all.len() {
            return Outcome::Clear;
        }
        self.found(Rule::Unconventional, &others)
    }

    fn found(&self, rule: Rule, groups: &[Vec<Row>]) -> Outcome {
        if groups.is_empty() {
            return Outcome::Clear;
        }
        let ids = groups.iter().flatten().map(|row| self.rows.id(*row));
        let (query, shown) = of_ids(ids, MOST_IDS);
        let first = groups.iter().take(FIRST);
        Outcome::Found(Finding {
            rule,
            count: groups.iter().map(Vec::len).sum(),
            first: first
                .map(|rows| rows.iter().map(|row| self.item(*row)).collect())
                .collect(),
            target: if shown == 0 {
                Target::Nowhere
            } else {
                Target::List(query, shown)
            },
        })
    }

    fn missing(&self, index: &ReferenceIndex) -> Outcome {
        let names: HashSet<&str, FxBuildHasher> = self.all.iter().map(|row| self.rows.name(*row)).collect();
        let missing = index.missing(|name| names.contains(name));
        if missing.is_empty() {
            return Outcome::Clear;
        }
        let item = |(name, _): &(String, _)| {
            vec![Item {
                name: name.clone(),
                id: None,
            }]
        };
        Outcome::Found(Finding {
            rule: Rule::Missing,
            count: missing.len(),
            first: missing.iter().take(FIRST).map(item).collect(),
            target: Target::MissingReferences,
        })
    }
}

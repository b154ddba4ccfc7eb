//! Adds up tallies to the bars of the pictures. Each bar has the query that finds exactly the secrets that it counts.

use std::collections::BTreeMap;

use crate::list::folded;
use crate::overview::query_words::{and, of_bundle, of_creator, of_label};
use crate::overview::tally::{AGE_ENDS, AGES, Person, Tally, USE_ENDS, USES};

/// Bundles, creators and labels with a bar of their own; the others share one.
pub const TOP: usize = 6;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// By age.
    Age,
    /// By last use.
    LastUse,
    /// By bundle.
    Bundle,
    /// By who created them.
    Creator,
    /// By label.
    Label,
}

/// The secrets that a bar counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// Created in this span, counted from the youngest.
    Aged(usize),
    /// Last used in this span, counted from the latest.
    Used(usize),
    /// Never used.
    NeverUsed,
    /// Of this bundle.
    Bundle(String),
    /// Of a bundle without a bar.
    OtherBundles,
    /// Of no bundle.
    NoBundle,
    /// Created by this person or key.
    Creator(String),
    /// Created by others.
    OtherCreators,
    /// With this label.
    Label(String, String),
    /// With labels, none of which has a bar.
    OtherLabels,
    /// Without labels.
    NoLabels,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it counts.
    pub group: Group,
    /// How many.
    pub count: usize,
    /// The search text that finds exactly these.
    pub query: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it shows.
    pub topic: Topic,
    /// Its bars. A secret with several labels is in several bars.
    pub bars: Vec<Bar>,
    /// The secrets that are in no bar, because what the picture is about is not known of them.
    pub unknown: usize,
}

impl Figure {
    /// The count of the longest bar.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.bars.iter().map(|bar| bar.count).max().unwrap_or_default()
    }
}

/// All pictures of the secrets in these tallies.
#[must_use]
pub fn figures<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> Vec<Figure> {
    let tallies: Vec<&Tally> = tallies.into_iter().collect();
    vec![
        by_age(&tallies),
        by_last_use(&tallies),
        by_bundle(&tallies),
        by_creator(&tallies),
        by_label(&tallies),
    ]
}

fn sum(tallies: &[&Tally], count: impl Fn(&Tally) -> usize) -> usize {
    tallies.iter().map(|tally| count(tally)).sum()
}

fn at(counts: &[usize], place: usize) -> usize {
    counts.get(place).copied().unwrap_or_default()
}

/// The condition for a span: `created:<30d`, `created:>30d created:<90d`, `created:>90d`.
fn in_span(qualifier: &str, ends: &[(i64, &str)], span: usize) -> String {
    let longer = span.checked_sub(1).and_then(|before| ends.get(before));
    let longer = longer.map(|(_, age)| format!("{qualifier}:>{age}"));
    let shorter = ends.get(span).map(|(_, age)| format!("{qualifier}:<{age}"));
    and(longer.into_iter().chain(shorter))
}

fn by_age(tallies: &[&Tally]) -> Figure {
    let bar = |span: usize| Bar {
        group: Group::Aged(span),
        count: sum(tallies, |tally| at(&tally.ages, span)),
        query: in_span("created", &AGE_ENDS, span),
    };
    Figure {
        topic: Topic::Age,
        bars: (0..AGES).map(bar).collect(),
        unknown: sum(tallies, |tally| tally.ageless),
    }
}

fn by_last_use(tallies: &[&Tally]) -> Figure {
    let bar = |span: usize| Bar {
        group: Group::Used(span),
        count: sum(tallies, |tally| at(&tally.uses, span)),
        query: in_span("used", &USE_ENDS, span),
    };
    let never = Bar {
        group: Group::NeverUsed,
        count: sum(tallies, |tally| tally.never_used),
        query: "is:unused".to_owned(),
    };
    Figure {
        topic: Topic::LastUse,
        bars: std::iter::once(never).chain((0..USES).rev().map(bar)).collect(),
        unknown: sum(tallies, |tally| tally.use_unknown),
    }
}

/// What is counted, with the condition that finds it.
type Counted<Key> = (Key, usize, String);

/// The most frequent ones that a condition can name.
fn top<Key: Ord>(mut counted: Vec<(Key, usize)>, word: impl Fn(&Key) -> Option<String>) -> Vec<Counted<Key>> {
    counted.sort_by(|(one, count), (other, other_count)| other_count.cmp(count).then_with(|| one.cmp(other)));
    let worded = counted.into_iter().filter_map(|(key, count)| {
        let query = word(&key)?;
        Some((key, count, query))
    });
    worded.take(TOP).collect()
}

/// The condition for what is in none of these bars.
fn none_of<Key>(first: &str, shown: &[Counted<Key>]) -> String {
    let others = shown.iter().map(|(.., query)| format!("-{query}"));
    and(std::iter::once(first.to_owned()).chain(others))
}

fn by_bundle(tallies: &[&Tally]) -> Figure {
    let mut bundles: BTreeMap<&str, usize> = BTreeMap::new();
    for (bundle, count) in tallies.iter().flat_map(|tally| &tally.bundles) {
        *bundles.entry(bundle).or_default() += count;
    }
    let managed: usize = bundles.values().sum();
    let shown = top(bundles.into_iter().collect(), |bundle| of_bundle(bundle));
    let rest = managed - shown.iter().map(|(_, count, _)| count).sum::<usize>();
    let rest = (rest > 0).then(|| Bar {
        group: Group::OtherBundles,
        count: rest,
        query: none_of("is:managed", &shown),
    });
    let none = Bar {
        group: Group::NoBundle,
        count: sum(tallies, |tally| tally.unmanaged),
        query: "-is:managed".to_owned(),
    };
    let bar = |(bundle, count, query): Counted<&str>| Bar {
        group: Group::Bundle(bundle.to_owned()),
        count,
        query,
    };
    Figure {
        topic: Topic::Bundle,
        bars: shown.into_iter().map(bar).chain(rest).chain([none]).collect(),
        unknown: 0,
    }
}

impl Person {
    /// What tells a person from others: the id, if the server sends one.
    fn key(&self) -> &str {
        let texts = [&self.id, &self.email, &self.name];
        texts
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or("", String::as_str)
    }

    fn display_name(&self) -> &str {
        let texts = [&self.name, &self.email, &self.id];
        texts
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or("", String::as_str)
    }

    /// Whether `by:"…"` finds this person.
    fn is_found_by(&self, folded_text: &[u8]) -> bool {
        [&self.id, &self.name, &self.email]
            .into_iter()
            .any(|text| folded(text) == folded_text)
    }
}

fn by_creator(tallies: &[&Tally]) -> Figure {
    let mut people: BTreeMap<&Person, usize> = BTreeMap::new();
    for (person, count) in tallies.iter().flat_map(|tally| &tally.people) {
        *people.entry(person).or_default() += count;
    }
    let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
    for (person, count) in &people {
        *keys.entry(person.key()).or_default() += count;
    }
    let known: usize = keys.values().sum();
    let all: Vec<&Person> = people.keys().copied().collect();
    let of_key = |key: &str| -> Vec<&Person> { all.iter().copied().filter(|person| person.key() == key).collect() };
    // By name if only this creator has it. The same creator may be known without a name, too.
    let word = |key: &&str| {
        let texts = of_key(key)
            .into_iter()
            .flat_map(|person| [&person.name, &person.email, &person.id]);
        let finds_just_these = |text: &&String| {
            let text = folded(text);
            people
                .keys()
                .all(|person| person.is_found_by(&text) == (person.key() == *key))
        };
        texts.filter(finds_just_these).find_map(|text| of_creator(text))
    };
    let shown = top(keys.into_iter().collect(), word);
    let name = |key: &str| {
        let named = of_key(key)
            .into_iter()
            .max_by_key(|person| (!person.name.is_empty(), !person.email.is_empty()));
        named.map_or("", |person| person.display_name()).to_owned()
    };
    let rest = known - shown.iter().map(|(_, count, _)| count).sum::<usize>();
    let rest = (rest > 0).then(|| Bar {
        group: Group::OtherCreators,
        count: rest,
        query: none_of("has:creator", &shown),
    });
    let bar = |(key, count, query): &Counted<&str>| Bar {
        group: Group::Creator(name(key)),
        count: *count,
        query: query.clone(),
    };
    Figure {
        topic: Topic::Creator,
        bars: shown.iter().map(bar).chain(rest).collect(),
        unknown: sum(tallies, |tally| tally.orphans),
    }
}

fn by_label(tallies: &[&Tally]) -> Figure {
    let mut labels: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for tally in tallies {
        for (places, count) in &tally.combinations {
            for (key, value) in places.iter().filter_map(|place| tally.labels.get(*place)) {
                *labels.entry((key, value)).or_default() += count;
            }
        }
    }
    let shown = top(labels.into_iter().collect(), |(key, value)| of_label(key, value));
    let has_bar =
        |(key, value): &(String, String)| shown.iter().any(|(label, ..)| *label == (key.as_str(), value.as_str()));
    let rest: usize = sum(tallies, |tally| {
        let has_bar: Vec<bool> = tally.labels.iter().map(has_bar).collect();
        let is_in_bar = |place: &usize| has_bar.get(*place) == Some(&true);
        let others = tally
            .combinations
            .iter()
            .filter(|(places, _)| !places.iter().any(is_in_bar));
        others.map(|(_, count)| count).sum()
    });
    let rest = (rest > 0).then(|| Bar {
        group: Group::OtherLabels,
        count: rest,
        query: none_of("has:label", &shown),
    });
    let none = Bar {
        group: Group::NoLabels,
        count: sum(tallies, |tally| tally.unlabelled),
        query: "-has:label".to_owned(),
    };
    let bar = |((key, value), count, query): &Counted<(&str, &str)>| Bar {
        group: Group::Label((*key).to_owned(), (*value).to_owned()),
        count: *count,
        query: query.clone(),
    };
    Figure {
        topic: Topic::Label,
        bars: shown.iter().map(bar).chain(rest).chain([none]).collect(),
        unknown: 0,
    }
}

//! Every bar and finding has a query, and the list that it filters shows exactly what was counted.

use std::collections::BTreeSet;

use contract::{Adapter, AdapterKind, ToolSet, ToolSetId, ToolSetState, WorkspaceId};
use proptest::prelude::*;

use super::figures::{Figure, Group, TOP, Topic, figures};
use super::findings::{Finding, Outcome, Rule, Target, check};
use super::muted::Muted;
use super::tally::Tally;
use super::told;
use crate::list::find::Finder;
use crate::list::instant::{Instant, NEVER};
use crate::list::query::Tokens;
use crate::list::{Creator, Facts, List, Query};
use crate::references::index::ReferenceIndex;
use crate::route::{ListState, Route};

const DAY: Instant = 86_400_000;
const NOW: Instant = 1_800_000_000_000;

#[derive(Debug, Clone)]
struct Secret {
    name: String,
    external_id: String,
    labels: Vec<(String, String)>,
    bundle: String,
    creator: [String; 3],
    created: Option<i64>,
    used: Option<i64>,
    has_info: bool,
}

impl Default for Secret {
    fn default() -> Self {
        Self {
            name: "NAME".to_owned(),
            external_id: String::new(),
            labels: vec![("env".to_owned(), "prod".to_owned())],
            bundle: String::new(),
            creator: ["p".to_owned(), "Zoë".to_owned(), String::new()],
            created: Some(0),
            used: None,
            has_info: true,
        }
    }
}

fn named(name: &str) -> Secret {
    Secret {
        name: name.to_owned(),
        ..Secret::default()
    }
}

fn list(secrets: &[Secret]) -> List {
    let mut list = List::default();
    for (number, secret) in secrets.iter().enumerate() {
        let ago = |days: Option<i64>| days.map_or(NEVER, |days| NOW - days * DAY);
        let mut labels: Vec<(&str, &str)> = secret.labels.iter().map(|(key, value)| (&**key, &**value)).collect();
        if !secret.bundle.is_empty() {
            labels.push((contract::BUNDLE_LABEL, &secret.bundle));
        }
        let [id, name, email] = &secret.creator;
        list.put(&Facts {
            id: &format!("s-{number}"),
            name: &secret.name,
            external_id: &secret.external_id,
            labels: &labels,
            bundle: &secret.bundle,
            creator: Creator {
                id,
                name,
                email,
                kind: "",
            },
            created: ago(secret.created),
            used: ago(secret.used),
            has_info: secret.has_info,
            ..Facts::default()
        });
    }
    list
}

/// The ids that a search text leaves, after the way through an address and the search box.
fn found(list: &List, search: &str) -> BTreeSet<String> {
    let state = ListState {
        search: search.to_owned(),
        ..ListState::default()
    };
    let address = Route::Secrets(WorkspaceId::parse("w").unwrap(), state).to_path();
    let Some(Route::Secrets(_, state)) = Route::parse_local(&address) else {
        panic!("{address}");
    };
    let query = Query::parse(&Tokens::of(&state.search, false).text());
    assert!(query.notes.is_empty(), "{search}: {:?}", query.notes);
    assert!(!query.has_text(), "{search}");
    let rows = list.rows();
    let finder = Finder::new(&query, rows, NOW);
    let fitting = (0..rows.end()).filter(|row| finder.fit(rows, *row).is_some());
    fitting.map(|row| rows.id(row).to_owned()).collect()
}

/// The secrets of a group, read plainly.
fn members(secrets: &[Secret], figure: &Figure, group: &Group) -> BTreeSet<String> {
    let barred = |wanted: &dyn Fn(&Group) -> bool| figure.bars.iter().any(|bar| wanted(&bar.group));
    let span = |days: i64, ends: &[i64]| ends.iter().filter(|end| days >= **end).count();
    let name = |secret: &Secret| {
        // By whichever of them the creator is named.
        let same: Vec<&Secret> = secrets
            .iter()
            .filter(|other| other.creator[0] == secret.creator[0])
            .collect();
        let names = same.iter().map(|it| &it.creator[1]).filter(|name| !name.is_empty());
        names.max().cloned()
    };
    let is_in = |secret: &Secret| match group {
        Group::Aged(wanted) => secret
            .created
            .is_some_and(|days| span(days, &[30, 90, 180, 365]) == *wanted),
        Group::Used(wanted) => secret.used.is_some_and(|days| span(days, &[30, 90, 180]) == *wanted),
        Group::NeverUsed => secret.used.is_none() && secret.has_info,
        Group::Bundle(bundle) => secret.bundle == *bundle,
        Group::NoBundle => secret.bundle.is_empty(),
        Group::OtherBundles => {
            !secret.bundle.is_empty() && !barred(&|group| matches!(group, Group::Bundle(it) if *it == secret.bundle))
        }
        Group::Creator(who) => name(secret).as_ref() == Some(who),
        Group::OtherCreators => {
            let is_known = secret.creator.iter().any(|text| !text.is_empty());
            is_known && !barred(&|group| matches!(group, Group::Creator(who) if name(secret).as_ref() == Some(who)))
        }
        Group::Label(key, value) => secret.labels.contains(&(key.clone(), value.clone())),
        Group::NoLabels => secret.labels.is_empty(),
        Group::OtherLabels => {
            let is_barred = |(key, value): &(String, String)| {
                barred(&|group| matches!(group, Group::Label(own_key, own) if (own_key, own) == (key, value)))
            };
            !secret.labels.is_empty() && !secret.labels.iter().any(is_barred)
        }
    };
    let numbers = secrets.iter().enumerate().filter(|(_, secret)| is_in(secret));
    numbers.map(|(number, _)| format!("s-{number}")).collect()
}

prop_compose! {
    fn secrets()(
        name in "[aA0oO1l_.-]{1,3}", external_id in "[ab]{0,1}",
        labels in proptest::collection::btree_map("[kK][ =\"]?", "[vV]?[\" a]{0,1}", 0..3),
        bundle in "[xyzXYZ]?[ \":a-]{0,1}", person in 0_usize..9, is_named in any::<bool>(),
        created in proptest::option::of(0_i64..500), used in proptest::option::of(0_i64..300), has_info in any::<bool>(),
    ) -> Secret {
        // Names that contain each other, are ids or emails of others, or can't be said.
        let name_of = ["Ann", "Annika", "ann b", "p3", "An\"n", "P3x", "e5", "Zoë", ""][person];
        let creator = match person {
            8 => [String::new(), String::new(), String::new()],
            _ => [format!("p{person}"), if is_named { name_of.to_owned() } else { String::new() }, format!("e{person}")],
        };
        let used = used.filter(|_| has_info);
        Secret { name, external_id, labels: labels.into_iter().collect(), bundle, creator, created, used, has_info }
    }
}

proptest! {
    #[test]
    fn the_query_of_a_bar_finds_exactly_what_it_counts(secrets in proptest::collection::vec(secrets(), 0..40)) {
        let list = list(&secrets);
        let tally = Tally::of(list.rows(), NOW);
        prop_assert_eq!(tally.total, secrets.len());
        for figure in figures([&tally]) {
            for bar in &figure.bars {
                let found = found(&list, &bar.query);
                prop_assert_eq!(found.len(), bar.count, "{:?} {}", &bar.group, &bar.query);
                let is_by_name = matches!(&bar.group, Group::Creator(_) | Group::OtherCreators);
                // A creator without a name is named by its email: the plain reading knows names only.
                if !is_by_name || secrets.iter().all(|secret| !secret.creator[1].is_empty()) {
                    prop_assert_eq!(&found, &members(&secrets, &figure, &bar.group), "{:?} {}", &bar.group, &bar.query);
                }
            }
            let all: usize = figure.bars.iter().map(|bar| bar.count).sum();
            if figure.topic == Topic::Label {
                prop_assert!(all >= secrets.len());
            } else {
                prop_assert_eq!(all + figure.unknown, secrets.len(), "{:?}", figure.topic);
            }
        }
    }

    #[test]
    fn the_query_of_a_finding_finds_exactly_its_secrets(secrets in proptest::collection::vec(secrets(), 0..40)) {
        let list = list(&secrets);
        let checked = check(list.rows(), NOW, true, None);
        for (rule, outcome) in checked {
            let count = match rule {
                Rule::NeverUsed => secrets.iter().filter(|it| it.has_info && it.used.is_none() && it.created.is_some_and(|days| days >= 90)).count(),
                Rule::Stale => secrets.iter().filter(|it| it.used.is_some_and(|days| days >= 90)).count(),
                Rule::Unlabelled => secrets.iter().filter(|it| it.labels.is_empty()).count(),
                Rule::SharedExternalId => secrets.iter().filter(|it| {
                    let same = secrets.iter().filter(|other| other.external_id == it.external_id);
                    !it.external_id.is_empty() && same.count() > 1
                }).count(),
                Rule::LookAlike => {
                    let plain = |name: &str| name.to_lowercase().replace(['-', '.'], "_").replace('0', "o").replace('1', "l");
                    secrets.iter().filter(|it| secrets.iter().filter(|other| plain(&other.name) == plain(&it.name)).count() > 1).count()
                }
                _ => continue,
            };
            match outcome {
                Outcome::Found(Finding { count: told, target: Target::List(query, shown), first, .. }) => {
                    prop_assert_eq!(told, count, "{:?}", rule);
                    let found = found(&list, &query);
                    prop_assert_eq!(found.len(), shown);
                    prop_assert_eq!(shown, count.min(60));
                    let named = first.iter().flatten().filter_map(|item| item.id.clone());
                    prop_assert!(named.into_iter().all(|id| found.contains(&id)));
                }
                Outcome::Clear => prop_assert_eq!(count, 0, "{:?}", rule),
                outcome => prop_assert!(outcome == Outcome::Unknown && rule.needs_last_use() && secrets.iter().all(|it| !it.has_info)),
            }
        }
    }
}

fn finding(list: &List, wanted: Rule, references: Option<&ReferenceIndex>) -> Outcome {
    let checked = check(list.rows(), NOW, true, references);
    checked.into_iter().find(|(rule, _)| *rule == wanted).unwrap().1
}

fn names(outcome: Outcome) -> Vec<Vec<String>> {
    let Outcome::Found(finding) = outcome else {
        return Vec::new();
    };
    let group = |group: &Vec<super::findings::Item>| group.iter().map(|item| item.name.clone()).collect();
    finding.first.iter().map(group).collect()
}

#[test]
fn names_that_look_alike_are_found_together() {
    let list = list(
        &[
            "STRIPE_API_KEY",
            "stripe-api-key",
            "DB.URL",
            "DB_URL",
            "C0DE",
            "CODE",
            "OTHER",
        ]
        .map(named),
    );
    assert_eq!(
        names(finding(&list, Rule::LookAlike, None)),
        [
            vec!["C0DE", "CODE"],
            vec!["DB.URL", "DB_URL"],
            vec!["STRIPE_API_KEY", "stripe-api-key"]
        ]
    );
}

#[test]
fn a_convention_needs_a_majority() {
    let few = list(&["A_KEY", "B_KEY", "c-key"].map(named));
    assert_eq!(names(finding(&few, Rule::Unconventional, None)), [vec!["c-key"]]);
    let half = list(&["A_KEY", "c-key"].map(named));
    assert_eq!(finding(&half, Rule::Unconventional, None), Outcome::Clear);
    assert_eq!(finding(&list(&[]), Rule::Unconventional, None), Outcome::Clear);
}

#[test]
fn references_are_checked_once_they_are_read_and_all_secrets_loaded() {
    let mut index = ReferenceIndex::default();
    for name in ["USED", "GONE"] {
        index.add_set(&ToolSet {
            id: ToolSetId::parse(name).unwrap(),
            name: name.to_owned(),
            state: ToolSetState::Active,
            adapter: Adapter {
                kind: AdapterKind::Http,
                url: None,
                base_url: None,
                headers: vec![("X".to_owned(), format!("${{{name}}}"))],
            },
            secrets: Vec::new(),
        });
    }
    let mut list = list(&["USED", "SPARE"].map(named));
    assert_eq!(names(finding(&list, Rule::Missing, Some(&index))), [["GONE"]]);
    assert_eq!(names(finding(&list, Rule::Unreferenced, Some(&index))), [["SPARE"]]);
    list.set_uses(&|name| u32::try_from(index.count_of(name).sets).ok());
    assert_eq!(found(&list, "ref:none"), BTreeSet::from(["s-1".to_owned()]));
    for rule in [Rule::Missing, Rule::Unreferenced] {
        assert_eq!(finding(&list, rule, None), Outcome::Unknown);
        let partial = check(list.rows(), NOW, false, Some(&index));
        assert!(
            partial.contains(&(rule, Outcome::Unknown)),
            "a name that is not loaded is not missing"
        );
    }
}

#[test]
fn several_workspaces_add_up_and_a_hidden_secret_is_not_counted() {
    let bundles = |names: &[&str]| {
        let secret = |name: &&str| Secret {
            bundle: (*name).to_owned(),
            ..Secret::default()
        };
        names.iter().map(secret).collect::<Vec<_>>()
    };
    let one = list(&bundles(&["a", "a", "b", "c", "d", "e", "f", "g"]));
    let mut other = list(&bundles(&["a", "g", "g", ""]));
    other.set_hidden("s-0", true);
    let tallies = [&one, &other].map(|list| Tally::of(list.rows(), NOW));
    let figures = figures(&tallies);
    let figure = figures.iter().find(|figure| figure.topic == Topic::Bundle).unwrap();
    let counts: Vec<(Group, usize)> = figure.bars.iter().map(|bar| (bar.group.clone(), bar.count)).collect();
    let bundle = |name: &str, count| (Group::Bundle(name.to_owned()), count);
    assert_eq!(counts.len(), TOP + 2);
    assert_eq!(counts[..3], [bundle("g", 3), bundle("a", 2), bundle("b", 1)]);
    assert_eq!(counts[TOP..], [(Group::OtherBundles, 1), (Group::NoBundle, 1)]);
    assert_eq!(
        figure.bars[TOP].query,
        "is:managed -bundle:g -bundle:a -bundle:b -bundle:c -bundle:d -bundle:e"
    );
    assert_eq!(
        found(&one, &figure.bars[TOP].query).len() + found(&other, &figure.bars[TOP].query).len(),
        1
    );
}

#[test]
fn what_is_muted_comes_back_from_storage() {
    let workspace = |id: &str| WorkspaceId::parse(id).unwrap();
    let mut muted = Muted::default();
    assert!(muted.is_empty());
    let odd = workspace("w 1/\nx");
    muted.set(&odd, Rule::LookAlike, true);
    muted.set(&workspace("w"), Rule::Stale, true);
    muted.set(&workspace("w"), Rule::Stale, false);
    let read = Muted::parse(&format!("nonsense\nstale \nno-rule w\n{}", muted.to_text()));
    assert_eq!(read, muted);
    assert!(read.has(&odd, Rule::LookAlike) && !read.has(&odd, Rule::Stale));
    assert!(!read.has(&workspace("w"), Rule::Stale));
}

#[test]
fn bars_are_named_in_words() {
    let name = |group: &Group, count| told::name(group, count, |count| count.to_string());
    assert_eq!(name(&Group::NeverUsed, 42), "42 secrets never used");
    assert_eq!(name(&Group::Aged(0), 1), "1 secret created in the last 30 days");
    assert_eq!(name(&Group::Used(3), 2), "2 secrets last used more than 180 days ago");
    assert_eq!(
        name(&Group::Label("env".to_owned(), "prod".to_owned()), 2),
        "2 secrets with the label env=prod"
    );
    assert_eq!(told::label(&Group::Label("env".to_owned(), String::new())), "env");
    assert_eq!(told::share(1, 1000), "1%");
    assert_eq!(told::share(999, 1000), "99%");
    assert_eq!([told::share(0, 0), told::share(5, 5)], ["0%", "100%"]);
    for rule in Rule::ALL {
        assert_ne!(told::rule(rule).0, told::rule(rule).1);
    }
}

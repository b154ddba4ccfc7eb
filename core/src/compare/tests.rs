use std::collections::{BTreeMap, BTreeSet};

use contract::{Adapter, AdapterKind, ToolSet, ToolSetId, ToolSetState};
use proptest::prelude::*;

use super::csv::{Exported, export};
use super::grid::{Column, Grid, Known, Shown, Title, join};
use super::moves::{Place, Size, step};
use super::told;
use crate::list::instant::NEVER;
use crate::list::{Facts, List};
use crate::references::index::ReferenceIndex;
use crate::route::CompareBy;

#[derive(Debug, Clone, Default)]
struct Secret {
    name: String,
    external_id: String,
    bundle: String,
    labels: BTreeMap<String, String>,
    used: Option<i64>,
}

fn named(name: &str) -> Secret {
    Secret {
        name: name.to_owned(),
        ..Secret::default()
    }
}

fn labelled(name: &str, key: &str, value: &str) -> Secret {
    Secret {
        labels: BTreeMap::from([(key.to_owned(), value.to_owned())]),
        ..named(name)
    }
}

fn list(secrets: &[Secret]) -> List {
    let mut list = List::default();
    // What is put comes first.
    for (number, secret) in secrets.iter().enumerate().rev() {
        let labels: Vec<(&str, &str)> = secret.labels.iter().map(|(key, value)| (&**key, &**value)).collect();
        list.put(&Facts {
            id: &format!("s{number}"),
            name: &secret.name,
            external_id: &secret.external_id,
            bundle: &secret.bundle,
            labels: &labels,
            created: NEVER,
            updated: NEVER,
            used: secret.used.unwrap_or(NEVER),
            has_info: secret.used.is_some(),
            ..Facts::default()
        });
    }
    list
}

fn joined(lists: &[List], by: CompareBy) -> Grid {
    let column = |list| {
        Some(Column {
            list,
            known: Known::Complete,
            references: None,
        })
    };
    join(&lists.iter().map(column).collect::<Vec<_>>(), by)
}

fn titles(grid: &Grid) -> Vec<&str> {
    let titles = (0..grid.len()).filter_map(|line| grid.title(line));
    titles.map(|title| &*title.text).collect()
}

fn line(grid: &Grid, text: &str) -> usize {
    let title = Title {
        text: text.into(),
        bundle: "".into(),
    };
    grid.find(&title).unwrap()
}

/// The cells of a line as their states.
fn states(grid: &Grid, text: &str, known: &[Known]) -> Vec<String> {
    let cells = grid.cells(line(grid, text)).iter().zip(known);
    cells
        .map(|(cell, known)| told::short(*cell, *known).join(", "))
        .collect()
}

#[test]
fn what_is_where_in_natural_order() {
    let grid = joined(
        &[
            list(&[named("KEY_10"), named("KEY_9"), named("A")]),
            list(&[named("A"), named("A"), named("key_9")]),
        ],
        CompareBy::Name,
    );
    // Names are the server's: one that keeps names has both.
    assert_eq!(titles(&grid), ["A", "KEY_9", "key_9", "KEY_10"]);
    let known = [Known::Complete; 2];
    assert_eq!(states(&grid, "A", &known), ["present", "2 secrets"]);
    assert_eq!(states(&grid, "KEY_10", &known), ["present", "missing"]);
    assert_eq!(states(&grid, "key_9", &known), ["missing", "present"]);
}

#[test]
fn absence_is_called_missing_only_where_everything_is_loaded() {
    let grid = joined(&[list(&[named("A")]), List::default()], CompareBy::Name);
    for (known, told) in [
        (Known::Loading, "not loaded yet"),
        (Known::Stopped, "not loaded"),
        (Known::NoAccess, "no access"),
        (Known::NotFound, "not found"),
        (Known::Archived, "archived"),
        (Known::Failed, "failed to load"),
        (Known::Complete, "missing"),
    ] {
        let known = [Known::Complete, known];
        assert_eq!(states(&grid, "A", &known)[1], told);
        let is_missing = known[1] == Known::Complete;
        assert_eq!(grid.count(Shown::Missing, &known), usize::from(is_missing), "{told}");
        // What can't be read has no say; what still comes has.
        let is_only = !matches!(known[1], Known::Loading | Known::Stopped);
        assert_eq!(grid.count(Shown::Only(0), &known), usize::from(is_only), "{told}");
    }
}

#[test]
fn differences_are_those_from_the_first_workspace_that_has_it() {
    let other = Secret {
        external_id: "vault:b".to_owned(),
        bundle: "core".to_owned(),
        ..labelled("A", "env", "dev")
    };
    let lists = [
        list(&[]),
        list(&[labelled("A", "env", "prod")]),
        list(&[other]),
        list(&[labelled("A", "env", "prod")]),
    ];
    let grid = joined(&lists, CompareBy::Name);
    let known = [Known::Complete; 4];
    assert_eq!(
        states(&grid, "A", &known),
        [
            "missing",
            "present",
            "labels differ, external ID differs, bundle differs, managed",
            "present"
        ]
    );
    assert_eq!(grid.base(0), Some(1));
    let workspaces: Vec<told::Workspace<'_>> = ["One", "Two", "Three", "Four"]
        .into_iter()
        .zip(&lists)
        .map(|(name, list)| told::Workspace {
            name,
            known: Known::Complete,
            rows: Some(list.rows()),
        })
        .collect();
    assert_eq!(
        told::details(&grid, 0, 2, &workspaces, Some("last used 3 days ago")),
        "present, labels differ from Two: env, external ID differs from Two, bundle differs from Two, managed by core, last used 3 days ago"
    );
    let state = told::details(&grid, 0, 0, &workspaces, None);
    assert_eq!(told::name("A", "One", &state), "A in One: missing");
}

#[test]
fn by_external_id_names_may_differ_and_secrets_without_one_are_left_out() {
    let with = |name: &str, external_id: &str| Secret {
        external_id: external_id.to_owned(),
        ..named(name)
    };
    let grid = joined(
        &[list(&[with("A", "x"), named("B")]), list(&[with("C", "x")])],
        CompareBy::ExternalId,
    );
    assert_eq!(titles(&grid), ["x"]);
    assert_eq!(states(&grid, "x", &[Known::Complete; 2]), ["present", "name differs"]);
    assert_eq!((grid.unjoined(0), grid.unjoined(1)), (1, 0));
}

#[test]
fn by_bundle_the_same_name_in_two_bundles_is_two_lines() {
    let with = |name: &str, bundle: &str| Secret {
        bundle: bundle.to_owned(),
        ..named(name)
    };
    let grid = joined(
        &[
            list(&[with("A", "x"), with("A", "y"), named("A")]),
            list(&[with("A", "y")]),
        ],
        CompareBy::Bundle,
    );
    let found: Vec<(&str, usize)> = (0..3)
        .map(|line| (&*grid.title(line).unwrap().bundle, grid.cell(line, 1).times()))
        .collect();
    assert_eq!(found, [("", 0), ("x", 0), ("y", 1)]);
    assert_eq!(
        grid.shown("a Y", Shown::All, &[Known::Complete; 2]),
        [2],
        "a bundle is found, too"
    );
}

fn refers_to(name: &str) -> ReferenceIndex {
    let mut index = ReferenceIndex::default();
    index.add_set(&ToolSet {
        id: ToolSetId::parse("t").unwrap(),
        name: "Set".to_owned(),
        secrets: Vec::new(),
        state: ToolSetState::Active,
        adapter: Adapter {
            kind: AdapterKind::Http,
            url: None,
            base_url: None,
            headers: vec![("Authorization".to_owned(), format!("Bearer ${{{name}}}"))],
        },
    });
    index
}

#[test]
fn a_name_that_is_referred_to_and_missing_is_a_line() {
    let lists = [list(&[named("A")]), list(&[])];
    let (first, second) = (refers_to("B"), refers_to("A"));
    let columns = |known| {
        [
            Some(Column {
                list: &lists[0],
                known: Known::Complete,
                references: Some(&first),
            }),
            Some(Column {
                list: &lists[1],
                known,
                references: Some(&second),
            }),
        ]
    };
    let grid = join(&columns(Known::Complete), CompareBy::Name);
    let known = [Known::Complete; 2];
    assert_eq!(
        states(&grid, "A", &known),
        ["present", "missing, referred to by tool sets"]
    );
    assert_eq!(
        states(&grid, "B", &known),
        ["missing, referred to by tool sets", "missing"]
    );
    // While a workspace is loaded, nothing is missing from it.
    let grid = join(&columns(Known::Loading), CompareBy::Name);
    assert!(!grid.cell(line(&grid, "A"), 1).is_referred_to());
}

#[test]
fn keys_move_and_stay_inside() {
    let size = Size {
        lines: 100,
        columns: 4,
        page: 10,
    };
    let from = Place { line: 5, column: 1 };
    for (key, is_command, line, column) in [
        ("ArrowDown", false, 6, 1),
        ("ArrowUp", false, 4, 1),
        ("ArrowLeft", false, 5, 0),
        ("ArrowRight", false, 5, 2),
        ("PageDown", false, 15, 1),
        ("PageUp", false, 0, 1),
        ("Home", false, 5, 0),
        ("End", false, 5, 3),
        ("Home", true, 0, 0),
        ("End", true, 99, 3),
    ] {
        assert_eq!(step(key, is_command, from, size), Some(Place { line, column }), "{key}");
    }
    assert_eq!(step("Enter", false, from, size), None);
    assert_eq!(step("ArrowDown", true, from, size), None);
    assert_eq!(step("ArrowDown", false, from, Size { lines: 0, ..size }), None);
}

/// Reads CSV as RFC 4180 says, the plainest way.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(std::mem::take(&mut field)),
            '\r' if !is_quoted => {
                assert_eq!(characters.next(), Some('\n'), "a bare line break");
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            _ => field.push(character),
        }
    }
    assert!(record.is_empty() && field.is_empty() && !is_quoted);
    records
}

#[test]
fn an_export_has_the_state_and_the_facts_of_each_workspace() {
    let secret = Secret {
        external_id: "=1+1".to_owned(),
        bundle: "core".to_owned(),
        used: Some(0),
        ..labelled("A", "env", "prod")
    };
    let lists = [list(&[secret]), list(&[])];
    let grid = joined(&lists, CompareBy::Name);
    let exported: Vec<Exported<'_>> = ["One, Two", "@sum"]
        .into_iter()
        .zip(&lists)
        .map(|(name, list)| Exported {
            name,
            known: Known::Complete,
            rows: Some(list.rows()),
        })
        .collect();
    let csv = export(&grid, &[0], &exported);
    let records = read_csv(&csv);
    assert_eq!(records[0][..3], ["Name", "One, Two", "One, Two: External ID"]);
    assert_eq!(records[0][6], "'@sum");
    assert_eq!(
        records[1],
        [
            "A",
            "present, managed",
            "'=1+1",
            "env=prod",
            "core",
            "1970-01-01T00:00:00Z",
            "missing",
            "",
            "",
            "",
            ""
        ]
    );
}

prop_compose! {
    fn secrets()(
        name in "[ABab_0-9]{0,3}", external_id in "[xy]{0,2}", bundle in "[pq]{0,1}",
        labels in proptest::collection::btree_map("[kl]", "[vw]{0,1}", 0..3), used in proptest::option::of(0_i64..9),
    ) -> Secret {
        Secret { name, external_id, bundle, labels, used }
    }
}

fn workspaces() -> impl Strategy<Value = Vec<Vec<Secret>>> {
    proptest::collection::vec(proptest::collection::vec(secrets(), 0..20), 1..6)
}

proptest! {
    /// Against the plainest way: looking at every secret of every workspace for each line.
    #[test]
    fn the_join_equals_looking_at_every_secret(workspaces in workspaces(), by in 0..3_usize) {
        let by = CompareBy::ALL[by];
        let key = |secret: &Secret| match by {
            CompareBy::Name => (secret.name.clone(), String::new()),
            CompareBy::ExternalId => (secret.external_id.clone(), String::new()),
            CompareBy::Bundle => (secret.name.clone(), secret.bundle.clone()),
        };
        let lists: Vec<List> = workspaces.iter().map(|secrets| list(secrets)).collect();
        let grid = joined(&lists, by);
        let keys: BTreeSet<(String, String)> = workspaces.iter().flatten().map(key).filter(|key| !key.0.is_empty()).collect();
        let found: BTreeSet<(String, String)> = (0..grid.len())
            .map(|line| grid.title(line).map(|title| (title.text.to_string(), title.bundle.to_string())).unwrap())
            .collect();
        prop_assert_eq!(&found, &keys);
        prop_assert_eq!(grid.len(), keys.len());
        for line in 0..grid.len() {
            let title = grid.title(line).unwrap();
            let wanted = (title.text.to_string(), title.bundle.to_string());
            let of = |column: usize| workspaces[column].iter().filter(|secret| key(secret) == wanted).collect::<Vec<_>>();
            let base = (0..workspaces.len()).find(|column| !of(*column).is_empty());
            prop_assert_eq!(grid.base(line), base);
            let first = of(base.unwrap())[0].clone();
            for (column, list) in lists.iter().enumerate() {
                let (cell, there) = (grid.cell(line, column), of(column));
                prop_assert_eq!(cell.times(), there.len());
                prop_assert_eq!(grid.rows(line, list).len(), there.len());
                let Some(own) = there.first() else { continue };
                prop_assert_eq!(list.rows().name(cell.row().unwrap()), &own.name);
                prop_assert_eq!(cell.has_other_labels(), own.labels != first.labels);
                prop_assert_eq!(cell.has_other_external_id(), own.external_id != first.external_id);
                prop_assert_eq!(cell.has_other_bundle(), own.bundle != first.bundle);
                prop_assert_eq!(cell.has_other_name(), own.name != first.name);
                prop_assert_eq!(cell.is_managed(), !own.bundle.is_empty());
            }
            let here: Vec<usize> = (0..workspaces.len()).filter(|column| !of(*column).is_empty()).collect();
            let known = vec![Known::Complete; workspaces.len()];
            prop_assert_eq!(grid.is_shown(line, Shown::Missing, &known), here.len() < workspaces.len());
            for column in 0..workspaces.len() {
                prop_assert_eq!(grid.is_shown(line, Shown::Only(column), &known), here == [column]);
            }
        }
    }

    /// Whatever is exported is read again, and nothing in it is a formula.
    #[test]
    fn an_export_is_csv_and_no_formula(texts in proptest::collection::vec("[=+\\-@\t\r\n,\"'a ]{0,6}", 1..8), name in any::<String>()) {
        let secrets: Vec<Secret> = texts.iter().map(|text| Secret {
            external_id: text.clone(),
            labels: BTreeMap::from([(text.clone(), text.clone())]),
            ..named(text)
        }).collect();
        let lists = [list(&secrets)];
        let grid = joined(&lists, CompareBy::Name);
        let lines = grid.shown("", Shown::All, &[Known::Complete]);
        let exported = [Exported { name: &name, known: Known::Complete, rows: Some(lists[0].rows()) }];
        let csv = export(&grid, &lines, &exported);
        let records = read_csv(&csv);
        prop_assert_eq!(records.len(), lines.len() + 1);
        for (number, record) in records.iter().enumerate() {
            prop_assert_eq!(record.len(), 6);
            for field in record {
                prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", field);
            }
            if let Some(title) = number.checked_sub(1).and_then(|line| grid.title(line)) {
                let kept = record[0].strip_prefix('\'').unwrap_or(&record[0]);
                prop_assert!(record[0] == *title.text || kept == &*title.text);
            }
        }
    }

    #[test]
    fn no_key_leaves_the_grid(
        keys in proptest::collection::vec((0..8_usize, any::<bool>()), 0..40), lines in 1..30_usize, columns in 1..13_usize,
    ) {
        const KEYS: [&str; 8] = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "PageDown", "PageUp"];
        let mut place = Place::default();
        for (key, is_command) in keys {
            place = step(KEYS[key], is_command, place, Size { lines, columns, page: 7 }).unwrap_or(place);
            prop_assert!(place.line < lines && place.column < columns);
        }
    }
}

/// Prints how long it takes; see the module `grid`.
#[test]
fn twelve_times_ten_thousand() {
    let lists: Vec<List> = (0..12)
        .map(|workspace| {
            let secrets: Vec<Secret> = (0..10_000)
                .filter(|number| number % 13 != workspace)
                .map(|number| {
                    labelled(
                        &format!("SERVICE_{}_KEY_{number}", number % 97),
                        "env",
                        if number % 50 == workspace { "b" } else { "a" },
                    )
                })
                .collect();
            list(&secrets)
        })
        .collect();
    let started = std::time::Instant::now();
    let grid = joined(&lists, CompareBy::Name);
    let took = started.elapsed();
    let known = [Known::Complete; 12];
    let started = std::time::Instant::now();
    let shown = grid.shown("key_99", Shown::Missing, &known);
    println!(
        "join {took:?}, keystroke {:?}, {} KB",
        started.elapsed(),
        grid.capacity() / 1024
    );
    assert_eq!(grid.len(), 10_000);
    assert!(!shown.is_empty());
    assert!(grid.count(Shown::Differs, &known) > 1_000);
}

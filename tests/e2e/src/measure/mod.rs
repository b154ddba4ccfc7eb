//! The speed of the list, measured beside a peer that does the same by the usual means.
//!
//! Both sites are served by the local API, each by its own with the same secrets, and driven by the same script in
//! browsers of their own, in turn: what else the machine does hits both. Nothing in either knows that it is measured;
//! `probe.js` looks at both with the same eyes. Each number is one run's; the tables show medians.

mod browser;
mod metric;
mod options;
mod report;
mod statistics;
mod visit;

use crate::local_api::built_site;
use crate::process::{repository, required};

use self::metric::Side;
use self::options::Options;
use self::report::Report;
use self::visit::{Place, Told};

/// Measures, and returns the tables in Markdown.
///
/// # Errors
///
/// What is wrong with the command line.
///
/// # Panics
///
/// Where a site, the server or the browser is missing, and where the two sides do not show the same.
pub fn measure(arguments: impl IntoIterator<Item = String>) -> Result<String, String> {
    let options = Options::parse(arguments)?;
    let peer = required(
        "STRONGROOM_PEER",
        &[repository().join("tests/peer/dist")],
        "run `npm ci && npm run build` in tests/peer",
    );
    let (ours, peer) = (built_site().display().to_string(), peer.display().to_string());
    let mut report = Report::default();
    for size in &options.sizes {
        let places = [
            Place::open(Side::Ours, &ours, *size),
            Place::open(Side::Peer, &peer, *size),
        ];
        for slowed in &options.slowed {
            for run in 1..=options.runs {
                eprintln!(
                    "{size} secrets, CPU slowed {slowed} times, run {run} of {}",
                    options.runs
                );
                run_all(&places, *slowed, &mut report);
            }
        }
    }
    let mut sizes = options.sizes.clone();
    if let Some((workspaces, secrets)) = options.across {
        let places = [
            Place::open_across(Side::Ours, &ours, workspaces, secrets),
            Place::open_across(Side::Peer, &peer, workspaces, secrets),
        ];
        for slowed in &options.slowed {
            for run in 1..=options.runs {
                eprintln!(
                    "{workspaces} workspaces of {secrets} secrets, CPU slowed {slowed} times, run {run} of {}",
                    options.runs
                );
                run_visit(&places, Place::search_across, *slowed, &mut report);
            }
        }
        // Beside each other are the first workspaces of the same seed, as many as a grid has columns.
        let places = places.map(Place::beside_each_other);
        for slowed in &options.slowed {
            for run in 1..=options.runs {
                eprintln!("side by side, CPU slowed {slowed} times, run {run} of {}", options.runs);
                run_visit(&places, Place::compare, *slowed, &mut report);
            }
        }
        sizes.push(workspaces * secrets);
    }
    let table = |slowed: &u32| {
        let title = match slowed {
            1 => "As the machine is".to_owned(),
            slowed => format!("CPU slowed {slowed} times"),
        };
        format!("### {title}\n\n{}", report.table(*slowed, &sizes))
    };
    let tables: Vec<String> = options.slowed.iter().map(table).collect();
    Ok(tables.join("\n"))
}

/// One run of everything, one side after the other.
fn run_all(places: &[Place], slowed: u32, report: &mut Report) {
    let visits: [fn(&Place, u32) -> Told; 2] = [Place::read_search_and_sort, Place::page_and_scroll];
    for visit in visits {
        run_visit(places, visit, slowed, report);
    }
}

fn run_visit(places: &[Place], visit: fn(&Place, u32) -> Told, slowed: u32, report: &mut Report) {
    let mut counts: Option<Vec<f64>> = None;
    for place in places {
        let told = visit(place, slowed);
        for (metric, number) in told.numbers {
            report.note(slowed, place.size, place.side, metric, number);
        }
        // Two that find different secrets would not have done the same work.
        let known = counts.get_or_insert_with(|| told.counts.clone());
        assert_eq!(*known, told.counts, "the two sides find different secrets");
    }
}

//! The tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::metric::{Goal, LONG_TASK, Metric, Side, Unit};
use super::statistics::median;

/// Everything that was measured: one number for each run.
#[derive(Debug, Default)]
pub(super) struct Report {
    numbers: BTreeMap<(u32, Metric, usize, Side), Vec<f64>>,
}

impl Report {
    /// Notes a number of one run.
    pub(super) fn note(&mut self, slowed: u32, size: usize, side: Side, metric: Metric, number: f64) {
        self.numbers
            .entry((slowed, metric, size, side))
            .or_default()
            .push(number);
    }

    /// One table in Markdown.
    pub(super) fn table(&self, slowed: u32, sizes: &[usize]) -> String {
        let mut table = "| what | secrets | ours | peer | peer ÷ ours | goal | met |\n\
                         | --- | ---: | ---: | ---: | ---: | --- | --- |\n"
            .to_owned();
        for metric in Metric::ALL {
            for size in sizes {
                let of = |side| self.numbers.get(&(slowed, metric, *size, side)).map(|it| median(it));
                if let (Some(ours), Some(peer)) = (of(Side::Ours), of(Side::Peer)) {
                    table += &row(metric, *size, slowed, ours, peer);
                }
            }
        }
        table
    }
}

fn row(metric: Metric, size: usize, slowed: u32, ours: f64, peer: f64) -> String {
    let times = times(ours, peer);
    let (goal, is_met) = match metric.goal(size, slowed) {
        Goal::None => ("reported".to_owned(), None),
        Goal::Times(least) if least <= 1.0 => ("no worse".to_owned(), Some(times >= least)),
        Goal::Times(least) => (format!("{least:.0} times"), Some(times >= least)),
        Goal::Most(most) => (format!("≤ {most:.0} {}", sign(metric.unit())), Some(ours <= most)),
    };
    let met = match is_met {
        None => "",
        Some(true) => "yes",
        Some(false) => "**no**",
    };
    let mut line = String::new();
    let _ = writeln!(
        line,
        "| {} | {} | {} | {} | {} | {goal} | {met} |",
        metric.name(),
        grouped(size as f64),
        number(metric, ours),
        number(metric, peer),
        if times.is_finite() {
            format!("{times:.2}")
        } else {
            "–".to_owned()
        },
    );
    line
}

/// How many times as much the peer takes, to two places, as it is printed.
fn times(ours: f64, peer: f64) -> f64 {
    match (ours > 0.0, peer > 0.0) {
        (true, _) => (peer / ours * 100.0).round() / 100.0,
        (false, true) => f64::INFINITY,
        (false, false) => 1.0,
    }
}

fn sign(unit: Unit) -> &'static str {
    match unit {
        Unit::Bytes => "bytes",
        Unit::Milliseconds => "ms",
        Unit::Megabytes => "MB",
        Unit::Frames => "frames",
    }
}

fn number(metric: Metric, number: f64) -> String {
    match metric.unit() {
        _ if metric == Metric::LongestTask && number <= LONG_TASK => format!("≤ {LONG_TASK:.0} ms"),
        unit @ (Unit::Milliseconds | Unit::Megabytes) => format!("{number:.1} {}", sign(unit)),
        Unit::Bytes | Unit::Frames => grouped(number),
    }
}

/// A whole number with commas between thousands.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(metric: Metric, size: usize, ours: &[f64], peer: &[f64]) -> String {
        let mut report = Report::default();
        for (side, numbers) in [(Side::Ours, ours), (Side::Peer, peer)] {
            for number in numbers {
                report.note(1, size, side, metric, *number);
            }
        }
        let table = report.table(1, &[1000, 10_000, 100_000]);
        table.lines().nth(2).unwrap_or_default().to_owned()
    }

    #[test]
    fn a_row_is_of_medians_and_says_whether_its_goal_is_met() {
        assert_eq!(
            report(Metric::Sort, 100_000, &[30.0, 10.0, 20.0], &[99.0, 100.0, 101.0]),
            "| sort by name to its frame | 100,000 | 20.0 ms | 100.0 ms | 5.00 | 5 times | yes |"
        );
        assert!(report(Metric::Sort, 100_000, &[20.1], &[100.0]).ends_with("| 4.98 | 5 times | **no** |"));
        assert!(report(Metric::Sort, 1000, &[20.0], &[20.0]).ends_with("| 1.00 | no worse | yes |"));
        assert!(report(Metric::Sort, 1000, &[20.0], &[19.0]).ends_with("| 0.95 | no worse | **no** |"));
        assert!(report(Metric::KeystrokeTail, 100_000, &[16.1], &[900.0]).ends_with("| ≤ 16 ms | **no** |"));
    }

    #[test]
    fn what_is_too_short_to_be_told_is_shown_so() {
        assert_eq!(
            report(Metric::LongestTask, 100_000, &[0.0], &[812.0]),
            "| longest task until then | 100,000 | ≤ 50 ms | 812.0 ms | – | ≤ 50 ms | yes |"
        );
        assert!(report(Metric::LongestTask, 1000, &[0.0], &[0.0]).contains("| ≤ 50 ms | ≤ 50 ms | 1.00 |"));
    }

    #[test]
    fn bytes_are_reported_and_not_judged() {
        assert_eq!(
            report(Metric::Bytes, 1000, &[222_111.0], &[111_000.0]),
            "| bytes until the first rows | 1,000 | 222,111 | 111,000 | 0.50 | reported |  |"
        );
    }
}

//! The command line of the measurements.

/// How much is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Options {
    /// How often each is measured.
    pub(super) runs: usize,
    /// With how many secrets.
    pub(super) sizes: Vec<usize>,
    /// How many times the CPU is slowed.
    pub(super) slowed: Vec<u32>,
    /// In how many workspaces, and with how many secrets in each, the views across workspaces are measured: the search, and
    /// the workspaces side by side.
    pub(super) across: Option<(usize, usize)>,
}

impl Options {
    /// Reads `--runs N`, `--secrets N[,N]`, `--slowed N[,N]` and `--across WxN`. With `--secrets` alone there is nothing across
    /// workspaces, and with `--across` alone nothing else.
    pub(super) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            runs: 7,
            sizes: vec![1000, 10_000, 100_000],
            slowed: vec![1, 4],
            across: Some((12, 10_000)),
        };
        let (mut has_sizes, mut has_across) = (false, false);
        let mut arguments = arguments.into_iter();
        while let Some(name) = arguments.next() {
            let value = arguments.next().unwrap_or_default();
            match name.as_str() {
                "--runs" => options.runs = numbers(&name, &value)?.first().copied().unwrap_or_default(),
                "--secrets" => {
                    options.sizes = numbers(&name, &value)?;
                    has_sizes = true;
                }
                "--across" => {
                    options.across = Some(times(&name, &value)?);
                    has_across = true;
                }
                "--slowed" => options.slowed = numbers(&name, &value)?,
                _ => return Err(format!("there is no option `{name}`")),
            }
        }
        if has_sizes && !has_across {
            options.across = None;
        }
        if has_across && !has_sizes {
            options.sizes.clear();
        }
        Ok(options)
    }
}

/// `12x10000`
fn times(name: &str, value: &str) -> Result<(usize, usize), String> {
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
    let times = value
        .split_once('x')
        .and_then(|(one, other)| Some((number(one)?, number(other)?)));
    times.ok_or_else(|| format!("`{name}` must be workspaces times secrets, as in `12x10000`, not `{value}`"))
}

fn numbers<N: std::str::FromStr + PartialEq + Default>(name: &str, value: &str) -> Result<Vec<N>, String> {
    let read = |text: &str| text.parse().ok().filter(|number| *number != N::default());
    let numbers: Option<Vec<N>> = value.split(',').map(read).collect();
    numbers.ok_or_else(|| format!("`{name}` must be a number or several with commas between, not `{value}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn all_is_measured_unless_less_is_asked_for() {
        let all = parse("").unwrap();
        assert_eq!((all.runs, all.sizes.len(), all.slowed), (7, 3, vec![1, 4]));
        assert_eq!(all.across, Some((12, 10_000)));
        assert_eq!(parse("--secrets 1000").unwrap().across, None);
        let across = parse("--across 3x50").unwrap();
        assert_eq!((across.sizes, across.across), (vec![], Some((3, 50))));
        let some = parse("--secrets 1000,100000 --runs 1 --slowed 1").unwrap();
        assert_eq!((some.runs, some.sizes, some.slowed), (1, vec![1000, 100_000], vec![1]));
    }

    #[test]
    fn what_can_not_be_measured_is_refused() {
        for line in [
            "--runs 0",
            "--runs",
            "--secrets many",
            "--secrets 1,,2",
            "--slowed -4",
            "--across 12",
            "--across 0x5",
            "--fast 1",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}

//! The command line.

use std::collections::VecDeque;
use std::str::FromStr;

use crate::failure::{Failure, Outcome};

/// What is left of the command line.
pub(crate) struct Arguments {
    rest: VecDeque<String>,
}

impl Arguments {
    /// The command line of this process, without the program.
    pub(crate) fn from_environment() -> Self {
        Self {
            rest: std::env::args().skip(1).collect(),
        }
    }

    /// Takes the first word.
    pub(crate) fn command(&mut self) -> Option<String> {
        self.rest.pop_front()
    }

    /// Takes `name`, and says whether it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|argument| argument != name);
        self.rest.len() < before
    }

    /// Takes `name VALUE` or `name=VALUE`.
    pub(crate) fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let joined = format!("{name}=");
        let Some(index) = self
            .rest
            .iter()
            .position(|argument| argument == name || argument.starts_with(&joined))
        else {
            return Ok(None);
        };
        let argument = self.rest.remove(index).unwrap_or_default();
        if let Some(value) = argument.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        match self.rest.remove(index) {
            Some(value) => Ok(Some(value)),
            None => Err(Failure::new(format!("`{name}` needs a value"))),
        }
    }

    /// Takes `name VALUE` where the value is a number.
    pub(crate) fn number<N: FromStr>(&mut self, name: &str) -> Outcome<Option<N>> {
        let Some(text) = self.value(name)? else { return Ok(None) };
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Failure::new(format!("`{name}` must be a number, not `{text}`"))),
        }
    }

    /// Takes all words that are no options.
    pub(crate) fn words(&mut self) -> Vec<String> {
        let (words, options) = self.rest.drain(..).partition(|argument| !argument.starts_with('-'));
        self.rest = options;
        words.into()
    }

    /// Rejects unknown arguments.
    pub(crate) fn finish(self) -> Outcome<()> {
        match self.rest.front() {
            Some(unknown) => Err(Failure::new(format!(
                "`{unknown}` is not understood here; `cargo xtask help` lists the options"
            ))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Arguments {
        Arguments {
            rest: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    #[test]
    fn options_in_any_order_and_form() {
        let mut given = arguments(&["serve", "--seed=7", "--return-values", "--port", "0"]);
        assert_eq!(given.command().as_deref(), Some("serve"));
        assert_eq!(given.number::<u16>("--port").unwrap(), Some(0));
        assert_eq!(given.value("--seed").unwrap().as_deref(), Some("7"));
        assert!(given.flag("--return-values"));
        assert!(!given.flag("--return-values"));
        assert!(given.finish().is_ok());
    }

    #[test]
    fn mistakes_are_named() {
        assert!(
            arguments(&["--port"])
                .value("--port")
                .unwrap_err()
                .to_string()
                .contains("needs a value")
        );
        assert!(
            arguments(&["--port", "x"])
                .number::<u16>("--port")
                .unwrap_err()
                .to_string()
                .contains("not `x`")
        );
        assert!(
            arguments(&["--prot", "1"])
                .finish()
                .unwrap_err()
                .to_string()
                .contains("`--prot`")
        );
    }

    #[test]
    fn words_are_apart_from_options() {
        let mut given = arguments(&["format", "--list", "clippy"]);
        assert_eq!(given.words(), ["format", "clippy"]);
        assert!(given.flag("--list"));
    }
}

//! Why a `config.json` can't be used.

use std::fmt;

/// Why a `config.json` can't be used: which field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    field: String,
    problem: String,
}

impl ConfigError {
    pub(crate) fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            problem: problem.into(),
        }
    }

    /// The field in the document, such as `servers[1].apiBaseUrl`; empty where the document as a whole is wrong.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong, as a sentence without its subject.
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            write!(formatter, "config.json {}", self.problem)
        } else {
            write!(formatter, "config.json: `{}` {}", self.field, self.problem)
        }
    }
}

impl std::error::Error for ConfigError {}

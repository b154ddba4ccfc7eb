//! Why a command failed, as text for the user.

use std::fmt;

/// Why a command failed.
#[derive(Debug, Clone)]
pub(crate) struct Failure(String);

/// The result of everything that can fail here.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A failure that says this.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A failure that was already reported.
    pub(crate) fn told() -> Self {
        Self(String::new())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Says what was tried when something failed.
pub(crate) trait Context<T> {
    /// Puts what was tried in front of the error.
    fn context(self, tried: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Context<T> for Result<T, E> {
    fn context(self, tried: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("{tried}: {error}")))
    }
}

//! The only place that prints. Nothing here is given a key, a value, a header or a body.

use std::io::Write;

/// Prints an error to stderr.
pub(crate) fn error(message: &str) {
    line(message);
}

/// One line on stderr; a closed stderr is no reason to stop serving.
pub(crate) fn line(message: &str) {
    let _ = writeln!(std::io::stderr(), "local-api: {message}");
}

/// The line on stdout that callers wait for (docs/local-api.md).
pub(crate) fn ready(url: &str, key: &str) {
    let mut stdout = std::io::stdout();
    let _ = writeln!(stdout, "Local API is ready at {url} with API key {key}").and_then(|()| stdout.flush());
}

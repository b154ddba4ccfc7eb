//! What the secrets of a workspace are like: numbers for the pictures of the overview, and findings.
//!
//! [`tally`] counts the secrets of one loaded list, [`figures`] adds up tallies to groups, [`findings`] checks rules,
//! [`query_words`] writes the filter that finds exactly a group, [`muted`] is what the user doesn't want to be told, and
//! [`told`] puts all of it into words.

pub mod figures;
pub mod findings;
pub mod muted;
mod names;
pub mod query_words;
pub mod tally;
pub mod told;

#[cfg(test)]
mod tests;

//! The console's own nouns and rules, without a browser.

pub mod aftermath;
pub mod asking;
pub mod deletion;
pub mod generator;
pub mod label_paste;
pub mod label_words;
pub mod line_ends;
pub mod lookalikes;
pub mod merge;
pub mod oddities;
pub mod permissions;
pub mod recognise;
pub mod secret;
pub mod shortcuts;
pub mod snippets;
mod word_list;

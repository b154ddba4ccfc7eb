//! Nouns and rules: forms, flows, merge, permissions, warnings.

pub mod actions;
pub mod announce;
pub mod create_flow;
pub mod delete_warnings;
pub mod draft;
pub mod edit_flow;
pub mod fuzzy;
pub mod idle;
pub mod label_paste;
pub mod label_words;
pub mod merge;
pub mod metadata_form;
pub mod notices;
pub mod palette;
pub mod permissions;
pub mod remote;
pub mod resource;
pub mod roving_focus;
pub mod scroll_positions;
pub mod secret_facts;
pub mod shortcuts;
pub mod snippets;
pub mod value_generator;
pub mod value_inspection;
pub mod visible_range;
pub mod write_outcome;

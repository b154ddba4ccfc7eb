//! Widgets that know the app and are used by more than one section.

pub mod actions;
pub mod breadcrumbs;
pub mod conflict;
pub mod copyable;
pub mod delete_dialog;
pub mod draft;
pub mod edit_form;
pub mod error_note;
pub mod filter_notes;
pub mod label_editor;
pub mod loaded;
pub mod messages;
pub mod metadata_fields;
pub mod name_split;
pub mod not_found;
pub mod notices;
pub mod permission;
pub mod replace_request;
pub mod review;
pub mod run_notices;
pub mod saving;
pub mod secret_value;
pub mod unknown_outcome;
pub mod uses;
pub mod value_input;
pub mod workspace_picker;

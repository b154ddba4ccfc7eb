//! Widgets that could serve any console: they have never heard of a secret.

pub mod badge;
pub mod breadcrumbs;
pub mod button;
pub mod choice;
pub mod combobox;
pub mod copyable;
pub mod dialog;
pub mod empty;
pub mod erased;
pub mod facts;
pub mod failure_note;
pub mod field;
pub mod heading;
pub mod icon;
pub mod label;
pub mod loaded;
pub mod long_table;
pub mod menu;
pub mod moment;
pub mod notices;
pub mod progress;
pub mod search_box;
pub mod skeleton;
pub mod table;
pub mod tabs;
pub mod tooltip;

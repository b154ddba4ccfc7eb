//! Widgets that know nothing of secrets and could serve any console.

pub mod badge;
pub mod button;
pub mod choice;
pub mod combobox;
pub mod dialog;
pub mod empty;
pub mod erased;
pub mod facts;
pub mod field;
pub mod heading;
pub mod icon;
pub mod menu;
pub mod moment;
pub mod nodes;
pub mod number_field;
pub mod page_rows;
pub mod portions;
pub mod progress;
pub mod search_box;
pub mod skeleton;
pub mod spoken_status;
pub mod suggested;
pub mod table;
pub mod virtual_table;

//! Widgets that could serve any console: they have never heard of a secret.

pub mod badge;
pub mod breadcrumbs;
pub mod button;
pub mod dialog;
pub mod empty;
pub mod erased;
pub mod facts;
pub mod failure_note;
pub mod field;
pub mod heading;
pub mod loaded;
pub mod moment;
pub mod notices;
pub mod search_box;
pub mod skeleton;

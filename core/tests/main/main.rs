//! The list engine, seen from outside.

mod compacting;
mod fitting;
mod loading;
mod reading;
mod showing;

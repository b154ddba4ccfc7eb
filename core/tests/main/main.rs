//! The list engine, seen from outside.

mod fitting;
mod loading;
mod reading;
mod showing;

//! The local API.
fn main() {}

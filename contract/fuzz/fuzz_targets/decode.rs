//! Every decoder of the contract on whatever bytes libFuzzer makes up: none may panic, and a page may not pretend.
#![no_main]

#[path = "../rules.rs"]
mod rules;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rules::check(bytes));

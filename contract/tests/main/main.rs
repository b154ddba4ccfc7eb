//! The contract, seen from outside: what is sent, what is read, and what an error means.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod any_bytes;
#[cfg(test)]
mod bad_items;
#[cfg(test)]
mod common;
#[cfg(test)]
mod decoding;
#[cfg(test)]
mod encoding;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod fuzz_rules;
#[cfg(test)]
mod tool_sets;
#[cfg(test)]
mod workspaces;

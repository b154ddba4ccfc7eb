//! Where secrets are used. Tool sets and tools refer to a secret by name, in text (api.md, "Where a secret is used").
//!
//! [`scan`] finds references in a text, [`mask`] shows the text around one without what looks like a credential,
//! [`fields`] scans the fields of tool sets and tools, [`index`] answers which secret is used where, [`pages`] reads the
//! lists that both come from, [`told`] words the answers.

pub mod fields;
pub mod findings;
pub mod index;
pub mod mask;
pub mod pages;
pub mod scan;
pub mod told;

#[cfg(test)]
mod tests;

//! Finds references in a text: `${NAME}` and `{{ secrets.NAME }}`, with any white space inside the braces.

use std::ops::Range;

use memchr::memchr_iter;

/// A reference in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The name, as it is written.
    pub name: &'a str,
    /// Its bytes in the text, braces included.
    pub range: Range<usize>,
}

/// All references in a text, in order.
///
/// No reference: `$NAME` (no braces), `$${NAME}` (an escaped `$`), `{{ secret.NAME }}`, `{{ secrets.NAME.part }}`, and a
/// template of anything else.
#[must_use]
pub fn references(text: &str) -> Vec<Reference<'_>> {
    let mut found: Vec<Reference<'_>> = Vec::new();
    for open in memchr_iter(b'{', text.as_bytes()) {
        if found.last().is_some_and(|last| open < last.range.end) {
            continue;
        }
        if let Some(reference) = shell(text, open).or_else(|| liquid(text, open)) {
            found.push(reference);
        }
    }
    found
}

/// `${NAME}` whose `{` is here. Of several `$`, each pair is an escaped one.
fn shell(text: &str, open: usize) -> Option<Reference<'_>> {
    let before = text.get(..open)?;
    let dollars = before.len() - before.trim_end_matches('$').len();
    if dollars % 2 == 0 {
        return None;
    }
    let inner = text.get(open + 1..)?;
    let end = inner.find(['}', '{', '$', '\n'])?;
    let (inner, rest) = inner.split_at_checked(end)?;
    let name = inner.trim();
    (rest.starts_with('}') && is_name(name)).then(|| Reference {
        name,
        range: open - 1..open + 1 + end + 1,
    })
}

/// `{{ secrets.NAME }}` whose first `{` is here, also with white space control (`{{-`) and filters (`| upcase`).
fn liquid(text: &str, open: usize) -> Option<Reference<'_>> {
    let inner = text.get(open..)?.strip_prefix("{{")?;
    let end = inner.find("}}")?;
    let inner = inner.get(..end)?;
    let body = inner.strip_prefix('-').unwrap_or(inner);
    let body = body.strip_suffix('-').unwrap_or(body);
    let name = body.trim_start().strip_prefix("secrets.")?;
    let name = name.split_once('|').map_or(name, |(name, _)| name).trim_end();
    is_name(name).then(|| Reference {
        name,
        range: open..open + 2 + end + 2,
    })
}

/// Letters and digits of any script, `_`, and `-` inside; not only digits, which number the groups of a pattern.
fn is_name(name: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !name.is_empty()
        && name.chars().all(is_inside)
        && !name.starts_with('-')
        && !name.ends_with('-')
        && name.chars().any(|c| !c.is_ascii_digit())
}

/// Whether a reference that is written like this means the secret of this name. The server makes names upper case, so
/// a reference in lower case means the secret in upper case.
#[must_use]
pub fn refers_to(written: &str, secret: &str) -> bool {
    written == secret || (written.chars().any(char::is_lowercase) && written.to_uppercase() == secret)
}

/// Whether a reference means a tool set's own secret of this name. Of those, characters outside A-Z, 0-9 and `_` become
/// `_` as well.
#[must_use]
pub fn refers_to_own(written: &str, own: &str) -> bool {
    let normal = |c: char| {
        let c = c.to_ascii_uppercase();
        if c.is_ascii_alphanumeric() { c } else { '_' }
    };
    refers_to(written, own) || written.chars().map(normal).eq(own.chars())
}

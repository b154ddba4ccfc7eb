//! Reads .env files: lines of `NAME=value`, as shells, Docker and the dotenv libraries write them.
//!
//! There is no standard. What they agree on is read; a line that is none of it is reported, not guessed at.

use contract::SecretText;

/// An assignment.
#[derive(Debug)]
pub struct EnvEntry {
    /// The name.
    pub name: String,
    /// Whether `export` is before it.
    pub is_exported: bool,
    /// The value, without quotation marks and with its escapes resolved. Lines end with LF.
    pub value: SecretText,
}

/// The content of a file.
#[derive(Debug, Default)]
pub struct EnvFile {
    /// The assignments, in order. A name may repeat.
    pub entries: Vec<EnvEntry>,
    /// The numbers of the lines that are no assignment, no comment and not blank, from 1.
    pub skipped: Vec<usize>,
}

/// Reads a file.
///
/// A value in `"…"` may have several lines and the escapes `\n`, `\r`, `\t`, `\"`, `\\` and `\$`; one in `'…'` or `` `…` ``
/// is literal. Without quotation marks it ends before ` #` or at the end of the line; a PEM block goes on to its last
/// line. `export` before a name and a byte order mark before everything are ignored.
#[must_use]
pub fn read(text: &str) -> EnvFile {
    let mut file = EnvFile::default();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut number = 1;
    while !rest.is_empty() {
        let (line, mut after) = split_line(rest);
        let content = line.trim();
        if let Some((name, body, is_exported)) = assignment(rest) {
            let (value, end) = value(body);
            file.entries.push(EnvEntry {
                name: name.to_owned(),
                is_exported,
                value,
            });
            after = end;
        } else if !content.is_empty() && !content.starts_with('#') {
            file.skipped.push(number);
        }
        number += rest
            .get(..rest.len() - after.len())
            .map_or(0, |read| line_ends(read).count());
        rest = after;
    }
    file
}

/// The assignments of a text that is pasted where a name is expected.
#[must_use]
pub fn pasted_as_name(text: &str) -> Option<EnvFile> {
    let file = read(text);
    let is_file = file.entries.len() > 1 || (file.entries.len() == 1 && file.skipped.is_empty());
    is_file.then_some(file)
}

/// The assignments of a text that is pasted where a value is expected. Values may contain `=` themselves, so the names have
/// to look like those of environment variables, and nothing else may be there.
#[must_use]
pub fn pasted_as_value(text: &str) -> Option<EnvFile> {
    let may_be_assigned = |line: &str| line.contains('=') || line.trim_start().starts_with('#');
    // Most values are no assignment: they are not copied to find that out.
    if !text.trim_start().lines().next().is_some_and(may_be_assigned) {
        return None;
    }
    let file = read(text);
    let is_variable = |entry: &EnvEntry| {
        let is_part = |character: char| matches!(character, 'A'..='Z' | '0'..='9' | '_');
        entry.is_exported || entry.name.len() > 1 && entry.name.chars().all(is_part)
    };
    // "QUJD=" and "QUI==" are base64.
    let is_padding = |(_, rest): (&str, &str)| rest.trim_end().trim_start_matches('=').is_empty();
    let is_base64 = file.entries.len() == 1 && text.split_once('=').is_some_and(is_padding);
    let is_file = file.skipped.is_empty() && file.entries.iter().all(is_variable) && !is_base64;
    (is_file && !file.entries.is_empty()).then_some(file)
}

/// The name at the beginning of a line, what follows its `=`, and whether it is exported.
fn assignment(text: &str) -> Option<(&str, &str, bool)> {
    let text = text.trim_start_matches(is_blank);
    let exported = text.strip_prefix("export").filter(|rest| rest.starts_with(is_blank));
    let text = exported.map_or(text, |rest| rest.trim_start_matches(is_blank));
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-');
    let (name, rest) = text.split_at(text.find(|character: char| !is_part(character))?);
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let body = rest
        .trim_start_matches(is_blank)
        .strip_prefix('=')
        .filter(|_| is_name)?;
    Some((name, body.trim_start_matches(is_blank), exported.is_some()))
}

/// A text that was typed as a name and looks like a name with its value, which would be saved where everybody reads it.
#[must_use]
pub fn typed_as_name(text: &str) -> Option<EnvEntry> {
    // Most names are none: they are not copied to find that out.
    let file = text.contains('=').then(|| read(text))?;
    let [entry] = <[EnvEntry; 1]>::try_from(file.entries).ok()?;
    (file.skipped.is_empty() && !entry.value.is_empty()).then_some(entry)
}

/// The value at the beginning of a text, and the lines after it.
fn value(body: &str) -> (SecretText, &str) {
    if let Some((inside, is_escaped, after)) = quoted(body) {
        return (literal(inside, is_escaped), after);
    }
    if body.starts_with("-----BEGIN ")
        && let Some(end) = body.find("-----END ")
    {
        let (last, after) = split_line(body.get(end..).unwrap_or_default());
        let length = end + last.trim_end().len();
        return (literal(body.get(..length).unwrap_or_default(), false), after);
    }
    let (line, after) = split_line(body);
    let comment = line.char_indices().find(|(at, character)| {
        *character == '#'
            && line
                .get(..*at)
                .is_some_and(|before| before.is_empty() || before.ends_with(is_blank))
    });
    let value = comment.map_or(line, |(at, _)| line.get(..at).unwrap_or(line));
    (SecretText::new(value.trim_end()), after)
}

/// The text between quotation marks, whether it has escapes, and the lines after it. `None` if nothing closes them, or if
/// more follows than a comment.
fn quoted(body: &str) -> Option<(&str, bool, &str)> {
    let mark = body.chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`'))?;
    let is_escaped = mark == '"';
    let inside = body.get(1..)?;
    let mut is_after_backslash = false;
    let end = inside.find(|character: char| {
        let is_end = character == mark && !(is_escaped && is_after_backslash);
        is_after_backslash = character == '\\' && !is_after_backslash;
        is_end
    })?;
    let (tail, after) = split_line(inside.get(end + 1..)?);
    let tail = tail.trim();
    let is_over = tail.is_empty() || tail.starts_with('#');
    is_over.then_some((inside.get(..end)?, is_escaped, after))
}

/// A value as it is meant: with LF at the end of each line, and without escapes if it has any.
fn literal(raw: &str, is_escaped: bool) -> SecretText {
    // It only gets shorter: a buffer that grows leaves copies of the value behind.
    let mut value = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.peek().copied().filter(|_| is_escaped && character == '\\');
        let resolved = match escaped {
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some(same @ ('"' | '\\' | '$')) => Some(same),
            _ => None,
        };
        if let Some(resolved) = resolved {
            characters.next();
            value.push(resolved);
        } else if character == '\r' {
            characters.next_if_eq(&'\n');
            value.push('\n');
        } else {
            value.push(character);
        }
    }
    SecretText::new(value)
}

/// The first line, without its end, and the rest.
fn split_line(text: &str) -> (&str, &str) {
    let Some(end) = line_ends(text).next() else {
        return (text, "");
    };
    let (line, rest) = text.split_at(end);
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
    (line, rest)
}

/// Where lines end: at LF, CRLF or CR.
fn line_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter_map(|(at, character)| {
        let is_second = character == '\n' && text.get(..at).is_some_and(|before| before.ends_with('\r'));
        (matches!(character, '\n' | '\r') && !is_second).then_some(at)
    })
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

#[cfg(test)]
mod tests;

//! Reads Rust just well enough to judge it: what is code, what is a comment or a literal, and what is only for tests.

use std::fs;
use std::path::Path;

/// A source file, prepared for the rules.
pub(crate) struct Source {
    /// From the root of the repository, with `/` between.
    pub(crate) path: String,
    /// As it is on disk.
    pub(crate) text: String,
    /// The same length line by line, with comments and what is inside of literals blanked out.
    pub(crate) code: String,
    /// As `code`, with everything under `#[cfg(test)]` and `#[test]` blanked out too.
    pub(crate) shipped: String,
}

/// Where a rule is broken, and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl Source {
    /// Prepares a text as if it were the file at `path`.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let code = blank_literals(text);
        let is_all_tests = path.ends_with("/tests.rs") || path.contains("/tests/");
        let shipped = if is_all_tests { blank(&code) } else { blank_tests(&code) };
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code,
            shipped,
        }
    }

    /// A finding at a byte of the text.
    pub(crate) fn finding(&self, at: usize, what: impl Into<String>) -> Finding {
        let line = self.text[..at].bytes().filter(|byte| *byte == b'\n').count() + 1;
        Finding {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }
}

/// Every Rust file below these folders of the repository; none of a folder that does not exist.
pub(crate) fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        collect(root, &root.join(folder), &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("target") && !path.ends_with(".venv") {
                collect(root, &path, found);
            }
        } else if path.extension().is_some_and(|it| it == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Spaces in place of everything but line ends, byte for byte.
fn blank(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

/// The text with comments and the insides of literals blanked out. The quotes stay.
fn blank_literals(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_after_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let (kept, blanked, end) = if rest.starts_with("//") {
            (0, rest.find('\n').unwrap_or(rest.len()), 0)
        } else if rest.starts_with("/*") {
            (0, block_comment(rest), 0)
        } else if first == '"' {
            (1, text_literal(&rest[1..]), 1)
        } else if let Some((opening, length, closing)) = raw_literal(rest).filter(|_| !is_after_word) {
            (opening, length, closing)
        } else if let Some(length) = (first == '\'').then(|| character_literal(&rest[1..])).flatten() {
            (1, length, 1)
        } else {
            (first.len_utf8(), 0, 0)
        };
        let end_of_blanked = (kept + blanked).min(rest.len());
        let end = (end_of_blanked + end).min(rest.len());
        code.push_str(&rest[..kept]);
        code.push_str(&blank(&rest[kept..end_of_blanked]));
        code.push_str(&rest[end_of_blanked..end]);
        rest = &rest[end..];
    }
    code
}

/// Length of a block comment, which may hold others.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Length of what is inside a text literal, from behind its first quote.
fn text_literal(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in rest.char_indices() {
        match character {
            '"' if !is_escaped => return at,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    rest.len()
}

/// Lengths of the opening, the inside and the closing of a raw text literal.
fn raw_literal(rest: &str) -> Option<(usize, usize, usize)> {
    let prefix = ["br", "cr", "r"].into_iter().find(|prefix| rest.starts_with(prefix))?;
    let hashes = rest[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
    let opening = prefix.len() + hashes + 1;
    if !rest[prefix.len() + hashes..].starts_with('"') {
        return None;
    }
    let closing = format!("\"{}", "#".repeat(hashes));
    Some((opening, rest[opening..].find(&closing)?, closing.len()))
}

/// Length of what is inside a character literal, from behind its first quote; none for a lifetime.
fn character_literal(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices();
    let (_, first) = characters.next()?;
    if first == '\\' {
        characters.next();
        return rest[2..].find('\'').map(|at| at + 2);
    }
    let (end, second) = characters.next()?;
    (second == '\'').then_some(end)
}

/// Blanks out every item under an attribute that makes it for tests only.
fn blank_tests(code: &str) -> String {
    let mut shipped = code.to_owned();
    for mark in ["#[cfg(test)]", "#[cfg(all(test", "#[test]", "#[wasm_bindgen_test]"] {
        while let Some(start) = shipped.find(mark) {
            let end = end_of_item(&shipped, start + mark.len());
            let blanked = blank(&shipped[start..end]);
            shipped.replace_range(start..end, &blanked);
        }
    }
    shipped
}

/// Where the item ends that begins at or after a place: behind its braces, or behind its semicolon.
fn end_of_item(code: &str, from: usize) -> usize {
    let mut depth = 0_usize;
    let mut brackets = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'[' | b'(' => brackets += 1,
            b']' | b')' => brackets = brackets.saturating_sub(1),
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && brackets == 0 {
                    return at + 1;
                }
            }
            b';' if depth == 0 && brackets == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Where the word stands in the code, as a whole word.
pub(crate) fn words(code: &str, word: &str) -> Vec<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|&at| {
            let starts = !word.starts_with(is_part) || !code[..at].ends_with(is_part);
            let ends = !word.ends_with(is_part) || !code[at + word.len()..].starts_with(is_part);
            starts && ends
        })
        .collect()
}

//! A few style sheets out of many: a browser would fetch the imported ones only after the first.

use std::collections::BTreeMap;

use crate::failure::{Failure, Outcome};

/// The style sheets that import all others; docs/decisions/0409 says which is for what.
const BUNDLES: [&str; 3] = ["style/main.css", "style/list.css", "style/later.css"];
const DIRECTORY: &str = "style/";

/// Puts the imported style sheets in the place of their `@import` lines, and takes them out of the files.
///
/// Understands one form, at the start of a line: `@import "name.css";`, with `layer(name)` behind the name or without.
pub(super) fn style_sheets(files: &mut BTreeMap<String, Vec<u8>>) -> Outcome<()> {
    for path in BUNDLES {
        bundle(files, path)?;
    }
    if let Some(forgotten) = files
        .keys()
        .find(|path| is_sheet(path) && !BUNDLES.contains(&path.as_str()))
    {
        return Err(Failure::new(format!(
            "{forgotten} is imported by none of {}, so nobody would see it",
            BUNDLES.join(", ")
        )));
    }
    Ok(())
}

fn bundle(files: &mut BTreeMap<String, Vec<u8>>, path: &str) -> Outcome<()> {
    let Some(main) = files.get(path) else { return Ok(()) };
    let main = text(path, main.clone())?;
    let mut bundle = String::new();
    let mut open_layer = None;
    for line in main.lines() {
        let Some(import) = line.trim().strip_prefix("@import ") else {
            change_layer(&mut bundle, &mut open_layer, None);
            bundle.push_str(line);
            bundle.push('\n');
            continue;
        };
        let (name, layer) = parse(import).ok_or_else(|| {
            Failure::new(format!(
                "{path}: only `@import \"name.css\";` is understood, not `{line}`"
            ))
        })?;
        let imported = format!("{DIRECTORY}{name}");
        let bytes = files.remove(&imported).ok_or_else(|| {
            Failure::new(format!(
                "{path} imports {name}, which is not there, or is imported already"
            ))
        })?;
        let sheet = text(&imported, bytes)?;
        if sheet.contains("@import") {
            return Err(Failure::new(format!(
                "{imported} imports another sheet: only {} do that",
                BUNDLES.join(", ")
            )));
        }
        change_layer(&mut bundle, &mut open_layer, layer);
        bundle.push_str(&sheet);
    }
    change_layer(&mut bundle, &mut open_layer, None);
    files.insert(path.to_owned(), without_comments(&bundle).into_bytes());
    Ok(())
}

/// Sheets of one layer that follow each other are one block.
fn change_layer<'a>(bundle: &mut String, open: &mut Option<&'a str>, layer: Option<&'a str>) {
    if *open == layer {
        return;
    }
    if open.is_some() {
        bundle.push_str("}\n");
    }
    if let Some(layer) = layer {
        bundle.push_str(&format!("@layer {layer} {{\n"));
    }
    *open = layer;
}

fn is_sheet(path: &str) -> bool {
    path.starts_with(DIRECTORY) && path.ends_with(".css")
}

fn text(path: &str, bytes: Vec<u8>) -> Outcome<String> {
    String::from_utf8(bytes).map_err(|_| Failure::new(format!("{path} is not UTF-8")))
}

/// `"name.css";` or `"name.css" layer(base);`
fn parse(import: &str) -> Option<(&str, Option<&str>)> {
    let (name, rest) = import.trim().strip_prefix('"')?.split_once('"')?;
    let rest = rest.trim().strip_suffix(';')?.trim();
    if rest.is_empty() {
        return Some((name.trim_start_matches("./"), None));
    }
    let layer = rest.strip_prefix("layer(")?.strip_suffix(')')?;
    Some((name.trim_start_matches("./"), Some(layer)))
}

/// Comments are for those who read the sources; here they would only be sent along.
fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        let quote = from.chars().next().filter(|first| *first != '/');
        let length = match quote {
            Some(quote) => 1 + string_end(&from[1..], quote),
            None if from.starts_with("/*") => {
                rest = from[2..].find("*/").map_or("", |end| &from[2 + end + 2..]);
                continue;
            }
            None => 1,
        };
        out.push_str(&from[..length]);
        rest = &from[length..];
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |text, line| {
        // A space or a line break means something only where a selector or a value goes on.
        let is_done = line.ends_with(['{', '}', ';', ',']);
        text + line + if is_done { "" } else { "\n" }
    })
}

/// How many bytes of a string are left, its closing quote included.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return index + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(sheets: &[(&str, &str)]) -> Outcome<String> {
        let mut files: BTreeMap<String, Vec<u8>> = sheets
            .iter()
            .map(|(name, text)| (format!("style/{name}"), text.as_bytes().to_vec()))
            .collect();
        style_sheets(&mut files)?;
        assert_eq!(
            files.len(),
            BUNDLES.iter().filter(|path| files.contains_key(**path)).count()
        );
        Ok(String::from_utf8(files.remove(BUNDLES[0]).unwrap()).unwrap())
    }

    #[test]
    fn sheets_are_joined_in_the_order_of_the_imports() {
        let joined = bundle(&[
            ("a.css", "a { }\n"),
            ("c.css", "c { }\n"),
            ("b.css", "/* why */\nb { content: \"/* kept */\\\"\"; } /* gone */\n"),
            (
                "main.css",
                "/* order */\n@layer base;\n@import \"b.css\" layer(base);\n@import \"c.css\" layer(base);\n@import \"./a.css\";\nd { }\n",
            ),
        ]);
        assert_eq!(
            joined.unwrap(),
            "@layer base;@layer base {b { content: \"/* kept */\\\"\"; }c { }}a { }d { }"
        );
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        let problem = |sheets: &[(&str, &str)]| bundle(sheets).unwrap_err().to_string();
        assert!(problem(&[("main.css", ""), ("a.css", "")]).contains("style/a.css is imported by none of"));
        let twice = [
            ("main.css", "@import \"a.css\";\n"),
            ("later.css", "@import \"a.css\";\n"),
            ("a.css", ""),
        ];
        assert!(problem(&twice).contains("later.css imports a.css, which is not there, or is imported already"));
        assert!(problem(&[("main.css", "@import \"a.css\";\n")]).contains("a.css, which is not there"));
        assert!(problem(&[("main.css", "@import url(a.css);\n"), ("a.css", "")]).contains("only `@import"));
        assert!(problem(&[("main.css", "@import \"a.css\" print;\n"), ("a.css", "")]).contains("only `@import"));
    }
}

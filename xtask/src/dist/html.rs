//! Finding and rewriting the addresses in `index.html`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::failure::{Failure, Outcome};

/// A file that an attribute of the document names.
pub(super) struct Named {
    /// The address to write instead.
    pub(super) address: String,
    /// The value for `integrity`.
    pub(super) integrity: String,
}

/// Rewrites each attribute whose value `resolve` knows, and puts the integrity of the file beside it: as `integrity`
/// for `src` of a script and `href` of a link, as `data-…-integrity` for a `data-…` that names a program or a style sheet: no
/// attribute makes a browser check one, so the script that fetches it has to ask for it.
///
/// Refuses what the policy of the site would stop in silence: inline scripts and styles, but those that it knows by their hash.
pub(super) fn rewrite(html: &str, mut resolve: impl FnMut(&str) -> Outcome<Option<Named>>) -> Outcome<String> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            // Comments are for those who read the sources.
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        let end = tag_end(rest);
        let (tag, after) = rest.split_at(end);
        rest = after;
        if let Some((name, allowed)) = INLINE.iter().find(|(name, _)| tag == format!("<{name}>")) {
            let close = format!("</{name}>");
            let (text, after) = rest.split_once(&close).unwrap_or((rest, ""));
            check_inline(name, text, allowed)?;
            out.push_str(&format!("{tag}{text}{close}"));
            rest = after;
            continue;
        }
        if tag[1..].starts_with(|first: char| first.is_ascii_alphabetic()) {
            out.push_str(&rewrite_tag(tag, &mut resolve)?);
        } else {
            out.push_str(tag);
        }
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim_end).filter(|line| !line.is_empty());
    Ok(lines.fold(String::new(), |text, line| text + line + "\n"))
}

/// The elements whose text the policy knows, and by which hash.
const INLINE: [(&str, &str); 2] = [("script", site::INLINE_SCRIPT), ("style", site::INLINE_STYLE)];

fn check_inline(name: &str, text: &str, allowed: &str) -> Outcome<()> {
    let is_tidy = text
        .lines()
        .skip(1)
        .all(|line| !line.is_empty() && line.trim_end() == line);
    if !is_tidy {
        return Err(Failure::new(format!(
            "index.html has an empty line in its inline <{name}>, or spaces at the end of one: they would be removed, and the \
             text have another hash"
        )));
    }
    let hash = format!("sha256-{}", STANDARD.encode(Sha256::digest(text)));
    if hash == allowed {
        return Ok(());
    }
    Err(Failure::new(format!(
        "index.html holds an inline <{name}> that the policy of the site stops: its hash is {hash}, and the policy allows \
         {allowed} (site/src/headers.rs)"
    )))
}

/// The length of the tag that a text starts with.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (index, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return index + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    text.len()
}

struct Attribute<'a> {
    name: &'a str,
    value: Option<&'a str>,
}

fn rewrite_tag(tag: &str, resolve: &mut impl FnMut(&str) -> Outcome<Option<Named>>) -> Outcome<String> {
    let inner = tag[1..].trim_end_matches('>');
    let (inner, closing) = inner.strip_suffix('/').map_or((inner, ""), |inner| (inner, "/"));
    let name_end = inner
        .find(|character: char| character.is_ascii_whitespace())
        .unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    let attributes = parse_attributes(attributes);
    check(name, &attributes)?;

    let mut out = format!("<{name}");
    for Attribute { name: attribute, value } in &attributes {
        let Some(value) = value else {
            out.push_str(&format!(" {attribute}"));
            continue;
        };
        match resolve(value)? {
            None => out.push_str(&format!(" {attribute}=\"{}\"", value.replace('"', "&quot;"))),
            Some(named) => {
                out.push_str(&format!(" {attribute}=\"{}\"", named.address));
                match (name, *attribute) {
                    ("script", "src") | ("link", "href") if checks_integrity(name, &attributes) => {
                        out.push_str(&format!(" integrity=\"{}\"", named.integrity));
                    }
                    (_, data) if is_checked_by_script(data, &named.address) => {
                        out.push_str(&format!(" {data}-integrity=\"{}\"", named.integrity));
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(format!("{out}{closing}>"))
}

fn is_checked_by_script(attribute: &str, address: &str) -> bool {
    attribute.starts_with("data-") && (address.ends_with(".wasm") || address.ends_with(".css"))
}

/// Browsers check it for these and warn about it elsewhere. Not for a preloaded `fetch`: Chromium would not use it.
fn checks_integrity(name: &str, attributes: &[Attribute<'_>]) -> bool {
    let is = |wanted: &str, value: &str| {
        attributes
            .iter()
            .any(|attribute| attribute.name == wanted && attribute.value == Some(value))
    };
    name == "script" || is("rel", "stylesheet") || is("rel", "modulepreload")
}

fn check(name: &str, attributes: &[Attribute<'_>]) -> Outcome<()> {
    let problem = if name == "style" || attributes.iter().any(|attribute| attribute.name == "style") {
        "styles"
    } else if name == "script" && !attributes.iter().any(|attribute| attribute.name == "src")
        || attributes.iter().any(|attribute| attribute.name.starts_with("on"))
    {
        "scripts"
    } else {
        return Ok(());
    };
    Err(Failure::new(format!(
        "index.html holds inline {problem} in <{name}>, which the policy of the site stops"
    )))
}

fn parse_attributes(mut text: &str) -> Vec<Attribute<'_>> {
    let mut attributes = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return attributes;
        }
        let end = text.find(|character: char| character == '=' || character.is_ascii_whitespace());
        let (name, rest) = text.split_at(end.unwrap_or(text.len()));
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            attributes.push(Attribute { name, value: None });
            text = rest;
            continue;
        };
        let value = value.trim_start();
        let (value, rest) = match value.chars().next().filter(|first| matches!(first, '"' | '\'')) {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|one: char| one.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        attributes.push(Attribute {
            name,
            value: Some(value),
        });
        text = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(html: &str) -> Outcome<String> {
        rewrite(html, |value| {
            let known = value.strip_prefix("/known.");
            Ok(known.map(|kind| Named {
                address: format!("/assets/x.{kind}"),
                integrity: format!("sha384-{kind}"),
            }))
        })
    }

    #[test]
    fn known_addresses_get_their_name_and_integrity() {
        let html = "<!doctype html>\n<!-- why -->\n<link rel=stylesheet href='/known.css'>\n\n\
                    <link rel=\"preload\" href=\"/known.wasm\" as=\"fetch\">\n<img src=\"/known.svg\" alt=\"a > b\"/>\n\
                    <script type=\"module\" src=\"/known.js\" data-wasm=\"/known.wasm\" data-more=\"/known.css\" async></script>\n\
                    <a href=\"/other\">1 < 2</a>\n";
        let expected = "<!doctype html>\n\
                        <link rel=\"stylesheet\" href=\"/assets/x.css\" integrity=\"sha384-css\">\n\
                        <link rel=\"preload\" href=\"/assets/x.wasm\" as=\"fetch\">\n\
                        <img src=\"/assets/x.svg\" alt=\"a > b\"/>\n\
                        <script type=\"module\" src=\"/assets/x.js\" integrity=\"sha384-js\" data-wasm=\"/assets/x.wasm\" \
                        data-wasm-integrity=\"sha384-wasm\" data-more=\"/assets/x.css\" data-more-integrity=\"sha384-css\" \
                        async></script>\n\
                        <a href=\"/other\">1 < 2</a>\n";
        assert_eq!(rewritten(html).unwrap(), expected);
    }

    #[test]
    fn the_document_of_the_console_holds_what_the_policy_knows() {
        let document = include_str!("../../../index.html");
        let rewritten = rewritten(document).unwrap();
        assert!(rewritten.contains("<script>\ntry {\n") && rewritten.contains("<style>\n@layer "));
        let changed = document.replace("display: flex;", "display: grid;");
        let problem = rewrite(&changed, |_| Ok(None)).unwrap_err().to_string();
        assert!(
            problem.contains("inline <style>") && problem.contains(site::INLINE_STYLE),
            "{problem}"
        );
        let untidy = document.replace("display: flex;\n", "display: flex;\n\n");
        assert!(
            rewrite(&untidy, |_| Ok(None))
                .unwrap_err()
                .to_string()
                .contains("empty line")
        );
    }

    #[test]
    fn what_the_policy_stops_is_refused() {
        for html in [
            "<script>1</script>",
            "<style>a { }</style>",
            "<style media=\"print\">a { }</style>",
            "<p style=\"color: red\">",
            "<p onclick=\"x()\">",
        ] {
            assert!(rewritten(html).unwrap_err().to_string().contains("inline"), "{html}");
        }
    }
}

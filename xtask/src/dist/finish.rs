//! From what trunk built to what is deployed: every file named by the hash of its final bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use site::Config;

use super::html::{self, Named};
use super::shipped::{BILL, LICENCES};
use super::{bundle, files, pack, release};
use crate::failure::{Context, Failure, Outcome};

/// Files that browsers, robots and people ask for by a fixed name.
const FIXED: &[&str] = &["favicon.ico", "robots.txt", BILL, LICENCES];

/// Kinds of files that may name other files.
const NAMING: &[&str] = &["css", "js", "mjs", "svg", "webmanifest"];

/// Writes the site in `staging` to `dist`, which is replaced only when all went well. What tabs of the release that was there
/// may still ask for stays.
pub(super) fn finish(staging: &Path, dist: &Path, config_text: &str, config: &Config) -> Outcome<()> {
    let mut staged = BTreeMap::new();
    for name in files(staging)? {
        let bytes = fs::read(staging.join(&name)).context(format!("reading {name}"))?;
        staged.insert(name, bytes);
    }
    bundle::style_sheets(&mut staged)?;
    let mut site = named_by_hash(staged)?;
    site.insert("config.json".to_owned(), config_text.as_bytes().to_vec());
    for_hosts(&mut site, config)?;
    pack::pack(&mut site, dist, &dist.with_extension("packing"))?;
    let kept = release::kept(dist, &site)?;
    let list = release::list(&site);
    site.insert(release::LIST.to_owned(), list.into_bytes());
    site.extend(kept);
    if is_same(dist, &site) {
        return Ok(());
    }
    let new = dist.with_extension("new");
    let old = dist.with_extension("old");
    for directory in [&new, &old] {
        if directory.exists() {
            fs::remove_dir_all(directory).context(format!("removing {}", directory.display()))?;
        }
    }
    for (name, bytes) in &site {
        let path = new.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&new)).context(format!("making a directory for {name}"))?;
        fs::write(&path, bytes).context(format!("writing {name}"))?;
    }
    if dist.exists() {
        fs::rename(dist, &old).context(format!("moving the old {} away", dist.display()))?;
    }
    fs::rename(&new, dist).context(format!("putting {} in place", dist.display()))?;
    if old.exists() {
        fs::remove_dir_all(&old).context(format!("removing {}", old.display()))?;
    }
    Ok(())
}

/// The number of rules that Cloudflare Pages reads in `_headers`.
const MOST_RULES: usize = 100;

/// Adds what hosts read.
fn for_hosts(site: &mut BTreeMap<String, Vec<u8>>, config: &Config) -> Outcome<()> {
    let addresses: Vec<String> = site.keys().map(|name| format!("/{name}")).collect();
    let headers = site::headers_file(config, addresses.iter().map(String::as_str));
    let rules = headers.lines().filter(|line| line.starts_with('/')).count();
    if rules > MOST_RULES {
        return Err(Failure::new(format!(
            "_headers has {rules} rules, and Cloudflare Pages reads only {MOST_RULES}: the program has too many parts"
        )));
    }
    site.insert("_headers".to_owned(), headers.into_bytes());
    site.insert(site::MISSING.0.to_owned(), site::MISSING.1.as_bytes().to_vec());
    site.insert("netlify.toml".to_owned(), site::netlify_toml().into_bytes());
    let recipes = site::recipes(config).into_iter();
    site.extend(recipes.map(|(name, text)| (name.to_owned(), text.into_bytes())));
    Ok(())
}

fn is_same(dist: &Path, site: &BTreeMap<String, Vec<u8>>) -> bool {
    files(dist).is_ok_and(|names| names.iter().eq(site.keys()))
        && site
            .iter()
            .all(|(name, bytes)| fs::read(dist.join(name)).is_ok_and(|found| found == *bytes))
}

/// The hash of some bytes as text.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn named_by_hash(mut staged: BTreeMap<String, Vec<u8>>) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let index = staged
        .remove("index.html")
        .ok_or_else(|| Failure::new("trunk built no index.html"))?;
    let index = String::from_utf8(index).map_err(|_| Failure::new("index.html is not UTF-8"))?;
    // Trunk copies it for `trunk serve`; the one that is deployed is chosen by the caller.
    staged.remove("config.json");
    let mut out = BTreeMap::new();
    for name in FIXED {
        if let Some(bytes) = staged.remove(*name) {
            out.insert((*name).to_owned(), bytes);
        }
    }
    let mut naming = Naming {
        staged,
        done: BTreeMap::new(),
        open: Vec::new(),
    };
    let index = html::rewrite(&index, |value| {
        // A fragment names a part of the file.
        let (path, fragment) = value.split_at(value.find('#').unwrap_or(value.len()));
        let Some(name) = path.strip_prefix('/').filter(|name| naming.staged.contains_key(*name)) else {
            return Ok(None);
        };
        let name = name.to_owned();
        naming.finish(&name)?;
        let file = &naming.done[&name];
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&file.bytes)));
        Ok(Some(Named {
            address: format!("{}{fragment}", file.address),
            integrity,
        }))
    })?;
    naming.check()?;
    out.insert("index.html".to_owned(), index.into_bytes());
    for file in naming.done.into_values() {
        out.insert(file.address.trim_start_matches('/').to_owned(), file.bytes);
    }
    Ok(out)
}

/// A file with its final bytes and its final address.
struct Finished {
    address: String,
    bytes: Vec<u8>,
}

struct Naming {
    staged: BTreeMap<String, Vec<u8>>,
    done: BTreeMap<String, Finished>,
    /// Files that are waiting for the names of the files that they name.
    open: Vec<String>,
}

impl Naming {
    /// Names a file after all that it names, because their names are among its bytes.
    fn finish(&mut self, name: &str) -> Outcome<()> {
        if self.done.contains_key(name) {
            return Ok(());
        }
        if self.open.iter().any(|open| open == name) {
            return Err(Failure::new(format!(
                "{name} names itself by way of {}",
                self.open.join(", ")
            )));
        }
        self.open.push(name.to_owned());
        let mut bytes = self.staged[name].clone();
        if NAMING.contains(&extension(name)) {
            let mut text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("{name} is not UTF-8")))?;
            let others: Vec<String> = self.staged.keys().filter(|other| *other != name).cloned().collect();
            for other in others {
                let forms = forms(name, &other);
                if forms.iter().any(|form| text.contains(form)) {
                    self.finish(&other)?;
                    let address = &self.done[&other].address;
                    for form in forms {
                        text = text.replace(&form, &quoted(&form, address));
                    }
                }
            }
            bytes = text.into_bytes();
        }
        self.open.pop();
        let address = address(name, &bytes);
        self.done.insert(name.to_owned(), Finished { address, bytes });
        Ok(())
    }

    /// A file that no other file names could not be found under its new name.
    fn check(&self) -> Outcome<()> {
        let Some(name) = self.staged.keys().find(|name| !self.done.contains_key(*name)) else {
            return Ok(());
        };
        let by_program = self
            .staged
            .iter()
            .any(|(other, bytes)| extension(other) == "wasm" && memory_contains(bytes, format!("/{name}").as_bytes()));
        Err(Failure::new(if by_program {
            format!(
                "only the program names {name}, and a name in a program can't be changed: name it in index.html \
                 (`<link>` or a `data-` attribute) and read it there"
            )
        } else {
            format!("nothing names {name}, so it would be deployed for nobody: name it in index.html or remove it")
        }))
    }
}

fn memory_contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Each way in which the file `from` may name the file `to`, with what stands around it.
fn forms(from: &str, to: &str) -> Vec<String> {
    let mut addresses = vec![format!("/{to}")];
    let directory = from.rsplit_once('/').map_or("", |(directory, _)| directory);
    let below = if directory.is_empty() {
        Some(to)
    } else {
        to.strip_prefix(directory).and_then(|to| to.strip_prefix('/'))
    };
    match below {
        Some(below) => addresses.extend([below.to_owned(), format!("./{below}")]),
        None => addresses.push(format!("{}{to}", "../".repeat(directory.split('/').count()))),
    }
    let around = [
        ("\"", "\""),
        ("'", "'"),
        ("`", "`"),
        ("(", ")"),
        ("\"", "#"),
        ("'", "#"),
        ("(", "#"),
    ];
    addresses
        .iter()
        .flat_map(|address| {
            around
                .iter()
                .map(move |(before, after)| format!("{before}{address}{after}"))
        })
        .collect()
}

/// An address with what stood around the one before.
fn quoted(form: &str, address: &str) -> String {
    let mut characters = form.chars();
    let before = characters.next().unwrap_or('"');
    let after = characters.next_back().unwrap_or('"');
    format!("{before}{address}{after}")
}

/// The address of a file: its own name, for people, and its hash.
fn address(name: &str, bytes: &[u8]) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
    let hash = hexadecimal(&Sha256::digest(bytes)[..8]);
    format!("{}{stem}-{hash}.{extension}", site::ASSETS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staged(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    const PAGE: &str = "<link rel=\"modulepreload\" href=\"/app.js\">\
                        <script src=\"/boot.js\" data-js=\"/app.js\" data-wasm=\"/app_bg.wasm\"></script>";

    #[test]
    fn names_follow_the_bytes_of_what_is_named() {
        let build = |wasm: &str| {
            let files = [
                ("index.html", PAGE),
                (
                    "app.js",
                    "import './snippets/a/inline0.js'; new URL('app_bg.wasm', import.meta.url)",
                ),
                ("app_bg.wasm", wasm),
                ("boot.js", "start()"),
                ("snippets/a/inline0.js", "snippet()"),
            ];
            named_by_hash(staged(&files)).unwrap()
        };
        let (one, two) = (build("one"), build("two"));
        assert_eq!(one, build("one"));
        let name = |site: &BTreeMap<String, Vec<u8>>, start: &str| -> String {
            let start = format!("assets/{start}-");
            let found = site.keys().find(|name| name.starts_with(&start)).unwrap();
            assert!(site::is_hashed(&format!("/{found}")), "{found}");
            found.clone()
        };
        // The glue names the program, so its bytes and its name change with it; what names neither stays.
        assert_ne!(name(&one, "app_bg"), name(&two, "app_bg"));
        assert_ne!(name(&one, "app"), name(&two, "app"));
        assert_eq!(name(&one, "boot"), name(&two, "boot"));
        let glue = String::from_utf8(one[&name(&one, "app")].clone()).unwrap();
        let (program, snippet) = (name(&one, "app_bg"), name(&one, "inline0"));
        assert_eq!(
            glue,
            format!("import '/{snippet}'; new URL('/{program}', import.meta.url)")
        );
        let page = String::from_utf8(one["index.html"].clone()).unwrap();
        let integrity = STANDARD.encode(Sha384::digest(b"one"));
        assert!(
            page.contains(&format!(
                "data-wasm=\"/{program}\" data-wasm-integrity=\"sha384-{integrity}\""
            )),
            "{page}"
        );
    }

    #[test]
    fn a_file_that_nobody_can_find_is_refused() {
        let problem = |files: &[(&str, &str)]| named_by_hash(staged(files)).unwrap_err().to_string();
        let page = ("index.html", "<script src=\"/app.wasm\"></script>");
        assert!(problem(&[page, ("app.wasm", ""), ("icons.svg", "")]).contains("nothing names icons.svg"));
        assert!(problem(&[page, ("app.wasm", "x/icons.svg#a"), ("icons.svg", "")]).contains("only the program names"));
        assert!(problem(&[("boot.js", "")]).contains("no index.html"));
    }

    #[test]
    fn hosts_keep_the_files_that_exist_and_no_others() {
        let mut site = staged(&[("index.html", ""), ("assets/app-0123456789abcdef.js", "")]);
        for_hosts(&mut site, &Config::default()).unwrap();
        let headers = String::from_utf8(site["_headers"].clone()).unwrap();
        assert_eq!(headers.matches("immutable").count(), 1);
        assert!(
            headers
                .contains("\n/assets/app-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
        assert!(
            site.contains_key("assets/404.html") && !site.contains_key("404.html") && !site.contains_key("_redirects")
        );
        let many: Vec<String> = (0..MOST_RULES)
            .map(|number| format!("assets/app-{number:016x}.js"))
            .collect();
        let mut site = many.into_iter().map(|name| (name, Vec::new())).collect();
        assert!(for_hosts(&mut site, &Config::default()).is_err());
    }

    #[test]
    fn forms_of_an_address() {
        assert!(forms("style/main.css", "style/font.woff2").contains(&"(font.woff2)".to_owned()));
        assert!(forms("style/main.css", "icons.svg").contains(&"\"../icons.svg#".to_owned()));
        assert!(forms("app.js", "snippets/a.js").contains(&"'./snippets/a.js'".to_owned()));
    }
}

//! The compressed forms of each file, for hosts that send them as they are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Context, Outcome};
use crate::process::run_aside;

/// The highest level that a browser must be able to read: above, it needs more memory.
const ZSTD_LEVEL: i32 = 19;

/// Adds the compressed forms of the site's files. Those of a file that `before` has with the same bytes are taken from there:
/// compressing everything takes longer than all the rest.
pub(super) fn pack(site: &mut BTreeMap<String, Vec<u8>>, before: &Path, scratch: &Path) -> Outcome<()> {
    let names: Vec<String> = site.keys().filter(|name| site::is_packed(name)).cloned().collect();
    let mut open = Vec::new();
    for name in names {
        match known_forms(before, &name, &site[&name]) {
            Some(forms) => site.extend(forms),
            None => open.push(name),
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    if scratch.exists() {
        fs::remove_dir_all(scratch).context(format!("removing {}", scratch.display()))?;
    }
    fs::create_dir_all(scratch).context(format!("creating {}", scratch.display()))?;
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", include_str!("pack.mjs"), "--"]);
    // By number: a file of the site may be in a directory.
    let paths: Vec<_> = (0..open.len()).map(|number| scratch.join(number.to_string())).collect();
    for (path, name) in paths.iter().zip(&open) {
        fs::write(path, &site[name]).context(format!("writing {}", path.display()))?;
        node.arg(path);
    }
    run_aside(&mut node)?;
    for (path, name) in paths.iter().zip(&open) {
        for suffix in ["br", "gz"] {
            let packed = path.with_extension(suffix);
            let bytes = fs::read(&packed).context(format!("reading {}", packed.display()))?;
            site.insert(format!("{name}.{suffix}"), bytes);
        }
        let bytes = zstd::encode_all(site[name].as_slice(), ZSTD_LEVEL).context(format!("compressing {name}"))?;
        site.insert(format!("{name}.zst"), bytes);
    }
    fs::remove_dir_all(scratch).context(format!("removing {}", scratch.display()))
}

/// The compressed forms of a file in another directory, where it has them all and the file itself is the same.
fn known_forms(directory: &Path, name: &str, bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let known = fs::read(directory.join(name)).ok()?;
    if known != bytes {
        return None;
    }
    let forms = site::CODINGS.iter().map(|(suffix, _)| {
        let packed = format!("{name}.{suffix}");
        let bytes = fs::read(directory.join(&packed)).ok()?;
        Some((packed, bytes))
    });
    forms.collect()
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Stdio;

    use super::*;

    /// What Node.js reads of a compressed file.
    fn by_node(call: &str, path: &Path) -> Vec<u8> {
        let script = format!(
            "process.stdout.write(require('node:zlib').{call}(require('node:fs').readFileSync(process.argv[1])))"
        );
        let mut node = Command::new("node");
        node.args(["--eval", &script, "--"]).arg(path).stderr(Stdio::inherit());
        node.output().unwrap().stdout
    }

    #[test]
    fn each_form_holds_the_file_and_is_made_once() {
        let place = env::temp_dir().join(format!("strongroom-pack-{}", std::process::id()));
        let (before, scratch) = (place.join("before"), place.join("scratch"));
        fs::create_dir_all(before.join("assets")).unwrap();
        let text = "a { color: red; }\n".repeat(200).into_bytes();
        let mut site = BTreeMap::from([
            ("assets/main-0123456789abcdef.css".to_owned(), text.clone()),
            ("config.json".to_owned(), b"{}".to_vec()),
        ]);
        pack(&mut site, &before, &scratch).unwrap();
        assert_eq!(
            site.len(),
            2 + site::CODINGS.len(),
            "config.json is edited on hosts, so it is alone"
        );
        for (name, bytes) in &site {
            fs::write(before.join(name), bytes).unwrap();
        }
        let file = before.join("assets/main-0123456789abcdef.css");
        let form = |suffix: &str| file.with_extension(format!("css.{suffix}"));
        assert_eq!(by_node("brotliDecompressSync", &form("br")), text);
        assert_eq!(by_node("gunzipSync", &form("gz")), text);
        assert_eq!(
            zstd::decode_all(fs::read(form("zst")).unwrap().as_slice()).unwrap(),
            text
        );
        // From then on they are taken as they are, unless the file is another.
        fs::write(form("br"), "kept").unwrap();
        let mut again = BTreeMap::from([("assets/main-0123456789abcdef.css".to_owned(), text.clone())]);
        pack(&mut again, &before, &scratch).unwrap();
        assert_eq!(again["assets/main-0123456789abcdef.css.br"], b"kept");
        let mut other = BTreeMap::from([("assets/main-0123456789abcdef.css".to_owned(), b"b { }".to_vec())]);
        pack(&mut other, &before, &scratch).unwrap();
        assert_ne!(other["assets/main-0123456789abcdef.css.br"], b"kept");
        assert!(!scratch.exists());
        fs::remove_dir_all(&place).unwrap();
    }
}

//! Which files of `dist/` belong to the release: it also keeps those of the release before, for tabs that are still open.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{files, hexadecimal};
use crate::failure::{Context, Outcome};

/// Names and hashes of the files of the release, as `sha256sum --check` reads them; itself not among them.
pub(super) const LIST: &str = "SHA256SUMS";

/// The list of a release.
pub(super) fn list(site: &BTreeMap<String, Vec<u8>>) -> String {
    site.iter()
        .map(|(name, bytes)| format!("{}  {name}\n", hexadecimal(&Sha256::digest(bytes))))
        .collect()
}

/// The names of the files of the release in a directory, with its list. All that is there, where it has no list.
pub(super) fn names(dist: &Path) -> Outcome<Vec<String>> {
    let Ok(list) = fs::read_to_string(dist.join(LIST)) else {
        return files(dist);
    };
    let listed = list.lines().filter_map(|line| line.split_once("  "));
    let mut names: Vec<String> = listed.map(|(_, name)| name.to_owned()).collect();
    names.push(LIST.to_owned());
    names.sort();
    Ok(names)
}

/// The files of the release before that `dist`, which holds that release, has to keep beside the new one.
///
/// Building one release again keeps what was kept for it. Two releases back, nothing is kept.
pub(super) fn kept(dist: &Path, site: &BTreeMap<String, Vec<u8>>) -> Outcome<BTreeMap<String, Vec<u8>>> {
    if !dist.is_dir() {
        return Ok(BTreeMap::new());
    }
    let new: BTreeSet<&str> = site.keys().map(String::as_str).filter(|name| is_kept(name)).collect();
    let mut before = names(dist)?;
    before.retain(|name| is_kept(name));
    if before.iter().map(String::as_str).eq(new.iter().copied()) {
        before = files(dist)?;
        before.retain(|name| is_kept(name));
    }
    let gone = before.into_iter().filter(|name| !new.contains(name.as_str()));
    gone.filter(|name| dist.join(name).is_file())
        .map(|name| {
            let bytes = fs::read(dist.join(&name)).context(format!("reading {name}"))?;
            Ok((name, bytes))
        })
        .collect()
}

/// Whether a tab may ask for a file by this name after the release: it holds the hash of the file.
fn is_kept(name: &str) -> bool {
    site::is_hashed(site::unpacked(&format!("/{name}")))
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::path::PathBuf;

    use super::*;

    fn site(files: &[&str]) -> BTreeMap<String, Vec<u8>> {
        files
            .iter()
            .map(|name| ((*name).to_owned(), name.as_bytes().to_vec()))
            .collect()
    }

    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Self {
            Self(env::temp_dir().join(format!("strongroom-release-{name}-{}", std::process::id())))
        }

        /// Puts a release there as `finish` does; the names of all that is there then.
        fn release(&self, names: &[&str]) -> Vec<String> {
            let mut release = site(names);
            let kept = kept(&self.0, &release).unwrap();
            release.insert(LIST.to_owned(), list(&release).into_bytes());
            let _ = fs::remove_dir_all(&self.0);
            for (name, bytes) in release.iter().chain(&kept) {
                let path = self.0.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            files(&self.0).unwrap()
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const ONE: &[&str] = &[
        "assets/404.html",
        "assets/a-1111111111111111.js",
        "assets/a-1111111111111111.js.br",
        "assets/same-0000000000000000.css",
        "index.html",
        "only_in_one.txt",
    ];
    const TWO: &[&str] = &[
        "assets/404.html",
        "assets/a-2222222222222222.js",
        "assets/a-2222222222222222.js.br",
        "assets/same-0000000000000000.css",
        "index.html",
    ];
    const THREE: &[&str] = &["assets/a-3333333333333333.js", "index.html"];

    #[test]
    fn the_files_of_one_release_before_are_kept() {
        let place = Place::new("kept");
        assert_eq!(place.release(ONE).len(), ONE.len() + 1);
        let second = place.release(TWO);
        for name in TWO.iter().chain(&ONE[1..3]) {
            assert!(second.iter().any(|it| it == name), "{name} in {second:?}");
        }
        assert!(!second.iter().any(|it| it == "only_in_one.txt"), "nobody asks for it");
        let names = names(&place.0).unwrap();
        assert!(
            names
                .iter()
                .map(String::as_str)
                .eq([LIST].into_iter().chain(TWO.iter().copied())),
            "{names:?}"
        );
        // The same once more: a second build must not cost the tabs their files.
        assert_eq!(place.release(TWO), second);
        let third = place.release(THREE);
        assert!(third.iter().any(|name| name == "assets/a-2222222222222222.js"));
        assert!(!third.iter().any(|name| name.contains("1111")), "{third:?}");
    }

    #[test]
    fn the_list_is_one_for_sha256sum() {
        let empty = BTreeMap::from([("assets/a b".to_owned(), Vec::new())]);
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(list(&empty), format!("{hash}  assets/a b\n"));
    }

    #[test]
    fn a_release_of_before_there_were_lists_is_kept_whole() {
        let place = Place::new("old");
        place.release(ONE);
        fs::remove_file(place.0.join(LIST)).unwrap();
        assert!(place.release(TWO).iter().any(|name| name == ONE[1]));
    }
}

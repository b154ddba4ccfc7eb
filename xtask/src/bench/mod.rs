//! `cargo xtask bench`: the measurements of docs/performance.md.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::arguments::Arguments;
use crate::dist;
use crate::failure::{Context, Failure, Outcome};
use crate::local_api::{self, LocalApi, Options};
use crate::process::{run, run_aside};
use crate::repository::Repository;
use crate::setup::{Browser, Need, Setup};

/// Where the list is that ours is measured beside.
const PEER: &str = "tests/peer";

/// The options that go to the measurements as they are: `--runs N`, `--secrets N[,N]`, `--slowed N[,N]`, `--across WxN`.
const OPTIONS: [&str; 4] = ["--runs", "--secrets", "--slowed", "--across"];

/// Builds what is measured and prints the tables.
pub(crate) fn bench(repository: &Repository, mut arguments: Arguments) -> Outcome<()> {
    let only_bytes = arguments.flag("--bytes");
    let lighthouse = arguments.value("--lighthouse")?;
    let chain = arguments.value("--chain")?;
    let mut options = Vec::new();
    for name in OPTIONS {
        if let Some(value) = arguments.value(name)? {
            options.extend([name.to_owned(), value]);
        }
    }
    arguments.finish()?;
    let setup = Setup::new(repository);
    dist::build(&setup, None)?;
    println!("## Bytes\n\n{}", dist::measure(repository)?);
    if only_bytes {
        return Ok(());
    }
    setup.provide(&[Need::Browser])?;
    let browser = Browser::find().ok_or_else(|| Failure::new("there is no Chromium or no chromedriver"))?;
    if let Some(runs) = lighthouse {
        println!("## Lighthouse\n");
        return by_script(
            repository,
            &browser,
            "lighthouse.mjs",
            ("STRONGROOM_LIGHTHOUSE_RUNS", &runs),
        );
    }
    if let Some(runs) = chain {
        println!("## First rows\n");
        return by_script(repository, &browser, "first_rows.mjs", ("STRONGROOM_CHAIN_RUNS", &runs));
    }
    setup.provide(&[Need::Peer])?;
    run_aside(
        Command::new("npm")
            .args(["run", "--silent", "build"])
            .current_dir(repository.path(PEER)),
    )?;
    let local_api = local_api::build(repository)?;
    let peer = packed(&repository.path(PEER).join("dist"), &repository.kept("bench/peer"))?;
    println!("## Speed beside the peer\n");
    let mut measure = Command::new("cargo");
    measure
        .args(["run", "--quiet", "--package", "e2e", "--bin", "bench", "--"])
        .args(options)
        .current_dir(&repository.root)
        .env("STRONGROOM_LOCAL_API", local_api)
        .env("STRONGROOM_DIST", repository.dist())
        .env("STRONGROOM_PEER", peer)
        .env("CHROMEDRIVER", browser.driver)
        .env("CHROMIUM", browser.chromium);
    run(&mut measure)
}

/// Runs a script of `tests/e2e/scripts` on the built site with demo data, with a variable that says how often it measures.
fn by_script(repository: &Repository, browser: &Browser, script: &str, runs: (&str, &str)) -> Outcome<()> {
    let options = Options {
        port: 0,
        seed: "demo".to_owned(),
        data: None,
        site: Some(repository.dist()),
        more: Vec::new(),
    };
    let api = LocalApi::start(&local_api::build(repository)?, &options)?;
    let mut measure = Command::new("node");
    measure
        .arg(Path::new("tests/e2e/scripts").join(script))
        .current_dir(&repository.root)
        .env(runs.0, runs.1)
        .env("STRONGROOM_TEST_API", &api.address)
        .env("STRONGROOM_TEST_KEY", &api.key)
        .env("CHROMIUM", &browser.chromium);
    run(&mut measure)
}

/// A copy of a site with its files compressed beside them, as a host has it; the local API then sends those.
fn packed(site: &Path, copy: &Path) -> Outcome<PathBuf> {
    if copy.exists() {
        fs::remove_dir_all(copy).context(format!("clearing {}", copy.display()))?;
    }
    let mut pack = Command::new("node");
    pack.args(["--input-type=module", "--eval", include_str!("pack.mjs"), "--"]);
    pack.args(copied(site, copy)?);
    run_aside(&mut pack)?;
    Ok(copy.to_owned())
}

/// Copies a folder; the files of the copy.
fn copied(from: &Path, to: &Path) -> Outcome<Vec<PathBuf>> {
    fs::create_dir_all(to).context(format!("making {}", to.display()))?;
    let mut files = Vec::new();
    for entry in fs::read_dir(from).context(format!("reading {}", from.display()))? {
        let path = entry.context(format!("reading {}", from.display()))?.path();
        let Some(name) = path.file_name() else { continue };
        let target = to.join(name);
        if path.is_dir() {
            files.extend(copied(&path, &target)?);
        } else {
            fs::copy(&path, &target).context(format!("copying {}", path.display()))?;
            files.push(target);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local_api::TemporaryDirectory;

    #[test]
    fn a_copy_holds_every_file() {
        let folder = TemporaryDirectory::make().unwrap();
        let (from, to) = (folder.0.join("from"), folder.0.join("to"));
        fs::create_dir_all(from.join("assets")).unwrap();
        fs::write(from.join("index.html"), "a page").unwrap();
        fs::write(from.join("assets/program.wasm"), "a program").unwrap();
        let mut files = copied(&from, &to).unwrap();
        files.sort();
        assert_eq!(files, [to.join("assets/program.wasm"), to.join("index.html")]);
        assert_eq!(fs::read_to_string(to.join("index.html")).unwrap(), "a page");
    }
}

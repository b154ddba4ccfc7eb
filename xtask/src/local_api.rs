//! Building, starting and ending the local API.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::arguments::Arguments;
use crate::failure::{Context, Failure, Outcome};
use crate::process::{Started, run_aside};
use crate::repository::Repository;

/// What the line of a started API starts with, and what is between its address and its key.
const READY: &str = "Local API is ready at ";
const KEY: &str = " with API key ";

/// How the API is started.
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) seed: String,
    pub(crate) data: Option<PathBuf>,
    pub(crate) site: Option<PathBuf>,
    pub(crate) more: Vec<String>,
}

impl Options {
    /// The options that `serve` and `dev` share.
    pub(crate) fn from_arguments(arguments: &mut Arguments) -> Outcome<Self> {
        let port = arguments.number("--port")?.unwrap_or(8080);
        let seed = arguments.value("--seed")?.unwrap_or_else(|| "demo".to_owned());
        let is_number = |text: &str| text.parse::<u32>().is_ok();
        let is_across = seed
            .split_once('x')
            .is_some_and(|(workspaces, secrets)| is_number(workspaces) && is_number(secrets));
        if seed != "demo" && !is_number(&seed) && !is_across {
            return Err(Failure::new(format!(
                "`--seed` must be `demo`, a number of secrets, or workspaces times secrets as in `12x10000`, not `{seed}`"
            )));
        }
        let data = arguments.value("--data")?.map(PathBuf::from);
        let mut more = Vec::new();
        for flag in ["--return-values", "--keep-names"] {
            if arguments.flag(flag) {
                more.push(flag.to_owned());
            }
        }
        Ok(Self {
            port,
            seed,
            data,
            site: None,
            more,
        })
    }
}

/// A running API.
pub(crate) struct LocalApi {
    pub(crate) address: String,
    pub(crate) key: String,
    process: Started,
    /// Dropped after the process has ended.
    _data: Option<TemporaryDirectory>,
}

/// Compiles the API where its sources changed, and says where the program is.
pub(crate) fn build(repository: &Repository) -> Outcome<PathBuf> {
    let program = repository.target.join("tools/local-api");
    if !program.is_file() {
        eprintln!("Compiling the local API (about 2 minutes for the first time)");
    }
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--quiet", "--package", "local-api", "--profile", "tools"])
        .current_dir(&repository.root);
    run_aside(&mut cargo)?;
    Ok(program)
}

impl LocalApi {
    /// Starts it and waits until it answers.
    pub(crate) fn start(program: &Path, options: &Options) -> Outcome<Self> {
        port_is_free(options.port)?;
        let (data, temporary) = match &options.data {
            Some(path) => (path.clone(), None),
            None => {
                let directory = TemporaryDirectory::make()?;
                (directory.0.join("data.sqlite"), Some(directory))
            }
        };
        let mut command = Command::new(program);
        command.arg("--listen").arg(format!("127.0.0.1:{}", options.port));
        command.arg("--data").arg(data).args(["--seed", &options.seed]);
        if let Some(site) = &options.site {
            command.arg("--site").arg(site);
        }
        command.args(&options.more).stdout(Stdio::piped());
        let mut process = Started::start(&mut command)?;
        let stdout = process
            .child
            .stdout
            .take()
            .ok_or_else(|| Failure::new("the local API has no output"))?;
        let mut lines = BufReader::new(stdout);
        let mut line = String::new();
        lines
            .read_line(&mut line)
            .context("reading what the local API prints")?;
        let Some((address, key)) = parse(&line) else {
            let printed = if line.is_empty() {
                "nothing".to_owned()
            } else {
                format!("`{}`", line.trim())
            };
            return Err(Failure::new(format!(
                "the local API did not start: it printed {printed} where its address and key should be. Its own \
                 message is above"
            )));
        };
        // Keep reading: a full pipe would block it.
        thread::spawn(move || io::copy(&mut lines, &mut io::stderr()));
        Ok(Self {
            address,
            key,
            process,
            _data: temporary,
        })
    }

    /// Waits until it exits, by a signal or an error.
    pub(crate) fn wait(self) -> Outcome<()> {
        let status = self.process.wait()?;
        if crate::process::interrupted() || status.success() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "the local API stopped ({status}); its message is above"
        )))
    }
}

fn parse(line: &str) -> Option<(String, String)> {
    let (address, key) = line.trim().strip_prefix(READY)?.split_once(KEY)?;
    Some((address.to_owned(), key.to_owned()))
}

/// Reports early, with a remedy, that a port is taken.
pub(crate) fn port_is_free(port: u16) -> Outcome<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(format!(
            "port {port} on 127.0.0.1 can't be used: {error}\n  How to go on: end what listens there, or choose \
             another port: `--port N` (0 picks a free one)"
        ))),
    }
}

/// A directory that only this user can read, removed at the end.
pub(crate) struct TemporaryDirectory(pub(crate) PathBuf);

impl TemporaryDirectory {
    pub(crate) fn make() -> Outcome<Self> {
        let parent = std::env::temp_dir();
        // The names are tried in turn: one that exists is somebody else's.
        for number in 0..1000 {
            let path = parent.join(format!("strongroom-{}-{number}", std::process::id()));
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Failure::new(format!("making {}: {error}", path.display()))),
            }
        }
        Err(Failure::new(format!(
            "no name is free for a directory in {}",
            parent.display()
        )))
    }
}

impl Drop for TemporaryDirectory {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} is left behind: {error}", self.0.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_started_api() {
        let (address, key) = parse("Local API is ready at http://127.0.0.1:80 with API key sr_x\n").unwrap();
        assert_eq!((address.as_str(), key.as_str()), ("http://127.0.0.1:80", "sr_x"));
        assert!(parse("").is_none());
    }

    #[test]
    fn a_taken_port_is_told_with_the_remedy() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(port_is_free(port).unwrap_err().to_string().contains("--port N"));
        assert!(port_is_free(0).is_ok());
    }
}

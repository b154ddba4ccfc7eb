//! A server from its start to its stop.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::options::Options;
use crate::service::{Opened, Service};
use crate::{app, connection, identifiers, log};

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is one that other machines reach.
    #[error("refusing to listen on {0}: it is not loopback, and --allow-remote was not given")]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// A file cannot be used.
    #[error("{path}: {source}")]
    File {
        /// Its path.
        path: PathBuf,
        /// What is wrong with it.
        source: io::Error,
    },
    /// The database was made by another version of the program.
    #[error(
        "the database has schema {found}, this program needs {known}: delete the file, or name another one with --data"
    )]
    OtherSchema {
        /// The version of the file.
        found: u32,
        /// The version that is needed.
        known: u32,
    },
    /// The database cannot be used.
    #[error("the database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The account, the start-up key or the seed could not be written; the log says why.
    #[error("the database could not be prepared")]
    Prepare,
    /// `config.json` cannot be used.
    #[error("{0}")]
    Config(#[from] site::ConfigError),
    /// An origin that is none.
    #[error("--cors-origin {0} is not an origin such as http://localhost:8080")]
    Origin(String),
    /// Any origin, on an address that other machines reach.
    #[error("--cors-origin '*' is allowed only on loopback: name the origins instead")]
    AnyOrigin,
    /// Faults, and with them the routes that need no key, for other machines.
    #[error("--faults and --allow-remote exclude each other: with both, anyone could read every value without a key")]
    RemoteFaults,
    /// Faults, and with them the routes that need no key, for the pages of any origin.
    #[error(
        "--faults and --cors-origin '*' exclude each other: with both, any page could make a key and read every value"
    )]
    FaultsForAnyOrigin,
    /// An empty key.
    #[error("--api-key must not be empty")]
    EmptyKey,
    /// The system has no randomness to give.
    #[error("no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
    /// Signals cannot be received, or the runtime cannot be started.
    #[error("{0}")]
    Runtime(#[source] io::Error),
}

impl StartError {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            source,
        }
    }
}

/// A directory that only its owner can access, removed with its content on drop.
pub(crate) struct PrivateFolder(PathBuf);

impl PrivateFolder {
    pub(crate) fn create() -> Result<Self, StartError> {
        use std::os::unix::fs::DirBuilderExt;
        let name = format!("strongroom-local-api-{}", identifiers::ulid()?);
        let path = std::env::temp_dir().join(name);
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .map_err(|error| StartError::file(&path, error))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            log::error(&format!("{} is left behind: {error}", self.0.display()));
        }
    }
}

/// Runs a server until SIGINT or SIGTERM, and prints its address and an API key once it is ready.
///
/// # Errors
///
/// When it cannot start: see [`StartError`].
pub async fn run(options: Options) -> Result<(), StartError> {
    // Installed first, because a signal during seeding must stop it cleanly, too.
    let mut interrupt = signal(SignalKind::interrupt()).map_err(StartError::Runtime)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(StartError::Runtime)?;
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    serve(options, log::ready, stop).await
}

/// Runs a server until `stop` is ready. `ready` is called once, with its address and an API key.
///
/// # Errors
///
/// When it cannot start: see [`StartError`].
pub async fn serve(
    options: Options,
    ready: impl FnOnce(&str, &str),
    stop: impl Future<Output = ()>,
) -> Result<(), StartError> {
    if !options.allow_remote && !options.listen.ip().is_loopback() {
        return Err(StartError::NotLoopback(options.listen));
    }
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| StartError::Listen(options.listen, error))?;
    let address = listener
        .local_addr()
        .map_err(|error| StartError::Listen(options.listen, error))?;
    let temporary = match options.data {
        Some(_) => None,
        None => Some(PrivateFolder::create()?),
    };
    let database = match (&options.data, &temporary) {
        (Some(path), _) => path.clone(),
        (None, Some(folder)) => folder.path().join("local-api.sqlite"),
        (None, None) => PathBuf::new(),
    };
    let stopping = Arc::new(AtomicBool::new(false));
    let is_stopping = Arc::clone(&stopping);
    let mut opening = tokio::task::spawn_blocking(move || Service::open_unless(&database, &options, &is_stopping));
    tokio::pin!(stop);
    let opened = tokio::select! {
        opened = &mut opening => opened.map_err(|_| StartError::Prepare)??,
        () = &mut stop => {
            // A large seed takes a while; it stops at the next secret and is rolled back. The result is ignored, but
            // the database must outlive its use.
            stopping.store(true, Ordering::Relaxed);
            let _ = opening.await;
            return Ok(());
        }
    };
    let Opened { service, api_key } = opened;
    ready(&format!("http://{address}"), &api_key);
    connection::serve(listener, app(service), stop).await;
    // Only now: the database must not go while a request still uses it.
    drop(temporary);
    Ok(())
}

//! What all handlers share.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use contract::ProfileType;
use rusqlite::{OptionalExtension, Transaction};
use tower_http::cors::CorsLayer;
use zeroize::Zeroizing;

use crate::cursor::Cursors;
use crate::failure::Refusal;
use crate::faults::Faults;
use crate::files::Site;
use crate::identifiers::Kind;
use crate::key::{self, Grants};
use crate::key_file;
use crate::layers::cors;
use crate::options::Options;
use crate::seal::Sealer;
use crate::store::{Store, key_check, keys, members, profiles};
use crate::{StartError, clock, seed};

/// The external ID by which the profile of the start-up key is found again.
const ADMINISTRATOR: &str = "local-api:administrator";

/// One running API. A clone is another handle on the same one.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    store: Store,
    sealer: Arc<Sealer>,
    cursors: Cursors,
    settings: Settings,
    faults: Option<Faults>,
    site: Option<Site>,
}

/// What the command line decides for every request.
pub(crate) struct Settings {
    /// Whether get, create and update answer with the value.
    pub(crate) return_values: bool,
    /// Whether any Host header will do.
    pub(crate) allow_remote: bool,
    /// Whether each request is logged.
    pub(crate) verbose: bool,
    /// The address that is listened on.
    pub(crate) listen: IpAddr,
    /// Which pages of other origins may call.
    pub(crate) cors: CorsLayer,
}

/// A service that is ready, and the key to it.
pub struct Opened {
    /// The service.
    pub service: Service,
    /// An API key with every scope.
    pub api_key: Zeroizing<String>,
}

impl Service {
    /// Opens the database at this path, plants the seed, and mints the start-up key. Blocks.
    ///
    /// # Errors
    ///
    /// When a file cannot be used: see [`StartError`].
    pub fn open(database: &Path, options: &Options) -> Result<Opened, StartError> {
        Self::open_unless(database, options, &AtomicBool::new(false))
    }

    /// The same, but gives up seeding once `stopping` is set.
    pub(crate) fn open_unless(database: &Path, options: &Options, stopping: &AtomicBool) -> Result<Opened, StartError> {
        if options.faults && options.allow_remote {
            return Err(StartError::RemoteFaults);
        }
        let site = match &options.site {
            Some(folder) => Some(Site::open(folder, options.config.as_deref())?),
            None => None,
        };
        let settings = Settings {
            return_values: options.return_values,
            allow_remote: options.allow_remote,
            verbose: options.verbose,
            listen: options.listen.ip(),
            cors: cors::layer(options)?,
        };
        let api_key = match &options.api_key {
            Some(key) if key.expose().is_empty() => return Err(StartError::EmptyKey),
            Some(key) => Zeroizing::new(key.expose().to_owned()),
            None => key::fresh()?,
        };
        let hash = key::hash(&api_key);
        let store = Store::open(database)?;
        let key_path = key_file::path_for(database);
        let is_in_use = store.write_now(is_in_use).map_err(|_| StartError::Prepare)?;
        let master = match key_file::read(&key_path)? {
            Some(key) => key,
            None if is_in_use => return Err(StartError::KeyFileMissing(key_path)),
            None => key_file::create(&key_path)?,
        };
        let sealer = Arc::new(Sealer::new(&master));
        let is_its_key = store
            .write_now(|transaction| {
                if !key_check::agrees(transaction, &master, &sealer)? {
                    return Ok(false);
                }
                account(transaction)?;
                let administrator = administrator(transaction)?;
                keys::replace(transaction, &administrator, &hash, &Grants::everything())?;
                if let Some(seed) = options.seed {
                    seed::plant(transaction, &sealer, seed, stopping)?;
                }
                members::add_everywhere(transaction, &administrator, clock::now())?;
                Ok(true)
            })
            .map_err(|_| StartError::Prepare)?;
        if !is_its_key {
            return Err(StartError::KeyFileWrong(key_path));
        }
        let service = Self(Arc::new(Inner {
            store,
            sealer,
            cursors: Cursors::new(&master),
            settings,
            faults: options.faults.then(Faults::default),
            site,
        }));
        Ok(Opened { service, api_key })
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn sealer(&self) -> &Arc<Sealer> {
        &self.0.sealer
    }

    pub(crate) fn cursors(&self) -> &Cursors {
        &self.0.cursors
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn faults(&self) -> Option<&Faults> {
        self.0.faults.as_ref()
    }

    pub(crate) fn site(&self) -> Option<&Site> {
        self.0.site.as_ref()
    }
}

/// Whether the database was started with before: everything in it was written together with its account or later.
fn is_in_use(transaction: &Transaction<'_>) -> Result<bool, Refusal> {
    Ok(transaction.query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |row| row.get(0))?)
}

/// The one account, made where there is none.
fn account(transaction: &Transaction<'_>) -> Result<(), Refusal> {
    if is_in_use(transaction)? {
        return Ok(());
    }
    let id = Kind::Account.fresh().map_err(Refusal::internal)?;
    transaction.execute(
        "INSERT INTO account (id, name, created_at) VALUES (?, 'Local', ?)",
        rusqlite::params![id, clock::now()],
    )?;
    Ok(())
}

/// The profile of the start-up key, made where there is none.
fn administrator(transaction: &Transaction<'_>) -> Result<String, Refusal> {
    let found = transaction
        .query_row(
            "SELECT id FROM profiles WHERE external_id = ?",
            [ADMINISTRATOR],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let id = Kind::Profile.fresh().map_err(Refusal::internal)?;
    let profile = profiles::NewProfile {
        id: &id,
        kind: ProfileType::ApiKey,
        name: "Local administrator",
        email: None,
        external_id: Some(ADMINISTRATOR),
        labels: &contract::Labels::new(),
        created_by: &id,
        created_at: clock::now(),
    };
    profiles::insert(transaction, &profile)?;
    Ok(id)
}

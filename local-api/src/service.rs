//! State shared by all handlers.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use contract::ProfileType;
use rusqlite::{OptionalExtension, Transaction};
use tower_http::cors::CorsLayer;

use crate::failure::Refusal;
use crate::faults::Faults;
use crate::files::Site;
use crate::identifiers::Kind;
use crate::key::{self, Grants};
use crate::layers::cors;
use crate::options::Options;
use crate::store::{Store, keys, members, profiles};
use crate::{StartError, clock, seed};

/// The external ID by which the profile of the start-up key is found again.
const ADMINISTRATOR: &str = "local-api:administrator";

/// One running API. A clone is another handle on the same one.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    store: Store,
    settings: Settings,
    faults: Option<Faults>,
    site: Option<Site>,
}

/// What the command line decides for every request.
pub(crate) struct Settings {
    /// Whether get, create and update answer with the value.
    pub(crate) return_values: bool,
    /// Whether names of secrets stay as they are sent.
    pub(crate) keep_names: bool,
    /// The name of the workspace that `whoami` answers as the default.
    pub(crate) default_workspace: Option<String>,
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
    /// An API key with every scope; an admin's, unless the options say otherwise.
    pub api_key: String,
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
        if options.faults && options.cors_origins.iter().any(|origin| origin == cors::ANY) {
            return Err(StartError::FaultsForAnyOrigin);
        }
        let site = match &options.site {
            Some(folder) => Some(Site::open(folder, options.config.as_deref())?),
            None => None,
        };
        let settings = Settings {
            return_values: options.return_values,
            keep_names: options.keep_names,
            default_workspace: options.default_workspace.clone(),
            allow_remote: options.allow_remote,
            verbose: options.verbose,
            listen: options.listen.ip(),
            cors: cors::layer(options)?,
        };
        let api_key = match options.api_key.as_deref().map(str::trim) {
            Some("") => return Err(StartError::EmptyKey),
            Some(key) => key.to_owned(),
            None => key::fresh()?,
        };
        let store = Store::open(database)?;
        store
            .write_now(|transaction| {
                account(transaction)?;
                let administrator = administrator(transaction)?;
                keys::replace(
                    transaction,
                    &administrator,
                    &api_key,
                    &Grants::everything(),
                    !options.no_admin,
                )?;
                if let Some(seed) = options.seed {
                    seed::plant(transaction, seed, stopping)?;
                }
                members::add_everywhere(transaction, &administrator, clock::now())
            })
            .map_err(|_| StartError::Prepare)?;
        let service = Self(Arc::new(Inner {
            store,
            settings,
            faults: options.faults.then(Faults::default),
            site,
        }));
        Ok(Opened { service, api_key })
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
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

/// The one account, made where there is none.
fn account(transaction: &Transaction<'_>) -> Result<(), Refusal> {
    let is_there = transaction.query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |row| row.get(0))?;
    if is_there {
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

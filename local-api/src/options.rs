//! The command line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

/// The Cadenya API for workspaces and secrets, in miniature, on SQLite.
///
/// For development, tests and demos on this machine. It is no server for real secrets: values are stored as plain
/// text, and there is one account, no rate limits, no backups, no TLS.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "local-api")]
pub struct Options {
    /// Where to listen; port 0 picks a free one. Anything but loopback needs --allow-remote.
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = Options::default().listen)]
    pub listen: SocketAddr,

    /// The database file. Default: a temporary file, removed at exit.
    #[arg(long, value_name = "PATH")]
    pub data: Option<PathBuf>,

    /// What to put into a new database: `demo`, or demo data and a workspace of N secrets, or W workspaces of N secrets
    /// each. A seed that is there already is left as it is.
    #[arg(long, value_name = "demo|N|WxN")]
    pub seed: Option<Seed>,

    /// Serve the built console in DIR on the same origin, with the headers of production.
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,

    /// What to answer for /config.json. Default: one server, "Local API", on this origin.
    #[arg(long, value_name = "FILE", requires = "site")]
    pub config: Option<PathBuf>,

    /// Answer get, create and update with the value. Default: values are write-only.
    #[arg(long)]
    pub return_values: bool,

    /// Leave the names of secrets as they are. Default: they are upper-cased, as the real API does.
    #[arg(long)]
    pub keep_names: bool,

    /// The start-up key belongs to no admin: calls on the account's workspaces, members and people are refused.
    #[arg(long)]
    pub no_admin: bool,

    /// Name this workspace as the default in the answer to `whoami`. Default: none is named.
    #[arg(long, value_name = "NAME")]
    pub default_workspace: Option<String>,

    /// For tests: faults on demand, and /_test/ routes that make keys, list requests and read values without a key.
    /// Not together with --allow-remote or --cors-origin '*'.
    #[arg(long)]
    pub faults: bool,

    /// Allow listening on an address that other machines reach, and any Host header.
    #[arg(long)]
    pub allow_remote: bool,

    /// An origin whose pages may call the API; may be given several times. `*` is any, on loopback alone and without --faults.
    #[arg(long = "cors-origin", value_name = "ORIGIN")]
    pub cors_origins: Vec<String>,

    /// The API key to start with, for tests. Default: a new random one at each start.
    #[arg(long, value_name = "KEY")]
    pub api_key: Option<String>,

    /// One line on stderr for each request: method, path, status, duration.
    #[arg(long)]
    pub verbose: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8787),
            data: None,
            seed: None,
            site: None,
            config: None,
            return_values: false,
            keep_names: false,
            no_admin: false,
            default_workspace: None,
            faults: false,
            allow_remote: false,
            cors_origins: Vec::new(),
            api_key: None,
            verbose: false,
        }
    }
}

/// What to put into a new database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seed {
    /// The demo data alone.
    Demo,
    /// The demo data, and one more workspace with so many secrets.
    Bulk(u32),
    /// The demo data, and so many workspaces with so many secrets each, most of them with the same names.
    Across {
        /// How many workspaces.
        workspaces: u32,
        /// How many secrets in each.
        secrets: u32,
    },
}

/// Not a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be `demo`, a whole number of secrets, or workspaces times secrets as in `12x10000`")]
pub struct SeedError;

impl FromStr for Seed {
    type Err = SeedError;

    fn from_str(text: &str) -> Result<Self, SeedError> {
        match text {
            "demo" => Ok(Self::Demo),
            text => {
                let number = |text: &str| text.parse().map_err(|_| SeedError);
                match text.split_once('x') {
                    None => number(text).map(Self::Bulk),
                    Some((workspaces, secrets)) => Ok(Self::Across {
                        workspaces: number(workspaces)?,
                        secrets: number(secrets)?,
                    }),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_sound_and_its_defaults_are_the_ones_of_the_library() {
        Options::command().debug_assert();
        let parsed = Options::try_parse_from(["local-api"]).unwrap();
        assert_eq!(format!("{parsed:?}"), format!("{:?}", Options::default()));
        let help = Options::command().render_long_help().to_string();
        assert!(help.contains("development, tests and demos"), "{help}");
    }

    #[test]
    fn seeds() {
        assert_eq!("demo".parse(), Ok(Seed::Demo));
        assert_eq!("250".parse(), Ok(Seed::Bulk(250)));
        let across = Seed::Across {
            workspaces: 12,
            secrets: 10_000,
        };
        assert_eq!("12x10000".parse(), Ok(across));
        for wrong in ["12x", "x5", "1x2x3", "-1x2"] {
            assert_eq!(wrong.parse::<Seed>(), Err(SeedError), "{wrong}");
        }
        assert_eq!("-1".parse::<Seed>(), Err(SeedError));
        assert_eq!("many".parse::<Seed>(), Err(SeedError));
    }
}

//! Configuration and response headers of the site.
//!
//! One reading of `config.json` and one table of response headers, used by everyone who serves or reads the site: the
//! console itself (which server to talk to), the local API (which serves the built site in development and in tests)
//! and `xtask dist` (which writes the same table for a CDN and for nginx). Written once, so that the policy that the
//! tests run under is the policy that is deployed.
//!
//! Pure: no files, no network, no browser.

mod config;
mod error;
mod headers;
mod hosting;
mod paths;

pub use config::{ApiBase, Auth, Config, LastUsed, Limits, Server};
pub use error::ConfigError;
pub use headers::{STRICT_TRANSPORT_SECURITY, content_security_policy, headers};
pub use hosting::{MISSING, headers_file, netlify_toml, nginx, nginx_api};
pub use paths::{ASSETS, CONFIG, INDEX, is_hashed, is_navigation, media_type};

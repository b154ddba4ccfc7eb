//! Configuration and response headers of the site.
//!
//! One reading of `config.json` and one table of response headers, used by everyone who serves or reads the site: the
//! console itself (which server to talk to), the local API (which serves the built site in development and in tests)
//! and `xtask dist` (which writes the same table for CDNs, nginx, Caddy and CloudFront). Written once, so that the policy that the
//! tests run under is the policy that is deployed.
//!
//! Pure: no files, no network, no browser.

mod config;
mod error;
mod headers;
mod hosting;
mod paths;
mod recipes;

pub use config::{ApiBase, Auth, Config, LastUsed, Limits, Server};
pub use error::ConfigError;
pub use headers::{INLINE_SCRIPT, INLINE_STYLE, STRICT_TRANSPORT_SECURITY, content_security_policy, headers};
pub use hosting::{MISSING, headers_file, netlify_toml};
pub use paths::{ASSETS, CODINGS, CONFIG, INDEX, PACKED, is_hashed, is_navigation, is_packed, media_type, unpacked};
pub use recipes::recipes;

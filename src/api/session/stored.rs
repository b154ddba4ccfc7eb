//! A session in the tab's storage, for a person who chose to stay connected.

use std::borrow::Cow;

use contract::{BaseUrl, SecretText};
use serde::{Deserialize, Serialize};
use site::Auth;
use zeroize::Zeroizing;

use crate::api::session::Connection;
use crate::browser::storage::{Name, Storage};

/// The stored form of a session.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept<'a> {
    server: Option<String>,
    base_url: String,
    is_proxy: bool,
    key: Cow<'a, str>,
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        if let Cow::Owned(key) = &mut self.key {
            zeroize::Zeroize::zeroize(key);
        }
    }
}

/// Returns whether the browser stored it.
pub fn write(storage: Storage, connection: &Connection, key: &str) -> bool {
    let kept = Kept {
        server: connection.server.clone(),
        base_url: connection.base.to_string(),
        is_proxy: connection.auth == Auth::Proxy,
        key: key.into(),
    };
    serde_json::to_string(&kept)
        .map(Zeroizing::new)
        .is_ok_and(|text| storage.write(Name::Session, &text))
}

/// The session that an earlier page of this tab stored.
pub fn read(storage: Storage) -> Option<(Connection, Option<SecretText>)> {
    let text = Zeroizing::new(storage.read(Name::Session)?);
    let kept = serde_json::from_slice::<Kept<'_>>(text.as_bytes()).ok()?;
    let base = BaseUrl::parse(&kept.base_url).ok()?;
    let auth = if kept.is_proxy { Auth::Proxy } else { Auth::Bearer };
    let key = (auth == Auth::Bearer).then(|| SecretText::new(kept.key.as_ref()));
    Some((
        Connection {
            server: kept.server.clone(),
            base,
            auth,
            profile: None,
            refused: Vec::new(),
            is_kept: true,
        },
        key,
    ))
}

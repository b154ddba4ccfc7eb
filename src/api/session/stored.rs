//! A session in the tab's storage, for a person who chose to stay connected.


use contract::json::{self, Field};
use contract::{BaseUrl, SecretText};
use serde::Serialize;
use site::Auth;
use zeroize::Zeroizing;

use crate::api::session::Connection;
use crate::browser::storage::{Name, Storage};

/// The stored form of a session.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Kept<'a> {
    server: Option<&'a str>,
    base_url: &'a str,
    is_proxy: bool,
    key: &'a str,
}

/// Returns whether the browser stored it.
pub fn write(storage: Storage, connection: &Connection, key: &str) -> bool {
    let kept = Kept {
        server: connection.server.as_deref(),
        base_url: connection.base.as_str(),
        is_proxy: connection.auth == Auth::Proxy,
        key,
    };
    serde_json::to_string(&kept)
        .map(Zeroizing::new)
        .is_ok_and(|text| storage.write(Name::Session, &text))
}

/// The session that an earlier page of this tab stored.
pub fn read(storage: Storage) -> Option<(Connection, Option<SecretText>)> {
    let text = Zeroizing::new(storage.read(Name::Session)?);
    let (mut server, mut base, mut is_proxy, mut key) = (None, String::new(), false, None);
    json::whole(text.as_bytes(), |json| {
        json.fields(&mut [
            ("server", Field::Value(&mut |json| json.text().map(|text| server = Some(text.into_owned())))),
            ("baseUrl", Field::Value(&mut |json| json.text().map(|text| base = text.into_owned()))),
            ("isProxy", Field::Value(&mut |json| json.flag().map(|flag| is_proxy = flag))),
            ("key", Field::Value(&mut |json| json.whole_text().map(|text| key = Some(SecretText::new(text))))),
        ])
    })
    .ok()?;
    let base = BaseUrl::parse(&base).ok()?;
    let auth = if is_proxy { Auth::Proxy } else { Auth::Bearer };
    let key = key.filter(|_| !is_proxy);
    if key.is_none() && !is_proxy {
        return None;
    }
    Some((
        Connection {
            server: server.filter(|server| !server.is_empty()),
            base,
            auth,
            profile: None,
            refused: Vec::new(),
            is_kept: true,
        },
        key,
    ))
}

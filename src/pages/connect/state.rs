//! Validates the form and makes a connection from it.

use contract::{BaseUrl, BaseUrlError, SecretText, WorkspaceId};
use site::{Auth, Config};
use strongroom_core::route::Route;

/// The page after connecting: the requested one, or the secrets of the workspace that the server names, or all
/// workspaces.
#[must_use]
pub fn landing(requested: Option<&Route>, default_workspace: Option<WorkspaceId>) -> Route {
    match (requested, default_workspace) {
        (Some(requested), _) => requested.clone(),
        (None, Some(workspace)) => Route::secrets(&workspace),
        (None, None) => Route::workspaces(),
    }
}

/// A server to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The display name, if the configuration has one.
    pub name: Option<String>,
    /// Its base URL, as text for the form.
    pub base_url: String,
    /// Who adds the key.
    pub auth: Auth,
}

/// The servers of the configuration, as seen by a page of this origin. One that is invalid for this origin is left out.
#[must_use]
pub fn choices(config: &Config, page_origin: &str) -> Vec<Choice> {
    let choice = |server: &site::Server| {
        let base = server.api_base.resolve(page_origin).ok()?;
        Some(Choice {
            name: server.name.clone(),
            base_url: base.to_string(),
            auth: server.auth,
        })
    };
    config.servers.iter().filter_map(choice).collect()
}

/// The server with this address, even if another one was selected: it determines the auth mode and the display name.
#[must_use]
pub fn server_at<'a>(choices: &'a [Choice], address: &str) -> Option<&'a Choice> {
    let base = BaseUrl::parse(address).ok()?;
    choices
        .iter()
        .find(|choice| BaseUrl::parse(&choice.base_url).is_ok_and(|listed| listed == base))
}

/// Whether two addresses name different servers, so that a key that was typed for one must not go to the other.
#[must_use]
pub fn is_other_server(address: &str, other: &str) -> bool {
    match (BaseUrl::parse(address), BaseUrl::parse(other)) {
        (Ok(base), Ok(other)) => base != other,
        _ => address.trim() != other.trim(),
    }
}

/// Why an address is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is not a base URL.
    Malformed(BaseUrlError),
    /// The configuration does not name it; it names these.
    NotListed(Vec<String>),
}

/// Why a key is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// It is empty.
    Missing,
    /// It contains a character that is not allowed in a header, most likely from copying.
    Odd,
}

/// Checks the address: a key goes only to what the configuration names.
///
/// # Errors
///
/// See [`AddressProblem`].
pub fn check_address(text: &str, config: &Config, page_origin: &str) -> Result<BaseUrl, AddressProblem> {
    let base = BaseUrl::parse(text).map_err(AddressProblem::Malformed)?;
    if config.allows(&base, page_origin) {
        return Ok(base);
    }
    Err(AddressProblem::NotListed(config.allowed(page_origin)))
}

/// Checks a pasted key. White space around it is removed.
///
/// # Errors
///
/// See [`KeyProblem`].
pub fn check_key(text: &SecretText) -> Result<SecretText, KeyProblem> {
    let key = text.expose().trim();
    if key.is_empty() {
        Err(KeyProblem::Missing)
    } else if key.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(SecretText::new(key))
    } else {
        Err(KeyProblem::Odd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://console.example";

    fn config() -> Config {
        Config::parse(
            r#"{"servers": [
                {"name": "Production", "apiBaseUrl": "https://api.example/v"},
                {"name": "Here", "apiBaseUrl": "/api", "auth": "proxy"}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn servers_become_addresses() {
        let choices = choices(&config(), HERE);
        assert_eq!(choices[0].base_url, "https://api.example/v");
        assert_eq!(
            (choices[1].base_url.as_str(), choices[1].auth),
            ("https://console.example/api", Auth::Proxy)
        );
    }

    #[test]
    fn a_server_is_known_by_its_address() {
        let choices = choices(&config(), HERE);
        let name = |address: &str| server_at(&choices, address).and_then(|choice| choice.name.as_deref());
        assert_eq!(name("https://api.example/v/"), Some("Production"));
        assert_eq!(name("HTTPS://console.example/api"), Some("Here"));
        assert_eq!(name("https://api.example/other"), None);
        assert_eq!(name("nonsense"), None);
    }

    #[test]
    fn only_what_the_policy_allows() {
        assert!(check_address("https://api.example", &config(), HERE).is_ok());
        assert!(check_address("https://console.example/api/v2", &config(), HERE).is_ok());
        let named = ["https://api.example", "https://console.example/api"].map(str::to_owned);
        for other in ["https://elsewhere.example", HERE, "https://console.example/other"] {
            let problem = check_address(other, &config(), HERE).unwrap_err();
            assert_eq!(problem, AddressProblem::NotListed(named.to_vec()), "{other}");
        }
        assert_eq!(
            check_address("nonsense", &config(), HERE),
            Err(AddressProblem::Malformed(BaseUrlError::Scheme))
        );
    }

    #[test]
    fn a_key_is_for_one_server() {
        assert!(!is_other_server("https://api.example/v", "HTTPS://api.example/v/"));
        assert!(is_other_server("https://api.example", "https://staging.example"));
        assert!(is_other_server("https://api.example/v", "https://api.example/w"));
        assert!(is_other_server("https://api.example", "https://"), "half typed");
        assert!(!is_other_server("https://", "https:// "));
    }

    #[test]
    fn keys_as_they_are_pasted() {
        let check = |text: &str| check_key(&SecretText::new(text)).map(|key| key.expose().to_owned());
        assert_eq!(check("  key_123\n"), Ok("key_123".to_owned()));
        assert_eq!(check("  "), Err(KeyProblem::Missing));
        assert_eq!(check("key 123"), Err(KeyProblem::Odd));
        assert_eq!(check("schlüssel"), Err(KeyProblem::Odd));
        assert_eq!(check("key\r\nx-evil: 1"), Err(KeyProblem::Odd));
    }
}

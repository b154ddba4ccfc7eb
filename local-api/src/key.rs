//! API keys and their scopes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::Scope;

/// Every scope there is (api.md, Scopes).
const SCOPES: [Scope; 6] = [
    Scope::WorkspacesRead,
    Scope::WorkspacesManage,
    Scope::SecretsManage,
    Scope::AccountManage,
    Scope::ToolsRead,
    Scope::AgentsRead,
];

/// The scope that holds all others.
const EVERYTHING: &str = "*";

/// A new random API key.
pub(crate) fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(format!("local_{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// The scopes of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grants(Vec<String>);

impl Grants {
    /// Reads scopes as keys carry them.
    ///
    /// # Errors
    ///
    /// The scope that is not known.
    pub(crate) fn parse<'a>(scopes: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let known = |text: &str| text == EVERYTHING || SCOPES.iter().any(|scope| scope.as_str() == text);
        scopes
            .into_iter()
            .map(|text| {
                if known(text) {
                    Ok(text.to_owned())
                } else {
                    Err(text.to_owned())
                }
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Everything.
    pub(crate) fn everything() -> Self {
        Self(vec![EVERYTHING.to_owned()])
    }

    /// As they are stored: commas between.
    pub(crate) fn to_text(&self) -> String {
        self.0.join(",")
    }

    /// The opposite. What is stored was checked when it was stored; whatever is not known grants nothing.
    pub(crate) fn from_text(text: &str) -> Self {
        Self(
            text.split(',')
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Whether they hold this scope. To manage workspaces includes to read them.
    pub(crate) fn allow(&self, scope: Scope) -> bool {
        let has = |wanted: &str| self.0.iter().any(|granted| granted == wanted);
        has(EVERYTHING)
            || has(scope.as_str())
            || (scope == Scope::WorkspacesRead && has(Scope::WorkspacesManage.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_hold_what_they_name_and_nothing_else() {
        let none = Grants::from_text("");
        let all = Grants::everything();
        for scope in SCOPES {
            assert!(!none.allow(scope));
            assert!(all.allow(scope));
            let one = Grants::parse([scope.as_str()]).unwrap();
            for other in SCOPES {
                let implied = scope == Scope::WorkspacesManage && other == Scope::WorkspacesRead;
                assert_eq!(one.allow(other), scope == other || implied, "{scope:?} {other:?}");
            }
        }
        assert_eq!(Grants::parse(["secrets:read"]), Err("secrets:read".to_owned()));
    }

    #[test]
    fn keys_are_long_and_never_the_same() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert_eq!(one.len(), "local_".len() + 43);
        assert_ne!(one, other);
    }
}

//! What a server makes of the names of secrets (api.md, Resources). Names are the server's: the form shows what a name will
//! become, and a lost create or rename is looked for by it.

use contract::{MetadataFields, WorkspaceFields, name};

/// What is known of how this server treats names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ServerNames {
    /// Nothing yet. The real API upper-cases names, so that is expected.
    #[default]
    Unknown,
    /// It keeps them as they are.
    Kept,
    /// It upper-cases them.
    Upper,
    /// It upper-cases them and replaces everything but A-Z, 0-9 and `_` by `_`.
    Identifier,
}

impl ServerNames {
    /// What is known after an answer to a write: `sent` is the name that was sent, `saved` the one in the answer. A name
    /// that no rule would change teaches nothing.
    #[must_use]
    pub fn learn(self, sent: &str, saved: &str) -> Self {
        let (upper, identifier) = (name::upper_cased(sent), name::identifier(sent));
        if sent == upper && sent == identifier {
            self
        } else if saved == sent && sent != upper {
            Self::Kept
        } else if saved == identifier && identifier != upper {
            Self::Identifier
        } else if saved == upper && sent != upper {
            Self::Upper
        } else {
            self
        }
    }

    /// What the server will probably make of a name; `None` if it leaves it as it is.
    #[must_use]
    pub fn expected(self, typed: &str) -> Option<String> {
        let saved = match self {
            Self::Kept => return None,
            Self::Unknown | Self::Upper => name::upper_cased(typed),
            Self::Identifier => name::identifier(typed),
        };
        (saved != typed).then_some(saved)
    }

    /// The names under which a server may have saved what was sent, the likeliest first.
    #[must_use]
    pub fn candidates(self, sent: &str) -> Vec<String> {
        let mut names = Vec::new();
        let wanted = match self {
            Self::Kept => vec![sent.to_owned()],
            Self::Unknown | Self::Upper | Self::Identifier => {
                vec![name::upper_cased(sent), name::identifier(sent), sent.to_owned()]
            }
        };
        for name in wanted {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Whether a secret with the name `saved` would take the place of one that is sent with the name `sent`.
    #[must_use]
    pub fn is_taken_by(self, sent: &str, saved: &str) -> bool {
        match self {
            Self::Kept => saved == sent,
            Self::Unknown | Self::Upper => is_same_name(sent, saved),
            Self::Identifier => name::identifier(sent) == name::identifier(saved),
        }
    }
}

impl ServerNames {
    /// Whether the server is known to make one name of two.
    #[must_use]
    pub fn makes_same(self, one: &str, other: &str) -> bool {
        match self {
            Self::Unknown => one == other,
            Self::Kept | Self::Upper | Self::Identifier => self.is_taken_by(one, other),
        }
    }
}

/// Whether two names differ only in case, so that a server that upper-cases names makes one of them.
#[must_use]
pub fn is_same_name(one: &str, other: &str) -> bool {
    one == other || name::upper_cased(one) == name::upper_cased(other)
}

/// Fields of a resource that can be compared with what a server made of them.
pub trait Saved: PartialEq {
    /// Whether these fields may be what the server made of the fields that were sent.
    fn may_be_made_of(&self, sent: &Self) -> bool;
    /// The metadata among them.
    fn metadata(&self) -> &MetadataFields;
}

impl Saved for MetadataFields {
    fn metadata(&self) -> &MetadataFields {
        self
    }

    fn may_be_made_of(&self, sent: &Self) -> bool {
        let is_name = ServerNames::Unknown.candidates(&sent.name).contains(&self.name);
        is_name && (&self.external_id, &self.labels) == (&sent.external_id, &sent.labels)
    }
}

/// Servers keep the names of workspaces.
impl Saved for WorkspaceFields {
    fn metadata(&self) -> &MetadataFields {
        &self.metadata
    }

    fn may_be_made_of(&self, sent: &Self) -> bool {
        self == sent
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_teaches_how_names_are_saved() {
        let learned = |sent, saved| ServerNames::Unknown.learn(sent, saved);
        assert_eq!(learned("stripe_key", "stripe_key"), ServerNames::Kept);
        assert_eq!(learned("stripe_key", "STRIPE_KEY"), ServerNames::Upper);
        assert_eq!(learned("stripe-key", "STRIPE_KEY"), ServerNames::Identifier);
        assert_eq!(learned("STRIPE-KEY", "STRIPE_KEY"), ServerNames::Identifier);
        assert_eq!(
            learned("STRIPE_KEY", "STRIPE_KEY"),
            ServerNames::Unknown,
            "any server does this"
        );
        assert_eq!(
            learned("STRIPE-KEY", "STRIPE-KEY"),
            ServerNames::Unknown,
            "or it only upper-cases"
        );
        assert_eq!(learned("stripe_key", "something else"), ServerNames::Unknown);
        assert_eq!(ServerNames::Kept.learn("A", "A"), ServerNames::Kept);
    }

    #[test]
    fn the_form_expects_upper_case_until_the_server_shows_otherwise() {
        let expected = |names: ServerNames, typed| names.expected(typed);
        assert_eq!(
            expected(ServerNames::Unknown, "stripe-key").as_deref(),
            Some("STRIPE-KEY")
        );
        assert_eq!(
            expected(ServerNames::Identifier, "stripe-key").as_deref(),
            Some("STRIPE_KEY")
        );
        assert_eq!(expected(ServerNames::Kept, "stripe-key"), None);
        assert_eq!(expected(ServerNames::Unknown, "STRIPE_KEY"), None);
        assert_eq!(expected(ServerNames::Unknown, ""), None);
    }

    #[test]
    fn a_name_is_looked_for_as_the_server_may_have_saved_it() {
        let candidates = |names: ServerNames, sent| names.candidates(sent);
        assert_eq!(candidates(ServerNames::Unknown, "NAME"), ["NAME"]);
        assert_eq!(candidates(ServerNames::Unknown, "my_name"), ["MY_NAME", "my_name"]);
        assert_eq!(
            candidates(ServerNames::Unknown, "my-name"),
            ["MY-NAME", "MY_NAME", "my-name"]
        );
        assert_eq!(candidates(ServerNames::Kept, "my-name"), ["my-name"]);
    }

    #[test]
    fn only_what_would_become_the_same_is_taken() {
        assert!(ServerNames::Unknown.is_taken_by("stripe_key", "STRIPE_KEY"));
        assert!(!ServerNames::Unknown.is_taken_by("stripe-key", "STRIPE_KEY"));
        assert!(ServerNames::Identifier.is_taken_by("stripe-key", "STRIPE_KEY"));
        assert!(!ServerNames::Kept.is_taken_by("stripe_key", "STRIPE_KEY"));
        assert!(ServerNames::Kept.is_taken_by("stripe_key", "stripe_key"));
        assert!(!ServerNames::Unknown.makes_same("key", "KEY") && ServerNames::Unknown.makes_same("KEY", "KEY"));
        assert!(ServerNames::Upper.makes_same("key", "KEY"));
    }

    proptest! {
        /// Whatever a server of the three kinds makes of a name is found again, and is no conflict.
        #[test]
        fn what_any_server_makes_of_a_name_is_found_again(sent in "[a-zA-Z0-9_.éß -]{1,12}", kind in 0..3) {
            let saved = match kind {
                0 => sent.clone(),
                1 => name::upper_cased(&sent),
                _ => name::identifier(&sent),
            };
            let learned = ServerNames::Unknown.learn(&sent, &saved);
            prop_assert!(learned.candidates(&sent).contains(&saved), "{learned:?}");
            prop_assert!(learned.is_taken_by(&sent, &saved) || learned == ServerNames::Unknown, "{learned:?}");
            let fields = |name: &str| MetadataFields { name: name.to_owned(), ..MetadataFields::default() };
            prop_assert!(fields(&saved).may_be_made_of(&fields(&sent)));
        }
    }
}

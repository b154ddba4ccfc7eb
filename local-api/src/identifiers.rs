//! Ids as the API writes them: a prefix and a ULID. Nothing here or elsewhere reads meaning out of one.

use ulid::Ulid;

use crate::clock;

/// The kinds of thing that have an id.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Account,
    Actor,
    Agent,
    Model,
    Profile,
    Secret,
    Tool,
    ToolSet,
    Variation,
    Workspace,
}

impl Kind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Actor => "actor",
            Self::Agent => "agent",
            Self::Model => "model",
            Self::Profile => "profile",
            Self::Secret => "wsec",
            Self::Tool => "tool",
            Self::ToolSet => "toolset",
            Self::Variation => "variation",
            Self::Workspace => "ws",
        }
    }

    /// The id with these 48 bits of time in milliseconds and 80 bits of randomness.
    pub(crate) fn id_of(self, milliseconds: u64, random: u128) -> String {
        format!("{}_{}", self.prefix(), Ulid::from_parts(milliseconds, random))
    }

    /// A fresh id.
    pub(crate) fn fresh(self) -> Result<String, getrandom::Error> {
        Ok(format!("{}_{}", self.prefix(), ulid()?))
    }
}

/// A fresh ULID.
pub(crate) fn ulid() -> Result<Ulid, getrandom::Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    let milliseconds = u64::try_from(clock::now() / 1_000).unwrap_or_default();
    Ok(Ulid::from_parts(milliseconds, u128::from_le_bytes(random)))
}

//! A secret without its value, as views may hold it.

use contract::{ResourceMetadata, SecretId, WorkspaceSecret, WorkspaceSecretInfo};

/// Everything about a secret except its value. The only form in which signals hold a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretFacts {
    /// Its metadata.
    pub metadata: ResourceMetadata,
    /// Creator and last use, if requested.
    pub info: Option<WorkspaceSecretInfo>,
    /// Whether the response contained a value, so that the server lets it be read again.
    pub is_readable: bool,
}

impl SecretFacts {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &SecretId {
        &self.metadata.id
    }
}

impl From<WorkspaceSecret> for SecretFacts {
    /// Drops the value, which wipes it.
    fn from(secret: WorkspaceSecret) -> Self {
        Self {
            is_readable: secret.spec.value.is_some(),
            metadata: secret.metadata,
            info: secret.info,
        }
    }
}

//! A secret as views may hold it: everything but the value.

use contract::{ResourceMetadata, SecretId, WorkspaceSecret, WorkspaceSecretInfo};

/// What is known of a secret beside its value. The only form in which signals hold a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretFacts {
    /// Its metadata.
    pub metadata: ResourceMetadata,
    /// Who created it and when it was last used, where asked for.
    pub info: Option<WorkspaceSecretInfo>,
    /// Whether the answer held a value: the server lets it be read again.
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

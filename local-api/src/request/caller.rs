//! The caller of a request.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use contract::Operation;

use crate::failure::Refusal;
use crate::key::Grants;
use crate::service::Service;
use crate::store::keys;

/// The holder of the key that a request came with. Extracting one is what refuses a request without a valid key.
pub(crate) struct Caller {
    /// The id of the profile.
    pub(crate) profile: String,
    grants: Grants,
    is_admin: bool,
}

impl Caller {
    /// Lets the operation through if the key has the scope for it (api.md, Scopes: denied by default) and, where only an
    /// admin may do it, belongs to one. The role is checked first: no scope makes up for it.
    pub(crate) fn may(&self, operation: Operation) -> Result<(), Refusal> {
        if operation.is_admin_only() && !self.is_admin {
            return Err(Refusal::forbidden("Only an admin of the account may do this"));
        }
        match operation.scope() {
            Some(scope) if !self.grants.allow(scope) => Err(Refusal::denied(scope, &self.grants)),
            _ => Ok(()),
        }
    }
}

impl FromRequestParts<Service> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        let key = bearer(parts).map(str::to_owned).ok_or_else(Refusal::unauthenticated)?;
        let holder = service.store().read(move |it| keys::find(it, &key)).await?;
        let holder = holder.ok_or_else(Refusal::unauthenticated)?;
        Ok(Self {
            profile: holder.profile,
            grants: holder.grants,
            is_admin: holder.is_admin,
        })
    }
}

/// The key of `Authorization: Bearer <key>`; the scheme in any case (RFC 9110 §11.1).
fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, key) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then_some(key)
}

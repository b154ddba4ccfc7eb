//! Ids in the path.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::failure::Refusal;

/// The ids of the path, percent-decoded. Not validated: an invalid id is simply not found.
pub(crate) struct PathIds<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathIds<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => {
                Err(Refusal::unreadable("the path is not valid UTF-8 once it is decoded"))
            }
            Err(error) => Err(Refusal::internal(error)),
        }
    }
}

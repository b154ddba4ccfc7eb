//! Ids: opaque strings of the server (api.md, Transport). They are never parsed; each becomes exactly one
//! percent-encoded path segment.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// Everything but the unreserved characters of RFC 3986 §2.3.
pub(crate) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a text is not a valid id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// An empty id would address the collection instead of the resource.
    #[error("the id is empty")]
    Empty,
    /// `.` and `..` are removed from a path even when percent-encoded (WHATWG URL, single- and double-dot segments), so
    /// the request would address something else.
    #[error("the id is a dot segment")]
    DotSegment,
    /// It is longer than any address may be; and of one that was shortened the rest is not known.
    #[error("the id is too long")]
    TooLong,
}

/// The longest id, in bytes. Servers commonly refuse an address of more than 8 KB, and a byte may take three there.
const LONGEST: usize = 2_048;

/// Whether a text can be an id.
///
/// # Errors
///
/// Why not.
pub fn check(text: &str) -> Result<(), IdError> {
    match text {
        "" => Err(IdError::Empty),
        "." | ".." => Err(IdError::DotSegment),
        _ if text.len() > LONGEST => Err(IdError::TooLong),
        _ => Ok(()),
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses an id.
            ///
            /// # Errors
            ///
            /// If no request could address it: see [`IdError`].
            pub fn parse(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                check(&text)?;
                Ok(Self(text))
            }

            /// The id as the server wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as one path segment.
            #[must_use]
            pub fn path_segment(&self) -> String {
                utf8_percent_encode(&self.0, ENCODED).to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// The id of a workspace.
    WorkspaceId
    /// The id of a secret.
    SecretId
    /// The id of a profile: a person, an API key or the system.
    ProfileId
    /// The id of a tool set.
    ToolSetId
    /// The id of a tool.
    ToolId
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_what_no_request_could_address() {
        assert_eq!(SecretId::parse(""), Err(IdError::Empty));
        assert_eq!(SecretId::parse("."), Err(IdError::DotSegment));
        assert_eq!(SecretId::parse(".."), Err(IdError::DotSegment));
        assert_eq!(SecretId::parse("a".repeat(LONGEST + 1)), Err(IdError::TooLong));
        assert!(SecretId::parse("a".repeat(LONGEST)).is_ok());
    }

    proptest! {
        #[test]
        fn any_id_survives_as_one_path_segment(text in any::<String>()) {
            let Ok(id) = SecretId::parse(text.clone()) else { return Ok(()) };
            let seen = url::Url::parse(&format!("https://host/v1/{}/end", id.path_segment())).unwrap();
            let segments: Vec<_> = seen.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 3);
            let decoded = percent_encoding::percent_decode_str(segments[1]).decode_utf8().unwrap();
            prop_assert_eq!(decoded, text);
        }
    }
}

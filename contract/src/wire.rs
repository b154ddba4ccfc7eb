//! From the text of a field to its value: a missing field, `null` and `""` all mean absent (api.md, Transport).

use std::borrow::Cow;

use serde::Serializer;

use crate::Timestamp;

/// A text; `""` is absent.
pub(crate) fn optional(text: Cow<'_, str>) -> Option<String> {
    Some(text.into_owned()).filter(|text| !text.is_empty())
}

/// The inverse, for fields that are always serialised: absent is `""`.
pub(crate) fn absent_as_empty<S: Serializer>(text: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text.as_deref().unwrap_or_default())
}

/// A timestamp. One that is not RFC 3339 is treated as absent: an invalid date of one secret must not hide the other
/// 99,999.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let instant = chrono::DateTime::parse_from_rfc3339(text).ok()?;
    Some(instant.to_utc())
}

/// The id of another resource; an id that could not address anything is treated as absent.
pub(crate) fn id<Id: TryFrom<String>>(text: Cow<'_, str>) -> Option<Id> {
    Id::try_from(text.into_owned()).ok()
}

/// An enum that preserves unknown values (api.md, Transport).
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// A value that this version does not know, as the server wrote it.
            Unknown(String),
        }

        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
pub(crate) use open_enum;

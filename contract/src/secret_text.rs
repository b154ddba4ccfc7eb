//! The one type that holds a value.

use std::fmt;

use serde::ser::{Serialize, Serializer};
use zeroize::{Zeroize, Zeroizing};

use crate::json::{Field, Json, Read};

/// A secret's value.
///
/// It cannot be printed, logged, cloned by accident or serialised: `Debug` says only that there is one, there is no
/// `Display`, `Clone` or `Serialize`, and its memory is wiped when it is dropped. The only ways out are [`expose`],
/// to show it to the user, and the body of a create or an update, inside this crate.
///
/// What wiping cannot reach is stated in docs/security.md: copies that a browser makes of what it sends and shows.
///
/// ```compile_fail
/// let value = contract::SecretText::new("hunter2");
/// println!("{value}");
/// ```
/// ```compile_fail
/// let value = contract::SecretText::new("hunter2");
/// let copy = value.clone();
/// ```
/// ```compile_fail
/// let value = contract::SecretText::new("hunter2");
/// let json = serde_json::to_string(&value);
/// ```
///
/// [`expose`]: SecretText::expose
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// The maximum size of a value in bytes. The contract sets no limit; this is the local API's.
    pub const LONGEST: usize = 64 * 1024;

    /// Wraps a value.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The value itself. Every caller is a place where a value can leak, so there should be few.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// An explicit copy of the value.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }

    /// Whether both hold the same value, without exposing either.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// The length in bytes of UTF-8.
    #[must_use]
    pub fn byte_count(&self) -> usize {
        self.0.len()
    }

    /// Whether the value is empty, which the API treats as absent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not even the length, which distinguishes some kinds of keys.
        f.write_str("SecretText(hidden)")
    }
}

impl SecretText {
    /// The value in an object that may have one, which is how resources and bodies hold it.
    pub(crate) fn read_in(json: &mut Json<'_>) -> Read<Option<Self>> {
        let mut value = None;
        json.fields(&mut [(
            "value",
            // In its own buffer from the start, unless it is borrowed from the answer.
            Field::Value(&mut |json| json.whole_text().map(|text| value = Some(Self::new(text)))),
        )])?;
        Ok(value.filter(|value| !value.is_empty()))
    }
}

/// Serialises a value into a body. Crate-private: only [`crate::change`] and [`crate::calls`] use it.
pub(crate) struct Exposed<'a>(pub(crate) &'a SecretText);

impl Serialize for Exposed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

/// Bytes that contain a value and are wiped when dropped.
pub(crate) type WipedBytes = Zeroizing<Vec<u8>>;

/// Serialises into a buffer of the exact size, because a buffer that grows leaves unwiped copies behind.
pub(crate) fn to_wiped_json(body: &impl Serialize) -> WipedBytes {
    struct Counter(usize);
    impl std::io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    let mut bytes = Zeroizing::new(Vec::new());
    // Our bodies are maps with text keys, so neither pass can fail. If one did, the body would be empty, which the
    // server rejects, rather than truncated.
    if serde_json::to_writer(&mut counter, body).is_ok() {
        bytes.reserve_exact(counter.0);
        if serde_json::to_writer(&mut *bytes, body).is_err() {
            bytes.zeroize();
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_says_nothing_of_the_value() {
        let value = SecretText::new("hunter2");
        assert_eq!(format!("{value:?}"), "SecretText(hidden)");
        assert_eq!(format!("{:?}", Some(&value)), "Some(SecretText(hidden))");
    }

    #[test]
    fn the_body_buffer_never_grows() {
        let value = SecretText::new("a \"quoted\" value\n".repeat(99));
        let bytes = to_wiped_json(&Exposed(&value));
        assert_eq!(bytes.len(), bytes.capacity());
        assert_eq!(serde_json::from_slice::<String>(&bytes).unwrap(), value.expose());
    }
}

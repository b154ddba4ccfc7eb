//! Field masks: the fields that an update changes, in the JSON form of protobuf.

use std::collections::BTreeSet;
use std::fmt;

/// A path that an update can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldPath {
    /// `metadata.name`
    Name,
    /// `metadata.externalId`
    ExternalId,
    /// `metadata.labels`, replaced as a whole.
    Labels,
    /// `spec.value` of a secret.
    Value,
    /// `spec.description` of a workspace.
    Description,
}

impl FieldPath {
    /// All paths.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::ExternalId,
        Self::Labels,
        Self::Value,
        Self::Description,
    ];

    /// The path in its JSON form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "metadata.name",
            Self::ExternalId => "metadata.externalId",
            Self::Labels => "metadata.labels",
            Self::Value => "spec.value",
            Self::Description => "spec.description",
        }
    }

    /// Whether it lies inside `metadata`.
    #[must_use]
    pub fn is_metadata(self) -> bool {
        matches!(self, Self::Name | Self::ExternalId | Self::Labels)
    }
}

/// The paths of one update, in a stable order. Collected from changes or parsed by a server; never written by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMask(BTreeSet<FieldPath>);

impl FieldMask {
    /// Parses a mask as a server receives it: separated by commas, camelCase or snake_case, `metadata` or `spec` for
    /// everything inside. Only the empty text is the empty mask: an empty path is an error, because treating an invalid
    /// mask as none would write every field.
    ///
    /// # Errors
    ///
    /// The unknown or empty path.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut paths = BTreeSet::new();
        if text.is_empty() {
            return Ok(Self(paths));
        }
        for path in text.split(',').map(str::trim) {
            let camel = path.replace("external_id", "externalId");
            let inside = |known: &FieldPath| {
                known.as_str() == camel
                    || known
                        .as_str()
                        .strip_prefix(&camel)
                        .is_some_and(|rest| rest.starts_with('.'))
            };
            let mut known = FieldPath::ALL.into_iter().filter(inside).peekable();
            if known.peek().is_none() {
                return Err(path.to_owned());
            }
            paths.extend(known);
        }
        Ok(Self(paths))
    }

    /// Whether the path is in the mask.
    #[must_use]
    pub fn contains(&self, path: FieldPath) -> bool {
        self.0.contains(&path)
    }

    /// Whether the mask is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = FieldPath> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<FieldPath> for FieldMask {
    fn from_iter<I: IntoIterator<Item = FieldPath>>(paths: I) -> Self {
        let mut mask = BTreeSet::new();
        // Not `collect`, which would add another sort to the bundle, for five paths.
        for path in paths {
            mask.insert(path);
        }
        Self(mask)
    }
}

impl fmt::Display for FieldMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, path) in self.paths().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            f.write_str(path.as_str())?;
        }
        Ok(())
    }
}

impl serde::Serialize for FieldMask {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_spellings_and_whole_parents() {
        let mask = |text: &str| FieldMask::parse(text).map(|mask| mask.to_string());
        assert_eq!(
            mask("spec.value, metadata.name").as_deref(),
            Ok("metadata.name,spec.value")
        );
        assert_eq!(mask("metadata.external_id").as_deref(), Ok("metadata.externalId"));
        assert_eq!(
            mask("metadata").as_deref(),
            Ok("metadata.name,metadata.externalId,metadata.labels")
        );
        assert_eq!(mask("spec").as_deref(), Ok("spec.value,spec.description"));
        assert_eq!(mask("").as_deref(), Ok(""));
        assert_eq!(mask("metadata.nam"), Err("metadata.nam".to_owned()));
        assert_eq!(mask("spec.value,created_at"), Err("created_at".to_owned()));
    }

    #[test]
    fn an_empty_path_is_no_path() {
        for text in [
            ",",
            ",,",
            " ",
            "spec.value,",
            ",spec.value",
            "spec.value,,metadata.name",
        ] {
            assert_eq!(FieldMask::parse(text), Err(String::new()), "{text:?}");
        }
    }
}

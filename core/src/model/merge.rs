//! Three-way merge after someone else changed a resource that is being edited: what changed on which side, field by
//! field, and the result of the user's picks.
//!
//! Values are not compared, because they cannot be read.

use std::collections::{BTreeMap, BTreeSet};

use contract::MetadataFields;

/// A field that is compared by itself. Each label is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name.
    Name,
    /// The external ID.
    ExternalId,
    /// The label with this key.
    Label(String),
    /// The value of a secret.
    Value,
    /// The description of a workspace.
    Description,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The server's current version.
    Theirs,
    /// The input.
    Yours,
}

/// The change of a field since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldDiff {
    /// Unchanged.
    Untouched,
    /// They changed it.
    OnlyTheirs,
    /// You changed it.
    OnlyYours,
    /// Both made the same change.
    SameChange,
    /// Both changed it, differently.
    Conflict,
}

/// One field in all versions; `None` where it is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The field.
    pub field: Field,
    /// When it was read.
    pub base: Option<String>,
    /// On the server now.
    pub theirs: Option<String>,
    /// As entered.
    pub yours: Option<String>,
    /// The change.
    pub diff: FieldDiff,
}

impl Comparison {
    /// Compares; `None` means absent.
    #[must_use]
    pub fn of(field: Field, base: Option<&str>, theirs: Option<&str>, yours: Option<&str>) -> Self {
        let diff = match (base == theirs, base == yours, theirs == yours) {
            (true, true, _) => FieldDiff::Untouched,
            (false, true, _) => FieldDiff::OnlyTheirs,
            (true, false, _) => FieldDiff::OnlyYours,
            (false, false, true) => FieldDiff::SameChange,
            (false, false, false) => FieldDiff::Conflict,
        };
        Self {
            field,
            base: base.map(str::to_owned),
            theirs: theirs.map(str::to_owned),
            yours: yours.map(str::to_owned),
            diff,
        }
    }
}

/// Three versions of a resource, and the picked sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    comparisons: Vec<Comparison>,
    picks: BTreeMap<Field, Side>,
}

impl Merge {
    /// Compares the metadata: as read, on the server now, as entered. `part` is the resource's own part.
    #[must_use]
    pub fn of(
        base: &MetadataFields,
        theirs: &MetadataFields,
        yours: &MetadataFields,
        part: Option<Comparison>,
    ) -> Self {
        let external_id = |fields: &'_ MetadataFields| fields.external_id.clone().filter(|text| !text.is_empty());
        let mut comparisons = vec![
            Comparison::of(Field::Name, Some(&base.name), Some(&theirs.name), Some(&yours.name)),
            Comparison::of(
                Field::ExternalId,
                external_id(base).as_deref(),
                external_id(theirs).as_deref(),
                external_id(yours).as_deref(),
            ),
        ];
        let keys: BTreeSet<&String> = [base, theirs, yours]
            .into_iter()
            .flat_map(|it| it.labels.keys())
            .collect();
        comparisons.extend(keys.into_iter().map(|key| {
            let of = |fields: &MetadataFields| fields.labels.get(key).cloned();
            let (base, theirs, yours) = (of(base), of(theirs), of(yours));
            Comparison::of(
                Field::Label(key.clone()),
                base.as_deref(),
                theirs.as_deref(),
                yours.as_deref(),
            )
        }));
        comparisons.extend(part);
        Self {
            comparisons,
            picks: BTreeMap::new(),
        }
    }

    /// Every field but the value: name, external ID, labels by their keys, description.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Picks a side for a field, even if only one side has changed it.
    pub fn pick(&mut self, field: Field, side: Side) {
        self.picks.insert(field, side);
    }

    /// Picks a side for every field that both have changed, and for the value, which cannot be compared.
    pub fn pick_all(&mut self, side: Side) {
        let conflicts = self.comparisons.iter().filter(|it| it.diff == FieldDiff::Conflict);
        let fields: Vec<Field> = conflicts.map(|it| it.field.clone()).chain([Field::Value]).collect();
        self.picks.extend(fields.into_iter().map(|field| (field, side)));
    }

    /// The side that a field is taken from: the picked one, or else the only side that changed it. `None` for an
    /// undecided conflict.
    #[must_use]
    pub fn side(&self, field: &Field) -> Option<Side> {
        if let Some(side) = self.picks.get(field) {
            return Some(*side);
        }
        let Some(comparison) = self.comparisons.iter().find(|it| it.field == *field) else {
            // Your choice for the value applies by default.
            return Some(Side::Yours);
        };
        match comparison.diff {
            FieldDiff::Untouched | FieldDiff::OnlyTheirs | FieldDiff::SameChange => Some(Side::Theirs),
            FieldDiff::OnlyYours => Some(Side::Yours),
            FieldDiff::Conflict => None,
        }
    }

    /// The undecided conflicts.
    pub fn undecided(&self) -> impl Iterator<Item = &Comparison> {
        self.comparisons.iter().filter(|it| self.side(&it.field).is_none())
    }

    /// The merged metadata; `None` while a conflict is undecided.
    #[must_use]
    pub fn fields(&self) -> Option<MetadataFields> {
        let mut fields = MetadataFields::default();
        for comparison in &self.comparisons {
            let text = self.text(&comparison.field)?.map(str::to_owned);
            match (&comparison.field, text) {
                (Field::Name, text) => fields.name = text.unwrap_or_default(),
                (Field::ExternalId, text) => fields.external_id = text,
                (Field::Label(key), Some(text)) => {
                    fields.labels.insert(key.clone(), text);
                }
                (Field::Label(_) | Field::Value | Field::Description, _) => {}
            }
        }
        Some(fields)
    }

    /// A merged field, which may be absent; `None` while it is undecided, and for a field that is not compared.
    #[must_use]
    pub fn text(&self, field: &Field) -> Option<Option<&str>> {
        let comparison = self.comparisons.iter().find(|it| it.field == *field)?;
        Some(match self.side(field)? {
            Side::Theirs => comparison.theirs.as_deref(),
            Side::Yours => comparison.yours.as_deref(),
        })
    }
}

#[cfg(test)]
mod tests;

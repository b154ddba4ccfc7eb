//! Someone else has changed a secret while it was being edited: what changed on which side, field by field, and the
//! result of what the person picks.
//!
//! Values are not compared: nobody can read one, so nobody can tell whether theirs is another. Of yours it is known only
//! what was to be done with it.

use std::collections::{BTreeMap, BTreeSet};

use contract::SecretFields;

/// A field that can differ by itself. Each label is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name.
    Name,
    /// The external ID.
    ExternalId,
    /// The label with this key.
    Label(String),
    /// The value.
    Value,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What the server has now.
    Theirs,
    /// What was typed here.
    Yours,
}

/// What happened to a field since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Untouched,
    /// They changed it.
    OnlyTheirs,
    /// You changed it.
    OnlyYours,
    /// Both changed it, to the same.
    SameChange,
    /// Both changed it, to something different.
    Conflict,
}

/// What you were about to do with the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum YourValue {
    /// To leave it.
    #[default]
    Kept,
    /// To write another.
    Replaced,
    /// To remove it.
    Cleared,
}

/// One field on all sides; none where it is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Which.
    pub field: Field,
    /// As it was read.
    pub base: Option<String>,
    /// As the server has it now.
    pub theirs: Option<String>,
    /// As it was typed.
    pub yours: Option<String>,
    /// What happened.
    pub standing: Standing,
}

impl Comparison {
    fn of(field: Field, base: Option<&str>, theirs: Option<&str>, yours: Option<&str>) -> Self {
        let standing = match (base == theirs, base == yours, theirs == yours) {
            (true, true, _) => Standing::Untouched,
            (false, true, _) => Standing::OnlyTheirs,
            (true, false, _) => Standing::OnlyYours,
            (false, false, true) => Standing::SameChange,
            (false, false, false) => Standing::Conflict,
        };
        Self {
            field,
            base: base.map(str::to_owned),
            theirs: theirs.map(str::to_owned),
            yours: yours.map(str::to_owned),
            standing,
        }
    }
}

/// Three versions of the fields of a secret, and what was picked of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    comparisons: Vec<Comparison>,
    value: YourValue,
    picks: BTreeMap<Field, Side>,
}

impl Merge {
    /// Compares: as they were read, as the server has them now, as they were typed.
    #[must_use]
    pub fn of(base: &SecretFields, theirs: &SecretFields, yours: &SecretFields, value: YourValue) -> Self {
        let external_id = |fields: &'_ SecretFields| fields.external_id.clone().filter(|text| !text.is_empty());
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
            let of = |fields: &SecretFields| fields.labels.get(key).cloned();
            let (base, theirs, yours) = (of(base), of(theirs), of(yours));
            Comparison::of(
                Field::Label(key.clone()),
                base.as_deref(),
                theirs.as_deref(),
                yours.as_deref(),
            )
        }));
        Self {
            comparisons,
            value,
            picks: BTreeMap::new(),
        }
    }

    /// Every field but the value: name, external ID, then labels by their keys.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Takes a side for a field. It can be taken for any, also where only one side has changed it.
    pub fn pick(&mut self, field: Field, side: Side) {
        self.picks.insert(field, side);
    }

    /// The side that a field is taken from: what was picked, or else the only side that changed it. None for a conflict
    /// that nobody has decided.
    #[must_use]
    pub fn side(&self, field: &Field) -> Option<Side> {
        if let Some(side) = self.picks.get(field) {
            return Some(*side);
        }
        let Some(comparison) = self.comparisons.iter().find(|it| it.field == *field) else {
            // What you do with the value is done, unless you say otherwise.
            return Some(Side::Yours);
        };
        match comparison.standing {
            Standing::Untouched | Standing::OnlyTheirs | Standing::SameChange => Some(Side::Theirs),
            Standing::OnlyYours => Some(Side::Yours),
            Standing::Conflict => None,
        }
    }

    /// The conflicts that nobody has decided.
    pub fn undecided(&self) -> impl Iterator<Item = &Comparison> {
        self.comparisons.iter().filter(|it| self.side(&it.field).is_none())
    }

    /// The fields as they shall be; none while a conflict is undecided.
    #[must_use]
    pub fn fields(&self) -> Option<SecretFields> {
        let mut fields = SecretFields::default();
        for comparison in &self.comparisons {
            let text = match self.side(&comparison.field)? {
                Side::Theirs => comparison.theirs.clone(),
                Side::Yours => comparison.yours.clone(),
            };
            match (&comparison.field, text) {
                (Field::Name, text) => fields.name = text.unwrap_or_default(),
                (Field::ExternalId, text) => fields.external_id = text,
                (Field::Label(key), Some(text)) => {
                    fields.labels.insert(key.clone(), text);
                }
                (Field::Label(_) | Field::Value, _) => {}
            }
        }
        Some(fields)
    }

    /// What is done with the value: yours, unless theirs was picked, which leaves it.
    #[must_use]
    pub fn value(&self) -> YourValue {
        match self.side(&Field::Value) {
            Some(Side::Theirs) => YourValue::Kept,
            Some(Side::Yours) | None => self.value,
        }
    }
}

#[cfg(test)]
mod tests;

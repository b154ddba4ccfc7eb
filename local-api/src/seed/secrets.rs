//! A demo secret, and how to write one down briefly.

/// A secret of the demo account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DemoSecret {
    pub(crate) name: &'static str,
    /// Whether a value is set.
    pub(crate) has_value: bool,
    /// `key=value` pairs with commas between.
    pub(crate) labels: &'static str,
    pub(crate) external_id: Option<&'static str>,
    pub(crate) bundle: Option<&'static str>,
    /// Who created it: a place in `people::PEOPLE`.
    pub(crate) creator: usize,
    /// When it was created, in days before now.
    pub(crate) created: i64,
    /// When it was last changed, in days before now.
    pub(crate) updated: Option<i64>,
    /// When it was last used, in minutes before now.
    pub(crate) used: Option<i64>,
}

/// Minutes of an hour.
pub(crate) const HOUR: i64 = 60;
/// Minutes of a day.
pub(crate) const DAY: i64 = 24 * HOUR;

/// A secret with a value and nothing else.
pub(crate) const fn secret(name: &'static str, labels: &'static str, creator: usize, created: i64) -> DemoSecret {
    DemoSecret {
        name,
        has_value: true,
        labels,
        external_id: None,
        bundle: None,
        creator,
        created,
        updated: None,
        used: None,
    }
}

impl DemoSecret {
    /// It has an external ID.
    pub(crate) const fn external(mut self, id: &'static str) -> Self {
        self.external_id = Some(id);
        self
    }

    /// A bundle owns it.
    pub(crate) const fn bundle(mut self, key: &'static str) -> Self {
        self.bundle = Some(key);
        self
    }

    /// Sets the last change, in days before now.
    pub(crate) const fn updated(mut self, days: i64) -> Self {
        self.updated = Some(days);
        self
    }

    /// Sets the last use, in minutes before now.
    pub(crate) const fn used(mut self, minutes: i64) -> Self {
        self.used = Some(minutes);
        self
    }

    /// No value is set.
    pub(crate) const fn empty(mut self) -> Self {
        self.has_value = false;
        self
    }
}

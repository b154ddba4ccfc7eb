//! Looking at a list: nothing here changes it.

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::list::{List, Row, Rows, Selection};
use strongroom_core::model::fuzzy;

use crate::store::kept;
use crate::store::loaded_secrets::FoundSecret;
use crate::store::secret_list::cache::Inner;
use crate::store::secret_list::{Progress, SecretList};

impl SecretList {
    /// How far it is.
    #[must_use]
    pub fn progress(self) -> ReadSignal<Progress> {
        self.progress.read_only()
    }

    /// How many rows are shown. It tells, too, when they are as many as before and say something else.
    #[must_use]
    pub fn shown(self) -> ReadSignal<usize> {
        self.shown.read_only()
    }

    /// How many secrets are selected. It tells, too, when they are as many as before and others.
    #[must_use]
    pub fn selected(self) -> ReadSignal<usize> {
        self.selected.read_only()
    }

    /// How many of the selected are among those that are shown; it tells as [`Self::selected`] does.
    #[must_use]
    pub fn selected_shown(self) -> ReadSignal<usize> {
        self.selected_shown.read_only()
    }

    /// Looks at the list and at the rows that are shown, in their order.
    pub fn with<Answer>(self, look: impl FnOnce(&List, &[Row]) -> Answer) -> Option<Answer> {
        self.inner.try_with_value(|inner| look(&inner.list, inner.view.rows()))
    }

    /// Looks at the row that is shown at a place, and whether it is selected.
    pub fn at<Answer>(self, index: usize, look: impl FnOnce(&Rows, Row, bool) -> Answer) -> Option<Answer> {
        let answer = self.inner.try_with_value(|inner| {
            let row = *inner.view.rows().get(index)?;
            Some(look(inner.list.rows(), row, inner.selection.contains(row)))
        });
        answer.flatten()
    }

    /// What stands for a row in the page: it leads to the same secret even when rows get other numbers before the page is
    /// drawn again.
    #[must_use]
    pub fn thing(self, row: Row) -> Option<u32> {
        self.inner.try_with_value(|inner| inner.things.of(row))
    }

    /// The row of the secret that such a thing stands for; it may say something else since.
    #[must_use]
    pub fn row_of(self, thing: u32) -> Option<Row> {
        let row = self.inner.try_with_value(|inner| {
            let row = inner.things.row(thing)?;
            inner.list.rows().find(inner.list.rows().id(row))
        });
        row.flatten()
    }

    /// Where the secret that a thing stands for is shown now.
    #[must_use]
    pub fn place(self, thing: u32) -> Option<usize> {
        let present = self.row_of(thing)?;
        let place = self.with(|_, shown| shown.iter().position(|shown| *shown == present));
        place.flatten()
    }

    /// Which choice of rows is shown: another filter or order is another one.
    #[must_use]
    pub fn choice(self) -> u32 {
        self.inner.try_with_value(|inner| inner.choice).unwrap_or_default()
    }

    /// Finds loaded secrets of a workspace by name: in this list while it is on screen, else in the one that was left.
    pub fn find_loaded(self, workspace: &WorkspaceId, text: &str, limit: usize) -> Vec<FoundSecret> {
        let of = |inner: &Inner| (inner.workspace == *workspace).then(|| find_by_name(&inner.list, text, limit));
        let here = self.inner.try_with_value(of).flatten();
        let left = || kept::look_at_list(|list| of(list.downcast_ref()?)).flatten();
        here.or_else(left).unwrap_or_default()
    }

    /// Looks at the list and at what is selected of it.
    pub fn with_selection<Answer>(self, look: impl FnOnce(&List, &Selection) -> Answer) -> Option<Answer> {
        self.inner.try_with_value(|inner| look(&inner.list, &inner.selection))
    }
}

fn find_by_name(list: &List, text: &str, limit: usize) -> Vec<FoundSecret> {
    let rows: Vec<Row> = list.order().collect();
    let names = rows.iter().map(|row| list.rows().name(*row));
    let found = fuzzy::best(text, names, limit).into_iter();
    let secret = |index: usize| {
        let row = *rows.get(index)?;
        Some(FoundSecret {
            id: SecretId::parse(list.rows().id(row)).ok()?,
            name: list.rows().name(row).to_owned(),
        })
    };
    found.filter_map(secret).collect()
}

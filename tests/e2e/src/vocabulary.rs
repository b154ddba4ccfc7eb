//! What a person can look for, on a page or inside something that was found.

use crate::locator::Locator;
use crate::tree::Want;

/// The names that the console promises to keep. They are whole accessible names, never parts of one.
pub trait Vocabulary<'page>: Sized {
    /// Something of one of these roles.
    fn locate(self, want: Want) -> Locator<'page>;

    /// A role with a name.
    fn named(self, roles: &'static [&'static str], name: &str) -> Locator<'page> {
        self.locate(Want {
            roles,
            name: Some(name.to_owned()),
            holding: None,
        })
    }

    /// A role, whatever its name.
    fn any(self, roles: &'static [&'static str]) -> Locator<'page> {
        self.locate(Want {
            roles,
            name: None,
            holding: None,
        })
    }

    /// A button.
    fn button(self, name: &str) -> Locator<'page> {
        self.named(&["button"], name)
    }

    /// An item of a menu.
    fn menu_item(self, name: &str) -> Locator<'page> {
        self.named(&["menuitem"], name)
    }

    /// A field for text; a password field is one too.
    fn textbox(self, name: &str) -> Locator<'page> {
        self.named(&["textbox"], name)
    }

    /// A choice from a list, typed or not.
    fn combobox(self, name: &str) -> Locator<'page> {
        self.named(&["combobox"], name)
    }

    /// A field for searching.
    fn searchbox(self, name: &str) -> Locator<'page> {
        self.named(&["searchbox"], name)
    }

    /// A box to tick.
    fn checkbox(self, name: &str) -> Locator<'page> {
        self.named(&["checkbox"], name)
    }

    /// One choice of several.
    fn radio(self, name: &str) -> Locator<'page> {
        self.named(&["radio"], name)
    }

    /// Several controls under one name.
    fn group(self, name: &str) -> Locator<'page> {
        self.named(&["group", "radiogroup"], name)
    }

    /// A link.
    fn link(self, name: &str) -> Locator<'page> {
        self.named(&["link"], name)
    }

    /// A heading.
    fn heading(self, name: &str) -> Locator<'page> {
        self.named(&["heading"], name)
    }

    /// A table or a grid.
    fn table(self, name: &str) -> Locator<'page> {
        self.named(&["table", "grid", "treegrid"], name)
    }

    /// The row that has a cell, a link or a heading of this name.
    fn row(self, holding: &str) -> Locator<'page> {
        self.locate(Want {
            roles: &["row"],
            name: None,
            holding: Some(holding.to_owned()),
        })
    }

    /// The links in the rows: where each row's name is one, there are as many as rows.
    fn row_links(self) -> Locator<'page> {
        self.any(&["row"]).any(&["link"])
    }

    /// The head of a column.
    fn column(self, name: &str) -> Locator<'page> {
        self.named(&["columnheader"], name)
    }

    /// A list.
    fn list(self, name: &str) -> Locator<'page> {
        self.named(&["list"], name)
    }

    /// A live region that announces politely.
    fn status(self, name: &str) -> Locator<'page> {
        self.named(&["status"], name)
    }

    /// A live region that interrupts.
    fn alert(self) -> Locator<'page> {
        self.any(&["alert"])
    }

    /// A dialog, or the region that stands for it.
    fn dialog(self, name: &str) -> Locator<'page> {
        self.named(&["dialog", "region", "main", "form"], name)
    }

    /// A dialog that asks before something is done.
    fn alertdialog(self, name: &str) -> Locator<'page> {
        self.named(&["alertdialog"], name)
    }

    /// A landmark of navigation.
    fn navigation(self, name: &str) -> Locator<'page> {
        self.named(&["navigation"], name)
    }

    /// The landmark of the content.
    fn main_landmark(self) -> Locator<'page> {
        self.any(&["main"])
    }
}

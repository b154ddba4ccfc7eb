//! A result in the page.

use contract::{SecretId, WorkspaceId};
use leptos::prelude::document;
use strongroom_core::i18n::foreign::{marked, shown};
use strongroom_core::i18n::moment::short_age;
use strongroom_core::i18n::words;
use strongroom_core::list::instant::{Instant, NEVER};
use strongroom_core::list::marks::parts;
use strongroom_core::route::Route;
use web_sys::Element;

use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::browser::keyboard::NAME;
use crate::pages::search::found::Found;
use crate::ui::icon::Glyph;
use crate::ui::nodes::{Attribute, Words, append, mark};
use crate::ui::page_rows::RowNodes;

/// The elements of a result.
pub struct FoundRow {
    row: Element,
    address: Attribute,
    plain_name: Attribute,
    name: Element,
    /// The parts of the name, each with whether it is marked.
    parts: Vec<(bool, Words)>,
    labels: Element,
    label_list: Option<Labels>,
    external_id: Words,
    bundle: Element,
    bundle_name: Option<(Element, Words)>,
    /// Only where the last use is shown.
    used: Option<Element>,
    /// What is shown of the last use.
    shown_use: Option<(Option<Instant>, String)>,
}

/// The labels that a row shows, and how many more there are.
struct Labels {
    list: Element,
    chips: Vec<(Element, Words, Words)>,
    more: Option<(Element, Words)>,
}

impl RowNodes for FoundRow {
    fn new() -> Option<Self> {
        let row = document().create_element("tr").ok()?;
        let head = append(&row, "th", "cell-name")?;
        mark(&head, &[("scope", "row")]);
        let link = append(&head, "a", "")?;
        let cell = |label: &str, class: &str| cell(&row, label, class);
        let fields = words::fields();
        Some(Self {
            address: Attribute::new(&link, "href"),
            plain_name: Attribute::new(&link, NAME),
            name: append(&link, "bdi", "")?,
            parts: Vec::new(),
            labels: cell(fields.labels, "")?,
            label_list: None,
            external_id: Words::new(&cell(fields.external_id, "cell-code")?)?,
            bundle: cell(fields.bundle, "cell-text")?,
            bundle_name: None,
            used: None,
            shown_use: None,
            row,
        })
    }

    fn row(&self) -> &Element {
        &self.row
    }
}

impl FoundRow {
    /// Shows a result of a workspace, with its last use if that has a column.
    pub fn write(&mut self, workspace: &WorkspaceId, found: &Found, has_use: bool) {
        // Cannot fail for an id from the server that an address can hold.
        let address = SecretId::parse(&found.id).map(|id| Route::Secret(workspace.clone(), id).to_path());
        self.address.write(&address.unwrap_or_default());
        self.plain_name.write(&found.name);
        self.write_name(found);
        self.write_labels(found);
        self.external_id.write(&shown(&found.external_id));
        self.write_bundle(&shown(&found.bundle));
        if has_use {
            self.write_use(found.used);
        } else if let Some(cell) = self.used.take() {
            cell.remove();
            self.shown_use = None;
        }
    }

    /// The name with what the search matches marked.
    fn write_name(&mut self, found: &Found) {
        let text = marked(&found.name);
        let parts = if *text == *found.name {
            parts(&found.name, &found.marks)
        } else {
            // Its odd characters are marked instead.
            vec![(&*text, false)]
        };
        let is_alike = self.parts.iter().map(|(is_marked, _)| *is_marked).eq(parts.iter().map(|(_, is_marked)| *is_marked));
        if !is_alike {
            self.name.set_text_content(None);
            let part = |(_, is_marked): &(&str, bool)| {
                let words = if *is_marked { Words::new(&append(&self.name, "mark", "")?) } else { Words::new(&self.name) };
                Some((*is_marked, words?))
            };
            self.parts = parts.iter().filter_map(part).collect();
        }
        for ((_, words), (part, _)) in self.parts.iter_mut().zip(&parts) {
            words.write(part);
        }
    }

    fn write_labels(&mut self, found: &Found) {
        if found.labels.is_empty() {
            if let Some(labels) = self.label_list.take() {
                labels.list.remove();
            }
            return;
        }
        if self.label_list.is_none() {
            self.label_list = append(&self.labels, "span", "chips").map(|list| Labels {
                list,
                chips: Vec::new(),
                more: None,
            });
        }
        if let Some(labels) = &mut self.label_list {
            labels.write(&found.labels, found.more_labels);
        }
    }

    fn write_bundle(&mut self, name: &str) {
        if name.is_empty() {
            if let Some((element, _)) = self.bundle_name.take() {
                element.remove();
            }
            return;
        }
        if self.bundle_name.is_none() {
            self.bundle_name = append(&self.bundle, "span", "across-bundle").and_then(|element| {
                mark(&append(&element, "span", Glyph::PACKAGE.class())?, &[("aria-hidden", "true")]);
                Some((element.clone(), Words::new(&element)?))
            });
        }
        if let Some((_, words)) = &mut self.bundle_name {
            words.write(name);
        }
    }

    /// The last use, if it is known.
    fn write_use(&mut self, used: Option<Instant>) {
        let instant = used.filter(|used| *used != NEVER).and_then(chrono::DateTime::from_timestamp_millis);
        let text = match (used, instant) {
            (Some(NEVER), _) => words::fields().never.to_owned(),
            (_, Some(instant)) => short_age(instant, use_clock().now()).unwrap_or_else(|| intl::date(instant)),
            _ => String::new(),
        };
        let next = Some((used, text));
        if self.shown_use == next {
            return;
        }
        if self.used.is_none() {
            self.used = cell(&self.row, words::fields().last_used, "cell-time");
        }
        let Some(cell) = &self.used else { return };
        let text = next.as_ref().map_or("", |(_, text)| text.as_str());
        match instant {
            Some(instant) => {
                cell.set_text_content(None);
                if let Some(time) = append(cell, "time", "") {
                    mark(&time, &[("datetime", &instant.to_rfc3339())]);
                    time.set_text_content(Some(text));
                }
            }
            None => cell.set_text_content((!text.is_empty()).then_some(text)),
        }
        self.shown_use = next;
    }
}

/// Adds a cell to a row.
fn cell(row: &Element, label: &str, class: &str) -> Option<Element> {
    let cell = append(row, "td", class)?;
    mark(&cell, &[("data-label", label)]);
    Some(cell)
}

impl Labels {
    fn write(&mut self, labels: &[(String, String)], more: usize) {
        while self.chips.len() > labels.len() {
            if let Some((chip, ..)) = self.chips.pop() {
                chip.remove();
            }
        }
        while self.chips.len() < labels.len() {
            let Some(chip) = self.new_chip() else { break };
            self.chips.push(chip);
        }
        for ((_, key, value), (own_key, own_value)) in self.chips.iter_mut().zip(labels) {
            key.write(&shown(own_key));
            match own_value.as_str() {
                "" => value.write(""),
                own_value => value.write(&format!("={}", shown(own_value))),
            }
        }
        if more == 0 {
            if let Some((element, _)) = self.more.take() {
                element.remove();
            }
            return;
        }
        if self.more.is_none() {
            self.more = append(&self.list, "span", "muted").and_then(|element| Some((element.clone(), Words::new(&element)?)));
        }
        if let Some((_, words)) = &mut self.more {
            words.write(&format!("+{more}"));
        }
    }

    fn new_chip(&self) -> Option<(Element, Words, Words)> {
        let chip = append(&self.list, "span", "chip")?;
        if let Some((more, _)) = &self.more {
            // Both are in the list.
            let _ = self.list.insert_before(&chip, Some(more));
        }
        let key = Words::new(&append(&chip, "span", "chip-key")?)?;
        let value = Words::new(&chip)?;
        Some((chip, key, value))
    }
}

//! A virtual table with 100,000 rows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::gallery::Specimen;
use crate::ui::icon::Glyph;
use crate::ui::virtual_table::rows::{Column, Kind};
use crate::ui::virtual_table::{Draw, LongTable};

/// The design limit of the virtual table.
const ROWS: usize = 100_000;

#[component]
pub fn Long() -> impl IntoView {
    let columns = [
        ("Name", Kind::Name),
        ("Labels", Kind::Chips),
        ("External ID", Kind::Code),
        (Glyph::PACKAGE.class(), Kind::IconText),
        ("Created", Kind::Time),
    ];
    let columns = columns.map(|(name, kind)| Column { name, kind, width: "" }).to_vec();
    let heads = [
        ("Name", "col-name"),
        ("Labels", "col-chips"),
        ("External ID", "col-code"),
        ("Bundle", "col-icon-text"),
        ("Created", "col-time"),
    ];
    let head = heads
        .map(|(name, class)| view! { <th scope="col" role="columnheader" class=class>{name}</th> })
        .into_iter()
        .collect_view()
        .into_any();
    let draw: Draw = Arc::new(|index, pen| {
        let number = index + 1;
        pen.name(0, &format!("SECRET_{number:06}"), crate::app::gallery::PATH);
        let parity = if number.is_multiple_of(2) { "even" } else { "odd" };
        let labels = [("number", parity), ("long", "a-value-that-may-not-fit")];
        pen.chips(1, labels.into_iter(), labels.len(), |hidden| format!("{hidden} more labels"));
        pen.text(2, &format!("vault:kv/{number}"));
        pen.icon_text(3, if number.is_multiple_of(3) { "platform/base" } else { "" });
        pen.time(4, "3 d", Some("2026-11-21T12:00:00Z"));
    });
    view! {
        <h2 class="heading">"A long table"</h2>
        <Specimen name="Table of 100,000 rows, of which those in sight are drawn">
            <LongTable label="Long" columns head count=Signal::derive(|| ROWS) draw />
        </Specimen>
    }
    .into_any()
}

//! Tables, facts and other displays of data.

use leptos::prelude::*;

use crate::app::gallery::Specimen;
use crate::browser::clock::use_clock;
use crate::components::breadcrumbs::Breadcrumbs;
use crate::components::copyable::Copyable;
use crate::ui::badge::{Badge, Tone};
use crate::ui::erased::dynamic;
use crate::ui::facts::{Fact, Facts};
use crate::ui::moment::{ExactMoment, Moment};
use crate::ui::table::{SortHeader, Sorted, Table};

#[component]
pub fn Data() -> impl IntoView {
    let now = use_clock().now();
    let steps = vec![
        ("Workspaces".to_owned(), crate::app::gallery::PATH.to_owned()),
        ("Production".to_owned(), crate::app::gallery::PATH.to_owned()),
    ];
    view! {
        <h2 class="heading">"Data"</h2>
        <Specimen name="Badge and dot: plain, success, warning">
            <p class="actions">
                <Badge text="Unknown" />
                <Badge text="Enabled" tone=Tone::Success />
                <Badge text="Archived" tone=Tone::Warning />
                {Tone::Plain.dot()}
                {Tone::Success.dot()}
                {Tone::Warning.dot()}
            </p>
        </Specimen>
        <Specimen name="Table: to be sorted, busy">
            <Sortable />
            <Table label="Busy" is_busy=Signal::derive(|| true) columns=columns().into_any() rows=rows(false).into_any() />
        </Specimen>
        <Specimen name="Facts">
            <Facts>
                <Fact name="Name">"DATABASE_URL"</Fact>
                <Fact name="Created"><ExactMoment instant=now /></Fact>
            </Facts>
        </Specimen>
        <Specimen name="Relative time, the exact one on hover and focus">
            <p><Moment instant=now - chrono::TimeDelta::days(3) /></p>
        </Specimen>
        <Specimen name="Copyable code">
            <p><Copyable what="ID" text="wsec_01JGFJJZ0VCS7FN1WS16BG17A9" /></p>
        </Specimen>
        <Specimen name="Breadcrumbs"><Breadcrumbs steps=steps /></Specimen>
    }
    .into_any()
}

#[component]
fn Sortable() -> impl IntoView {
    let is_descending = RwSignal::new(false);
    let sorted = Signal::derive(move || {
        if is_descending.get() {
            Sorted::Descending
        } else {
            Sorted::Ascending
        }
    });
    let columns = view! {
        <SortHeader name="Name" sorted on_sort=move |()| is_descending.update(|it| *it = !*it) />
        <SortHeader name="Bundle" sorted=Signal::derive(Sorted::default) on_sort=|()| () />
    };
    let rows = dynamic(move || rows(is_descending.get()));
    view! { <Table label="Sorted" row_count=Signal::derive(|| 2_usize) columns=columns.into_any() rows /> }.into_any()
}

fn columns() -> impl IntoView {
    view! { <th scope="col">"Name"</th><th scope="col">"Bundle"</th> }
}

fn rows(is_descending: bool) -> impl IntoView {
    let mut names = ["API_KEY", "DATABASE_URL"];
    if is_descending {
        names.reverse();
    }
    let row = |name: &'static str| {
        view! {
            <tr>
                <th scope="row" class="cell-name"><a href=crate::app::gallery::PATH>{name}</a></th>
                <td data-label="Bundle"><Badge text="platform/base" tone=Tone::Warning /></td>
            </tr>
        }
    };
    names.map(row).into_iter().collect_view()
}

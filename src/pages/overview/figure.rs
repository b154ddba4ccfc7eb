//! A picture: bars, each a link to the secrets that it counts, and the same as a table.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::overview::figures::{Bar, Figure, Topic};
use strongroom_core::overview::told;

use crate::browser::tasks::memo;
use crate::browser::intl;
use crate::pages::overview::place::Place;
use crate::ui::erased::{When, dynamic, moving_text, numbered};

/// The length of the longest bar, in the units of its drawing.
const FULL: usize = 1_000;

/// Identifies a bar: it stays in the page while its count changes.
fn number(bar: &Bar) -> u64 {
    let mut hasher = DefaultHasher::new();
    // The query says all of it.
    bar.query.hash(&mut hasher);
    hasher.finish()
}

/// One of the pictures.
pub fn figure(topic: Topic, all: Memo<Vec<Figure>>, place: StoredValue<Place>) -> AnyView {
    let figure = memo(move |_| {
        let found = all.with(|all| all.iter().find(|figure| figure.topic == topic).cloned());
        found.unwrap_or(Figure {
            topic,
            bars: Vec::new(),
            unknown: 0,
        })
    });
    let numbers = move || figure.with(|figure| figure.bars.iter().map(number).collect());
    let bars = numbered(numbers, move |wanted| {
        let found = figure.with_untracked(|figure| figure.bars.iter().find(|bar| number(bar) == wanted).cloned());
        found.map(|known| bar(&known, wanted, figure, place)).into_any()
    });
    let note = dynamic(move || {
        let unknown = figure.with(|figure| figure.unknown);
        let words = words::overview();
        let text = match (topic, unknown) {
            (Topic::Label, _) => words.label_note.to_owned(),
            (_, 0) => return None,
            (_, unknown) => fill(plural(unknown, words.group_unknown_one, words.group_unknown), &[("count", &intl::count(unknown))]),
        };
        Some(view! { <p class="figure-note">{text}</p> })
    });
    let table = dynamic(move || figure.with(table));
    view! {
        <figure class="figure" aria-label=told::title(topic)>
            <figcaption class="figure-title">{told::title(topic)}</figcaption>
            <ul class="bars">{bars}</ul>
            {note}
            <details class="fold">
                <summary>{words::overview().table}</summary>
                {table}
            </details>
        </figure>
    }
    .into_any()
}

fn bar(known: &Bar, wanted: u64, figure: Memo<Figure>, place: StoredValue<Place>) -> AnyView {
    let group = known.group.clone();
    let count = memo(move |_| {
        figure.with(|figure| {
            let found = figure.bars.iter().find(|bar| number(bar) == wanted);
            (found.map_or(0, |bar| bar.count), figure.longest())
        })
    });
    let label_class = if told::is_foreign(&group) { "bar-label" } else { "bar-label bar-words" };
    let label = told::label(&group);
    // One sentence to those who listen, and label, bar and count to those who look.
    let inside = move || {
        // At least a line, so that one of ten thousand is seen.
        let width = move || match count.get() {
            (0, _) | (_, 0) => "0".to_owned(),
            (count, longest) => (count * FULL / longest).max(4).to_string(),
        };
        let group = group.clone();
        view! {
            <span class="visually-hidden">{dynamic(move || told::name(&group, count.get().0, intl::count))}</span>
            <span class=label_class aria-hidden="true">{label.clone()}</span>
            <svg class="bar-picture" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-track" width="1000" height="10"></rect>
                <rect class="bar-fill" width=moving_text(width) height="10"></rect>
            </svg>
            <span class="bar-count" aria-hidden="true">{dynamic(move || intl::count(count.get().0))}</span>
        }
        .into_any()
    };
    let address = place.with_value(|place| place.search(&known.query));
    // A link to nothing would lead nowhere.
    let is_any = Signal::derive(move || count.get().0 > 0);
    let other = inside.clone();
    view! {
        <li>
            <When condition=is_any otherwise=move || view! { <span class="bar-line">{other()}</span> }>
                <a class="bar-line" href=address.clone()>{inside()}</a>
            </When>
        </li>
    }
    .into_any()
}

fn table(figure: &Figure) -> AnyView {
    let words = words::overview();
    let all: usize = match figure.topic {
        // Bars overlap there.
        Topic::Label => 0,
        _ => figure.bars.iter().map(|bar| bar.count).sum(),
    };
    let row = |bar: &Bar| {
        let share = (all > 0).then(|| view! { <td>{told::share(bar.count, all)}</td> });
        let class = (!told::is_foreign(&bar.group)).then_some("bar-words");
        view! {
            <tr>
                <th scope="row"><span class=class>{told::label(&bar.group)}</span></th>
                <td>{intl::count(bar.count)}</td>
                {share}
            </tr>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = figure.bars.iter().map(row).collect();
    let share = (all > 0).then(|| view! { <th scope="col">{words.share}</th> });
    let label = fill(words.table_of, &[("title", told::title(figure.topic))]);
    view! {
        <table class="figure-table" aria-label=label>
            <thead>
                <tr><th scope="col">{words.group}</th><th scope="col">{words.number}</th>{share}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
